"""How tests have the Council check made: by the officers' real operations, with the keys the tests hold."""

from datetime import date
from typing import Any

from app.ceremony.council_bundle import read_bundle
from app.ceremony.council_device import compare, hand_over, outcome_text
from app.ceremony.council_parts import bundle_to_compare, bundle_to_hand_over, take_parts
from app.database import reading, transaction
from app.demo.checking import check_council
from app.desk.council import MemberForm, pending, propose_members, settle_change
from app.intake.checked import checked_numbers
from app.tables import Contest, CouncilMember
from tests.conftest import AFTER


def check(prize: Any, *, now: Any = AFTER) -> int | None:
    """Compare every entry with the Council list, and record what came of it."""
    return check_council(prize.engines, prize.staff, now=now)


def checked(prize: Any) -> set[int]:
    """Numbers of the entries a check in force has covered."""
    with reading(prize.engines.contest) as session:
        return checked_numbers(session, session.get_one(Contest, prize.contest.id))


def key_of(prize, officer):
    return prize.staff.keys[officer.person_name.split()[-1].lower()]


def hand_to(prize, giver, receiver, *, now=AFTER):
    lines = bundle_to_hand_over(prize.engines, visit=giver, to=receiver.role_id, now=now)
    sealed = hand_over(read_bundle(lines), key_of(prize, giver))
    take_parts(prize.engines, visit=giver, to=receiver.role_id, sealed=sealed, now=now)
    return sealed


def compared_by(prize, officer, *, now=AFTER):
    bundle = read_bundle(bundle_to_compare(prize.engines, visit=officer, now=now))
    return outcome_text(bundle, compare(bundle, key_of(prize, officer)))


def join_council(prize, name, **more):
    """Put somebody on the Council list after the entries came in."""
    with transaction(prize.engines.contest) as session:
        member = CouncilMember(
            contest_id=prize.contest.id, name=name, in_office_from=date(2026, 1, 1), **more
        )
        session.add(member)
        session.flush()
        return member.id


def change_list(prize, name, *, now):
    """Propose and confirm a member, as two people do."""
    form = MemberForm(name, date(2026, 1, 1))
    propose_members(prize.engines, visit=prize.staff.administrator, forms=[form], now=now)
    with reading(prize.engines.contest) as session:
        (proposal,) = pending(session, prize.contest.id)
    officer = prize.staff.officers[0]
    settle_change(prize.engines, visit=officer, change_id=proposal.id, confirmed=True, now=now)
