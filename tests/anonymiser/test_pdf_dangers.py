"""What no reader of a PDF's pages sees never reaches the manuscript, and is counted."""

import io
from collections.abc import Callable

import pypdf
import pytest
from PIL import Image
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from anonymiser.manuscript import Picture
from anonymiser.read.pdf import read_pdf

SECRET = "Jane Okonkwo"
SENTENCE = "It was quiet in the room, and nobody spoke of it."


def made(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(72, 700, SENTENCE)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(source: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(source))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(source: bytes, words_of) -> tuple[str, dict[str, int]]:
    reading = read_pdf(source)
    return words_of(reading.manuscript), {each.what: each.count for each in reading.removed}


def in_white(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, SECRET)


def in_white_upon_other_words(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 701, SECRET)


def invisibly(canvas):
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    canvas.drawText(text)


def transparently(canvas):
    canvas.setFillAlpha(0)
    canvas.drawString(72, 600, SECRET)


def squeezed_to_nothing(canvas):
    text = canvas.beginText(72, 400)
    text.setFont("Times-Roman", 12)
    text.setHorizScale(2)
    text.textOut(SECRET)
    canvas.drawText(text)


def in_tiny_type(canvas):
    canvas.setFont("Times-Roman", 1)
    canvas.drawString(72, 600, SECRET)


def off_the_page(canvas):
    canvas.drawString(700, 600, SECRET)


def cut_off(canvas):
    path = canvas.beginPath()
    path.rect(0, 0, 20, 20)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 600, SECRET)


def beneath_a_black_box(canvas):
    canvas.drawString(72, 600, SECRET)
    canvas.rect(70, 595, 200, 20, fill=1)


def beneath_a_box_with_a_label(canvas):
    canvas.drawString(72, 600, SECRET)
    canvas.rect(70, 595, 200, 20, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(80, 600, "withheld")


def beneath_a_white_box(canvas):
    canvas.drawString(72, 600, SECRET)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(70, 595, 200, 20, fill=1, stroke=0)


def beneath_a_picture(canvas):
    canvas.drawString(72, 600, SECRET)
    canvas.drawImage(ImageReader(Image.effect_noise((80, 40), 90)), 60, 580, 200, 60)


def in_black_upon_black(canvas):
    canvas.rect(70, 595, 200, 20, fill=1)
    canvas.drawString(72, 600, SECRET)


def askew_across_the_page(canvas):
    canvas.rotate(40)
    canvas.drawString(400, 100, SECRET)


def large_and_pale_behind_the_text(canvas):
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.setFont("Times-Roman", 70)
    canvas.drawString(72, 400, SECRET)


def as_a_browser_prints_where_a_file_lay(canvas):
    canvas.setFont("Times-Roman", 8)
    canvas.drawString(30, 20, "file:///C:/Users/Jane%20Okonkwo/essay.html")


@pytest.mark.parametrize(
    "hide",
    [
        in_white,
        in_white_upon_other_words,
        invisibly,
        transparently,
        squeezed_to_nothing,
        in_tiny_type,
        off_the_page,
        cut_off,
        beneath_a_black_box,
        beneath_a_box_with_a_label,
        beneath_a_white_box,
        beneath_a_picture,
        in_black_upon_black,
        askew_across_the_page,
        large_and_pale_behind_the_text,
        as_a_browser_prints_where_a_file_lay,
    ],
)
def test_what_is_not_seen_or_not_of_the_essay_does_not_pass_and_is_counted(hide, words_of):
    text, removed = read(made(hide), words_of)

    assert "Okonkwo" not in text
    assert SENTENCE in text
    assert sum(count for what, count in removed.items() if not what.startswith("The file")) == 1


def test_words_seen_on_dark_ground_or_in_grey_pass(words_of):
    def draw(canvas):
        canvas.rect(70, 595, 300, 20, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 600, "White upon black is read.")
        canvas.setFillColorRGB(0.7, 0.7, 0.7)
        canvas.drawString(72, 500, "Grey is read too. I say.")

    text, _ = read(made(draw), words_of)

    assert "White upon black is read." in text
    assert "Grey is read too. I say." in text


def test_a_hidden_layer_does_not_pass(words_of):
    def hide(writer):
        layer = writer._add_object(
            DictionaryObject(
                {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("x")}
            )
        )
        page = writer.pages[0]
        page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L0"): layer})
        content = DecodedStreamObject()
        content.set_data(
            page.get_contents().get_data()
            + f"\n/OC /L0 BDC BT /F2 12 Tf 1 0 0 1 72 600 Tm ({SECRET}) Tj ET EMC\n".encode()
        )
        page[NameObject("/Contents")] = writer._add_object(content)
        writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject([layer]),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([layer])}),
            }
        )

    text, removed = read(changed(made(lambda _: None), hide), words_of)

    assert "Okonkwo" not in text
    assert removed["Hidden text"] == 1


def test_comments_files_programs_properties_and_outlines_do_not_pass(words_of):
    def add(writer):
        writer.add_annotation(0, FreeText(text=SECRET, rect=(72, 500, 200, 520)))
        writer.add_annotation(0, Text(text=SECRET, rect=(72, 400, 90, 420)))
        writer.add_attachment("okonkwo.txt", SECRET.encode())
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(SECRET)}
        names = ArrayObject([TextStringObject(SECRET), writer._add_object(DictionaryObject(action))])
        writer._root_object["/Names"][NameObject("/JavaScript")] = DictionaryObject(
            {NameObject("/Names"): names}
        )
        writer.add_outline_item(title=SECRET, page_number=0)
        writer.add_metadata({"/Author": SECRET, "/Title": SECRET})

    reading = read_pdf(changed(made(lambda _: None), add))
    removed = {each.what: each.count for each in reading.removed}

    assert words_of(reading.manuscript) == SENTENCE
    assert "Okonkwo" not in repr(reading)
    assert removed["Comments"] == 2
    assert removed["Embedded files"] == 1
    assert removed["Macros (small programs)"] == 1
    assert removed["Names of bookmarks"] == 1
    assert removed["The file’s properties: author, company, dates"] >= 2


def test_what_was_typed_into_a_form_is_named_as_lost(words_of):
    def draw(canvas):
        canvas.acroForm.textfield(name="essay", value=SECRET, x=72, y=500, width=300, height=40)

    text, removed = read(made(draw), words_of)

    assert text == SENTENCE
    assert removed["Filled-in form fields, which could not be kept"] == 1


def test_a_picture_is_kept_as_it_is_seen():
    """What is cropped away or painted over in the original is not in the copy's picture either."""

    def draw(canvas):
        picture = Image.new("RGB", (100, 100), (200, 0, 0))
        picture.paste((0, 0, 200), (50, 0, 100, 100))
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(72, 300, 100, 200)
        canvas.clipPath(path, stroke=0)
        canvas.drawImage(ImageReader(picture), 72, 300, 200, 200)
        canvas.restoreState()
        canvas.setFillColorRGB(0, 0, 0)
        canvas.rect(72, 300, 200, 60, fill=1)

    manuscript = read_pdf(made(draw)).manuscript

    with Image.open(io.BytesIO(manuscript.images[0].data)) as image:
        seen = image.convert("RGB")
    assert [block.width for block in manuscript.blocks if isinstance(block, Picture)] == [
        pytest.approx(200, abs=1)
    ]
    assert seen.getpixel((seen.width // 4, seen.height // 4)) == pytest.approx((200, 0, 0), abs=6)
    assert seen.getpixel((seen.width * 3 // 4, seen.height // 4)) == pytest.approx((255, 255, 255), abs=6)
    assert seen.getpixel((seen.width // 2, seen.height - 10)) == pytest.approx((0, 0, 0), abs=6)


def test_a_letterhead_on_every_page_is_dropped():
    logo = ImageReader(Image.effect_noise((60, 30), 80))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(3):
        canvas.drawImage(logo, 72, 780, 60, 30)
        canvas.drawString(72, 700, f"Page {number} tells of something else entirely.")
        canvas.showPage()
    canvas.save()

    reading = read_pdf(out.getvalue())

    assert reading.manuscript.images == ()
    assert {each.what: each.count for each in reading.removed}["Headers and footers"] == 3
