"""Reads a finished reading copy back and says what is wrong with it. Shares no code with the typesetter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from anonymiser.author import Author, Heading
from anonymiser.manuscript import Manuscript
from anonymiser.verify.content import ContentError, Shown, read_content
from anonymiser.verify.identifiers import holds_identifier
from anonymiser.verify.structure import Decoder, check_structure, read_fonts
from anonymiser.verify.words import match_words, normalise

__all__ = ["Fault", "FaultCode", "verify_reading_copy"]


class FaultCode(StrEnum):
    UNREADABLE = "unreadable"
    METADATA = "metadata"
    FORBIDDEN_OBJECT = "forbidden_object"
    PAGE_SIZE = "page_size"
    FONT = "font"
    TEXT_SIZE = "text_size"
    LEADING = "leading"
    MARGIN = "margin"
    CONTENT = "content"
    HEADING = "heading"
    WORDS = "words"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Fault:
    code: FaultCode
    page: int = 0  # from 1; 0 where it concerns the whole file


# What the prize prescribes, written down here a second time on purpose.
_INCH = 72.0
_A4 = (595.28, 841.89)
_SIZE, _SMALL, _LEADING, _LINES = 12.0, 8.0, 27.6, 25
_TOLERANCE = 0.06


def verify_reading_copy(
    pdf: bytes,
    *,
    manuscript: Manuscript | None = None,
    authors: Sequence[Author] = (),
    heading: Heading | None = None,
) -> list[Fault]:
    """Tell what is wrong with a reading copy: its form, and words, names and heading where given."""
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        faults = [Fault(FaultCode(code), page) for code, page in check_structure(reader, pdf)]
        known: dict[int, Decoder] = {}
        pages = [_read_page(reader, number, faults, known) for number in range(len(reader.pages))]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return [Fault(FaultCode.UNREADABLE)]
    bodies = ["".join([shown.text for shown in page if not _in_margin(shown)]) for page in pages]
    for number, page in enumerate(pages, start=1):
        faults.extend(_check_form(page, number))
        if heading is not None and not _heads_right(page, number, len(pages), heading):
            faults.append(Fault(FaultCode.HEADING, number))
    if heading is not None and _title(reader) != f"Entry {heading.entry_number}":
        faults.append(Fault(FaultCode.METADATA))
    if manuscript is not None and not match_words(bodies, manuscript):
        faults.append(Fault(FaultCode.WORDS))
    if any(holds_identifier("".join(bodies), author) for author in authors):
        faults.append(Fault(FaultCode.IDENTIFIER))
    return faults


def _read_page(reader: PdfReader, number: int, faults: list[Fault], known: dict[int, Decoder]) -> list[Shown]:
    page = reader.pages[number]
    fonts, bad = read_fonts(page, known)
    if bad:
        faults.append(Fault(FaultCode.FONT, number + 1))
    contents = page.get_contents()
    try:
        return list(read_content(contents.get_data() if contents is not None else b"", fonts))
    except ContentError:
        faults.append(Fault(FaultCode.CONTENT, number + 1))
        return []


def _check_form(page: list[Shown], number: int) -> list[Fault]:
    faults = []
    top = _A4[1] - _INCH
    for shown in page:
        if not (shown.size == _SIZE or (shown.size == _SMALL and shown.rise)):
            faults.append(Fault(FaultCode.TEXT_SIZE, number))
        if shown.leading != _LEADING:
            faults.append(Fault(FaultCode.LEADING, number))
        if _in_margin(shown):
            continue
        row = (top - shown.y) / _LEADING
        # Every baseline stands at the same height in its line of the grid: that is what double-spaced means.
        if abs(row - round(row) + 0.094) > _TOLERANCE or not 0 < row <= _LINES:
            faults.append(Fault(FaultCode.LEADING, number))
        if not _INCH - _TOLERANCE <= shown.x <= _A4[0] - _INCH + _TOLERANCE:
            faults.append(Fault(FaultCode.MARGIN, number))
    return list(dict.fromkeys(faults))


def _in_margin(shown: Shown) -> bool:
    return shown.y > _A4[1] - _INCH or shown.y < _INCH


def _heads_right(page: list[Shown], number: int, pages: int, heading: Heading) -> bool:
    head = normalise("".join([shown.text for shown in page if shown.y > _A4[1] - _INCH]))
    foot = normalise("".join([shown.text for shown in page if shown.y < _INCH]))
    wanted = normalise(f"Entry {heading.entry_number} · {heading.nom_de_plume}")
    return head == wanted and foot == f"Page {number} of {pages}"


def _title(reader: PdfReader) -> str:
    return str(reader.metadata.title) if reader.metadata else ""
