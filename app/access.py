"""Who may do what: sign-in with a second factor, sessions, and the rules on combining roles."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.errors import NotAllowed, SignInNeeded
from app.tables import Contest, Person, Role, SignIn
from app.tables.people import RoleKind

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_STEP = 30
_HASHER = PasswordHasher()
# Checked when nobody has the address given, so that the answer takes as long as for somebody.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in person in one of their roles."""

    person_id: UUID
    person_name: str
    role_id: UUID
    contest_id: UUID
    kind: RoleKind
    alias: str
    title: str


def add_person(session: Session, *, name: str, email: str, password: str) -> Person:
    person = Person(
        name=name,
        email=email.strip().casefold(),
        password_hash=_HASHER.hash(password),
        totp_secret=pyotp.random_base32(),
    )
    session.add(person)
    session.flush()  # roles refer to the person
    return person


def give_role(
    session: Session,
    *,
    person: Person,
    contest_id: UUID,
    kind: RoleKind,
    council_member_id: UUID | None = None,
    alias: str = "",
    title: str = "",
) -> Role:
    """Give a role. Raises NotAllowed where the rules on combining roles forbid it."""
    held = session.scalars(
        select(Role.kind).where(Role.person_id == person.id, Role.contest_id == contest_id)
    ).all()
    if not may_combine([*held, kind]):
        raise NotAllowed("An administrator neither judges nor holds a key.", to_do="Choose somebody else.")
    if _would_outnumber(session, person, contest_id, {*held, kind}):
        raise NotAllowed(
            "Too many who hold a key would judge: together they could open an envelope.",
            to_do="Choose somebody else.",
        )
    if kind is RoleKind.JUDGE and council_member_id is None:
        raise NotAllowed("Only members of Council judge.", to_do="Put them on the Council list first.")
    role = Role(
        person_id=person.id,
        contest_id=contest_id,
        kind=kind,
        council_member_id=council_member_id,
        alias=alias,
        title=title,
    )
    session.add(role)
    session.flush()  # keys and assignments refer to the role
    return role


def _would_outnumber(session: Session, person: Person, contest_id: UUID, kinds: set[RoleKind]) -> bool:
    """Whether giving these roles lets as many key holders judge as an envelope needs."""
    if not {RoleKind.OFFICER, RoleKind.JUDGE} <= kinds:
        return False
    others = judging_officers(session, contest_id) - {person.id}
    return len(others) + 1 >= session.get_one(Contest, contest_id).keys_needed


def may_combine(kinds: Collection[RoleKind]) -> bool:
    return not (RoleKind.ADMINISTRATOR in kinds and len(set(kinds)) > 1)


def judging_officers(session: Session, contest_id: UUID) -> set[UUID]:
    """Officers who also judge: always fewer than an envelope needs, or judges alone could open one."""
    people = [
        set(session.scalars(select(Role.person_id).where(Role.contest_id == contest_id, Role.kind == kind)))
        for kind in (RoleKind.OFFICER, RoleKind.JUDGE)
    ]
    return people[0] & people[1]


def sign_in(engine: Engine, *, email: str, password: str, code: str, now: datetime) -> str | None:
    """Return the token of a new session, or None. Failures are counted.

    The password takes a tenth of a second to verify, and no lock of the database is held meanwhile.
    """
    with reading(engine) as session:
        person = session.scalar(select(Person).where(Person.email == email.strip().casefold()))
    usable = person is not None and person.disabled_at is None and not _locked(person, now)
    password_right = _matches(person.password_hash if person is not None and usable else _NOBODY, password)
    if person is None or not usable:
        return None
    with transaction(engine) as session:
        person = session.get_one(Person, person.id, with_for_update=True)
        if person.disabled_at is not None or _locked(person, now):
            return None
        step = _matching_step(person, code, now)
        if password_right and step is not None:
            person.failures, person.last_totp_step = 0, step
            return begin_session(session, person_id=person.id, now=now)
        person.failures += 1
        if person.failures >= MOST_FAILURES:
            person.failures, person.locked_until = 0, now + LOCKED_FOR
    return None


def begin_session(session: Session, *, person_id: UUID, now: datetime, contest_id: UUID | None = None) -> str:
    """Begin a session for one contest, the latest in which the person has a role unless told otherwise."""
    token = secrets.token_urlsafe(32)
    if contest_id is None:
        contests = contests_of(session, person_id)
        contest_id = contests[0].id if contests else None
    session.add(
        SignIn(token_hash=_hash(token), person_id=person_id, contest_id=contest_id, began_at=now, seen_at=now)
    )
    return token


def end_session(session: Session, token: str, *, now: datetime) -> None:
    row = session.get(SignIn, _hash(token))
    if row is not None:
        row.ended_at = now


def visit_as(session: Session, token: str, kind: RoleKind, *, now: datetime) -> tuple[Visit, datetime]:
    """The visit this token stands for, and when it was last noted.

    Raises SignInNeeded, or NotAllowed for somebody signed in who has another role.
    """
    row = _running(session, token, now=now)
    person = session.get_one(Person, row.person_id)
    role = session.scalar(
        select(Role).where(Role.person_id == person.id, Role.kind == kind, Role.contest_id == row.contest_id)
    )
    if role is None:
        raise NotAllowed(
            "You are signed in, but this page is for another role.", to_do="Go back to your own pages."
        )
    visit = Visit(
        person_id=person.id,
        person_name=person.name,
        role_id=role.id,
        contest_id=role.contest_id,
        kind=kind,
        alias=role.alias,
        title=role.title,
    )
    return visit, row.seen_at


def roles_of(session: Session, token: str, *, now: datetime) -> tuple[Person, list[Role]]:
    """The person signed in and their roles in the contest the session is for. Raises SignInNeeded."""
    row = _running(session, token, now=now)
    person = session.get_one(Person, row.person_id)
    roles = session.scalars(
        select(Role).where(Role.person_id == person.id, Role.contest_id == row.contest_id).order_by(Role.kind)
    )
    return person, list(roles)


def contests_of(session: Session, person_id: UUID) -> list[Contest]:
    """Contests in which a person has a role, the latest first."""
    query = select(Contest).join(Role).where(Role.person_id == person_id).distinct()
    return list(session.scalars(query.order_by(Contest.closes_at.desc())))


def _running(session: Session, token: str, *, now: datetime) -> SignIn:
    row = session.get(SignIn, _hash(token)) if token else None
    if row is None or row.ended_at is not None or now - row.seen_at > IDLE or now - row.began_at > ABSOLUTE:
        raise SignInNeeded("Your session has ended.", to_do="Sign in again.")
    if session.get_one(Person, row.person_id).disabled_at is not None:
        raise SignInNeeded("This account has been closed.", to_do="Ask the administrator.")
    return row


def note_seen(session: Session, token: str, *, now: datetime) -> None:
    row = session.get(SignIn, _hash(token))
    if row is not None:
        row.seen_at = now


def _locked(person: Person, now: datetime) -> bool:
    return person.locked_until is not None and person.locked_until > now


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _matching_step(person: Person, code: str, now: datetime) -> int | None:
    """The time step whose code this is, a step early or late allowed; never one already used."""
    totp = pyotp.TOTP(person.totp_secret)
    current = int(now.timestamp()) // _STEP
    given = code.replace(" ", "")
    for step in (current - 1, current, current + 1):
        if step > person.last_totp_step and hmac.compare_digest(
            totp.at(step * _STEP).encode(), given.encode()
        ):
            return step
    return None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
