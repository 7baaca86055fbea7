"""What a file is, told from its bytes, never its name."""

import re
import zipfile
import zlib
from io import BytesIO

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.compound import SIGNATURE as COMPOUND
from anonymiser.read.foreign import refuse_compound, refuse_foreign, refuse_package
from anonymiser.report import Format

__all__ = ["recognise", "refuse_package"]

_HEAD = 1024
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"II+\x00")
_BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}  # lengths that tell a bitmap from a text that begins with BM
# Groups are atomic: tried again and again, comments would take for ever.
_HTML = re.compile(
    rb"(?><\?xml[^>]*\?>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# A page without its head, as e-mail programs and clipboards hand it over: it begins and ends with a tag.
_FRAGMENT = re.compile(
    rb"<(?:meta|title|style|p|div|h[1-6]|table|ul|ol|span|font|article|section|blockquote|center|main)\b[^<>]*>",
    re.IGNORECASE,
)
_FLAT_OPEN_TEXT = re.compile(
    rb"(?><\?xml[^>]*\?>\s*)?<office:document\b[^>]*application/vnd\.oasis\.opendocument\.text", re.DOTALL
)
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def recognise(source: bytes) -> Format:
    """Return what kind of file this is; text is told from Markdown only once it is decoded.

    Raises: Refused, for a file that is empty or known to be nothing that holds an essay.
    """
    if not source.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise Refused(RefusalCode.EMPTY)
    if source.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(source)
    if source.startswith(COMPOUND):
        return _recognise_compound(source)
    if b"%PDF-" in source[:_HEAD]:
        return Format.PDF
    if _is_picture(source):
        return Format.SCAN
    return _recognise_text(source)


def _recognise_zip(source: bytes) -> Format:
    """A Word document, unless it says that it is an OpenDocument text, wherever it says so."""
    if _OPEN_TEXT in source[:200]:
        return Format.ODT
    if b"mimetype" in source and b"content.xml" in source:
        try:
            with zipfile.ZipFile(BytesIO(source)) as package, package.open("mimetype") as member:
                kind = member.read(200)
        except (
            KeyError,
            ValueError,
            RuntimeError,
            EOFError,
            OSError,
            zipfile.BadZipFile,
            zlib.error,
        ):
            return Format.DOCX  # whose reader says what is wrong with it
        return Format.ODT if kind.strip().startswith(_OPEN_TEXT) else Format.DOCX
    return Format.DOCX


def _recognise_compound(source: bytes) -> Format:
    """Look into the container of Office before 2007, which also wraps a .docx with a password."""
    if "EncryptedPackage".encode("utf-16-le") in source:
        raise Refused(RefusalCode.ENCRYPTED)
    # An e-mail may hold a Word document, and no Word document an e-mail's own stream.
    mail = "__properties_version1.0".encode("utf-16-le") in source
    if "WordDocument".encode("utf-16-le") in source and not mail:
        return Format.DOC
    return refuse_compound(source)


def _is_picture(source: bytes) -> bool:
    if source.startswith(b"BM"):
        return source[6:10] == bytes(4) and int.from_bytes(source[14:18], "little") in _BITMAP_HEADERS
    return source.startswith(_PICTURES) or (source.startswith(b"RIFF") and source[8:12] == b"WEBP")


def _recognise_text(source: bytes) -> Format:
    start = source[: 4 * _HEAD].removeprefix(b"\xef\xbb\xbf")
    if encoding := _UTF_16.get(source[:2]):
        start = source[2 : 4 * _HEAD].decode(encoding, "ignore").encode()
    start = start.lstrip()
    if start.startswith(b"{\\rtf"):
        return Format.RTF
    if _HTML.match(start) or (
        _FRAGMENT.match(start) and source[-_HEAD:].rstrip(b"\x00\r\n\t ").endswith(b">")
    ):
        return Format.HTML
    if _FLAT_OPEN_TEXT.match(source[: 8 * _HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()):
        return Format.ODT
    refuse_foreign(source, start)
    return Format.TEXT
