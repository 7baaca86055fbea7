"""Who goes first when two stand level? The ladder is fixed before marking; what it leaves, people settle."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from judging.ids import EntryId
from judging.readings import Reading

_LEVEL_DIGITS = 9


class Rung(StrEnum):
    """The steps of the ladder. Marks decide the first two, people the others."""

    HEAD_CRITERION = "head-criterion"
    HEAD_TO_HEAD = "head-to-head"
    REREAD_VOTE = "reread-vote"
    CHAIR = "chair"
    JOINT_AWARD = "joint-award"


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Tied entries in groups, best first; entries in one group are still level.

    `by` is the rung that put one entry alone in front, None while undecided; people then do `next_rung`.
    """

    groups: tuple[tuple[EntryId, ...], ...]
    by: Rung | None
    next_rung: Rung | None

    @property
    def winner(self) -> EntryId | None:
        return self.groups[0][0] if self.by else None


def tie_break(
    tied: Sequence[EntryId],
    *,
    ladder: Sequence[Rung],
    head_criterion: Mapping[EntryId, float],
    readings: Sequence[Reading],
) -> TieBreak:
    """Go down the ladder until one entry stands alone in front.

    `head_criterion` is each entry's mean for the criterion that counts first, in points.
    """
    rules: dict[Rung, Callable[[tuple[EntryId, ...]], dict[EntryId, float]]] = {
        Rung.HEAD_CRITERION: lambda group: {entry: head_criterion[entry] for entry in group},
        Rung.HEAD_TO_HEAD: lambda group: _duels_won(group, readings),
    }
    groups: tuple[tuple[EntryId, ...], ...] = (tuple(sorted(tied)),)
    for rung in ladder:
        if rung not in rules:
            return TieBreak(groups, None, rung)
        groups = tuple(part for group in groups for part in _split(group, rules[rung](group)))
        if len(groups[0]) == 1:
            return TieBreak(groups, rung, None)
    return TieBreak(groups, None, None)


def _split(group: tuple[EntryId, ...], scores: Mapping[EntryId, float]) -> Iterator[tuple[EntryId, ...]]:
    """Part a group by score, the highest first."""

    def merit(entry: EntryId) -> float:
        return -round(scores[entry], _LEVEL_DIGITS)

    for _, level in groupby(sorted(group, key=merit), key=merit):
        yield tuple(level)


def _duels_won(group: tuple[EntryId, ...], readings: Sequence[Reading]) -> dict[EntryId, float]:
    """Count the others each entry beats with most judges who read both, an even duel as a half."""
    by_judge: dict[str, dict[EntryId, float]] = {}
    for reading in readings:
        if reading.entry in group:
            by_judge.setdefault(reading.judge, {})[reading.entry] = reading.score
    won = dict.fromkeys(group, 0.0)
    for entry in group:
        for other in group:
            if other == entry:
                continue
            read = [own for own in by_judge.values() if entry in own and other in own]
            lead = sum((own[entry] > own[other]) - (own[entry] < own[other]) for own in read)
            won[entry] += 1.0 if lead > 0 else 0.5 if lead == 0 else 0.0
    return won
