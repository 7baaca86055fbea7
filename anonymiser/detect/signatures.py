"""Finds who signed an essay whose author nobody told us: under the title, at the end, in a line about the author."""

import re
from collections.abc import Iterator, Sequence

from anonymiser.detect.capitals import runs_of_capitals
from anonymiser.detect.kinds import NAME_WORDS, NAMES, Kind, Kinds
from anonymiser.detect.mark import Mark
from anonymiser.detect.people import Run, make_run, trim
from anonymiser.detect.source import Passage
from anonymiser.detect.titled import find_titled
from anonymiser.detect.words import DEGREES
from anonymiser.manuscript import Role
from anonymiser.report import Certainty, Subject

_BY = re.compile(
    r"\s*(?:(?:an? )?(?:essay|written|submitted|entry)?\s*by|from|author|name|signed|yours\s+\w+"
    r"|(?:with )?(?:kind|best) (?:regards|wishes)|correspond\w+(?: to| author)?|contact)\b[\s:,]*",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    r"\s+(?:(?:[A-Z][\w.]*,?\s+)*)(?:,\s*)?"
    r"(?:is|was|works|practises|has been|trained|lives|qualified|retired|graduated)\b"
)
_WHO_WORKS = re.compile(
    r"\b(?:GP|general practitioner|doctor|physician|registrar|trainee|psychiatrist|psychotherapist|psychologist"
    r"|nurse|student|consultant|lecturer|professor|locum|partner|surgery|practice|hospital|university"
    r"|medical school|Balint)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 14  # words
_LONGEST_NAME = 5


def find_signatures(passages: Sequence[Passage]) -> Iterator[Mark]:
    """Yield names that stand where authors put their own."""
    kinds = Kinds(frozenset())
    for passage in passages:
        if not passage.outer or passage.is_reference or passage.paragraph.role is Role.TITLE:
            continue
        runs = [make_run(passage, first, last, kinds) for first, last in runs_of_capitals(passage)]
        for run in runs:
            name = _name_in(run)
            if name is not None and _is_signed(passage, name):
                yield _mark(passage, name)
                break


def _name_in(run: Run) -> Run | None:
    """Return the part of a run that is a name: with a title, a given name or a degree; of "By Ann Lee" the rest."""
    titled = find_titled(run)
    if titled is not None:
        return titled.run
    name = trim(run)
    if name is None:
        return None
    kinds = {*name.kinds}
    if Kind.PLAIN in kinds or Kind.CITED in kinds or len(name.kinds) > _LONGEST_NAME:
        return None
    surname = name.kinds[-1] in NAMES | NAME_WORDS or kinds == {Kind.INITIAL}
    named = Kind.GIVEN in kinds or (
        len(name.kinds) > 1 and surname and bool({Kind.GIVEN_WORD, Kind.INITIAL} & kinds)
    )
    return name if named or (NAMES & kinds and _has_degree(name)) else None


def _is_signed(passage: Passage, name: Run) -> bool:
    start, end = passage.tokens[name.first].start, passage.tokens[name.last].end
    before, after = passage.text[:start], passage.text[end:]
    if _BY.fullmatch(before) and len(passage.tokens) <= _LONGEST_LINE:
        return True
    if not before.strip():
        if _BIOGRAPHY.match(after) and _WHO_WORKS.search(after[:160]):
            return True
        line = after.split("\n", 1)[0]
        alone = not line.strip(" .,") or _has_degree(name)
        works = line.lstrip().startswith(",") and _WHO_WORKS.search(line) is not None
        return (alone or works) and len(line.split()) <= _LONGEST_LINE
    return False


def _has_degree(name: Run) -> bool:
    tokens = name.passage.tokens
    return (
        name.last + 1 < len(tokens)
        and tokens[name.last + 1].word in DEGREES
        and tokens[name.last + 1].capital
    )


def _mark(passage: Passage, name: Run) -> Mark:
    start, end = passage.tokens[name.first].start, passage.tokens[name.last].end
    term = " ".join(name.words)
    return Mark(passage.index, start, end, Subject.AUTHOR, "name", Certainty.LIKELY, "[the author]", term)
