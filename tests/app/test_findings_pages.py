"""The desk's page of what was found: the likeliest laid out, the others folded, pictures to be looked at."""

import io
import re

import pytest
from docx import Document
from PIL import Image

from app.database import reading
from app.tables import Entry
from tests.app.stages import signed_in
from tests.entering import enter

PEOPLE = (
    *("Aldwin", "Borrick", "Cressa", "Dunmow", "Everild", "Fennick", "Garside"),
    *("Hallam", "Isgrove", "Jessop", "Kittow", "Lanyon", "Merrick", "Norrish"),
)


def essay_with_many_names():
    document = Document()
    document.add_heading("On the people of one street", 0)
    for person in PEOPLE:
        document.add_paragraph(f"At noon the nurse told us that {person} had come again, and we made tea.")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def desk(site):
    return signed_in(site, site.prize.staff.administrator)


@pytest.fixture
def entry_id(prize):
    return enter(prize, essay=essay_with_many_names())[0]


def findings_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        return list(session.get_one(Entry, entry_id).findings)


def folded_part(page):
    return page[page.index("data-folded") :]


def test_ten_likeliest_are_laid_out_and_the_rest_is_folded(desk, prize, entry_id):
    page = desk.get(f"/desk/entries/{entry_id}").text

    words = [each for each in findings_of(prize, entry_id) if each.kind != "picture"]
    assert len(words) >= len(PEOPLE)
    for each in words:
        assert (f'id="finding-{each.id}"' in folded_part(page)) == (each.position >= 10)


def test_rest_can_be_kept_at_one_press_and_nothing_else_is(desk, prize, entry_id):
    page = desk.get(f"/desk/entries/{entry_id}").text
    named = re.findall(r'name="finding" value="([^"]+)"', page)

    answer = desk.post(f"/desk/entries/{entry_id}/findings", data={"finding": named})

    assert answer.status_code == 303
    kept = {str(each.id) for each in findings_of(prize, entry_id) if each.decision == "kept"}
    assert kept == set(named)
    assert len(named) > 1


def test_keeping_what_is_no_finding_changes_nothing(desk, prize, entry_id):
    other, _ = enter(prize, essay=essay_with_many_names(), nom_de_plume="Heron", name="Ada Quill")
    own, others = findings_of(prize, entry_id), findings_of(prize, other)

    for sent in ([str(own[0].id), str(others[0].id)], [str(own[0].id), "x"]):
        assert desk.post(f"/desk/entries/{entry_id}/findings", data={"finding": sent}).status_code in {
            400,
            404,
        }

    assert not any(each.decision for each in findings_of(prize, entry_id))


def test_each_place_is_shown_with_its_page(desk, entry_id):
    page = desk.get(f"/desk/entries/{entry_id}").text

    assert re.search(r'<span class="word">Page </span>1<', page)


def test_picture_is_shown_to_the_desk_alone(desk, site, entry_id):
    shown = desk.get(f"/desk/entries/{entry_id}/pictures/1")

    assert shown.headers["content-type"] in {"image/png", "image/jpeg"}
    assert Image.open(io.BytesIO(shown.content)).size == (60, 40)
    assert f"/desk/entries/{entry_id}/pictures/1" in desk.get(f"/desk/entries/{entry_id}").text
    for number in ("0", "2", "-1"):
        assert desk.get(f"/desk/entries/{entry_id}/pictures/{number}").status_code == 404
    judge = signed_in(site, site.prize.staff.judges[0])
    assert judge.get(f"/desk/entries/{entry_id}/pictures/1").status_code == 403
