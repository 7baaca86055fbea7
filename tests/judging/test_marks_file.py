"""What a file of marks says, and on which line it is wrong."""

from decimal import Decimal

import pytest

from judging.marks_file import parse_marks, parse_weights, sum_up

HEADER = "entry,judge,criterion,mark\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the columns must be entry, judge, criterion, mark; there is nothing."),
        ("a,b\n1,2\n", "line 1: the columns must be entry, judge, criterion, mark; there is a, b."),
        (HEADER + "1,A,x,seven\n", "line 2: the mark “seven” is not a number."),
        (HEADER + "1,A,x,nan\n", "line 2: the mark “nan” is not a number."),
        (HEADER + "1,A,x,1_0\n", "line 2: the mark “1_0” is not a number."),
        (HEADER + "1,A,x,1e300\n", "line 2: the mark “1e300” is out of range."),
        (HEADER + "1,A,x,\n", "line 2: the mark is missing."),
        (HEADER + "\n1,A,x\n", "line 3: there must be 4 values; there is 3."),
        (HEADER + "1,A,x,7\n1,A,x,8\n", "line 3: A has already marked 1 for x, on line 2."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, problem):
    assert [str(each) for each in parse_marks(text)[1]] == [problem]


def test_columns_may_stand_in_any_order_and_be_parted_by_semicolons():
    marks, problems = parse_marks("Mark;Judge;Entry;Criterion\r\n7.5;A;1;x\r\n")

    assert problems == []
    assert [(each.entry, each.judge, each.criterion, each.points) for each in marks] == [
        ("1", "A", "x", Decimal("7.5"))
    ]


def test_marks_are_weighed_and_added():
    marks, _ = parse_marks(HEADER + "1,A,x,7\n1,A,y,2\n")

    readings, warnings, problems = sum_up(marks, {"x": Decimal(2)})

    assert [(each.entry, each.judge, each.score) for each in readings] == [("1", "A", 16.0)]
    assert (warnings, problems) == ([], [])


def test_a_reading_without_a_criterion_is_left_out_and_said():
    marks, _ = parse_marks(HEADER + "1,A,x,7\n1,A,y,2\n1,B,x,5\n")

    readings, warnings, _ = sum_up(marks, {})

    assert len(readings) == 1
    assert warnings == ["The reading of 1 by B lacks y and was left out."]


def test_a_weight_for_no_criterion_is_a_problem():
    marks, _ = parse_marks(HEADER + "1,A,x,7\n")

    assert str(sum_up(marks, {"z": Decimal(2)})[2][0]) == "no criterion is called “z”; there is x."


def test_weights_are_read():
    assert parse_weights("a=2, b=0.5") == ({"a": Decimal(2), "b": Decimal("0.5")}, [])
    assert parse_weights("") == ({}, [])


@pytest.mark.parametrize("text", ["a", "a=", "=2", "a=x", "a=0", "a=-1", "a=inf"])
def test_what_is_no_weight_is_a_problem(text):
    assert parse_weights(text)[1] != []
