"""Who goes first when two stand level."""

from invented_panels import readings_of

from judging.ids import EntryId
from judging.ties import Rung, tie_break

A, B, C = EntryId("e000"), EntryId("e001"), EntryId("e002")
LADDER = (Rung.HEAD_CRITERION, Rung.HEAD_TO_HEAD, Rung.REREAD_VOTE, Rung.CHAIR, Rung.JOINT_AWARD)
LEVEL = {A: 7.0, B: 7.0, C: 7.0}


def test_the_head_criterion_goes_first():
    result = tie_break([A, B], ladder=LADDER, head_criterion={A: 7.0, B: 7.5}, readings=[])

    assert (result.winner, result.by) == (B, Rung.HEAD_CRITERION)
    assert result.groups == ((B,), (A,))


def test_a_rounding_error_is_level():
    result = tie_break([A, B], ladder=LADDER, head_criterion={A: 0.1 + 0.2, B: 0.3}, readings=[])

    assert result.by is None


def test_then_the_judges_who_read_both():
    readings = readings_of([[5, 5, 9, None], [6, 6, 2, 9]])

    result = tie_break([A, B], ladder=LADDER, head_criterion=LEVEL, readings=readings)

    assert (result.winner, result.by) == (B, Rung.HEAD_TO_HEAD)


def test_what_stays_level_is_left_to_people():
    readings = readings_of([[5, 6], [6, 5]])

    result = tie_break([A, B], ladder=LADDER, head_criterion=LEVEL, readings=readings)

    assert (result.winner, result.by, result.next_rung) == (None, None, Rung.REREAD_VOTE)
    assert result.groups == ((A, B),)


def test_later_rungs_only_part_those_still_level():
    readings = readings_of([[5, 5], [6, 6], [9, 9]])
    head = {A: 7.0, B: 7.0, C: 6.0}

    result = tie_break([A, B, C], ladder=LADDER, head_criterion=head, readings=readings)

    assert result.groups == ((B,), (A,), (C,))


def test_a_ladder_of_one_rung_may_end_undecided():
    result = tie_break([A, B], ladder=(Rung.HEAD_CRITERION,), head_criterion=LEVEL, readings=[])

    assert (result.by, result.next_rung) == (None, None)
