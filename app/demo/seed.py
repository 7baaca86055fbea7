"""Fills an empty installation with the demo, by the same operations that visitors use."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.database import reading
from app.demo.checking import check_council
from app.demo.contest import HERE, Staff, found_contest, read_toml
from app.desk.postal import PostalForm, log_postal_entry
from app.desk.release import release_entries
from app.desk.review import decide_finding
from app.engines import Engines
from app.intake.admit import Admitted
from app.intake.prepare import prepare, renew_key
from app.intake.receipts import ReceiptCode, new_receipt
from app.intake.submit import EntryForm, submit
from app.intake.versions import withdraw
from app.panel.mark import declare_interest, save_marks
from app.panel.views import reading_list
from app.tables import Contest, Entry
from app.tables.entries import Work
from app.vault.open import open_with_receipt

PASSWORD = "a demo has no secrets"  # noqa: S105 - printed at every start of the demo
Progress = Callable[[str], None]


def is_seeded(engines: Engines) -> bool:
    """Whether the demo is here. Raises ValueError where the database belongs to a real contest."""
    with reading(engines.contest) as session:
        contests = session.scalars(select(Contest)).all()
    if any(not contest.is_demo for contest in contests):
        raise ValueError("this database holds a real contest; the demo needs a data folder of its own")
    return bool(contests)


def seed(engines: Engines, *, now: datetime, progress: Progress, with_entries: bool = True) -> None:
    """Make two contests: one being judged, with eight entries in different states, and one open for entries."""
    engines.settings.upload_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    renew_key(engines, now=now)
    progress("Council, staff and officers’ keys")
    today = now.astimezone(ZoneInfo("Europe/London")).date()
    judged, staff = _contest(engines, today.year, today - timedelta(days=14))
    # One officer of the open contest has still to make a key, for whoever would like to see that done.
    _contest(engines, today.year + 1, today + timedelta(days=60), late=1)
    if not with_entries:
        return
    for place, each in enumerate(read_toml("essays/entries.toml")["entries"]):
        progress(f"Entry by {each['nom_de_plume']}, from {each['file']}")
        _entry(engines, judged, staff, each, place)
    progress("The officers’ Council check")
    check_council(engines, staff, now=judged.closes_at + timedelta(hours=8))
    progress("Releasing to the judges")
    _release(engines, judged, staff)
    progress("The first judge’s marks")
    _mark(engines, staff)


def _contest(engines: Engines, year: int, closes_on: date, *, late: int = 0) -> tuple[Contest, Staff]:
    opens_on = closes_on - timedelta(days=150)
    contest, staff = found_contest(
        engines,
        slug=f"balint-{year}",
        title=f"The Essay Prize for {year}",
        opens_on=opens_on,
        closes_on=closes_on,
        announced_on=closes_on + timedelta(days=45),
        password=PASSWORD,
        now=datetime.combine(opens_on - timedelta(days=7), time(19), ZoneInfo("Europe/London")),
        late=late,
    )
    _write_keys(engines.settings.data / "demo-keys" / contest.slug, staff.keys)
    return contest, staff


def _write_keys(folder: Path, keys: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, secret in keys.items():
        descriptor = os.open(folder / f"{name}.age", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{secret}\n")


def _entry(engines: Engines, contest: Contest, staff: Staff, each: Mapping[str, Any], place: int) -> None:
    # Arrivals spread over the last days before the deadline, at hours of no pattern.
    arrived_at = contest.closes_at - timedelta(
        days=9 - place, hours=(place * 7) % 13, minutes=(place * 23) % 59
    )
    receipt = new_receipt()
    if each["channel"] == "post":
        entry_id = _by_post(engines, contest, staff, each, receipt, arrived_at)
    else:
        entry_id = _by_web(engines, contest, each, receipt, arrived_at)
    prepare(engines, entry_id=entry_id, now=arrived_at + timedelta(seconds=3))
    if each["state"] == "released":
        _settle(engines, staff, entry_id, arrived_at)
    if each["state"] == "withdrawn":
        with reading(engines.vault.entering) as session:
            opened = open_with_receipt(session, entry_id=entry_id, version=1, receipt=receipt.octets)
        withdraw(engines, opened=opened, receipt=receipt, now=arrived_at + timedelta(hours=20))


def _by_web(
    engines: Engines, contest: Contest, each: Mapping[str, Any], receipt: ReceiptCode, arrived_at: datetime
) -> UUID:
    members = read_toml("essays/council.toml")["members"]
    known = [members[place]["emails"][0] for place in each["known_to"]]
    with reading(engines.contest) as session:
        council = session.get_one(Contest, contest.id).council
        known_to = tuple(str(member.id) for member in council if set(member.emails) & set(known))
        declare = tuple(each.key for each in session.get_one(Contest, contest.id).declarations)
    form = EntryForm(
        nom_de_plume=each["nom_de_plume"],
        category=each["category"],
        name=each["name"],
        email=each["email"],
        phone=each["phone"],
        organisations="\n".join(each["organisations"]),
        also_known_as="\n".join(each["also_known_as"]),
        known_to=known_to,
        declare=declare,
        ai="yes" if each["ai_use"] else "no",
        ai_use=each["ai_use"],
        journal="yes",
        named="yes",
    )
    outcome = submit(
        engines,
        contest_id=contest.id,
        form=form,
        essay=(HERE / "essays" / each["file"]).read_bytes(),
        receipt=receipt,
        arrived_at=arrived_at,
        now=arrived_at + timedelta(seconds=2),
    )
    return _entered(outcome)


def _by_post(
    engines: Engines,
    contest: Contest,
    staff: Staff,
    each: Mapping[str, Any],
    receipt: ReceiptCode,
    arrived_at: datetime,
) -> UUID:
    form = PostalForm(
        delivered_on=arrived_at.astimezone(ZoneInfo(contest.time_zone)).date(),
        nom_de_plume=each["nom_de_plume"],
        category=each["category"],
        copies=each["copies"],
        copies_place=each["envelope_place"],
        envelope_label=each["envelope_label"],
        envelope_place=each["envelope_place"],
        condition=each["condition"],
        note="",
    )
    return _entered(
        log_postal_entry(engines, visit=staff.administrator, form=form, receipt=receipt, now=arrived_at)
    )


def _entered(outcome: Admitted | list[Any]) -> UUID:
    if not isinstance(outcome, Admitted):
        raise TypeError(f"the demo's own entry was refused at {[problem.field for problem in outcome]}")
    return outcome.entry_id


def _settle(engines: Engines, staff: Staff, entry_id: UUID, arrived_at: datetime) -> None:
    """Decide every finding as an administrator would who follows the suggestions."""
    with reading(engines.contest) as session:
        findings = list(session.get_one(Entry, entry_id).findings)
    for number, finding in enumerate(findings):
        decide_finding(
            engines,
            visit=staff.administrator,
            entry_id=entry_id,
            finding_id=finding.id,
            verdict="replace" if finding.suggestion and finding.subject != "other" else "keep",
            stand_in=finding.suggestion,
            now=arrived_at + timedelta(hours=1, minutes=number),
        )
    prepare(engines, entry_id=entry_id, now=arrived_at + timedelta(hours=3))


def _release(engines: Engines, contest: Contest, staff: Staff) -> None:
    wanted = {
        each["nom_de_plume"]
        for each in read_toml("essays/entries.toml")["entries"]
        if each["state"] == "released"
    }
    with reading(engines.contest) as session:
        entries = session.scalars(
            select(Entry).where(Entry.contest_id == contest.id, Entry.work == Work.DONE)
        ).all()
        ready = [entry.id for entry in entries if entry.nom_de_plume in wanted]
    release_entries(
        engines, visit=staff.administrator, entry_ids=ready, now=contest.closes_at + timedelta(hours=9)
    )


def _mark(engines: Engines, staff: Staff) -> None:
    """Two judges have declared; one has locked two essays and begun a third."""
    for judge in staff.judges[:2]:
        with reading(engines.contest) as session:
            contest = session.get_one(Contest, judge.contest_id)
        declare_interest(engines.contest, visit=judge, now=contest.closes_at + timedelta(days=2))
    first = staff.judges[0]
    with reading(engines.contest) as session:
        essays = reading_list(session, first)
        keys = [criterion.key for criterion in session.get_one(Contest, first.contest_id).criteria]
    for place, essay in enumerate(essays[:3]):
        given = keys if place < 2 else keys[:2]  # noqa: PLR2004 - two of the three are marked throughout
        save_marks(
            engines.contest,
            visit=first,
            assignment_id=essay.assignment_id,
            points={key: str(Decimal(6) + Decimal(place + n) / 2) for n, key in enumerate(given)},
            notes="",
            version=None,
            lock=len(given) == len(keys),
            now=contest.closes_at + timedelta(days=3, hours=place),
        )
