"""Reads tables: rows and cells, also those inside controls, without those that were deleted or merged away."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from anonymiser.manuscript import Block, Cell, Table
from anonymiser.read.docx.alternatives import choose, leave_others
from anonymiser.read.docx.controls import open_control
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.looks import PLAIN_LOOK, ground
from anonymiser.read.docx.names import MC, W, number, switch, twips, value
from anonymiser.read.docx.table_styles import Place, TableStyle

ReadBlocks = Callable[[etree._Element, Story], list[Block]]  # noqa: SLF001 - there is no public name for it

_DELETED = frozenset((W + "del", W + "moveFrom"))
_WRAPPERS = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag", "hyperlink"))
_MOST_COLUMNS = 60
_LOWEST_ROW = 80  # twips, four points: of a row set to be no higher nothing is read


def read_table(table: etree._Element, story: Story, read_blocks: ReadBlocks) -> Table:
    style = TableStyle(story.document.styles, table.find(W + "tblPr"))
    rows = [row for row in _unwrap(table, W + "tr", story) if not _is_deleted(row, story)]
    found = []
    for at, row in enumerate(rows):
        cells = list(_unwrap(row, W + "tc", story))
        here = _within_row(row, story)
        read = _gap(row, "gridBefore")
        for column, cell in enumerate(cells):
            place = Place(at, column, at == len(rows) - 1, column == len(cells) - 1)
            beneath = here.beneath.over(style.look(place)).over(story.beneath)
            read += _read_cell(cell, here.within(beneath), read_blocks)
        found.append(tuple(read + _gap(row, "gridAfter")))
    return Table(tuple(found))


def _unwrap(parent: etree._Element, wanted: str, story: Story) -> Iterator[etree._Element]:
    """Rows or cells, also those inside controls, insertions and alternatives."""
    for element in parent:
        if element.tag == wanted:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _unwrap(element, wanted, story)
        elif element.tag in _DELETED:
            story.leave("deleted passage", element)
        elif element.tag == W + "sdt":
            if (content := open_control(element, story)) is not None:
                yield from _unwrap(content, wanted, story)
        elif element.tag == MC + "AlternateContent":
            chosen = choose(element)
            leave_others(element, chosen, story.document.account)
            if chosen is not None:
                yield from _unwrap(chosen, wanted, story)


def _is_deleted(row: etree._Element, story: Story) -> bool:
    properties = row.find(W + "trPr")
    if properties is None:
        return False
    if properties.find(W + "del") is not None:
        story.leave("deleted passage", row)
        return True
    if switch(properties, "hidden"):
        story.leave("hidden text", row)
        return True
    return False


def _within_row(row: etree._Element, story: Story) -> Story:
    height = row.find(f"{W}trPr/{W}trHeight")
    if height is not None and height.get(W + "hRule") == "exact":
        high = twips(height.get(W + "val"))
        if high is not None and high < _LOWEST_ROW:
            return story.within(replace(PLAIN_LOOK, unseen="tiny text"))
    return story.within(PLAIN_LOOK)


def _gap(row: etree._Element, name: str) -> list[Cell]:
    """Columns that a row leaves empty at either end."""
    columns = number(value(row.find(W + "trPr"), name)) or 0
    return [Cell((), min(columns, _MOST_COLUMNS))] if columns > 0 else []


def _read_cell(cell: etree._Element, story: Story, read_blocks: ReadBlocks) -> list[Cell]:
    properties = cell.find(W + "tcPr")
    columns = max(1, min(number(value(properties, "gridSpan")) or 1, _MOST_COLUMNS))
    if properties is not None and properties.find(W + "cellDel") is not None:
        story.leave("deleted passage", cell)
        return []
    if any(value(properties, name) in {"", "continue"} for name in ("vMerge", "hMerge")):
        # Word shows the cell that this one was merged into, and keeps what stood here out of sight.
        if any(text.strip() for text in cell.itertext(W + "t")):
            story.leave("hidden text", cell)
        return [Cell((), columns)]
    inside = story.within(ground(properties).over(story.beneath))
    return [Cell(tuple(read_blocks(cell, inside)), columns)]
