"""Lays tables out: rows of cells side by side, ruled above and below; the first row stays with the second."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from anonymiser.manuscript import PLAIN, Block, Cell, Table, paragraphs_in
from anonymiser.typeset.blocks import Layout, lay_blocks
from anonymiser.typeset.form import INDENT, LINES
from anonymiser.typeset.lines import Line
from anonymiser.typeset.shaping import look
from anonymiser.typeset.strips import PlacedImage, Strip, blank
from anonymiser.typeset.tags import Tag

_NARROWEST = INDENT / 2
_GAP = INDENT / 6


def lay_table(table: Table, layout: Layout, parent: Tag, left: float, right: float) -> Iterator[Strip]:
    tag = Tag("Table", parent)
    before = len(layout.paragraphs), layout.pictures
    if not any(table.rows):
        return
    edges = _edges(table, left, right)
    rows = [_lay_row(row, table, layout, Tag("TR", tag), edges) for row in table.rows]
    if any(row.height > LINES - 2 for row in rows):
        # A row taller than a page can't be read across it: its cells are set one after another.
        del layout.paragraphs[before[0] :]
        layout.pictures = before[1]
        yield from lay_blocks([*_flatten((table,))], layout, parent, left, right)
        return
    for index, row in enumerate(rows):
        rules = [(0, left, right)] if index <= 1 else []
        if index == len(rows) - 1:
            rules.append((row.height, left, right))
        row.rules = rules
        row.glued = index == 0 and len(rows) > 1
        yield row
    yield blank()


def _edges(table: Table, left: float, right: float) -> list[float]:
    """Return where each column begins, and the last ends: none narrower than its longest word, where that can be."""
    columns = max(sum(cell.columns for cell in row) for row in table.rows)
    least, natural = [_NARROWEST] * columns, [_NARROWEST] * columns
    for row in table.rows:
        at = 0
        for cell in row:
            if cell.columns == 1:
                words, lines = _widths(cell)
                least[at], natural[at] = max(least[at], words + _GAP), max(natural[at], lines + _GAP)
            at += cell.columns
    whole = right - left
    natural = [min(wanted, whole) for wanted in natural]
    if sum(natural) <= whole:
        spare = (whole - sum(natural)) / columns
        widths = [wanted + spare for wanted in natural]
    elif sum(least) < whole:
        widths = _share_out(least, natural, whole)
    else:
        widths = [whole / columns] * columns
    return [*accumulate(widths, initial=left)]


def _share_out(least: Sequence[float], natural: Sequence[float], whole: float) -> list[float]:
    """Give narrow columns what they wish, and share the rest among the others, none below its least."""
    widths = [*least]
    for rank, at in enumerate(sorted(range(len(least)), key=natural.__getitem__)):
        spare = whole - sum(widths)
        widths[at] += min(natural[at] - least[at], spare / (len(least) - rank))
    return widths


def _widths(cell: Cell) -> tuple[float, float]:
    """Return how wide the cell's longest word is, and its longest paragraph in one line."""
    words = lines = 0.0
    for paragraph in paragraphs_in(cell.blocks):
        text = " ".join([paragraph.label, *paragraph.text.split()])
        tokens = [token.width for token in look(PLAIN).read(text)]
        words, lines = max([words, *tokens]), max(lines, sum(tokens))
    return words, lines


def _lay_row(row: Sequence[Cell], table: Table, layout: Layout, parent: Tag, edges: Sequence[float]) -> Strip:
    kind = "TH" if row is table.rows[0] and len(table.rows) > 1 else "TD"
    lines: list[tuple[int, Line]] = []
    images: list[PlacedImage] = []
    height, column = 1, 0
    for cell in row:
        x = edges[column]
        column += cell.columns
        end = max(edges[column] - _GAP, x + _NARROWEST)
        top = 0
        for strip in lay_blocks([*_flatten(cell.blocks)], layout, Tag(kind, parent), x, end):
            lines.extend((top + at, line) for at, line in strip.lines)
            images.extend(replace(image, row=top + image.row) for image in strip.images)
            top += strip.height
        height = max(height, top)
    return Strip(height, lines, images)


def _flatten(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield what stands in cells; of tables within them, cell by cell."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _flatten(cell.blocks)
        else:
            yield block
