"""Where a term stands: the places that a finding counts, that the desk is shown, and that its decision replaces."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from anonymiser.detect.fold import Token, fold
from anonymiser.detect.phrases import Phrase, Phrases
from anonymiser.detect.sequences import adjoins
from anonymiser.detect.source import Passage, read_passages
from anonymiser.detect.stand_ins import stand_in_spans
from anonymiser.detect.sureness import starts_sentence
from anonymiser.detect.words import TITLES, given_names, is_ambiguous, word_list
from anonymiser.manuscript import Manuscript

_SAME_TITLE = {"doctor": "dr", "professor": "prof", "reverend": "rev", "auntie": "aunt"}
_NEVER_NAMES = word_list("never_names")
_FURTHEST_TITLE = 4  # words before a surname: "Mr J. M. Dunmore"


@dataclass(frozen=True, slots=True)
class Place:
    """`start` and `end` are half-open, in characters of `paragraph_text`."""

    paragraph_text: str = field(repr=False)
    start: int
    end: int


def places_of(manuscript: Manuscript, term: str) -> list[Place]:
    """Every place of a term, in order: exactly those that a `Decision` on it replaces.

    A titled name, "Mr Dunmore", also stands where the surname stands alone; "Mrs Dunmore" is somebody else.
    The ending of a possessive stays outside.
    """
    return [
        Place(passage.text, start, end)
        for passage in read_passages(manuscript)
        for start, end in find_term(passage, term)
    ]


def find_term(passage: Passage, term: str) -> list[tuple[int, int]]:
    """Start and end of each place of a term in one passage; none inside a stand-in, no two overlap."""
    tokens = fold(term).tokens()
    if not tokens or tokens[-1].word not in passage.folded.text:
        return []
    taken = stand_in_spans(passage.text)
    places: list[tuple[int, int]] = []
    for start, end in sorted(
        {*_find_words(passage, tokens), *_find_bearer(passage, tokens)}, key=_longest_first
    ):
        if not any(start < other_end and other_start < end for other_start, other_end in (*taken, *places)):
            places.append((start, end))
    return places


def same_title(title: str) -> str:
    """Return the one form of a folded title: "doctor" is "dr"."""
    return _SAME_TITLE.get(title, title)


def is_bare_name(surname: str) -> bool:
    """Whether a folded surname without its title still names somebody: neither "Doctor" nor "May" does."""
    return surname not in TITLES and surname not in _NEVER_NAMES


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def _find_words(passage: Passage, term: list[Token]) -> Iterator[tuple[int, int]]:
    """Find the words of the term as they stand. Where it is a name and a word, "Hope", only the name is meant."""
    phrases = Phrases([Phrase(tuple(token.word for token in term), "term", "")])
    capital = len(term) == 1 and term[0].capital and is_ambiguous(term[0].word)
    for start, end, _ in phrases.find(passage):
        if not capital or passage.text[start].isupper():
            yield start, end


def _find_bearer(passage: Passage, term: list[Token]) -> Iterator[tuple[int, int]]:
    """Find the surname of a titled name, with its title or without, where nobody else of the name is meant."""
    title, *givens = [token.word for token in term]
    if title not in TITLES or not givens:
        return
    surname = givens.pop()
    for at, token in enumerate(passage.tokens):
        if token.word == surname and token.capital:
            first = _first_of_name(passage, at, title, givens)
            if first is not None:
                yield passage.tokens[first].start, token.end


def _first_of_name(passage: Passage, at: int, title: str, givens: list[str]) -> int | None:
    """Return the index of the first word of a name that ends at `at`; None where it is another's."""
    tokens = passage.tokens
    first = at
    while (
        first
        and at - first < _FURTHEST_TITLE
        and tokens[first - 1].capital
        and adjoins(passage, first - 1, first)
    ):
        first -= 1
        if tokens[first].word in TITLES:
            return first if same_title(tokens[first].word) == same_title(title) else None
    if not is_bare_name(tokens[at].word) or _goes_on(passage, at):
        return None
    first = at
    while first and tokens[first - 1].word in givens and adjoins(passage, first - 1, first):
        first -= 1
    if first == at and at and tokens[at - 1].capital and adjoins(passage, at - 1, at):
        before = tokens[at - 1].word
        if before in given_names() or len(before) == 1:
            return None
    ambiguous = first == at and is_ambiguous(tokens[at].word)
    return None if ambiguous and starts_sentence(passage, tokens[at].start) else first


def _goes_on(passage: Passage, at: int) -> bool:
    """Whether a capitalised word follows: "Dunmore Road" is no person."""
    if at + 1 >= len(passage.tokens):
        return False
    following = passage.tokens[at + 1]
    return following.capital and passage.between(passage.tokens[at], following) in {" ", "\u00a0", "-"}
