"""Lays blocks out on the line grid, each with its place in the structure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from anonymiser.manuscript import (
    STATEMENT_HEADING,
    Block,
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
from anonymiser.typeset.strips import PlacedImage, Strip, blank, glue
from anonymiser.typeset.tags import Tag

_HEADINGS = {1: frozenset({Emphasis.BOLD}), 2: frozenset({Emphasis.BOLD, Emphasis.ITALIC})}
_DEEPER = frozenset({Emphasis.ITALIC})
_HANGING = {Role.HEADING, Role.ITEM, Role.REFERENCE}
_LISTED = {Role.ITEM, Role.REFERENCE}
_QUOTED = {Role.QUOTE, Role.VERSE}
_UNINDENTED_AFTER = {Role.TITLE, Role.HEADING, None}
_DEEPEST = 6  # heading a PDF knows
_KINDS = {Role.QUOTE: "BlockQuote", Role.VERSE: "BlockQuote"}


@dataclass(slots=True, repr=False)
class Layout:
    """What laying out has made so far: `paragraphs` are the tags of all paragraphs, in the manuscript's order."""

    document: Tag = field(default_factory=lambda: Tag("Document"))
    paragraphs: list[Tag] = field(default_factory=list)
    pictures: int = 0
    strips: list[Strip] = field(default_factory=list)
    notes: dict[int, list[Line]] = field(default_factory=dict)


def lay_out(manuscript: Manuscript) -> Layout:
    """Lay out the essay, its notes and, below a heading of its own, the statement."""
    layout = Layout()
    strips = lay_blocks(manuscript.blocks, layout, layout.document, 0.0, WIDTH)
    for number, blocks in enumerate(manuscript.notes, start=1):
        layout.notes[number] = _lay_note(number, blocks, layout)
    if manuscript.statement:
        heading = Paragraph(Role.HEADING, (Run(STATEMENT_HEADING),), level=1)
        strips += [blank(), *_lay_heading(heading, Tag("H2", layout.document), 0.0, WIDTH)]
        strips += lay_blocks(manuscript.statement, layout, layout.document, 0.0, WIDTH, before=Role.HEADING)
    before = blank()
    for strip in strips:
        if not (strip.blank and before.blank):
            layout.strips.append(strip)
        before = strip
    return layout


def _lay_note(number: int, blocks: Sequence[Block], layout: Layout) -> list[Line]:
    """Return the lines of a note, its number before the first.

    Tables and pictures in notes are set as their words.
    """
    note = Tag("Note", layout.document)
    lines: list[Line] = []
    for paragraph in paragraphs_in(tuple(blocks)):
        tag = Tag("P", note)
        layout.paragraphs.append(tag)
        label = paragraph.label if lines else f"{number}."
        parts = Tag("Lbl", note), tag
        lines += _labelled(replace(paragraph, label=label), 0.0, WIDTH, parts, hang=INDENT * 0.75)
    if lines:
        return lines
    empty = Paragraph(Role.PARAGRAPH, (), label=f"{number}.")
    return _labelled(empty, 0.0, WIDTH, (Tag("Lbl", note), Tag("P", note)), hang=INDENT * 0.75)


def lay_blocks(
    blocks: Sequence[Block],
    layout: Layout,
    parent: Tag,
    left: float,
    right: float,
    *,
    before: Role | None = None,
) -> list[Strip]:
    """Return the strips of blocks between two margins, in points from the left margin of the page's text."""
    from anonymiser.typeset.tables import lay_table

    strips: list[Strip] = []
    lists: list[Tag] = []
    for position, block in enumerate(blocks):
        if not (isinstance(block, Paragraph) and block.role in _LISTED):
            lists = []
        if isinstance(block, Paragraph):
            opens = before in _UNINDENTED_AFTER
            tag = _tag(block, parent, lists)
            layout.paragraphs.append(tag)
            if block.role is Role.HEADING and position:
                strips.append(blank())
            strips += _lay_paragraph(block, tag, left, right, opens=opens)
            before = block.role
            continue
        if isinstance(block, Table):
            strips += lay_table(block, layout, parent, left, right)
        elif isinstance(block, Picture):
            strips.append(_lay_picture(block, layout, parent, left, right))
        elif isinstance(block, SceneBreak):
            centred = Measure(left, left, right, centred=True)
            strips += glue(break_lines((Run("* * *"),), centred, Tag("P", parent)), whole=True)
        before = None
    return strips


def _tag(paragraph: Paragraph, parent: Tag, lists: list[Tag]) -> Tag:
    """Return the tag of a paragraph; `lists` are those still open, the outermost first."""
    if paragraph.role in _LISTED:
        depth = paragraph.level if paragraph.role is Role.ITEM else 0
        del lists[depth + 1 :]
        while len(lists) <= depth:
            lists.append(Tag("L", lists[-1] if lists else parent))
        return Tag("LI", lists[-1])
    if paragraph.role is Role.TITLE:
        return Tag("H1", parent)
    if paragraph.role is Role.HEADING:
        return Tag(f"H{min(paragraph.level + 1, _DEEPEST) if paragraph.level else 2}", parent)
    return Tag("P", Tag(_KINDS[paragraph.role], parent)) if paragraph.role in _KINDS else Tag("P", parent)


def _lay_paragraph(paragraph: Paragraph, tag: Tag, left: float, right: float, *, opens: bool) -> list[Strip]:
    role = paragraph.role
    if paragraph.label and role not in _HANGING:
        paragraph = replace(paragraph, runs=(Run(f"{paragraph.label} "), *paragraph.runs))
    if role is Role.TITLE:
        place = Measure(left, left, right, centred=True)
        lines = break_lines(paragraph.runs, place, tag, _HEADINGS[1])
        return [*glue(lines, whole=True), blank(glued=True)]
    if role is Role.HEADING:
        return _lay_heading(paragraph, tag, left, right)
    if role is Role.ITEM:
        start = min(left + INDENT * 0.5 + paragraph.level * INDENT * 0.75, max(left, right - 3 * INDENT))
        return glue(_labelled(paragraph, start, right, _label_and_body(tag), hang=INDENT * 0.75))
    if role is Role.REFERENCE:
        return glue(_labelled(paragraph, left, right, _label_and_body(tag), hang=INDENT))
    if role in _QUOTED:
        inset = right - INDENT if role is Role.QUOTE else right
        place = Measure(left + INDENT, left + INDENT, max(inset, left + 2 * INDENT))
        return glue(break_lines(paragraph.runs, place, tag))
    narrow = right - left < WIDTH / 2
    first = left if opens or narrow else left + INDENT
    return glue(break_lines(paragraph.runs, Measure(first, left, right), tag))


def _label_and_body(item: Tag) -> tuple[Tag, Tag]:
    return Tag("Lbl", item), Tag("LBody", item)


def _lay_heading(paragraph: Paragraph, tag: Tag, left: float, right: float) -> list[Strip]:
    emphasis = _HEADINGS.get(paragraph.level, _DEEPER if paragraph.level else _HEADINGS[1])
    label = (Run(f"{paragraph.label} "),) if paragraph.label else ()
    lines = break_lines((*label, *paragraph.runs), Measure(left, left, right), tag, emphasis)
    return glue(lines, whole=True)


def _labelled(
    paragraph: Paragraph, left: float, right: float, tags: tuple[Tag, Tag], *, hang: float
) -> list[Line]:
    """Set a number or bullet, the text hanging beside it; a wide label pushes the first line on."""
    if not paragraph.label:
        return break_lines(paragraph.runs, Measure(left, left + hang, right), tags[1])
    label = break_lines((Run(paragraph.label),), Measure(left, left, right), tags[0])
    *above, beside = label
    end = max((piece.x + piece.width for piece in beside.pieces), default=left)
    first = min(max(left + hang, end + INDENT / 12), right - INDENT / 2)
    lines = break_lines(paragraph.runs, Measure(first, left + hang, right), tags[1])
    return [*above, Line([*beside.pieces, *lines[0].pieces], lines[0].notes), *lines[1:]]


def _lay_picture(picture: Picture, layout: Layout, parent: Tag, left: float, right: float) -> Strip:
    layout.pictures += 1
    tallest = (LINES - 3) * LEADING
    scale = min(1.0, (right - left) / picture.width, tallest / picture.height)
    width, height = picture.width * scale, picture.height * scale
    rows = max(1, -int(-(height + LEADING / 2) // LEADING))
    x = left + (right - left - width) / 2
    tag = Tag("Figure", parent, f"Picture {layout.pictures}")
    return Strip(rows, images=(PlacedImage(0, x, picture.image, width, height, tag),))
