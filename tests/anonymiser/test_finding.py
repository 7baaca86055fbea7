"""Who is found in texts whose names are known: how many of them, how surely, and how much else is asked about."""

from pathlib import Path

import pytest

from benchmarks.finding import measure_authors, measure_identifiers, measure_names
from benchmarks.finding_author import HELD_OUT
from benchmarks.finding_texts import essays, legal, web

COMPOSED = Path(__file__).parents[2] / "benchmarks" / "finding_essays.toml"


def test_people_of_composed_essays_are_found_and_little_else_is_asked():
    measured = measure_names(essays(COMPOSED, seed=7))

    assert measured.found / measured.mentions >= 0.97
    assert measured.surely_right / measured.sure >= 0.97
    assert measured.name_terms * 1000 / measured.words <= 30  # some 25 people in 1,000 words live in them


def test_an_author_of_every_country_is_found_in_every_form_and_nobody_else_is_redacted():
    planted, found, _, false = measure_authors(1, 11, HELD_OUT)

    assert planted > 1000
    assert (found, false) == (planted, 0)


def test_structured_identifiers_are_found_and_harmless_numbers_are_not():
    planted, found, marked, false = measure_identifiers(40, 5)

    assert found / planted >= 0.99
    assert 1 - false / marked >= 0.95


@pytest.mark.parametrize(
    ("read", "name", "recall"), [(legal, "tab-train.jsonl", 0.98), (web, "ewt-dev.iob2", 0.93)]
)
def test_people_of_real_texts_are_found(wild, read, name, recall):
    measured = measure_names(read(wild / "names" / name))

    assert measured.found / measured.mentions >= recall
    assert measured.name_terms * 1000 / measured.words <= 25
