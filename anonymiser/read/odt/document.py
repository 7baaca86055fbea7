"""What reading a story needs to know of the document around it, and what all stories add to."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from anonymiser.manuscript import Block
from anonymiser.read.look import PLAIN_LOOK, Look
from anonymiser.read.odt.forms import read_controls
from anonymiser.read.odt.numbering import Numbering
from anonymiser.read.odt.package import Package
from anonymiser.read.odt.styles import Styles
from anonymiser.read.pictures import Pictures
from anonymiser.read.reading import Tally


class Document:
    """`notes` fills as their marks are met."""

    def __init__(self, package: Package, body: etree._Element, tally: Tally) -> None:
        roots = (
            (package.styles, package.content) if package.styles is not package.content else (package.content,)
        )
        self.package = package
        self.tally = tally
        self.styles = Styles(*roots)
        self.numbering = Numbering(*roots)
        self.pictures = Pictures(tally)
        self.controls = read_controls(body)
        self.notes: list[tuple[Block, ...]] = []


@dataclass(frozen=True, slots=True)
class Story:
    """A run of text: the body, a note, a cell, a text box. `where` is for the report."""

    document: Document
    where: str
    look: Look = PLAIN_LOOK  # of what is around: the page, a frame, a cell


ReadBlocks = Callable[[etree._Element, Story], list[Block]]  # noqa: SLF001 - there is no public name for it
