"""May a contest take entries: have its officers shown that their keys open an envelope."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotReady
from app.tables import Contest, OfficerKey, Person, Rehearsal, Role
from app.tables.people import RoleKind
from app.vault import seal


class KeyState(StrEnum):
    NONE = "none"
    UNTRIED = "untried"
    TESTED = "tested"


@dataclass(frozen=True, slots=True)
class Holder:
    """An officer, and how far their key has come."""

    role_id: UUID
    name: str
    title: str
    state: KeyState


def require_ready(session: Session, contest_id: UUID) -> None:
    """Raise NotReady unless the officers have opened a test envelope with keys that stand.

    Every way in asks this before anything is filled in, and the corridor they share once more.
    """
    if is_ready(session, contest_id):
        return
    raise NotReady(
        "Entries can’t be taken yet: the officers have still to try the keys that every envelope is sealed to.",
        kept="Nothing was sent and nothing is kept. There is nothing wrong with your essay or with what you did.",
        to_do="Come back in a day or two, or write to the society. The rules and the deadline stand.",
    )


def is_ready(session: Session, contest_id: UUID) -> bool:
    """At least k keys are tested, and those that opened the test envelope together all stand."""
    officers, needed = officers_of(session, contest_id)
    rehearsal = session.get(Rehearsal, contest_id)
    standing = {each.public_key for each in officers}
    return rehearsal is not None and len(standing) >= needed and standing >= set(rehearsal.public_keys)


def officers_of(session: Session, contest_id: UUID) -> tuple[list[seal.Officer], int]:
    """The officers whose keys are tested, in a fixed order, and how many of them an envelope needs.

    A key that was never tried gets no part: were it a dud, an envelope would count on an officer it hasn't got.
    """
    rows = session.execute(
        select(OfficerKey.role_id, OfficerKey.public_key)
        .join(Role, Role.id == OfficerKey.role_id)
        .where(Role.contest_id == contest_id, OfficerKey.tested_at.is_not(None))
        .order_by(OfficerKey.role_id)
    ).all()
    needed = session.get_one(Contest, contest_id).keys_needed
    return [seal.Officer(officer_id=row.role_id, public_key=row.public_key) for row in rows], needed


def still_to_do(session: Session, contest_id: UUID) -> list[str]:
    """What each officer has still to do about a key, for officers and desk; nothing once all are tested."""
    said = {
        KeyState.NONE: "has to make a key and register it",
        KeyState.UNTRIED: "has to try the key on the test envelope",
    }
    return [
        f"{each.name} {said[each.state]}." for each in holders_of(session, contest_id) if each.state in said
    ]


def holders_of(session: Session, contest_id: UUID) -> list[Holder]:
    """All officers by name, with those who have no key yet."""
    rows = session.execute(
        select(Role, Person, OfficerKey)
        .join(Person, Person.id == Role.person_id)
        .outerjoin(OfficerKey, OfficerKey.role_id == Role.id)
        .where(Role.contest_id == contest_id, Role.kind == RoleKind.OFFICER)
        .order_by(Person.name)
    )
    return [
        Holder(role_id=role.id, name=person.name, title=role.title, state=_state(key))
        for role, person, key in rows
    ]


def _state(key: OfficerKey | None) -> KeyState:
    if key is None:
        return KeyState.NONE
    return KeyState.UNTRIED if key.tested_at is None else KeyState.TESTED
