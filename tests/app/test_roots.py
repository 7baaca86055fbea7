"""Roots as published: signed, of a round size, at the deadline by themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.record.leaves import append_leaf
from app.record.notes import note_of
from app.record.proofs import tree_under
from app.record.roots import publish_after_deadline, publish_root, roots_of, signing_key
from app.record.verifier.notes import read_note
from app.tables import Contest, Leaf, StaffMail
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter


def publish(prize, occasion="release", now=IN_TIME):
    settings = prize.engines.settings
    with transaction(prize.engines.contest) as session:
        return publish_root(
            session,
            contest_id=prize.contest.id,
            occasion=occasion,
            keys_folder=settings.keys_folder,
            host=settings.host_name,
            now=now,
        )


def close(prize, now):
    settings = prize.engines.settings
    publish_after_deadline(
        prize.engines.contest, keys_folder=settings.keys_folder, host=settings.host_name, now=now
    )


def roots(prize):
    with reading(prize.engines.contest) as session:
        return list(roots_of(session, prize.contest.id))


def note(prize, root):
    with reading(prize.engines.contest) as session:
        return note_of(session, root, public_key=signing_key(prize.engines.settings.keys_folder))


def test_root_is_signed_and_names_its_record(prize):
    root = publish(prize)

    read = read_note(note(prize, root))
    assert read.tree == (root.size, root.root_hash)
    assert read.origin == f"127.0.0.1:8000/prize/{prize.slug}"
    assert read.is_signed_by(signing_key(prize.engines.settings.keys_folder))
    assert not read.is_signed_by(bytes(32))


@pytest.mark.parametrize(
    "change", [("prize", "price"), ("64", "65"), ("=", "A"), ("release", "deadline"), ("2026", "2025")]
)
def test_changed_note_is_not_signed(prize, change):
    text = note(prize, publish(prize))
    body, below = text.split("\n\n")

    changed = read_note(body.replace(*change, 1) + "\n\n" + below)

    assert not changed.is_signed_by(signing_key(prize.engines.settings.keys_folder))


@pytest.mark.parametrize("entries", [0, 1, 3])
def test_size_of_a_root_does_not_tell_how_many_entered(prize, entries):
    for n in range(entries):
        enter(prize, nom_de_plume=("Larkspur", "Heron", "Pencil Moth")[n])

    assert publish(prize).size == 64


def test_large_record_is_filled_up_to_an_eighth_at_most(prize):
    with transaction(prize.engines.contest) as session:
        for n in range(1000):
            append_leaf(session, contest_id=prize.contest.id, kind="note", told={"n": n}, now=IN_TIME)

    size = publish(prize).size

    assert size % 64 == 0
    assert 1000 < size <= 1000 * 9 / 8


def test_filling_looks_like_any_leaf_outside(prize):
    publish(prize)

    with reading(prize.engines.contest) as session:
        filling = session.scalars(select(Leaf).where(Leaf.kind == "filling")).all()
    assert len({leaf.leaf_hash for leaf in filling}) == len(filling) > 1
    assert all(len(leaf.leaf_hash) == 32 for leaf in filling)


def test_root_is_published_at_the_deadline_and_once(prize):
    enter(prize)
    close(prize, IN_TIME)
    assert roots(prize) == []

    close(prize, AFTER)
    close(prize, AFTER + timedelta(hours=1))

    assert [root.occasion for root in roots(prize)] == ["deadline"]


def test_deadline_moved_back_is_followed_by_another_root(prize):
    close(prize, AFTER)
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        contest.closes_at = AFTER + timedelta(days=3)
    close(prize, AFTER + timedelta(days=1))
    assert len(roots(prize)) == 1

    close(prize, AFTER + timedelta(days=4))

    assert [root.occasion for root in roots(prize)] == ["deadline"] * 2


def test_leaf_changed_after_a_root_is_found_before_a_proof_is_given(prize):
    root = publish(prize)
    with transaction(prize.engines.contest) as session:
        leaf = session.get_one(Leaf, (prize.contest.id, 1))
        leaf.leaf_hash = bytes(32)

    with reading(prize.engines.contest) as session, pytest.raises(ValueError, match="no longer has the root"):
        tree_under(session, root)


def test_deadline_is_the_first_instant_that_is_too_late(prize):
    close(prize, prize.contest.closes_at - timedelta(microseconds=1))
    assert roots(prize) == []
    close(prize, prize.contest.closes_at)
    assert len(roots(prize)) == 1


def test_published_root_goes_to_every_judge_as_the_note_that_was_signed(prize):
    root = publish(prize)

    with reading(prize.engines.contest) as session:
        letters = session.scalars(select(StaffMail)).all()
    assert {each.person_id for each in letters} == {judge.person_id for judge in prize.staff.judges}
    assert all(note(prize, root) in each.body for each in letters)
