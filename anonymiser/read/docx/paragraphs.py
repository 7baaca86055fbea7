"""What a paragraph says of itself: its style, role and number, and whether its place shows it at all."""

from dataclasses import replace

from lxml import etree

from anonymiser.manuscript import Emphasis, Paragraph, Role, Run
from anonymiser.read.docx.looks import PLAIN_LOOK, Look, read_ground, read_look
from anonymiser.read.docx.names import W, number, twips, value
from anonymiser.read.docx.numbering import Numbering
from anonymiser.read.docx.styles import Style, Styles, outlined

Said = dict[str | bytes, etree._Element]  # noqa: SLF001 - there is no public name for it
"""The children of `w:pPr` by name."""

_INSET = 500  # twips on both sides: such a paragraph is a quotation
_PASSAGE = 120  # characters: more than a line
_STANZA, _VERSE = 3, 60  # lines, characters
_LOWEST_LINE = 80  # twips, four points: of a line set to be no higher nothing is read
_FARTHEST = 15_000  # twips: past the edge of any page an essay is written on
_DEEPEST = 8
_HEADING_OWN = frozenset({Emphasis.BOLD})


def style_of(said: Said, styles: Styles) -> Style:
    named = said.get(W + "pStyle")
    style = styles.resolve(named.get(W + "val", "") if named is not None else styles.default_paragraph)
    outline = number(_value(said, "outlineLvl"))
    return outlined(style, outline) if outline is not None and style.role is not Role.TITLE else style


def own_look(said: Said) -> Look:
    """Return what a paragraph itself says of the ground behind its text and of whether it can be seen."""
    shade, spacing = said.get(W + "shd"), said.get(W + "spacing")
    look = read_ground(shade) if shade is not None else PLAIN_LOOK
    if spacing is not None and spacing.get(W + "lineRule") == "exact":
        height = twips(spacing.get(W + "line"))
        if height is not None and height < _LOWEST_LINE:
            return replace(look, unseen="tiny text")
    for name, sides in (("ind", ("left", "start")), ("framePr", ("x", "y"))):
        offsets = [twips(said[W + name].get(W + side)) or 0 for side in sides] if W + name in said else []
        if any(abs(offset) > _FARTHEST for offset in offsets):
            return replace(look, unseen="text off the page")
    return look


def runs_on(said: Said) -> bool:
    """Whether the next paragraph goes on in the line: this one's end was deleted or hidden, or it is an initial."""
    frame = said.get(W + "framePr")
    if frame is not None and frame.get(W + "dropCap") in {"drop", "margin"}:
        return True
    marks = said.get(W + "rPr")
    if marks is None:
        return False
    return any(child.tag in {W + "del", W + "moveFrom"} for child in marks) or bool(read_look(marks).hidden)


def next_label(said: Said, style: Style, numbering: Numbering) -> str:
    """Return the paragraph's number or bullet; one without words takes up a number all the same."""
    listed = value(said.get(W + "numPr"), "numId") or style.list_id
    return numbering.label(listed, _depth(said, style)) if listed and listed != "0" else ""


def make_paragraph(runs: list[Run], style: Style, said: Said, label: str) -> Paragraph:
    if not any(run.text.strip() or run.note for run in runs):
        label = ""
    role = style.role or Role.PARAGRAPH
    if role in {Role.HEADING, Role.TITLE}:
        # A heading is bold as a heading; what its style adds to that says nothing.
        plain = tuple(replace(run, emphasis=run.emphasis - _HEADING_OWN) for run in runs)
        return Paragraph(role, plain, style.level, label if role is Role.HEADING else "")
    if label and role is not Role.REFERENCE:
        return Paragraph(Role.ITEM, tuple(runs), _depth(said, style), label)
    paragraph = Paragraph(role, tuple(runs), 0, label)
    if role is not Role.PARAGRAPH:
        return paragraph
    if _is_verse(paragraph.text):
        return replace(paragraph, role=Role.VERSE)
    left, right, _ = _indents(said)
    return replace(paragraph, role=Role.QUOTE) if left >= _INSET and right >= _INSET else paragraph


def recast(paragraph: Paragraph, said: Said) -> Paragraph:
    """Make a quotation of a whole passage that stands further in than the text around it."""
    left, _, first = _indents(said)
    if paragraph.role is Role.PARAGRAPH and _INSET <= left <= 4 * _INSET and not first:
        return replace(paragraph, role=Role.QUOTE) if len(paragraph.text) >= _PASSAGE else paragraph
    return paragraph


def _is_verse(text: str) -> bool:
    """Whether lines were ended by hand, none of them near the margin."""
    lines = text.strip().split("\n")
    return len(lines) >= _STANZA and all(0 < len(line) <= _VERSE for line in lines)


def _indents(said: Said) -> tuple[int, int, int]:
    """Return how far in a paragraph stands, left and right, and what its first line adds or takes, in twips."""
    indent = said.get(W + "ind")
    if indent is None:
        return 0, 0, 0
    left = twips(indent.get(W + "left") or indent.get(W + "start")) or 0
    right = twips(indent.get(W + "right") or indent.get(W + "end")) or 0
    return left, right, twips(indent.get(W + "hanging") or indent.get(W + "firstLine")) or 0


def _depth(said: Said, style: Style) -> int:
    own = number(value(said.get(W + "numPr"), "ilvl"))
    return max(0, min(own if own is not None else style.list_level or 0, _DEEPEST))


def _value(said: Said, name: str) -> str | None:
    element = said.get(W + name)
    return element.get(W + "val") if element is not None else None
