"""The record of a contest: its leaves follow one another, and each commits to what happened."""

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.record.entrant import EntrantKey
from app.record.leaves import append_leaf, canonical, commitment, erase_leaves, hash_of, state_rules
from app.tables import Contest, Entry, Leaf
from tests.conftest import IN_TIME
from tests.entering import enter


def append(prize, *said):
    with transaction(prize.engines.contest) as session:
        return [
            append_leaf(session, contest_id=prize.contest.id, kind="note", told=each, now=IN_TIME)
            for each in said
        ]


def leaves_of(prize, kind=None):
    with reading(prize.engines.contest) as session:
        leaves = session.scalars(select(Leaf).order_by(Leaf.position)).all()
        return [leaf for leaf in leaves if kind in {None, leaf.kind}]


def test_leaves_take_positions_one_after_another(prize):
    (first,) = append(prize, {"n": 1})

    assert append(prize, {"n": 2}, {"n": 3}) == [first + 1, first + 2]
    assert [leaf.position for leaf in leaves_of(prize)] == list(range(first + 3))


def append_and_fail(prize):
    with transaction(prize.engines.contest) as session:
        append_leaf(session, contest_id=prize.contest.id, kind="note", told={"n": 2}, now=IN_TIME)
        raise RuntimeError


def test_leaf_of_a_transaction_that_fails_leaves_no_gap(prize):
    (first,) = append(prize, {"n": 1})
    with pytest.raises(RuntimeError):
        append_and_fail(prize)

    assert append(prize, {"n": 3}) == [first + 1]


def test_first_leaf_states_the_rules(prize):
    append(prize, {"n": 1})

    first = leaves_of(prize)[0]
    assert first.kind == "rules"
    rows = first.told["rows"]
    assert rows["contest"]["title"] == prize.contest.title
    assert rows["category everyone-else"]["prize"] == "£500"
    assert len([name for name in rows if name.startswith("council member ")]) == len(council(prize))


def council(prize):
    with reading(prize.engines.contest) as session:
        return session.get_one(Contest, prize.contest.id).council


def test_changed_rule_is_stated_again(prize):
    with transaction(prize.engines.contest) as session:
        session.get_one(Contest, prize.contest.id).tie_rule = "The lot decides."
        state_rules(session, contest_id=prize.contest.id, now=IN_TIME)

    assert leaves_of(prize, "rules")[-1].told["rows"]["contest"]["tie_rule"] == "The lot decides."


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("about", "4712"),
        ("holder", bytes(32)),
        ("kind", "notes"),
        ("told_commitment", "00" * 32),
        ("kept_commitment", "00" * 32),
        ("signature", bytes(64)),
    ],
)
def test_leaf_hash_is_over_everything_but_its_place(prize, column, value):
    append(prize, {"number": 4711, "at": "Ö"})
    leaf = leaves_of(prize)[-1]
    assert hash_of(leaf) == leaf.leaf_hash

    setattr(leaf, column, value)

    assert hash_of(leaf) != leaf.leaf_hash


@pytest.mark.parametrize("part", ["told", "kept"])
def test_commitment_is_over_the_salt_and_what_is_said(prize, part):
    append(prize, {"number": 4711, "at": "Ö"})
    leaf = leaves_of(prize)[-1]
    said, salt = getattr(leaf, part), getattr(leaf, f"{part}_salt")

    assert commitment(salt, said) == getattr(leaf, f"{part}_commitment")
    assert commitment(bytes(32), said) != commitment(salt, said)
    assert commitment(salt, {**said, "more": 1}) != commitment(salt, said)


def test_same_words_twice_have_two_hashes(prize):
    append(prize, {"n": 1}, {"n": 1})

    one, two = leaves_of(prize, "note")
    assert one.leaf_hash != two.leaf_hash
    assert one.told_salt != two.told_salt != one.kept_salt


def test_canonical_spells_equal_values_alike():
    assert canonical({"b": 1, "a": "ö"}) == canonical({"a": "ö", "b": 1}) == '{"a":"ö","b":1}'.encode()


def test_entering_tells_no_time_no_channel_and_nobody(prize):
    entry_id, receipt = enter(prize)

    (leaf,) = leaves_of(prize, "entry")
    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
    told = leaf.told["rows"][f"entry {entry.number}"]
    assert told == {
        "nom_de_plume": "Larkspur",
        "category": "everyone-else",
        "entrant_key": EntrantKey.from_receipt(receipt.octets).public.hex(),
        "essay_version": 1,
        "original": entry.original,
        "may_be_named": True,
    }
    assert f"envelope {entry.number}" in leaf.told["rows"]
    assert leaf.kept["rows"][f"entry {entry.number}"]["channel"] == "web"
    said = f"{leaf.told} {leaf.kept}".lower()
    for name in ("tarrant", "imogen", "example.org", str(entry_id)):
        assert name not in said


def test_erased_leaf_keeps_its_hash_and_nothing_else(prize):
    entry_id, _ = enter(prize)
    before = [leaf.leaf_hash for leaf in leaves_of(prize)]

    with transaction(prize.engines.contest) as session:
        erased = erase_leaves(session, entry_id=entry_id)

    after = leaves_of(prize)
    assert [leaf.leaf_hash for leaf in after] == before == [hash_of(leaf) for leaf in after]
    assert erased == [leaf.position for leaf in after if leaf.entry_id == entry_id] != []
    for leaf in after:
        if leaf.entry_id == entry_id:
            assert (leaf.told, leaf.told_salt, leaf.kept, leaf.kept_salt) == (None,) * 4
