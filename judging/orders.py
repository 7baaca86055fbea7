"""How do the judges' own orders add up? Methods of places, not points, which forgive severity and spread."""

import numpy as np

from judging.readings import Floats, Panel


def mean_ranks(panel: Panel) -> Floats:
    """Average the places each judge gave, 1 the best, ties in the middle.

    Where judges read different numbers of entries, places are stretched to the whole field.
    """
    field = len(panel.entries)
    stretched = (_places(panel) - 0.5) * field / panel.readings_per_judge[panel.judge_of] + 0.5
    return panel.sum_by_entry(stretched) / panel.readings_per_entry


def borda_points(panel: Panel) -> Floats:
    """Count entries placed below, ties a half, added over judges (J.-C. de Borda, 1781).

    Where judges read different numbers of entries, the share beaten is averaged and stretched to the panel.
    """
    read = panel.readings_per_judge[panel.judge_of]
    others = np.maximum(read - 1, 1)
    share = np.where(read > 1, (read - _places(panel)) / others, 0.5)
    mean = panel.sum_by_entry(share) / panel.readings_per_entry
    return np.asarray(mean * (len(panel.entries) - 1) * len(panel.judges))


def schulze_wins(panel: Panel) -> Floats:
    """Count the entries each one beats by the strongest path.

    Source: M. Schulze, Social Choice and Welfare 36 (2011) 267-303.

    The relation is transitive, so the number of entries beaten puts them in its order.
    """
    paths = _preferences(panel)
    paths = np.where(paths > paths.T, paths, 0.0)
    for through in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, through, None], paths[None, through]))
    return np.asarray((paths > paths.T).sum(axis=1), dtype=np.float64)


def _preferences(panel: Panel) -> Floats:
    """How many judges who read both put the entry of the row before the entry of the column."""
    size = len(panel.entries)
    preferences = np.zeros((size, size))
    for judge in range(len(panel.judges)):
        own = panel.judge_of == judge
        read, scores = panel.entry_of[own], panel.scores[own]
        preferences[np.ix_(read, read)] += scores[:, None] > scores[None]
    return preferences


def _places(panel: Panel) -> Floats:
    """Find the place each reading has among its judge's readings, ties in the middle."""
    places = np.empty(len(panel.scores))
    for judge in range(len(panel.judges)):
        own = panel.judge_of == judge
        places[own] = middle_ranks(-panel.scores[own])
    return places


def middle_ranks(values: Floats) -> Floats:
    """Ranks from 1, the smallest first; equal values share the middle of their ranks."""
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    return np.asarray((ends - (sizes - 1) / 2)[group])
