"""Diagrams (SmartArt): their shapes can't be kept, the words in them can."""

from collections.abc import Iterator

from lxml import etree

from anonymiser.read.docx.document import Story
from anonymiser.read.docx.names import DGM, A, R
from anonymiser.read.docx.shapes import walk_shown

_MADE_BY_WORD = frozenset(("pres", "parTrans", "sibTrans"))


def read_diagrams(drawing: etree._Element, story: Story) -> Iterator[str]:
    """Yield the words in each point of the diagrams in a drawing."""
    for element in walk_shown(drawing):
        if element.tag != DGM + "relIds":
            continue
        story.document.tally.add("diagram, kept as its words", story.where)
        _, target, outside = story.relations.get(element.get(R + "dm", ""), ("", "", True))
        data = story.document.package.parse(target) if target and not outside else None
        for point in data.iter(DGM + "pt") if data is not None else ():
            if point.get("type") not in _MADE_BY_WORD:
                yield from _lines(point)


def _lines(point: etree._Element) -> Iterator[str]:
    for paragraph in point.iter(A + "p"):
        line = "".join([text.text or "" for text in paragraph.iter(A + "t")])
        if line.strip():
            yield line
