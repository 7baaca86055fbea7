"""Documents inside the document (`w:altChunk`): Word shows their text as part of its own."""

from dataclasses import replace

from lxml import etree

from anonymiser.errors import Refused
from anonymiser.manuscript import Block, Cell, Manuscript, Paragraph, Picture, Run, Table, walk_paragraphs
from anonymiser.read.decode import decode
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.names import R
from anonymiser.read.reading import Reading
from anonymiser.read.recognise import recognise
from anonymiser.read.text import read_text
from anonymiser.report import Format

_DEEPEST = 2


def read_chunk(element: etree._Element, story: Story) -> list[Block]:
    """Return the blocks of an embedded document, or name it as lost."""
    document = story.document
    _, target, outside = story.relations.get(element.get(R + "id", ""), ("", "", True))
    source = document.package.read(target) if target and not outside else None
    try:
        reading = _read(source, target, document.depth + 1) if source else None
    except Refused:
        reading = None
    if reading is None:
        document.tally.add("embedded document, could not be kept", story.where)
        return []
    for removed in reading.removed:
        document.tally.add_removed(removed)
    return _take_over(reading.manuscript, story)


def _read(source: bytes, name: str, depth: int) -> Reading | None:
    if depth > _DEEPEST:
        return None
    found = recognise(source)
    if found is Format.DOCX:
        # The reader of the outer document: it and this file need each other.
        from anonymiser.read.docx import read_docx

        return read_docx(source, depth)
    if found is Format.TEXT:
        return read_text(decode(source)) if name.casefold().endswith(".txt") else None
    return _read_other(source, found)


def _read_other(source: bytes, found: Format) -> Reading | None:
    from anonymiser.read.html import read_html
    from anonymiser.read.rtf import read_rtf

    if found is Format.HTML:
        return read_html(source)
    return read_rtf(source) if found is Format.RTF else None


def _take_over(manuscript: Manuscript, story: Story) -> list[Block]:
    document = story.document
    first_note, first_image = len(document.notes), document.pictures.add(manuscript.images)

    def moved(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, runs=tuple(_renumbered(run, first_note) for run in block.runs))
        if isinstance(block, Table):
            rows = tuple(
                tuple(Cell(tuple(map(moved, cell.blocks)), cell.columns) for cell in row)
                for row in block.rows
            )
            return replace(block, rows=rows)
        return replace(block, image=block.image + first_image) if isinstance(block, Picture) else block

    for paragraph in walk_paragraphs(manuscript):
        document.account.draw(paragraph.text)
    document.notes.extend(tuple(map(moved, note)) for note in manuscript.notes)
    return [moved(block) for block in manuscript.blocks]


def _renumbered(run: Run, first: int) -> Run:
    return replace(run, note=run.note + first) if run.note else run
