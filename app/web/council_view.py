"""The Council list and changes of it as pages show them: a member in a line, a proposal before and after."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access import Visit
from app.desk.council import columns_of, member_of, pending
from app.tables import Contest, CouncilChange, CouncilMember, Person
from app.wording import in_words

LABELS = {
    "name": "Name",
    "also_known_as": "Also known as",
    "emails": "E-mail",
    "registration_numbers": "Registration number",
    "in_office_from": "In office from",
    "in_office_until": "Last day in office",
}


def members_values(contest: Contest) -> list[dict[str, Any]]:
    return [
        {
            "id": str(each.id),
            "name": each.name,
            "also_known_as": "; ".join(each.also_known_as),
            "emails": list(each.emails),
            "registration_numbers": "; ".join(each.registration_numbers),
            "term": term_in_words(each),
        }
        for each in contest.council
    ]


def proposals_values(session: Session, contest: Contest, visit: Visit) -> list[dict[str, Any]]:
    """Proposals that wait, each with what it changes."""
    return [_proposal(session, contest, each, visit) for each in pending(session, contest.id)]


def term_in_words(member: CouncilMember) -> str:
    since = _day(member.in_office_from)
    return (
        f"since {since}" if member.in_office_until is None else f"{since} to {_day(member.in_office_until)}"
    )


def _proposal(session: Session, contest: Contest, proposal: CouncilChange, visit: Visit) -> dict[str, Any]:
    member = None if proposal.member_id is None else member_of(contest, proposal.member_id)
    before = {} if member is None else columns_of(member)
    proposer = session.get_one(Person, proposal.proposed_by)
    return {
        "id": str(proposal.id),
        "heading": f"Add {proposal.change['name']}" if member is None else f"Change {member.name}",
        "is_new": member is None,
        "proposed": f"{proposer.name}, {in_words(proposal.proposed_at, ZoneInfo(contest.time_zone))}",
        "is_mine": proposal.proposed_by == visit.person_id,
        "lines": [
            {
                "label": label,
                "before": _shown(column, before.get(column)),
                "after": _shown(column, proposal.change[column]),
            }
            for column, label in LABELS.items()
            if column in proposal.change and (member is not None or proposal.change[column])
        ],
    }


def _shown(column: str, value: Any) -> str:
    if not value:
        return "none"
    if isinstance(value, list):
        return "; ".join(value)
    return _day(date.fromisoformat(value)) if column.startswith("in_office") else str(value)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
