"""Reads a file of any supported format, told by its content, into a manuscript."""

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript, walk_paragraphs
from anonymiser.read.arrange import arrange
from anonymiser.read.decode import decode
from anonymiser.read.docx import read_docx
from anonymiser.read.markdown import looks_like_markdown, read_markdown
from anonymiser.read.reading import Reading
from anonymiser.read.recognise import is_zip, refuse_known
from anonymiser.read.text import read_text

__all__ = ["Reading", "read", "read_statement"]

_LARGEST = 50_000_000  # bytes
_LONGEST = 3_000_000  # characters: some twenty times the longest book anybody would call an essay


def read(source: bytes) -> Reading:
    """Return the manuscript of a file, arranged, and what did not pass.

    Raises: Refused.
    """
    if len(source) > _LARGEST:
        raise Refused(RefusalCode.TOO_LARGE)
    refuse_known(source)
    reading = read_docx(source) if is_zip(source) else _read_characters(decode(source))
    manuscript = arrange(reading.manuscript)
    length = sum(len(paragraph.text) for paragraph in walk_paragraphs(manuscript))
    if length > _LONGEST:
        raise Refused(RefusalCode.TOO_LARGE, "This is far longer than an essay. Please send the essay alone.")
    if not any(
        character.isalnum() for paragraph in walk_paragraphs(manuscript) for character in paragraph.text
    ):
        raise Refused(RefusalCode.EMPTY)
    return Reading(reading.format, manuscript, reading.removed)


def _read_characters(text: str) -> Reading:
    return read_markdown(text) if looks_like_markdown(text) else read_text(text)


def read_statement(statement: str) -> Manuscript:
    """Return the entrant's statement, typed into a form: paragraphs and nothing else."""
    return read_text(decode(statement.encode())).manuscript if statement.strip() else Manuscript(())
