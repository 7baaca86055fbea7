"""What programs outside made of a file that can't be read here. Only our own code makes these values.

A reader takes them by their type, so no bytes that somebody sends can pose as one.
"""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Converted:
    """A document of Word 97 to 2003 as LibreOffice saved it anew."""

    sha256: str  # of the original
    docx: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of pictures of pages, as Tesseract's table of positions (TSV), one a page."""

    sha256: str  # of the original
    pages: tuple[str, ...] = field(repr=False)


Material = bytes | Converted | Transcript


def fingerprint(material: Material) -> str:
    """Return the SHA-256 of the file as it came in."""
    return hashlib.sha256(material).hexdigest() if isinstance(material, bytes) else material.sha256
