"""How the essays of a category stand, under their noms de plume, and what is still missing before a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.intake.state import WHOLE, State, state_of
from app.panel.mark import criteria_of, rule_of
from app.tables import Assignment, Criterion, Entry, Release, Role
from app.tables.people import RoleKind
from judging import marks as rules
from judging.agreement import measure_agreement
from judging.confidence import chance_one_more_reading_changes_winner, leave_one_judge_out
from judging.errors import UnrankableError
from judging.ids import EntryId, JudgeId
from judging.ranking import Ranking, rank
from judging.readings import Reading
from judging.sentences import Names, Statement, headline, lead_sentence, statements


@dataclass(frozen=True, slots=True)
class Standings:
    """`ranking` is None where there is nothing to rank; `why_not` then says so."""

    entries: tuple[Entry, ...]
    """Everything released in the category and not withdrawn, in the order of the ranking."""
    ranking: Ranking | None
    why_not: str
    readings: tuple[Reading, ...]
    words: Names
    missing: int
    """Readings dealt, not recused, and not yet locked."""
    waiting: int
    """Entries neither released nor withdrawn nor found ineligible: each may still come before the judges."""
    recusals: int
    judges: int
    most: Decimal
    statements: tuple[Statement, ...]

    @property
    def headline(self) -> str:
        return headline(self.ranking, self.words) if self.ranking else self.why_not

    @property
    def lead(self) -> str:
        return lead_sentence(self.ranking, self.words) if self.ranking else ""


def standings(session: Session, *, contest_id: UUID, category_id: UUID) -> Standings:
    """Rank a category by its locked marks."""
    criteria = criteria_of(session, contest_id)
    entries = _entries(session, category_id)
    dealt = _dealt(session, entries)
    readings = tuple(
        Reading(EntryId(str(each.entry_id)), JudgeId(str(each.role_id)), float(_total(each, criteria)))
        for each in dealt
        if each.lock is not None and each.recusal is None
    )
    words = _words(session, contest_id, entries)
    ranking, why_not = _rank(readings)
    return Standings(
        entries=_ordered(entries, ranking),
        ranking=ranking,
        why_not=why_not,
        readings=readings,
        words=words,
        waiting=_waiting(session, category_id),
        missing=sum(each.lock is None and each.recusal is None for each in dealt),
        recusals=sum(each.recusal is not None for each in dealt),
        judges=len(words.judges),
        most=sum((each.weight * each.most for each in criteria), start=Decimal()),
        statements=_statements(ranking, readings, words),
    )


def _entries(session: Session, category_id: UUID) -> list[Entry]:
    query = (
        select(Entry)
        .join(Release)
        .where(Entry.category_id == category_id)
        .options(
            selectinload(Entry.withdrawal),
            selectinload(Entry.release).joinedload(Release.reading_copy),
            selectinload(Entry.paper),
        )
    )
    return [each for each in session.scalars(query) if each.withdrawal is None]


def _waiting(session: Session, category_id: UUID) -> int:
    query = select(Entry).where(Entry.category_id == category_id).options(*WHOLE)
    settled = {State.RELEASED, State.WITHDRAWN, State.ERASED}
    return sum(
        state_of(entry) not in settled and not any(hold.eligible is False for hold in entry.holds)
        for entry in session.scalars(query)
    )


def _dealt(session: Session, entries: Sequence[Entry]) -> list[Assignment]:
    query = (
        select(Assignment)
        .where(Assignment.entry_id.in_([entry.id for entry in entries]))
        .options(
            selectinload(Assignment.marks),
            selectinload(Assignment.lock),
            selectinload(Assignment.recusal),
            joinedload(Assignment.role),
        )
    )
    return list(session.scalars(query))


def _total(reading: Assignment, criteria: Sequence[Criterion]) -> Decimal:
    given = {mark.criterion_id: mark.points for mark in reading.marks}
    total = rules.total([rule_of(each) for each in criteria], {each.key: given[each.id] for each in criteria})
    if total is None:
        raise AssertionError("a locked reading has every mark")
    return total


def _words(session: Session, contest_id: UUID, entries: Sequence[Entry]) -> Names:
    judges = session.scalars(select(Role).where(Role.contest_id == contest_id, Role.kind == RoleKind.JUDGE))
    return Names(
        entries={EntryId(str(entry.id)): entry.nom_de_plume for entry in entries},
        judges={JudgeId(str(judge.id)): judge.alias for judge in judges},
    )


def _rank(readings: Sequence[Reading]) -> tuple[Ranking | None, str]:
    if not readings:
        return None, "No marks are locked yet"
    try:
        return rank(readings), ""
    except UnrankableError as error:
        return None, str(error.reasons[0].sentence)


def _ordered(entries: Sequence[Entry], ranking: Ranking | None) -> tuple[Entry, ...]:
    places = {} if ranking is None else {each.entry: index for index, each in enumerate(ranking.entries)}
    return tuple(
        sorted(entries, key=lambda entry: (places.get(EntryId(str(entry.id)), len(places)), entry.nom_key))
    )


def _statements(ranking: Ranking | None, readings: Sequence[Reading], words: Names) -> tuple[Statement, ...]:
    if ranking is None:
        return ()
    return statements(
        ranking,
        measure_agreement(readings),
        leave_one_judge_out(readings, method=ranking.method),
        chance_one_more_reading_changes_winner(readings, method=ranking.method),
        words,
    )
