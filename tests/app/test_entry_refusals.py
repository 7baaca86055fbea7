"""What is refused at entry says why, keeps the form as filled in, and stores nothing."""

import io
import re
import zipfile

import pytest
from sqlalchemy import select

from app.database import reading
from app.intake.prepare import prepare
from app.tables import Entry
from app.tables.entries import Work
from tests.app.entrants import Entrant, rows
from tests.app.stages import uploads
from tests.entering import essay_docx


@pytest.fixture
def entrant(site):
    return Entrant(site)


def compound(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le")


def with_macros():
    out = io.BytesIO(essay_docx())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return out.getvalue()


@pytest.mark.parametrize(
    ("essay", "status", "said"),
    [
        (b" \n", 422, "no text in this file"),
        (compound("EncryptedPackage"), 422, "protected by a password"),
        (with_macros(), 415, "macros"),
        (b"<?xml version='1.0'?><essay/>", 415, "save it as a Word document"),
        (b"\x7fELF\x02\x01\x01" + bytes(400), 415, "not a text document"),
        (essay_docx()[:2000], 422, "send"),
    ],
    ids=["empty", "encrypted", "macros", "mislabelled", "program", "truncated"],
)
def test_file_that_cannot_be_read_is_refused_and_the_form_kept(entrant, essay, status, said):
    answer = entrant.press(essay)

    assert answer.status_code == status
    assert said in answer.text
    assert 'value="Imogen Tarrant"' in answer.text
    assert 'value="Larkspur"' in answer.text
    assert rows(entrant.prize) == [0] * 5
    assert uploads(entrant.prize) == []


def test_pasted_text_that_cannot_be_read_is_said_once(entrant):
    answer = entrant.press(text="... --- ...")

    assert answer.status_code == 422
    assert "Choose the file of your essay" not in answer.text


def test_field_longer_than_the_form_takes_is_said_at_it_alone(entrant):
    answer = entrant.press(essay_docx(), phone="7" * 61)

    assert answer.status_code == 422
    assert "longer than the form can take" in answer.text
    assert "Give your full name" not in answer.text
    assert "Each declaration has to be true" not in answer.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nom_de_plume": ""}, "Choose a nom de plume"),
        ({"nom_de_plume": "Lark\u202espur"}, "can be printed"),
        ({"category": "poets"}, "Choose the category"),
        ({"name": "..."}, "Give your full name"),
        ({"email": ""}, "Give an e-mail or a postal address"),
        ({"email": "imogen at example"}, "does not look like an e-mail"),
        ({"co_authors": "Ada, no address"}, "one co-author a line"),
        ({"known_to": ["somebody"]}, "members of Council from the list"),
        ({"declare": []}, "Each declaration has to be true"),
        ({"ai": ""}, "whether you used artificial intelligence"),
        ({"ai": "yes"}, "Say what you used it for"),
        ({"journal": ""}, "whether the Journal may consider"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_has_to_be_changed_is_said_and_nothing_stored(entrant, changes, said):
    answer = entrant.press(text="I had presented her three times.", **changes)

    assert answer.status_code == 422
    assert said in answer.text
    assert rows(entrant.prize) == [0] * 5


def test_file_of_more_than_twenty_megabytes_is_refused(entrant):
    answer = entrant.press(b"x" * (21 * 1024 * 1024))

    assert answer.status_code == 413
    assert "21 MB; the most we can take is 20 MB" in answer.text
    assert 'value="Imogen Tarrant"' in answer.text
    assert uploads(entrant.prize) == []


def test_essay_over_the_limits_is_entered_with_a_caution(entrant):
    references = [f"{n}. Balint M. The doctor and his patient {n}. Lancet 1955." for n in range(1, 13)]
    essay = essay_docx("one more word " * 1400, "References", *references)
    entrant.press(essay)
    with reading(entrant.prize.engines.contest) as session:
        entry_id = session.scalars(select(Entry.id)).one()

    prepare(entrant.prize.engines, entry_id=entry_id, now=entrant.prize.clock())

    with reading(entrant.prize.engines.contest) as session:
        assert session.get_one(Entry, entry_id).work is Work.DONE
    text = entrant.client.get("/receipt").text
    assert re.search(r"4,2\d\d words; the rule says at most 4,000", text)
    assert "12 references; the rule says at most 10" in text
