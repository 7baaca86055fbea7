"""PDFs that can't be read as text are refused in words that say what to do; damaged ones that can are read."""

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from anonymiser import RefusalCode, Refused
from anonymiser.manuscript import Picture
from anonymiser.read.pdf import read_pdf
from anonymiser.read.pdf.render import count_pages, render_pages

SENTENCE = "It was quiet in the room, and nobody spoke of it."
SCAN = Image.effect_noise((200, 280), 60)


def made(*pages):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(canvas):
    for at in range(20):
        canvas.drawString(72, 700 - 20 * at, SENTENCE)


def scan(canvas):
    canvas.drawImage(ImageReader(SCAN), 0, 0, 595, 842)


def scan_with_invisible_text(canvas):
    scan(canvas)
    hidden = canvas.beginText(72, 700)
    hidden.setTextRenderMode(3)
    for _ in range(20):
        hidden.textLine(SENTENCE)
    canvas.drawText(hidden)


def invisible_text_below_a_scan(canvas):
    text(canvas)
    scan(canvas)


def refusal(source):
    with pytest.raises(Refused) as refused:
        read_pdf(source)
    return refused.value


@pytest.mark.parametrize("page", [scan, scan_with_invisible_text, invisible_text_below_a_scan])
def test_pages_that_are_pictures_are_refused_as_scanned(page):
    assert refusal(made(page, page)).code is RefusalCode.SCANNED


def test_a_picture_of_a_page_among_pages_of_text_is_kept_as_a_picture():
    blocks = read_pdf(made(text, text, scan)).manuscript.blocks

    assert any(isinstance(block, Picture) for block in blocks)


def encrypted(user, owner):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(text)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_for_opening_is_refused_and_one_for_changing_is_not_asked():
    assert refusal(encrypted("secret", "other")).code is RefusalCode.ENCRYPTED
    assert SENTENCE in read_pdf(encrypted("", "other")).manuscript.blocks[0].text


def test_half_a_file_is_refused_and_a_broken_table_of_contents_is_not():
    whole = made(text)
    broken = whole.replace(b"startxref\n", b"startxref\n9")

    assert refusal(whole[:600]).code in {RefusalCode.TRUNCATED, RefusalCode.UNREADABLE}
    assert SENTENCE in read_pdf(broken).manuscript.blocks[0].text


def test_a_form_that_only_acrobat_shows_is_refused_with_advice():
    refused = refusal(
        made(lambda canvas: canvas.drawString(72, 700, "Please wait... If this message is not replaced"))
    )

    assert refused.code is RefusalCode.UNSUPPORTED_FORMAT
    assert "form" in refused.message
    assert ".docx" in refused.message


def test_letters_that_stand_for_nothing_are_refused_like_a_scan():
    """The font's table says that every letter is one of private use, as broken printer drivers write."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(text)))
    lines = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"1 begincodespacerange <00> <FF>",
    ]
    lines += [b"endcodespacerange", b"1 beginbfrange <21> <7E> <E021> endbfrange", b"endcmap end end"]
    table = pypdf.generic.DecodedStreamObject()
    table.set_data(b"\n".join(lines))
    fonts = writer.pages[0]["/Resources"]["/Font"]
    for name in fonts:
        fonts[name][NameObject("/ToUnicode")] = writer._add_object(table)
    out = io.BytesIO()
    writer.write(out)

    refused = refusal(out.getvalue())

    assert refused.code is RefusalCode.SCANNED
    assert ".docx" in refused.message


def test_pages_without_end_are_refused():
    """A tree of pages whose branches lead back to its root."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(text)))
    root = writer._root_object["/Pages"]
    root[NameObject("/Kids")] = ArrayObject([writer._root_object.raw_get("/Pages"), *root["/Kids"]])
    out = io.BytesIO()
    writer.write(out)
    try:
        read_pdf(out.getvalue())
    except Refused as refused:
        assert refused.message  # noqa: PT017 - either end is right: what counts is that there is one


def test_a_form_that_draws_itself_ends():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(text)))
    form = pypdf.generic.DecodedStreamObject()
    form.set_data(b"/F0 Do")
    reference = writer._add_object(form)
    form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    form[NameObject("/BBox")] = ArrayObject([pypdf.generic.NumberObject(each) for each in (0, 0, 595, 842)])
    form[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/F0"): reference})}
    )
    page = writer.pages[0]
    page["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/F0"): reference})
    content = pypdf.generic.DecodedStreamObject()
    content.set_data(page.get_contents().get_data() + b"\n/F0 Do\n")
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)

    assert SENTENCE in read_pdf(out.getvalue()).manuscript.blocks[0].text


def test_pages_are_drawn_as_grey_pictures_of_bounded_size():
    source = made(scan, text)

    pages = render_pages(source, 100)

    assert count_pages(source) == len(pages) == 2
    with Image.open(io.BytesIO(pages[0])) as drawn:
        assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "L", (827, 1170))
    (second,) = render_pages(source, 5000, first=1)
    with Image.open(io.BytesIO(second)) as drawn:
        assert drawn.width * drawn.height <= 20_500_000


def test_samples_hold_no_path_or_name_of_this_machine():
    for file in (Path(__file__).parent / "samples").glob("pdf-*.pdf"):
        assert b"/home/" not in file.read_bytes()
        assert b"/tmp/" not in file.read_bytes()
