# ruff: noqa: E501 - XML and sentences of essays are not broken

import io
from dataclasses import replace

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from anonymiser import Author, FaultCode, Heading, Manuscript, verify_reading_copy
from anonymiser.manuscript import Paragraph, Role, Run
from anonymiser.typeset import typeset

WORDS = "The visible essay has these words and, by Jane Okonkwo, some others."


@pytest.fixture
def manuscript():
    return Manuscript((Paragraph(Role.TITLE, (Run("Title"),)), Paragraph(Role.PARAGRAPH, (Run(WORDS),))))


@pytest.fixture
def pdf(manuscript, heading):
    return typeset(manuscript, heading)[0]


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


def test_another_running_head_is_noticed(pdf):
    assert FaultCode.HEADING in codes(pdf, heading=Heading("4173", "Skylark"))


@pytest.mark.parametrize("name", ["Jane Okonkwo", "OKONKWO, Jane", "Jáne Okonkwo", "Jane Mary Okonkwo"])
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

    found = codes(out.getvalue())

    assert {FaultCode.FONT, FaultCode.METADATA} <= found
