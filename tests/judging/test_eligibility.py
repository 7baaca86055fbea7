"""Who may mark, and who may enter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from judging.council import CouncilMember, Identity, Term
from judging.eligibility import (
    CLOSED,
    NO_DECLARATION,
    NOT_IN_OFFICE,
    NOT_NAMED,
    NOT_ON_LIST,
    RECUSED,
    WITHDRAWN,
    CouncilRule,
    EntryFacts,
    Judge,
    Standing,
    council_check,
    may_mark,
)
from judging.errors import NaiveInstantError
from judging.ids import ContestId, EntryId, MemberId

PRIZE = ContestId("prize-2026")
ALDER = MemberId("alder")
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
JUDGE = Judge(ALDER, (Term(date(2024, 1, 1)),), frozenset({PRIZE}), frozenset({PRIZE}))
ENTRY = EntryFacts(EntryId("e1"), PRIZE, ZoneInfo("Europe/London"), released_at=NOW - timedelta(days=30))


def test_a_judge_in_office_may_mark():
    assert may_mark(judge=JUDGE, entry=ENTRY, now=NOW) == []


@pytest.mark.parametrize(
    ("judge", "entry", "reason"),
    [
        (replace(JUDGE, named_for=frozenset()), ENTRY, NOT_NAMED),
        (replace(JUDGE, terms=()), ENTRY, NOT_IN_OFFICE),
        (replace(JUDGE, terms=(Term(date(2020, 1, 1), date(2026, 6, 29)),)), ENTRY, NOT_IN_OFFICE),
        (replace(JUDGE, terms=(Term(date(2026, 7, 1)),)), ENTRY, NOT_IN_OFFICE),
        (replace(JUDGE, declared_for=frozenset()), ENTRY, NO_DECLARATION),
        (JUDGE, replace(ENTRY, decided_at=NOW), CLOSED),
        (JUDGE, replace(ENTRY, excluded=frozenset({ALDER})), NOT_ON_LIST),
        (JUDGE, replace(ENTRY, readers=frozenset()), NOT_ON_LIST),
        (JUDGE, replace(ENTRY, released_at=None), NOT_ON_LIST),
        (JUDGE, replace(ENTRY, released_at=NOW + timedelta(seconds=1)), NOT_ON_LIST),
        (JUDGE, replace(ENTRY, recused=frozenset({ALDER})), RECUSED),
        (JUDGE, replace(ENTRY, withdrawn_at=NOW), WITHDRAWN),
    ],
)
def test_one_thing_wrong_gives_its_reason_alone(judge, entry, reason):
    assert may_mark(judge=judge, entry=entry, now=NOW) == [reason]


@pytest.mark.parametrize(
    "state", [{}, {"withdrawn_at": NOW}, {"released_at": None}, {"recused": frozenset({ALDER})}]
)
def test_an_excluded_judge_learns_what_an_unassigned_one_learns(state):
    excluded = replace(ENTRY, excluded=frozenset({ALDER}), **state)
    unassigned = replace(ENTRY, readers=frozenset({MemberId("beech")}), **state)

    assert may_mark(judge=JUDGE, entry=excluded, now=NOW) == may_mark(judge=JUDGE, entry=unassigned, now=NOW)
    assert may_mark(judge=JUDGE, entry=excluded, now=NOW) == [NOT_ON_LIST]


def test_a_term_ends_with_its_last_day_in_the_contests_zone():
    judge = replace(JUDGE, terms=(Term(date(2024, 1, 1), date(2026, 6, 30)),))
    last_second = datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)

    assert may_mark(judge=judge, entry=ENTRY, now=last_second) == []
    assert may_mark(judge=judge, entry=ENTRY, now=last_second + timedelta(seconds=1)) == [NOT_IN_OFFICE]


def test_everything_wrong_is_told_at_once():
    stranger = Judge(ALDER, (), frozenset(), frozenset())
    entry = replace(ENTRY, decided_at=NOW, readers=frozenset())

    reasons = may_mark(judge=stranger, entry=entry, now=NOW)

    assert reasons == [NOT_NAMED, NOT_IN_OFFICE, NO_DECLARATION, CLOSED, NOT_ON_LIST]


def test_an_instant_without_a_zone_fails():
    with pytest.raises(NaiveInstantError):
        may_mark(judge=JUDGE, entry=ENTRY, now=datetime(2026, 6, 30))  # noqa: DTZ001 - on purpose


MEMBER = CouncilMember(
    ALDER,
    Identity(
        "Dr Margaret Hollis",
        emails=("m.hollis@gmail.com",),
        registration_numbers=("GMC 6012345",),
    ),
    (Term(date(2020, 1, 1), date(2026, 5, 31)),),
)
RECEIVED, DECIDED = date(2026, 5, 31), date(2026, 9, 1)


def check(person, *, received=RECEIVED, decided=DECIDED, council=(MEMBER,)):
    verdict = council_check(person, council, received=received, decided=decided)
    return verdict.standing, verdict.rule


@pytest.mark.parametrize(
    "email", ["m.hollis@gmail.com", "MHollis+essay@GoogleMail.com", " mhollis@gmail.com "]
)
def test_the_same_mailbox_is_ineligible(email):
    person = Identity("Somebody Else", emails=(email,))

    assert check(person) == (Standing.INELIGIBLE, CouncilRule.SAME_EMAIL)


@pytest.mark.parametrize("number", ["6012345", "gmc-6012345", "GMC no. 6012345"])
def test_the_same_registration_is_ineligible(number):
    person = Identity("Somebody Else", registration_numbers=(number,))

    assert check(person) == (Standing.INELIGIBLE, CouncilRule.SAME_REGISTRATION)


def test_a_number_of_another_body_is_another_number():
    assert check(Identity("A B", registration_numbers=("NMC 6012345",))) == (Standing.CLEAR, None)


def test_an_equal_name_only_holds():
    assert check(Identity("HOLLIS, Maggie")) == (Standing.HELD, CouncilRule.SIMILAR_NAME)


def test_another_name_of_the_person_counts():
    assert check(Identity("Ann Other", also_known_as=("Margaret Hollis",)))[0] is Standing.HELD


def test_nothing_given_matches_nothing():
    nobody = CouncilMember(ALDER, Identity("", emails=("",), registration_numbers=("",)), MEMBER.terms)

    assert (
        check(Identity("", emails=("",), registration_numbers=("",)), council=(nobody,))[0] is Standing.CLEAR
    )


def test_only_members_in_office_between_receipt_and_decision_count():
    person = Identity("Margaret Hollis")
    later = replace(MEMBER, terms=(Term(date(2026, 9, 2)),))

    assert check(person, received=date(2026, 6, 1))[0] is Standing.CLEAR
    assert check(person, council=(later,))[0] is Standing.CLEAR
    assert check(person, council=(later,), decided=date(2026, 9, 2))[0] is Standing.HELD
    assert check(person, council=(later,), decided=None)[0] is Standing.HELD


def test_no_name_shows_in_a_repr():
    verdict = council_check(Identity("Margaret Hollis"), [MEMBER], received=RECEIVED, decided=None)

    assert "ollis" not in repr(MEMBER) + repr(verdict) + verdict.sentence
