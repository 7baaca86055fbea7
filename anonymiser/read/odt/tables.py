"""Reads tables: repeated rows and cells, cells over several columns or rows, tables inside tables."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from anonymiser.manuscript import Cell, Table
from anonymiser.read.odt.document import ReadBlocks, Story
from anonymiser.read.odt.names import TABLE, whole

_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_MOST_ROWS = 2_000
_MOST_COLUMNS = 60
_MOST_REPEATED = 50  # a table of a spreadsheet is empty a million rows on


def read_table(table: etree._Element, story: Story, read_blocks: ReadBlocks) -> Table:
    styles, tally = story.document.styles, story.document.tally
    style = styles.resolve("table", table.get(TABLE + "style-name"))
    around = style.look.over(story.look)
    rows: list[tuple[Cell, ...]] = []
    for row in _find_rows(table):
        if row.get(TABLE + "visibility", "visible") != "visible":
            tally.add("hidden text", story.where)
            continue
        behind = styles.resolve("table-row", row.get(TABLE + "style-name")).look.over(around)
        cells = tuple(_read_cells(row, replace(story, look=behind), read_blocks))
        filled = any(cell.blocks for cell in cells)
        repeated = whole(row.get(TABLE + "number-rows-repeated"), 1, _MOST_REPEATED) if filled else 1
        rows.extend([cells] * min(repeated, _MOST_ROWS - len(rows)) if filled else [cells])
    return Table(tuple(rows))


def _find_rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in _GROUPS:
            yield from _find_rows(element)


def _read_cells(row: etree._Element, story: Story, read_blocks: ReadBlocks) -> Iterator[Cell]:
    covered = 0  # by the cell to the left, which spans them
    for element in row:
        repeated = max(1, whole(element.get(TABLE + "number-columns-repeated"), 1, _MOST_COLUMNS))
        if element.tag == TABLE + "covered-table-cell":
            if any(text.strip() for text in element.itertext()):
                story.document.tally.add("hidden text", story.where)
            for _ in range(max(0, repeated - covered)):
                yield Cell(())
            covered = max(0, covered - repeated)
        elif element.tag == TABLE + "table-cell":
            columns = max(1, whole(element.get(TABLE + "number-columns-spanned"), 1, _MOST_COLUMNS))
            covered = columns - 1
            cell = Cell(tuple(read_blocks(element, _inside(element, story))), columns)
            yield from [cell] * repeated


def _inside(cell: etree._Element, story: Story) -> Story:
    style = story.document.styles.resolve("table-cell", cell.get(TABLE + "style-name"))
    return replace(story, look=style.look.over(story.look))
