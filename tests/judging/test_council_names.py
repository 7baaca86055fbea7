"""A slice of the bench on generated names: members are found however they are written, strangers left alone."""

import pytest

from benchmarks.council_names import TYPO, false_holds, recall
from benchmarks.names import COUNTRIES
from tests.judging.invented_panels import repeatable


@pytest.fixture(scope="module")
def found():
    return recall(repeatable(3), people=15)


def test_members_are_found_in_every_way_of_writing_in_every_country(found):
    assert found.share(but=TYPO) >= 0.99
    shares = {(c.name, way): found.share(c.name, way) for c in COUNTRIES for way in found.ways if way != TYPO}
    assert {key: share for key, share in shares.items() if share is not None and share < 0.95} == {}


def test_one_letter_wrong_is_forgiven(found):
    assert found.share(way=TYPO) >= 0.84


def test_few_strangers_are_held_against_a_council_of_thirty():
    held = false_holds(repeatable(4), councils=36)

    assert sum(held.tried.values()) == 3600
    assert held.share() <= 0.01


def test_the_figures_can_be_missed(found):
    """A rule that held everybody or nobody would show."""
    assert len({country.name for country in COUNTRIES}) == 18
    assert 0 < found.share(way=TYPO) < 1
    assert 0 < false_holds(repeatable(5), councils=36, home=True).share() < 1
