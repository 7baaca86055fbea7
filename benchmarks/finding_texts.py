"""Texts whose names are known by their places: legal, from the web, and essays composed for the purpose."""

import json
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import COUNTRIES, Person, draw

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_DRAWS = 6
"""How often each essay is told, every time of other people."""


@dataclass(frozen=True, slots=True)
class Known:
    """A text and its people: start and end of every mention, half-open, in characters."""

    text: str
    mentions: tuple[tuple[int, int], ...]


def legal(path: Path) -> Iterator[Known]:
    """Read judgments of the Text Anonymization Benchmark."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        people = sorted(
            {
                (each["start_offset"], each["end_offset"])
                for each in found["entities"]
                if each["entity_type"] == "PERSON"
            }
        )
        yield Known(found["text"], tuple(people))


def web(path: Path) -> Iterator[Known]:
    """Read the English Web Treebank with its names; one text a document, one line a sentence."""
    for document in re.split(r"^# newdoc.*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        text, mentions = "", []
        for sentence in document.strip().split("\n\n"):
            lines = sentence.splitlines()
            own = next(line[9:] for line in lines if line.startswith("# text = "))
            mentions += [(len(text) + start, len(text) + end) for start, end in _people(own, lines)]
            text += own + "\n\n"
        yield Known(text, tuple(mentions))


def _people(text: str, lines: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for line in lines:
        if line.startswith("#"):
            continue
        _, word, label, *_ = line.split("\t")
        start = text.index(word, at)
        at = start + len(word)
        if label == "B-PER":
            found.append((start, at))
        elif label == "I-PER":
            found[-1] = (found[-1][0], at)
    return found


def essays(path: Path, *, seed: int = 1) -> Iterator[Known]:
    """Fill the essays beside this file with people drawn from eighteen countries."""
    for essay in tomllib.loads(path.read_text(encoding="utf-8"))["essays"]:
        for turn in range(_DRAWS):
            yield _fill(essay["text"], random.Random(f"{seed} {essay['title']} {turn}"))


def _fill(text: str, rng: random.Random) -> Known:
    people: dict[str, Person] = {}
    mentions: list[tuple[int, int]] = []
    filled, at = "", 0
    for slot in _SLOT.finditer(text):
        filled += text[at : slot.start()]
        at = slot.end()
        # Half the people of an essay have names of these islands, as its readers' have.
        countries = COUNTRIES[:2] if rng.random() < 0.5 else COUNTRIES
        person = people.setdefault(slot[1], draw(rng.choice(countries), rng))
        name = {"given": person.given, "family": person.family, None: f"{person.given} {person.family}"}[
            slot[2]
        ]
        mentions.append((len(filled), len(filled) + len(name)))
        filled += name
    return Known(filled + text[at:], tuple(mentions))
