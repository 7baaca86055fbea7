"""Whatever an entrant does with the receipt, an auditor finds the record and the rows agreed afterwards."""

import pytest

from app.ceremony.audit import audited_record
from app.database import transaction
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.record.leaves import append_leaf
from app.record.verifier.record import check_record
from app.tables import Announcement
from tests.app.essays import replace, withdraw_now
from tests.app.stages import decide_now
from tests.app.test_corrections import correct
from tests.app.test_custody import move
from tests.app.test_erasure import erase_now
from tests.app.test_postal import log
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter


def wrong_in(prize):
    return check_record(audited_record(prize.engines, contest_id=prize.contest.id)).wrong


def corrected(prize, entry_id, receipt):
    assert correct(prize, entry_id, receipt, name="Winifred Ashdown", email="w@example.org") == []


def corrected_twice(prize, entry_id, receipt):
    corrected(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    assert correct(prize, entry_id, receipt, phone="020 7946 0991") == []


def erased_after_much(prize, entry_id, receipt):
    corrected(prize, entry_id, receipt)
    replace(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    erase_now(prize, entry_id, receipt)


def withdrawn_then_erased(prize, entry_id, receipt):
    withdraw_now(prize, entry_id, receipt)
    erase_now(prize, entry_id, receipt)


@pytest.mark.parametrize(
    "act",
    [replace, withdraw_now, corrected, corrected_twice, erase_now, erased_after_much, withdrawn_then_erased],
)
def test_auditor_finds_nothing_wrong_before_and_after_the_worker_has_done_its_part(prize, act):
    entry_id, receipt = enter(prize)
    assert wrong_in(prize) == []

    act(prize, entry_id, receipt)
    assert wrong_in(prize) == []
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert wrong_in(prize) == []


def test_auditor_finds_nothing_wrong_after_paper_was_moved_and_its_entry_erased(prize):
    receipt = new_receipt()
    entry_id = log(prize, receipt=receipt).entry_id
    move(prize, entry_id, "The bank")
    assert wrong_in(prize) == []

    erase_now(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    move(prize, entry_id, "Destroyed unopened")

    assert wrong_in(prize) == []


def test_auditor_finds_nothing_wrong_after_a_judged_essay_was_erased(marked):
    prize, heron = marked.prize, marked.entries["Heron"]
    erase_now(prize, heron, marked.receipts["Heron"], now=AFTER)
    prepare(prize.engines, entry_id=heron, now=AFTER)
    assert wrong_in(prize) == []

    assert decide_now(marked, "Larkspur") == []
    with transaction(prize.engines.contest) as session:
        announcement = Announcement(
            contest_id=prize.contest.id,
            announced_at=AFTER,
            announced_by=prize.staff.officers[0].person_id,
        )
        session.add(announcement)
        append_leaf(session, contest_id=prize.contest.id, kind="announcement", rows=[announcement], now=AFTER)
    other = marked.entries["Pencil Moth"]
    erase_now(prize, other, marked.receipts["Pencil Moth"], now=AFTER)
    prepare(prize.engines, entry_id=other, now=AFTER)

    assert wrong_in(prize) == []
