"""The entrant asks that everything about them be erased. What stays is that an entry was here, and is erased."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.database import transaction
from app.decided import hold_off_decision, is_decided
from app.engines import Engines
from app.errors import Clash, NotHere
from app.intake.destroy import list_stale_files
from app.intake.receipts import ReceiptCode
from app.record.entrant import EntrantKey
from app.record.leaves import append_leaf, erase_leaves
from app.tables import (
    Announcement,
    Assignment,
    Base,
    CustodyMove,
    Entry,
    Erasure,
    Exclusion,
    Finding,
    Flag,
    Hold,
    MarkLock,
    Message,
    Opening,
    PaperCopy,
    ReadingCopy,
    Recusal,
    Result,
    Withdrawal,
)
from app.tables.ceremony import AwardKind
from app.tables.entries import Work
from app.vault.open import OpenedByReceipt

ERASED = "(erased)"
"""What stands where the nom de plume stood."""
_WINNING = {AwardKind.WINNER, AwardKind.SHARED}


def why_not_erased(session: Session, entry: Entry) -> str:
    """What stands against an erasure now, in words; empty where nothing does.

    Until the decision is locked nothing does: an essay that the judges have is taken from them. From then until
    the results are out all wait alike, or the answer would tell who has won. A prize that was paid stays in the books.
    """
    if not is_decided(session, entry.category_id):
        return ""
    if session.get(Announcement, entry.contest_id) is None:
        return "The decision of the judges is locked. Once the results are out, ask again."
    result = session.scalars(select(Result.kind).where(Result.entry_id == entry.id)).all()
    if _WINNING.intersection(result):
        return (
            "Your essay has won, and the society has to keep an account of the prizes it pays. Write to it."
        )
    return ""


def erase(engines: Engines, *, opened: OpenedByReceipt, receipt: ReceiptCode, now: datetime) -> None:
    """Erase the entry: all that can be read here at once, and what is sealed within a minute, by the worker.

    The receipt signs it, so that nobody else can have done it; afterwards it leads nowhere. Raises Clash.
    """
    with transaction(engines.contest) as session:
        entry = session.get(Entry, opened.entry_id, with_for_update={"key_share": True})
        if entry is None:
            raise NotHere("There is no such entry.")
        if entry.erasure is not None:
            raise Clash("This entry is erased already.", kept="Nothing is left of it but its number.")
        hold_off_decision(session, entry.category_id)
        why_not = why_not_erased(session, entry)
        if why_not:
            raise Clash(why_not, kept="Nothing was erased.")
        if not is_decided(session, entry.category_id) and entry.withdrawal is None:
            session.add(Withdrawal(entry_id=entry.id, withdrawn_at=now))
        session.add(Erasure(entry_id=entry.id, asked_at=now))
        _empty_entry(session, entry)
        _empty_copies(session, entry)
        _forget_what_was_written(session, entry)
        session.flush()  # what is left is read back below, for the record
        session.expire_all()
        _put_on_record(session, entry, EntrantKey.from_receipt(receipt.octets), now=now)
    engines.queue.wake(opened.entry_id)


def _empty_entry(session: Session, entry: Entry) -> None:
    """Leave of the entry its number, its category and the key that shows who erased it."""
    list_stale_files(session, entry)
    entry.nom_de_plume = ERASED
    entry.nom_key = f"-{entry.id}"  # no nom de plume folds to this
    entry.receipt_hash = secrets.token_bytes(32)
    entry.declared, entry.journal, entry.may_be_named = [], False, False
    entry.original, entry.manuscript_key, entry.repair_reason = "", None, ""
    entry.work, entry.work_token, entry.lease_until, entry.attempts = Work.DESTROY, None, None, 0


def _empty_copies(session: Session, entry: Entry) -> None:
    """Delete the copies; one that judges had stays as a row that says nothing, since their marks refer to it."""
    session.execute(delete(Finding).where(Finding.entry_id == entry.id))
    if entry.release is None:
        session.execute(delete(ReadingCopy).where(ReadingCopy.entry_id == entry.id))
        return
    for copy in entry.copies:
        copy.pages = copy.words = copy.references = 0
        copy.pdf_key = copy.manuscript_key = copy.read_from = ""
        copy.title = ERASED
        copy.removed, copy.redacted, copy.paragraph_pages, copy.warnings = [], [], [], []


def _forget_what_was_written(session: Session, entry: Entry) -> None:
    """Letters, judges' notes and flags, reasons in words, and who on Council would know the writer."""
    readings = select(Assignment.id).where(Assignment.entry_id == entry.id)
    gone: Sequence[tuple[type[Base], ColumnElement[bool]]] = (
        (Message, Message.entry_id == entry.id),
        (Exclusion, Exclusion.entry_id == entry.id),
        (Flag, Flag.assignment_id.in_(readings)),
        (Hold, (Hold.entry_id == entry.id) & Hold.eligible.is_(None)),
        (Opening, (Opening.entry_id == entry.id) & Opening.opened_at.is_(None)),
    )
    for table, about_it in gone:
        session.execute(delete(table).where(about_it))
    emptied: Sequence[tuple[type[Base], ColumnElement[bool], str]] = (
        (Assignment, Assignment.entry_id == entry.id, "notes"),
        (Hold, Hold.entry_id == entry.id, "note"),
        (Opening, Opening.entry_id == entry.id, "eligibility_note"),
        (PaperCopy, PaperCopy.entry_id == entry.id, "condition"),
        (PaperCopy, PaperCopy.entry_id == entry.id, "note"),
        (CustodyMove, CustodyMove.entry_id == entry.id, "note"),
    )
    for table, about_it, column in emptied:
        session.execute(update(table).where(about_it).values({column: ""}))


def _put_on_record(session: Session, entry: Entry, signer: EntrantKey, *, now: datetime) -> None:
    """Say that the entrant asked for it, which stays readable; then erase all leaves and state what is left."""
    append_leaf(
        session,
        contest_id=entry.contest_id,
        kind="erasure",
        entry_id=entry.id,
        rows=[each for each in (entry, entry.erasure, entry.withdrawal) if each is not None],
        signer=signer,
        now=now,
    )
    erased = erase_leaves(session, entry_id=entry.id)
    append_leaf(
        session,
        contest_id=entry.contest_id,
        kind="erased",
        entry_id=entry.id,
        rows=_left(session, entry),
        told={"erased": erased},
        now=now,
    )


def _left(session: Session, entry: Entry) -> list[Base]:
    """Every other row about the entry that stays, for the record to state anew."""
    rows: list[Base] = [each for each in (entry.release, entry.paper) if each is not None]
    rows += [*entry.copies, *entry.holds]
    rows += session.scalars(select(Opening).where(Opening.entry_id == entry.id)).all()
    rows += session.scalars(select(CustodyMove).where(CustodyMove.entry_id == entry.id)).all()
    readings = session.scalars(select(Assignment).where(Assignment.entry_id == entry.id)).all()
    rows += readings
    for table in (MarkLock, Recusal):
        of_them = table.assignment_id.in_([each.id for each in readings])
        rows += session.scalars(select(table).where(of_them)).all()
    return rows
