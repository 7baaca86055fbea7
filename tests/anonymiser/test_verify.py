# ruff: noqa: E501 - XML and sentences of essays are not broken

import io
import random
import re
import zlib
from dataclasses import replace

import pytest
from PIL import Image as Picture
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from anonymiser import Author, FaultCode, Heading, Manuscript, verify_reading_copy
from anonymiser.manuscript import Image, Paragraph, Role, Run
from anonymiser.manuscript import Picture as PlacedPicture
from anonymiser.typeset import typeset

WORDS = "The visible essay has these words and, by Jane Okonkwo, some others."


@pytest.fixture
def manuscript():
    return Manuscript((Paragraph(Role.TITLE, (Run("Title"),)), Paragraph(Role.PARAGRAPH, (Run(WORDS),))))


@pytest.fixture
def pdf(manuscript, heading):
    return typeset(manuscript, heading).pdf


def codes(pdf, **known):
    return {fault.code for fault in verify_reading_copy(pdf, **known)}


def changed(pdf, change):
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.metadata = {"/Title": "Entry 4173"}
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_right_copy_has_no_faults(pdf, manuscript, heading):
    assert codes(pdf, manuscript=manuscript, heading=heading) == set()


def test_a_paragraph_of_many_notes_that_crosses_pages_is_checked_at_once(heading):
    before = (Paragraph(Role.PARAGRAPH, (Run("One line."),)),) * 112
    notes = range(1, 60)
    runs = tuple(run for note in notes for run in (Run("word "), Run("", note=note)))
    manuscript = Manuscript(
        (*before, Paragraph(Role.PARAGRAPH, runs)),
        notes=tuple((Paragraph(Role.PARAGRAPH, (Run("A note."),)),) for _ in notes),
    )

    assert codes(typeset(manuscript, heading).pdf, manuscript=manuscript) == set()


CHANGES = {
    "a script": (lambda writer: writer.root_object.update({NameObject("/OpenAction"): TextStringObject("x")}), FaultCode.METADATA),
    "an attachment": (lambda writer: writer.add_attachment("a.txt", b"x"), FaultCode.FORBIDDEN_OBJECT),
    "an outline": (lambda writer: writer.add_outline_item(title="x", page_number=0), FaultCode.FORBIDDEN_OBJECT),
    "an author": (lambda writer: writer.add_metadata({"/Author": "x"}), FaultCode.METADATA),
    "another page size": (lambda writer: writer.pages[0].scale_by(0.5), FaultCode.PAGE_SIZE),
    "a turned page": (lambda writer: writer.pages[0].rotate(90), FaultCode.FORBIDDEN_OBJECT),
    "XMP": (lambda writer: writer.root_object.update({NameObject("/Metadata"): TextStringObject("x")}), FaultCode.METADATA),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_noticed(pdf, change):
    action, code = CHANGES[change]

    assert code in codes(changed(pdf, action))


def test_other_words_are_noticed(pdf, manuscript):
    for other in (
        "The visible essay",
        f"{WORDS} More.",
        WORDS.replace("these", "those"),
        WORDS.replace(" has", "has"),
    ):
        paragraph = replace(manuscript.blocks[1], runs=(Run(other),))

        assert codes(pdf, manuscript=replace(manuscript, blocks=(manuscript.blocks[0], paragraph))) == {
            FaultCode.WORDS
        }


def rebuilt(pdf, before, after):
    """The file with some of its bytes changed, and its table of objects made right again."""
    assert before in pdf
    body, _, rest = pdf.replace(before, after, 1).partition(b"xref\n0 ")
    rows = rest.split(b"trailer")[0].splitlines()
    for number in range(1, len(rows) - 1):
        found = body.find(b"\n%d 0 obj" % number) + 1
        rows[number + 1] = b"%010d 00000 n " % found
    trailer = rest.partition(b"trailer")[2].partition(b"startxref")[0]
    table = b"xref\n0 " + b"\n".join(rows) + b"\n"
    return body + table + b"trailer" + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def repacked(pdf, change):
    """The file with the content of its first page changed."""
    start = pdf.index(b"<</Filter/FlateDecode/Length ")
    for match in re.finditer(rb"<</Filter/FlateDecode/Length (\d+)>>stream\n", pdf):
        packed = pdf[match.end() : match.end() + int(match[1])]
        content = zlib.decompress(packed)
        if content.startswith(b"BT"):
            start = match.start()
            break
    anew = zlib.compress(change(content))
    before = pdf[start : match.end() + int(match[1])]
    return rebuilt(pdf, before, b"<</Filter/FlateDecode/Length %d>>stream\n%b" % (len(anew), anew))


def test_a_file_put_together_again_is_still_right(pdf, manuscript, heading):
    assert codes(rebuilt(pdf, b"/Lang", b"/Lang"), manuscript=manuscript, heading=heading) == set()
    assert codes(repacked(pdf, lambda content: content), manuscript=manuscript, heading=heading) == set()


TAMPERINGS = {
    "an object nothing refers to": (b"\nendobj\nxref", b"\nendobj\n900 0 obj\n(Jane)\nendobj\nxref"),
    "a comment between objects": (b"\nendobj\n2 0 obj", b"\nendobj\n% Jane\n2 0 obj"),
    "an author": (b"/Title", b"/Author(Jane)/Title"),
    "a producer": (b"/Title", b"/Producer(Writer)/Title"),
    "another language": (b"en-GB", b"en-Jane"),
    "an expansion in the structure": (b"/S/H1/", b"/S/H1/E(Jane)/"),
    "a description in the structure": (b"/S/H1/", b"/S/H1/Alt(Jane)/"),
    "text told in place of the essay's": (b"/S/P/", b"/S/P/ActualText(Jane)/"),
    "an id in the structure": (b"/S/H1/", b"/S/H1/ID(Jane)/"),
    "a tag of its own": (b"/S/H1/", b"/S/Jane/"),
    "an action on opening": (b"/MarkInfo", b"/OpenAction<</S/JavaScript/JS(x)>>/MarkInfo"),
    "an annotation": (b"/Tabs/S", b"/Tabs/S/Annots[]"),
    "a turned page": (b"/Tabs/S", b"/Tabs/S/Rotate 90"),
    "another face": (b"CODEDF+LiberationSerif/", b"CODEDF+LiberationMono/"),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whatever_is_slipped_in_is_noticed(pdf, tampering):
    before, after = TAMPERINGS[tampering]

    assert codes(rebuilt(pdf, before, after))


CONTENTS = {
    "white text": lambda content: content.replace(b"27.6 TL", b"27.6 TL 1 1 1 rg"),
    "invisible text": lambda content: content.replace(b"27.6 TL", b"27.6 TL 3 Tr"),
    "small text": lambda content: content.replace(b" 12 Tf", b" 11 Tf"),
    "narrow leading": lambda content: content.replace(b"27.6 TL", b"24.0 TL"),
    "lines off the grid": lambda content: content.replace(b" 744.89 Tm", b" 740.00 Tm"),
    "text in the margin": lambda content: content.replace(b"1 0 0 1 72.00", b"1 0 0 1 60.00"),
    "text over the edge": lambda content: content.replace(b"1 0 0 1 72.00", b"1 0 0 1 200.00"),
    "stretched text": lambda content: content.replace(b"1 0 0 1 72.00", b"2 0 0 1 72.00"),
    "a comment": lambda content: content + b"\n% Jane",
    "text without a tag": lambda content: content.replace(b"EMC", b"EMC 1 0 0 1 72.00 744.89 Tm[(Jane )]TJ", 1),
    "text as a running head": lambda content: content.replace(b"/P<</MCID 1>>BDC", b"/Artifact<</Type/Pagination/Subtype/Header>>BDC"),
    "other words said than shown": lambda content: content.replace(b"<</MCID 1>>", b"<</MCID 1/ActualText<FEFF004A>>>"),
}  # fmt: skip


@pytest.mark.parametrize("change", CONTENTS)
def test_a_page_drawn_otherwise_is_noticed(pdf, change):
    assert codes(repacked(pdf, CONTENTS[change]))


def test_no_file_however_broken_makes_it_fail(pdf):
    draws = random.Random(7)
    for _ in range(150):
        broken = bytearray(pdf)
        for _ in range(draws.randint(1, 4)):
            at = draws.randrange(len(broken))
            broken[at : at + draws.randint(0, 3)] = draws.randbytes(draws.randint(0, 3))
        assert isinstance(verify_reading_copy(bytes(broken)), list)


def test_pictures_carry_no_metadata(heading):
    drawn = io.BytesIO()
    Picture.effect_noise((80, 60), 90).convert("RGB").save(
        drawn, "JPEG", comment=b"by Jane", exif=b"Exif\0\0Jane"
    )
    manuscript = Manuscript(
        (Paragraph(Role.PARAGRAPH, (Run("See."),)), PlacedPicture(0, 80, 60)),
        images=(Image(drawn.getvalue(), "image/jpeg"),),
    )

    copy = typeset(manuscript, heading).pdf

    assert b"Jane" not in copy
    assert codes(copy, manuscript=manuscript) == set()
    # The same picture as it came in is noticed.
    start = copy.index(b"\xff\xd8")
    end = copy.index(b"\nendstream", start)
    slipped = copy[start : start + 2] + b"\xff\xfe\x00\x06Jane" + copy[start + 2 : end]
    told = rebuilt(copy, copy[start:end], slipped).replace(
        b"/Length %d>>" % (end - start), b"/Length %d>>" % len(slipped)
    )
    assert codes(told)


def test_another_running_head_is_noticed(pdf):
    assert FaultCode.HEADING in codes(pdf, heading=Heading("4173", "Skylark"))


NAMES = [
    "Jane Okonkwo",
    "OKONKWO, Jane",
    "Jáne Okonkwo",
    "Jane Mary Okonkwo",
    "Jаnе Оkоnkwо",
    "Ja\u00adne Okonkwo",
]


@pytest.mark.parametrize("name", NAMES)
def test_an_author_who_is_named_is_noticed(pdf, name):
    assert codes(pdf, authors=(Author(name="X Y", also_known_as=(name,)),)) == {FaultCode.IDENTIFIER}


def test_bytes_after_the_end_are_noticed(pdf):
    assert codes(pdf + b"\n% Jane was here\n%%EOF")


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.4", b"no pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"])
def test_what_is_no_pdf_is_a_fault(junk):
    assert FaultCode.UNREADABLE in codes(junk)


def test_another_programs_pdf_is_no_reading_copy():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.28, 841.89))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(20, 400, "Words")
    canvas.save()

    assert codes(out.getvalue()) == {FaultCode.UNREADABLE}
