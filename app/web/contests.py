"""For everyone: the front page, a contest's page, its results, its dates for a calendar."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from app.database import reading
from app.errors import NotHere
from app.tables import Announcement, Contest
from app.web.calendar import calendar_of
from app.web.contest_dates import dates_of
from app.web.contest_frame import contest_frame, find_contest
from app.web.contest_view import contest_values, listed_contest
from app.web.pages import download, page, see_other
from app.web.results_view import results_values
from app.web.visitors import ContestEngine, Now, contest_title
from app.wording import day_in_words

router = APIRouter()


@router.get("/")
def home(request: Request, engine: ContestEngine, now: Now) -> Response:
    with reading(engine) as session:
        contests = session.scalars(select(Contest).order_by(Contest.closes_at.desc())).all()
        if len(contests) == 1:
            return see_other(f"/prize/{contests[0].slug}")
        context = {"contests": [listed_contest(session, each, now) for each in contests]}
    return page(request, "home.html", context, title="Essay prizes", society="Essay prizes")


@router.get("/prize/{slug}")
def contest_page(request: Request, slug: str, engine: ContestEngine, now: Now) -> Response:
    with reading(engine) as session:
        contest = find_contest(session, slug)
        context = contest_values(session, contest, now)
        return page(request, "contest.html", context, title=contest.title, **contest_frame(contest))


@router.get("/prize/{slug}/dates.ics")
def dates(slug: str, engine: ContestEngine, now: Now) -> Response:
    with reading(engine) as session:
        contest = find_contest(session, slug)
        events = [(f"{contest_title(contest)}: {what}", day) for day, what in dates_of(contest)]
    return download(calendar_of(slug, events, now).encode(), f"{slug}.ics", "text/calendar")


@router.get("/prize/{slug}/results")
def results_page(request: Request, slug: str, engine: ContestEngine) -> Response:
    with reading(engine) as session:
        contest = find_contest(session, slug)
        announcement = session.get(Announcement, contest.id)
        if announcement is None:
            raise NotHere(
                "The results have not been announced yet.",
                to_do=f"They will stand here on {day_in_words(contest.announced_on)}.",
            )
        context = results_values(session, contest, announcement)
        return page(request, "results.html", context, title="The results", **contest_frame(contest))
