"""What the worker does for an entry: the first pass over the original, and later passes over its copy."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, selectinload

from anonymiser import (
    Anonymised,
    Author,
    Decision,
    Heading,
    RefusalCode,
    Refused,
    dump_manuscript,
    load_manuscript,
)
from anonymiser.sandbox import sandboxed_anonymise, sandboxed_retypeset
from app.clock import system_clock
from app.database import reading, transaction
from app.engines import Engines
from app.intake.destroy import destroy_owed, destroy_superseded
from app.intake.identity_form import authors_of
from app.jobs import MOST_ATTEMPTS, Claim, claim, keeping_lease
from app.tables import Entry, Finding, ReadingCopy
from app.tables.entries import Work
from app.vault import orders
from app.vault.errors import VaultError
from app.vault.identity import Identity
from app.vault.open import read_identities, read_original

log = structlog.get_logger()

_WORTH_ANOTHER_TRY = {RefusalCode.CRASHED, RefusalCode.TIMED_OUT}
GIVEN_UP = "We could not finish preparing this essay, and have tried three times."


def prepare(engines: Engines, *, entry_id: UUID, now: datetime) -> None:
    """Do what the rows still owe this entry. Safe to repeat and safe to kill at any point."""
    claimed = _claim(engines, entry_id, now=now)
    if claimed is None:
        return
    held, entry = claimed
    version = entry.essay_version
    try:
        with keeping_lease(engines.contest, held, system_clock):
            finished = _work_on(engines, held, entry, now=now)
    except Refused as refusal:
        if refusal.code in _WORTH_ANOTHER_TRY and held.attempts < MOST_ATTEMPTS:
            log.info("trying again", entry=str(entry_id), code=str(refusal.code))
            return
        log.info("entry needs repair", entry=str(entry_id), code=str(refusal.code))
        finished = _finish_refused(engines, held, reason=str(refusal))
    except (OSError, SQLAlchemyError) as error:
        # A full disk or a database away says nothing about the essay: it is tried again when the lease runs out.
        log.warning("put off", entry=str(entry_id), kind=type(error).__name__)
        _do_not_count(engines, held)
        return
    except VaultError:
        # The order is gone: without the receipt nobody can open the original any more.
        log.warning("no order stands", entry=str(entry_id))
        finished = _finish_refused(engines, held, reason=GIVEN_UP)
    if finished:
        with transaction(engines.vault.working) as session:
            orders.end_orders_up_to(session, entry_id=entry_id, version=version)


def _claim(engines: Engines, entry_id: UUID, *, now: datetime) -> tuple[Claim, Entry] | None:
    """Take the lease; None where nothing is owed, or it has been tried often enough."""
    with transaction(engines.contest) as session:
        held = claim(session, entry_id=entry_id, now=now)
        if held is None:
            return None
        entry = session.get_one(Entry, entry_id, options=[selectinload(Entry.erasure)])
        # Destroying is never given up; an essay is, so that the desk hears of it.
        if held.attempts > MOST_ATTEMPTS and entry.work is not Work.DESTROY:
            _park(entry, GIVEN_UP)
            return None
        return held, entry


def _work_on(engines: Engines, held: Claim, entry: Entry, *, now: datetime) -> bool:
    """Return whether a pass was finished, and its order can end."""
    if entry.work is Work.DESTROY:
        if destroy_owed(engines, entry, now=now):
            _note_destroyed(engines, held)
        return False
    if entry.work is Work.FIRST_PASS:
        destroy_superseded(engines, entry)
    return _finish(engines, held, _pass_over(engines, entry), now=now)


def renew_key(engines: Engines, *, now: datetime) -> None:
    """Give the worker a fresh key whenever no order is open, and destroy the old one."""
    vault = engines.vault
    with transaction(vault.working) as session:
        stale = orders.renew_worker_key(session, keys_folder=vault.keys_folder, now=now)
    orders.destroy_keys(vault.keys_folder, stale)


def heading_of(entry: Entry) -> Heading:
    return Heading(entry_number=str(entry.number), nom_de_plume=entry.nom_de_plume)


def _pass_over(engines: Engines, entry: Entry) -> Anonymised:
    if entry.work is Work.RETYPESET:
        return _retypeset(engines, entry)
    vault = engines.vault
    with reading(vault.working) as session:
        order = orders.open_order(
            session, entry_id=entry.id, version=entry.essay_version, keys_folder=vault.keys_folder
        )
        if order.typed:
            return sandboxed_anonymise(
                order.typed.encode(),
                authors=[],
                heading=heading_of(entry),
                names_model=engines.settings.names_model,
            )
        identities = read_identities(session, entry_id=entry.id, secret=order.secret)
        essay = read_original(
            session, vault.files, entry_id=entry.id, version=entry.essay_version, secret=order.secret
        )
    return sandboxed_anonymise(
        essay,
        authors=_authors(identities),
        heading=heading_of(entry),
        statement=order.statement,
        names_model=engines.settings.names_model,
    )


def _retypeset(engines: Engines, entry: Entry) -> Anonymised:
    if entry.manuscript_key is None:
        raise AssertionError("an entry is typeset again only after its first pass")
    with reading(engines.contest) as session:
        findings = session.get_one(Entry, entry.id).findings
        decisions = [
            Decision(term=each.term, stand_in=each.stand_in, kind=each.kind)
            for each in findings
            if each.decision == "replaced"
        ]
    manuscript = load_manuscript(engines.copies.get(entry.manuscript_key))
    return sandboxed_retypeset(manuscript, decisions=decisions, heading=heading_of(entry))


def _authors(identities: Sequence[Identity]) -> list[Author]:
    """Everyone who wrote, by every name the envelope ever held."""
    *before, identity = identities
    formerly = (name for each in before for name in (each.name, *each.also_known_as))
    return authors_of(identity, formerly=tuple(dict.fromkeys(formerly)))


def _finish(engines: Engines, held: Claim, result: Anonymised, *, now: datetime) -> bool:
    with transaction(engines.contest) as session:
        entry = _still_held(session, held)
        if entry is None:
            return False  # withdrawn or replaced meanwhile: what was made of it is never kept
        # Within the transaction, so that nobody who removes stale files takes these for some.
        pdf_key = engines.copies.put(result.pdf)
        manuscript_key = engines.copies.put(dump_manuscript(result.manuscript))
        if entry.work is Work.FIRST_PASS:
            entry.manuscript_key = manuscript_key
            _note_findings(session, entry, result)
        last = entry.copies[-1] if entry.copies else None
        first_pass = entry.work is Work.FIRST_PASS
        entry.copies.append(
            ReadingCopy(
                version=1 if last is None else last.version + 1,
                pdf_key=pdf_key,
                manuscript_key=manuscript_key,
                title=result.report.title,
                pages=result.report.pages,
                words=result.report.words,
                references=result.report.references,
                removed=_removed(result) if first_pass or last is None else last.removed,
                redacted=_redacted(result) if first_pass or last is None else last.redacted,
                read_from=str(result.report.format) if first_pass or last is None else last.read_from,
                paragraph_pages=list(result.report.paragraph_pages),
                warnings=list(result.report.warnings),
                made_at=now,
            )
        )
        _let_go(entry, Work.DONE)
    log.info("entry prepared", entry=str(held.entry_id), pages=result.report.pages)
    return True


def _note_findings(session: Session, entry: Entry, result: Anonymised) -> None:
    session.execute(delete(Finding).where(Finding.entry_id == entry.id))
    for position, found in enumerate(f for f in result.report.findings if f.action == "flagged"):
        session.add(
            Finding(
                entry_id=entry.id,
                position=position,
                subject=str(found.subject),
                kind=str(found.kind),
                term=found.text,
                places=found.places,
                suggestion=found.suggestion,
            )
        )


def _removed(result: Anonymised) -> list[dict[str, object]]:
    return [{"what": each.what, "where": each.where, "count": each.count} for each in result.report.removed]


def _redacted(result: Anonymised) -> list[dict[str, object]]:
    return [
        {"kind": str(found.kind), "places": found.places}
        for found in result.report.findings
        if found.action == "redacted"
    ]


def _note_destroyed(engines: Engines, held: Claim) -> None:
    with transaction(engines.contest) as session:
        entry = _still_held(session, held)
        if entry is not None:
            _let_go(entry, Work.NONE)
    log.info("entry destroyed", entry=str(held.entry_id))


def _do_not_count(engines: Engines, held: Claim) -> None:
    with transaction(engines.contest) as session:
        entry = _still_held(session, held)
        if entry is not None:
            entry.attempts -= 1


def _finish_refused(engines: Engines, held: Claim, *, reason: str) -> bool:
    with transaction(engines.contest) as session:
        entry = _still_held(session, held)
        if entry is not None:
            _park(entry, reason)
    return entry is not None


def _park(entry: Entry, reason: str) -> None:
    """The entry keeps its place: received in time, needs repair."""
    entry.repair_reason = reason
    _let_go(entry, Work.REPAIR)


def _let_go(entry: Entry, work: Work) -> None:
    entry.work, entry.attempts, entry.lease_until, entry.work_token = work, 0, None, None


def _still_held(session: Session, held: Claim) -> Entry | None:
    """The entry, unless the lease went to another worker or the work has changed meanwhile."""
    entry = session.get_one(Entry, held.entry_id, with_for_update=True)
    return entry if entry.work_token == held.token else None
