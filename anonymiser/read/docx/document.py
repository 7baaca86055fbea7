"""What reading a story needs to know of the document around it, and what all stories add to."""

from dataclasses import dataclass, field

from lxml import etree

from anonymiser.manuscript import Block
from anonymiser.read.docx.drawings import Pictures
from anonymiser.read.docx.fields import Fields
from anonymiser.read.docx.names import W
from anonymiser.read.docx.numbering import Numbering
from anonymiser.read.docx.package import Package
from anonymiser.read.docx.styles import Styles
from anonymiser.read.reading import Tally

Relations = dict[str, tuple[str, str, bool]]


class Document:
    """`notes` fills as marks are met; a note is read by whoever meets its mark first."""

    def __init__(self, package: Package, tally: Tally) -> None:
        self.package = package
        self.tally = tally
        self.relations: Relations = package.relations(package.main)
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.pictures = Pictures(package, tally)
        self.notes: list[tuple[Block, ...]] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.sources = {
            kind: (self._notes(f"{kind}s"), package.relations(self._target(f"{kind}s") or "-"))
            for kind in ("footnote", "endnote")
        }

    def _target(self, kind: str) -> str | None:
        return next(
            (target for known, target, outside in self.relations.values() if known == kind and not outside),
            None,
        )

    def _part(self, kind: str) -> etree._Element | None:
        target = self._target(kind)
        return self.package.parse(target) if target else None

    def _notes(self, kind: str) -> dict[str, etree._Element]:
        root = self._part(kind)
        found = root.iterfind(W + kind[:-1]) if root is not None else ()
        # Separators are drawn by Word between text and notes; they are no notes.
        return {note.get(W + "id", ""): note for note in found if note.get(W + "type", "normal") == "normal"}


@dataclass(slots=True)
class Story:
    """A run of text with fields of its own: the body, a note, a text box. `where` is for the report."""

    document: Document
    relations: Relations
    where: str
    fields: Fields = field(default_factory=Fields)
    dark_behind: bool = False  # the background shows white text
