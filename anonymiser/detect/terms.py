"""Where a term stands: the places that a finding counts, that the desk is shown, and that its decision replaces."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from anonymiser.detect.fold import Token, fold
from anonymiser.detect.phrases import Phrase, Phrases
from anonymiser.detect.sequences import adjoins
from anonymiser.detect.source import Passage, read_passages
from anonymiser.detect.stand_ins import stand_in_spans
from anonymiser.detect.sureness import starts_sentence
from anonymiser.detect.words import TITLES, given_names, given_words, is_ambiguous, word_list
from anonymiser.manuscript import Manuscript

_SAME_TITLE = {"doctor": "dr", "professor": "prof", "reverend": "rev", "auntie": "aunt"}
_NEVER_NAMES = word_list("never_names")
_FURTHEST_TITLE = 4  # words before a surname: "Mr J. M. Dunmore"


@dataclass(frozen=True, slots=True)
class Place:
    """`start` and `end` are half-open, in characters of `paragraph_text`.

    `paragraph` counts the manuscript's from 0.
    """

    paragraph: int
    paragraph_text: str = field(repr=False)
    start: int
    end: int


def places_of(manuscript: Manuscript, term: str) -> list[Place]:
    """Every place of a term, in order: exactly those that a `Decision` on it replaces.

    A titled name, "Mr Dunmore", also stands where the surname stands alone; "Mrs Dunmore" is somebody else.
    The ending of a possessive stays outside.
    """
    looked_for = Term(term)
    return [
        Place(passage.index, passage.text, start, end)
        for passage in read_passages(manuscript)
        for start, end in looked_for.find(passage)
    ]


class Term:
    """A term made ready to be looked for in any number of passages."""

    def __init__(self, term: str) -> None:
        self._tokens = fold(term).tokens()
        self._words = frozenset(token.word for token in self._tokens)
        self._phrases = Phrases([Phrase(tuple(token.word for token in self._tokens), "term", "")])
        self._stopped = term.endswith(".") and bool(self._tokens) and len(self._tokens[-1].word) == 1
        title, *self._givens = [token.word for token in self._tokens] or [""]
        self._title = title if title in TITLES and self._givens else ""
        self._surname = self._givens.pop() if self._givens else ""

    @property
    def last_word(self) -> str:
        """The folded word without which a passage can't hold the term; "" of a term without words."""
        return self._tokens[-1].word if self._tokens else ""

    def find(self, passage: Passage) -> list[tuple[int, int]]:
        """Start and end of each place; none inside a stand-in, no two overlap."""
        if not self._tokens or self._tokens[-1].word not in passage.words:
            return []
        found = set(self._find_words(passage)) if self._words <= passage.words else set()
        if self._title:
            found |= set(_find_bearer(passage, self._title, self._givens, self._surname))
        taken = stand_in_spans(passage.text)
        places: list[tuple[int, int]] = []
        for start, end in sorted(found, key=_longest_first):
            free = not places or places[-1][1] <= start
            if free and not any(start < after and before < end for before, after in taken):
                places.append((start, end))
        return places

    def _find_words(self, passage: Passage) -> Iterator[tuple[int, int]]:
        """Find the words of the term as they stand. Of a name that is a word, "Hope", only the name is meant."""
        term = self._tokens
        capital = len(term) == 1 and term[0].capital and is_ambiguous(term[0].word)
        for start, end, _ in self._phrases.find(passage):
            if not capital or passage.text[start].isupper():
                yield start, stop_after(passage.text, end) if self._stopped else end


def with_stop(text: str, token: Token) -> int:
    """Return where a name ends whose last word is `token`: after the stop of an initial, if it has one."""
    single = token.end - token.start == 1
    return stop_after(text, token.end) if single else token.end


def stop_after(text: str, end: int) -> int:
    """Return where an initial's full stop ends, unless it ends the sentence, too."""
    rest = text[end + 1 :].lstrip()
    goes_on = rest[:1].islower() or rest[:1] in {",", ";", "(", "&"}
    return end + 1 if text[end : end + 1] == "." and goes_on else end


def same_title(title: str) -> str:
    """Return the one form of a folded title: "doctor" is "dr"."""
    return _SAME_TITLE.get(title, title)


def is_bare_name(surname: str) -> bool:
    """Whether a folded surname without its title still names somebody: neither "Doctor" nor "May" does."""
    return surname not in TITLES and surname not in _NEVER_NAMES


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def _find_bearer(passage: Passage, title: str, givens: list[str], surname: str) -> Iterator[tuple[int, int]]:
    """Find the surname of a titled name, with its title or without, where nobody else of the name is meant."""
    for at in passage.places(surname):
        token = passage.tokens[at]
        if token.capital:
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
        if before in given_names() or before in given_words() or len(before) == 1:
            return None
    ambiguous = first == at and is_ambiguous(tokens[at].word)
    return None if ambiguous and starts_sentence(passage, tokens[at].start) else first


def _goes_on(passage: Passage, at: int) -> bool:
    """Whether a capitalised word follows: "Dunmore Road" is no person."""
    if at + 1 >= len(passage.tokens):
        return False
    following = passage.tokens[at + 1]
    return following.capital and passage.between(passage.tokens[at], following) in {" ", "\u00a0", "-"}
