"""An entrant has everything erased: what can be read goes at once, what is sealed by the worker, files and logs too."""

from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select

from app.database import reading, transaction
from app.desk.messages import write_to_entrant
from app.errors import Clash, NotHere
from app.intake.erasure import ERASED, erase
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.jobs import LEASE, owed
from app.panel.views import essay_to_mark, reading_list
from app.record.entrant import EntrantKey
from app.record.leaves import signed_message
from app.tables import Announcement, Entry, Erasure, Exclusion, Leaf, Mark, Message, Result
from app.tables.ceremony import AwardKind
from app.tables.entries import Work
from app.vault.tables import VaultBase
from tests.app.essays import entry_of, kinds, replace, stored_files, withdraw_now
from tests.app.stages import decide_now, open_for_entries_now, opened_by, reading_of
from tests.app.test_corrections import correct
from tests.conftest import AFTER, IN_TIME
from tests.entering import WORDS, enter, essay_docx, submit_now

MARKS = ("Zephyrine", "Quackenbush", "zephyrine@", "Wisteria Almanac", "A sentence nobody else wrote")


def erase_now(prize, entry_id, receipt, now=None):
    erase(
        prize.engines, opened=opened_by(prize, entry_id, receipt), receipt=receipt, now=now or prize.clock()
    )


def enter_telling(prize):
    """An entry whose every part holds a mark that can be looked for."""
    with reading(prize.engines.contest) as session:
        member = str(session.merge(prize.contest, load=False).council[0].id)
    entry_id, receipt = enter(
        prize,
        essay=essay_docx(WORDS, "A sentence nobody else wrote, by Zephyrine Quackenbush."),
        nom_de_plume="Wisteria Almanac",
        name="Zephyrine Quackenbush",
        email="zephyrine@example.org",
        known_to=(member,),
    )
    desk = prize.staff.administrator
    text = "Wisteria Almanac, is A sentence nobody else wrote right?"
    assert (
        write_to_entrant(prize.engines.contest, visit=desk, entry_id=entry_id, text=text, now=IN_TIME) == []
    )
    assert correct(prize, entry_id, receipt, phone="020 7946 0991") == []
    return entry_id, receipt


def found_on_disk(prize):
    """Which marks stand anywhere in a file of the installation, and in which."""
    prize.engines.contest.dispose()
    data = prize.engines.settings.data
    return {
        (path.name, mark)
        for path in data.rglob("*")
        if path.is_file()
        for mark in MARKS
        if mark.encode() in path.read_bytes()
    }


def rows_in_vault(prize, entry_id):
    """Tables of the vault that still name the entry."""
    with reading(prize.engines.vault.engine) as session:
        tables = [each for each in VaultBase.metadata.sorted_tables if "entry_id" in each.columns]
        return [
            each.name
            for each in tables
            if session.scalar(select(func.count()).select_from(each).where(each.c.entry_id == entry_id))
        ]


def test_erasure_leaves_nothing_in_any_file(prize):
    entry_id, receipt = enter_telling(prize)
    before = {mark for _, mark in found_on_disk(prize)}
    assert before >= {"Wisteria Almanac", "A sentence nobody else wrote"}
    assert len(rows_in_vault(prize, entry_id)) >= 5

    erase_now(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert rows_in_vault(prize, entry_id) == []
    assert stored_files(prize) == set()
    assert found_on_disk(prize) == set()
    with reading(prize.engines.contest) as session:
        assert session.get_one(Erasure, entry_id).erased_at == IN_TIME
        assert owed(session, now=IN_TIME + LEASE * 2) == []


def test_log_that_somebody_reads_is_emptied_at_the_next_try(prize):
    entry_id, receipt = enter_telling(prize)
    erase_now(prize, entry_id, receipt)
    with reading(prize.engines.vault.engine) as reader:
        reader.connection().exec_driver_sql("SELECT count(*) FROM envelope").scalar()

        prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

        with reading(prize.engines.contest) as session:
            assert session.get_one(Erasure, entry_id).erased_at is None
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME + timedelta(hours=1))

    with reading(prize.engines.contest) as session:
        assert session.get_one(Erasure, entry_id).erased_at is not None
    assert found_on_disk(prize) == set()


def test_entry_keeps_its_number_and_nothing_that_tells(prize):
    entry_id, receipt = enter_telling(prize)
    before = entry_of(prize, entry_id)

    erase_now(prize, entry_id, receipt)

    after = entry_of(prize, entry_id)
    assert (after.number, after.entrant_key) == (before.number, before.entrant_key)
    assert (after.nom_de_plume, after.original, after.declared, after.manuscript_key) == (
        ERASED,
        "",
        [],
        None,
    )
    assert after.receipt_hash != receipt.hash
    with reading(prize.engines.contest) as session:
        for table in (Message, Exclusion):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_record_says_who_erased_it_and_blanks_every_other_leaf(prize):
    entry_id, receipt = enter_telling(prize)
    assert kinds(prize) == ["entry", "correction"]

    erase_now(prize, entry_id, receipt)

    with reading(prize.engines.contest) as session:
        leaves = session.scalars(select(Leaf).where(Leaf.entry_id == entry_id).order_by(Leaf.position)).all()
        number = session.get_one(Entry, entry_id).number
    assert [(leaf.kind, leaf.told is None) for leaf in leaves] == [
        ("entry", True),
        ("correction", True),
        ("erasure", False),
        ("erased", False),
    ]
    asked, done = leaves[2:]
    assert asked.signature == EntrantKey.from_receipt(receipt.octets).sign(
        signed_message(prize.contest.id, kind="erasure", told=asked.told)
    )
    assert asked.told["rows"][f"entry {number}"]["nom_de_plume"] == ERASED
    assert done.told["says"]["erased"] == [leaf.position for leaf in leaves[:2]]
    assert all(leaf.told_salt is None and leaf.kept_salt is None for leaf in leaves[:2])


def test_receipt_opens_nothing_afterwards_and_its_nom_is_free(prize):
    entry_id, receipt = enter_telling(prize)
    erase_now(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    with pytest.raises(Exception, match="sealed under this receipt"):
        opened_by(prize, entry_id, receipt)
    again = submit_now(prize, receipt=new_receipt(), nom_de_plume="Wisteria Almanac")
    assert again.entry_id != entry_id


def test_withdrawn_entry_can_be_erased_too(prize):
    entry_id, receipt = enter_telling(prize)
    withdraw_now(prize, entry_id, receipt)

    erase_now(prize, entry_id, receipt, now=AFTER)
    prepare(prize.engines, entry_id=entry_id, now=AFTER)

    assert found_on_disk(prize) == set()


def test_essay_with_the_judges_is_taken_from_them(marked):
    prize, judge = marked.prize, marked.prize.staff.judges[0]
    entry_id, receipt = marked.entries["Heron"], marked.receipts["Heron"]
    assignment_id = reading_of(marked, judge, "Heron")
    erase_now(prize, entry_id, receipt, now=AFTER)
    prepare(prize.engines, entry_id=entry_id, now=AFTER)

    with reading(prize.engines.contest) as session:
        assert "Heron" not in [essay.nom for essay in reading_list(session, judge)]
        assert len(reading_list(session, judge)) == 2
        with pytest.raises(NotHere):
            essay_to_mark(session, judge, assignment_id, now=AFTER)
        points = session.scalar(
            select(func.count()).select_from(Mark).where(Mark.assignment_id == assignment_id)
        )
    assert points > 0  # as numbers they stay
    assert decide_now(marked, "Larkspur") == []


def test_from_the_decision_to_the_announcement_all_wait_alike(marked):
    prize = marked.prize
    decide_now(marked, "Larkspur", commended=(marked.entries["Pencil Moth"],))
    answers = set()
    for nom in marked.entries:
        with pytest.raises(Clash) as refused:
            erase_now(prize, marked.entries[nom], marked.receipts[nom], now=AFTER)
        answers.add((refused.value.happened, refused.value.kept))
    assert len(answers) == 1

    with transaction(prize.engines.contest) as session:
        officer = prize.staff.officers[0].person_id
        session.add(Announcement(contest_id=prize.contest.id, announced_at=AFTER, announced_by=officer))
        larkspur = session.get_one(Entry, marked.entries["Larkspur"])
        session.add(result_for(larkspur))
    with pytest.raises(Clash, match="account of the prizes"):
        erase_now(prize, marked.entries["Larkspur"], marked.receipts["Larkspur"], now=AFTER)
    for nom in ("Heron", "Pencil Moth"):
        erase_now(prize, marked.entries[nom], marked.receipts[nom], now=AFTER)

    with reading(prize.engines.contest) as session:
        heron = session.get_one(Entry, marked.entries["Heron"])
        assert (heron.nom_de_plume, heron.withdrawal) == (ERASED, None)  # the ranking it was in stands


def result_for(entry):
    return Result(
        contest_id=entry.contest_id,
        category_id=entry.category_id,
        entry_id=entry.id,
        kind=AwardKind.WINNER,
        nom_de_plume=entry.nom_de_plume,
        announced_as="",
        essay_title="",
        position=1,
    )


def test_erasure_in_the_middle_of_a_pass_keeps_nothing_of_it(prize):
    receipt = new_receipt()
    entry_id = submit_now(prize, receipt=receipt).entry_id
    with transaction(prize.engines.contest) as session:
        session.get_one(Entry, entry_id).work_token = entry_id  # another worker is at it

    erase_now(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert stored_files(prize) == set()
    assert entry_of(prize, entry_id).work is Work.NONE


def test_nothing_can_be_changed_after_an_erasure(prize):
    entry_id, receipt = enter_telling(prize)
    opened = opened_by(prize, entry_id, receipt)
    erase_now(prize, entry_id, receipt)

    with pytest.raises(Clash):
        replace(prize, entry_id, receipt)
    with pytest.raises(Clash, match="erased already"):
        erase(prize.engines, opened=opened, receipt=receipt, now=IN_TIME)
    with pytest.raises(Clash, match="erased"):
        write_to_entrant(
            prize.engines.contest,
            visit=prize.staff.administrator,
            entry_id=entry_id,
            text="Hello",
            now=IN_TIME,
        )


def test_erasing_on_the_page_needs_its_tick_and_puts_the_receipt_away(site):
    prize, client = site.prize, site.client()
    entry_id, receipt = enter(prize)
    open_for_entries_now(prize)
    client.post("/receipt", data={"code": receipt.text})
    assert "What stays" in client.get("/receipt/erasure").text

    unticked = client.post("/receipt/erasure", data={})
    assert (unticked.status_code, entry_of(prize, entry_id).nom_de_plume) == (422, "Larkspur")
    ticked = client.post("/receipt/erasure", data={"confirm": "yes"})

    assert (ticked.status_code, ticked.headers["location"]) == (303, "/receipt/erased")
    assert "within a minute" in client.get("/receipt/erased").text
    again = client.post("/receipt", data={"code": receipt.text})
    assert again.headers["location"] == "/receipt?done=unknown"
    assert client.get("/receipt/receipt.pdf").headers.get("location") == "/receipt"


def test_vault_has_a_table_for_every_right_to_destroy(prize):
    """The worker's login may delete every row that names an entry; a new table is not forgotten."""
    names = set(inspect(prize.engines.vault.engine).get_table_names())
    with transaction(prize.engines.vault.working) as session:
        for table in VaultBase.metadata.sorted_tables:
            if "entry_id" in table.columns:
                assert table.name in names
                session.execute(table.delete().where(table.c.entry_id == prize.contest.id))
