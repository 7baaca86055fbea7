"""What the page of results says: who holds which award, under which name, and the record's root."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tables import Announcement, Contest, Result, Root
from app.tables.ceremony import AwardKind


def results_values(session: Session, contest: Contest, announcement: Announcement) -> dict[str, Any]:
    rows = session.scalars(
        select(Result).where(Result.contest_id == contest.id).order_by(Result.position)
    ).all()
    root = session.scalars(
        select(Root).where(Root.contest_id == contest.id).order_by(Root.published_at.desc())
    ).first()
    return {
        "slug": contest.slug,
        **_heading(rows),
        "categories": [
            {
                "label": category.title,
                "amount": category.prize,
                "awards": _awards([row for row in rows if row.category_id == category.id]),
                "none_sentence": "The judges found no essay to give it to.",
            }
            for category in contest.categories
        ],
        "announced": announcement.announced_at.astimezone(ZoneInfo(contest.time_zone)),
        "decided": f"By judges from the Council, under this rule for ties: {contest.tie_rule}",
        "record_root": "" if root is None else root.root_hash.hex(),
    }


def _heading(rows: Sequence[Result]) -> dict[str, str]:
    winners = [row for row in rows if row.kind is not AwardKind.COMMENDED]
    if not winners:
        return {"heading": "No award this year", "sentence": "The judges read every essay and made no award."}
    said = [row.essay_title or row.nom_de_plume for row in winners]
    if len(said) == 1:
        return {"heading": f"The prize goes to {said[0]}", "sentence": ""}
    return {"heading": f"The prizes go to {', '.join(said[:-1])} and {said[-1]}", "sentence": ""}


def _awards(rows: Sequence[Result]) -> list[dict[str, Any]]:
    lines = [
        {
            "kind": row.kind.value,
            "nom": row.nom_de_plume,
            "name": row.announced_as,
            "title": row.essay_title or "Untitled",
        }
        for row in rows
    ]
    if all(row.kind is AwardKind.COMMENDED for row in rows):
        lines.insert(0, {"kind": "none", "nom": "", "name": "", "title": ""})
    return lines
