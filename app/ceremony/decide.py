"""The decision: what the judges resolved, written once and locked, with its reserve order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.standings import Standings, standings
from app.database import transaction
from app.decided import is_decided
from app.engines import Engines
from app.errors import Clash, NotHere
from app.problems import Problem
from app.record.leaves import append_leaf
from app.record.roots import publish_root
from app.tables import Award, Category, Contest, Decision
from app.tables.ceremony import AwardKind
from app.wording import counted


class Outcome(StrEnum):
    WINNER = "winner"
    SHARED = "shared"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the officers fill in for one category."""

    outcome: Outcome | None
    winners: tuple[UUID, ...]
    commended: tuple[UUID, ...]
    reserves: Mapping[UUID, int]
    """Place in the reserve order, from 1, by entry."""
    reason: str


def decide(
    engines: Engines, *, visit: Visit, category_id: UUID, resolution: Resolution, now: datetime
) -> list[Problem]:
    """Record the decision of a category and lock it. Raises NotHere; Clash where one is locked already."""
    with transaction(engines.contest) as session:
        category = session.get(Category, category_id, with_for_update=True)
        if category is None or category.contest_id != visit.contest_id:
            raise NotHere("There is no such category.")
        if is_decided(session, category_id):
            raise Clash("The decision in this category is locked.", kept="It stands as it was recorded.")
        found = standings(session, contest_id=visit.contest_id, category_id=category_id)
        problems = _too_early(session, visit.contest_id, found, now) or problems_with(resolution, found)
        if problems:
            return problems
        awards = _awards(resolution)
        decision = Decision(
            category_id=category_id,
            reason=resolution.reason,
            ranking=_ranking(found),
            locked_at=now,
            locked_by=visit.person_id,
            awards=awards,
        )
        session.add(decision)
        append_leaf(
            session,
            contest_id=visit.contest_id,
            kind="decision",
            rows=[decision],
            now=now,
        )
        publish_root(
            session,
            contest_id=visit.contest_id,
            occasion=f"decision {category.key}",
            keys_folder=engines.settings.keys_folder,
            host=engines.settings.host_name,
            now=now,
        )
    return []


def problems_with(resolution: Resolution, found: Standings) -> list[Problem]:
    """What has to be changed before this can be locked."""
    if found.missing:
        locked = counted(found.missing, "reading is", "readings are")
        return [Problem("", f"{locked.capitalize()} not locked yet. The decision waits.")]
    released = {entry.id for entry in found.entries}
    chosen = [*resolution.winners, *resolution.commended, *resolution.reserves]
    if not set(chosen) <= released:
        return [Problem("entries", "Choose among the essays of this category.")]
    problems = []
    if resolution.outcome is None:
        problems.append(Problem("outcome", "Say what the judges resolved."))
    if resolution.outcome is Outcome.WINNER and len(set(resolution.winners)) != 1:
        problems.append(Problem("entries", "Choose the one essay that wins."))
    if resolution.outcome is Outcome.SHARED and len(set(resolution.winners)) < 2:  # noqa: PLR2004 - to share takes two
        problems.append(Problem("entries", "Choose the essays that share the prize, at least two."))
    if resolution.outcome is Outcome.NONE and resolution.winners:
        problems.append(Problem("entries", "There is no award, so no essay can be chosen for it."))
    if set(resolution.winners) & set(resolution.commended):
        problems.append(Problem("commended", "An essay that wins is not commended besides."))
    places = list(resolution.reserves.values())
    if len(set(places)) != len(places) or set(resolution.reserves) & set(resolution.winners):
        problems.append(
            Problem("reserve", "Give each essay of the reserve order its own place, winners none.")
        )
    if not resolution.reason.strip() and differs(resolution, found):
        problems.append(Problem("reason", "This is not what the ranking says: give the judges’ reason."))
    return problems


def _too_early(session: Session, contest_id: UUID, found: Standings, now: datetime) -> list[Problem]:
    if now < session.get_one(Contest, contest_id).closes_at:
        return [Problem("", "Entries are still open. The decision waits for the deadline.")]
    if found.waiting:
        waiting = counted(found.waiting, "entry", "entries")
        return [Problem("", f"{waiting.capitalize()} not yet released to the judges. The decision waits.")]
    return []


def differs(resolution: Resolution, found: Standings) -> bool:
    """Whether the resolution is another than the ranking's: one winner, the one who leads."""
    if found.ranking is None:
        return bool(found.entries) or resolution.outcome is not Outcome.NONE
    leaders = {UUID(leader) for leader in found.ranking.leaders}
    return resolution.outcome is Outcome.NONE or set(resolution.winners) != leaders


def _awards(resolution: Resolution) -> list[Award]:
    kind = AwardKind.SHARED if resolution.outcome is Outcome.SHARED else AwardKind.WINNER
    awards = [
        Award(entry_id=each, kind=kind, position=n)
        for n, each in enumerate(dict.fromkeys(resolution.winners), 1)
    ]
    commended = [
        Award(entry_id=each, kind=AwardKind.COMMENDED, position=100 + n)
        for n, each in enumerate(dict.fromkeys(resolution.commended), 1)
    ]
    in_order = sorted(resolution.reserves.items(), key=lambda pair: pair[1])
    reserves = [
        Award(entry_id=each, kind=AwardKind.RESERVE, position=200 + place) for each, place in in_order
    ]
    return [*awards, *commended, *reserves]


def _ranking(found: Standings) -> list[list[str]]:
    if found.ranking is None:
        return []
    numbers = {str(entry.id): str(entry.number) for entry in found.entries}
    return [[numbers[each.entry], each.place, f"{each.score:.4f}"] for each in found.ranking.entries]
