"""The announcement on the projector, and the certificates."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.announce import announce, announced_names, why_not_announced
from app.ceremony.awards import commended, decision_of, held_awards
from app.ceremony.certificate import certificate_pdf
from app.database import reading
from app.engines import Engines
from app.errors import Clash, NotHere
from app.problems import Problem
from app.tables import Announcement, Category, Contest, Entry, Result
from app.tables.ceremony import AwardKind
from app.web.officers_frame import officers_frame
from app.web.pages import page, pdf, see_other
from app.web.ranking_view import released_title
from app.web.visitors import Now, Officer, Sent, contest_title
from app.web.whole import Whole

router = APIRouter(prefix="/officers")
_LABELS = {AwardKind.WINNER: "Winner", AwardKind.SHARED: "Shared", AwardKind.COMMENDED: "Commended"}
_WILL = (
    "The names of winners who agreed become public, on the page of results.",
    "Every entrant reads the result through the receipt.",
    "The record’s root is published.",
)


@router.get("/announcement")
def announcement_page(request: Request, visit: Officer, engines: Whole) -> Response:
    with reading(engines.contest) as session:
        if session.get(Announcement, visit.contest_id) is not None:
            return _slides(request, session, visit)
    return _prepare(request, engines, visit)


@router.post("/announcement")
def make_announcement(request: Request, visit: Officer, engines: Whole, _sent: Sent, now: Now) -> Response:
    try:
        announce(engines, visit=visit, now=now)
    except Clash as error:
        return _prepare(request, engines, visit, Problem("", error.happened))
    return see_other("/officers/announcement")


@router.get("/certificates/{result_id}.pdf")
def certificate(visit: Officer, engines: Whole, result_id: UUID) -> Response:
    with reading(engines.contest) as session:
        result = session.get(Result, result_id)
        if result is None or result.contest_id != visit.contest_id:
            raise NotHere("There is no such award.")
        contest = session.get_one(Contest, visit.contest_id)
        announced = session.get_one(Announcement, visit.contest_id)
        category = session.get_one(Category, result.category_id)
        content = certificate_pdf(
            society=contest.society,
            prize=f"{contest.title}, {category.title}",
            award=_certified(result.kind, category),
            name=result.announced_as or result.nom_de_plume,
            essay=result.essay_title,
            day=announced.announced_at.astimezone(ZoneInfo(contest.time_zone)).date(),
        )
    return pdf(content, "certificate.pdf")


def _certified(kind: AwardKind, category: Category) -> str:
    return {
        AwardKind.WINNER: f"the prize of {category.prize}",
        AwardKind.SHARED: f"a share of the prize of {category.prize}",
    }.get(kind, "a commendation")


def _prepare(request: Request, engines: Engines, visit: Visit, *problems: Problem) -> Response:
    names = announced_names(engines, visit.contest_id)
    with reading(engines.contest) as session:
        awards = []
        for category in session.get_one(Contest, visit.contest_id).categories:
            awards += _awards_to_come(session, category, names)
        context = {
            "awards": awards,
            "will": _WILL,
            "waits": why_not_announced(session, visit.contest_id),
        }
        frame = officers_frame(session, visit, current="/officers/announcement")
        return page(
            request, "announce_prepare.html", context, title="Announcement", problems=problems, **frame
        )


def _awards_to_come(session: Session, category: Category, names: dict[UUID, str]) -> list[dict[str, Any]]:
    decision = decision_of(session, category.id)
    if decision is None:
        return []
    lines = [(held.kind, held.entry) for held in held_awards(session, decision)]
    none = [] if lines else [_line(category, "No award", None, "", "")]
    lines += [(AwardKind.COMMENDED, entry) for entry in commended(decision)]
    return none + [
        _line(category, _LABELS[kind], entry, released_title(session, entry), names.get(entry.id, ""))
        for kind, entry in lines
    ]


def _line(category: Category, label: str, entry: Entry | None, title: str, name: str) -> dict[str, Any]:
    return {
        "category": category.title,
        "label": label,
        "nom": "" if entry is None else entry.nom_de_plume,
        "title": title,
        "named_as": name,
        "certificate_href": "",
    }


def _slides(request: Request, session: Session, visit: Visit) -> Response:
    contest = session.get_one(Contest, visit.contest_id)
    results = session.scalars(
        select(Result).where(Result.contest_id == contest.id).order_by(Result.position)
    ).all()
    context = {
        "title": contest_title(contest),
        "categories": [
            _category(category, [each for each in results if each.category_id == category.id])
            for category in contest.categories
        ],
        "certificates": [
            {
                "label": f"Certificate for {each.announced_as or each.nom_de_plume}",
                "href": f"/officers/certificates/{each.id}.pdf",
            }
            for each in results
        ],
        "results_href": f"/prize/{contest.slug}/results",
    }
    frame = officers_frame(session, visit, current="/officers/announcement")
    return page(request, "announcement.html", context, title="Announcement", **frame)


def _category(category: Category, results: list[Result]) -> dict[str, Any]:
    winners = [each for each in results if each.kind is not AwardKind.COMMENDED]
    return {
        "label": category.title,
        "prize_words": f"The prize of {category.prize}, {category.title.lower()}",
        "outcome": winners[0].kind.value if winners else "none",
        "winners": [_slide(each) for each in winners],
        "commended": [_slide(each) for each in results if each.kind is AwardKind.COMMENDED],
        "none_sentence": "The judges make no award in this category this year.",
    }


def _slide(result: Result) -> dict[str, str]:
    return {
        "nom": result.nom_de_plume,
        "name": result.announced_as,
        "title": result.essay_title or "Untitled",
    }
