"""The corridor every entry takes, whichever way it came: checked, sealed, entered, and only then receipted."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.engines import Engines
from app.intake.council import Standing
from app.intake.noms import fold_nom
from app.intake.receipts import ReceiptCode
from app.intake.versions import seal_version
from app.problems import Problem
from app.record.leaves import append_leaf
from app.tables import Contest, Entry, Exclusion, Hold, OfficerKey, PaperCopy, Role
from app.tables.entries import Channel, Work
from app.vault import age, seal
from app.vault.identity import Identity
from app.vault.orders import Order


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it came in, its form already checked by the channel it came through."""

    contest_id: UUID
    category_id: UUID
    channel: Channel
    nom_de_plume: str
    identity: Identity = field(repr=False)
    essay: bytes | None = field(repr=False)
    """The file or text as received; None for an essay kept on paper."""
    statement: str = field(default="", repr=False)
    declared: tuple[str, ...] = ()
    journal: bool = False
    may_be_named: bool = True
    known_to: tuple[UUID, ...] = ()
    standing: Standing = Standing.CLEAR
    paper: PaperCopy | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    entry_id: UUID
    number: int
    repeated: bool
    """Whether this receipt had been given before: the same form sent twice is one entry."""


def admit(
    engines: Engines, *, new: NewEntry, receipt: ReceiptCode, received_at: datetime, now: datetime
) -> Admitted | list[Problem]:
    """Seal and enter. When this returns Admitted, everything is on disk in both databases.

    The vault is written first: an envelope without an entry is harmless and swept, an entry
    without its envelope would be an essay nobody could ever be asked about.
    """
    with reading(engines.contest) as session:
        before = entered_before(session, receipt)
        if before is not None:
            return before
        problems = _nom_taken(session, new)
        if problems:
            return problems
        officers, needed = officers_of(session, new.contest_id)
    commitment = _seal(engines, new, receipt, officers=officers, needed=needed, now=now)
    with transaction(engines.contest) as session:
        session.execute(select(Contest.id).where(Contest.id == new.contest_id).with_for_update())
        before = entered_before(session, receipt)
        if before is not None:
            return before
        problems = _nom_taken(session, new)
        if problems:
            return problems
        entry = _enter(session, new, receipt, commitment=commitment, received_at=received_at, now=now)
        admitted = Admitted(entry_id=entry.id, number=entry.number, repeated=False)
    engines.queue.wake(admitted.entry_id)
    return admitted


def entered_before(session: Session, receipt: ReceiptCode) -> Admitted | None:
    """What this receipt was given for before, if it was."""
    entry = session.scalar(select(Entry).where(Entry.receipt_hash == receipt.hash))
    return None if entry is None else Admitted(entry_id=entry.id, number=entry.number, repeated=True)


def on_paper() -> Identity:
    """The identity of an entry whose writer's name is in an envelope of paper: none that we know."""
    return Identity(entry_id=uuid4(), name="")


def officers_of(session: Session, contest_id: UUID) -> tuple[list[seal.Officer], int]:
    """The officers who hold keys, in a fixed order, and how many of them an envelope needs."""
    rows = session.execute(
        select(OfficerKey.role_id, OfficerKey.public_key)
        .join(Role, Role.id == OfficerKey.role_id)
        .where(Role.contest_id == contest_id)
        .order_by(OfficerKey.role_id)
    ).all()
    contest = session.get_one(Contest, contest_id)
    return [
        seal.Officer(officer_id=row.role_id, public_key=row.public_key) for row in rows
    ], contest.keys_needed


def _nom_taken(session: Session, new: NewEntry) -> list[Problem]:
    key = fold_nom(new.nom_de_plume)
    taken = session.scalar(select(Entry.id).where(Entry.contest_id == new.contest_id, Entry.nom_key == key))
    if taken is None:
        return []
    return [
        Problem(
            "nom_de_plume",
            f"“{new.nom_de_plume}” is already somebody’s nom de plume in this contest. Choose another.",
        )
    ]


def _seal(
    engines: Engines,
    new: NewEntry,
    receipt: ReceiptCode,
    *,
    officers: Sequence[seal.Officer],
    needed: int,
    now: datetime,
) -> str:
    """Write envelope, original and work order; return the commitment to the original, in hex."""
    vault = engines.vault
    with transaction(vault.engine) as session:
        secret = seal.seal_envelope(
            session,
            identity=new.identity,
            contest_id=new.contest_id,
            receipt=receipt.octets,
            officers=officers,
            needed=needed,
            now=now,
        )
        if new.essay is None:
            return ""
        order = Order(entry_id=new.identity.entry_id, version=1, secret=secret, statement=new.statement)
        return seal_version(session, vault, order, essay=new.essay, recipient=age.public_key(secret), now=now)


def _enter(
    session: Session,
    new: NewEntry,
    receipt: ReceiptCode,
    *,
    commitment: str,
    received_at: datetime,
    now: datetime,
) -> Entry:
    entry = Entry(
        id=new.identity.entry_id,
        contest_id=new.contest_id,
        category_id=new.category_id,
        number=_draw_number(session, session.get_one(Contest, new.contest_id)),
        nom_de_plume=new.nom_de_plume,
        nom_key=fold_nom(new.nom_de_plume),
        channel=new.channel,
        received_at=received_at,
        receipt_hash=receipt.hash,
        declared=list(new.declared),
        journal=new.journal,
        may_be_named=new.may_be_named,
        work=Work.FIRST_PASS if new.essay is not None else Work.NONE,
    )
    session.add(entry)
    session.flush()  # exclusions, hold and leaf refer to the entry
    session.add_all(Exclusion(entry_id=entry.id, council_member_id=member) for member in set(new.known_to))
    if new.standing is Standing.HELD:
        session.add(Hold(entry_id=entry.id, placed_at=now))
    if new.paper is not None:
        new.paper.entry_id = entry.id
        session.add(new.paper)
    append_leaf(
        session,
        contest_id=entry.contest_id,
        kind="entry",
        entry_id=entry.id,
        payload={
            "number": entry.number,
            "nom_de_plume": entry.nom_de_plume,
            "category": str(entry.category_id),
            "channel": entry.channel,
            "received_at": received_at.isoformat(),
            "receipt": hashlib.sha256(receipt.hash).hexdigest(),
            "original": commitment,
        },
        now=now,
    )
    return entry


def _draw_number(session: Session, contest: Contest) -> int:
    """Draw a free number at random: one that counted up would tell judges the order of arrival."""
    least: int = 10 ** (contest.number_digits - 1)
    past = 10 * least
    entered = session.scalar(select(func.count()).where(Entry.contest_id == contest.id)) or 0
    if entered >= (past - least) * 9 // 10:
        raise RuntimeError("the contest has nearly used up its entry numbers; raise number_digits")
    while True:
        number = least + secrets.randbelow(past - least)
        taken = select(Entry.id).where(Entry.contest_id == contest.id, Entry.number == number)
        if session.scalar(taken) is None:
            return number
