"""How tests take officers through their rehearsal, by the operations of their page."""

from datetime import timedelta

from sqlalchemy import select

from app.ceremony.rehearsal import hand_in_test_part, own_test_share, register_key, trying
from app.database import reading, transaction
from app.demo.contest import Staff, add_contest, add_staff, key_name
from app.intake.keys import is_ready, officers_of
from app.tables import Contest, Entry
from app.vault import age
from tests.conftest import CLOSES, IN_TIME, OPENS, PASSWORD


def another_contest(engines, slug) -> tuple[Contest, Staff]:
    dates = {"opens_on": OPENS, "closes_on": CLOSES, "announced_on": CLOSES + timedelta(days=45)}
    with transaction(engines.contest) as session:
        contest = add_contest(session, slug=slug, title="The Essay Prize for 2026", **dates)
        return contest, add_staff(session, contest, password=PASSWORD)


def secret_of(prize, officer):
    return prize.staff.keys[key_name(officer)]


def register(prize, *officers, key="", now=IN_TIME):
    for officer in officers:
        public_key = age.public_key(key or secret_of(prize, officer))
        register_key(prize.engines, visit=officer, public_key=public_key, now=now)


def part_of(prize, officer, key=""):
    """What the officer's own device makes of the test share."""
    share = own_test_share(prize.engines, visit=officer, now=IN_TIME)
    return age.unseal(share, key or secret_of(prize, officer)).decode()


def hand_in(prize, officer, text="", *, now=IN_TIME):
    hand_in_test_part(prize.engines, visit=officer, text=text or part_of(prize, officer), now=now)


def ready(prize):
    with reading(prize.engines.contest) as session:
        return is_ready(session, prize.contest.id)


def with_tested_keys(prize):
    with reading(prize.engines.contest) as session:
        return {each.officer_id for each in officers_of(session, prize.contest.id)[0]}


def phrase(prize):
    return trying(prize.engines, prize.contest.id).phrase


def entries(prize):
    with reading(prize.engines.contest) as session:
        return session.scalars(select(Entry)).all()
