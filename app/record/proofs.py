"""The proof of one receipt: all an entrant needs to check, without us, that the record holds the entry unchanged."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.checkpoint import verifier_key
from app.record.leaves import canonical, commitment
from app.record.merkle import Tree
from app.record.notes import notes_of
from app.record.roots import leaf_hashes, roots_of, signing_key, signing_seed
from app.tables import Announcement, Contest, Entry, Leaf, Root

PROMISE = "nomdeplume promise 1"
OWN = frozenset({"entry", "replacement", "text", "withdrawal", "consent", "correction", "release"})
"""Kinds of leaf that an entrant's proof shows at any time."""
LATER = frozenset({"marks", "opening"})
"""And after the announcement alone: before it they would tell how the judging goes."""
WHOLE = frozenset({"entry", "replacement", "text", "consent"})
"""Those that hold nothing but the entrant's own affairs, and are shown with what is kept."""

_trees: OrderedDict[tuple[UUID, bytes], Tree] = OrderedDict()
_MOST_TREES = 4


def receipt_proof(
    session: Session, *, entry: Entry, fingerprint: str, salt: str, keys_folder: Path
) -> dict[str, Any]:
    """The proof as JSON. `fingerprint` and `salt` come out of the entrant's own envelope, empty for paper."""
    contest = session.get_one(Contest, entry.contest_id)
    roots = roots_of(session, contest.id)
    shown = OWN if session.get(Announcement, contest.id) is None else OWN | LATER
    leaves = session.scalars(
        select(Leaf)
        .where(Leaf.entry_id == entry.id, Leaf.kind.in_(shown), Leaf.told_salt.is_not(None))
        .order_by(Leaf.position)
    )
    last = roots[-1] if roots else None
    tree = None if last is None else tree_under(session, last)
    return {
        "nomdeplume": "receipt 1",
        "contest": {"id": str(contest.id), "society": contest.society, "title": contest.title},
        "entry": entry.number,
        "record_key": record_key(contest, keys_folder, roots),
        "original": {"fingerprint": fingerprint, "salt": salt} if fingerprint else None,
        "checkpoints": notes_of(session, roots, public_key=signing_key(keys_folder)),
        "consistency": _consistency(tree, roots),
        "leaves": [_shown(leaf, tree, keys_folder) for leaf in leaves],
    }


def record_key(contest: Contest, keys_folder: Path, roots: Sequence[Root]) -> str:
    """The key that signs this contest's roots, as whoever checks them needs it."""
    name = roots[-1].origin if roots else contest.slug
    return verifier_key(name, signing_key(keys_folder))


def tree_under(session: Session, root: Root) -> Tree:
    """The tree a published root stands on. Kept for the next reader: what is published never changes.

    Raises ValueError where the leaves no longer have this root.
    """
    key = (root.contest_id, root.root_hash)
    tree = _trees.get(key)
    if tree is None:
        tree = Tree(leaf_hashes(session, root.contest_id, size=root.size))
        if tree.root() != root.root_hash:
            raise ValueError("the record no longer has the root that was published")
        _trees[key] = tree
        while len(_trees) > _MOST_TREES:
            _trees.popitem(last=False)
    return tree


def _consistency(tree: Tree | None, roots: Sequence[Root]) -> list[list[str]]:
    """For every published root but the first, the proof that it continues the one before."""
    if tree is None:
        return []
    return [
        [each.hex() for each in tree.consistency(earlier.size, later.size)]
        for earlier, later in pairwise(roots)
    ]


def _shown(leaf: Leaf, tree: Tree | None, keys_folder: Path) -> dict[str, Any]:
    shown = shown_leaf(leaf, kept_too=leaf.kind in WHOLE)
    if tree is not None and leaf.position < len(tree):
        return shown | {"inclusion": [each.hex() for each in tree.inclusion(leaf.position)]}
    return shown | {"promise": _promise(leaf, keys_folder)}


def shown_leaf(leaf: Leaf, *, kept_too: bool) -> dict[str, Any]:
    """A leaf as exports show it: what is told with its salt, what is kept as its commitment or whole."""
    if leaf.told is None or leaf.told_salt is None or leaf.kept is None or leaf.kept_salt is None:
        return hidden_leaf(leaf)
    kept = (
        {"kept": leaf.kept, "kept_salt": leaf.kept_salt.hex()}
        if kept_too
        else {"kept_commitment": commitment(leaf.kept_salt, leaf.kept)}
    )
    return {
        **hidden_leaf(leaf),
        "kind": leaf.kind,
        "told": leaf.told,
        "told_salt": leaf.told_salt.hex(),
        **kept,
        "signature": "" if leaf.signature is None else leaf.signature.hex(),
    }


def hidden_leaf(leaf: Leaf) -> dict[str, Any]:
    """Of a leaf that isn't shown, its place and its hash."""
    return {"position": leaf.position, "hash": leaf.leaf_hash.hex()}


def _promise(leaf: Leaf, keys_folder: Path) -> str:
    """The society's signature that this leaf will stand in the next root published."""
    message = {
        "contest": str(leaf.contest_id),
        "leaf": leaf.leaf_hash.hex(),
        "position": leaf.position,
        "promise": PROMISE,
    }
    return Ed25519PrivateKey.from_private_bytes(signing_seed(keys_folder)).sign(canonical(message)).hex()
