"""Lays blocks out on the line grid: every block becomes strips, whole numbers of lines high."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from anonymiser.manuscript import (
    PLAIN,
    STATEMENT_HEADING,
    Block,
    Cell,
    Emphasis,
    Manuscript,
    Paragraph,
    Picture,
    Role,
    Run,
    SceneBreak,
    Table,
    paragraphs_in,
)
from anonymiser.typeset.form import INDENT, LEADING, LINES, WIDTH
from anonymiser.typeset.lines import Line, Measure, break_lines

_HEADINGS = {1: frozenset({Emphasis.BOLD}), 2: frozenset({Emphasis.BOLD, Emphasis.ITALIC})}
_DEEPER = frozenset({Emphasis.ITALIC})
_HANGING = {Role.HEADING, Role.ITEM, Role.REFERENCE}
_UNINDENTED_AFTER = {Role.TITLE, Role.HEADING, None}


@dataclass(frozen=True, slots=True, repr=False)
class PlacedImage:
    row: int
    x: float
    image: int
    width: float
    height: float


@dataclass(frozen=True, slots=True, repr=False)
class Strip:
    """`height` lines of the grid, with what stands in them, told by row from the strip's top.

    A glued strip stays on one page with the next; a blank one is dropped at the top of a page.
    """

    height: int
    lines: tuple[tuple[int, Line], ...] = ()
    images: tuple[PlacedImage, ...] = ()
    rules: tuple[tuple[int, float, float], ...] = ()
    glued: bool = False

    @property
    def notes(self) -> list[int]:
        return [note for _, line in self.lines for note in line.notes]

    @property
    def blank(self) -> bool:
        return not (self.lines or self.images or self.rules)


BLANK = Strip(1)


def lay_out(manuscript: Manuscript) -> list[Strip]:
    blocks = manuscript.blocks
    if manuscript.statement:
        blocks = (*blocks, Paragraph(Role.HEADING, (Run(STATEMENT_HEADING),), level=1), *manuscript.statement)
    strips = list(_lay_blocks(blocks, 0.0, WIDTH))
    return [
        strip
        for strip, before in zip(strips, (BLANK, *strips), strict=False)
        if not (strip.blank and before.blank)
    ]


def lay_out_note(number: int, blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of a note, its number before the first.

    Tables and pictures in notes are set as their words.
    """
    lines: list[Line] = []
    for paragraph in paragraphs_in(tuple(blocks)):
        label = f"{number}." if not lines else paragraph.label
        lines.extend(_labelled(replace(paragraph, label=label), 0.0, WIDTH, hang=INDENT * 0.75))
    return lines or _labelled(
        Paragraph(Role.PARAGRAPH, (), label=f"{number}."), 0.0, WIDTH, hang=INDENT * 0.75
    )


def _lay_blocks(blocks: Sequence[Block], left: float, right: float) -> Iterator[Strip]:
    before: Role | None = None
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            opens = before in _UNINDENTED_AFTER
            if block.role is Role.HEADING and position:
                yield BLANK
            yield from _lay_paragraph(block, left, right, opens=opens)
            before = block.role
            continue
        if isinstance(block, Table):
            yield from _lay_table(block, left, right)
        elif isinstance(block, Picture):
            yield _lay_picture(block, left, right)
        elif isinstance(block, SceneBreak):
            centred = Measure(left, left, right, centred=True)
            yield from _glue([*break_lines((Run("* * *"),), centred)], whole=True)
        before = None


def _lay_paragraph(paragraph: Paragraph, left: float, right: float, *, opens: bool) -> Iterator[Strip]:
    role = paragraph.role
    if paragraph.label and role not in _HANGING:
        paragraph = replace(paragraph, runs=(Run(f"{paragraph.label} "), *paragraph.runs))
    if role is Role.TITLE:
        place = Measure(left, left, right, centred=True)
        yield from _glue(break_lines(paragraph.runs, place, _HEADINGS[1]), whole=True)
        yield replace(BLANK, glued=True)
    elif role is Role.HEADING:
        yield from _glue(_labelled_heading(paragraph, left, right), whole=True)
    elif role is Role.ITEM:
        start = left + INDENT * 0.5 + paragraph.level * INDENT * 0.75
        yield from _glue(_labelled(paragraph, min(start, right - 3 * INDENT), right, hang=INDENT * 0.75))
    elif role is Role.REFERENCE:
        yield from _glue(_labelled(paragraph, left, right, hang=INDENT))
    elif role in {Role.QUOTE, Role.VERSE}:
        inset = right - INDENT if role is Role.QUOTE else right
        place = Measure(left + INDENT, left + INDENT, max(inset, left + 2 * INDENT))
        yield from _glue(break_lines(paragraph.runs, place))
    else:
        narrow = right - left < WIDTH / 2
        first = left if opens or narrow else left + INDENT
        yield from _glue(break_lines(paragraph.runs, Measure(first, left, right)))


def _labelled_heading(paragraph: Paragraph, left: float, right: float) -> list[Line]:
    emphasis = _HEADINGS.get(paragraph.level, _DEEPER if paragraph.level else _HEADINGS[1])
    label = (Run(f"{paragraph.label} "),) if paragraph.label else ()
    return break_lines((*label, *paragraph.runs), Measure(left, left, right), emphasis)


def _labelled(paragraph: Paragraph, left: float, right: float, *, hang: float) -> list[Line]:
    """Set a number or bullet, the text hanging beside it; a wide label pushes the first line on."""
    if not paragraph.label:
        place = Measure(left, left + hang, right)
        return break_lines(paragraph.runs, place)
    label = break_lines((Run(paragraph.label, PLAIN),), Measure(left, left, WIDTH))[0].pieces[0]
    first = max(left + hang, left + label.width + INDENT / 6)
    lines = break_lines(paragraph.runs, Measure(first, left + hang, right))
    return [Line((label, *lines[0].pieces), lines[0].notes), *lines[1:]]


def _glue(lines: list[Line], *, whole: bool = False) -> Iterator[Strip]:
    """One strip a line. The first two and the last two stay together: neither widow nor orphan."""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        glued = whole or (last > 0 and index in {0, last - 1})
        yield Strip(1, ((0, line),), glued=glued and (whole or index < last))


def _lay_picture(picture: Picture, left: float, right: float) -> Strip:
    tallest = (LINES - 3) * LEADING
    scale = min(1.0, (right - left) / picture.width, tallest / picture.height)
    width, height = picture.width * scale, picture.height * scale
    rows = max(1, -int(-(height + LEADING / 2) // LEADING))
    x = left + (right - left - width) / 2
    return Strip(rows, images=(PlacedImage(0, x, picture.image, width, height),))


def _lay_table(table: Table, left: float, right: float) -> Iterator[Strip]:
    rows = [_lay_row(row, _columns(table), left, right) for row in table.rows]
    if not rows:
        return
    if any(row.height > LINES - 2 for row in rows):
        # A row taller than a page can't be read across it: its cells are set one after another.
        yield from _lay_blocks(tuple(_flatten((table,))), left, right)
        return
    for index, row in enumerate(rows):
        rules = [(0, left, right)] if index <= 1 else []
        if index == len(rows) - 1:
            rules.append((row.height, left, right))
        yield replace(row, rules=tuple(rules), glued=index == 0 and len(rows) > 1)
    yield BLANK


def _columns(table: Table) -> int:
    return max(sum(cell.columns for cell in row) for row in table.rows)


def _lay_row(row: Sequence[Cell], columns: int, left: float, right: float) -> Strip:
    unit = (right - left) / max(1, columns)
    lines: list[tuple[int, Line]] = []
    images: list[PlacedImage] = []
    height, column = 1, 0
    for cell in row:
        x = left + column * unit
        column += cell.columns
        end = max(left + column * unit - INDENT / 6, x + INDENT / 2)
        flat = tuple(_flatten(cell.blocks, pictures=True))
        top = 0
        for strip in _lay_blocks(flat, x, end):
            lines.extend((top + at, line) for at, line in strip.lines)
            images.extend(replace(image, row=top + image.row) for image in strip.images)
            top += strip.height
        height = max(height, top)
    return Strip(height, tuple(lines), tuple(images))


def _flatten(blocks: Sequence[Block], *, pictures: bool = False) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _flatten(cell.blocks, pictures=pictures)
        elif isinstance(block, Paragraph) or pictures:
            yield block
