"""What can fail in judging. Refusals are values (`judging.reasons.Reason`); these are mistakes of the caller.

JudgingError
├── NaiveInstantError     an instant without a zone was given where the contest's calendar decides
├── UnrankableError       readings that `check_readings` refuses were handed to `rank`
└── UnknownMethodError    a method of ranking that does not exist, or not in this version
"""

from collections.abc import Sequence

from judging.reasons import Reason


class JudgingError(Exception):
    """Base of everything this package raises."""


class NaiveInstantError(JudgingError, ValueError):
    """An instant without a zone: nobody can say on which day of the contest it falls."""


class UnrankableError(JudgingError, ValueError):
    """Readings that cannot be ranked; `reasons` says why."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reason.sentence for reason in reasons))


class UnknownMethodError(JudgingError, ValueError):
    """A method of ranking that this version does not offer."""
