"""Builds the blocks of a story from paragraphs, cells and rows as RTF ends them, one after another."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from anonymiser.manuscript import Block, Cell, Emphasis, Paragraph, Role, Run, Table
from anonymiser.read.colours import Colour
from anonymiser.read.rtf.state import Layout
from anonymiser.read.rtf.tables import Style
from anonymiser.read.runs import Runs

_INSET = 500  # twips on both sides: such a paragraph is a quotation
_DEEPEST_TABLE = 20
_DEEPEST_ITEM = 8
_BODY_LEVEL = 9
_HEADING_OWN = frozenset({Emphasis.BOLD})
_SAME_EDGE = 30  # twips: cells' edges that differ by less are one edge of the grid
_MOST_COLUMNS = 60
_STEP = 360  # twips by which lists without a program behind them are moved in
# A number or bullet typed at the start of a hanging paragraph, as programs without lists write them.
_TYPED_LABEL = re.compile(r"([•◦▪–—*·-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\t", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Definition:
    """A cell as its row defines it: where its right edge stands, and what it is merged with."""

    edge: int
    goes_on_left: bool = False
    goes_on_above: bool = False
    ground: Colour | None = None


@dataclass(slots=True)
class _Rows:
    rows: list[tuple[list[list[Block]], list[Definition]]] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)  # of the cell that is being read


@dataclass(slots=True)
class Story:
    """The text of the body, of a note, of a text box. `label` is of the paragraph that is being read."""

    where: str
    ground: Colour | None = None
    blocks: list[Block] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)
    after: list[Block] = field(default_factory=list)
    label: str | None = None
    has_rows: bool = False
    tables: list[_Rows] = field(default_factory=list)

    def end_paragraph(self, layout: Layout, style: Style) -> None:
        # A note in a cell says of its paragraphs that they stand in a table, which is that around the note.
        self._reach(layout.depth if self.has_rows or self.where != "notes" else 0)
        target = self.tables[-1].blocks if self.tables else self.blocks
        runs = self.runs.take()
        if any(run.text.strip() or run.note for run in runs):
            _append(_make_paragraph(runs, self.label, layout, style), target)
        target.extend(self.after)
        self.after = []
        self.label = None

    def end_cell(self, layout: Layout, style: Style, depth: int) -> None:
        self.has_rows = True
        self.end_paragraph(replace(layout, depth=depth), style)
        table = self.tables[-1]
        table.cells.append(table.blocks)
        table.blocks = []

    def end_row(self, definitions: list[Definition], depth: int) -> None:
        self._reach(depth)
        table = self.tables[-1]
        if table.blocks:
            table.cells.append(table.blocks)
            table.blocks = []
        if table.cells:
            table.rows.append((table.cells, definitions))
            table.cells = []

    def finish(self, layout: Layout, style: Style) -> list[Block]:
        """End what is still open and return all blocks."""
        if self.runs or self.after:
            self.end_paragraph(layout, style)
        self._reach(0)
        return self.blocks

    @property
    def cell(self) -> int:
        """The number of the cell that is being read, in its row."""
        return len(self.tables[-1].cells) if self.tables else 0

    def _reach(self, depth: int) -> None:
        """Open or close tables, so that as many are open as the text stands deep."""
        depth = min(depth, _DEEPEST_TABLE)
        while len(self.tables) > depth:
            table = self.tables.pop()
            if table.blocks:
                table.cells.append(table.blocks)
            if table.cells:
                table.rows.append((table.cells, []))
            outside = self.tables[-1].blocks if self.tables else self.blocks
            if table.rows:
                outside.append(_make_table(table.rows))
        while len(self.tables) < depth:
            self.tables.append(_Rows())


def _append(paragraph: Paragraph, blocks: list[Block]) -> None:
    """Add a paragraph; lines of verse that follow one another, each its own paragraph, become one."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and last.role is paragraph.role is Role.VERSE:
        blocks[-1] = replace(last, runs=(*last.runs, Run("\n"), *paragraph.runs))
    else:
        blocks.append(paragraph)


def _make_paragraph(runs: tuple[Run, ...], label: str | None, layout: Layout, style: Style) -> Paragraph:
    if label is None and layout.first < 0 and (typed := _TYPED_LABEL.match(runs[0].text)):
        label = typed[1]
        runs = (replace(runs[0], text=runs[0].text[typed.end() :]), *runs[1:])
        layout = replace(layout, list_level=max(0, layout.left // _STEP - 1))
    depth = min(max(layout.list_level, 0), _DEEPEST_ITEM)
    if label and (label == "o" or not any(map(str.isalnum, label))):  # Word draws a ring with an o
        label = "•" if depth % 2 == 0 else "–"
    role, level = style.role or Role.PARAGRAPH, style.level
    if layout.outline is not None and 0 <= layout.outline < _BODY_LEVEL and role is not Role.TITLE:
        role, level = Role.HEADING, layout.outline + 1
    if role in {Role.HEADING, Role.TITLE}:
        # A heading is bold as a heading; what its style adds to that says nothing.
        plain = tuple(replace(run, emphasis=run.emphasis - _HEADING_OWN) for run in runs)
        numbered = label if label and any(map(str.isalnum, label)) else ""
        return Paragraph(role, plain, level, numbered if role is Role.HEADING else "")
    if label is not None and role is not Role.REFERENCE:
        return Paragraph(Role.ITEM, runs, depth, label)
    if role is Role.PARAGRAPH and layout.left >= _INSET and layout.right >= _INSET:
        role = Role.QUOTE
    return Paragraph(role, runs, 0, label or "")


def _make_table(rows: list[tuple[list[list[Block]], list[Definition]]]) -> Table:
    """Lay cells out by their edges: one as wide as two of another row spans both their columns."""
    grid: list[int] = []
    for edge in sorted({definition.edge for _, definitions in rows for definition in definitions}):
        if not grid or edge - grid[-1] > _SAME_EDGE:
            grid.append(edge)
    return Table(tuple(tuple(_make_row(cells, definitions, grid)) for cells, definitions in rows))


def _make_row(cells: list[list[Block]], definitions: list[Definition], grid: list[int]) -> list[Cell]:
    made: list[Cell] = []
    reached = 0
    for at, blocks in enumerate(cells):
        definition = definitions[at] if at < len(definitions) else None
        if definition is None:
            made.append(Cell(tuple(blocks)))
            continue
        upto = bisect_right(grid, definition.edge)
        width = max(1, min(upto - reached, _MOST_COLUMNS))
        reached = max(upto, reached + 1)
        if definition.goes_on_left and made:
            joined = (*made[-1].blocks, *blocks)
            made[-1] = Cell(joined, min(made[-1].columns + width, _MOST_COLUMNS))
        elif definition.goes_on_above:
            # Word keeps what a cell held before it was merged, and shows it in none.
            made.append(Cell((), width))
        else:
            made.append(Cell(tuple(blocks), width))
    return made
