"""What a file is, told from its bytes, never its name; what can't be read is refused in plain words."""

import re
from typing import NoReturn

from anonymiser.errors import RefusalCode, Refused

_SAVE_AS = "Please open it where you wrote it, save it as .docx and send that."
_REFUSED_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", f"This is a rich text file (RTF). {_SAVE_AS}"),
    (b"\x89PNG", "This is a picture, not a text. Please send the essay as .docx or as plain text."),
    (b"\xff\xd8\xff", "This is a picture, not a text. Please send the essay as .docx or as plain text."),
    (b"GIF8", "This is a picture, not a text. Please send the essay as .docx or as plain text."),
    (b"II*\x00", "This is a scanned picture. Please send the essay as .docx or as plain text."),
    (b"MM\x00*", "This is a scanned picture. Please send the essay as .docx or as plain text."),
    (b"<?xml", f"This is an XML file. {_SAVE_AS}"),
)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HEAD = 1024
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_zip(source: bytes) -> bool:
    return source.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def refuse_known(source: bytes) -> None:
    """Raise Refused for a file that is empty or of a kind known not to be readable here."""
    if not source.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise Refused(RefusalCode.EMPTY)
    if source.startswith(_COMPOUND):
        _refuse_compound(source)
    if b"%PDF-" in source[:_HEAD]:
        raise Refused(
            RefusalCode.UNSUPPORTED_FORMAT,
            "This is a PDF. Please open the document you made it from, save it as .docx and send that.",
        )
    for start, message in _REFUSED_STARTS:
        if source.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(start):
            raise Refused(RefusalCode.UNSUPPORTED_FORMAT, message)
    if _HTML.match(source[:_HEAD].removeprefix(b"\xef\xbb\xbf")):
        raise Refused(RefusalCode.UNSUPPORTED_FORMAT, f"This is a web page (HTML). {_SAVE_AS}")


def _refuse_compound(source: bytes) -> NoReturn:
    """Refuse the container of Office before 2007, which also wraps a .docx with a password."""
    if "EncryptedPackage".encode("utf-16-le") in source:
        raise Refused(RefusalCode.ENCRYPTED)
    if "WordDocument".encode("utf-16-le") in source:
        raise Refused(
            RefusalCode.UNSUPPORTED_FORMAT,
            "This is a document of Word 97 to 2003 (.doc). Please open it in Word or LibreOffice, choose "
            "“Save as”, then “Word document (.docx)”, and send that.",
        )
    raise Refused(RefusalCode.UNSUPPORTED_FORMAT)


def refuse_package(names: frozenset[str], mimetype: bytes) -> NoReturn:
    """Refuses a zip that is no Word document, saying which it seems to be."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        raise Refused(
            RefusalCode.UNSUPPORTED_FORMAT,
            "This is an OpenDocument text (.odt). Please open it, choose “Save as”, then “Word document "
            "(.docx)”, and send that.",
        )
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise Refused(
            RefusalCode.UNSUPPORTED_FORMAT,
            "This is a spreadsheet or a presentation. Please send the essay as a Word document (.docx).",
        )
    if mimetype or "[Content_Types].xml" in names or "Index/Document.iwa" in names:
        raise Refused(RefusalCode.UNSUPPORTED_FORMAT)
    raise Refused(
        RefusalCode.NOT_A_DOCUMENT,
        "This is an archive, not a document. Please unpack it and send the essay itself as .docx.",
    )
