"""Characters in against characters out: what the reader loses without knowing it is named."""

# ruff: noqa: E501 - XML is not broken

import pytest

from anonymiser.read import read
from anonymiser.read.docx import blocks, inline, read_docx, tables, words
from anonymiser.read.docx.names import W

LOST = "Characters of text, which could not be kept"
SENTENCE = "<w:p><w:r><w:t>Fifteen letters.</w:t></w:r></w:p>"


def lost(source):
    return sum(removed.count for removed in read(source).removed if removed.what == LOST)


def test_a_document_read_whole_loses_nothing(docx):
    notes = '<w:footnotes {ns}><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    body = SENTENCE + "<w:p><w:r><w:t>Marked</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"

    assert lost(docx(body, {"word/footnotes.xml": notes})) == 0


def test_text_in_a_place_the_reader_does_not_know_is_named(docx):
    strange = "<w:tbl><w:tblGrid><w:p><w:r><w:t>twelve chars</w:t></w:r></w:p></w:tblGrid></w:tbl>"

    assert lost(docx(SENTENCE + strange)) == len("twelvechars")


def test_hidden_and_deleted_text_is_left_for_a_reason_and_not_lost(docx):
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>"

    reading = read(docx(SENTENCE + hidden))

    assert {removed.what for removed in reading.removed} == {
        "Hidden text",
        "Deleted passages from tracked changes",
    }


def test_white_space_that_is_trimmed_is_no_loss(docx):
    assert lost(docx("<w:p><w:r><w:t xml:space='preserve'>  spaced   out \n </w:t></w:r></w:p>")) == 0


def lose_runs(monkeypatch):
    monkeypatch.setitem(inline._IN_PARAGRAPH, W + "r", inline.Inline.pass_by)


def lose_paragraphs(monkeypatch):
    monkeypatch.setitem(blocks._READERS, W + "p", blocks._pass_by)


def lose_words(monkeypatch):
    monkeypatch.setattr(words.Words, "append", lambda *_: None)


def lose_cells(monkeypatch):
    monkeypatch.setattr(tables, "_read_cell", lambda *_: [])


@pytest.mark.parametrize("slip", [lose_runs, lose_paragraphs, lose_words, lose_cells])
def test_a_reader_that_loses_something_is_found_out(docx, monkeypatch, slip):
    source = docx(SENTENCE + f"<w:tbl><w:tr><w:tc>{SENTENCE}</w:tc></w:tr></w:tbl>")
    assert lost(source) == 0

    slip(monkeypatch)

    removed = {removed.what: removed.count for removed in read_docx(source).removed}
    assert removed[LOST] >= len("Fifteenletters.")


def test_text_that_comes_out_twice_is_found_out_too(docx, monkeypatch):
    once = words.Words.append

    def twice(self, text):
        once(self, text)
        once(self, text)

    monkeypatch.setattr(words.Words, "append", twice)

    assert lost(docx(SENTENCE)) == len("Fifteenletters.")


def test_text_boxes_inside_text_boxes_are_counted_once(docx):
    def boxed(inside):
        return (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wps:txbx><w:txbxContent>{inside}"
            "</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            f"{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )

    source = docx(SENTENCE + boxed(SENTENCE + boxed(SENTENCE)))

    assert [block.text for block in read(source).manuscript.blocks] == ["Fifteen letters."] * 3
    assert lost(source) == 0


def test_alternatives_inside_a_drawing_are_counted_once(docx):
    inside = f"<wps:txbx><w:txbxContent>{SENTENCE}</w:txbxContent></wps:txbx>"
    drawing = f"<mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    source = docx(f"<w:p><w:r><w:drawing><wp:inline>{drawing}</wp:inline></w:drawing></w:r></w:p>")

    assert [block.text for block in read(source).manuscript.blocks] == ["Fifteen letters."]
    assert lost(source) == 0
