"""Files that people send by mistake, each refused with what it is and what to do instead."""

import re
from typing import NoReturn

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.compound import Compound

_SEND = "Please send the essay as a Word document (.docx), a PDF or plain text."
_SAVE = "Please open it where you wrote it, save it as a Word document (.docx), a PDF or plain text, and send that."

_PAGES = (
    "This is a document of Apple’s Pages. Please open it in Pages, choose “File”, “Export To”, then “Word” "
    "or “PDF”, and send that."
)
_SPREADSHEET = f"This is a spreadsheet, a drawing or a presentation. {_SEND}"
_MAIL = (
    "This is an e-mail. Please save the essay that is attached to it and send that, or copy its text into "
    "a document."
)
_HEIC = (
    "This is a photograph in a format of Apple’s (HEIC), which can't be read here. Please send the document "
    "itself (.docx or PDF); photographs of pages can be sent as JPEG or PDF."
)
_ARCHIVE = "This is an archive, not a document. Please unpack it and send the essay itself."
_LINK = (
    "This is a link to a document, not the document. Please open it, choose “Download” or “Save as” and "
    "“Word document (.docx)” or “PDF”, and send that."
)
_OLD = f"This was written by a word processor of the last century, which can't be read here. {_SAVE}"

_UNSUPPORTED, _NOTHING = RefusalCode.UNSUPPORTED_FORMAT, RefusalCode.NOT_A_DOCUMENT

_BY_START: tuple[tuple[bytes, RefusalCode, str], ...] = (
    (b"\xffWPC", _UNSUPPORTED, f"This is a WordPerfect document. {_SAVE}"),
    (b"\xdb\xa5", _UNSUPPORTED, _OLD),  # Word 1 and 2 for Windows
    (b"\x31\xbe\x00\x00", _UNSUPPORTED, _OLD),  # Word for DOS and Write
    (b"\xfe\x37\x00", _UNSUPPORTED, _OLD),  # Word for the Macintosh
    (b"8BPS", _NOTHING, f"This is a picture. {_SEND}"),
    (b"%!PS", _UNSUPPORTED, "This is a PostScript file. Please save it as a PDF and send that."),
    (b"\\documentclass", _UNSUPPORTED, "This is a LaTeX source. Please send the PDF that is made from it."),
    (b"7z\xbc\xaf\x27\x1c", _NOTHING, _ARCHIVE),
    (b"Rar!\x1a\x07", _NOTHING, _ARCHIVE),
    (b"\x1f\x8b\x08", _NOTHING, _ARCHIVE),
    (b"BZh", _NOTHING, _ARCHIVE),
    (b"\xfd7zXZ\x00", _NOTHING, _ARCHIVE),
    (b"-----BEGIN PGP MESSAGE", RefusalCode.ENCRYPTED, ""),
    (b"age-encryption.org/", RefusalCode.ENCRYPTED, ""),
    (b"[InternetShortcut]", _NOTHING, _LINK),
    (b"ITOLITLS", _NOTHING, f"This is a file of Windows Help. {_SEND}"),
)
_GOOGLE = re.compile(rb'\{\s*"(?:url|doc_id|email)"\s*:.{0,500}(?:docs\.google\.com|"doc_id")', re.DOTALL)
_MAIL_HEADER = re.compile(
    rb"(?:return-path|received|message-id|mime-version|delivered-to|dkim-signature|x-mailer|x-[\w-]+):",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(rb"[!-9;-~]+:|[ \t]|From ")
_WEB_ARCHIVE = re.compile(rb"content-type:\s*multipart/related|snapshot-content-location:", re.IGNORECASE)
_FEWEST_MAIL_HEADERS = 2

_IN_COMPOUND: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"__properties_version1.0"}), _MAIL),
    (frozenset({"Workbook", "Book", "PowerPoint Document", "VisioDocument"}), _SPREADSHEET),
    (frozenset({"MatOST", "CONTENTS"}), f"This is a document of Microsoft Works or Publisher. {_SAVE}"),
)


def refuse_foreign(source: bytes, start: bytes) -> None:
    """Refuse what begins as no essay does; `start` is its beginning without marks and blanks."""
    for beginning, code, message in _BY_START:
        if source.startswith(beginning) or start.startswith(beginning):
            raise Refused(code, message)
    if source[4:8] == b"ftyp":
        if source[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"}:
            raise Refused(_UNSUPPORTED, _HEIC)
        raise Refused(_NOTHING, f"This is a film or a recording. {_SEND}")
    if source.startswith(b"bplist") or _GOOGLE.match(start):
        raise Refused(_NOTHING, _LINK)
    _refuse_mail(start)
    if start.startswith(b"<?xml"):
        _refuse_xml(start)


def _refuse_mail(start: bytes) -> None:
    """Refuse what begins with the lines that mail programs put before a message."""
    head = []
    for line in start.splitlines():
        if not _HEADER_LINE.match(line):
            break
        head.append(line)
    if sum(bool(_MAIL_HEADER.match(line)) for line in head) < _FEWEST_MAIL_HEADERS and not any(
        line[:13].lower() == b"mime-version:" for line in head
    ):
        return
    if _WEB_ARCHIVE.search(start):
        raise Refused(_UNSUPPORTED, f"This is a web page saved as an archive (MHTML). {_SAVE}")
    raise Refused(_UNSUPPORTED, _MAIL)


def _refuse_xml(start: bytes) -> NoReturn:
    if b"Apple" in start and b"URL" in start:
        raise Refused(_NOTHING, _LINK)
    raise Refused(_UNSUPPORTED, f"This is an XML file. {_SAVE}")


def refuse_compound(source: bytes) -> NoReturn:
    names = Compound(source).names
    for wanted, message in _IN_COMPOUND:
        if wanted & names:
            raise Refused(_UNSUPPORTED, message)
    raise Refused(_UNSUPPORTED)


def refuse_package(names: frozenset[str], mimetype: bytes) -> NoReturn:
    """Refuse a zip that is no document of text, saying which it seems to be."""
    if any(name.startswith(("xl/", "ppt/", "visio/")) for name in names) or b"opendocument" in mimetype:
        raise Refused(_UNSUPPORTED, _SPREADSHEET)
    if b"epub" in mimetype:
        raise Refused(_UNSUPPORTED, f"This is an e-book. {_SEND}")
    if any(
        name.endswith(("Index/Document.iwa", "Index.zip", "index.apxl", "index.xml.gz")) for name in names
    ):
        raise Refused(_UNSUPPORTED, _PAGES)
    if any(name.endswith("TXT.rtf") for name in names):
        raise Refused(
            _UNSUPPORTED,
            "This is a document of Apple’s TextEdit with pictures (RTFD). Please open it in TextEdit, choose "
            "“File”, “Export as PDF”, and send that.",
        )
    if mimetype or "[Content_Types].xml" in names:
        raise Refused(_UNSUPPORTED)
    raise Refused(_NOTHING, _ARCHIVE)
