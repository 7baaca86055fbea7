"""How safe is the first place? What happens without one judge, and with one reading more."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from judging.additive import NOISE_TO_ENTRY, NOISE_TO_JUDGE, fit_additive
from judging.ids import EntryId, JudgeId
from judging.methods import Method, scores_by
from judging.ranking import SEED
from judging.readings import Panel, Reading

_LEVEL = 1e-9


@dataclass(frozen=True, slots=True)
class WithoutJudge:
    """Who would lead had this judge been absent; empty where nothing would be left to rank."""

    judge: JudgeId
    leaders: tuple[EntryId, ...]


def leave_one_judge_out(readings: Sequence[Reading], *, method: Method) -> tuple[WithoutJudge, ...]:
    """Rank again without each judge in turn."""
    judges = sorted({reading.judge for reading in readings})
    return tuple(
        WithoutJudge(judge, _leaders([each for each in readings if each.judge != judge], method))
        for judge in judges
    )


def _leaders(readings: Sequence[Reading], method: Method) -> tuple[EntryId, ...]:
    if len(readings) <= 1:
        return ()
    panel = Panel.of(readings)
    scores = scores_by(method, fit_additive(panel))
    merit = -scores.values if scores.lowest_wins else scores.values
    near = _LEVEL * max(1.0, float(np.abs(merit).max()))
    return tuple(panel.entries[i] for i in np.flatnonzero(merit >= merit.max() - near))


def chance_one_more_reading_changes_winner(
    readings: Sequence[Reading], *, method: Method, seed: int = SEED
) -> float | None:
    """Estimate how probably one more judge, reading every entry once, would put another entry first.

    The new marks are drawn from the additive model. None for methods that are not averages of points.
    """
    if method not in {Method.MEAN, Method.ADDITIVE}:
        return None
    panel = Panel.of(readings)
    fit = fit_additive(panel)
    now = scores_by(method, fit).values
    weight = panel.readings_per_entry + (NOISE_TO_ENTRY if method is Method.ADDITIVE else 0.0)
    rng = np.random.default_rng(seed)
    noise = np.sqrt(fit.noise_variance)
    changed = drawn = 0
    for truths in fit.draw_scores(seed):
        severity = noise / np.sqrt(NOISE_TO_JUDGE) * rng.standard_normal((len(truths), 1))
        marks = truths + severity + noise * rng.standard_normal(truths.shape)
        then = (weight * now + marks) / (weight + 1)
        changed += int((then.argmax(axis=1) != now.argmax()).sum())
        drawn += len(truths)
    return changed / drawn
