"""The corridor every entry takes, whichever way it came: checked, sealed, entered, and only then receipted."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.engines import Engines
from app.intake.council import Standing, tokens_of
from app.intake.keys import officers_of, require_ready
from app.intake.noms import fold_nom
from app.intake.receipt_mail import ReceiptCopy, queue_receipt_mail
from app.intake.receipts import ReceiptCode
from app.intake.versions import seal_version
from app.problems import Problem
from app.record.entrant import EntrantKey
from app.record.leaves import FIRST, append_leaf
from app.record.states import States
from app.tables import Base, Contest, Entry, Exclusion, Hold, PaperCopy
from app.tables.entries import Channel, Work
from app.vault import age, seal
from app.vault.digest import Sealed, sealed_rows
from app.vault.identity import Identity
from app.vault.orders import Order
from app.vault.tokens import seal_tokens
from judging.eligibility import day_in
from judging.tokens import Tokens


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
    mail_receipt: bool = False
    """Whether a copy of the receipt goes to the identity's e-mail address."""
    standing: Standing = Standing.CLEAR
    paper: PaperCopy | None = None
    desk_code: bool = False
    """Whether the desk printed the receipt code: what is done with it then is not surely the entrant's."""


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

    Raises NotReady while the officers have still to try their keys.

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
        require_ready(session, new.contest_id)
        officers, needed = officers_of(session, new.contest_id)
        zone = ZoneInfo(session.get_one(Contest, new.contest_id).time_zone)
    tokens = None if new.paper is not None else tokens_of(new.identity, received=day_in(zone, received_at))
    sealed = _seal(engines, new, receipt, tokens, officers=officers, needed=needed, now=now)
    with transaction(engines.contest) as session:
        session.execute(
            select(Contest.id).where(Contest.id == new.contest_id).with_for_update(key_share=True)
        )
        before = entered_before(session, receipt)
        if before is not None:
            return before
        problems = _nom_taken(session, new)
        if problems:
            return problems
        entry = _enter(session, new, receipt, sealed, received_at=received_at, now=now)
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
    tokens: Tokens | None,
    *,
    officers: Sequence[seal.Officer],
    needed: int,
    now: datetime,
) -> Sealed:
    """Write envelope, tokens of the Council check, original and work order."""
    vault = engines.vault
    with transaction(vault.entering) as session:
        secret = seal.seal_envelope(
            session,
            identity=new.identity,
            contest_id=new.contest_id,
            receipt=receipt.octets,
            officers=officers,
            needed=needed,
            now=now,
        )
        if tokens is not None:
            seal_tokens(
                session,
                entry_id=new.identity.entry_id,
                contest_id=new.contest_id,
                version=1,
                tokens=tokens,
                officers=officers,
                needed=needed,
            )
        commitment = ""
        if new.essay is not None:
            order = Order(entry_id=new.identity.entry_id, version=1, secret=secret, statement=new.statement)
            recipient = age.public_key(secret)
            commitment = seal_version(session, vault, order, essay=new.essay, recipient=recipient, now=now)
        if new.mail_receipt:
            fingerprint = hashlib.sha256(new.essay or b"").hexdigest()
            copy = ReceiptCopy(new.identity.email, receipt, fingerprint)
            queue_receipt_mail(session, entry_id=new.identity.entry_id, copy=copy, now=now)
        return Sealed(commitment, sealed_rows(session))


def _enter(
    session: Session,
    new: NewEntry,
    receipt: ReceiptCode,
    sealed: Sealed,
    *,
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
        entrant_key=EntrantKey.from_receipt(receipt.octets).public,
        desk_code=new.desk_code,
        original=sealed.commitment,
        essay_version=1,
        work=Work.FIRST_PASS if new.essay is not None else Work.NONE,
    )
    session.add(entry)
    session.flush()  # exclusions, hold and leaf refer to the entry
    known = [Exclusion(entry_id=entry.id, council_member_id=member) for member in set(new.known_to)]
    session.add_all(known)
    told = sealed.states(entry.number)
    _on_record(session, entry, FIRST, rows=[entry, *known], sealed=told, now=now)
    # In leaves of their own, which the entrant's proof doesn't show.
    if new.standing is Standing.HELD:
        hold = Hold(entry_id=entry.id, placed_at=now)
        session.add(hold)
        _on_record(session, entry, "hold", rows=[hold], now=now)
    if new.paper is not None:
        new.paper.entry_id = entry.id
        session.add(new.paper)
        _on_record(session, entry, "paper", rows=[new.paper], now=now)
    return entry


def _on_record(
    session: Session,
    entry: Entry,
    kind: str,
    *,
    rows: Sequence[Base],
    now: datetime,
    sealed: States | None = None,
) -> None:
    append_leaf(
        session,
        contest_id=entry.contest_id,
        kind=kind,
        entry_id=entry.id,
        rows=rows,
        sealed=sealed,
        now=now,
    )


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
