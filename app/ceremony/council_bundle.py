"""The files of the Council check: what the server gives an officer's device, line by line, and how that reads it.

JSON lines: a head, what others handed over, then rosters of officers and entries, each entry after its roster.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.vault.tokens import Roster, SealedTokens

BUNDLE, PARTS, OUTCOME = "council check", "council check parts", "council check outcome"
HAND_OVER, COMPARE = "hand over", "compare"


class NoBundle(Exception):
    """What was given is no file of the Council check, or is of another step, officer or contest."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One line of a bundle: an officer's part of one entry's key, and for comparing its tokens."""

    entry_id: UUID
    version: int
    roster: Roster
    share: bytes = field(repr=False)
    number: int = 0
    tokens: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as downloaded: what it is for, what others handed over, and the entries as a stream."""

    head: Mapping[str, Any]
    handed: Sequence[Mapping[str, str]]
    entries: Iterator[Sealed]

    @property
    def step(self) -> str:
        return str(self.head["step"])

    @property
    def me(self) -> UUID:
        return UUID(self.head["me"]["id"])

    @property
    def members(self) -> list[dict[str, Any]]:
        """The Council list, as plain words."""
        found: list[dict[str, Any]] = json.loads(self.head["council"])
        return found


def write_entries(sealed: Iterable[SealedTokens], numbers: Mapping[UUID, int], step: str) -> Iterator[str]:
    """Lines for these entries. Who only hands parts over gets neither tokens nor entry numbers."""
    rosters: dict[str, int] = {}
    for each in sealed:
        if each.entry_id not in numbers:
            continue
        if each.roster not in rosters:
            rosters[each.roster] = len(rosters)
            yield to_line({"roster": each.roster})
        line = [str(each.entry_id), each.version, rosters[each.roster], as_text(each.share)]
        yield to_line([*line, numbers[each.entry_id], as_text(each.tokens)] if step == COMPARE else line)


def read_bundle(lines: Iterable[str]) -> Bundle:
    """Read a bundle's head; its entries follow as they are asked for. Raises NoBundle."""
    stream = (json.loads(line) for line in lines if line.strip())
    try:
        head = next(stream)
        if head["nomdeplume"] != BUNDLE or head["step"] not in {HAND_OVER, COMPARE}:
            raise NoBundle("This is not a file of the Council check.")
        handed = [next(stream) for _ in range(head["handed"])]
    except (StopIteration, ValueError, KeyError, TypeError) as error:
        raise NoBundle("This is not a file of the Council check, or not the whole of it.") from error
    return Bundle(head, handed, _entries(stream))


def to_line(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"


def as_text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def octets(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _entries(stream: Iterator[Any]) -> Iterator[Sealed]:
    rosters: list[Roster] = []
    try:
        for found in stream:
            if isinstance(found, dict):
                rosters.append(Roster.from_text(found["roster"]))
                continue
            entry_id, version, roster, share, *more = found
            number, tokens = more or (0, "")
            yield Sealed(UUID(entry_id), version, rosters[roster], octets(share), number, octets(tokens))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise NoBundle("This file is damaged. Download it again.") from error
