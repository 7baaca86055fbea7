"""Weighs a run of capitalised words: whether it names a person, and how much speaks for it."""

import re
from dataclasses import dataclass
from enum import IntEnum

from anonymiser.detect.capitals import begins_sentence
from anonymiser.detect.fold import Token
from anonymiser.detect.kinds import NAME_WORDS, NAMES, Kind, Kinds
from anonymiser.detect.source import Passage
from anonymiser.detect.words import PARTICLES, word_list

_DETERMINERS = word_list("determiners")
_AFTER_NAME = word_list("after_name")
_BEFORE_NAME = word_list("before_name")
_PLACE_BEFORE = {"in", "at", "near", "outside", "around", "across", "to", "from"}
_PLACE_ENDINGS = word_list("streets") | word_list("workplaces") | word_list("place_endings")
_TIMES = {"may", "june", "april", "august", "summer", "autumn", "dawn", "easter"}
_TIME_BEFORE = word_list("before_time")
_LEFT_OUT = {Kind.PLAIN, Kind.KNOWN, Kind.RANK, Kind.TITLE}
_LEFT_OUT_FIRST = _LEFT_OUT | {Kind.WORD}
_LETTERS_THAT_ARE_WORDS = {"I", "A"}
_PREFIXED = re.compile(r"(?:Ma?c|O|De|Di|D|Du|La|Le|Van|Von|Fitz|St|Al|El|Ap)[A-ZÀ-Þ][a-zß-ÿ]+$")
_SMALL_PARTICLES = word_list("small_particles")
_ABBREVIATIONS = word_list("dotted_abbreviations")
_ADDRESSING = word_list("addressing")
_SAINTS = {"san", "santa", "st", "sao", "saint"}
_SHORT = 3  # letters; in capitals, as short a word is rather an abbreviation


class Weight(IntEnum):
    NONE = 0
    MAYBE = 1  # if the word names somebody elsewhere
    POSSIBLE = 2
    LIKELY = 3


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """Tokens `first` to `last` of a passage, and the kind of each."""

    passage: Passage
    first: int
    last: int
    kinds: tuple[Kind, ...]
    starts: bool  # a sentence, so that its first capital tells nothing

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.passage.spelt[self.first : self.last + 1])

    def cut(self, first: int, last: int) -> "Run":
        """Return the part from the `first` to the `last` of its own words."""
        starts = self.starts and first == 0
        return Run(self.passage, self.first + first, self.first + last, self.kinds[first : last + 1], starts)


def make_run(passage: Passage, first: int, last: int, kinds: Kinds) -> Run:
    tokens = passage.tokens[first : last + 1]
    alone = len(tokens) > 1 and len(tokens) == len(passage.tokens)
    told = tuple([_tell(passage, token, kinds[token.word], shouted=alone) for token in tokens])
    return Run(passage, first, last, told, begins_sentence(passage.text, tokens[0].start))


def _tell(passage: Passage, token: Token, kind: Kind, *, shouted: bool) -> Kind:
    """Tell the kind of a word from how it is written, too: NHS, eBay and Wouldn't are no names, Đỗ may be one."""
    text = passage.text[token.start : token.end]
    if kind is Kind.INITIAL and text in _LETTERS_THAT_ARE_WORDS:
        return Kind.INITIAL if passage.text[token.end : token.end + 1] == "." else Kind.PLAIN
    if kind is Kind.PLAIN:
        return kind if text.isascii() else Kind.UNKNOWN
    if kind not in NAMES:
        return kind
    if text[1:].islower():
        contracted = text.endswith("n") and passage.text[token.end : token.end + 2] in {"'t", "’t"}
        return Kind.PLAIN if contracted else kind
    if text.isupper():
        abbreviated = not shouted and len(text) > 1 and (kind is Kind.UNKNOWN or len(text) <= _SHORT)
        return Kind.WORD if abbreviated else kind
    return kind if _PREFIXED.match(text) or text.lower() == text else Kind.WORD


def trim(run: Run) -> Run | None:
    """Leave out the words at either end that are no part of a name; None where nothing stays."""
    first, last = 0, len(run.kinds) - 1
    kinds = run.kinds
    began = run.starts
    while first <= last and kinds[first] in _LEFT_OUT_FIRST:
        if first < last and run.words[first] in PARTICLES and kinds[first + 1] in NAMES | {Kind.WORD}:
            break
        addressing = first < last and kinds[first + 1] is Kind.GIVEN and run.words[first] in _ADDRESSING
        if kinds[first] is Kind.WORD and not began and not addressing:
            break
        first += 1
    while last > first and kinds[last] in _LEFT_OUT:
        last -= 1
    return run.cut(first, last) if first <= last else None


def weigh(run: Run, small: frozenset[str]) -> Weight:  # noqa: PLR0911 - one way out per case
    """Weigh a run without a title; `small` are the words that the essay also writes small."""
    kinds = run.kinds
    if Kind.CITED in kinds:
        return Weight.NONE
    if len(kinds) == 1:
        return _weigh_one(run, kinds[0], small)
    if kinds[0] is Kind.INITIAL and Kind.INITIAL in kinds:
        return _weigh_initials(run)
    if Kind.GIVEN in kinds:
        whole = Kind.WORD not in {kinds[0], kinds[-1]} and run.words[0] not in _SAINTS
        return Weight.LIKELY if whole and not ends_as_place(run) and not _determined(run) else Weight.POSSIBLE
    if Kind.UNKNOWN in kinds:
        return Weight.POSSIBLE
    if kinds[0] is Kind.GIVEN_WORD and (kinds[-1] in NAME_WORDS) and not ends_as_place(run):
        return Weight.POSSIBLE if not _determined(run) else Weight.NONE
    return Weight.NONE


def follows_place(run: Run) -> bool:
    return _before(run) in _PLACE_BEFORE


def ends_as_place(run: Run) -> bool:
    return run.passage.tokens[run.last].word in _PLACE_ENDINGS


def is_of_person(run: Run) -> bool:
    """Whether what follows says that somebody does something, or that something is somebody's."""
    text, end = run.passage.text, run.passage.tokens[run.last].end
    if text[end : end + 2] in {"'s", "’s"}:
        return True
    if run.last + 1 >= len(run.passage.tokens):
        return False
    following = run.passage.tokens[run.last + 1]
    gap = text[end : following.start]
    return (
        gap in {" ", "\u00a0", ", "}
        and not following.capital
        and (
            following.word in _AFTER_NAME
            if gap != ", "
            else following.word in {"who", "whom", "whose", "a", "an"}
        )
    )


def _weigh_one(run: Run, kind: Kind, small: frozenset[str]) -> Weight:  # noqa: PLR0911 - one way out per case
    word = run.passage.tokens[run.first].word
    if kind is Kind.GIVEN:
        return Weight.POSSIBLE if follows_place(run) or _determined(run) else Weight.LIKELY
    if kind is Kind.UNKNOWN:
        return Weight.NONE if word in small else Weight.POSSIBLE
    if _is_numbered(run):
        return Weight.NONE
    if kind not in {*NAME_WORDS, Kind.WORD}:
        return Weight.NONE
    if not run.starts and _before(run) in _SMALL_PARTICLES:
        return Weight.POSSIBLE
    if word in _TIMES and _before(run) in _TIME_BEFORE:
        return Weight.NONE
    if _determined(run):
        return Weight.MAYBE if kind in NAME_WORDS and word not in small else Weight.NONE
    acts = is_of_person(run)
    if kind is Kind.WORD:
        known = acts and _before(run) in _BEFORE_NAME and word not in small and not run.starts
        return Weight.POSSIBLE if known and not _shouted(run) else Weight.MAYBE
    if run.starts or word in _TIMES or kind is Kind.FAMILY_WORD:
        known = word not in small and (acts or (not run.starts and _before(run) in _BEFORE_NAME))
    else:
        known = word not in small or acts
    return Weight.POSSIBLE if known and not _shouted(run) else Weight.MAYBE


def _weigh_initials(run: Run) -> Weight:
    """Weigh "C. Lenz" and "J.P."; of two letters alone each has its stop."""
    kinds, tokens = run.kinds, run.passage.tokens[run.first : run.last + 1]
    text = run.passage.text
    stopped = text[tokens[0].end : tokens[0].end + 1] == "."
    if all(kind is Kind.INITIAL for kind in kinds):
        abbreviated = "".join(token.word for token in tokens) in _ABBREVIATIONS
        dotted = all(text[token.end : token.end + 1] == "." for token in tokens)
        return Weight.POSSIBLE if dotted and not abbreviated else Weight.NONE
    if kinds[-1] in {Kind.UNKNOWN, Kind.GIVEN}:
        return Weight.LIKELY if stopped else Weight.POSSIBLE
    return Weight.POSSIBLE if stopped and kinds[-1] in NAME_WORDS else Weight.NONE


def _shouted(run: Run) -> bool:
    token = run.passage.tokens[run.first]
    text = run.passage.text[token.start : token.end]
    return len(text) > 1 and text.isupper()


def _is_numbered(run: Run) -> bool:
    """Whether a number follows, as in "Ward 7" or "Room 4B"."""
    end = run.passage.tokens[run.last].end
    return run.passage.text[end : end + 2].strip().isdecimal()


def _determined(run: Run) -> bool:
    return _before(run) in _DETERMINERS


def _before(run: Run) -> str:
    """Return the word before the run, "" where a stop or a line stands between."""
    if not run.first:
        return ""
    before = run.passage.tokens[run.first - 1]
    gap = run.passage.text[before.end : run.passage.tokens[run.first].start]
    return before.word if not gap.strip(" \u00a0“‘\"'(") else ""
