"""Reads the blocks of a story: paragraphs with roles and labels, lists, sections, tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from anonymiser.manuscript import Block, Emphasis, Paragraph, Role, Run, SceneBreak
from anonymiser.read.odt.document import Story
from anonymiser.read.odt.drawings import is_drawn, read_drawing
from anonymiser.read.odt.inline import Inline
from anonymiser.read.odt.names import LOEXT, OFFICE, SVG, TABLE, TEXT, whole
from anonymiser.read.odt.numbering import Place
from anonymiser.read.odt.styles import Style
from anonymiser.read.odt.tables import read_table

_DEEPEST_HEADING = 10
_DEEPEST_ITEM = 8
_HEADING_OWN = frozenset({Emphasis.BOLD})
_PARAGRAPHS = frozenset((TEXT + "p", TEXT + "h"))
_SECTIONS = frozenset(
    TEXT + name
    for name in (
        "section", "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
        "alphabetical-index", "bibliography", "index-title",
    )
)  # fmt: skip
_PASSED_OVER = frozenset((
    OFFICE + "forms", TEXT + "sequence-decls", TEXT + "soft-page-break", OFFICE + "event-listeners",
    TEXT + "table-of-content-source", TEXT + "illustration-index-source", TEXT + "table-index-source",
    TEXT + "object-index-source", TEXT + "user-index-source", TEXT + "alphabetical-index-source",
    TEXT + "bibliography-source", TEXT + "section-source", OFFICE + "dde-source", TEXT + "change",
    TEXT + "change-start", TEXT + "change-end", TEXT + "number", SVG + "title", SVG + "desc",
))  # fmt: skip
_DECLARED = frozenset(TEXT + name for name in ("variable-decls", "user-field-decls", "dde-connection-decls"))
_COMMENTS = frozenset((OFFICE + "annotation", LOEXT + "annotation"))


@dataclass(slots=True)
class _Reader:
    """`place` and `label` are of the list's item that is being read; a label is None outside lists."""

    story: Story
    blocks: list[Block] = field(default_factory=list)
    place: Place | None = None
    label: str | None = None


def read_blocks(parent: etree._Element, story: Story) -> list[Block]:
    reader = _Reader(story)
    _walk(parent, reader)
    return reader.blocks


def _walk(elements: Iterable[etree._Element], reader: _Reader) -> None:  # noqa: C901 - one branch per kind
    tally, where = reader.story.document.tally, reader.story.where
    for element in elements:
        tag = element.tag
        if tag in _PARAGRAPHS:
            _read_paragraph(element, reader)
        elif tag == TEXT + "list":
            _read_list(element, reader)
        elif tag == TEXT + "numbered-paragraph":
            _read_numbered(element, reader)
        elif tag == TABLE + "table":
            reader.blocks.append(read_table(element, reader.story, read_blocks))
        elif tag in _SECTIONS:
            _read_section(element, reader)
        elif tag == TEXT + "tracked-changes":
            tally.add("deleted passage", where, sum(1 for _ in element.iter(TEXT + "deletion")))
        elif tag in _COMMENTS:
            tally.add("comment", where)
        elif tag in _DECLARED:
            tally.add("document variable", "settings", len(element))
        elif is_drawn(element):
            reader.blocks.extend(read_drawing(element, reader.story, read_blocks))
        elif tag not in _PASSED_OVER:
            _walk(element, reader)


def _read_section(section: etree._Element, reader: _Reader) -> None:
    """Read a section or an index, unless it is hidden, always or on a condition that holds."""
    display = section.get(TEXT + "display", "true")
    hidden = display == "none" or (display == "condition" and section.get(TEXT + "is-hidden") != "false")
    if hidden or reader.story.document.styles.resolve("section", section.get(TEXT + "style-name")).hidden:
        reader.story.document.tally.add("hidden text", reader.story.where)
    else:
        _walk(section, reader)


def _read_list(element: etree._Element, reader: _Reader) -> None:
    outer, outer_label = reader.place, reader.label
    reader.place = reader.story.document.numbering.open_list(element, outer)
    for item in element:
        numbered = item.tag == TEXT + "list-item"
        place = replace(reader.place, style=item.get(TEXT + "style-override") or reader.place.style)
        for child in item:
            reader.label = ""
            if child.tag in _PARAGRAPHS and numbered:
                reader.label = _label(child, place, item.get(TEXT + "start-value"), reader)
                numbered = False
            _walk((child,), reader)
    reader.place, reader.label = outer, outer_label


def _read_numbered(element: etree._Element, reader: _Reader) -> None:
    """Read a paragraph that says itself which list it stands in and how deep."""
    numbering = reader.story.document.numbering
    level = whole(element.get(TEXT + "level"), 1, _DEEPEST_HEADING) - 1
    outer, outer_label = reader.place, reader.label
    reader.place = replace(numbering.join_list(element), level=max(0, level))
    reader.label = ""
    for child in element:
        if child.tag in _PARAGRAPHS:
            reader.label = _label(child, reader.place, element.get(TEXT + "start-value"), reader)
    _walk(element, reader)
    reader.place, reader.label = outer, outer_label


def _label(paragraph: etree._Element, place: Place, start: str | None, reader: _Reader) -> str:
    document = reader.story.document
    if not place.style:
        style = document.styles.resolve("paragraph", paragraph.get(TEXT + "style-name"))
        place = replace(place, style=style.list_style or "")
    return document.numbering.label_item(place, start)


def _read_paragraph(element: etree._Element, reader: _Reader) -> None:
    story, document = reader.story, reader.story.document
    style = document.styles.resolve("paragraph", element.get(TEXT + "style-name"))
    inline = Inline(story, read_blocks)
    hiding = next(
        (
            field
            for field in element.iter(TEXT + "hidden-paragraph")
            if field.get(TEXT + "is-hidden") == "true"
        ),
        None,
    )
    if hiding is not None:
        document.tally.add("hidden text", story.where)
        return
    inline.walk(element, style.look.over(story.look), style.upper)
    runs = inline.runs.take()
    has_text = any(run.text.strip() or run.note for run in runs)
    if style.byline and has_text:
        document.tally.add("byline", story.where)
    elif has_text:
        _append(_make_paragraph(element, runs, style, reader), reader)
    elif style.rule:
        reader.blocks.append(SceneBreak())
    reader.blocks.extend(inline.after)


def _append(paragraph: Paragraph, reader: _Reader) -> None:
    """Add a paragraph; lines of verse that follow one another, each its own paragraph, become one."""
    last = reader.blocks[-1] if reader.blocks else None
    verse = isinstance(last, Paragraph) and last.role is paragraph.role is Role.VERSE
    if isinstance(last, Paragraph) and verse:
        reader.blocks[-1] = replace(last, runs=(*last.runs, Run("\n"), *paragraph.runs))
    else:
        reader.blocks.append(paragraph)


def _make_paragraph(
    element: etree._Element, runs: tuple[Run, ...], style: Style, reader: _Reader
) -> Paragraph:
    outlined = whole(element.get(TEXT + "outline-level"), 1, _DEEPEST_HEADING)
    heading = element.tag == TEXT + "h" and outlined > 0 and style.role is not Role.TITLE
    role = Role.HEADING if heading else style.role or Role.PARAGRAPH
    if role in {Role.HEADING, Role.TITLE}:
        # A heading is bold as a heading; what its style adds to that says nothing.
        own = _HEADING_OWN | style.look.emphasis
        plain = tuple(replace(run, emphasis=run.emphasis - own) for run in runs)
        label = reader.label if reader.label and any(map(str.isalnum, reader.label)) else ""
        if heading and reader.label is None:
            label = reader.story.document.numbering.label_heading(outlined, element)
        level = outlined if heading else style.level
        return Paragraph(role, plain, level, label if role is Role.HEADING else "")
    if reader.label is not None and role is not Role.REFERENCE:
        depth = min(reader.place.level, _DEEPEST_ITEM) if reader.place else 0
        return Paragraph(Role.ITEM, runs, depth, reader.label)
    if role is Role.PARAGRAPH and style.inset:
        role = Role.QUOTE
    return Paragraph(role, runs, 0, reader.label or "")
