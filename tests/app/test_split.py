"""Any k of n officers open an envelope, fewer learn nothing, and there is no master key."""

import json
from dataclasses import replace
from itertools import combinations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault import age
from app.vault.errors import NotOpenable
from app.vault.split import OfficerPart, join, split

ENTRY = uuid4()


@st.composite
def panels(draw):
    """A secret split among n officers, k of whom are needed."""
    officers = [uuid4() for _ in range(draw(st.integers(2, 5)))]
    needed = draw(st.integers(2, len(officers)))
    secret = draw(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80))
    return secret, split(secret, entry_id=ENTRY, officers=officers, needed=needed)


@given(panels())
def test_any_k_of_n_parts_join_to_the_secret(panel):
    secret, parts = panel
    needed = parts[0].needed

    for group in combinations(parts, needed):
        assert join(group, entry_id=ENTRY) == secret
        assert join(group[::-1], entry_id=ENTRY) == secret
    assert join(parts, entry_id=ENTRY) == secret


@given(panels())
def test_fewer_than_k_parts_do_not_join(panel):
    _, parts = panel
    needed = parts[0].needed

    for group in combinations(parts, needed - 1):
        with pytest.raises(NotOpenable):
            join(group, entry_id=ENTRY)


@given(panels())
def test_one_part_handed_in_k_times_is_one_part(panel):
    _, parts = panel

    with pytest.raises(NotOpenable):
        join([parts[0]] * parts[0].needed, entry_id=ENTRY)


def test_no_officer_holds_the_secret_alone():
    secret = age.new_secret()
    parts = split(secret, entry_id=ENTRY, officers=[uuid4() for _ in range(3)], needed=2)

    assert all(part != secret.encode() for each in parts for part in each.parts.values())


def test_parts_of_one_officer_differ_from_envelope_to_envelope():
    officers = [uuid4(), uuid4()]
    first, second = (split("the secret", entry_id=uuid4(), officers=officers, needed=2) for _ in range(2))

    assert first[0].parts != second[0].parts


def test_parts_of_another_envelope_are_refused():
    officers = [uuid4(), uuid4()]
    here, there = split("here", entry_id=ENTRY, officers=officers, needed=2), uuid4()
    elsewhere = split("elsewhere", entry_id=there, officers=officers, needed=2)

    for handed_in in ([here[0], elsewhere[1]], elsewhere):
        with pytest.raises(NotOpenable):
            join(handed_in, entry_id=ENTRY)
    assert join(elsewhere, entry_id=there) == "elsewhere"


def test_part_relabelled_for_this_envelope_does_not_yield_the_secret():
    officers = [uuid4(), uuid4()]
    here = split("the secret here", entry_id=ENTRY, officers=officers, needed=2)
    there = split("the secret there", entry_id=uuid4(), officers=officers, needed=2)
    relabelled = replace(there[1], entry_id=ENTRY)

    try:
        found = join([here[0], relabelled], entry_id=ENTRY)
    except NotOpenable:
        found = ""

    assert found not in {"the secret here", "the secret there"}


@pytest.mark.parametrize(("officers", "needed"), [(1, 1), (2, 1), (3, 0), (2, 3), (8, 2)])
def test_split_refuses_numbers_out_of_bounds(officers, needed):
    with pytest.raises(ValueError, match="officers"):
        split("the secret", entry_id=ENTRY, officers=[uuid4() for _ in range(officers)], needed=needed)


@given(panels())
def test_part_survives_being_written_down(panel):
    _, parts = panel

    assert [OfficerPart.from_text(part.as_text()) for part in parts] == parts


PART = split("the secret", entry_id=ENTRY, officers=[uuid4(), uuid4()], needed=2)[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age-encryption.org/v1",
        "[]",
        "{}",
        "7",
        PART.as_text()[:-1],
        json.dumps(json.loads(PART.as_text()) | {"parts": []}),
        json.dumps(json.loads(PART.as_text()) | {"parts": {"0+1": "no hex"}}),
        json.dumps(json.loads(PART.as_text()) | {"entry": 7}),
        json.dumps(json.loads(PART.as_text()) | {"needed": float("inf")}),
        "[" * 100_000,
    ],
    ids=[
        "nothing",
        "age",
        "list",
        "empty",
        "number",
        "cut",
        "list-parts",
        "hex",
        "entry",
        "endless",
        "nested",
    ],
)
def test_text_that_is_no_part_is_refused(text):
    with pytest.raises(NotOpenable):
        OfficerPart.from_text(text)


@pytest.mark.parametrize("needed", [0, -1, 1])
def test_part_that_claims_fewer_are_needed_opens_nothing(needed):
    with pytest.raises(NotOpenable):
        join([replace(PART, needed=needed)], entry_id=ENTRY)


def test_repr_of_a_part_shows_no_part():
    shown = repr(PART)

    assert all(part.hex() not in shown and repr(part) not in shown for part in PART.parts.values())
    assert "parts" not in shown.replace("OfficerPart", "")
