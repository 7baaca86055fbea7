"""Marks grouped into findings: one a term, with its places; of what was redacted only kind and number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.detect.terms import find_term
from anonymiser.redact import merge_all
from anonymiser.report import Action, Certainty, Finding

_AROUND = 60  # characters of context on either side
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


def group_flagged(passages: Sequence[Passage], marks: Iterable[Mark], *, after: int) -> tuple[Finding, ...]:
    """One finding a term, the surest and most frequent first, numbered on `after` the redacted ones.

    Text and context are taken from the redacted manuscript, so that they can't quote what was redacted.
    Every mark lies within the places of a finding's text: what is decided on the findings reaches all of it.
    """
    groups: defaultdict[tuple[str, str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[mark.subject, mark.kind, mark.term].append(mark)
    found = [pair for group in groups.values() for pair in _cover(passages, group)]
    found.sort(key=lambda pair: (_RANK[pair[0].certainty], -pair[1]))
    return tuple(
        _make_finding(mark, places, passages[mark.paragraph].text, number)
        for number, (mark, places) in enumerate(found, start=after + 1)
    )


def _cover(passages: Sequence[Passage], group: list[Mark]) -> Iterator[tuple[Mark, int]]:
    """Yield marks whose texts have all the group within their places, each with the number of these."""
    while group:
        best = min(group, key=lambda mark: _RANK[mark.certainty])
        term = passages[best.paragraph].text[best.start : best.end]
        places = [
            (passage.index, start, end) for passage in passages for start, end in find_term(passage, term)
        ]
        yield best, max(len(places), 1)
        group = [
            mark for mark in group if mark is not best and not any(_within(mark, place) for place in places)
        ]


def _within(mark: Mark, place: tuple[int, int, int]) -> bool:
    paragraph, start, end = place
    return mark.paragraph == paragraph and start <= mark.start and mark.end <= end


def _make_finding(mark: Mark, places: int, text: str, number: int) -> Finding:
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
    )
