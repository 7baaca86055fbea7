"""Pictures of pages: read where Tesseract is, refused in plain words where it isn't."""

import io
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from anonymiser import RefusalCode, Refused, probe
from anonymiser.outside.programs import find_tesseract
from anonymiser.read.scan import MOST_PAGES, draw_page
from anonymiser.read.transcript import page_of
from anonymiser.sandbox import sandboxed_anonymise, sandboxed_probe

FONT = Path(__file__).parents[2] / "anonymiser" / "fonts" / "LiberationSerif-Regular.ttf"
LINES = (
    "The waiting room",
    "",
    "It was an ordinary Tuesday, and nobody in the practice",
    "had slept well. The gardener came in at ten and said",
    "nothing for a while. Silence has its uses, and I have",
    "learned to leave it where it is.",
    "",
    "In the group we spoke about him for an hour. Somebody",
    "asked what the doctor had felt, and the doctor could",
    "not say. That was the answer, and we all knew it.",
)

with_tesseract = pytest.mark.skipif(find_tesseract() is None, reason="Tesseract is not installed")


def draw_lines(lines=LINES, mode="L", dots=200):
    page = Image.new(mode, (round(8.27 * dots), round(11.69 * dots)), "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, round(14 * dots / 72))
    for number, line in enumerate(lines):
        pen.text((dots, dots + number * round(0.35 * dots)), line, "black", font)
    return page


def saved(picture, kind, **how):
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def scanned_pdf(*pages):
    out = io.BytesIO()
    pen = canvas.Canvas(out, pagesize=A4)
    for page in pages:
        pen.drawImage(ImageReader(page), 0, 0, *A4)
        pen.showPage()
    pen.save()
    return out.getvalue()


def words(text):
    return re.findall(r"\w+", text)


EXPECTED = words(" ".join(LINES))


def likeness(text):
    """Share of the words that are as they were, in order; a machine takes an I for a T here and there."""
    return SequenceMatcher(None, words(text), EXPECTED, autojunk=False).ratio()


def test_without_tesseract_the_refusal_says_what_to_send(monkeypatch):
    monkeypatch.setenv("NOMDEPLUME_TESSERACT", "")

    for source in (saved(draw_lines(), "PNG"), scanned_pdf(draw_lines())):
        for attempt in (probe, sandboxed_probe):
            with pytest.raises(Refused) as refused:
                attempt(source)
            assert refused.value.code is RefusalCode.SCANNED
            assert "pictures of pages" in refused.value.message
            assert ".docx" in refused.value.message


@with_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_pictures_are_known_by_their_content(kind):
    assert sandboxed_probe(saved(draw_lines(dots=50), kind)).format == "scan"


@with_tesseract
def test_a_picture_of_a_page_is_read(heading, words_of):
    made = sandboxed_anonymise(saved(draw_lines(), "JPEG"), authors=(), heading=heading)

    assert likeness(words_of(made.manuscript)) > 0.97
    assert made.report.format == "scan"
    assert made.manuscript.title == "The waiting room"
    assert [each.count for each in made.report.removed if "machine" in each.what] == [1]
    assert any("compare the clean copy" in warning for warning in made.report.warnings)


@with_tesseract
def test_lines_are_joined_into_paragraphs(heading):
    made = sandboxed_anonymise(saved(draw_lines(), "PNG"), authors=(), heading=heading)

    assert len(made.manuscript.blocks) < 6


@with_tesseract
def test_a_scanned_pdf_is_read_page_by_page(heading, words_of):
    source = scanned_pdf(draw_lines(LINES[:6]), draw_lines(LINES[6:]))

    made = sandboxed_anonymise(source, authors=(), heading=heading)

    assert likeness(words_of(made.manuscript)) > 0.97
    assert [each.count for each in made.report.removed if "machine" in each.what] == [2]


@with_tesseract
def test_a_fax_of_two_pages_is_read(heading, words_of):
    pages = [draw_lines(LINES[:6]).convert("1"), draw_lines(LINES[6:]).convert("1")]
    source = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")

    made = sandboxed_anonymise(source, authors=(), heading=heading)

    assert likeness(words_of(made.manuscript)) > 0.97


@with_tesseract
def test_a_page_that_lies_on_its_side_is_read(heading, words_of):
    source = saved(draw_lines().transpose(Image.Transpose.ROTATE_90), "PNG")

    made = sandboxed_anonymise(source, authors=(), heading=heading)

    assert likeness(words_of(made.manuscript)) > 0.97


@with_tesseract
def test_the_author_is_redacted_from_a_scan_too(heading, words_of, author):
    lines = (*LINES, "", "Jane Okonkwo, Larkfield Surgery")

    made = sandboxed_anonymise(saved(draw_lines(lines), "PNG"), authors=(author,), heading=heading)

    assert "Okonkwo" not in words_of(made.manuscript)
    assert "gardener" in words_of(made.manuscript)


@with_tesseract
def test_a_photograph_of_no_page_is_refused(heading):
    noise = Image.effect_noise((900, 1200), 90)

    with pytest.raises(Refused) as refused:
        sandboxed_anonymise(saved(noise, "PNG"), authors=(), heading=heading)

    assert refused.value.code is RefusalCode.SCANNED
    assert "reliably" in refused.value.message


def test_too_many_pictures_are_refused_before_any_is_read():
    page = Image.new("1", (8, 8))
    source = saved(page, "TIFF", save_all=True, append_images=[page] * MOST_PAGES)

    with pytest.raises(Refused) as refused:
        probe(source)

    assert refused.value.code is RefusalCode.TOO_LARGE


def test_a_picture_cut_off_is_refused():
    source = saved(draw_lines(), "PNG")

    with pytest.raises(Refused) as refused:
        draw_page(source[: len(source) // 2], 0)

    assert refused.value.code is RefusalCode.TRUNCATED


def test_a_transparent_picture_is_drawn_on_white():
    glass = Image.new("RGBA", (300, 400), (0, 0, 0, 0))

    with Image.open(io.BytesIO(draw_page(saved(glass, "PNG"), 0))) as drawn:
        assert drawn.getextrema() == (255, 255)


HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((10, 100), (60, 100)),  # upright
        ((880, 10), (880, 60)),  # turned to the right
        ((970, 880), (920, 880)),  # standing on its head
        ((100, 970), (100, 920)),  # turned to the left
    ],
)
def test_words_are_put_upright(first, second):
    rows = "".join(
        f"5\t1\t1\t1\t1\t{number}\t{left}\t{top}\t20\t20\t95\tword{number}\n"
        for number, (left, top) in enumerate((first, second))
    )

    page = page_of(f"{HEAD}1\t1\t0\t0\t0\t0\t0\t0\t1000\t1000\t-1\t\n{rows}")

    assert [word.text for word in sorted(page.words, key=lambda word: word.x0)] == ["word0", "word1"]
    assert page.words[0].baseline == page.words[1].baseline
    assert 80 < page.words[0].baseline < 110


def test_a_table_that_is_none_is_no_crash():
    for rubbish in ("", "\n\n", "level\nrubbish\twith\tfew", HEAD + "5\t1\t1\t1\t1\t1\tx\ty\tz\t1\t2\tword"):
        try:
            page_of(rubbish)
        except Refused as refused:
            assert refused.code is RefusalCode.CRASHED  # noqa: PT017 - either end is right
