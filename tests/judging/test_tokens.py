"""Tokens give the same verdicts as the identities they were made of."""

import json
from collections import Counter
from datetime import timedelta

from invented_panels import repeatable

from judging.council import CouncilMember, Identity, Term
from judging.eligibility import CouncilRule, Standing, council_check
from judging.ids import MemberId
from judging.tokens import MemberTokens, Tokens, match
from tests.invented_people import TODAY, council, entrant

STRICTNESS = (Standing.CLEAR, Standing.HELD, Standing.INELIGIBLE)


def on_identities(people, members, received):
    verdicts = [council_check(each, members, received=received, decided=None) for each in people]
    return max(verdicts, key=lambda verdict: STRICTNESS.index(verdict.standing))


def test_verdicts_are_those_of_the_identities():
    rng = repeatable(5)
    seen = Counter()
    for _ in range(40):
        drawn = council(rng, size=4)
        members = [each[0] for each in drawn]
        ready = [MemberTokens.of(each) for each in members]
        for _ in range(50):
            people, received = entrant(rng, drawn), TODAY + timedelta(days=rng.randrange(-30, 30))
            tokens = Tokens.of(people, received=received)
            verdict = match(tokens, ready)
            assert verdict == on_identities(people, members, received)
            seen[verdict.rule] += 1

    assert sum(seen.values()) == 2000
    assert min(seen[rule] for rule in (None, *CouncilRule)) > 30


def test_tokens_come_back_from_json():
    rng = repeatable(6)
    drawn = council(rng)
    for _ in range(200):
        tokens = Tokens.of(entrant(rng, drawn), received=TODAY)
        assert Tokens.from_json(json.loads(json.dumps(tokens.as_json()))) == tokens


def test_whoever_left_council_before_the_receipt_does_not_count():
    member = CouncilMember(MemberId("1"), Identity("Margaret Hollis"), (Term(TODAY, TODAY),))
    ready = [MemberTokens.of(member)]

    def standing(day):
        return match(Tokens.of([Identity("M. Hollis")], received=day), ready).standing

    assert standing(TODAY) is Standing.HELD
    assert standing(TODAY + timedelta(days=1)) is Standing.CLEAR


def test_no_name_shows_in_a_repr():
    tokens = Tokens.of([Identity("Margaret Hollis", emails=("m.hollis@example.org",))], received=TODAY)

    assert "hollis" not in repr(tokens).lower()
