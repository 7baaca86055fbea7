"""What holds at a point of a page: the look and role of text, the list it stands in."""

from dataclasses import dataclass, field

from lxml import etree

from anonymiser.manuscript import Block, Role
from anonymiser.read.html.notes import Notes
from anonymiser.read.html.rules import Rules
from anonymiser.read.look import PLAIN_LOOK, Look
from anonymiser.read.pictures import Pictures
from anonymiser.read.reading import Tally


@dataclass(slots=True)
class Page:
    """`numbers` are of notes, by the element that holds them."""

    rules: Rules
    notes: Notes
    tally: Tally
    pictures: Pictures
    note_blocks: list[tuple[Block, ...]] = field(default_factory=list)
    numbers: dict[etree._Element, int] = field(default_factory=dict)


@dataclass(slots=True)
class OpenList:
    form: str  # "1", "a", "A", "i", "I"; "" for bullets, "none" for none
    next: int = 1
    step: int = 1


@dataclass(frozen=True, slots=True)
class Context:
    look: Look = PLAIN_LOOK
    role: Role = Role.PARAGRAPH
    level: int = 0
    verbatim: bool = False  # white space counts
    upper: bool = False
    lists: tuple[OpenList, ...] = ()
