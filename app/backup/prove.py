"""Whether what was put back holds together: rows, files, envelopes, and the record under every root published."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.backup.errors import NotRestored
from app.backup.needed import needed_files
from app.record.leaves import commitment, hash_of
from app.record.merkle import Tree
from app.record.roots import roots_of
from app.tables import Contest, Entry, Erasure, Leaf, Withdrawal
from app.vault.tables import Envelope, Original


def prove(contest: Connection, vault: Connection, *, files: set[str]) -> None:
    """Raises NotRestored for the first thing that doesn't. `files`: names of those put back."""
    for each in (contest, vault):
        refers_to_nothing = (
            each.dialect.name == "sqlite" and each.exec_driver_sql("PRAGMA foreign_key_check").first()
        )
        if refers_to_nothing:
            raise NotRestored("This backup has rows that refer to rows it has not.")
    if not needed_files(contest, vault) <= files:
        raise NotRestored("This backup has rows that name files it has not.")
    with Session(contest) as session, Session(vault) as sealed:
        _prove_envelopes(session, sealed)
        for contest_id in session.scalars(select(Contest.id)).all():
            _prove_record(session, contest_id)


def _prove_envelopes(session: Session, sealed: Session) -> None:
    gone = select(Erasure.entry_id).union(select(Withdrawal.entry_id))
    query = select(Entry.id, Entry.essay_version, Entry.original).where(Entry.id.not_in(gone))
    entries = session.execute(query).all()
    envelopes = set(sealed.scalars(select(Envelope.entry_id)))
    originals = {
        (entry_id, version)
        for entry_id, version in sealed.execute(select(Original.entry_id, Original.version))
    }
    for entry in entries:
        if entry.id not in envelopes or (entry.original and (entry.id, entry.essay_version) not in originals):
            raise NotRestored("This backup has entries whose envelopes it has not.")


def _prove_record(session: Session, contest_id: UUID) -> None:
    leaves = session.scalars(select(Leaf).where(Leaf.contest_id == contest_id).order_by(Leaf.position)).all()
    if not _are_whole(leaves):
        raise NotRestored("The record in this backup was changed: a leaf is not what its hash says.")
    tree = Tree(leaf.leaf_hash for leaf in leaves)
    for root in roots_of(session, contest_id):
        if root.size > len(tree) or tree.root(root.size) != root.root_hash:
            raise NotRestored(
                "The record in this backup was changed: a root that was published is not its own."
            )


def _are_whole(leaves: Sequence[Leaf]) -> bool:
    for position, leaf in enumerate(leaves):
        if leaf.position != position or hash_of(leaf) != leaf.leaf_hash:
            return False
        said = (
            (leaf.told, leaf.told_salt, leaf.told_commitment),
            (leaf.kept, leaf.kept_salt, leaf.kept_commitment),
        )
        for states, salt, committed in said:
            if states is not None and salt is not None and commitment(salt, states) != committed:
                return False
    return True
