"""Roots of the record, signed and published at deadline, release, decision and announcement."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.record.checkpoint import Checkpoint, note, origin_of, public_key_of, sign, signature_line
from app.record.leaves import fill_up
from app.record.letters import send_to_judges
from app.record.merkle import Tree
from app.secrets_folder import has_secret, own_secret
from app.tables import Contest, Leaf, Root

LEAST_STEP = 64
_SIGNING = "record-signing"
DEADLINE = "deadline"


def publish_root(
    session: Session, *, contest_id: UUID, occasion: str, keys_folder: Path, host: str, now: datetime
) -> Root:
    """Fill the record up to a round number of leaves, sign its root and keep it.

    A judge may see a root and its size: filled up, the size does not tell how many have entered.
    """
    contest = session.get_one(Contest, contest_id, with_for_update={"key_share": True})
    fill_up(session, contest_id=contest_id, to_multiple_of=_step, now=now)
    tree = Tree(leaf_hashes(session, contest_id))
    # A record keeps the name of its first root, wherever the society moves.
    earlier = roots_of(session, contest_id)
    root = Root(
        contest_id=contest_id,
        size=len(tree),
        occasion=occasion,
        origin=earlier[0].origin if earlier else origin_of(host, contest.slug),
        root_hash=tree.root(),
        published_at=now,
    )
    checkpoint = checkpoint_of(root)
    root.signature = sign(checkpoint, signing_seed(keys_folder))
    session.add(root)
    session.flush()  # what is published is published in this transaction or not at all
    line = signature_line(root.origin, signing_key(keys_folder), root.signature)
    send_to_judges(session, contest, note(checkpoint, [line]), now=now)
    return root


def publish_after_deadline(contest: Engine, *, keys_folder: Path, host: str, now: datetime) -> None:
    """Publish the root of every contest whose deadline has passed since its last root of that occasion."""
    with reading(contest) as session:
        published = (
            select(Root.contest_id)
            .where(Root.contest_id == Contest.id, Root.occasion == DEADLINE)
            .where(Root.published_at >= Contest.closes_at)
        )
        query = select(Contest.id).where(Contest.closes_at <= now, ~published.exists())
        due = session.scalars(query).all()
    for contest_id in due:
        with transaction(contest) as session:
            publish_root(
                session,
                contest_id=contest_id,
                occasion=DEADLINE,
                keys_folder=keys_folder,
                host=host,
                now=now,
            )


def roots_of(session: Session, contest_id: UUID) -> Sequence[Root]:
    """All roots published, the earliest first."""
    query = select(Root).where(Root.contest_id == contest_id)
    return session.scalars(query.order_by(Root.size, Root.published_at)).all()


def leaf_hashes(session: Session, contest_id: UUID, *, size: int | None = None) -> Sequence[bytes]:
    query = select(Leaf.leaf_hash).where(Leaf.contest_id == contest_id)
    if size is not None:
        query = query.where(Leaf.position < size)
    return session.scalars(query.order_by(Leaf.position)).all()


def signing_seed(keys_folder: Path) -> bytes:
    return own_secret(keys_folder, _SIGNING)


def has_signing_seed(keys_folder: Path) -> bool:
    """Whether there is one already: asking for it would make it."""
    return has_secret(keys_folder, _SIGNING)


def signing_key(keys_folder: Path) -> bytes:
    """The public half, 32 bytes, by which every root of this installation is checked."""
    return public_key_of(signing_seed(keys_folder))


def checkpoint_of(root: Root) -> Checkpoint:
    return Checkpoint(root.origin, root.size, root.root_hash, root.occasion, root.published_at)


def _step(size: int) -> int:
    """An eighth of the size or less, a power of two; of a small record 64."""
    return max(LEAST_STEP, 1 << max(0, size.bit_length() - 4))
