"""In which order do the marks put the entries, and how sure is that? The decision stays with the judges.

A complete panel is ranked by the raw mean; where readings are missing, the additive model stands beside it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from judging.additive import AdditiveFit, fit_additive
from judging.errors import UnrankableError
from judging.ids import EntryId, JudgeId
from judging.methods import Method, Scores, scores_by
from judging.readings import Floats, Panel, Reading, check_readings

SEED = 1
_FEW_READINGS = 8
_LEVEL = 1e-9


@dataclass(frozen=True, slots=True)
class RankedEntry:
    """An entry in its place. `sd` is the standard error of `score`, None for methods that have none."""

    entry: EntryId
    rank: int
    score: float
    sd: float | None
    p_best: float
    shared: bool

    @property
    def place(self) -> str:
        """The rank as people write it: 1, or 2= where it is shared."""
        return f"{self.rank}=" if self.shared else f"{self.rank}"


@dataclass(frozen=True, slots=True)
class JudgeEffect:
    """How many points a judge marks above (negative: below) the panel, shrunk towards nought."""

    judge: JudgeId
    effect: float
    sd: float


@dataclass(frozen=True, slots=True)
class Variance:
    """Where scores differ, in points squared; `objective` belongs to fits that maximise one."""

    entry: float
    judge: float
    noise: float
    objective: float | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entries best first; `beside` is the ranking by another method where readings are missing."""

    method: Method
    is_complete: bool
    entries: tuple[RankedEntry, ...]
    judges: tuple[JudgeEffect, ...]
    variance: Variance
    beside: tuple[RankedEntry, ...]
    beside_method: Method | None
    warnings: tuple[str, ...]

    @property
    def leaders(self) -> tuple[EntryId, ...]:
        return leaders(self.entries)

    @property
    def leaders_differ(self) -> bool:
        """Whether the method beside puts another entry first."""
        return bool(self.beside) and set(leaders(self.beside)) != set(self.leaders)


def rank(readings: Sequence[Reading], *, method: Method | None = None, seed: int = SEED) -> Ranking:
    """Rank by a method; without one by the mean, or the additive model where readings are missing.

    Raises:
        UnrankableError: `check_readings` refuses these readings.

    """
    if reasons := check_readings(readings):
        raise UnrankableError(reasons)
    panel = Panel.of(readings)
    method = method or (Method.MEAN if panel.is_complete else Method.ADDITIVE)
    beside_method = None
    if not panel.is_complete:
        beside_method = Method.MEAN if method is Method.ADDITIVE else Method.ADDITIVE
    fit = fit_additive(panel)
    chances = chances_to_be_best(fit, seed)
    entries = _in_order(panel, scores_by(method, fit), chances)
    beside = _in_order(panel, scores_by(beside_method, fit), chances) if beside_method else ()
    return Ranking(
        method=method,
        is_complete=panel.is_complete,
        entries=entries,
        judges=tuple(
            JudgeEffect(judge, float(effect), float(sd))
            for judge, effect, sd in zip(panel.judges, fit.judge_effects, fit.judge_sds, strict=True)
        ),
        variance=Variance(fit.entry_variance, fit.judge_variance, fit.noise_variance),
        beside=beside,
        beside_method=beside_method,
        warnings=tuple(_warnings(panel, entries, beside)),
    )


def leaders(entries: Sequence[RankedEntry]) -> tuple[EntryId, ...]:
    """List the entries in first place."""
    return tuple(ranked.entry for ranked in entries if ranked.rank == 1)


def chances_to_be_best(fit: AdditiveFit, seed: int = SEED) -> Floats:
    """Estimate how probably each entry is truly the best, by draws from the additive model's posterior."""
    wins = np.zeros(len(fit.panel.entries))
    for draws in fit.draw_scores(seed):
        wins += np.bincount(draws.argmax(axis=1), minlength=len(wins))
    return np.asarray(wins / wins.sum())


def _in_order(panel: Panel, scores: Scores, chances: Floats) -> tuple[RankedEntry, ...]:
    """Best first, sharers of a rank by id; scores that differ by rounding alone share one."""
    merit = -scores.values if scores.lowest_wins else scores.values
    order = np.argsort(-merit, kind="stable")
    near = _LEVEL * max(1.0, float(np.abs(merit).max()))
    ranks: list[int] = []
    for position, entry in enumerate(order):
        level = position > 0 and merit[order[position - 1]] - merit[entry] <= near
        ranks.append(ranks[-1] if level else position + 1)
    sharing = Counter(ranks)
    return tuple(
        RankedEntry(
            entry=panel.entries[entry],
            rank=rank,
            score=float(scores.values[entry]),
            sd=None if scores.sds is None else float(scores.sds[entry]),
            p_best=float(chances[entry]),
            shared=sharing[rank] > 1,
        )
        for rank, entry in sorted(zip(ranks, order.tolist(), strict=True))
    )


def _warnings(panel: Panel, entries: Sequence[RankedEntry], beside: Sequence[RankedEntry]) -> Iterator[str]:
    """Say in sentences what a reader of the ranking must know; a complete panel needs none."""
    if panel.is_complete:
        return
    yield (
        f"Not every judge has read every essay: {len(panel.scores)} readings of "
        f"{len(panel.entries) * len(panel.judges)}."
    )
    if set(leaders(entries)) != set(leaders(beside)):
        yield "The raw mean and the marks with the judges' severity taken out put different essays first."
    few = int((panel.readings_per_judge < _FEW_READINGS).sum())
    if few:
        yield f"{few} of {len(panel.judges)} judges have read fewer than {_FEW_READINGS} essays."
    if not panel.is_connected:
        yield "Some judges are linked by no essay read in common: their severity cannot be compared."
