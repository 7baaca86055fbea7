"""Makes the Council check as the officers' own devices would, where their keys are at hand: the demo and tests."""

from datetime import datetime

from app.ceremony.council_bundle import read_bundle
from app.ceremony.council_check import record_outcome
from app.ceremony.council_device import compare, hand_over, outcome_text
from app.ceremony.council_parts import bundle_to_compare, bundle_to_hand_over, compared_numbers, take_parts
from app.database import reading
from app.demo.contest import Staff
from app.engines import Engines
from app.tables import Contest


def check_council(engines: Engines, staff: Staff, *, now: datetime) -> int | None:
    """Hand over, compare, record. Return the check's number; None where there is nothing to compare."""
    first = staff.officers[0]
    with reading(engines.contest) as session:
        needed = session.get_one(Contest, first.contest_id).keys_needed
        if not compared_numbers(session, first.contest_id):
            return None
    keys = {each.role_id: staff.keys[each.person_name.split()[-1].lower()] for each in staff.officers}
    for giver in staff.officers[1:needed]:
        lines = bundle_to_hand_over(engines, visit=giver, to=first.role_id, now=now)
        sealed = hand_over(read_bundle(lines), keys[giver.role_id])
        take_parts(engines, visit=giver, to=first.role_id, sealed=sealed, now=now)
    bundle = read_bundle(bundle_to_compare(engines, visit=first, now=now))
    outcome = outcome_text(bundle, compare(bundle, keys[first.role_id]))
    return record_outcome(engines, visit=first, text=outcome, now=now)
