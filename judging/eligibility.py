"""May this judge mark, and may this person enter? Only Council judges score; nobody on Council enters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from judging.contacts import same_email, same_registration
from judging.council import CouncilMember, Identity, Term
from judging.errors import NaiveInstantError
from judging.ids import ContestId, EntryId, MemberId
from judging.names import NameReading, readings_alike, readings_of, spell
from judging.reasons import Reason, Refusal

NOT_NAMED = Reason(Refusal.NOT_NAMED, "You are not named as a judge of this contest.")
NOT_IN_OFFICE = Reason(Refusal.NOT_IN_OFFICE, "Only members of Council in office may mark.")
NO_DECLARATION = Reason(Refusal.NO_DECLARATION, "Please make your declaration of interest first.")
CLOSED = Reason(Refusal.CLOSED, "Marking is closed: the decision has been recorded.")
NOT_ON_LIST = Reason(Refusal.NOT_ON_LIST, "This essay is not on your list.")
RECUSED = Reason(Refusal.RECUSED, "You stood back from this essay.")
WITHDRAWN = Reason(Refusal.WITHDRAWN, "This essay has been withdrawn.")


@dataclass(frozen=True, slots=True)
class Judge:
    """What is known of a judge: terms on Council, the contests named for, the declarations made."""

    member: MemberId
    terms: tuple[Term, ...]
    named_for: frozenset[ContestId]
    declared_for: frozenset[ContestId]


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the rules need to know of an entry. `readers` is None where the whole panel reads everything.

    Instants are None while the thing has not happened. `excluded` holds the Council members who may not meet
    the entry, `recused` the judges taken off it.
    """

    entry: EntryId
    contest: ContestId
    zone: ZoneInfo
    released_at: datetime | None
    withdrawn_at: datetime | None = None
    decided_at: datetime | None = None
    readers: frozenset[MemberId] | None = None
    excluded: frozenset[MemberId] = frozenset()
    recused: frozenset[MemberId] = frozenset()


def may_mark(*, judge: Judge, entry: EntryFacts, now: datetime) -> list[Reason]:
    """Why this judge may not mark this entry at this instant; empty: may.

    Raises:
        NaiveInstantError: an instant has no zone.

    """
    today = day_in(entry.zone, now)
    reasons = []
    if entry.contest not in judge.named_for:
        reasons.append(NOT_NAMED)
    if not any(term.covers(today) for term in judge.terms):
        reasons.append(NOT_IN_OFFICE)
    if entry.contest not in judge.declared_for:
        reasons.append(NO_DECLARATION)
    if _has_come(entry.decided_at, now):
        reasons.append(CLOSED)
    reasons.extend(_entry_reasons(judge.member, entry, now))
    return reasons


def day_in(zone: ZoneInfo, instant: datetime) -> date:
    """Find the day of the contest's calendar on which the instant falls.

    Raises:
        NaiveInstantError: the instant has no zone.

    """
    if instant.tzinfo is None:
        raise NaiveInstantError("an instant needs a zone")
    return instant.astimezone(zone).date()


def _entry_reasons(member: MemberId, entry: EntryFacts, now: datetime) -> Iterator[Reason]:
    assigned = entry.readers is None or member in entry.readers
    if member in entry.excluded or not assigned or not _has_come(entry.released_at, now):
        # An essay off the list says nothing more about itself, or the difference would show the cause.
        yield NOT_ON_LIST
        return
    if member in entry.recused:
        yield RECUSED
    if _has_come(entry.withdrawn_at, now):
        yield WITHDRAWN


def _has_come(instant: datetime | None, now: datetime) -> bool:
    if instant is None:
        return False
    if instant.tzinfo is None:
        raise NaiveInstantError("an instant needs a zone")
    return instant <= now


class Standing(StrEnum):
    """What the Council check says: a machine refuses only what is certain."""

    CLEAR = "clear"
    HELD = "held"
    INELIGIBLE = "ineligible"


class CouncilRule(StrEnum):
    """By which rule somebody is held or refused."""

    SAME_EMAIL = "same-email"
    SAME_REGISTRATION = "same-registration"
    SIMILAR_NAME = "similar-name"


_SENTENCES = {
    None: "No member of Council has this name, e-mail address or registration number.",
    CouncilRule.SAME_EMAIL: "Members of Council may not enter: the e-mail address is that of a member.",
    CouncilRule.SAME_REGISTRATION: (
        "Members of Council may not enter: the registration number is that of a member."
    ),
    CouncilRule.SIMILAR_NAME: "The name is like that of a member of Council: the officers will look at it.",
}


@dataclass(frozen=True, slots=True)
class CouncilVerdict:
    """The outcome of the Council check; `members` are those it points at."""

    standing: Standing
    rule: CouncilRule | None = None
    members: tuple[MemberId, ...] = ()

    @property
    def sentence(self) -> str:
        return _SENTENCES[self.rule]


def council_check(
    person: Identity, council: Sequence[CouncilMember], *, received: date, decided: date | None
) -> CouncilVerdict:
    """Compare a person with everybody in office on any day from `received` to `decided` (None: not yet).

    The same e-mail address or registration number makes ineligible; names alike only hold for the officers.
    """
    serving = [member for member in council if member.served(received, decided)]
    readings = _readings(person)

    def has_similar_name(_person: Identity, member: Identity) -> bool:
        return readings_alike(readings, _readings(member))

    rules = (
        (CouncilRule.SAME_EMAIL, Standing.INELIGIBLE, _shares_email),
        (CouncilRule.SAME_REGISTRATION, Standing.INELIGIBLE, _shares_registration),
        (CouncilRule.SIMILAR_NAME, Standing.HELD, has_similar_name),
    )
    for rule, standing, matches in rules:
        found = tuple(member.member for member in serving if matches(person, member.identity))
        if found:
            return CouncilVerdict(standing, rule, found)
    return CouncilVerdict(Standing.CLEAR)


def _shares_email(one: Identity, other: Identity) -> bool:
    return any(same_email(a, b) for a in one.emails for b in other.emails)


def _shares_registration(one: Identity, other: Identity) -> bool:
    return any(same_registration(a, b) for a in one.registration_numbers for b in other.registration_numbers)


def _readings(person: Identity) -> list[NameReading]:
    return readings_of(spelling for name in person.names for spelling in spell(name))
