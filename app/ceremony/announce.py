"""The announcement: from here on the winners' names are public, where their owners agreed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.awards import all_held, commended, decision_of, held_awards
from app.database import reading, transaction
from app.engines import Engines
from app.errors import Clash
from app.record.leaves import append_leaf
from app.record.roots import publish_root
from app.tables import Announcement, Category, Contest, Entry, ReadingCopy, Result
from app.tables.ceremony import AwardKind
from app.vault.identity import Identity
from app.vault.tables import OpenedIdentity


def why_not_announced(session: Session, contest_id: UUID) -> str:
    """What the announcement waits for, in words; empty where nothing does."""
    if session.get(Announcement, contest_id) is not None:
        return "It has been made already."
    categories = session.scalars(select(Category).where(Category.contest_id == contest_id)).all()
    undecided = [each.title for each in categories if decision_of(session, each.id) is None]
    if undecided:
        return f"No decision is locked yet for {' and '.join(undecided)}."
    unsettled = [held.entry.nom_de_plume for held in all_held(session, contest_id) if not held.is_settled]
    if unsettled:
        return (
            f"The envelope of {' and '.join(unsettled)} has to be opened first, and its owner found eligible."
        )
    return ""


def announce(engines: Engines, *, visit: Visit, now: datetime) -> None:
    """Publish the results. Raises Clash where something is still missing."""
    names = announced_names(engines, visit.contest_id)
    with transaction(engines.contest) as session:
        session.get_one(Contest, visit.contest_id, with_for_update={"key_share": True})
        waits = why_not_announced(session, visit.contest_id)
        if waits:
            raise Clash(waits, kept="Nothing was announced.")
        announcement = Announcement(
            contest_id=visit.contest_id, announced_at=now, announced_by=visit.person_id
        )
        session.add(announcement)
        results = _results(session, visit.contest_id, names)
        session.add_all(results)
        append_leaf(
            session,
            contest_id=visit.contest_id,
            kind="announcement",
            rows=[announcement, *results],
            now=now,
        )
        publish_root(
            session,
            contest_id=visit.contest_id,
            occasion="announcement",
            keys_folder=engines.settings.keys_folder,
            host=engines.settings.host_name,
            now=now,
        )


def names_together(identity: Identity) -> str:
    """Author and co-authors as they are announced."""
    names = [identity.name, *(name for name, _ in identity.co_authors)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def announced_names(engines: Engines, contest_id: UUID) -> dict[UUID, str]:
    """Names out of the envelopes opened for an award, by entry, for owners who agreed to be named."""
    with reading(engines.contest) as session:
        settled = [
            held for held in all_held(session, contest_id) if held.is_settled and held.entry.may_be_named
        ]
    names = {}
    with reading(engines.vault.opening) as session:
        for held in settled:
            if held.opening is not None:
                row = session.get_one(OpenedIdentity, held.opening.id)
                names[held.entry.id] = names_together(
                    Identity.from_json(row.identity, entry_id=held.entry.id)
                )
    return names


def _results(session: Session, contest_id: UUID, names: dict[UUID, str]) -> list[Result]:
    results = []
    categories = session.scalars(
        select(Category).where(Category.contest_id == contest_id).order_by(Category.position)
    )
    for category in categories:
        decision = decision_of(session, category.id)
        if decision is None:
            continue
        lines = [(held.kind, held.entry) for held in held_awards(session, decision)]
        winning = {entry.id for _, entry in lines}
        lines += [(AwardKind.COMMENDED, entry) for entry in commended(decision) if entry.id not in winning]
        results += [
            _result(
                session,
                category,
                kind,
                entry,
                names.get(entry.id, "") if entry.may_be_named else "",
                position,
            )
            for position, (kind, entry) in enumerate(lines)
        ]
    return results


def _result(
    session: Session, category: Category, kind: AwardKind, entry: Entry, name: str, position: int
) -> Result:
    release = entry.release
    title = "" if release is None else session.get_one(ReadingCopy, release.reading_copy_id).title
    return Result(
        contest_id=category.contest_id,
        category_id=category.id,
        entry_id=entry.id,
        kind=kind,
        nom_de_plume=entry.nom_de_plume,
        announced_as=name,
        essay_title=title,
        position=position,
    )
