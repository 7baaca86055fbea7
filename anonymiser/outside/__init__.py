"""Fetches help for what can't be read here: LibreOffice for the Word of 1997, Tesseract for pictures of pages.

Each runs as confined as a reader does. Where it isn't installed, the refusal says what else to do.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from anonymiser import pipeline
from anonymiser.author import Author, Heading
from anonymiser.errors import RefusalCode, Refused
from anonymiser.outside.ocr import transcribe
from anonymiser.outside.office import convert
from anonymiser.outside.programs import find_libreoffice, find_tesseract
from anonymiser.read.doc import count_doc
from anonymiser.read.material import Converted, Transcript
from anonymiser.read.scan import count_pages
from anonymiser.report import Anonymised, Format, Probe

_T = TypeVar("_T")

__all__ = ["anonymise", "anonymise_with", "probe", "probe_with"]


class Call(Protocol):
    """Calls a function with arguments: here, or in a child."""

    def __call__(self, function: Callable[..., _T], *arguments: Any, **named: Any) -> _T: ...


def probe(source: bytes) -> Probe:
    """Whether the file can be read and how many words it holds; 0 for a scan, whose words nobody knows yet.

    Raises: Refused.
    """
    return probe_with(_here, source)


def anonymise(
    source: bytes, *, authors: Sequence[Author], heading: Heading, statement: str = "", names_model: str = ""
) -> Anonymised:
    """Return the reading copy of an essay, its redacted manuscript and the report.

    `names_model` is the spaCy model that adds names to the findings, if any.
    Raises: Refused; with `not_verified` where a reading copy was made that did not pass every check; ModelMissing.
    """
    return anonymise_with(
        _here, source, authors=authors, heading=heading, statement=statement, names_model=names_model
    )


def anonymise_with(call: Call, source: bytes, **given: Any) -> Anonymised:
    try:
        return call(pipeline.anonymise, source, **given)
    except Refused as refused:
        material = _prepare(call, source, refused)
    return call(pipeline.anonymise, material, **given)


def probe_with(call: Call, source: bytes) -> Probe:
    """Probe without starting a program: whoever sends a file waits for this."""
    try:
        return call(pipeline.probe, source)
    except Refused as refused:
        if refused.code is RefusalCode.LEGACY and find_libreoffice():
            return Probe(Format.DOC, call(count_doc, source))
        if refused.code is RefusalCode.SCANNED and find_tesseract():
            call(count_pages, source)
            return Probe(Format.SCAN, 0)
        raise


def _prepare(call: Call, source: bytes, refused: Refused) -> Converted | Transcript:
    """Have a program make of the file what can be read here, or raise the refusal where there is none."""
    if refused.code is RefusalCode.LEGACY and find_libreoffice():
        return convert(source)
    if refused.code is RefusalCode.SCANNED and find_tesseract():
        return transcribe(call, source)
    raise refused


def _here(function: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
    return function(*arguments, **named)
