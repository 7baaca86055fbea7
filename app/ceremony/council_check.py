"""The Council check between deadline and release: officers together compare, and no envelope is opened.

What comes back from the last officer's device are entry numbers and rules; here they go on the record.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.council_bundle import OUTCOME
from app.ceremony.council_holds import follow_outcomes
from app.ceremony.council_parts import closed_contest, compared_numbers, keep_judges_out, require_parts
from app.database import transaction
from app.engines import Engines
from app.errors import Clash, Unusable
from app.intake.checked import digest, list_text, numbers_digest
from app.record.leaves import append_leaf
from app.tables import CouncilCheck, Person, Role
from app.vault.tables import CouncilHandover
from judging.eligibility import CouncilRule

_RULES = {"", *(rule.value for rule in CouncilRule)}


def record_outcome(engines: Engines, *, visit: Visit, text: str, now: datetime) -> int:
    """Put what comparing came to on the record, hold whom it calls for, and return the check's number."""
    found = _read_outcome(text, visit.contest_id)
    with transaction(engines.contest) as session:
        contest = closed_contest(session, visit, now, hold=True)
        keep_judges_out(session, visit)
        givers = require_parts(engines, contest, visit)
        if found["council"] != digest(list_text(contest.council)):
            raise Clash(
                "The Council list has changed since your file was downloaded.",
                kept="Nothing was recorded.",
                to_do="Download it again and compare once more.",
            )
        outcomes = {int(number): rule for number, rule in found["outcomes"].items()}
        if not outcomes.keys() <= set(compared_numbers(session, contest.id).values()):
            raise Unusable("This file names entries that are not here.", kept="Nothing was recorded.")
        check = CouncilCheck(
            contest_id=contest.id,
            number=1 + (session.scalar(_checks(contest.id)) or 0),
            entries=numbers_digest(outcomes),
            council=found["council"],
            outcomes={str(number): rule for number, rule in sorted(outcomes.items())},
            present=_names(session, [visit.role_id, *givers]),
            made_by=visit.person_id,
            made_at=now,
        )
        session.add(check)
        touched = follow_outcomes(session, contest.id, outcomes, now=now)
        append_leaf(session, contest_id=contest.id, kind="council check", rows=[check, *touched], now=now)
        number = check.number
    with transaction(engines.vault.opening) as session:
        session.execute(delete(CouncilHandover).where(CouncilHandover.contest_id == visit.contest_id))
    return number


def _read_outcome(text: str, contest_id: UUID) -> dict[str, Any]:
    try:
        found = json.loads(text)
        right = found["nomdeplume"] == OUTCOME and found["contest"] == str(contest_id)
        right = right and isinstance(found["council"], str) and set(found["outcomes"].values()) <= _RULES
        right = right and all(number.isdecimal() and number.isascii() for number in found["outcomes"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        right = False
    if not right:
        raise Unusable(
            "This is not what comparing wrote.",
            kept="Nothing was recorded.",
            to_do="Hand in the file the command wrote at its end.",
        )
    return dict(found)


def _names(session: Session, role_ids: list[UUID]) -> list[str]:
    query = select(Person.name).join(Role).where(Role.id.in_(role_ids)).order_by(Person.name)
    return list(session.scalars(query))


def _checks(contest_id: UUID) -> Any:
    return select(func.max(CouncilCheck.number)).where(CouncilCheck.contest_id == contest_id)
