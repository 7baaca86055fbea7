"""Finds names of patients, group members and colleagues: titled, bare, and what else looks like one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anonymiser.detect.fold import fold_words
from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.detect.stand_ins import stand_in_spans
from anonymiser.detect.terms import is_bare_name, same_title
from anonymiser.detect.words import TITLES, english, field_names, given_names, word_list
from anonymiser.manuscript import Role
from anonymiser.report import Certainty, Subject

# Capitals of any script, and letters of those that know none: an "é" begins no name.
_SMALL = "".join(character for character in map(chr, range(0x61, 0x530)) if character.islower())
_NAME = rf"[^\W\d_{_SMALL}][^\W\d_]+(?:['’\-](?!s\b)[^\W\d_]+)*"
_TITLED = re.compile(
    r"\b(?:(Mr|Mrs|Ms|Mx|Dr|Prof|Rev)\b\.?"
    r"|(Miss|Master|Doctor|Professor|Sister|Nurse|Sir|Lady|Dame|Lord|Reverend|Father|Uncle|Aunt|Auntie)\b)"
    rf"[^\S\n]+((?:[A-Z]\.?[^\S\n]+){{0,3}}{_NAME}(?:[^\S\n]+{_NAME})?)"
)
_CAPITALISED = re.compile(rf"(?<![\w'’]){_NAME}(?:[^\S\n]+(?:(?:de|van|von|der|la|bin|al)[^\S\n]+)?{_NAME})*")
_INITIAL_ENDS = re.compile(r"[A-Z]\.\s+(?=\S+$)")
_PATIENTS = {"mr", "mrs", "ms", "miss", "mx", "master", "uncle", "aunt", "auntie"}
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]['’”\")\]]*\s+|\n|[“\"‘(\[—–]\s*)['’“\"‘(]*$")
_CITES = re.compile(r"(?:['’]s)?(?:,?\s+(?:and|&)\s+\w+|\s+et\s+al\.?)*,?\s*[(\[]?(?:1[89]|20)\d\d")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|around|across)\s+$")
_NEVER_NAMES = word_list("never_names")
_SENTENCE_WORDS = word_list("sentence_words")
_FESTIVE = {"christmas", "god"}


@dataclass(frozen=True, slots=True, repr=False)
class _Bearer:
    """Who bears a titled name: all their marks have one term and one subject."""

    term: str
    subject: Subject


def find_strangers(passages: Sequence[Passage], cited: frozenset[str]) -> Iterator[Mark]:
    cited |= field_names()
    titled: dict[str, _Bearer] = {}
    done: set[tuple[int, int]] = set()
    for passage in passages:
        for mark, surname in _find_titled(passage, cited):
            if is_bare_name(surname):
                titled.setdefault(surname, _Bearer(mark.term, mark.subject))
            done |= {(passage.index, at) for at in range(mark.start, mark.end)}
            yield mark
    for passage in passages:
        for start, end in _names(passage):
            if (passage.index, start) not in done and not _CITES.match(passage.text[end : end + 60]):
                yield from _weigh(passage, start, end, titled, cited)


def _find_titled(passage: Passage, cited: frozenset[str]) -> Iterator[tuple[Mark, str]]:
    """Yield marks of titled names, each with its surname."""
    for match in _TITLED.finditer(passage.text):
        name = match[3]
        words = fold_words(name)
        surname, end = words[-1], match.end()
        # "Mrs Dunmore Then" is a name and the next sentence's first word, "Mrs K. She" an initial and that word.
        if len(words) > 1 and surname in english() and words[-2] not in english() and len(words[-2]) > 1:
            end -= len(name) - name.rfind(" ")
            surname = words[-2]
        elif surname in _SENTENCE_WORDS and (len(words) == 1 or _INITIAL_ENDS.search(name)):
            continue
        if surname in cited or (len(words) == 1 and surname in _FESTIVE):
            continue
        title = (match[1] or match[2]).casefold()
        patient = title in _PATIENTS
        subject = Subject.PATIENT if patient else Subject.OTHER
        stand_in = "the patient" if patient else "a colleague"
        term = f"{same_title(title)} {surname}"
        yield (
            Mark(passage.index, match.start(), end, subject, "name", Certainty.LIKELY, stand_in, term),
            surname,
        )


def _names(passage: Passage) -> Iterator[tuple[int, int]]:
    """Capitalised words, one name a run of them, headings and stand-ins left out."""
    if passage.paragraph.role in {Role.HEADING, Role.TITLE}:
        return
    spans = stand_in_spans(passage.text)
    for match in _CAPITALISED.finditer(passage.text):
        if not any(start <= match.start() < end for start, end in spans):
            yield match.span()


def _weigh(
    passage: Passage, start: int, end: int, titled: dict[str, _Bearer], cited: frozenset[str]
) -> Iterator[Mark]:
    before = passage.text[max(0, start - 12) : start]
    if _SENTENCE_START.search(before) and not _is_name_at_start(passage.text[start:end], titled):
        # The first word of a sentence is capitalised anyhow; a name may still follow it.
        first, _, rest = passage.text[start:end].partition(" ")
        if not rest:
            return
        before = f"{first} "
        start = end - len(rest.lstrip())
    text = passage.text[start:end]
    words = fold_words(text)
    bearer = next((titled[word] for word in words if word in titled), None)
    if bearer is not None:
        stand_in = "the patient" if bearer.subject is Subject.PATIENT else "a colleague"
        yield Mark(passage.index, start, end, bearer.subject, "name", Certainty.LIKELY, stand_in, bearer.term)
    elif _is_unremarkable(text, words, cited):
        return
    elif words[0] in given_names():
        yield Mark(
            passage.index, start, end, Subject.PATIENT, "name", Certainty.LIKELY, "[a name]", " ".join(words)
        )
    else:
        stand_in = "[a place]" if _PLACE_BEFORE.search(before) else "[a name]"
        yield Mark(
            passage.index,
            start,
            end,
            Subject.OTHER,
            "name_or_place",
            Certainty.POSSIBLE,
            stand_in,
            " ".join(words),
        )


def _is_unremarkable(text: str, words: tuple[str, ...], cited: frozenset[str]) -> bool:
    """Tell words, titles alone, what all the world knows, and whom an essay of the field cites."""
    if not words or text.isupper() or "_".join(words) in _NEVER_NAMES or _among(words[-1], cited):
        return True
    return all(
        _among(word, cited) or _among(word, _NEVER_NAMES) or word in TITLES or word in english()
        for word in words
    )


def _among(word: str, known: frozenset[str]) -> bool:
    """Whether a word or its singular is known: "Thursdays", "the Balints"."""
    return word in known or (word.endswith("s") and word[:-1] in known)


def _is_name_at_start(text: str, titled: dict[str, _Bearer]) -> bool:
    first = fold_words(text.split(maxsplit=1)[0])[:1]
    if not first or (first[0] in english() and " " not in text):
        return False
    return first[0] in given_names() or first[0] in titled
