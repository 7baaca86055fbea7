"""The styles of a document: what each says, with all it is based on, of look, role and list."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from anonymiser.manuscript import Role
from anonymiser.read.docx.looks import PLAIN_LOOK, Look, ground, read_look
from anonymiser.read.docx.names import W, number, value
from anonymiser.read.docx.style_sheet import StyleSheet

DEEPEST = 20  # styles based on one another; Word allows ten
_HEADING = re.compile(r"heading ([1-9])")
_BODY_LEVEL = 9
_ROLES = {
    "title": (Role.TITLE, 0),
    "subtitle": (Role.HEADING, 2),
    "quote": (Role.QUOTE, 0),
    "intense quote": (Role.QUOTE, 0),
    "quotations": (Role.QUOTE, 0),
    "block text": (Role.QUOTE, 0),
    "block quotation": (Role.QUOTE, 0),
    "bibliography": (Role.REFERENCE, 0),
    "html preformatted": (Role.VERSE, 0),
    "source code": (Role.VERSE, 0),
}
_BYLINES = {"author", "authors", "byline", "author name"}


@dataclass(frozen=True, slots=True)
class Style:
    """`list_id` and `list_level` as in `w:numPr`, None where the style says nothing of lists.

    `ground` is what the style shades behind its paragraphs.
    """

    identity: str = ""
    look: Look = PLAIN_LOOK
    role: Role | None = None
    level: int = 0
    byline: bool = False
    ground: Look = PLAIN_LOOK
    list_id: str | None = None
    list_level: int | None = None


class Styles:
    def __init__(self, sheet: StyleSheet | None) -> None:
        self._sheet = sheet
        root = sheet.root if sheet is not None else None
        self._elements: dict[str, etree._Element] = {}
        self._table_styles: dict[str, etree._Element | None] = {}
        self._resolved: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self.defaults = read_look(defaults)
        for element in root.iterfind(W + "style") if root is not None else ():
            identity = element.get(W + "styleId", "")
            self._elements[identity] = element
            if element.get(W + "default") in {"1", "true", "on"}:
                self._defaults[element.get(W + "type", "")] = identity

    @property
    def default_paragraph(self) -> str:
        return self._defaults.get("paragraph", "")

    def resolve(self, identity: str | None) -> Style:
        if identity is None:
            return _NOTHING
        if identity not in self._resolved:
            self._resolved[identity] = self._resolve(identity, 0)
        return self._resolved[identity]

    def table_chain(self, identity: str | None) -> list[etree._Element]:
        """Return a table's style and what it is based on, itself first; without an id the default."""
        found: list[etree._Element] = []
        element = self._table_style(identity)
        while element is not None and len(found) < DEEPEST:
            found.append(element)
            base = value(element, "basedOn")
            element = self._table_style(base) if base else None
        return found

    def _table_style(self, identity: str | None) -> etree._Element | None:
        identity = identity or self._defaults.get("table", "")
        if identity in self._elements or self._sheet is None:
            return self._elements.get(identity)
        if identity not in self._table_styles:
            self._table_styles[identity] = self._sheet.table_style(identity)
        return self._table_styles[identity]

    def _resolve(self, identity: str, depth: int) -> Style:
        element = self._elements.get(identity)
        if element is None or depth > DEEPEST:
            return _NOTHING
        base = value(element, "basedOn")
        beneath = self._resolve(base, depth + 1) if base else _NOTHING
        paragraph = element.find(W + "pPr")
        numbering = paragraph.find(W + "numPr") if paragraph is not None else None
        style = replace(
            beneath,
            identity=identity,
            look=read_look(element.find(W + "rPr")).over(beneath.look),
            ground=ground(paragraph).over(beneath.ground),
            list_id=value(numbering, "numId") or beneath.list_id,
            list_level=_first(number(value(numbering, "ilvl")), beneath.list_level),
        )
        return _take_role(style, (value(element, "name") or "").casefold(), paragraph)


def _take_role(style: Style, name: str, paragraph: etree._Element | None) -> Style:
    if name in _BYLINES:
        return replace(style, byline=True)
    if name in _ROLES:
        role, level = _ROLES[name]
        return replace(style, role=role, level=level)
    if match := _HEADING.fullmatch(name):
        return replace(style, role=Role.HEADING, level=int(match[1]))
    outline = number(value(paragraph, "outlineLvl"))
    if outline is not None and style.role is not Role.TITLE:
        return outlined(style, outline)
    return style


def outlined(style: Style, outline: int) -> Style:
    """Return the style with an outline level: 0 to 8 are headings, 9 is body text."""
    if outline >= _BODY_LEVEL:
        return replace(style, role=None, level=0)
    return replace(style, role=Role.HEADING, level=outline + 1)


def _first(own: int | None, beneath: int | None) -> int | None:
    return own if own is not None else beneath


_NOTHING = Style()
