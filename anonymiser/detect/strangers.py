"""Finds names of patients, group members and colleagues: titled, bare, and what else looks like one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anonymiser.detect.capitals import runs_of_capitals
from anonymiser.detect.fold import Token
from anonymiser.detect.kinds import NAME_WORDS, NAMES, Kind, Kinds, is_known
from anonymiser.detect.mark import Mark
from anonymiser.detect.people import (
    Run,
    Weight,
    ends_as_place,
    follows_place,
    is_of_person,
    make_run,
    trim,
    weigh,
)
from anonymiser.detect.source import Passage
from anonymiser.detect.stand_ins import stand_in_spans
from anonymiser.detect.terms import is_bare_name, with_stop
from anonymiser.detect.titled import Titled, find_titled
from anonymiser.detect.words import english, given_names
from anonymiser.manuscript import Role
from anonymiser.report import Certainty, Subject

_CITES = re.compile(r"(?:['’]s)?(?:,?\s+(?:and|&)\s+\w+|\s+et\s+al\.?)*,?\s*[(\[]?(?:1[89]|20)\d\d")
_TELLS_NOTHING = {Kind.PLAIN, Kind.INITIAL, Kind.KNOWN}  # alone
_NAMING = NAMES | NAME_WORDS
_AGAINST = (" v. ", " v ", " vs ", " vs. ")
_SHORTEST_SMALL = 3  # letters of a name that its writer has left small


@dataclass(frozen=True, slots=True, repr=False)
class _Bearer:
    """Who bears a titled name: all their marks have one term and one subject."""

    term: str
    subject: Subject


def find_strangers(passages: Sequence[Passage], cited: frozenset[str]) -> Iterator[Mark]:
    kinds = Kinds(cited)
    small = frozenset([word for passage in passages for word, _, _, capital in passage.tokens if not capital])
    bearers: dict[str, _Bearer] = {}
    untitled: list[Run] = []
    for run in _runs(passages, kinds):
        titled = find_titled(run)
        if titled is None:
            untitled.append(run)
            continue
        if _is_cited(titled.run) and titled.subject is not Subject.PATIENT:
            continue
        if titled.surname and is_bare_name(titled.surname):
            bearers.setdefault(titled.surname, _Bearer(titled.term, titled.subject))
        yield _mark_titled(titled)
    yield from _find_untitled(untitled, bearers, small)
    yield from _find_small(passages)


def _find_untitled(runs: list[Run], bearers: dict[str, _Bearer], small: frozenset[str]) -> Iterator[Mark]:
    known: set[str] = set()
    waiting: list[Run] = []
    weighed: list[tuple[Run, Weight]] = []
    for whole in runs:
        if whole.passage.paragraph.role in {Role.HEADING, Role.TITLE}:
            continue
        run = trim(whole)
        if run is None or _is_cited(run) or is_known(run.words):
            continue
        bearer = next((bearers[word] for word in run.words if word in bearers), None)
        weight = weigh(run, small)
        if (
            bearer is not None
            and Kind.CITED not in run.kinds
            and (weight > Weight.MAYBE or _still_names(run, small))
        ):
            yield _mark(run, bearer.subject, "name", Certainty.LIKELY, _called(bearer), bearer.term)
        elif weight is Weight.MAYBE:
            waiting.append(run)
        elif weight is not Weight.NONE:
            known |= _names_in(run)
            weighed.append((run, weight))
    weighed += [
        (run, Weight.POSSIBLE)
        for run in waiting
        if known.intersection(run.words) and _still_names(run, small)
    ]
    sure = {run.words for run, weight in weighed if weight is Weight.LIKELY}
    for run, weight in weighed:
        yield _mark_weighed(run, Weight.LIKELY if run.words in sure else weight)


def _runs(passages: Sequence[Passage], kinds: Kinds) -> Iterator[Run]:
    for passage in passages:
        spans = stand_in_spans(passage.text)
        for first, last in runs_of_capitals(passage):
            at = passage.tokens[first].start
            if first == last and kinds[passage.spelt[first]] in _TELLS_NOTHING and passage.text[at].isascii():
                continue
            if not any(start <= at < end for start, end in spans):
                yield make_run(passage, first, last, kinds)


def _is_cited(run: Run) -> bool:
    start, end = run.passage.tokens[run.first].start, run.passage.tokens[run.last].end
    if run.passage.text.endswith(_AGAINST, 0, start):
        return False  # the names of a case at law, "Smith v. Lambert [2001]"
    return _CITES.match(run.passage.text, end, end + 60) is not None


def _still_names(run: Run, small: frozenset[str]) -> bool:
    """Whether a word that names somebody elsewhere does so here, too: not where it begins "Long ago"."""
    return not run.starts or is_of_person(run) or not small.intersection(run.words)


def _names_in(run: Run) -> set[str]:
    words, kinds = run.words, run.kinds
    names = {word for word, kind in zip(words, kinds, strict=True) if kind in _NAMING}
    if kinds[-1] is Kind.WORD and Kind.GIVEN in kinds and not ends_as_place(run):
        names.add(words[-1])
    return names


def _mark_titled(titled: Titled) -> Mark:
    stand_in = "the patient" if titled.subject is Subject.PATIENT else "a colleague"
    return _mark(titled.run, titled.subject, "name", Certainty.LIKELY, stand_in, titled.term)


def _called(bearer: _Bearer) -> str:
    return "the patient" if bearer.subject is Subject.PATIENT else "a colleague"


def _mark_weighed(run: Run, weight: Weight) -> Mark:
    term = " ".join(run.words)
    if weight is Weight.LIKELY:
        return _mark(run, Subject.PATIENT, "name", Certainty.LIKELY, "[a name]", term)
    place = ends_as_place(run) or (follows_place(run) and Kind.GIVEN_WORD not in run.kinds)
    stand_in = "[a place]" if place else "[a name]"
    return _mark(run, Subject.OTHER, "name_or_place", Certainty.POSSIBLE, stand_in, term)


def _mark(run: Run, subject: Subject, kind: str, certainty: Certainty, stand_in: str, term: str) -> Mark:
    tokens = run.passage.tokens
    end = with_stop(run.passage.text, tokens[run.last])
    return Mark(run.passage.index, tokens[run.first].start, end, subject, kind, certainty, stand_in, term)


def _find_small(passages: Sequence[Passage]) -> Iterator[Mark]:
    """Find names written small, in paragraphs whose writer has done without capitals."""
    for passage in passages:
        if not passage.text[:1].islower():
            continue
        for word in (given_names() & passage.words) - english():
            for at in passage.places(word) if len(word) >= _SHORTEST_SMALL else ():
                token = passage.tokens[at]
                if not token.capital:
                    yield _mark_small(passage, token)


def _mark_small(passage: Passage, token: Token) -> Mark:
    return Mark(
        passage.index,
        token.start,
        token.end,
        Subject.OTHER,
        "name_or_place",
        Certainty.POSSIBLE,
        "[a name]",
        token.word,
    )
