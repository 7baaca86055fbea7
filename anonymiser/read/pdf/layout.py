"""Makes an essay of pages: columns in order, margins dropped, lines joined to paragraphs, notes linked."""

from collections.abc import Sequence
from dataclasses import dataclass

from anonymiser.manuscript import Block, Cell, Paragraph, Picture, Role, Table
from anonymiser.read.pdf.blocks import Styles, make_blocks
from anonymiser.read.pdf.columns import find_columns
from anonymiser.read.pdf.footnotes import Note, take_notes
from anonymiser.read.pdf.grids import Grid, GridCell, take_grids
from anonymiser.read.pdf.hyphens import Joints
from anonymiser.read.pdf.lines import Line, gather_lines, gather_stretches
from anonymiser.read.pdf.margins import drop_margins
from anonymiser.read.pdf.page import Page, Shown
from anonymiser.read.pdf.paragraphs import Group, Habits, gather_paragraphs, learn_habits
from anonymiser.read.pdf.runs import make_runs
from anonymiser.read.reading import Tally


@dataclass(frozen=True, slots=True, repr=False)
class Laid:
    """What a manuscript is made of: `Run.note` in `blocks` counts `notes` from 1."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[Block, ...], ...]

    def __repr__(self) -> str:
        return "<Laid>"


def blocks_of(pages: Sequence[Page], tally: Tally) -> Laid:
    """Return the blocks of an essay's pages; `tally` counts what was dropped from the margins."""
    grids = [take_grids(page) for page in pages]
    lines = _lines_of(pages, tally)
    habits = learn_habits(lines)
    text, notes = take_notes(lines, pages, habits)
    joints = Joints(line.text for line in lines)
    groups = gather_paragraphs(text, habits)
    marks = {id(note.mark): number for number, note in enumerate(notes, start=1)}
    styles = Styles(groups, habits)
    made = make_blocks(groups, styles, joints, marks)
    apart = [
        (number, _Apart(each.x0, each.top, each.x1, each.bottom, _picture(each)))
        for number, page in enumerate(pages)
        for each in page.pictures
    ]
    apart += [
        (number, _Apart(grid.x0, grid.top, grid.x1, grid.bottom, _read_table(grid, joints, habits)))
        for number, found in enumerate(grids)
        for grid in found
    ]
    read = tuple(_read_note(note, joints, habits) for note in notes)
    return Laid(tuple(_with_apart(made, apart)), read)


def _lines_of(pages: Sequence[Page], tally: Tally) -> list[Line]:
    stretches = drop_margins(list(pages), [gather_stretches(page.words) for page in pages], tally)
    lines: list[Line] = []
    column = 0
    for number, found in enumerate(stretches):
        for each in find_columns(found):
            gathered = gather_lines(
                each.stretches, page=number, column=column, left=each.left, right=each.right
            )
            right = _edge(gathered)
            for line in gathered:
                line.right = right
            lines += gathered
            column += 1
    return lines


def _edge(lines: list[Line]) -> float:
    """Return where the lines of a column end; a single one that runs on, such as an address, doesn't tell."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    enough = len(ends) // 20 + 1 if len(ends) > 5 else 1  # noqa: PLR2004 - fewer lines tell nothing of the others
    for at, end in enumerate(ends):
        near = at
        while near < len(ends) and ends[near] > end - 1.5 * lines[0].size:
            near += 1
        if near - at > enough or near == len(ends):
            return end
    return ends[0]


def _read_note(note: Note, joints: Joints, habits: Habits) -> tuple[Block, ...]:
    groups = gather_paragraphs(note.lines, habits)
    blocks = []
    for at, group in enumerate(groups):
        runs = make_runs(group.lines, joints, {}, skip=0 if at else note.skip)
        blocks.append(Paragraph(Role.PARAGRAPH, runs))
    return tuple(blocks)


@dataclass(frozen=True, slots=True, repr=False)
class _Apart:
    """A block that stands among the text, and where on its page."""

    x0: float
    top: float
    x1: float
    bottom: float
    block: Block


def _with_apart(made: list[tuple[Group, Block]], apart: list[tuple[int, _Apart]]) -> list[Block]:
    """Put each picture and table behind the paragraph above it."""
    places: dict[int, list[Block]] = {}
    for number, each in sorted(apart, key=lambda pair: (pair[0], pair[1].top)):
        places.setdefault(_place(each, number, made), []).append(each.block)
    blocks = list(places.get(-1, ()))
    for at, (_, block) in enumerate(made):
        blocks.append(block)
        blocks += places.get(at, ())
    return blocks


def _place(apart: _Apart, page: int, made: list[tuple[Group, Block]]) -> int:
    """Return the number of the last paragraph that begins above the block, -1 where none does."""
    found = -1
    middle = (apart.top + apart.bottom) / 2
    for at, (group, _) in enumerate(made):
        first = group.first
        if first.page > page:
            break
        beside = first.left < apart.x1 and apart.x0 < first.right
        if first.page < page or (first.baseline < middle and beside):
            found = at
    return found


def _read_table(grid: Grid, joints: Joints, habits: Habits) -> Table:
    return Table(
        tuple(
            tuple(Cell(_read_cell(cell, joints, habits), cell.columns) for cell in row) for row in grid.rows
        )
    )


def _read_cell(cell: GridCell, joints: Joints, habits: Habits) -> tuple[Block, ...]:
    if not cell.words:
        return ()
    left, right = min(word.x0 for word in cell.words), max(word.x1 for word in cell.words)
    lines = gather_lines(gather_stretches(cell.words), page=0, column=0, left=left, right=right)
    groups = gather_paragraphs(lines, habits)
    return tuple(Paragraph(Role.PARAGRAPH, make_runs(group.lines, joints, {})) for group in groups)


def _picture(shown: Shown) -> Picture:
    return Picture(shown.image, max(1.0, shown.x1 - shown.x0), max(1.0, shown.bottom - shown.top))
