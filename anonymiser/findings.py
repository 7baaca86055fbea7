"""Marks grouped into findings: one a term, with its places; of what was redacted only kind and number."""

import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.detect.terms import Term
from anonymiser.redact import merge_all
from anonymiser.report import Action, Certainty, Finding, Subject

_AROUND = 60  # characters of context on either side
_LATER = {"place": 1, "date": 2, "web_address": 3}
_RANK = {Certainty.CERTAIN: 0, Certainty.LIKELY: 1, Certainty.POSSIBLE: 2}


def group_redacted(marks: Iterable[Mark]) -> tuple[Finding, ...]:
    """One finding a kind: how many places of it were redacted, and not a letter of them."""
    places = Counter((mark.subject, mark.kind, mark.stand_in) for mark in merge_all(marks))
    return tuple(
        Finding(
            id=f"f{number}",
            subject=subject,
            kind=kind,
            certainty=Certainty.CERTAIN,
            action=Action.REDACTED,
            places=count,
            suggestion=stand_in,
        )
        for number, ((subject, kind, stand_in), count) in enumerate(sorted(places.items()), start=1)
    )


def group_flagged(
    passages: Sequence[Passage], marks: Iterable[Mark], *, after: int, begins: Sequence[int] = ()
) -> tuple[Finding, ...]:
    """One finding a term, the surest and most frequent first, numbered on `after` the redacted ones.

    Text and context are taken from the redacted manuscript, so that they can't quote what was redacted.
    Every mark lies within the places of a finding's text: what is decided on the findings reaches all of it.
    `begins` tells the page on which each passage begins.
    """
    groups: defaultdict[tuple[str, str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[mark.subject, mark.kind, mark.term].append(mark)
    by_word: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        for word in passage.words:
            by_word[word].append(passage)
    found = [pair for group in groups.values() for pair in _cover(passages, by_word, group)]
    found.sort(key=lambda pair: (*_urgency(pair[0]), -len(pair[1])))
    return tuple(
        _make_finding(
            mark,
            len(places),
            passages[mark.paragraph].text,
            number,
            pages=tuple(sorted({begins[paragraph] for paragraph in places})) if begins else (),
        )
        for number, (mark, places) in enumerate(found, start=after + 1)
    )


def _urgency(mark: Mark) -> tuple[int, bool, int]:
    """Rank what most needs a decision first: what is sure, and of equal sureness the author, people, places, dates."""
    place = 1 if mark.stand_in == "[a place]" else 0
    return _RANK[mark.certainty], mark.subject is not Subject.AUTHOR, _LATER.get(mark.kind, place)


def _cover(
    passages: Sequence[Passage], by_word: Mapping[str, Sequence[Passage]], group: list[Mark]
) -> Iterator[tuple[Mark, list[int]]]:
    """Yield marks whose texts have all the group within their places, each with the passages of these."""
    while group:
        best = min(group, key=lambda mark: _RANK[mark.certainty])
        term = Term(passages[best.paragraph].text[best.start : best.end])
        near = by_word.get(term.last_word, ())
        places = [(passage.index, start, end) for passage in near for start, end in term.find(passage)]
        yield best, [passage for passage, _, _ in places] or [best.paragraph]
        group = [mark for mark in group if mark is not best and not _within(mark, places)]


def _within(mark: Mark, places: list[tuple[int, int, int]]) -> bool:
    """Whether a mark lies in one of these places, which are in order and don't overlap."""
    at = bisect_right(places, (mark.paragraph, mark.start, sys.maxsize)) - 1
    if at < 0:
        return False
    paragraph, _, end = places[at]
    return paragraph == mark.paragraph and mark.end <= end


def _make_finding(mark: Mark, places: int, text: str, number: int, *, pages: tuple[int, ...]) -> Finding:
    start, end = max(0, mark.start - _AROUND), min(len(text), mark.end + _AROUND)
    return Finding(
        id=f"f{number}",
        subject=mark.subject,
        kind=mark.kind,
        certainty=mark.certainty,
        action=Action.FLAGGED,
        places=places,
        suggestion=mark.stand_in,
        text=" ".join(text[mark.start : mark.end].split()),
        context=" ".join(text[start:end].split()),
        pages=pages,
    )
