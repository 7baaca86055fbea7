"""Opening one envelope: officers together, each with own sign-in and a part decrypted on own device.

The opening is on the record, committed, before any page shows what the envelope held.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.awards import all_held
from app.ceremony.part import check_part
from app.database import empty_wal, reading, transaction
from app.decided import all_decided, is_decided
from app.engines import Engines
from app.errors import Clash, NotAllowed, NotHere, Unusable
from app.intake.council import check_against_council
from app.record.leaves import append_leaf
from app.tables import Contest, Entry, Hold, Opening, Person, Role
from app.tables.ceremony import Purpose
from app.tables.people import RoleKind
from app.vault.errors import NotOpenable
from app.vault.identity import Identity
from app.vault.open import holders_of_parts, open_with_parts
from app.vault.split import OfficerPart
from app.vault.tables import HandedPart, OpenedIdentity
from judging.eligibility import CouncilVerdict

TOGETHER = timedelta(minutes=10)
"""Officers open together: a part handed in longer ago no longer counts."""
PRESENT = "present"
"""What an officer hands in for an envelope of paper, which needs no key."""


@dataclass(frozen=True, slots=True)
class Opened:
    identity: Identity = field(repr=False)
    verdict: CouncilVerdict


def start_opening(engines: Engines, *, visit: Visit, entry_id: UUID, reason: str, now: datetime) -> UUID:
    """Begin an opening, or return the one begun before. Raises NotAllowed where nothing calls for it."""
    with transaction(engines.contest) as session:
        entry = session.get(Entry, entry_id, with_for_update={"key_share": True})
        if entry is None or entry.contest_id != visit.contest_id:
            raise NotHere("There is no such entry.")
        purpose = _purpose(session, entry)
        _keep_judges_out(session, visit, purpose)
        before = session.scalar(
            select(Opening).where(Opening.entry_id == entry_id, Opening.purpose == purpose)
        )
        if before is not None:
            return before.id
        if not reason.strip():
            raise Unusable("An opening needs its reason, for the record.", kept="Nothing was opened.")
        opening = Opening(
            entry_id=entry_id,
            purpose=purpose,
            reason=reason.strip(),
            started_at=now,
            started_by=visit.person_id,
        )
        session.add(opening)
        append_leaf(
            session,
            contest_id=visit.contest_id,
            kind="opening begun",
            entry_id=entry_id,
            rows=[opening],
            now=now,
        )
        return opening.id


def hand_in_part(engines: Engines, *, visit: Visit, opening_id: UUID, text: str, now: datetime) -> None:
    """Take an officer's part, or for an envelope of paper their word that they are present.

    Raises Unusable for what is no part of this officer's for this envelope.
    """
    with reading(engines.contest) as session:
        opening = _still_closed(session, visit, opening_id)
        entry_id, is_paper = opening.entry_id, opening.entry.paper is not None
    if not is_paper:
        check_part(text, entry_id=entry_id, officer_id=visit.role_id)
    forget_old_parts(engines, now=now)
    with transaction(engines.vault.opening) as session:
        session.merge(
            HandedPart(
                opening_id=opening_id,
                officer_id=visit.role_id,
                part=PRESENT if is_paper else text,
                handed_in_at=now,
            )
        )


def open_envelope(engines: Engines, *, visit: Visit, opening_id: UUID, now: datetime) -> None:
    """Open with the parts of the last ten minutes. Raises Clash with too few, Unusable with wrong ones."""
    with reading(engines.contest) as session:
        opening = _still_closed(session, visit, opening_id)
        entry_id, is_paper = opening.entry_id, opening.entry.paper is not None
        needed = session.get_one(Contest, visit.contest_id).keys_needed
    if is_paper or len(officers_present(engines, opening_id, now=now)) < needed:
        raise Clash(
            f"It takes the parts of {needed} officers, handed in within ten minutes of each other.",
            kept="The envelope is closed.",
        )
    _open(engines, visit=visit, opening_id=opening_id, entry_id=entry_id, now=now)


def open_paper(engines: Engines, *, visit: Visit, opening_id: UUID, written: Identity, now: datetime) -> None:
    """Take down what a paper envelope says, with another officer present. Raises Clash without one."""
    with reading(engines.contest) as session:
        opening = _still_closed(session, visit, opening_id)
        if opening.entry.paper is None:
            raise Clash("This envelope is not of paper.", kept="Nothing was opened.")
    others = [
        officer for officer in officers_present(engines, opening_id, now=now) if officer != visit.role_id
    ]
    if not others:
        raise Clash(
            "A paper envelope is opened by two. Another officer has to sign in here and say that they are present.",
            kept="Nothing was opened.",
        )
    if not written.name:
        raise Unusable("Type the name the envelope holds.", kept="Nothing was opened.")
    _keep(engines, visit, opening_id=opening_id, identity=written, present=[visit.role_id, *others], now=now)


def say_eligible(
    engines: Engines, *, visit: Visit, opening_id: UUID, eligible: bool, note: str, now: datetime
) -> None:
    """Record whether the envelope's owner may hold the prize, or may be judged."""
    with transaction(engines.contest) as session:
        opening = opening_for(session, visit, opening_id, hold=True)
        if opening.opened_at is None or opening.eligible is not None:
            raise Clash(
                "This was settled already, or the envelope is still closed.", kept="Nothing has changed."
            )
        if not eligible and not note.strip():
            raise Unusable("Give the reason; it goes on the record.", kept="Nothing has changed.")
        opening.eligible, opening.eligibility_note, opening.eligibility_at = eligible, note.strip(), now
        if opening.purpose is Purpose.ELIGIBILITY:
            _settle_holds(session, opening, visit, now)
        append_leaf(
            session,
            contest_id=visit.contest_id,
            kind="eligibility",
            entry_id=opening.entry_id,
            rows=[opening, *opening.entry.holds],
            now=now,
        )


def opened(engines: Engines, *, opening: Opening, decided_at: datetime | None) -> Opened | None:
    """What the envelope held, with the Council list checked again; None while it is closed.

    Nothing is returned before the opening is on the record.
    """
    if opening.opened_at is None:
        return None
    with reading(engines.vault.opening) as session:
        row = session.get_one(OpenedIdentity, opening.id)
        identity = Identity.from_json(row.identity, entry_id=opening.entry_id)
    with reading(engines.contest) as contest_session:
        entry = contest_session.get_one(Entry, opening.entry_id)
        contest = contest_session.get_one(Contest, entry.contest_id)
        verdict = check_against_council(
            contest, identity, received_at=entry.received_at, decided_at=decided_at
        )
    return Opened(identity=identity, verdict=verdict)


def opening_for(session: Session, visit: Visit, opening_id: UUID, *, hold: bool = False) -> Opening:
    """An opening of this officer's contest. Raises NotHere, or NotAllowed for an officer who judges."""
    opening = session.get(Opening, opening_id, with_for_update=True if hold else None)
    if opening is None or opening.entry.contest_id != visit.contest_id:
        raise NotHere("There is no such opening.")
    _keep_judges_out(session, visit, opening.purpose)
    return opening


def forget_old_parts(engines: Engines, *, now: datetime) -> None:
    """Destroy parts handed in too long ago to count: enough of them would open the envelope."""
    with transaction(engines.vault.opening) as session:
        session.execute(delete(HandedPart).where(HandedPart.handed_in_at < now - TOGETHER))
    # Its log holds pages as they were, this part on them; where somebody reads just now, the next sweep succeeds.
    empty_wal(engines.vault.engine)


def _still_closed(session: Session, visit: Visit, opening_id: UUID) -> Opening:
    opening = opening_for(session, visit, opening_id)
    if opening.opened_at is not None:
        raise Clash("This envelope is open already.", kept="What it held stands as it was recorded.")
    return opening


def officers_present(engines: Engines, opening_id: UUID, *, now: datetime) -> dict[UUID, datetime]:
    """Officers who handed in a part within the last ten minutes, and when."""
    with reading(engines.vault.opening) as session:
        rows = session.scalars(
            select(HandedPart).where(
                HandedPart.opening_id == opening_id, HandedPart.handed_in_at >= now - TOGETHER
            )
        )
        return {row.officer_id: row.handed_in_at for row in rows}


def part_holders(engines: Engines, entry_id: UUID) -> set[UUID]:
    """Officers whose key was tested when this envelope was sealed, so that it has a part for them."""
    with reading(engines.vault.opening) as session:
        return holders_of_parts(session, entry_id=entry_id)


def _open(engines: Engines, *, visit: Visit, opening_id: UUID, entry_id: UUID, now: datetime) -> None:
    try:
        with reading(engines.vault.opening) as session:
            rows = session.scalars(
                select(HandedPart).where(
                    HandedPart.opening_id == opening_id, HandedPart.handed_in_at >= now - TOGETHER
                )
            ).all()
            parts = [OfficerPart.from_text(row.part) for row in rows]
            identity = open_with_parts(session, entry_id=entry_id, parts=parts)
    except NotOpenable as error:
        with transaction(engines.vault.opening) as session:
            session.execute(delete(HandedPart).where(HandedPart.opening_id == opening_id))
        raise Unusable(
            "These parts do not open the envelope together.",
            kept="The envelope is closed, and the parts handed in were destroyed.",
            to_do="Each officer downloads their part again and decrypts it with the key made for this contest.",
        ) from error
    _keep(
        engines,
        visit,
        opening_id=opening_id,
        identity=identity,
        present=[p.officer_id for p in parts],
        now=now,
    )


def _keep(
    engines: Engines,
    visit: Visit,
    *,
    opening_id: UUID,
    identity: Identity,
    present: list[UUID],
    now: datetime,
) -> None:
    """Keep what the envelope held and put the opening on the record; only then can a page show it.

    The opening is held meanwhile, so that nothing taken down is written over by somebody a moment later.
    """
    with transaction(engines.contest) as session:
        opening = opening_for(session, visit, opening_id, hold=True)
        if opening.opened_at is not None:
            raise Clash("This envelope is open already.", kept="What it held stands as it was recorded.")
        with transaction(engines.vault.opening) as vault:
            vault.execute(delete(HandedPart).where(HandedPart.opening_id == opening_id))
            vault.merge(
                OpenedIdentity(
                    opening_id=opening_id,
                    entry_id=identity.entry_id,
                    identity=identity.as_json(),
                    opened_at=now,
                )
            )
        names = session.scalars(
            select(Person.name).join(Role).where(Role.id.in_(present)).order_by(Person.name)
        )
        opening.opened_at, opening.present = now, list(names)
        append_leaf(
            session,
            contest_id=visit.contest_id,
            kind="opening",
            entry_id=opening.entry_id,
            rows=[opening],
            now=now,
        )


def _purpose(session: Session, entry: Entry) -> Purpose:
    """Why this envelope may be opened now. Raises NotAllowed where nothing calls for it."""
    if any(held.entry.id == entry.id for held in all_held(session, entry.contest_id)):
        return Purpose.AWARD
    held = session.scalar(select(Hold.id).where(Hold.entry_id == entry.id, Hold.eligible.is_(None)))
    if held is not None and not is_decided(session, entry.category_id):
        return Purpose.ELIGIBILITY
    raise NotAllowed(
        "This envelope stays closed: only a winner’s is opened, once the decision is locked.",
        kept="Nothing was opened.",
    )


def _keep_judges_out(session: Session, visit: Visit, purpose: Purpose) -> None:
    # Before everything is decided nobody who judges may learn a name, key or no key.
    if also_judges(session, visit) and (
        purpose is Purpose.ELIGIBILITY or not all_decided(session, visit.contest_id)
    ):
        raise NotAllowed("You judge in this contest, so another officer has to settle this.")


def also_judges(session: Session, visit: Visit) -> bool:
    query = select(Role.id).where(
        Role.contest_id == visit.contest_id, Role.person_id == visit.person_id, Role.kind == RoleKind.JUDGE
    )
    return session.scalar(query) is not None


def _settle_holds(session: Session, opening: Opening, visit: Visit, now: datetime) -> None:
    for hold in session.scalars(
        select(Hold).where(Hold.entry_id == opening.entry_id, Hold.eligible.is_(None))
    ):
        hold.eligible, hold.note = opening.eligible, opening.eligibility_note
        hold.settled_at, hold.settled_by = now, visit.person_id
