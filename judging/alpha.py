"""Krippendorff's alpha: agreement beyond chance, for any number of judges and with readings missing.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E. Only entries read by
two judges or more count. Nothing larger than the readings is ever held, so that large contests fit.
"""

from dataclasses import dataclass

import numpy as np

from judging.quotient import quotient
from judging.readings import Floats, Indices, Panel

_MOST_DISTINCT = 4000


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha at four levels of measurement; None where all scores are equal or none can be paired."""

    nominal: float | None
    ordinal: float | None
    interval: float | None
    ratio: float | None


def krippendorff_alpha(panel: Panel) -> Alpha:
    """Measure agreement of the scores at each level of measurement."""
    pairable = panel.readings_per_entry[panel.entry_of] > 1
    scores, entry_of = panel.scores[pairable], panel.entry_of[pairable]
    if not len(scores):
        return Alpha(None, None, None, None)
    _, values_of, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    middles = np.cumsum(sizes) - sizes / 2
    return Alpha(
        nominal=_nominal(values_of, sizes, entry_of),
        # The ordinal distance is the squared distance between middle ranks.
        ordinal=_interval(middles[values_of], entry_of),
        interval=_interval(scores, entry_of),
        ratio=_ratio(scores, entry_of),
    )


def _nominal(values_of: Indices, sizes: Indices, entry_of: Indices) -> float | None:
    readers = np.bincount(entry_of)[entry_of]
    _, of_pair, alike = np.unique(entry_of * len(sizes) + values_of, return_inverse=True, return_counts=True)
    observed = float(((readers - alike[of_pair]) / (readers - 1)).sum())
    return _alpha(observed, float((sizes * (len(entry_of) - sizes)).sum()), len(entry_of))


def _interval(values: Floats, entry_of: Indices) -> float | None:
    readers = np.bincount(entry_of)
    means = np.bincount(entry_of, weights=values) / np.maximum(readers, 1)
    own = np.bincount(entry_of, weights=(values - means[entry_of]) ** 2)
    observed = float((2 * readers * own / np.maximum(readers - 1, 1)).sum())
    return _alpha(observed, float(2 * len(values) * ((values - values.mean()) ** 2).sum()), len(values))


def _ratio(scores: Floats, entry_of: Indices) -> float | None:
    """Alpha for scores with a true nought; None where some lie below it or too many differ."""
    values, sizes = np.unique(scores, return_counts=True)
    if values[0] < 0 or len(values) > _MOST_DISTINCT:
        return None
    readers = np.bincount(entry_of)[entry_of]
    observed = 0.0
    for size in np.unique(readers):
        table = scores[readers == size].reshape(-1, size)
        observed += sum(float(_ratio_distance(table, column[:, None]).sum()) for column in table.T) / (
            size - 1
        )
    expected = sum(
        float(count * (sizes * _ratio_distance(values, value)).sum())
        for value, count in zip(values, sizes, strict=True)
    )
    return _alpha(observed, expected, len(scores))


def _ratio_distance(one: Floats, other: Floats | float) -> Floats:
    sums = one + other
    # Two noughts do not differ; dividing by one spares them a NaN.
    return np.asarray(((one - other) / np.where(sums == 0, 1, sums)) ** 2)


def _alpha(observed: float, expected: float, count: int) -> float | None:
    disagreement = quotient((count - 1) * observed, expected)
    return None if disagreement is None else 1 - disagreement
