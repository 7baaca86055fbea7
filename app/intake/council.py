"""Nobody on Council may enter: who entered is compared with the Council list, in memory alone."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.tables import Contest
from app.tables import CouncilMember as MemberRow
from app.vault.identity import Identity
from judging import council as rules
from judging.eligibility import CouncilVerdict, Standing, council_check, day_in
from judging.ids import MemberId
from judging.tokens import Tokens

__all__ = ["Standing", "check_against_council", "serving_council", "tokens_of"]


def check_against_council(
    contest: Contest, identity: Identity, *, received_at: datetime, decided_at: datetime | None
) -> CouncilVerdict:
    """Check author and co-authors; the strictest verdict of them holds."""
    zone = ZoneInfo(contest.time_zone)
    decided = None if decided_at is None else day_in(zone, decided_at)
    verdicts = [
        council_check(
            person, council_of(contest.council), received=day_in(zone, received_at), decided=decided
        )
        for person in people_of(identity)
    ]
    strictness = (Standing.CLEAR, Standing.HELD, Standing.INELIGIBLE)
    return max(verdicts, key=lambda verdict: strictness.index(verdict.standing))


def serving_council(contest: Contest, now: datetime) -> list[MemberRow]:
    """Members in office now, or later than now, by surname as printed."""
    today = day_in(ZoneInfo(contest.time_zone), now)
    return [each for each in contest.council if each.in_office_until is None or each.in_office_until >= today]


def tokens_of(identity: Identity, *, received: date) -> Tokens:
    """What later checks compare of author and co-authors; `received` is a day of the contest's calendar."""
    return Tokens.of(people_of(identity), received=received)


def council_of(rows: Sequence[MemberRow]) -> list[rules.CouncilMember]:
    return [
        rules.CouncilMember(
            member=MemberId(str(row.id)),
            identity=rules.Identity(
                name=row.name,
                also_known_as=tuple(row.also_known_as),
                emails=tuple(row.emails),
                registration_numbers=tuple(row.registration_numbers),
            ),
            terms=(rules.Term(row.in_office_from, row.in_office_until),),
        )
        for row in rows
    ]


def person_of(identity: Identity) -> rules.Identity:
    return rules.Identity(
        name=identity.name,
        also_known_as=identity.also_known_as,
        emails=(identity.email,) if identity.email else (),
        registration_numbers=(identity.registration_number,) if identity.registration_number else (),
        organisations=identity.organisations,
    )


def people_of(identity: Identity) -> list[rules.Identity]:
    others = [
        rules.Identity(name=name, emails=(email,) if email else ()) for name, email in identity.co_authors
    ]
    return [person_of(identity), *others]
