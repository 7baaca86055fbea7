"""An essay of any kind of file goes the whole way: entered, prepared, and the receipt says what became of it."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from anonymiser.outside.programs import find_libreoffice, find_tesseract
from anonymiser.typeset.faces import FONTS
from app.database import reading
from app.tables import Entry
from app.tables.entries import Work
from tests.entering import enter

SAMPLES = Path(__file__).parents[1] / "anonymiser" / "samples"
KINDS = {
    "rich.docx": "docx",
    "rich-libreoffice.odt": "odt",
    "rich-pandoc.rtf": "rtf",
    "rich-libreoffice.html": "html",
    "pdf-libreoffice.pdf": "pdf",
}


def copy_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        assert entry.work is Work.DONE, entry.repair_reason
        return entry.copies[-1]


@pytest.mark.parametrize("name", KINDS)
def test_essay_is_prepared_and_what_it_came_in_is_noted(prize, name):
    entry_id, _ = enter(prize, essay=(SAMPLES / name).read_bytes())

    copy = copy_of(prize, entry_id)
    assert copy.read_from == KINDS[name]
    assert copy.words > 50
    assert len(copy.paragraph_pages) > 3
    assert prize.engines.copies.get(copy.pdf_key).startswith(b"%PDF")


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed here")
def test_word_of_1997_is_prepared(prize):
    entry_id, _ = enter(prize, essay=(SAMPLES / "word97.doc").read_bytes())

    assert copy_of(prize, entry_id).read_from == "doc"


@pytest.mark.skipif(find_tesseract() is None, reason="tesseract is not installed here")
def test_scan_is_prepared_and_its_entrant_is_asked_to_compare(prize):
    entry_id, _ = enter(prize, essay=scan())

    copy = copy_of(prize, entry_id)
    assert copy.read_from == "scan"
    assert any("compare" in warning for warning in copy.warnings)


def scan():
    page = Image.new("L", (1240, 1754), "white")
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Regular.ttf"), 36)
    lines = ["On waiting", "", *["The group waited for her to begin, and nobody spoke."] * 12]
    ImageDraw.Draw(page).multiline_text((150, 150), "\n".join(lines), font=font, fill="black", spacing=18)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
