"""Reads a file of any supported format, told by its content, into a manuscript."""

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript, walk_paragraphs
from anonymiser.read.arrange import arrange
from anonymiser.read.decode import decode
from anonymiser.read.doc import read_converted, read_doc
from anonymiser.read.docx import read_docx
from anonymiser.read.html import read_html
from anonymiser.read.markdown import looks_like_markdown, read_markdown
from anonymiser.read.material import Converted, Material, Transcript
from anonymiser.read.odt import read_odt
from anonymiser.read.pdf import read_pdf
from anonymiser.read.reading import Reading
from anonymiser.read.recognise import recognise
from anonymiser.read.rtf import read_rtf
from anonymiser.read.scan import read_scan, read_transcript
from anonymiser.read.text import read_text
from anonymiser.report import Format

__all__ = ["Reading", "read", "read_statement"]

_LARGEST = 50_000_000  # bytes
_LONGEST = 3_000_000  # characters: some twenty times the longest book anybody would call an essay


def read(source: Material) -> Reading:
    """Return the manuscript of a file, arranged, and what did not pass.

    Raises: Refused.
    """
    reading = _read_any(source)
    manuscript = arrange(reading.manuscript)
    length = sum(len(paragraph.text) for paragraph in walk_paragraphs(manuscript))
    if length > _LONGEST:
        raise Refused(RefusalCode.TOO_LARGE, "This is far longer than an essay. Please send the essay alone.")
    if not any(
        character.isalnum() for paragraph in walk_paragraphs(manuscript) for character in paragraph.text
    ):
        raise Refused(RefusalCode.EMPTY)
    return Reading(reading.format, manuscript, reading.removed)


def _read_any(source: Material) -> Reading:
    if isinstance(source, Converted):
        return read_converted(source)
    if isinstance(source, Transcript):
        return read_transcript(source)
    if len(source) > _LARGEST:
        raise Refused(RefusalCode.TOO_LARGE)
    return _READERS[recognise(source)](source)


def _read_characters(source: bytes) -> Reading:
    text = decode(source)
    return read_markdown(text) if looks_like_markdown(text) else read_text(text)


_READERS = {
    Format.DOCX: read_docx,
    Format.ODT: read_odt,
    Format.RTF: read_rtf,
    Format.HTML: read_html,
    Format.PDF: read_pdf,
    Format.DOC: read_doc,
    Format.SCAN: read_scan,
    Format.TEXT: _read_characters,
}


def read_statement(statement: str) -> Manuscript:
    """Return the entrant's statement, typed into a form: paragraphs and nothing else."""
    return read_text(decode(statement.encode())).manuscript if statement.strip() else Manuscript(())
