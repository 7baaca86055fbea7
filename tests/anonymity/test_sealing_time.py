"""Sealing is quick enough to be done while an entrant waits for the receipt."""

import time

from benchmarks.sealing import LIMIT, NUMBERS, median_ms, new_vault, thrown_away


def test_sealing_for_two_of_three_stays_near_its_limit(tmp_path):
    engine = new_vault(tmp_path)
    needed, officers = NUMBERS[0]

    def median():
        """By this thread's own time: what a busy machine does besides counts for little."""
        return median_ms(engine, needed, officers, rounds=20, within=thrown_away, clock=time.thread_time)

    # A busy machine can make a round slow and never one fast: one that is within the limit shows what it takes.
    # Half as much again is let pass, for two cores that share what they work with; the bench holds the limit itself.
    assert any(median() <= 1.5 * LIMIT for _ in range(40))
    engine.dispose()
