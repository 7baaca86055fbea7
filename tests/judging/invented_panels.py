"""Invented panels: readings from a table, and from a simulated contest."""

import random

from judging.ids import EntryId, JudgeId
from judging.readings import Reading

# Shrout & Fleiss 1979, table 2: six targets down, four judges across.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def repeatable(seed):
    """Chance that comes out the same every time."""
    return random.Random(seed)


def readings_of(table):
    """Readings from entries down, judges across; None where a judge has not read."""
    return [
        Reading(EntryId(f"e{i:03}"), JudgeId(f"j{j:02}"), float(score))
        for i, row in enumerate(table)
        for j, score in enumerate(row)
        if score is not None
    ]


def readings_of_orders(orders):
    """Readings from preference orders, written best first, and how many judges hold each."""
    judges = [order for order, count in orders for _ in range(count)]
    return [
        Reading(EntryId(entry), JudgeId(f"j{j:02}"), float(len(order) - place))
        for j, order in enumerate(judges)
        for place, entry in enumerate(order)
    ]


def simulated(seed, *, entries, judges, reads, severity=0.7, noise=1.0):
    """Readings of a contest with known true merits, and those merits."""
    rng = repeatable(seed)
    merits = {EntryId(f"e{i:04}"): rng.gauss(0, 1) for i in range(entries)}
    levels = {JudgeId(f"j{j:03}"): rng.gauss(0, severity) for j in range(judges)}
    readings = [
        Reading(entry, judge, merit + levels[judge] + rng.gauss(0, noise))
        for entry, merit in merits.items()
        for judge in rng.sample(sorted(levels), reads)
    ]
    return readings, merits
