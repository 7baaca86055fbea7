"""Documents made by other programs: some that came with the project, more where they lie beside the checkout."""

import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from anonymiser import Author, Heading, RefusalCode, Refused, anonymise
from anonymiser.manuscript import Role, Table, walk_paragraphs
from anonymiser.read import read
from anonymiser.read.docx import read_docx

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


def test_other_formats_from_the_wild_are_read_or_refused_in_words(wild):
    for pattern in ("**/*.pdf", "**/*.rtf", "**/*.odt"):
        small = [path for path in sorted(wild.glob(pattern)) if path.stat().st_size < SMALL]
        for path in small[::4]:
            try:
                read(path.read_bytes())
            except Refused as refused:
                assert refused.code is not RefusalCode.CRASHED, path.name  # noqa: PT017 - either end is right


SMALL = 60_000  # bytes: scans and picture books take machines minutes to read
UNSEEN = {"del", "moveFrom", "rPrChange", "pPrChange", "instrText", "delText", "Fallback"}


def characters_shown(package, part):
    """Every character that stands in a text element, by a rule of its own: no style, no field is looked at."""

    def collect(element):
        kind = element.tag.rpartition("}")[2]
        if kind == "t" and ("wordprocessingml" in element.tag or "/math" in element.tag):
            shown.update("".join((element.text or "").split()))
        if kind not in UNSEEN:
            for child in element:
                collect(child)

    shown = Counter()
    collect(ET.fromstring(package.read(part)))  # noqa: S314 - these files are known
    return shown


def test_no_character_of_a_document_from_the_wild_is_lost(wild):
    """Fields that name their origin, and hidden text, are all that may be missing: each document says so."""
    short = []
    for path in sorted(wild.glob("**/*.docx")):
        with zipfile.ZipFile(path) as package:
            relations = re.findall(r"<Relationship [^>]*>", package.read("_rels/.rels").decode())
            main = next(each for each in relations if '/officeDocument"' in each)
            shown = characters_shown(package, re.search(r'Target="/?([^"]+)"', main)[1])
        reading = read_docx(path.read_bytes())
        kept = Counter("".join("".join(p.text for p in walk_paragraphs(reading.manuscript)).split()))
        if shown - kept:
            short.append(path.name)
        assert "Characters of text, which could not be kept" not in [each.what for each in reading.removed]

    assert short == []


def test_naughty_strings_come_out_as_they_went_in(wild):
    lines = (wild / "naughty-strings.txt").read_text(encoding="utf-8").splitlines()
    text = "\n\n".join(line for line in lines if line.strip() and not line.startswith("#"))

    made = anonymise(("Essay.\n\n" + text).encode(), authors=(AUTHOR,), heading=Heading("1", "L"))

    assert made.report.pages > 10
