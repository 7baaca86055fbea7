"""What the Council check compares, in a form of its own: names cut into words, contacts in one spelling.

It is sealed apart from the identity, so that officers can compare it without opening an envelope. What comes of
it is what `judging.eligibility.council_check` says of the identities themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from judging.contacts import normal_email, normal_registration, same_normal_registration
from judging.council import CouncilMember, Identity
from judging.eligibility import CouncilRule, CouncilVerdict, Standing
from judging.names import (
    NameReading,
    Spelling,
    near_families,
    other_given_names,
    readings_alike,
    readings_of,
    spell,
)

_STRICTNESS = (Standing.CLEAR, Standing.HELD, Standing.INELIGIBLE)
_CLEAR = CouncilVerdict(Standing.CLEAR)


@dataclass(frozen=True, slots=True)
class PersonTokens:
    """One person: spellings of all their names, e-mail addresses and registration numbers in one form."""

    names: tuple[Spelling, ...] = field(repr=False)
    emails: tuple[str, ...] = field(repr=False)
    registrations: tuple[tuple[str, str], ...] = field(repr=False)
    """Pairs of registering body, which may be empty, and number."""

    @classmethod
    def of(cls, person: Identity) -> "PersonTokens":
        spellings = (spelling for name in person.names for spelling in spell(name))
        registrations = (normal_registration(number) for number in person.registration_numbers)
        return cls(
            names=tuple(dict.fromkeys(spellings)),
            emails=tuple(dict.fromkeys(filter(None, map(normal_email, person.emails)))),
            registrations=tuple(dict.fromkeys(pair for pair in registrations if pair[1])),
        )


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everybody who wrote one entry, and the day it was received: whoever left Council before may enter."""

    received: date
    people: tuple[PersonTokens, ...] = field(repr=False)

    @classmethod
    def of(cls, people: Sequence[Identity], *, received: date) -> "Tokens":
        return cls(received, tuple(PersonTokens.of(person) for person in people))

    def as_json(self) -> dict[str, Any]:
        """Short keys: what is sealed has little room."""
        people = [{"n": each.names, "e": each.emails, "r": each.registrations} for each in self.people]
        return {"on": self.received.isoformat(), "by": people}

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Tokens":
        """Read what `as_json` gave. Raises ValueError, KeyError or TypeError where it is something else."""
        people = tuple(
            PersonTokens(
                names=tuple(tuple(tuple(group) for group in spelling) for spelling in each["n"]),
                emails=tuple(each["e"]),
                registrations=tuple((body, number) for body, number in each["r"]),
            )
            for each in found["by"]
        )
        return cls(date.fromisoformat(found["on"]), people)


@dataclass(frozen=True, slots=True)
class MemberTokens:
    """A member of Council made ready for many comparisons."""

    member: CouncilMember
    tokens: PersonTokens
    readings: tuple[NameReading, ...]
    near: frozenset[str]
    """What spares comparing most names letter by letter."""

    @classmethod
    def of(cls, member: CouncilMember) -> "MemberTokens":
        tokens = PersonTokens.of(member.identity)
        readings = tuple(readings_of(tokens.names))
        return cls(member, tokens, readings, near_families(readings))

    def as_json(self) -> dict[str, Any]:
        """The member for a program that has no table of given names: each stands with all it may be short for."""
        return {
            "terms": [
                [term.from_date.isoformat(), term.until_date and term.until_date.isoformat()]
                for term in self.member.terms
            ],
            "emails": self.tokens.emails,
            "registrations": self.tokens.registrations,
            "readings": [
                {
                    "way": each.way,
                    "family": each.family,
                    "given": [
                        {"word": word, "called": sorted(other_given_names(word))} for word in each.given
                    ],
                }
                for each in self.readings
            ],
        }


def match(tokens: Tokens, council: Sequence[MemberTokens]) -> CouncilVerdict:
    """Compare everybody who wrote with everybody in office since the day of receipt; the strictest verdict holds."""
    serving = [each for each in council if each.member.served(tokens.received, None)]
    verdicts = [_match(person, serving) for person in tokens.people]
    return max(verdicts, key=lambda verdict: _STRICTNESS.index(verdict.standing), default=_CLEAR)


def _match(person: PersonTokens, serving: Sequence[MemberTokens]) -> CouncilVerdict:
    readings = readings_of(person.names)
    near = near_families(readings)

    def has_similar_name(member: MemberTokens) -> bool:
        return not near.isdisjoint(member.near) and readings_alike(readings, member.readings)

    rules = (
        (CouncilRule.SAME_EMAIL, Standing.INELIGIBLE, lambda each: _share_email(person, each)),
        (CouncilRule.SAME_REGISTRATION, Standing.INELIGIBLE, lambda each: _share_number(person, each)),
        (CouncilRule.SIMILAR_NAME, Standing.HELD, has_similar_name),
    )
    for rule, standing, matches in rules:
        found = tuple(each.member.member for each in serving if matches(each))
        if found:
            return CouncilVerdict(standing, rule, found)
    return _CLEAR


def _share_email(person: PersonTokens, member: MemberTokens) -> bool:
    return not set(person.emails).isdisjoint(member.tokens.emails)


def _share_number(person: PersonTokens, member: MemberTokens) -> bool:
    return any(
        same_normal_registration(one, other)
        for one in person.registrations
        for other in member.tokens.registrations
    )
