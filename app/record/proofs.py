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
from app.record.leaves import canonical
from app.record.merkle import Tree
from app.record.notes import notes_of
from app.record.roots import leaf_hashes, roots_of, signing_key, signing_seed
from app.tables import Announcement, Assignment, Contest, Entry, Leaf, Root

PROMISE = "nomdeplume promise 2"
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
    contest_id = entry.contest_id
    shown = OWN if session.get(Announcement, contest_id) is None else OWN | LATER
    leaves = session.scalars(
        select(Leaf)
        .where(Leaf.entry_id == entry.id, Leaf.kind.in_(shown), Leaf.told_salt.is_not(None))
        .order_by(Leaf.position)
    ).all()
    return {
        "nomdeplume": "receipt 2",
        "entry": entry.number,
        "original": {"fingerprint": fingerprint, "salt": salt} if fingerprint else None,
        **_proved(session, contest_id, leaves, keys_folder, whole=WHOLE, roots=roots_of(session, contest_id)),
    }


def marks_proof(session: Session, *, contest_id: UUID, role_id: UUID, keys_folder: Path) -> dict[str, Any]:
    """What a judge holds of the marks they have locked: their own leaves and nobody else's.

    Before the announcement promised, without their places, which would count what other judges have locked.
    """
    own = select(Assignment.entry_id).where(Assignment.role_id == role_id)
    query = select(Leaf).where(Leaf.contest_id == contest_id, Leaf.kind == "marks", Leaf.entry_id.in_(own))
    is_over = session.get(Announcement, contest_id) is not None
    roots = roots_of(session, contest_id) if is_over else ()
    leaves = [
        leaf
        for leaf in session.scalars(query.order_by(Leaf.about))
        if leaf.told is not None and any(name.endswith(f" {role_id}") for name in leaf.told["rows"])
    ]
    return {
        "nomdeplume": "marks 2",
        **_proved(session, contest_id, leaves, keys_folder, whole=frozenset({"marks"}), roots=roots),
    }


def _proved(
    session: Session,
    contest_id: UUID,
    leaves: Sequence[Leaf],
    keys_folder: Path,
    *,
    whole: frozenset[str],
    roots: Sequence[Root],
) -> dict[str, Any]:
    """Leaves with their places under the last of these roots; `whole` kinds with what is kept."""
    tree = tree_under(session, roots[-1]) if roots else None
    return {
        **described(session, contest_id, keys_folder, roots),
        "consistency": _consistency(tree, roots),
        "leaves": [_placed(leaf, tree, keys_folder, kept_too=leaf.kind in whole) for leaf in leaves],
    }


def described(session: Session, contest_id: UUID, keys_folder: Path, roots: Sequence[Root]) -> dict[str, Any]:
    """Whose record it is, the key that signs it and the roots signed: what every proof and export begins with."""
    contest = session.get_one(Contest, contest_id)
    return {
        "contest": {"id": str(contest_id), "society": contest.society, "title": contest.title},
        "record_key": record_key(contest, keys_folder, roots),
        "checkpoints": notes_of(session, roots, public_key=signing_key(keys_folder)),
    }


def record_key(contest: Contest, keys_folder: Path, roots: Sequence[Root]) -> str:
    """The key that signs this contest's roots, as whoever checks them needs it."""
    name = roots[0].origin if roots else contest.slug
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


def _placed(leaf: Leaf, tree: Tree | None, keys_folder: Path, *, kept_too: bool) -> dict[str, Any]:
    shown = shown_leaf(leaf, kept_too=kept_too)
    if tree is not None and leaf.position < len(tree):
        path = [each.hex() for each in tree.inclusion(leaf.position)]
        return shown | {"position": leaf.position, "inclusion": path}
    # Without its place, which would count what has come in since the last root.
    after = 0 if tree is None else len(tree)
    return shown | {"after": after, "promise": _promise(leaf, after, keys_folder)}


def shown_leaf(leaf: Leaf, *, kept_too: bool) -> dict[str, Any]:
    """A leaf as proofs and exports show it: what is told, with its salt; what is kept alike, or as its commitment."""
    shown: dict[str, Any] = {
        "kind": leaf.kind,
        "about": leaf.about,
        "holder": "" if leaf.holder is None else leaf.holder.hex(),
        "signature": "" if leaf.signature is None else leaf.signature.hex(),
    }
    for part, is_shown in (("told", True), ("kept", kept_too)):
        salt = getattr(leaf, f"{part}_salt")
        if is_shown and salt is not None:
            shown |= {part: getattr(leaf, part), f"{part}_salt": salt.hex()}
        else:
            shown[f"{part}_commitment"] = getattr(leaf, f"{part}_commitment")
    return shown


def _promise(leaf: Leaf, after: int, keys_folder: Path) -> str:
    """The society's signature that this leaf will stand in the next root published after that of `after` leaves."""
    message = {
        "after": after,
        "contest": str(leaf.contest_id),
        "leaf": leaf.leaf_hash.hex(),
        "promise": PROMISE,
    }
    return Ed25519PrivateKey.from_private_bytes(signing_seed(keys_folder)).sign(canonical(message)).hex()
