"""An entrant sees and corrects who they are, with the receipt alone."""

import hashlib

import pytest
from sqlalchemy import select

from app.database import reading
from app.errors import Clash
from app.intake.corrections import correct_identity
from app.intake.identity_form import IdentityForm, typed_identity
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.record.entrant import EntrantKey
from app.record.leaves import signed_message
from app.tables import Entry, Hold, Leaf
from app.tables.entries import Work
from app.vault import age
from app.vault.digest import sealed_states
from app.vault.open import read_identity
from app.vault.tables import Correction, CouncilTokens, Envelope
from tests.app.essays import copies, entry_of, kinds, orders, stored_files, withdraw_now
from tests.app.stages import decide_now, open_for_entries_now, open_together, opened_by, payload
from tests.conftest import AFTER, IN_TIME
from tests.entering import WORDS, enter, essay_docx, submit_now


def correct(prize, entry_id, receipt, *, now=None, **changes):
    opened = opened_by(prize, entry_id, receipt)
    form = IdentityForm(**typed_identity(opened.identity) | changes)
    now = now or prize.clock()
    return correct_identity(prize.engines, opened=opened, receipt=receipt, form=form, arrived_at=now, now=now)


def identity(prize, entry_id, receipt):
    """Read afresh with the envelope's own secret, as the officers would."""
    secret = opened_by(prize, entry_id, receipt).secret
    with reading(prize.engines.vault.opening) as session:
        return read_identity(session, entry_id=entry_id, secret=secret)


def words_of(prize, entry_id):
    return prize.engines.copies.get(copies(prize, entry_id)[-1].manuscript_key).decode()


def test_correction_is_what_every_reader_of_the_identity_reads(prize):
    entry_id, receipt = enter(prize)

    assert correct(prize, entry_id, receipt, phone="020 7946 0991") == []
    assert correct(prize, entry_id, receipt, postal_address="4 Mill Lane") == []

    for read in (identity(prize, entry_id, receipt), opened_by(prize, entry_id, receipt).identity):
        assert (read.name, read.phone, read.postal_address) == (
            "Imogen Tarrant",
            "020 7946 0991",
            "4 Mill Lane",
        )
    assert opened_by(prize, entry_id, receipt).corrections == 2


def test_correction_adds_a_row_and_changes_none(prize):
    entry_id, receipt = enter(prize)
    with reading(prize.engines.vault.engine) as session:
        before = session.get_one(Envelope, entry_id).identity

    correct(prize, entry_id, receipt, phone="1")

    with reading(prize.engines.vault.engine) as session:
        assert session.get_one(Envelope, entry_id).identity == before
        (row,) = session.scalars(select(Correction))
        assert payload(row.identity) == payload(before)
        versions = session.scalars(select(CouncilTokens.version).order_by(CouncilTokens.version)).all()
    assert versions == [1, 2]


def test_correction_is_on_the_record_and_signed_by_the_receipt(prize):
    entry_id, receipt = enter(prize)

    correct(prize, entry_id, receipt, phone="1")

    with reading(prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "correction")).one()
        number = session.get_one(Entry, entry_id).number
    with reading(prize.engines.vault.engine) as session:
        row = session.scalars(select(Correction)).one()
        assert leaf.told["rows"][f"correction {number} 1"] == {
            "identity": hashlib.sha256(row.identity).hexdigest()
        }
        assert sealed_states([row], number=number).items() <= leaf.told["rows"].items()
    key = EntrantKey.from_receipt(receipt.octets)
    message = signed_message(prize.contest.id, kind="correction", told=leaf.told)
    assert leaf.signature == key.sign(message)
    assert "Tarrant" not in str((leaf.told, leaf.kept))


def test_other_name_is_taken_out_of_the_essay_by_a_new_pass(prize):
    essay = essay_docx(WORDS, "So said Winifred Ashdown, and so did Imogen Tarrant, and both were I.")
    entry_id, receipt = enter(prize, essay=essay)
    assert "Ashdown" in words_of(prize, entry_id)

    assert correct(prize, entry_id, receipt, name="Winifred Ashdown", email="w@example.org") == []
    assert entry_of(prize, entry_id).work is Work.FIRST_PASS
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert len(copies(prize, entry_id)) == 1
    assert "Ashdown" not in words_of(prize, entry_id)
    assert "Tarrant" not in words_of(prize, entry_id)  # the name of before is taken out as well
    assert orders(prize) == []
    assert len(stored_files(prize)) == 3  # one sealed original, its copy and its manuscript
    assert opened_by(prize, entry_id, receipt).note.fingerprint == hashlib.sha256(essay).hexdigest()


def test_other_name_waits_for_the_pass_that_was_owed_already(prize):
    receipt = new_receipt()
    entry_id = submit_now(prize, receipt=receipt).entry_id

    correct(prize, entry_id, receipt, name="Winifred Ashdown", email="w@example.org")
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert entry_of(prize, entry_id).work is Work.DONE
    assert orders(prize) == []


def test_new_telephone_leaves_the_copy_as_it_is(prize):
    entry_id, receipt = enter(prize)
    before = copies(prize, entry_id)[0].id

    correct(prize, entry_id, receipt, phone="020 7946 0991", email="imogen@elsewhere.example")

    assert [each.id for each in copies(prize, entry_id)] == [before]
    assert entry_of(prize, entry_id).work is Work.DONE


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "full name"),
        ({"email": "", "postal_address": ""}, "email", "can be reached"),
        ({"email": "nobody"}, "email", "does not look like"),
        ({"name": "Lark Spurling"}, "name", "would say who you are"),
        ({"co_authors": ", x@example.org"}, "co_authors", "one co-author a line"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_sealed(prize, changes, field, words):
    entry_id, receipt = enter(prize)

    problems = correct(prize, entry_id, receipt, **changes)

    assert field in [problem.field for problem in problems]
    assert any(words in problem.message for problem in problems)
    assert opened_by(prize, entry_id, receipt).corrections == 0
    assert kinds(prize) == ["entry"]


def test_address_of_a_council_member_is_refused(prize):
    entry_id, receipt = enter(prize)
    member = next(each for each in prize.contest.council if each.emails)

    (problem,) = correct(prize, entry_id, receipt, email=member.emails[0])

    assert "Council" in problem.message
    assert opened_by(prize, entry_id, receipt).corrections == 0


def test_name_like_a_council_members_is_put_before_the_officers_once(prize):
    entry_id, receipt = enter(prize)

    assert correct(prize, entry_id, receipt, name="Hariet Osgood") == []
    assert correct(prize, entry_id, receipt, phone="020 7946 0991") == []

    with reading(prize.engines.contest) as session:
        (hold,) = session.scalars(select(Hold).where(Hold.entry_id == entry_id))
    assert hold.eligible is None


def test_nothing_changed_is_no_correction(prize):
    entry_id, receipt = enter(prize)

    assert correct(prize, entry_id, receipt) == []

    assert opened_by(prize, entry_id, receipt).corrections == 0
    assert kinds(prize) == ["entry"]


def test_after_the_deadline_only_where_to_reach_changes(prize):
    entry_id, receipt = enter(prize)

    assert correct(prize, entry_id, receipt, now=AFTER, name="Somebody Else", phone="020 7946 0991") == []

    read = identity(prize, entry_id, receipt)
    assert (read.name, read.phone) == ("Imogen Tarrant", "020 7946 0991")


def test_with_the_judges_names_stand(released):
    entry_id, receipt = released.entries["Heron"], released.receipts["Heron"]
    before = identity(released.prize, entry_id, receipt)

    assert (
        correct(released.prize, entry_id, receipt, now=IN_TIME, name="Somebody Else", email="b@example.org")
        == []
    )

    after = identity(released.prize, entry_id, receipt)
    assert (after.name, after.email) == (before.name, "b@example.org")


def test_nothing_changes_once_the_entry_is_withdrawn(prize):
    entry_id, receipt = enter(prize)
    withdraw_now(prize, entry_id, receipt)

    with pytest.raises(Clash, match="withdrawn"):
        correct(prize, entry_id, receipt, phone="1")


def test_from_the_decision_on_winner_and_others_get_the_same_answer(marked):
    decide_now(marked, "Larkspur")
    open_together(marked, "Larkspur")

    answers = set()
    for nom in ("Larkspur", "Heron"):
        with pytest.raises(Clash) as refused:
            correct(marked.prize, marked.entries[nom], marked.receipts[nom], now=AFTER, phone="1")
        answers.add((refused.value.happened, refused.value.kept))
    assert len(answers) == 1


def test_two_corrections_from_the_same_page_leave_one(prize):
    entry_id, receipt = enter(prize)
    opened = opened_by(prize, entry_id, receipt)
    forms = [IdentityForm(**typed_identity(opened.identity) | {"phone": phone}) for phone in "12"]

    def send(form):
        return correct_identity(
            prize.engines, opened=opened, receipt=receipt, form=form, arrived_at=IN_TIME, now=IN_TIME
        )

    assert send(forms[0]) == []
    with pytest.raises(Clash, match="same moment"):
        send(forms[1])

    assert identity(prize, entry_id, receipt).phone == "1"
    assert kinds(prize) == ["entry", "correction"]


def test_correction_sealed_to_another_key_opens_for_nobody(prize):
    entry_id, receipt = enter(prize)
    correct(prize, entry_id, receipt, phone="1")

    with reading(prize.engines.vault.engine) as session:
        row = session.scalars(select(Correction)).one()
        with pytest.raises(Exception, match="does not open"):
            age.unseal(row.identity, age.new_secret())


def test_page_shows_the_holder_what_the_envelope_holds_and_takes_the_correction(site):
    prize, client = site.prize, site.client()
    _, receipt = enter(prize, organisations="Larkfield Surgery")
    open_for_entries_now(prize)
    client.post("/receipt", data={"code": receipt.text})

    text = client.get("/receipt/envelope").text
    assert "Larkfield Surgery" in text
    assert "imogen.tarrant@example.org" in text
    refused = client.post("/receipt/envelope", data={"name": "", "phone": "020 7946 0991"})
    assert refused.status_code == 422
    assert "020 7946 0991" in refused.text  # nothing typed is lost
    done = client.post("/receipt/envelope", data={"phone": "020 7946 0991"})
    assert (done.status_code, done.headers["location"]) == (303, "/receipt?done=corrected")
    again = client.get("/receipt/envelope").text
    assert "020 7946 0991" in again
    assert "Larkfield Surgery" in again
