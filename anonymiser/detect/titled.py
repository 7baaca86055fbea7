"""Finds names that a title tells: "Mr Havering", "Dr J. M. Hale", "Aunt Rose"."""

from dataclasses import dataclass

from anonymiser.detect.kinds import CLASSICS, NAME_WORDS, NAMES, Kind
from anonymiser.detect.people import Run
from anonymiser.detect.terms import same_title
from anonymiser.detect.words import word_list
from anonymiser.report import Subject

_CORE = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof"}
_PATIENTS = {"mr", "mrs", "ms", "miss", "mx", "master", "uncle", "aunt", "auntie"}
_SENTENCE_WORDS = word_list("sentence_words")
_NEVER_SO_TITLED = {"christmas", "god", "day", "luck", "who", "time", "chancellor", "practitioner"}
_FEWEST_INITIALS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Titled:
    """`run` is the title with its name; `surname` is "" where only initials stand."""

    run: Run
    term: str
    surname: str
    subject: Subject


def find_titled(run: Run) -> Titled | None:
    """Return the name with its title that stands in a run, the first of them."""
    kinds = run.kinds
    for at, kind in enumerate(kinds[:-1]):
        if kind is Kind.TITLE or (kind is Kind.RANK and kinds[at + 1] in NAMES | NAME_WORDS | {Kind.INITIAL}):
            last = _last_of_name(run, at)
            if last is not None:
                return _make(run, at, last)
    return None


def _last_of_name(run: Run, at: int) -> int | None:
    """Return the last word of the name whose title stands at `at`; None where it is no name."""
    kinds, words = run.kinds, run.words
    first = at + 1
    while first < len(kinds) - 1 and kinds[first] in {Kind.TITLE, Kind.RANK}:
        first += 1
    if words[first] in _SENTENCE_WORDS or words[first] in _NEVER_SO_TITLED:
        return None
    initials = 0
    while first + initials < len(kinds) and kinds[first + initials] is Kind.INITIAL:
        initials += 1
    after = first + initials
    if after == len(kinds) or words[after] in _SENTENCE_WORDS:
        return after - 1 if initials >= _FEWEST_INITIALS else None
    kind = kinds[after]
    if kind is Kind.CITED and (words[at] not in _PATIENTS or words[after] in CLASSICS):
        return None
    if kind is Kind.TITLE and words[at] not in _PATIENTS:
        return None
    if kind in {Kind.WORD, Kind.KNOWN, Kind.RANK} and not (initials or words[at] in _CORE):
        return None
    last = after
    # "Mrs Dunmore Then" is a name and the next sentence's first word.
    while last + 1 < len(kinds) and kinds[last + 1] in NAMES | NAME_WORDS | {Kind.INITIAL, Kind.CITED}:
        last += 1
    while last > after and kinds[last] is Kind.INITIAL:
        last -= 1
    return last


def _make(run: Run, at: int, last: int) -> Titled:
    words = run.words
    title = words[at]
    named = run.kinds[last] is not Kind.INITIAL
    surname = words[last] if named else ""
    term = f"{same_title(title)} {surname or ' '.join(words[at + 1 : last + 1])}"
    subject = Subject.PATIENT if title in _PATIENTS else Subject.OTHER
    return Titled(run.cut(at, last), term, surname, subject)
