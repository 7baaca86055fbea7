"""Who is on Council, and when. Nobody in office on any day from receipt to decision may win the prize."""

from dataclasses import dataclass, field
from datetime import date

from judging.ids import MemberId


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office, both days included; `until_date` is None while it lasts."""

    from_date: date
    until_date: date | None = None

    def covers(self, day: date) -> bool:
        return self.overlaps(day, day)

    def overlaps(self, first: date, last: date | None) -> bool:
        """Whether any day from `first` to `last` (None: no end yet) lies in the term."""
        return (last is None or self.from_date <= last) and (
            self.until_date is None or first <= self.until_date
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as far as rules need it. Its `repr` stays silent."""

    name: str = field(repr=False)
    also_known_as: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    registration_numbers: tuple[str, ...] = field(default=(), repr=False)
    organisations: tuple[str, ...] = field(default=(), repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also_known_as)


@dataclass(frozen=True, slots=True)
class CouncilMember:
    """A member of Council, past or present."""

    member: MemberId
    identity: Identity
    terms: tuple[Term, ...]

    def served(self, first: date, last: date | None) -> bool:
        """Whether in office on any day from `first` to `last` (None: no end yet)."""
        return any(term.overlaps(first, last) for term in self.terms)
