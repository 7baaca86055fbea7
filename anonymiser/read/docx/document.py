"""What reading a story needs to know of the document around it, and what all stories add to."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from anonymiser.manuscript import Block, Emphasis
from anonymiser.read.docx.account import Account
from anonymiser.read.docx.fields import Fields
from anonymiser.read.docx.looks import PLAIN_LOOK, READ_BY_LOOKS, Look, read_look
from anonymiser.read.docx.names import W, twips, value
from anonymiser.read.docx.numbering import Numbering
from anonymiser.read.docx.package import Package
from anonymiser.read.docx.pictures import Pictures
from anonymiser.read.docx.style_sheet import StyleSheet
from anonymiser.read.docx.styles import Styles
from anonymiser.read.reading import Tally

Relations = dict[str, tuple[str, str, bool]]
_LOOKED_AT = READ_BY_LOOKS | {W + "rStyle"}


class Shown(NamedTuple):
    emphasis: frozenset[Emphasis]
    unseen: str  # why nobody sees it: "", or what to call it in the report
    font: str  # of symbols; "" for any other


class Document:
    """`notes` fills as marks are met; a note is read by whoever meets its mark first."""

    def __init__(self, package: Package, tally: Tally, account: Account, depth: int = 0) -> None:
        self.package = package
        self.tally = tally
        self.account = account
        self.depth = depth  # of documents inside documents
        self.relations: Relations = package.relations(package.main)
        self.styles = Styles(self._style_sheet())
        self.numbering = Numbering(self._part("numbering"))
        self.pictures = Pictures(package, tally)
        self.sets_quotations_in = _sets_in_some(package.root)
        self.notes: list[tuple[Block, ...]] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.sources = {
            kind: (self._notes(f"{kind}s"), package.relations(self._target(f"{kind}s") or "-"))
            for kind in ("footnote", "endnote")
        }
        self._bases: dict[object, Look] = {}
        self._shown: dict[tuple[object, ...], Shown] = {}

    def shown(self, properties: etree._Element | None, base: Look) -> Shown:
        """Return how a run is shown over what `base` returned; equal properties are worked out once."""
        # Bases are kept as long as the document, and told apart by identity: they are too large to compare.
        key: tuple[object, ...] = (id(base),)
        if properties is not None:
            key = (id(base), *[_spell(element) for element in properties if element.tag in _LOOKED_AT])
        shown = self._shown.get(key)
        if shown is None:
            look = base
            if properties is not None:
                style = self.styles.resolve(value(properties, "rStyle"))
                look = read_look(properties).over(style.look.toggled_over(base))
            shown = self._shown[key] = Shown(look.emphasis, look.invisible, look.font or "")
        return shown

    def base(self, named: str, own: Look, beneath: Look) -> Look:
        """Return how text of a paragraph looks: what the paragraph says, its style, its cell, the defaults."""
        key = named if own is beneath is PLAIN_LOOK else (named, own, beneath)
        if key not in self._bases:
            style = self.styles.resolve(named)
            look = style.look.over(own).over(style.ground).over(beneath).over(self.styles.defaults)
            # Where a place shows nothing, no style in it shows.
            self._bases[key] = replace(look, unseen=own.unseen or beneath.unseen)
        return self._bases[key]

    def _target(self, kind: str) -> str | None:
        return next(
            (target for known, target, outside in self.relations.values() if known == kind and not outside),
            None,
        )

    def _part(self, kind: str) -> etree._Element | None:
        target = self._target(kind)
        return self.package.parse(target) if target else None

    def _style_sheet(self) -> StyleSheet | None:
        target = self._target("styles")
        data = self.package.read_transitional(target) if target else None
        return StyleSheet(data) if data is not None else None

    def _notes(self, kind: str) -> dict[str, etree._Element]:
        root = self._part(kind)
        found = root.iterfind(W + kind[:-1]) if root is not None else ()
        # Separators are drawn by Word between text and notes; they are no notes.
        return {note.get(W + "id", ""): note for note in found if note.get(W + "type", "normal") == "normal"}


@dataclass(slots=True)
class Story:
    """A run of text with fields of its own: the body, a note, a text box.

    `where` is for the report; `beneath` is how text looks before any style says so: in a shaded cell, in a
    filled box.
    """

    document: Document
    relations: Relations
    where: str
    fields: Fields = field(default_factory=Fields)
    beneath: Look = PLAIN_LOOK

    def within(self, beneath: Look) -> "Story":
        """Return the story as it goes on in a cell."""
        return Story(self.document, self.relations, self.where, self.fields, beneath)

    def leave(self, what: str, element: etree._Element) -> None:
        """Pass an element over: the report names why, the account how much."""
        self.document.tally.add(what, self.where)
        self.document.account.leave(element)


def _sets_in_some(root: etree._Element) -> bool:
    """Whether indented paragraphs are few: where most are, it is how the text stands."""
    paragraphs = sum(1 for _ in root.iter(W + "p"))
    indents = [element.get(W + "left") or element.get(W + "start") for element in root.iter(W + "ind")]
    return sum(bool(twips(indent)) for indent in indents) * 3 <= paragraphs


def _spell(element: etree._Element) -> tuple[object, ...]:
    if len(element):
        return (element.tag, *element.items(), *[child.tag for child in element])
    return (element.tag, *element.items())
