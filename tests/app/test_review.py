"""The desk settles each finding; the copy is typeset again, and only takes away."""

import pytest

from app.database import reading, transaction
from app.desk.release import release_entries
from app.desk.review import ask_for_repair, decide_finding
from app.errors import Clash, NotHere, Unusable
from app.intake.prepare import prepare
from app.jobs import claim
from app.tables import Entry
from app.tables.entries import Work
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter, essay_docx

ESSAY = essay_docx("Mrs Dorothea Pell, of Ludlow, came every Tuesday at nine. Mrs Dorothea Pell wept.")


@pytest.fixture
def entry_id(prize):
    return enter(prize, essay=ESSAY)[0]


def entry_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        return entry, list(entry.findings), list(entry.copies)


def decide(prize, entry_id, *, verdict="replace", stand_in="[the patient]", finding_id=None):
    _, findings, _ = entry_of(prize, entry_id)
    decide_finding(
        prize.engines,
        visit=prize.staff.administrator,
        entry_id=entry_id,
        finding_id=finding_id or findings[0].id,
        verdict=verdict,
        stand_in=stand_in,
        now=IN_TIME,
    )


def text_of(prize, entry_id):
    _, _, copies = entry_of(prize, entry_id)
    return prize.engines.copies.get(copies[-1].manuscript_key).decode()


def test_patient_named_in_the_essay_is_found(prize, entry_id):
    _, findings, _ = entry_of(prize, entry_id)

    assert "Pell" in " ".join(finding.term for finding in findings)
    assert "Pell" in text_of(prize, entry_id)


def test_stand_in_takes_the_place_of_the_words_in_a_new_copy(prize, entry_id):
    _, (finding, *_), before = entry_of(prize, entry_id)
    decide(prize, entry_id)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    _, _, after = entry_of(prize, entry_id)
    assert (len(before), len(after)) == (1, 2)
    assert finding.term not in text_of(prize, entry_id)
    assert "[the patient]" in text_of(prize, entry_id)


def test_undoing_brings_the_words_back(prize, entry_id):
    _, (finding, *_), _ = entry_of(prize, entry_id)
    for verdict in ("replace", "undo"):
        decide(prize, entry_id, verdict=verdict)
        prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert finding.term in text_of(prize, entry_id)


def test_words_kept_need_no_new_copy(prize, entry_id):
    decide(prize, entry_id, verdict="keep")

    entry, (finding, *_), copies = entry_of(prize, entry_id)
    assert (entry.work, finding.decision, len(copies)) == (Work.DONE, "kept", 1)


def test_stand_in_is_needed(prize, entry_id):
    with pytest.raises(Unusable):
        decide(prize, entry_id, stand_in=" ")

    assert entry_of(prize, entry_id)[1][0].decision == ""


def test_finding_of_another_entry_is_not_here(prize, entry_id):
    other, _ = enter(prize, essay=ESSAY, nom_de_plume="Heron", name="Ada Quill", email="ada@example.net")
    _, (finding, *_), _ = entry_of(prize, other)

    with pytest.raises(NotHere):
        decide(prize, entry_id, finding_id=finding.id)


def test_deciding_faster_than_the_worker_typesets_does_not_park_the_entry(prize, entry_id):
    """Each decision takes the work from the worker that had begun it: that is no failed attempt."""
    for n in range(4):
        decide(prize, entry_id, stand_in=f"[patient {n}]")
        with transaction(prize.engines.contest) as session:
            assert claim(session, entry_id=entry_id, now=IN_TIME) is not None
    decide(prize, entry_id, stand_in="[the patient]")

    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert entry_of(prize, entry_id)[0].work is Work.DONE
    assert "[the patient]" in text_of(prize, entry_id)


def test_essay_with_findings_open_is_not_released(prize, entry_id):
    with pytest.raises(Clash, match="findings are still open"):
        release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=AFTER)


def test_nothing_is_released_before_the_deadline(prize):
    entry_id, _ = enter(prize)

    with pytest.raises(Clash, match="nothing is released before"):
        release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=IN_TIME)


def test_released_essay_is_frozen(released):
    prize, entry_id = released.prize, released.entries["Heron"]

    with pytest.raises(Clash):
        ask_for_repair(prize.engines, visit=prize.staff.administrator, entry_id=entry_id, now=AFTER)
    with pytest.raises(Clash, match="already with the judges"):
        release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=AFTER)


def test_essay_that_needs_no_repair_is_not_asked_for_again(prize, entry_id):
    with pytest.raises(Clash, match="needs no repair"):
        ask_for_repair(prize.engines, visit=prize.staff.administrator, entry_id=entry_id, now=IN_TIME)
