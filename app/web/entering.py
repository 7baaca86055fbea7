"""For entrants: the entry form, and what comes of sending it: an entry, the form again, or too late."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.database import reading
from app.engines import Engines
from app.errors import BadRequest, TooLate
from app.intake.admit import Admitted
from app.intake.deadline import last_moment
from app.intake.held import HeldEssay, held_essay, hold_essay, let_go_of_essay
from app.intake.keys import require_ready
from app.intake.receipts import ReceiptCode
from app.intake.submit import submit, wants_receipt_mailed
from app.problems import Problem
from app.tables import Contest
from app.web.contest_dates import first_day, last_minute
from app.web.contest_frame import contest_frame, find_contest
from app.web.entry_form import BLANK, entry_form_values, read_entry, typed_in
from app.web.essay_field import take_essay
from app.web.forms import Form
from app.web.minted import mint, minted_in
from app.web.pages import page, see_other
from app.web.visitors import Now, Sent, set_cookie
from app.web.whole import Whole
from app.wording import city, counted, day_in_words

router = APIRouter()


@router.get("/prize/{slug}/enter")
def enter_page(request: Request, slug: str, engines: Whole, now: Now) -> Response:
    with reading(engines.contest) as session:
        contest = find_contest(session, slug)
        if now < contest.opens_at:
            raise TooLate(
                f"Entries open on {day_in_words(first_day(contest))}.",
                to_do="Come back then; the form will stand here.",
            )
        if now >= contest.closes_at:
            raise TooLate(
                f"Entries closed on {last_moment(contest)}.",
                kept="Nothing was sent.",
                to_do="The page of the prize says when the results come.",
            )
        require_ready(session, contest.id)
        return _form_page(request, engines, session, contest, minted=mint(engines), values=BLANK, now=now)


@router.post("/prize/{slug}/entries")
def enter(request: Request, slug: str, engines: Whole, sent: Sent, now: Now) -> Response:
    with sent.content() as file:
        receipt = minted_in(engines, sent)
        if receipt is None:
            raise BadRequest(
                "This form was not made by us, or has been changed.",
                kept="Nothing was kept.",
                to_do="Open the entry form again and fill it in afresh.",
            )
        return _enter(request, engines, slug, receipt=receipt, sent=sent, file=file, now=now)


def _enter(
    request: Request,
    engines: Engines,
    slug: str,
    *,
    receipt: ReceiptCode,
    sent: Form,
    file: bytes | None,
    now: datetime,
) -> Response:
    folder, largest = engines.settings.upload_folder, engines.settings.max_upload
    with reading(engines.contest) as session:
        contest = find_contest(session, slug)
    essay, problems = take_essay(sent, file, held=held_essay(folder, receipt, now=now), largest=largest)
    if essay is None and problems:
        let_go_of_essay(
            folder, receipt
        )  # what is chosen now, refused or not, takes the place of what was held
    form, unread = read_entry(sent)
    arrived_at = sent.arrived_at if essay is None else essay.arrived_at
    try:
        outcome = submit(
            engines,
            contest_id=contest.id,
            form=form,
            essay=None if essay is None else essay.content,
            receipt=receipt,
            arrived_at=arrived_at,
            now=now,
            problems=problems + unread,
        )
    except TooLate:
        if now < contest.opens_at or arrived_at < contest.closes_at:
            raise
        return _late_page(request, contest, arrived_at)
    if isinstance(outcome, Admitted):
        let_go_of_essay(folder, receipt)
        done = "entered-copy" if wants_receipt_mailed(engines, form) else "entered"
        return _to_receipt(request, receipt, done="again" if outcome.repeated else done)
    if essay is not None:
        hold_essay(folder, receipt, essay)
    with reading(engines.contest) as session:
        return _form_page(
            request, engines, session, find_contest(session, slug),
            minted=sent.one("minted"), values=typed_in(sent), now=now, problems=outcome, held=essay,
            chosen_again=essay is None and sent.file_size > 0,
        )  # fmt: skip


def _to_receipt(request: Request, receipt: ReceiptCode, *, done: str) -> Response:
    response = see_other(f"/receipt?done={done}")
    set_cookie(request, response, "receipt", receipt.text)
    return response


def _form_page(
    request: Request,
    engines: Engines,
    session: Session,
    contest: Contest,
    *,
    minted: str,
    values: Mapping[str, Any],
    now: datetime,
    problems: Sequence[Problem] = (),
    held: HeldEssay | None = None,
    chosen_again: bool = False,
) -> Response:
    context = {
        **entry_form_values(session, contest, now=now, largest=engines.settings.max_upload, held=held),
        "minted": minted,
        "mails_receipts": bool(engines.settings.smtp),
        "values": values,
        "chosen_again": chosen_again,
    }
    frame = contest_frame(contest)
    return page(request, "enter.html", context, title="Enter the prize", problems=problems, **frame)


def _late_page(request: Request, contest: Contest, arrived_at: datetime) -> Response:
    zone = ZoneInfo(contest.time_zone)
    arrived = arrived_at.astimezone(zone)
    context = {
        "slug": contest.slug,
        "closes": last_minute(contest),
        "arrived": arrived,
        "arrived_clock": f"{arrived:%H:%M:%S}",
        "zone_name": city(zone),
        "late_by": _duration(arrived_at - contest.closes_at),
        "contact": "",
    }
    frame = contest_frame(contest)
    return page(request, "late.html", context, title="Entries are closed", status=TooLate.status, **frame)


def _duration(late: timedelta) -> str:
    hours, rest = divmod(int(late.total_seconds()) % 86400, 3600)
    units = [(late.days, "day"), (hours, "hour"), (rest // 60, "minute"), (rest % 60, "second")]
    said = [counted(number, unit) for number, unit in units if number]
    return " and ".join(said[:2]) or "less than a second"
