"""Logging a postal entry: what arrived, its copies and envelope, and where they are kept."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import reading, transaction
from app.engines import Engines
from app.errors import Clash, NotHere, NotReady
from app.intake.admit import Admitted, NewEntry, admit, entered_before, on_paper
from app.intake.deadline import delivered_in_time, last_moment
from app.intake.essay import probe_essay
from app.intake.keys import is_ready, still_to_do
from app.intake.noms import fold_nom
from app.intake.receipts import ReceiptCode
from app.intake.versions import begin_version, next_version, seal_typed_text
from app.problems import Problem
from app.record.leaves import append_leaf
from app.tables import Contest, Entry, PaperCopy
from app.tables.entries import Channel, Work
from app.wording import day_in_words

NOON = time(12)


@dataclass(frozen=True, slots=True)
class PostalForm:
    """What the administrator fills in, envelope unopened: no field takes an identity."""

    delivered_on: date | None
    nom_de_plume: str
    category: str
    copies: int
    copies_place: str
    envelope_label: str
    envelope_place: str
    condition: str
    note: str
    text: str = field(default="", repr=False)


def log_postal_entry(
    engines: Engines, *, visit: Visit, form: PostalForm, receipt: ReceiptCode, now: datetime
) -> Admitted | list[Problem]:
    """Enter what came by post. Its receipt code goes on the acknowledgement slip. Raises NotReady."""
    with reading(engines.contest) as session:
        before = entered_before(session, receipt)
        if before is not None:
            return before
        require_ready_for_post(session, visit.contest_id)
        contest = session.get_one(Contest, visit.contest_id)
        problems = _problems_with(session, contest, form, now=now)
        category = next((each for each in contest.categories if each.key == form.category), None)
        zone = ZoneInfo(contest.time_zone)
    essay = form.text.encode() if form.text.strip() else None
    if essay is not None and isinstance(probed := probe_essay(essay), Problem):
        problems.append(Problem("text", probed.message))
    if problems or category is None or form.delivered_on is None:
        return problems
    new = NewEntry(
        contest_id=contest.id,
        category_id=category.id,
        channel=Channel.POST,
        nom_de_plume=_free_nom(engines, contest.id, form.nom_de_plume, receipt),
        # The name is in the paper envelope; the digital one holds the typed text alone.
        identity=on_paper(),
        essay=essay,
        desk_code=True,
        paper=PaperCopy(
            delivered_on=form.delivered_on,
            copies=form.copies,
            copies_place=form.copies_place,
            envelope_label=form.envelope_label,
            envelope_place=form.envelope_place,
            condition=form.condition,
            note=form.note,
            logged_by=visit.person_id,
        ),
    )
    # Post is dated by its day; noon stands for an hour nobody noted.
    received_at = datetime.combine(form.delivered_on, NOON, zone)
    return admit(engines, new=new, receipt=receipt, received_at=received_at, now=now)


def require_ready_for_post(session: Session, contest_id: UUID) -> None:
    """Raise NotReady, naming who has still to do what, unless entries can be taken."""
    if not is_ready(session, contest_id):
        raise NotReady(
            f"Entries can’t be taken yet, by post or otherwise. {' '.join(still_to_do(session, contest_id))}",
            kept="Nothing was logged.",
            to_do="Write the day of delivery on the parcel, keep the envelope shut, and log it as soon as the "
            "officers are done: post counts by its day of delivery.",
        )


def add_text(engines: Engines, *, visit: Visit, entry_id: UUID, text: str, now: datetime) -> list[Problem]:
    """Seal what the desk types in, for an entry without text or one whose text needs repair.

    Raises NotHere, or Clash where the entry has a text that stands.
    """
    essay = text.encode()
    if not text.strip():
        return [Problem("text", "Type or paste the text of the essay.")]
    if isinstance(probed := probe_essay(essay), Problem):
        return [Problem("text", probed.message)]
    with transaction(engines.contest) as session:
        version = next_version(_text_wanted(session, visit, entry_id))
    sealed = seal_typed_text(engines, entry_id=entry_id, version=version, essay=essay, now=now)
    with transaction(engines.contest) as session:
        entry = _text_wanted(session, visit, entry_id)
        if entry.essay_version > version:
            raise Clash("A text was typed in at the same moment.", kept="That one stands.")
        begin_version(session, entry, version=version, original=sealed.commitment)
        append_leaf(
            session,
            contest_id=entry.contest_id,
            kind="text",
            entry_id=entry_id,
            rows=[entry],
            sealed=sealed.states(entry.number),
            now=now,
        )
    engines.queue.wake(entry_id)
    return []


def _text_wanted(session: Session, visit: Visit, entry_id: UUID) -> Entry:
    entry = session.get(Entry, entry_id, with_for_update={"key_share": True})
    if entry is None or entry.contest_id != visit.contest_id or entry.channel is not Channel.POST:
        raise NotHere("There is no such postal entry.")
    if entry.work not in {Work.NONE, Work.REPAIR} or entry.withdrawal is not None:
        raise Clash("This entry has a text already.", kept="The text it has stands.")
    return entry


def _problems_with(session: Session, contest: Contest, form: PostalForm, *, now: datetime) -> list[Problem]:
    problems = []
    today = now.astimezone(ZoneInfo(contest.time_zone)).date()
    if form.delivered_on is None:
        problems.append(Problem("date_received", "Give the day it was delivered."))
    elif form.delivered_on > today:
        problems.append(
            Problem("date_received", f"That day is still to come: today is {day_in_words(today)}.")
        )
    elif not delivered_in_time(contest, form.delivered_on):
        problems.append(
            Problem(
                "date_received",
                f"Entries closed on {last_moment(contest)}, and post counts by its day of delivery. "
                "Keep the envelope closed and return it.",
            )
        )
    if not form.nom_de_plume:
        problems.append(Problem("nom_de_plume", "Give the nom de plume the copies are signed with."))
    if form.category not in [each.key for each in contest.categories]:
        problems.append(Problem("category", "Choose the category."))
    if form.copies < 0:
        problems.append(Problem("copies", "Give the number of copies, 0 if none."))
    if not form.envelope_label:
        problems.append(
            Problem("envelope_label", "Give the envelope’s label, such as the number on its sticker.")
        )
    elif session.scalar(select(PaperCopy.entry_id).where(PaperCopy.envelope_label == form.envelope_label)):
        problems.append(Problem("envelope_label", "Another envelope has this label. Give each its own."))
    if not form.envelope_place:
        problems.append(Problem("envelope_place", "Say where the closed envelope is kept."))
    return problems


def _free_nom(engines: Engines, contest_id: UUID, nom: str, receipt: ReceiptCode) -> str:
    """Paper can't be asked for another nom de plume: one already taken gets a suffix."""
    with reading(engines.contest) as session:
        rows = session.execute(
            select(Entry.nom_key, Entry.receipt_hash).where(Entry.contest_id == contest_id)
        ).all()
    taken = {row.nom_key for row in rows if row.receipt_hash != receipt.hash}
    candidates = [nom, *(f"{nom} ({ordinal})" for ordinal in ("the second", "the third", "the fourth"))]
    return next((each for each in candidates if fold_nom(each) not in taken), f"{nom} {receipt.text[:4]}")
