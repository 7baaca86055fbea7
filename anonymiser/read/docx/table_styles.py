"""What the style of a table says of the text in each of its cells: a dark head row shows white letters."""

from dataclasses import dataclass

from lxml import etree

from anonymiser.read.docx.looks import PLAIN_LOOK, Look, ground, read_look
from anonymiser.read.docx.names import W, is_on, number
from anonymiser.read.docx.styles import Styles

# Bits of `w:tblLook`; the last two turn bands off. Later ones lie over earlier ones.
_PARTS = (
    ("firstCol", "firstColumn", 0x80),
    ("lastCol", "lastColumn", 0x100),
    ("firstRow", "firstRow", 0x20),
    ("lastRow", "lastRow", 0x40),
)
_NO_ROW_BANDS, _NO_COLUMN_BANDS = 0x200, 0x400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: half-known rows are better than none, so spans are taken as written."""

    row: int
    column: int
    last_row: bool
    last_column: bool


class TableStyle:
    def __init__(self, styles: Styles, properties: etree._Element | None) -> None:
        named = properties.find(W + "tblStyle") if properties is not None else None
        self._looks: dict[str, Look] = {}
        self._found: dict[tuple[str, ...], Look] = {}
        for style in styles.table_chain(named.get(W + "val") if named is not None else None):
            self._lay_under("", style)
            for part in style.iterfind(W + "tblStylePr"):
                self._lay_under(part.get(W + "type", ""), part)
        self._asked = _asked(properties.find(W + "tblLook") if properties is not None else None)
        own = ground(properties)
        self._looks[""] = own.over(self._looks.get("", PLAIN_LOOK))

    def look(self, place: Place) -> Look:
        if self._looks.keys() == {""}:
            return self._looks[""]
        parts = self._parts(place)
        found = self._found.get(parts)
        if found is None:
            found = self._looks[""]
            for part in parts:
                found = self._looks.get(part, PLAIN_LOOK).over(found)
            self._found[parts] = found
        return found

    def _parts(self, place: Place) -> tuple[str, ...]:
        head, first = "firstRow" in self._asked, "firstCol" in self._asked
        parts = ["wholeTable"]
        if "columnBands" in self._asked:
            parts.append("band2Vert" if (place.column - first) % 2 else "band1Vert")
        if "rowBands" in self._asked:
            parts.append("band2Horz" if (place.row - head) % 2 else "band1Horz")
        stands = {
            "firstCol": place.column == 0,
            "lastCol": place.last_column,
            "firstRow": place.row == 0,
            "lastRow": place.last_row,
        }
        return (*parts, *[part for part, _, _ in _PARTS if part in self._asked and stands[part]])

    def _lay_under(self, part: str, element: etree._Element) -> None:
        look = read_look(element.find(W + "rPr"))
        for holder in (W + "tblPr", W + "tcPr"):
            look = look.over(ground(element.find(holder)))
        self._looks[part] = self._looks.get(part, PLAIN_LOOK).over(look)


def _asked(look: etree._Element | None) -> set[str]:
    if look is None:
        return {"rowBands", "columnBands"}
    try:
        bits = int(look.get(W + "val", "0"), 16)
    except ValueError:
        bits = number(look.get(W + "val")) or 0

    def said(name: str, bit: int) -> bool:
        given = look.get(W + name)
        return is_on(given) if given is not None else bool(bits & bit)

    asked = {part for part, name, bit in _PARTS if said(name, bit)}
    if not said("noHBand", _NO_ROW_BANDS):
        asked.add("rowBands")
    if not said("noVBand", _NO_COLUMN_BANDS):
        asked.add("columnBands")
    return asked
