"""The entrant corrects who they are: every field until the deadline, where to reach them until the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.decided import is_decided
from app.engines import Engines
from app.errors import Clash, NotHere
from app.intake.council import Standing, check_against_council, tokens_of
from app.intake.identity_form import (
    IdentityForm,
    identity_of,
    identity_problems,
    nom_problems,
    typed_identity,
)
from app.intake.keys import officers_of
from app.intake.receipts import ReceiptCode
from app.intake.versions import begin_version, next_version
from app.problems import Problem
from app.record.entrant import EntrantKey
from app.record.leaves import append_leaf
from app.tables import Base, Contest, Entry, Hold
from app.vault import age, seal
from app.vault.digest import Sealed, add_sealed, sealed_rows
from app.vault.identity import Identity
from app.vault.open import OpenedByReceipt
from app.vault.orders import Order, place_order
from app.vault.tables import Correction
from app.vault.tokens import seal_tokens
from judging.eligibility import day_in

_AGAIN = "Open the page again, and make the correction again if it is still wanted."
CONTACT = ("email", "phone", "postal_address")
"""Fields that can be corrected after the deadline too: they say where a winner is, not who."""


@dataclass(frozen=True, slots=True)
class MayCorrect:
    """What an entrant may still correct, and in words why not more; empty where everything may be."""

    fields: tuple[str, ...]
    why_not: str = ""


def may_correct(session: Session, entry: Entry, *, arrived_at: datetime) -> MayCorrect:
    if entry.paper is not None:
        return MayCorrect((), "Your name is in the envelope of paper, which nobody opens unless you win.")
    if entry.withdrawal is not None or entry.erasure is not None:
        return MayCorrect((), "The entry is withdrawn, so its envelope stays closed as it is.")
    # From the decision on, winners' envelopes open one by one, and nobody may learn here whether theirs has.
    if is_decided(session, entry.category_id):
        return MayCorrect((), "The decision of the judges is locked, and the envelope stays as it is.")
    contest = session.get_one(Contest, entry.contest_id)
    if arrived_at >= contest.closes_at or entry.release is not None:
        return MayCorrect(CONTACT, "Entries have closed, so names stand; where to reach you can change.")
    return MayCorrect(tuple(IdentityForm.model_fields))


def correct_identity(
    engines: Engines,
    *,
    opened: OpenedByReceipt,
    receipt: ReceiptCode,
    form: IdentityForm,
    arrived_at: datetime,
    now: datetime,
) -> list[Problem]:
    """Seal a further version of who entered. Returns what has to be changed first; raises Clash where nothing may be.

    Other names are looked for in the essay too, so it gets a new first pass from the original.
    """
    with reading(engines.contest) as session:
        entry = _correctable(session, opened.entry_id, arrived_at=arrived_at)
        fields = may_correct(session, entry, arrived_at=arrived_at).fields
        identity = _corrected(opened.identity, form, fields)
        if identity == opened.identity:
            return []
        contest = session.get_one(Contest, entry.contest_id)
        verdict = check_against_council(contest, identity, received_at=entry.received_at, decided_at=None)
        problems = _problems(identity, entry.nom_de_plume, fields)
    if verdict.standing is Standing.INELIGIBLE:
        problems.append(Problem("name", f"{verdict.sentence} If this is a mistake, write to the society."))
    if problems:
        return problems
    renamed = _names(identity) != _names(opened.identity)
    again = renamed and bool(opened.file_key)
    with transaction(engines.contest) as session:
        entry = _correctable(session, opened.entry_id, arrived_at=arrived_at)
        version = next_version(entry) if again else 0
    with transaction(engines.contest) as session:
        entry = _correctable(session, opened.entry_id, arrived_at=arrived_at)
        if again and entry.essay_version != opened.version:
            raise Clash(
                "Your essay was replaced at the same moment.", kept="Nothing was corrected.", to_do=_AGAIN
            )
        # The entry is held meanwhile: no opening can come between what is sealed and what is on the record.
        sealed = _seal(engines, session, opened, identity, version=version, now=now)
        rows = _consequences(session, entry, verdict.standing, renamed=renamed, version=version, now=now)
        append_leaf(
            session,
            contest_id=entry.contest_id,
            kind="correction",
            entry_id=entry.id,
            rows=rows,
            sealed=sealed.states(entry.number),
            signer=EntrantKey.from_receipt(receipt.octets),
            now=now,
        )
    if again:
        engines.queue.wake(opened.entry_id)
    return []


def _correctable(session: Session, entry_id: UUID, *, arrived_at: datetime) -> Entry:
    entry = session.get(Entry, entry_id, with_for_update={"key_share": True})
    if entry is None:
        raise NotHere("There is no such entry.")
    may = may_correct(session, entry, arrived_at=arrived_at)
    if not may.fields:
        raise Clash(may.why_not, kept="The envelope holds what it held.")
    return entry


def _corrected(identity: Identity, form: IdentityForm, fields: Sequence[str]) -> Identity:
    """The identity with what may be corrected taken from the form, and all else as it was."""
    given = {name: getattr(form, name) for name in fields}
    return identity_of(IdentityForm(**typed_identity(identity) | given), entry_id=identity.entry_id)


def _problems(identity: Identity, nom: str, fields: Sequence[str]) -> list[Problem]:
    problems = identity_problems(IdentityForm(**typed_identity(identity)), identity)
    if any(nom_problems(nom, identity)):
        message = (
            f"With this, your nom de plume “{nom}” would say who you are. Withdraw the entry and enter again under "
            "another; or, if the two are alike by chance, write to the society."
        )
        problems.append(Problem("name" if "name" in fields else "email", message))
    return problems


def _names(identity: Identity) -> tuple[object, ...]:
    """What names the writer: where it changes, the essay is gone through again."""
    return (
        identity.name,
        identity.also_known_as,
        identity.organisations,
        identity.registration_number,
        identity.co_authors,
    )


def _seal(
    engines: Engines,
    session: Session,
    opened: OpenedByReceipt,
    identity: Identity,
    *,
    version: int,
    now: datetime,
) -> Sealed:
    """Seal the record, what the Council check compares, and the order for a new pass where `version` isn't 0."""
    entry = session.get_one(Entry, opened.entry_id)
    officers, needed = officers_of(session, entry.contest_id)
    contest = session.get_one(Contest, entry.contest_id)
    recipient = age.public_key(opened.secret)
    try:
        with transaction(engines.vault.entering) as vault:
            add_sealed(
                vault,
                Correction(
                    entry_id=entry.id,
                    version=opened.corrections + 1,
                    identity=age.seal(age.pad(identity.as_json()), recipient),
                    sealed_at=now,
                ),
            )
            seal_tokens(
                vault,
                entry_id=entry.id,
                contest_id=entry.contest_id,
                version=opened.corrections + 2,  # the first were sealed at entry
                tokens=tokens_of(identity, received=day_in(ZoneInfo(contest.time_zone), entry.received_at)),
                officers=officers,
                needed=needed,
            )
            if version:
                _order_again(vault, opened, version=version, recipient=recipient, now=now)
            return Sealed(entry.original, sealed_rows(vault))
    except IntegrityError as error:
        raise Clash(
            "Another correction was made at the same moment.", kept="That one stands.", to_do=_AGAIN
        ) from error


def _order_again(
    vault: Session, opened: OpenedByReceipt, *, version: int, recipient: str, now: datetime
) -> None:
    """Let the file that stands be a version of its own, with an order to go through it again."""
    seal.note_original(
        vault,
        entry_id=opened.entry_id,
        version=version,
        file_key=opened.file_key,
        note=opened.note,
        recipient=recipient,
        now=now,
    )
    statement = opened.note.statement
    place_order(
        vault, Order(entry_id=opened.entry_id, version=version, secret=opened.secret, statement=statement)
    )


def _consequences(
    session: Session, entry: Entry, standing: Standing, *, renamed: bool, version: int, now: datetime
) -> list[Base]:
    """Put the entry back to its first pass, or on hold for the officers; return the rows that changed."""
    rows: list[Base] = []
    if version:
        begin_version(session, entry, version=version, original=entry.original)
        rows.append(entry)
    # One already settled for these very names stays settled: only other names are put before the officers.
    if renamed and standing is Standing.HELD and not any(hold.eligible is None for hold in entry.holds):
        rows.append(Hold(entry_id=entry.id, placed_at=now))
        session.add(rows[-1])
    return rows
