"""A short text is told apart by whether it gives its writer away."""

import pytest

from anonymiser import Author
from anonymiser.remark import identifying_words, sandboxed_identifying_words

AUTHOR = Author(
    name="Winifred Ashdown",
    emails=("w.ashdown@example.org",),
    phones=("+44 20 7946 0991",),
    organisations=("Larkfield Surgery",),
    registration_numbers=("GMC 7654321",),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Winifred Ashdown asks.", ("Winifred Ashdown",)),
        ("W. Ashdown, and again Ashdown.", ("W. Ashdown", "Ashdown")),
        ("From w.ashdown@example.org", ("w.ashdown@example.org",)),
        ("My number: GMC 7654321.", ("GMC 7654321",)),
        ("Call 020 7946 0991", ("020 7946 0991",)),
        ("First line.\n\nSecond, from Larkfield Surgery.", ("Larkfield Surgery",)),
        ("Any address: x@y.example.", ("x@y.example",)),
    ],
)
def test_what_gives_away_is_said_as_written(text, found):
    assert identifying_words(text, [AUTHOR]) == found


@pytest.mark.parametrize("text", ["", "When does it end?", "On 1 May 2026 at 12:30, the 2nd of 3."])
def test_text_that_names_nobody_yields_nothing(text):
    assert identifying_words(text, [AUTHOR]) == ()


def test_it_works_in_the_sandbox_and_without_an_author():
    assert sandboxed_identifying_words("Winifred Ashdown asks.", [AUTHOR]) == ("Winifred Ashdown",)
    assert sandboxed_identifying_words("Winifred Ashdown asks.", []) == ()
