"""Documents made by other programs: some that came with the project, more where they lie beside the checkout."""

from pathlib import Path

import pytest

from anonymiser import Author, Heading, RefusalCode, Refused, anonymise
from anonymiser.manuscript import Role, Table, walk_paragraphs
from anonymiser.read import read

HERE = Path(__file__).parent / "samples"
AUTHOR = Author(name="Jane Okonkwo", organisations=("Larkfield Surgery",))


@pytest.mark.parametrize("name", ["libreoffice.docx", "pandoc.docx"])
def test_each_producers_document_is_read_whole(name):
    source = (HERE / name).read_bytes()

    made = anonymise(source, authors=(AUTHOR,), heading=Heading("4173", "Larkspur"))

    text = "\n".join(paragraph.text for paragraph in walk_paragraphs(made.manuscript))
    assert made.report.title == "On listening in the dark"
    assert b"Okonkwo" not in made.pdf
    assert "Okonkwo" not in text
    assert "Larkfield" not in text
    for words in (
        "Nobody spoke of medicine",
        "a quoted sentence",
        "the first point",
        "in a cell",
        "a footnote’s words",
    ):
        assert words in text
    roles = {paragraph.role for paragraph in walk_paragraphs(made.manuscript)}
    assert {Role.TITLE, Role.HEADING, Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.REFERENCE} <= roles
    assert any(isinstance(block, Table) for block in made.manuscript.blocks)
    assert len(made.manuscript.notes) == 1
    assert made.report.references == 2


def test_documents_from_the_wild_are_read_or_empty(wild):
    for path in sorted(wild.glob("**/*.docx")):
        try:
            anonymise(path.read_bytes(), authors=(AUTHOR,), heading=Heading("1", "L"))
        except Refused as refused:
            assert refused.code is RefusalCode.EMPTY, path.name  # noqa: PT017 - either end is right


def test_other_formats_from_the_wild_are_refused_in_words(wild):
    for pattern in ("**/*.pdf", "**/*.rtf", "**/*.odt"):
        for path in sorted(wild.glob(pattern)):
            with pytest.raises(Refused) as refused:
                read(path.read_bytes())
            assert refused.value.code is not RefusalCode.CRASHED


def test_naughty_strings_come_out_as_they_went_in(wild):
    lines = (wild / "naughty-strings.txt").read_text(encoding="utf-8").splitlines()
    text = "\n\n".join(line for line in lines if line.strip() and not line.startswith("#"))

    made = anonymise(("Essay.\n\n" + text).encode(), authors=(AUTHOR,), heading=Heading("1", "L"))

    assert made.report.pages > 10
