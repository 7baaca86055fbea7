"""What is wrong with a form becomes the status of its page."""

import pytest

from app.errors import Clash, TooLarge, Unusable, WrongKind
from app.problems import Problem
from app.web.pages import worst_status


@pytest.mark.parametrize(
    ("errors", "status"),
    [
        ([Unusable], 422),
        ([WrongKind], 415),
        ([Unusable, TooLarge], 413),
        ([TooLarge, Unusable], 413),
        ([Unusable, Unusable, WrongKind], 415),
        ([Clash, Unusable], 409),
    ],
)
def test_worst_status_is_the_most_telling(errors, status):
    assert worst_status([Problem("essay", "No.", error) for error in errors]) == status


def test_problem_is_unusable_unless_told_otherwise():
    assert worst_status([Problem("essay", "No.")]) == 422
