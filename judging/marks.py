"""What is a valid mark, and what do a reading's marks come to? Points are exact decimals, never floats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from judging.reasons import Reason, Refusal

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: marked from nought to `most` points, in steps of `step` points."""

    key: str
    title: str
    weight: Decimal = Decimal(1)
    most: Decimal = Decimal(10)
    step: Decimal = HALF


def check_mark(criterion: Criterion, points: Decimal) -> Reason | None:
    """Why these points are no mark for this criterion; None: they are."""
    if not points.is_finite():
        return Reason(Refusal.NOT_A_NUMBER, f"The mark for “{criterion.title}” is not a number.")
    if not 0 <= points <= criterion.most:
        return Reason(
            Refusal.OUT_OF_RANGE,
            f"The mark for “{criterion.title}” must lie between 0 and {plain(criterion.most)}.",
        )
    if points % criterion.step != 0:
        steps = "half points" if criterion.step == HALF else f"steps of {plain(criterion.step)}"
        return Reason(Refusal.OFF_STEP, f"The mark for “{criterion.title}” must be given in {steps}.")
    return None


def total(criteria: Sequence[Criterion], marks: Mapping[str, Decimal]) -> Decimal | None:
    """Add up the weighted points, marks by criterion key; None while any criterion is unmarked."""
    if not criteria or any(criterion.key not in marks for criterion in criteria):
        return None
    return sum((criterion.weight * marks[criterion.key] for criterion in criteria), start=Decimal(0))


def plain(points: Decimal) -> str:
    """Write points the shortest way: 10, 7.5."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
