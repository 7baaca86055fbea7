"""A manuscript as HTML for the screen: only elements named here, every word escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeGuard

from markupsafe import Markup, escape

from anonymiser.manuscript import (
    Block,
    Emphasis,
    Manuscript,
    Paragraph,
    Picture,
    Role,
    Run,
    Table,
)

_TAGS = {
    Emphasis.BOLD: "strong",
    Emphasis.ITALIC: "em",
    Emphasis.UNDERLINE: "u",
    Emphasis.STRIKE: "s",
    Emphasis.SUPERSCRIPT: "sup",
    Emphasis.SUBSCRIPT: "sub",
}


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    label: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Reference:
    id: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Prose:
    """An essay in the parts the reading page sets; the title it prints itself."""

    body: Markup
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    statement: Markup


_INCIPIT, _PLAIN = Markup('<p class="incipit">{}</p>'), Markup("<p>{}</p>")


def as_prose(manuscript: Manuscript, *, pictures: str) -> Prose:
    """`pictures` is the path under which the essay's pictures are served, by their number."""
    setting = _Setting(pictures, manuscript.blocks)
    references = [
        block for block in manuscript.blocks if isinstance(block, Paragraph) and block.role is Role.REFERENCE
    ]
    return Prose(
        body=setting.blocks(_without_empty_headings(manuscript.blocks)),
        notes=tuple(
            Note(f"note-{number}", str(number), setting.blocks(note))
            for number, note in enumerate(manuscript.notes, 1)
        ),
        references=tuple(
            Reference(f"reference-{number}", _inline(each.runs)) for number, each in enumerate(references, 1)
        ),
        statement=setting.blocks(manuscript.statement),
    )


class _Setting:
    def __init__(self, pictures: str, blocks: Sequence[Block]) -> None:
        self._pictures = pictures
        # The page's own heading is the title: the essay's highest comes next, whatever level it was given.
        self._highest = min((each.level for each in blocks if _is_heading(each)), default=1)
        self._begun = False

    def blocks(self, blocks: Sequence[Block]) -> Markup:
        parts = []
        for is_item, group in groupby(blocks, key=_is_item):
            drawn = [self._block(block) for block in group]
            joined = Markup("\n").join(each for each in drawn if each)
            parts.append(Markup('<ul class="listed">{}</ul>').format(joined) if is_item else joined)
        return Markup("\n").join(parts)

    def _block(self, block: Block) -> Markup:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Picture):
            image = Markup('<figure><img src="{}/{}" alt="A picture in the essay" loading="lazy"></figure>')
            return image.format(self._pictures, block.image)
        return Markup('<hr class="scene-break">')

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        words = _inline(paragraph.runs)
        match paragraph.role:
            case Role.TITLE | Role.REFERENCE:
                return Markup()
            case Role.HEADING:
                level = min(4, 2 + max(0, paragraph.level - self._highest))
                return Markup("<h{0}>{1}</h{0}>").format(level, words)
            case Role.ITEM:
                return Markup('<li class="level-{}"><span class="label">{}</span> {}</li>').format(
                    min(paragraph.level, 4), paragraph.label, words
                )
            case Role.QUOTE:
                return Markup("<blockquote><p>{}</p></blockquote>").format(words)
            case Role.VERSE:
                return Markup('<p class="verse">{}</p>').format(words)
            case Role.PARAGRAPH:
                first, self._begun = not self._begun, True
                return (_INCIPIT if first else _PLAIN).format(words)

    def _table(self, table: Table) -> Markup:
        rows = []
        for row in table.rows:
            cells = [
                Markup('<td colspan="{}">{}</td>').format(cell.columns, self.blocks(cell.blocks))
                for cell in row
            ]
            rows.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
        return Markup(
            '<div class="scrolls" tabindex="0" role="region" aria-label="Table"><table class="set">{}</table></div>'
        ).format(Markup("").join(rows))


def _without_empty_headings(blocks: Sequence[Block]) -> list[Block]:
    """Leave out a heading with nothing but references under it: the page prints those by themselves."""
    return [
        block
        for block, following in zip(blocks, [*blocks[1:], None], strict=True)
        if not (_is_heading(block) and isinstance(following, Paragraph) and following.role is Role.REFERENCE)
    ]


def _is_heading(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.role is Role.HEADING


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.ITEM


def _inline(runs: Sequence[Run]) -> Markup:
    return Markup("").join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    if run.note:
        return Markup(
            '<sup><a id="note-mark-{0}" href="#note-{0}" aria-label="Note {0}">{0}</a></sup>'
        ).format(run.note)
    words = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
    for emphasis in sorted(run.emphasis):
        words = Markup("<{0}>{1}</{0}>").format(_TAGS[emphasis], words)
    return words
