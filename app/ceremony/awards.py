"""Who holds an award now: the decision's winners, and reserves who stepped up in the order fixed with it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.tables import Award, Category, Decision, Entry, Opening
from app.tables.ceremony import AwardKind, Purpose


@dataclass(frozen=True, slots=True)
class HeldAward:
    """An award with the entry that holds it now and its opening, where there is one."""

    kind: AwardKind
    entry: Entry
    opening: Opening | None
    stepped_up: bool

    @property
    def is_settled(self) -> bool:
        """Opened, and its owner found eligible."""
        return self.opening is not None and self.opening.eligible is True


def decision_of(session: Session, category_id: UUID) -> Decision | None:
    return session.scalar(
        select(Decision)
        .where(Decision.category_id == category_id)
        .options(
            selectinload(Decision.awards).joinedload(Award.entry).selectinload(Entry.paper),
            selectinload(Decision.awards).joinedload(Award.entry).selectinload(Entry.withdrawal),
        )
    )


def held_awards(session: Session, decision: Decision) -> list[HeldAward]:
    """Winners as they stand; an award whose owner proved ineligible passes to the next reserve."""
    openings = _openings(session, [award.entry_id for award in decision.awards])
    reserves = [award for award in decision.awards if award.kind is AwardKind.RESERVE]
    held = []
    for award in decision.awards:
        if award.kind not in {AwardKind.WINNER, AwardKind.SHARED}:
            continue
        holder, stepped_up = award, False
        while _is_out(openings.get(holder.entry_id)) and reserves:
            holder, stepped_up = reserves.pop(0), True
        if not _is_out(openings.get(holder.entry_id)):
            held.append(HeldAward(award.kind, holder.entry, openings.get(holder.entry_id), stepped_up))
    return held


def commended(decision: Decision) -> list[Entry]:
    return [award.entry for award in decision.awards if award.kind is AwardKind.COMMENDED]


def all_held(session: Session, contest_id: UUID) -> list[HeldAward]:
    categories = session.scalars(
        select(Category).where(Category.contest_id == contest_id).order_by(Category.position)
    )
    decisions = [decision_of(session, category.id) for category in categories]
    return [held for each in decisions if each is not None for held in held_awards(session, each)]


def _openings(session: Session, entry_ids: list[UUID]) -> dict[UUID, Opening]:
    query = (
        select(Opening)
        .where(Opening.entry_id.in_(entry_ids), Opening.purpose == Purpose.AWARD)
        .order_by(Opening.started_at)
        .options(joinedload(Opening.entry))
    )
    return {opening.entry_id: opening for opening in session.scalars(query)}


def _is_out(opening: Opening | None) -> bool:
    return opening is not None and opening.eligible is False
