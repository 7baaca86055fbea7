"""An entry by post: logged with its envelope shut, its text typed in once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.desk.postal import PostalForm, add_text, log_postal_entry
from app.desk.register import find_entry
from app.errors import Clash
from app.intake.admit import Admitted
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.intake.state import state_of
from app.intake.versions import seal_typed_text
from app.tables import Entry, PaperCopy
from app.tables.entries import Work
from tests.conftest import CLOSES, IN_TIME, OPENS
from tests.entering import WORDS, enter

TEXT = WORDS * 3


def form(**changes):
    given = {
        "delivered_on": IN_TIME.date(),
        "nom_de_plume": "Paper Curlew",
        "category": "everyone-else",
        "copies": 3,
        "copies_place": "Tray",
        "envelope_label": "E-1",
        "envelope_place": "The safe",
        "condition": "",
        "note": "",
    }
    return PostalForm(**(given | changes))


def log(prize, *, receipt=None, now=IN_TIME, **changes):
    return log_postal_entry(
        prize.engines,
        visit=prize.staff.administrator,
        form=form(**changes),
        receipt=receipt or new_receipt(),
        now=now,
    )


def type_in(prize, entry_id, text=TEXT):
    return add_text(prize.engines, visit=prize.staff.administrator, entry_id=entry_id, text=text, now=IN_TIME)


def entry_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        return find_entry(session, prize.contest.id, entry_id)


def test_postal_entry_is_logged_without_text_and_then_typed_in(prize):
    entry_id = log(prize).entry_id
    before = state_of(entry_of(prize, entry_id))
    problems = type_in(prize, entry_id)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert (before, problems) == ("no-text", [])
    assert len(entry_of(prize, entry_id).copies) == 1


def test_postal_entry_with_its_text_is_prepared_at_once(prize):
    entry_id = log(prize, text=TEXT).entry_id
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert entry_of(prize, entry_id).work is Work.DONE


def test_postal_entry_is_dated_by_its_day_of_delivery(prize):
    entry_id = log(prize, delivered_on=CLOSES, now=IN_TIME + timedelta(days=40)).entry_id

    assert entry_of(prize, entry_id).received_at.date() == CLOSES


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delivered_on": None}, "date_received"),
        ({"delivered_on": IN_TIME.date() + timedelta(days=1)}, "date_received"),
        ({"delivered_on": OPENS - timedelta(days=1)}, "date_received"),
        ({"nom_de_plume": ""}, "nom_de_plume"),
        ({"category": "poets"}, "category"),
        ({"copies": -1}, "copies"),
        ({"envelope_label": ""}, "envelope_label"),
        ({"envelope_place": ""}, "envelope_place"),
        ({"text": "... --- ..."}, "text"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_what_is_missing_is_said_at_its_field(prize, changes, field):
    assert [problem.field for problem in log(prize, **changes)] == [field]


def test_post_delivered_late_is_returned_unopened(prize):
    late = CLOSES + timedelta(days=1)

    (problem,) = log(prize, delivered_on=late, now=IN_TIME + timedelta(days=40))

    assert "by its day of delivery" in problem.message
    assert "Keep the envelope closed" in problem.message


def test_two_envelopes_do_not_share_a_label(prize):
    log(prize)

    (problem,) = log(prize, nom_de_plume="Heron")

    assert problem.field == "envelope_label"


def test_nom_taken_already_gets_a_suffix(prize):
    enter(prize, nom_de_plume="Paper Curlew")

    entry_id = log(prize).entry_id

    assert entry_of(prize, entry_id).nom_de_plume == "Paper Curlew (the second)"


def test_form_sent_twice_is_one_entry(prize):
    receipt = new_receipt()
    first, second = (log(prize, receipt=receipt) for _ in range(2))

    assert isinstance(second, Admitted)
    assert (second.entry_id, second.repeated) == (first.entry_id, True)
    with reading(prize.engines.contest) as session:
        assert len(session.scalars(select(PaperCopy)).all()) == 1


def test_text_typed_in_stands(prize):
    entry_id = log(prize, text=TEXT).entry_id

    with pytest.raises(Clash, match="text already"):
        type_in(prize, entry_id, "Another text.")


def test_typing_cut_short_between_the_databases_can_be_done_again(prize):
    """The vault has the text already, the entry does not know it yet: as a kill between two commits leaves it."""
    entry_id = log(prize).entry_id
    seal_typed_text(prize.engines, entry_id=entry_id, version=1, essay=b"cut short", now=IN_TIME)

    problems = type_in(prize, entry_id)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert problems == []
    assert entry_of(prize, entry_id).work is Work.DONE


def test_postal_entry_in_need_of_repair_can_be_typed_in_again(prize):
    """As the desk's page asks: "Type the text in again from the paper copies."."""
    entry_id = log(prize, text=TEXT).entry_id
    with transaction(prize.engines.contest) as session:
        session.get_one(Entry, entry_id).work = Work.REPAIR

    problems = type_in(prize, entry_id)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert problems == []
    assert entry_of(prize, entry_id).work is Work.DONE
