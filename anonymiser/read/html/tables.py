"""Reads tables of a page; one of a single cell only lays the page out and is what stands in it."""

from collections.abc import Callable, Iterator

from lxml import etree

from anonymiser.manuscript import Block, Cell, Table
from anonymiser.read.html.context import Context, Page
from anonymiser.read.html.styling import declare, enter

ReadInside = Callable[[etree._Element, Context], tuple[Block, ...]]  # noqa: SLF001 - there is no public name for it

_MOST_COLUMNS = 60
_GROUPS = frozenset(("thead", "tbody", "tfoot", "form"))


def read_table(table: etree._Element, context: Context, page: Page, read_inside: ReadInside) -> list[Block]:
    above = [block for caption in table.iterchildren("caption") for block in read_inside(caption, context)]
    rows: list[tuple[Cell, ...]] = []
    reaching: dict[int, int] = {}  # by column, how many rows more the cell above goes on
    for row, around in _find_rows(table, context, page):
        cells: list[Cell] = []
        column = 0
        for element in row.iterchildren("td", "th"):
            inner = enter(element, declare(element, page.rules), around)
            if inner is None:
                _count_hidden(element, page)
                continue
            column = _fill(cells, column, reaching)
            columns = _span(element.get("colspan"))
            if (down := _span(element.get("rowspan"))) > 1:
                reaching |= dict.fromkeys(range(column, column + columns), down)
            cells.append(Cell(read_inside(element, inner), columns))
            column += columns
        _fill(cells, column, reaching)
        reaching = {at: left - 1 for at, left in reaching.items() if left > 1}
        if cells:
            rows.append(tuple(cells))
    if len(rows) == 1 and len(rows[0]) == 1:
        return [*above, *rows[0][0].blocks]
    return [*above, Table(tuple(rows))] if rows else above


def _find_rows(
    parent: etree._Element, context: Context, page: Page
) -> Iterator[tuple[etree._Element, Context]]:
    for element in parent:
        if element.tag != "tr" and element.tag not in _GROUPS:
            continue
        inner = enter(element, declare(element, page.rules), context)
        if inner is None:
            _count_hidden(element, page)
        elif element.tag == "tr":
            yield element, inner
        else:
            yield from _find_rows(element, inner, page)


def _fill(cells: list[Cell], column: int, reaching: dict[int, int]) -> int:
    """Add an empty cell for each column that a cell above reaches into; return the next free one."""
    while reaching.get(column, 0) > 0 and len(cells) < _MOST_COLUMNS:
        # The row that the cell itself stands in was counted as well.
        cells.append(Cell(()))
        column += 1
    return column


def _span(text: str | None) -> int:
    return max(1, min(int(text), _MOST_COLUMNS)) if text and text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004 - digits of a number that makes sense


def _count_hidden(element: etree._Element, page: Page) -> None:
    if any(str(text).strip() for text in element.itertext()):
        page.tally.add("hidden text", "text")
