"""What the judges' marks look like to statistics: one score for each entry a judge has read."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from judging.ids import EntryId, JudgeId
from judging.reasons import Reason, Refusal

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_Entry = TypeVar("_Entry", bound=Hashable)
_Judge = TypeVar("_Judge", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reading:
    """One judge's score for one entry, in points."""

    entry: EntryId
    judge: JudgeId
    score: float


@dataclass(frozen=True)
class Panel:
    """Readings as arrays, entries and judges in the order of their ids, so that nothing depends on arrival.

    `entry_of[i]`, `judge_of[i]` and `scores[i]` belong to one reading.
    """

    entries: tuple[EntryId, ...]
    judges: tuple[JudgeId, ...]
    entry_of: Indices
    judge_of: Indices
    scores: Floats

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> "Panel":
        ordered = sorted(readings, key=lambda reading: (reading.entry, reading.judge))
        entries = tuple(sorted({reading.entry for reading in ordered}))
        judges = tuple(sorted({reading.judge for reading in ordered}))
        entry_at = {entry: i for i, entry in enumerate(entries)}
        judge_at = {judge: i for i, judge in enumerate(judges)}
        return cls(
            entries,
            judges,
            np.array([entry_at[reading.entry] for reading in ordered], dtype=np.intp),
            np.array([judge_at[reading.judge] for reading in ordered], dtype=np.intp),
            np.array([float(reading.score) for reading in ordered]),
        )

    @property
    def is_complete(self) -> bool:
        """Whether every judge has read every entry."""
        return len(self.scores) == len(self.entries) * len(self.judges)

    @cached_property
    def readings_per_entry(self) -> Indices:
        return np.bincount(self.entry_of, minlength=len(self.entries))

    @cached_property
    def readings_per_judge(self) -> Indices:
        return np.bincount(self.judge_of, minlength=len(self.judges))

    @property
    def complete_table(self) -> Floats:
        """Scores of the entries every judge has read; entries down, judges across."""
        full = self.readings_per_entry[self.entry_of] == len(self.judges)
        table: Floats = self.scores[full].reshape(-1, len(self.judges))
        return table

    def sum_by_entry(self, values: Floats) -> Floats:
        sums = np.bincount(self.entry_of, weights=values, minlength=len(self.entries))
        return np.asarray(sums, dtype=np.float64)

    @property
    def is_connected(self) -> bool:
        """Whether every two judges are linked by entries read in common, so that severities compare."""
        return len(groups_of_judges(zip(self.entry_of.tolist(), self.judge_of.tolist(), strict=True))) == 1


def groups_of_judges(pairs: Iterable[tuple[_Entry, _Judge]]) -> list[set[_Judge]]:
    """Gather judges into groups linked by entries read in common, from pairs of entry and judge."""
    parent: dict[_Judge, _Judge] = {}
    first_reader: dict[_Entry, _Judge] = {}

    def root(judge: _Judge) -> _Judge:
        while parent[judge] != judge:
            parent[judge] = judge = parent[parent[judge]]
        return judge

    for entry, judge in pairs:
        parent.setdefault(judge, judge)
        parent[root(judge)] = root(first_reader.setdefault(entry, judge))
    groups: dict[_Judge, set[_Judge]] = {}
    for judge in parent:
        groups.setdefault(root(judge), set()).add(judge)
    return list(groups.values())


def check_readings(readings: Sequence[Reading]) -> list[Reason]:
    """Say why these readings cannot be ranked; empty: they can."""
    if len({reading.entry for reading in readings}) <= 1:
        return [Reason(Refusal.NOTHING_TO_RANK, "There is nothing to rank: it takes marks for two essays.")]
    reasons = []
    if not all(math.isfinite(reading.score) for reading in readings):
        reasons.append(Reason(Refusal.NOT_A_NUMBER, "A score is not a number."))
    if any(n > 1 for n in Counter((reading.entry, reading.judge) for reading in readings).values()):
        reasons.append(Reason(Refusal.DUPLICATE, "A judge has scored the same essay twice."))
    if len({reading.judge for reading in readings}) == 1:
        reasons.append(Reason(Refusal.ONE_JUDGE, "There is one judge alone: ranking takes the marks of two."))
    if len({float(reading.score) for reading in readings}) == 1:
        reasons.append(Reason(Refusal.ALL_EQUAL, "All scores are equal: they put no essay before another."))
    return reasons
