"""What the decision room's page says: the ranking, its statements, and the decision once it is locked."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.ceremony.awards import decision_of
from app.ceremony.standings import Standings, standings
from app.tables import Category, Contest, Entry, ReadingCopy
from app.web.decision_view import decision_values
from app.web.pages import labelled
from app.web.ranking_chart import axis, judges_places, spread_of
from app.wording import counted, plain
from judging.ids import EntryId
from judging.sentences import in_100


def ranking_values(session: Session, category: Category) -> dict[str, Any]:
    contest = session.get_one(Contest, category.contest_id)
    found = standings(session, contest_id=contest.id, category_id=category.id)
    decision = decision_of(session, category.id)
    # Before every reading is locked no officer sees a mark: one of them may be judging.
    shown = found if not found.missing else None
    return {
        "category": category.title,
        "category_key": category.key,
        "categories": [
            {"label": each.title, "href": f"/officers?category={each.key}", "current": each.id == category.id}
            for each in contest.categories
        ],
        **_headings(found),
        "caption": _caption(found),
        "rows": _rows(session, shown) if shown else [],
        "axis": axis(shown) if shown and shown.ranking else [],
        "tie": _tie(shown, contest) if shown else None,
        "places": judges_places(shown) if shown and shown.ranking else None,
        "agreement": [
            {"figure": each.figure, "title": each.title, "sentence": each.sentence}
            for each in (shown.statements if shown else ())
        ],
        "facts": _facts(found),
        "decision": None if decision is None else decision_values(session, decision, category),
        "choices": [
            {"id": str(entry.id), "nom": entry.nom_de_plume, "place": _place(found, entry.id)}
            for entry in (shown.entries if shown else ())
        ],
        "waits": "" if shown else _waits(found),
    }


def released_title(session: Session, entry: Entry) -> str:
    """The essay's title as the judges have it."""
    release = entry.release
    return "" if release is None else session.get_one(ReadingCopy, release.reading_copy_id).title


def _headings(found: Standings) -> dict[str, str]:
    if found.missing:
        return {"heading_nom": "", "heading": "The judges are still marking", "sentence": _waits(found)}
    if found.ranking is None:
        return {"heading_nom": "", "heading": found.why_not or "Nothing to rank", "sentence": ""}
    leaders = found.ranking.leaders
    nom = found.words.entry(leaders[0]) if len(leaders) == 1 else ""
    return {"heading_nom": nom, "heading": found.headline.removeprefix(nom), "sentence": found.lead}


def _caption(found: Standings) -> str:
    how = (
        "each judge’s own level taken out" if found.ranking and not found.ranking.is_complete else "as given"
    )
    return f"{counted(len(found.entries), 'essay').capitalize()}. Marks are of {plain(found.most)}, {how}."


def _rows(session: Session, found: Standings) -> list[dict[str, Any]]:
    if found.ranking is None:
        return []
    by_id = {str(entry.id): entry for entry in found.entries}
    rows = []
    for each in found.ranking.entries:
        entry = by_id[each.entry]
        rows.append(
            {
                "place": each.place,
                "nom": entry.nom_de_plume,
                "title": released_title(session, entry),
                "mean": f"{each.score:.1f}",
                **spread_of(found, each),
                "chance_words": in_100(each.p_best),
                "chance_width": round(200 * each.p_best, 1),
                "first": each.rank == 1,
            }
        )
    return rows


def _tie(found: Standings, contest: Contest) -> dict[str, str] | None:
    if found.ranking is None or len(found.ranking.leaders) < 2:  # noqa: PLR2004 - a tie takes two
        return None
    names = found.words.several(found.ranking.leaders)
    return {
        "title": "A tie for first",
        "text": f"{names} stand level. The rule fixed before marking began: {contest.tie_rule}",
        "outcome": "The judges apply it; say so in the reason.",
    }


def _facts(found: Standings) -> list[dict[str, str]]:
    facts = [
        ("Essays", str(len(found.entries))),
        ("Judges", str(found.judges)),
        ("Marks", "all locked" if not found.missing else f"{found.missing} still open"),
        ("Recusals", str(found.recusals)),
    ]
    return labelled(facts)


def _place(found: Standings, entry_id: UUID) -> str:
    places = {} if found.ranking is None else {each.entry: each.place for each in found.ranking.entries}
    return places.get(EntryId(str(entry_id)), "–")


def _waits(found: Standings) -> str:
    if not found.entries:
        return "No essay in this category has been released yet."
    return f"{counted(found.missing, 'reading is', 'readings are').capitalize()} not locked yet."
