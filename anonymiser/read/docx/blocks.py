"""Reads the blocks of a story: paragraphs with roles and labels, tables, what controls wrap."""

from dataclasses import dataclass, field, replace

from lxml import etree

from anonymiser.manuscript import Block, Cell, Emphasis, Paragraph, Role, Run, Table
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.inline import Inline
from anonymiser.read.docx.looks import is_dark, read_look
from anonymiser.read.docx.names import MC, W, number, switch, value
from anonymiser.read.docx.styles import Style, outlined

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink")
)
_DELETED = frozenset((W + "del", W + "moveFrom"))
_INSET = 500  # twips on both sides: such a paragraph is a quotation
_HEADING_OWN = frozenset({Emphasis.BOLD})


@dataclass(slots=True)
class _Reader:
    story: Story
    blocks: list[Block] = field(default_factory=list)
    carried: list[Run] = field(default_factory=list)  # of a paragraph whose end was deleted


def read_blocks(parent: etree._Element, story: Story) -> list[Block]:
    reader = _Reader(story)
    _walk(parent, reader)
    if reader.carried:
        reader.blocks.append(Paragraph(Role.PARAGRAPH, tuple(reader.carried)))
    return reader.blocks


def _walk(parent: etree._Element, reader: _Reader) -> None:
    for element in parent:
        tag = element.tag
        if tag == W + "p":
            _read_paragraph(element, reader)
        elif tag == W + "tbl":
            reader.blocks.append(_read_table(element, reader.story))
        elif tag in _WRAPPERS:
            _walk(element, reader)
        elif tag in _DELETED:
            reader.story.document.tally.add("deleted passage", reader.story.where)
        elif tag == MC + "AlternateContent":
            choice = element.find(MC + "Choice")
            chosen = choice if choice is not None else element.find(MC + "Fallback")
            if chosen is not None:
                _walk(chosen, reader)
        elif tag == W + "altChunk":
            reader.story.document.tally.add("embedded document, could not be kept", reader.story.where)
        elif tag == W + "r":
            _read_stray_run(element, reader)


def _read_stray_run(run: etree._Element, reader: _Reader) -> None:
    """Read a run that some program put where only paragraphs may stand."""
    inline = Inline(reader.story, reader.story.document.styles.defaults, read_blocks)
    holder = etree.Element(W + "p")
    holder.append(run)
    inline.walk(holder)
    reader.blocks.append(Paragraph(Role.PARAGRAPH, tuple(inline.runs)))
    reader.blocks.extend(inline.after)


def _read_paragraph(element: etree._Element, reader: _Reader) -> None:
    story, document = reader.story, reader.story.document
    properties = element.find(W + "pPr")
    named = value(properties, "pStyle") or document.styles.default_paragraph
    style = document.styles.resolve(named)
    outline = number(value(properties, "outlineLvl"))
    if outline is not None and style.role is not Role.TITLE:
        style = outlined(style, outline)
    base = style.look.over(document.styles.defaults)
    if is_dark(properties) or style.dark_behind:
        base = replace(base, dark_behind=True)
    inline = Inline(story, base, read_blocks)
    inline.walk(element)
    marks = properties.find(W + "rPr") if properties is not None else None
    if marks is not None and (marks.find(W + "del") is not None or read_look(marks).hidden):
        reader.carried.extend(inline.runs)
        reader.blocks.extend(inline.after)
        return
    runs = [*reader.carried, *inline.runs]
    reader.carried.clear()
    if style.byline and any(run.text.strip() for run in runs):
        document.tally.add("byline", story.where)
    elif runs:
        reader.blocks.append(_make_paragraph(runs, style, properties, story))
    reader.blocks.extend(inline.after)


def _make_paragraph(
    runs: list[Run], style: Style, properties: etree._Element | None, story: Story
) -> Paragraph:
    has_text = any(run.text.strip() or run.note for run in runs)
    listed, depth = _list_place(style, properties)
    label = story.document.numbering.label(listed, depth) if listed and has_text else ""
    role = style.role or Role.PARAGRAPH
    if role in {Role.HEADING, Role.TITLE}:
        # A heading is bold as a heading; what its style adds to that says nothing.
        plain = tuple(replace(run, emphasis=run.emphasis - _HEADING_OWN) for run in runs)
        return Paragraph(role, plain, style.level, label if role is Role.HEADING else "")
    if label and role is not Role.REFERENCE:
        return Paragraph(Role.ITEM, tuple(runs), depth, label)
    if role is Role.PARAGRAPH and _is_inset(properties):
        role = Role.QUOTE
    return Paragraph(role, tuple(runs), 0, label)


def _list_place(style: Style, properties: etree._Element | None) -> tuple[str | None, int]:
    own = properties.find(W + "numPr") if properties is not None else None
    listed = value(own, "numId") or style.list_id
    depth = number(value(own, "ilvl"))
    if depth is None:
        depth = style.list_level or 0
    return (listed if listed != "0" else None), max(0, min(depth, 8))


def _is_inset(properties: etree._Element | None) -> bool:
    indent = properties.find(W + "ind") if properties is not None else None
    if indent is None:
        return False
    left = number(indent.get(W + "left") or indent.get(W + "start")) or 0
    right = number(indent.get(W + "right") or indent.get(W + "end")) or 0
    return left >= _INSET and right >= _INSET


def _read_table(table: etree._Element, story: Story) -> Table:
    properties = table.find(W + "tblPr")
    dark = story.document.styles.table_is_dark(value(properties, "tblStyle")) or bool(is_dark(properties))
    rows = []
    for row in _unwrap(table, W + "tr"):
        marks = row.find(W + "trPr")
        if marks is not None and (marks.find(W + "del") is not None or switch(marks, "hidden")):
            story.document.tally.add("deleted passage", story.where)
            continue
        rows.append(tuple(_read_cell(cell, story, dark=dark) for cell in _unwrap(row, W + "tc")))
    return Table(tuple(rows))


def _unwrap(parent: etree._Element, wanted: str) -> list[etree._Element]:
    """Rows or cells, also those inside controls and insertions."""
    found: list[etree._Element] = []
    for element in parent:
        if element.tag == wanted:
            found.append(element)
        elif element.tag in _WRAPPERS:
            found.extend(_unwrap(element, wanted))
    return found


def _read_cell(cell: etree._Element, story: Story, *, dark: bool) -> Cell:
    properties = cell.find(W + "tcPr")
    columns = max(1, min(number(value(properties, "gridSpan")) or 1, 60))
    if value(properties, "vMerge") in {"", "continue"}:
        return Cell((), columns)
    behind = dark or story.dark_behind or bool(is_dark(properties))
    inside = Story(story.document, story.relations, story.where, story.fields, behind)
    return Cell(tuple(read_blocks(cell, inside)), columns)
