"""A contest's record as a file: for the public, or whole for the officers and auditors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.coverage import COVERAGE
from app.record.proofs import described, shown_leaf
from app.record.roots import leaf_hashes, roots_of
from app.record.rows import rows_of
from app.record.states import merged, stated
from app.tables import Announcement, Leaf

PUBLIC = frozenset({"rules", "officer key", "council", "announcement"})
"""Kinds of leaf that are published. The others follow one another as entries came, so their order tells of arrivals."""


def public_record(session: Session, *, contest_id: UUID, keys_folder: Path) -> dict[str, Any]:
    """All leaves' hashes; after the announcement the rules and the results, and nothing of any entry besides."""
    announced = session.get(Announcement, contest_id) is not None
    roots = roots_of(session, contest_id)
    # What came after the last root published would count arrivals.
    size = roots[-1].size if roots else 0
    shown = _leaves(session, contest_id, PUBLIC, size) if announced else []
    return _head(session, contest_id, keys_folder, size=size) | {
        "shows": "rules and results" if announced else "hashes",
        "leaves": [shown_leaf(leaf, kept_too=False) | {"position": leaf.position} for leaf in shown],
    }


def whole_record(session: Session, *, contest_id: UUID, keys_folder: Path) -> dict[str, Any]:
    """Everything the record says, and what the rows it speaks of hold now."""
    told, kept = stated(session, rows_of(session, contest_id, list(COVERAGE)))
    leaves = _leaves(session, contest_id, None, None)
    return _head(session, contest_id, keys_folder, size=None) | {
        "shows": "everything",
        "leaves": [shown_leaf(leaf, kept_too=True) | {"position": leaf.position} for leaf in leaves],
        "rows": merged(told, kept),
        "files": {},
    }


def _leaves(
    session: Session, contest_id: UUID, kinds: frozenset[str] | None, size: int | None
) -> Sequence[Leaf]:
    query = select(Leaf).where(Leaf.contest_id == contest_id)
    if kinds is not None:
        query = query.where(Leaf.kind.in_(kinds))
    if size is not None:
        query = query.where(Leaf.position < size)
    return session.scalars(query.order_by(Leaf.position)).all()


def _head(session: Session, contest_id: UUID, keys_folder: Path, *, size: int | None) -> dict[str, Any]:
    return {
        "nomdeplume": "record 2",
        **described(session, contest_id, keys_folder, roots_of(session, contest_id)),
        "hashes": [each.hex() for each in leaf_hashes(session, contest_id, size=size)],
    }
