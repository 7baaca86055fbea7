"""Finds an essay's author in it: what is certain is to be redacted, what is doubtful to be flagged."""

from collections.abc import Iterator, Sequence

from anonymiser.author import Author
from anonymiser.detect.citations import is_classic, read_citations
from anonymiser.detect.contacts import DIGIT, Contacts, contact_phrases, widen_to_address
from anonymiser.detect.mark import Mark
from anonymiser.detect.names import NameFound, Sureness, cited_year, find_names
from anonymiser.detect.person import take_apart
from anonymiser.detect.phrases import Phrase, Phrases, family_phrases
from anonymiser.detect.places import (
    ADDRESS_STAND_IN,
    WORKPLACE_STAND_IN,
    Places,
    find_acronyms,
    find_cores,
    find_towns,
    take_places,
)
from anonymiser.detect.source import Passage
from anonymiser.detect.spaced import SpeltNames
from anonymiser.report import Certainty, Subject

AUTHOR_STAND_IN = "[the author]"
OWN_WORK_STAND_IN = "[a reference to the author's own work]"
_TOWN_NEAR = 40  # characters from another part of the address


class AuthorDetector:
    """Everything known of one author, made ready to be looked for in any number of passages."""

    def __init__(self, author: Author, passages: Sequence[Passage]) -> None:
        self._people = take_apart(author)
        self._spelt = SpeltNames(self._people)
        self._places = take_places(author)
        self._contacts = Contacts(author, self._people)
        self._citations = read_citations(passages, self._people)
        titles = [Phrase(title, "self_citation", OWN_WORK_STAND_IN) for title in self._citations.own_titles]
        families = family_phrases(self._people)
        self._phrases = Phrases([*contact_phrases(author), *self._places.phrases, *families, *titles])

    def find(self, passage: Passage) -> Iterator[Mark]:
        """Certain and doubtful marks of one passage."""
        if passage.index in self._citations.own:
            yield _mark(passage, 0, len(passage.text), "self_citation", OWN_WORK_STAND_IN)
            return
        for person in self._people:
            for found in find_names(passage, person):
                if (mark := self._weigh(passage, found)) is not None:
                    yield mark
        for span in self._spelt.find(passage):
            yield _mark(passage, *span, "name", AUTHOR_STAND_IN)
        if passage.is_reference:
            yield from self._find_contacts(passage)
            return
        certain = [*self._find_contacts(passage), *self._find_places(passage)]
        yield from certain
        yield from _find_doubtful_places(passage, self._places, certain)

    def _weigh(self, passage: Passage, found: NameFound) -> Mark | None:  # noqa: PLR0911 - one way out per case
        """Weigh a name in the whole essay: where others of the surname are cited, it may be theirs."""
        cited_too = any(word in self._citations.others for word in found.term.split())
        if found.surname_only and (year := cited_year(passage, found.end)) and not passage.is_reference:
            if year in self._citations.own_years:
                return _mark(passage, found.start, found.end, "self_citation", AUTHOR_STAND_IN)
            if cited_too:
                return None
        if found.sureness is Sureness.NONE or (passage.is_reference and found.surname_only):
            return None
        classic = found.with_initials and is_classic(found)
        if passage.is_reference and (classic or found.sureness is Sureness.DOUBTFUL):
            return None
        if classic or found.sureness is Sureness.DOUBTFUL:
            return _doubt(passage, found.start, found.end, "name", AUTHOR_STAND_IN, found.term)
        start, end = widen_to_address(passage, found.start, found.end)
        if (start, end) != (found.start, found.end):
            emailed = "@" in passage.text[start:end]
            stand_in = "[an e-mail address]" if emailed else "[a web address]"
            return _mark(passage, start, end, "email" if emailed else "web_address", stand_in)
        return _mark(passage, start, end, "name", AUTHOR_STAND_IN)

    def _find_contacts(self, passage: Passage) -> Iterator[Mark]:
        for start, end, phrase in self._phrases.find(passage):
            span = widen_to_address(passage, start, end) if phrase.kind == "web_address" else (start, end)
            yield _mark(passage, *span, phrase.kind, phrase.stand_in)
        yield from self._contacts.find(passage)

    def _find_places(self, passage: Passage) -> Iterator[Mark]:
        for token in find_acronyms(passage, self._places):
            yield _mark(passage, token.start, token.end, "workplace", WORKPLACE_STAND_IN)
        for start, end, beside in find_cores(passage, self._places):
            if beside:
                yield _mark(passage, start, end, "workplace", WORKPLACE_STAND_IN)
        for pattern in self._places.postcodes if DIGIT.search(passage.text) else ():
            for match in pattern.finditer(passage.folded.text):
                yield _mark(passage, *passage.folded.span(*match.span()), "address", ADDRESS_STAND_IN)


def _find_doubtful_places(passage: Passage, places: Places, certain: list[Mark]) -> Iterator[Mark]:
    """Mark towns and bare names of workplaces: certain beside the rest of the address, else doubtful."""
    addresses = [mark for mark in certain if mark.kind == "address"]
    for start, end in find_towns(passage, places):
        if any(mark.start - end < _TOWN_NEAR and start - mark.end < _TOWN_NEAR for mark in addresses):
            yield _mark(passage, start, end, "address", ADDRESS_STAND_IN)
        else:
            yield _doubt(passage, start, end, "place", "[a place]", passage.text[start:end].casefold())
    for start, end, beside in find_cores(passage, places):
        if not beside:
            yield _doubt(passage, start, end, "place", "[a place]", passage.text[start:end].casefold())


def _mark(passage: Passage, start: int, end: int, kind: str, stand_in: str) -> Mark:
    return Mark(passage.index, start, end, Subject.AUTHOR, kind, Certainty.CERTAIN, stand_in)


def _doubt(passage: Passage, start: int, end: int, kind: str, stand_in: str, term: str) -> Mark:
    return Mark(passage.index, start, end, Subject.AUTHOR, kind, Certainty.POSSIBLE, stand_in, term)
