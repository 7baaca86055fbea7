"""What is a valid mark, and what a reading comes to."""

from decimal import Decimal

import pytest

from judging.marks import Criterion, check_mark, plain, total
from judging.reasons import Refusal

VOICE = Criterion("voice", "Language and voice", weight=Decimal(2))
IDEAS = Criterion("ideas", "Progression of ideas")


@pytest.mark.parametrize("points", ["0", "0.5", "7", "7.50", "10"])
def test_half_points_in_range_are_marks(points):
    assert check_mark(VOICE, Decimal(points)) is None


@pytest.mark.parametrize(
    ("points", "refusal"),
    [
        ("-0.5", Refusal.OUT_OF_RANGE),
        ("10.5", Refusal.OUT_OF_RANGE),
        ("7.25", Refusal.OFF_STEP),
        ("NaN", Refusal.NOT_A_NUMBER),
        ("Infinity", Refusal.NOT_A_NUMBER),
    ],
)
def test_other_points_are_refused(points, refusal):
    reason = check_mark(VOICE, Decimal(points))

    assert reason is not None
    assert reason.code is refusal


def test_the_sentence_names_the_step():
    reason = check_mark(Criterion("x", "X", step=Decimal("0.10")), Decimal("0.05"))

    assert reason is not None
    assert reason.sentence == "The mark for “X” must be given in steps of 0.1."


def test_total_weighs_exactly():
    assert total([VOICE, IDEAS], {"voice": Decimal("7.5"), "ideas": Decimal("0.5")}) == Decimal("15.5")


def test_total_waits_for_every_criterion():
    assert total([VOICE, IDEAS], {"voice": Decimal(7)}) is None
    assert total([], {}) is None


def test_points_are_written_shortly():
    assert [plain(Decimal(text)) for text in ("10", "7.50", "0.0", "100")] == ["10", "7.5", "0", "100"]
