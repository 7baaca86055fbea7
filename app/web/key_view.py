"""What an officer's page of keys says: the own key, and which officers have one."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit
from app.tables import Contest, OfficerKey, Person, Role
from app.tables.people import RoleKind
from app.web.officers_frame import WORDS
from app.wording import day_in_words


def key_values(session: Session, visit: Visit) -> dict[str, Any]:
    contest = session.get_one(Contest, visit.contest_id)
    rows = session.execute(
        select(Role, Person, OfficerKey)
        .join(Person, Person.id == Role.person_id)
        .outerjoin(OfficerKey, OfficerKey.role_id == Role.id)
        .where(Role.contest_id == visit.contest_id, Role.kind == RoleKind.OFFICER)
        .order_by(Person.name)
    ).all()
    own = session.get(OfficerKey, visit.role_id)
    needed = WORDS[contest.keys_needed]
    return {
        "rule": f"Any {needed} of the {WORDS.get(len(rows), len(rows))} officers open an envelope, together.",
        "mine": None
        if own is None
        else {
            "public_key": own.public_key,
            "registered": day_in_words(own.registered_at.date()),
            "tested": False,
            "tested_words": "Entries are sealed to this key. Try now that you can still read its file.",
        },
        "officers": [
            {
                "name": person.name,
                "role": role.title,
                "state_label": "Key registered" if key else "No key yet",
                "state_class": "ready" if key else "held",
            }
            for role, person, key in rows
        ],
    }
