"""A finding in its sentence: the words around each of its places, before and after the desk's decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from anonymiser import Manuscript, Place, places_of

AROUND = 130
"""Characters of context on each side."""


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    kind: str = ""
    """Empty, "found" for the term itself, "instead" for what stands in its place."""


@dataclass(frozen=True, slots=True)
class Passage:
    page: str
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]


def passages(
    manuscript: Manuscript, term: str, *, stand_in: str = "", most: int = 12, pages: Sequence[int] = ()
) -> list[Passage]:
    """Places of `term`, in order, just those a stand-in would take; `stand_in` empty means the words stay.

    `pages` gives for each paragraph the page it begins on; where they are not known, none is shown.
    """
    return [_passage(place, stand_in, pages) for place in places_of(manuscript, term)[:most]]


def _passage(place: Place, stand_in: str, pages: Sequence[int]) -> Passage:
    text = place.paragraph_text
    start = _word_start(text, max(0, place.start - AROUND))
    end = _word_end(text, min(len(text), place.end + AROUND))
    lead, tail = text[start : place.start], text[place.end : end]
    lead = f"… {lead}" if start else lead
    tail = f"{tail} …" if end < len(text) else tail
    found = Segment(text[place.start : place.end], "found")
    instead = Segment(stand_in, "instead") if stand_in else found
    page = str(pages[place.paragraph]) if place.paragraph < len(pages) else ""
    return Passage(page, _joined(lead, found, tail), _joined(lead, instead, tail))


def _joined(lead: str, middle: Segment, tail: str) -> tuple[Segment, ...]:
    return tuple(each for each in (Segment(lead), middle, Segment(tail)) if each.text)


def _word_start(text: str, place: int) -> int:
    while 0 < place < len(text) and not text[place - 1].isspace():
        place += 1
    return place


def _word_end(text: str, place: int) -> int:
    while 0 < place < len(text) and not text[place].isspace():
        place -= 1
    return place
