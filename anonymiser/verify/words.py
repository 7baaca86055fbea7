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


def match_words(pages: list[str], manuscript: Manuscript) -> bool:
    """Whether the pages' texts, each body then notes, are together exactly the manuscript's words."""
    body = _join(_body_texts(manuscript))
    notes = _join(_note_texts(manuscript))
    at_body = at_note = 0
    for text in pages:
        page = _join([text], keep_end=True)
        shared = _shared_length(page, body, at_body)
        # The notes begin where the body ends; that a note begins as the body goes on is rare but happens.
        while shared >= 0 and not notes.startswith(page[shared:].lstrip(), at_note):
            shared -= 1
        if shared < 0:
            return False
        at_body += shared
        at_note += len(page[shared:].lstrip())
    return not body[at_body:].strip() and not notes[at_note:].strip()


def _join(texts: Iterator[str] | list[str], *, keep_end: bool = False) -> str:
    parts = [normalise(text) + (" " if not keep_end or text[-1:].isspace() else "") for text in texts]
    return "".join(part for part in parts if part.strip())


def _shared_length(page: str, body: str, start: int) -> int:
    low, high = 0, min(len(page), len(body) - start)
    while low < high:
        middle = (low + high + 1) // 2
        if page[:middle] == body[start : start + middle]:
            low = middle
        else:
            high = middle - 1
    return low


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
