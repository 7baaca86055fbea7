"""Reads the blocks of a story: paragraphs with roles and labels, tables, what controls wrap."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from anonymiser.manuscript import Block, Paragraph, Role, Run
from anonymiser.read.docx.alternatives import choose, leave_others
from anonymiser.read.docx.chunks import read_chunk
from anonymiser.read.docx.controls import open_control
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.inline import Inline
from anonymiser.read.docx.looks import PLAIN_LOOK
from anonymiser.read.docx.names import MC, M, W, child_of
from anonymiser.read.docx.paragraphs import (
    Said,
    make_paragraph,
    next_label,
    own_look,
    recast,
    runs_on,
    style_of,
)
from anonymiser.read.docx.tables import read_table

_DELETED = (W + "del", W + "moveFrom")
_STRAY = (W + "r", W + "fldSimple", W + "t", M + "oMath", M + "oMathPara")
_PROPERTIES = ("pPr", "rPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "tcPr", "trPr", "sectPr")


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
        if read := _READERS.get(element.tag):
            read(element, reader)
        elif len(element):
            _walk(element, reader)


def _pass_by(element: etree._Element, reader: _Reader) -> None:
    """Properties show nothing."""


def _read_table(element: etree._Element, reader: _Reader) -> None:
    reader.blocks.append(read_table(element, reader.story, read_blocks))


def _read_control(element: etree._Element, reader: _Reader) -> None:
    if (content := open_control(element, reader.story)) is not None:
        _walk(content, reader)


def _read_choice(element: etree._Element, reader: _Reader) -> None:
    chosen = choose(element)
    leave_others(element, chosen, reader.story.document.account)
    if chosen is not None:
        _walk(chosen, reader)


def _read_chunk(element: etree._Element, reader: _Reader) -> None:
    reader.blocks.extend(read_chunk(element, reader.story))


def _leave_deleted(element: etree._Element, reader: _Reader) -> None:
    reader.story.leave("deleted passage", element)


def _leave_document(element: etree._Element, reader: _Reader) -> None:
    reader.story.leave("embedded document, could not be kept", element)


def _count_bookmark(_: etree._Element, reader: _Reader) -> None:
    reader.story.document.tally.add("bookmark", reader.story.where)


def _read_stray(element: etree._Element, reader: _Reader) -> None:
    """Read what may stand among paragraphs, an equation, or what some program put there, a run."""
    inline = Inline(
        reader.story, reader.story.document.base("", PLAIN_LOOK, reader.story.beneath), read_blocks
    )
    inline.walk([element])
    reader.blocks.append(Paragraph(Role.PARAGRAPH, tuple(inline.runs)))
    reader.blocks.extend(inline.after)


def _read_paragraph(element: etree._Element, reader: _Reader) -> None:
    story, document = reader.story, reader.story.document
    properties = child_of(element, W + "pPr")
    said: Said = {child.tag: child for child in properties} if properties is not None else {}
    style = style_of(said, document.styles)
    own = own_look(said)
    inline = Inline(story, document.base(style.identity, own, story.beneath), read_blocks)
    inline.walk(element)
    runs = [*reader.carried, *inline.runs]
    reader.carried.clear()
    label = next_label(said, style, document.numbering)
    if runs_on(said):
        reader.carried.extend(runs)
    elif style.byline and any(run.text.strip() for run in runs):
        document.tally.add("byline", story.where)
        document.account.leave_text("".join([run.text for run in runs]))
    elif runs:
        made = make_paragraph(runs, style, said, label)
        reader.blocks.append(recast(made, said) if document.sets_quotations_in else made)
    reader.blocks.extend(inline.after)


_READERS: dict[str | bytes, Callable[[etree._Element, _Reader], None]] = {
    **{W + name: _pass_by for name in _PROPERTIES},
    **dict.fromkeys(_DELETED, _leave_deleted),
    **dict.fromkeys(_STRAY, _read_stray),
    W + "p": _read_paragraph,
    W + "tbl": _read_table,
    W + "sdt": _read_control,
    MC + "AlternateContent": _read_choice,
    W + "altChunk": _read_chunk,
    W + "subDoc": _leave_document,
    W + "bookmarkStart": _count_bookmark,
}
