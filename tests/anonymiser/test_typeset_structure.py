"""The copy as a screen reader meets it: tagged, in reading order, with language and title; and its page numbers."""

import io

from pypdf import PdfReader

from anonymiser import anonymise, verify_reading_copy
from anonymiser.manuscript import Cell, Manuscript, Paragraph, Picture, Role, Run, Table, walk_paragraphs
from anonymiser.read.images import encode_anew
from anonymiser.typeset import typeset

LINE = "The group met on Tuesday evenings in a room above the surgery, and for the first half hour nobody spoke. "


def text(words, role=Role.PARAGRAPH, **rest):
    return Paragraph(role, (Run(words),), **rest)


def tree(pdf):
    """Kinds of the structure's elements as nested lists, marked content left out."""

    def walk(element):
        kids = [kid.get_object() for kid in element.get("/K", [])]
        inner = [walk(kid) for kid in kids if isinstance(kid, dict) and "/S" in kid]
        return [element["/S"].lstrip("/"), *inner]

    return walk(PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]["/K"])


def test_every_kind_of_block_has_its_tag(heading):
    marked = Paragraph(Role.PARAGRAPH, (Run("Words"), Run("", note=1)))
    table = Table(((Cell((text("a"),)), Cell((text("b"),))), (Cell((text("c"),)), Cell((text("d"),)))))
    drawn = io.BytesIO()
    _picture().save(drawn, "PNG")
    blocks = (
        text("Title", Role.TITLE),
        text("Part", Role.HEADING, level=1),
        marked,
        text("Said", Role.QUOTE),
        text("one", Role.ITEM, label="1."),
        text("inner", Role.ITEM, label="•", level=1),
        text("two", Role.ITEM, label="2."),
        table,
        Picture(0, 20, 20),
    )
    manuscript = Manuscript(blocks, ((text("A note."),),), (encode_anew(drawn.getvalue()),))

    pdf = typeset(manuscript, heading).pdf

    item = ["LI", ["Lbl"], ["LBody"]]
    assert tree(pdf) == [
        "Document",
        ["H1"],
        ["H2"],
        ["P", ["Reference"]],
        ["BlockQuote", ["P"]],
        ["L", item, ["L", item], item],
        ["Table", ["TR", ["TH", ["P"]], ["TH", ["P"]]], ["TR", ["TD", ["P"]], ["TD", ["P"]]]],
        ["Figure"],
        ["Note", ["Lbl"], ["P"]],
    ]
    assert verify_reading_copy(pdf, manuscript=manuscript, heading=heading) == []


def _picture():
    from PIL import Image

    return Image.new("L", (8, 8))


def test_the_copy_says_its_language_and_shows_its_title(heading):
    root = PdfReader(io.BytesIO(typeset(Manuscript((text("Words."),)), heading).pdf)).root_object

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] is not None
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])


def test_a_paragraph_over_two_pages_is_one_element(heading):
    manuscript = Manuscript((text(LINE * 40),))

    copy = typeset(manuscript, heading)

    assert copy.pages > 1
    assert tree(copy.pdf) == ["Document", ["P"]]


def test_the_page_of_each_paragraph_is_told(heading):
    blocks = tuple(text(f"Paragraph {number}. {LINE * 5}") for number in range(12))
    noted = Paragraph(Role.PARAGRAPH, (Run("Last."), Run("", note=1)))
    manuscript = Manuscript((*blocks, noted), ((text("The note."),),), statement=(text("None."),))

    copy = typeset(manuscript, heading)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(copy.pdf)).pages]
    for paragraph, page in zip(walk_paragraphs(manuscript), copy.begins, strict=True):
        assert paragraph.text.split(".")[0] in pages[page - 1]


def test_a_finding_tells_the_pages_it_stands_on(heading):
    essay = f"An essay\n\nMrs Dunmore came.\n\n{(LINE * 12 + chr(10) + chr(10)) * 4}Mrs Dunmore went.\n"

    made = anonymise(essay.encode(), authors=(), heading=heading)

    (finding,) = [each for each in made.report.findings if "Dunmore" in each.text]
    assert finding.pages == (1, made.report.pages)


def test_a_long_note_begins_below_its_mark_and_goes_on_over_the_page(heading):
    marked = Paragraph(Role.PARAGRAPH, (Run("Marked"), Run("", note=1)))
    manuscript = Manuscript((*[text("Short.")] * 15, marked, text(LINE)), ((text(LINE * 16),),))

    copy = typeset(manuscript, heading)

    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(copy.pdf)).pages)
    assert first.index("Marked") < first.index("1. ")
    assert "nobody spoke" in second
    assert verify_reading_copy(copy.pdf, manuscript=manuscript, heading=heading) == []


def test_columns_are_as_wide_as_what_stands_in_them(heading):
    rows = [(LINE, "3"), (LINE, "12")]
    table = Table(tuple(tuple(Cell((text(words),)) for words in row) for row in rows))

    first = PdfReader(io.BytesIO(typeset(Manuscript((table,)), heading).pdf)).pages[0].extract_text()

    assert "The group met on Tuesday evenings in a room above the surgery, and" in first
