"""Numbers, ids and lists say nothing of the order in which essays came."""

import shutil
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.desk.postal import PostalForm, log_postal_entry
from app.engines import make_engines
from app.intake.admit import Admitted
from app.intake.receipts import new_receipt
from app.panel.deal import deal_entry
from app.settings import Settings
from app.tables import Assignment, Entry
from tests.conftest import IN_TIME, Clock, Prize

MANY = 240
TOO_MUCH = 4.5
"""Standard errors. Of 30,000 fair draws one would be as far off; these are drawn once and for all."""


def arrive(prize, count):
    """So many entries by post, an hour apart, without their text; return their ids in order of arrival."""
    ids = []
    for place in range(count):
        form = PostalForm(
            delivered_on=(IN_TIME - timedelta(hours=count - place)).date(),
            nom_de_plume=f"Nom {place}",
            category="everyone-else",
            copies=0,
            copies_place="",
            envelope_label=f"E{place}",
            envelope_place="tin box",
            condition="",
            note="",
        )
        outcome = log_postal_entry(
            prize.engines, visit=prize.staff.administrator, form=form, receipt=new_receipt(), now=IN_TIME
        )
        assert isinstance(outcome, Admitted), outcome
        ids.append(outcome.entry_id)
    return ids


def shift_from_chance(values):
    """How far the ranks of `values` follow their places, in standard errors of Spearman's coefficient."""
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    count, middle = len(values), (len(values) - 1) / 2
    together = sum((place - middle) * (ranks[value] - middle) for place, value in enumerate(values))
    spread = sum((place - middle) ** 2 for place in range(count))
    return together / spread * (count - 1) ** 0.5


@pytest.fixture(scope="module")
def many(founded, chance, tmp_path_factory):
    """A prize with many entries, every judge dealt all of them, and their ids in order of arrival."""
    folder, contest, staff = founded
    copy = tmp_path_factory.mktemp("many") / "data"
    shutil.copytree(folder, copy)
    prize = Prize(make_engines(Settings(data=copy)), Clock(), contest, staff)
    with chance.of("many entries"):
        ids = arrive(prize, MANY)
        with transaction(prize.engines.contest) as session:
            for entry_id in sorted(ids):
                deal_entry(session, session.get_one(Entry, entry_id))
    return prize, ids


def test_measure_finds_an_order_that_is_there():
    assert shift_from_chance(list(range(MANY))) > TOO_MUCH
    assert shift_from_chance(list(range(MANY, 0, -1))) < -TOO_MUCH
    assert abs(shift_from_chance([place * 101 % MANY for place in range(MANY)])) < TOO_MUCH


def test_numbers_and_ids_of_entries_do_not_follow_arrival(many):
    prize, ids = many
    with reading(prize.engines.contest) as session:
        numbers = [session.get_one(Entry, entry_id).number for entry_id in ids]

    assert abs(shift_from_chance(numbers)) < TOO_MUCH
    assert abs(shift_from_chance(ids)) < TOO_MUCH


def test_places_and_ids_in_judges_lists_do_not_follow_arrival(many):
    prize, ids = many
    for judge in prize.staff.judges:
        query = select(Assignment).where(Assignment.role_id == judge.role_id)
        with reading(prize.engines.contest) as session:
            own: dict[UUID, Assignment] = {each.entry_id: each for each in session.scalars(query)}

        assert len(own) == MANY
        assert abs(shift_from_chance([own[each].position for each in ids])) < TOO_MUCH
        assert abs(shift_from_chance([own[each].id for each in ids])) < TOO_MUCH


def test_judges_read_in_orders_of_their_own(many):
    prize, _ = many
    orders = []
    for judge in prize.staff.judges:
        query = select(Assignment.entry_id).where(Assignment.role_id == judge.role_id)
        with reading(prize.engines.contest) as session:
            orders.append(session.scalars(query.order_by(Assignment.position)).all())

    first = {entry_id: place for place, entry_id in enumerate(orders[0])}
    for other in orders[1:]:
        assert abs(shift_from_chance([first[each] for each in other])) < TOO_MUCH
