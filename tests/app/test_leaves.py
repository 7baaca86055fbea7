"""The record of a contest: its leaves follow one another, and each commits to what happened."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from app.database import reading, transaction
from app.record.leaves import append_leaf, canonical, current_root, hash_of
from app.record.merkle import includes, inclusion_proof, tree_hash
from app.record.roots import publish_root
from app.secrets_folder import own_secret
from app.tables import Leaf, Root
from tests.conftest import IN_TIME
from tests.entering import enter


def append(prize, *payloads):
    with transaction(prize.engines.contest) as session:
        return [
            append_leaf(session, contest_id=prize.contest.id, kind="note", payload=each, now=IN_TIME)
            for each in payloads
        ]


def leaves_of(prize):
    with reading(prize.engines.contest) as session:
        return list(session.scalars(select(Leaf).order_by(Leaf.position)))


def test_leaves_take_positions_one_after_another(prize):
    assert append(prize, {"n": 1}, {"n": 2}) == [0, 1]
    assert append(prize, {"n": 3}) == [2]


def append_and_fail(prize):
    with transaction(prize.engines.contest) as session:
        append_leaf(session, contest_id=prize.contest.id, kind="note", payload={"n": 2}, now=IN_TIME)
        raise RuntimeError


def test_leaf_of_a_transaction_that_fails_leaves_no_gap(prize):
    append(prize, {"n": 1})
    with pytest.raises(RuntimeError):
        append_and_fail(prize)

    assert append(prize, {"n": 3}) == [1]


def test_current_root_is_the_tree_over_the_leaves(prize):
    append(prize, {"n": 1}, {"n": 2}, {"n": 3})
    leaves = [leaf.leaf_hash for leaf in leaves_of(prize)]

    with reading(prize.engines.contest) as session:
        size, root = current_root(session, prize.contest.id)

    assert (size, root) == (3, tree_hash(leaves))
    assert includes(root, leaf=leaves[1], position=1, size=3, proof=inclusion_proof(leaves, 1))


def test_leaf_hash_commits_to_position_kind_salt_and_payload(prize):
    append(prize, {"number": 4711, "at": "Ö"})
    (leaf,) = leaves_of(prize)
    kept = {"position": 0, "kind": "note", "salt": leaf.salt, "payload": leaf.payload}

    assert hash_of(**kept) == leaf.leaf_hash
    for change in (
        {"position": 1},
        {"kind": "notes"},
        {"salt": bytes(32)},
        {"payload": {"number": 4712, "at": "Ö"}},
    ):
        assert hash_of(**(kept | change)) != leaf.leaf_hash


def test_same_payload_twice_has_two_hashes(prize):
    append(prize, {"n": 1}, {"n": 1})

    assert len({leaf.leaf_hash for leaf in leaves_of(prize)}) == 2


def test_canonical_spells_equal_values_alike():
    assert canonical({"b": 1, "a": "ö"}) == canonical({"a": "ö", "b": 1}) == '{"a":"ö","b":1}'.encode()


def test_entering_appends_a_leaf_that_names_nobody(prize):
    entry_id, _ = enter(prize)

    (leaf,) = leaves_of(prize)
    assert (leaf.kind, leaf.entry_id) == ("entry", entry_id)
    assert set(leaf.payload) == {
        "number",
        "nom_de_plume",
        "category",
        "channel",
        "received_at",
        "receipt",
        "original",
    }
    assert "tarrant" not in str(leaf.payload).lower()


def publish(prize):
    with transaction(prize.engines.contest) as session:
        folder = prize.engines.settings.keys_folder
        publish_root(
            session, contest_id=prize.contest.id, occasion="release", keys_folder=folder, now=IN_TIME
        )


def test_published_root_carries_a_signature_that_verifies(prize):
    append(prize, {"n": 1})
    publish(prize)

    secret = own_secret(prize.engines.settings.keys_folder, "record-signing")
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key()
    with reading(prize.engines.contest) as session:
        root = session.scalars(select(Root)).one()
    signed = {"contest": str(prize.contest.id), "size": 1, "root": root.root_hash.hex()}
    public.verify(root.signature, canonical(signed))
    with pytest.raises(InvalidSignature):
        public.verify(root.signature, canonical(signed | {"size": 2}))


def test_root_is_published_once_for_each_occasion_and_size(prize):
    append(prize, {"n": 1})
    publish(prize)
    publish(prize)
    append(prize, {"n": 2})
    publish(prize)

    with reading(prize.engines.contest) as session:
        assert session.scalar(select(func.count()).select_from(Root)) == 2
