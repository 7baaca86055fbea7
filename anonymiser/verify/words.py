"""Whether a PDF's words are the manuscript's: body and notes each in order, nothing more."""

import unicodedata
from collections.abc import Iterator

from anonymiser.manuscript import (
    STATEMENT_HEADING,
    Block,
    Manuscript,
    Paragraph,
    SceneBreak,
    Table,
)


def normalise(text: str) -> str:
    """Return the text with one space for all white space, composed characters and no others changed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def match_words(body: str, notes: str, manuscript: Manuscript) -> bool:
    """Whether the copy's text and its notes are exactly the manuscript's words."""
    return _has_words(body, _body_texts(manuscript)) and _has_words(notes, _note_texts(manuscript))


def _has_words(copied: str, texts: Iterator[str]) -> bool:
    wanted = " ".join(texts)
    # Mostly the words are the same to begin with, and needn't be composed first.
    return copied.split() == wanted.split() or normalise(copied) == normalise(wanted)


def _body_texts(manuscript: Manuscript) -> Iterator[str]:
    yield from _texts(manuscript.blocks)
    if manuscript.statement:
        yield STATEMENT_HEADING
        yield from _texts(manuscript.statement)


def _note_texts(manuscript: Manuscript) -> Iterator[str]:
    for number, blocks in enumerate(manuscript.notes, start=1):
        texts = list(_texts(blocks, notes=True))
        yield " ".join([f"{number}.", *texts])


def _texts(blocks: tuple[Block, ...], *, notes: bool = False) -> Iterator[str]:
    """Yield what is set for each block; in notes the first label gives way to the note's number."""
    first = True
    for block in blocks:
        if isinstance(block, Paragraph):
            label = "" if notes and first else block.label
            yield f"{label} {_marked(block)}"
            first = False
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _texts(cell.blocks)
        elif isinstance(block, SceneBreak) and not notes:
            yield "* * *"


def _marked(paragraph: Paragraph) -> str:
    return "".join([run.text or (str(run.note) if run.note else "") for run in paragraph.runs])
