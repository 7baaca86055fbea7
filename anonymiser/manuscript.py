"""The essay as a document model: what readers make, redaction rewrites and the typesetter sets.

A manuscript is a sequence of blocks. A block is a `Paragraph` (its role says what kind), a `Table`, a
`Picture` or a `SceneBreak`. To show one: walk `blocks`, then the `notes`, then `statement` under its own heading.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

STATEMENT_HEADING = "Statement on the use of artificial intelligence"


class Emphasis(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


PLAIN: frozenset[Emphasis] = frozenset()


class Role(StrEnum):
    TITLE = "title"
    HEADING = "heading"  # level 1 and on
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list: level 0 and on, label "1." or "•"
    QUOTE = "quote"
    VERSE = "verse"  # lines that keep their own ends; "\n" between them
    REFERENCE = "reference"  # an item of the list of references


class _Reticent:
    """Shows its kind and never its words: essays must not reach a log by way of a repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


@dataclass(frozen=True, slots=True, repr=False)
class Run(_Reticent):
    r"""Words in one emphasis, or no words and, where `note` isn't 0, the mark of `notes[note - 1]`.

    In `text`, "\n" is a line break inside the paragraph and "\t" a tab.
    """

    text: str
    emphasis: frozenset[Emphasis] = PLAIN
    note: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph(_Reticent):
    role: Role
    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""  # number or bullet as it is shown; never part of `text`

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])


@dataclass(frozen=True, slots=True, repr=False)
class Cell(_Reticent):
    blocks: tuple["Block", ...]
    columns: int = 1  # how many it spans


@dataclass(frozen=True, slots=True, repr=False)
class Table(_Reticent):
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Picture(_Reticent):
    image: int  # index into `Manuscript.images`
    width: float  # points, as it stood in the original
    height: float


@dataclass(frozen=True, slots=True, repr=False)
class SceneBreak(_Reticent):
    pass


Block = Paragraph | Table | Picture | SceneBreak


@dataclass(frozen=True, slots=True, repr=False)
class Image(_Reticent):
    data: bytes  # PNG or JPEG, encoded anew, without metadata
    media_type: str


@dataclass(frozen=True, slots=True, repr=False)
class Manuscript(_Reticent):
    blocks: tuple[Block, ...]
    notes: tuple[tuple[Block, ...], ...] = ()
    images: tuple[Image, ...] = ()
    statement: tuple[Block, ...] = ()

    @property
    def title(self) -> str:
        for block in self.blocks:
            if isinstance(block, Paragraph) and block.role is Role.TITLE:
                return " ".join(block.text.split())
        return ""


def walk_paragraphs(manuscript: Manuscript) -> Iterator[Paragraph]:
    """Every paragraph, in the order in which `rewrite_paragraphs` meets them."""
    for blocks in (manuscript.blocks, *manuscript.notes, manuscript.statement):
        yield from paragraphs_in(blocks)


def paragraphs_in(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_in(cell.blocks)


def rewrite_paragraphs(manuscript: Manuscript, change: Callable[[Paragraph], Paragraph | None]) -> Manuscript:
    """Return the manuscript with every paragraph changed, those dropped for which `change` returns None."""

    def rewrite(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(new for block in blocks if (new := rewrite_block(block)) is not None)

    def rewrite_block(block: Block) -> Block | None:
        if isinstance(block, Paragraph):
            return change(block)
        if isinstance(block, Table):
            return Table(
                tuple(tuple(replace(cell, blocks=rewrite(cell.blocks)) for cell in row) for row in block.rows)
            )
        return block

    return replace(
        manuscript,
        blocks=rewrite(manuscript.blocks),
        notes=tuple(rewrite(note) for note in manuscript.notes),
        statement=rewrite(manuscript.statement),
    )


def count_words(manuscript: Manuscript) -> int:
    """Words of essay and notes, without references and statement: what a limit on length is held against."""
    counted = 0
    for blocks in (manuscript.blocks, *manuscript.notes):
        for paragraph in paragraphs_in(blocks):
            if paragraph.role is not Role.REFERENCE:
                counted += sum(any(map(str.isalnum, word)) for word in paragraph.text.split())
    return counted


def count_references(manuscript: Manuscript) -> int:
    return sum(paragraph.role is Role.REFERENCE for paragraph in paragraphs_in(manuscript.blocks))
