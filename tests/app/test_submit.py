from sqlalchemy import func, select

from app.database import reading
from app.intake.admit import Admitted
from app.intake.receipts import new_receipt
from app.tables import Entry, Hold
from app.vault.open import open_with_receipt
from tests.entering import enter, submit_now


def test_entry_is_prepared_and_opens_with_its_receipt_alone(prize):
    entry_id, receipt = enter(prize)
    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        assert (entry.work, len(entry.copies)) == ("done", 1)
    with reading(prize.engines.vault.engine) as session:
        opened = open_with_receipt(session, entry_id=entry_id, version=1, receipt=receipt.octets)
    assert opened.identity.name == "Imogen Tarrant"


def test_pressing_twice_is_one_entry_with_one_receipt(prize):
    receipt = new_receipt()
    first = submit_now(prize, receipt=receipt)
    second = submit_now(prize, receipt=receipt, nom_de_plume="Somebody Else")
    assert isinstance(first, Admitted)
    assert (second.entry_id, second.repeated) == (first.entry_id, True)
    with reading(prize.engines.contest) as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_council_members_address_is_refused_with_the_rule(prize):
    problems = submit_now(prize, receipt=new_receipt(), email="H.Osgood@example.org")
    assert [problem.field for problem in problems] == ["name"]
    assert "Members of Council may not enter" in problems[0].message


def test_name_like_a_council_members_is_entered_and_held(prize):
    entry_id, _ = enter(prize, name="Osgood, Harriet", email="somebody@example.net")
    with reading(prize.engines.contest) as session:
        hold = session.scalars(select(Hold).where(Hold.entry_id == entry_id)).one()
    assert (hold.eligible, hold.note) == (None, "")


def test_nom_de_plume_that_is_taken_or_tells_is_said_at_its_field(prize):
    enter(prize)
    taken = submit_now(
        prize, receipt=new_receipt(), nom_de_plume="LARK SPUR", name="Ada Quill", email="a@example.net"
    )
    telling = submit_now(prize, receipt=new_receipt(), nom_de_plume="Tarrantula")
    assert [[problem.field for problem in each] for each in (taken, telling)] == [["nom_de_plume"]] * 2
