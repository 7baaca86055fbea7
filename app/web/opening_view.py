"""What the page of one opening says: what is sealed and why it may open, who is here, and once open what it held."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access import Visit
from app.ceremony.opening import TOGETHER, Opened, officers_present, opened, part_holders
from app.engines import Engines
from app.tables import Contest, CustodyMove, Decision, Entry, OfficerKey, Opening, PaperCopy, Role
from app.tables.ceremony import Purpose
from app.tables.messages import PaperThing
from app.tables.people import RoleKind
from app.web.officers_frame import WORDS
from app.web.pages import labelled
from app.wording import city, counted, in_words

_WILL = (
    "The parts together open this envelope. Either alone opens nothing.",
    "The opening is written to the record, with the officers’ names and the hour.",
    "The name is compared with this year’s Council, once more.",
    "You see the name. You say whether its owner may hold the prize.",
)
_WILL_NOT = (
    "No other envelope opens, and none can be opened with what is learnt here.",
    "The ranking does not move. If the writer proves ineligible, the next in reserve takes the place.",
    "Nothing is announced, and nobody is told, before you say so.",
)


def opening_values(
    session: Session, engines: Engines, opening: Opening, visit: Visit, now: datetime
) -> dict[str, Any]:
    decided_at = session.scalar(
        select(Decision.locked_at).where(Decision.category_id == opening.entry.category_id)
    )
    held = opened(engines, opening=opening, decided_at=decided_at)
    present = officers_present(engines, opening.id, now=now)
    return {
        "opening_id": str(opening.id),
        "number": opening.entry.number,
        "nom": opening.entry.nom_de_plume,
        "paper": opening.entry.paper is not None,
        "stamp": stamp(engines, opening, now),
        "will": _WILL,
        "will_not": _WILL_NOT,
        **_gathering(session, engines, opening, visit, present),
        **(_still_sealed(opening.entry) if held is None else _opened(opening, held)),
    }


def stamp(engines: Engines, opening: Opening, now: datetime) -> str:
    """Changes whenever a part has come in or the state has moved on; says nothing else."""
    present = officers_present(engines, opening.id, now=now)
    return f"{len(present)}-{opening.opened_at is not None}-{opening.eligible}"


def _gathering(
    session: Session, engines: Engines, opening: Opening, visit: Visit, present: Mapping[UUID, datetime]
) -> dict[str, Any]:
    """Who must come together to open it, and who is here. `present` says since when, by the officer's role."""
    entry, contest = opening.entry, session.get_one(Contest, visit.contest_id)
    zone = ZoneInfo(contest.time_zone)
    paper = entry.paper is not None
    needed = 2 if paper else contest.keys_needed
    ends = min(present.values()) + TOGETHER if present else None
    i_handed_in = visit.role_id in present
    key = session.get(OfficerKey, visit.role_id)
    holders = part_holders(engines, entry.id)
    return {
        "needed": needed,
        "heading": f"One envelope, {WORDS[needed]} officers",
        "window": f"What was handed in first is let go at {ends.astimezone(zone):%H:%M}, {city(zone)}."
        if ends
        else "",
        "facts": _facts(session, entry, opening, contest, zone),
        "officers": _officers(session, visit, present, zone, holders=None if paper else holders),
        "i_handed_in": i_handed_in,
        "i_have_a_key": key is not None,
        "public_key": key.public_key if key is not None else "",
        "may_hand_in": (paper or visit.role_id in holders) and not i_handed_in,
        "waits": "" if len(present) >= needed else _waits(len(present), needed),
    }


def _facts(
    session: Session, entry: Entry, opening: Opening, contest: Contest, zone: ZoneInfo
) -> list[dict[str, str]]:
    facts = [("Sealed", in_words(entry.received_at, zone))]
    if entry.paper is not None:
        facts += [("Label", entry.paper.envelope_label), ("Kept", _kept(session, entry.paper, zone))]
    else:
        facts.append(("Seal", f"any {WORDS[contest.keys_needed]} officers, unbroken, as in the record"))
    facts += [
        ("Reason", opening.reason),
        ("Agrees to be named", "yes" if entry.may_be_named else "no"),
    ]
    return labelled(facts)


def _kept(session: Session, paper: PaperCopy, zone: ZoneInfo) -> str:
    """Where an envelope of paper is now, and since when if it was ever moved."""
    moved_at = session.scalar(
        select(func.max(CustodyMove.moved_at)).where(
            CustodyMove.entry_id == paper.entry_id, CustodyMove.what == PaperThing.ENVELOPE
        )
    )
    since = "" if moved_at is None else f"; moved there on {in_words(moved_at, zone)}"
    return f"{paper.envelope_place}{since}"


def _officers(
    session: Session,
    visit: Visit,
    present: Mapping[UUID, datetime],
    zone: ZoneInfo,
    *,
    holders: set[UUID] | None,
) -> list[dict[str, Any]]:
    roles = session.scalars(
        select(Role)
        .where(Role.contest_id == visit.contest_id, Role.kind == RoleKind.OFFICER)
        .options(joinedload(Role.person))
    ).all()
    return [
        {
            "name": role.person.name,
            "role": role.title,
            "present": role.id in present,
            "has_part": holders is None or role.id in holders,
            "is_me": role.id == visit.role_id,
            "handed_in_at": f"{present[role.id].astimezone(zone):%H:%M}" if role.id in present else "",
        }
        for role in sorted(roles, key=lambda role: role.person.name)
    ]


def _waits(present: int, needed: int) -> str:
    here = counted(present, "officer is", "officers are").capitalize()
    return f"{here} here; the envelope needs {WORDS[needed]}."


def _still_sealed(entry: Entry) -> dict[str, Any]:
    return {
        "state": "waiting",
        "sentence": f"Only envelope {entry.number}, marked {entry.nom_de_plume}, can be opened here. "
        "All others stay sealed.",
        "identity": [],
        "check": None,
        "next_href": "",
        "next_label": "",
    }


def _opened(opening: Opening, held: Opened) -> dict[str, Any]:
    identity = held.identity
    rows = [
        ("Name", identity.name),
        ("E-mail", identity.email),
        ("Telephone", identity.phone),
        ("Postal address", identity.postal_address),
        ("Registration number", identity.registration_number),
        ("Also known as", "; ".join(identity.also_known_as)),
        ("Workplaces", "; ".join(identity.organisations)),
        ("Co-authors", "; ".join(f"{name} {email}".strip() for name, email in identity.co_authors)),
    ]
    next_href, next_label = _following(opening)
    return {
        "state": {None: "opened", True: "eligible", False: "ineligible"}[opening.eligible],
        "heading": f"Envelope {opening.entry.number} is open",
        "sentence": f"Opened by {' and '.join(opening.present)}. It is on the record.",
        "identity": labelled((label, value) for label, value in rows if value),
        "check": {"verdict": held.verdict.sentence, "clear": held.verdict.rule is None},
        "next_href": next_href,
        "next_label": next_label,
    }


def _following(opening: Opening) -> tuple[str, str]:
    if opening.purpose is not Purpose.AWARD:
        return "/officers", "Back to the ranking"
    if opening.eligible is False:
        return "/officers/openings", "Open the next in reserve"
    return "/officers/announcement", "To the announcement"
