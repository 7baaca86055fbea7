"""A contest's record as a file: for the public after the announcement, or whole for the officers."""

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.coverage import COVERAGE
from app.record.notes import notes_of
from app.record.proofs import hidden_leaf, record_key, shown_leaf
from app.record.roots import roots_of, signing_key
from app.record.rows import rows_of
from app.record.states import merged, stated
from app.tables import Announcement, Contest, Leaf


def public_record(session: Session, *, contest_id: UUID, keys_folder: Path) -> dict[str, Any]:
    """The leaves' hashes; after the announcement what they tell. Never times of arrival or ids of entries."""
    announced = session.get(Announcement, contest_id) is not None
    roots = roots_of(session, contest_id)
    # What came after the last root published would count arrivals.
    leaves = _leaves(session, contest_id)[: roots[-1].size if roots else 0]
    return _head(session, contest_id, keys_folder) | {
        "shows": "what may be told" if announced else "hashes",
        "leaves": [shown_leaf(leaf, kept_too=False) if announced else hidden_leaf(leaf) for leaf in leaves],
    }


def whole_record(session: Session, *, contest_id: UUID, keys_folder: Path) -> dict[str, Any]:
    """Everything the record says, and what the rows it speaks of hold now."""
    told, kept = stated(session, rows_of(session, contest_id, list(COVERAGE)))
    return _head(session, contest_id, keys_folder) | {
        "shows": "everything",
        "leaves": [shown_leaf(leaf, kept_too=True) for leaf in _leaves(session, contest_id)],
        "rows": merged(told, kept),
    }


def _leaves(session: Session, contest_id: UUID) -> list[Leaf]:
    query = select(Leaf).where(Leaf.contest_id == contest_id).order_by(Leaf.position)
    return list(session.scalars(query))


def _head(session: Session, contest_id: UUID, keys_folder: Path) -> dict[str, Any]:
    contest = session.get_one(Contest, contest_id)
    roots = roots_of(session, contest_id)
    return {
        "nomdeplume": "record 1",
        "contest": {"id": str(contest_id), "society": contest.society, "title": contest.title},
        "record_key": record_key(contest, keys_folder, roots),
        "checkpoints": notes_of(session, roots, public_key=signing_key(keys_folder)),
    }
