"""By which methods can entries be scored? Each takes a fitted panel and gives one score an entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from judging.additive import AdditiveFit
from judging.errors import UnknownMethodError
from judging.orders import borda_points, mean_ranks, schulze_wins
from judging.readings import Floats, Panel

_FEWEST_TO_TRIM = 3


class Method(StrEnum):
    """Every method of this version."""

    MEAN = "mean"
    TRIMMED_MEAN = "trimmed-mean"
    MEDIAN = "median"
    ADDITIVE = "additive"
    MEAN_RANK = "mean-rank"
    BORDA = "borda"
    SCHULZE = "schulze"


NOT_IN_THIS_VERSION = frozenset({"ml", "reml"})


@dataclass(frozen=True)
class Scores:
    """One score an entry; `sds` are their standard errors, None where the method has none."""

    values: Floats
    sds: Floats | None = None
    lowest_wins: bool = False


def method_named(name: str) -> Method:
    """Find a method by the name it has on the command line.

    Raises:
        UnknownMethodError: there is none of that name, or not in this version.

    """
    if name in NOT_IN_THIS_VERSION:
        raise UnknownMethodError(
            f"The method “{name}” is not in this version. There are: {', '.join(Method)}."
        )
    if name not in set(Method):
        raise UnknownMethodError(f"There is no method “{name}”. There are: {', '.join(Method)}.")
    return Method(name)


def scores_by(method: Method, fit: AdditiveFit) -> Scores:
    """Score every entry of the fitted panel."""
    return _METHODS[method](fit)


def _mean(fit: AdditiveFit) -> Scores:
    count = fit.panel.readings_per_entry
    return Scores(fit.panel.sum_by_entry(fit.panel.scores) / count, np.sqrt(fit.noise_variance / count))


def _trimmed_mean(fit: AdditiveFit) -> Scores:
    """Leave out each entry's highest and lowest score, where there are three (J. W. Tukey, 1962)."""
    return Scores(_for_each_entry(fit.panel, _mean_without_ends))


def _mean_without_ends(scores: Floats) -> float:
    kept = np.sort(scores)[1:-1] if len(scores) >= _FEWEST_TO_TRIM else scores
    return float(kept.mean())


def _median(fit: AdditiveFit) -> Scores:
    return Scores(_for_each_entry(fit.panel, lambda scores: float(np.median(scores))))


def _additive(fit: AdditiveFit) -> Scores:
    return Scores(fit.scores, fit.score_sds)


def _mean_rank(fit: AdditiveFit) -> Scores:
    return Scores(mean_ranks(fit.panel), lowest_wins=True)


def _borda(fit: AdditiveFit) -> Scores:
    return Scores(borda_points(fit.panel))


def _schulze(fit: AdditiveFit) -> Scores:
    return Scores(schulze_wins(fit.panel))


def _for_each_entry(panel: Panel, statistic: Callable[[Floats], float]) -> Floats:
    """Apply a statistic to each entry's scores; readings stand sorted by entry."""
    ends = np.cumsum(panel.readings_per_entry)[:-1]
    return np.array([statistic(scores) for scores in np.split(panel.scores, ends)])


_METHODS: Mapping[Method, Callable[[AdditiveFit], Scores]] = MappingProxyType(
    {
        Method.MEAN: _mean,
        Method.TRIMMED_MEAN: _trimmed_mean,
        Method.MEDIAN: _median,
        Method.ADDITIVE: _additive,
        Method.MEAN_RANK: _mean_rank,
        Method.BORDA: _borda,
        Method.SCHULZE: _schulze,
    }
)
