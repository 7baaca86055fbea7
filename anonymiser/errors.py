"""What can go wrong in the anonymiser, and what the person who sent the file can do about it.

AnonymiserError
├── Refused             this file can't be made into a reading copy; `code` says why, the message what to do
├── ManuscriptInvalid   stored bytes are no manuscript of ours
├── AuthorInvalid       what was given as the author can't be used
└── ModelMissing        the model of names that the settings name isn't there
"""

from enum import StrEnum


class RefusalCode(StrEnum):
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    NOT_A_DOCUMENT = "not_a_document"
    UNSUPPORTED_FORMAT = "unsupported_format"
    LEGACY = "legacy"
    SCANNED = "scanned"
    MACROS = "macros"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    UNREADABLE = "unreadable"
    UNSAFE = "unsafe"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    NOT_VERIFIED = "not_verified"


ADVICE = {
    RefusalCode.EMPTY: "There is no text in this file. Please check that you chose the right one.",
    RefusalCode.ENCRYPTED: (
        "This file is protected by a password. Please save a copy without the password and send that."
    ),
    RefusalCode.TRUNCATED: (
        "This file is incomplete: it was cut off while it was saved or sent. Please send it again."
    ),
    RefusalCode.NOT_A_DOCUMENT: (
        "This file is not a text document. Please send the essay as a Word document (.docx), a PDF or plain text."
    ),
    RefusalCode.UNSUPPORTED_FORMAT: (
        "This kind of file can't be read here. Please open it where you wrote it, save it as a Word document "
        "(.docx), a PDF or plain text, and send that."
    ),
    RefusalCode.LEGACY: (
        "This is a document of Word 97 to 2003 (.doc), which can't be read here. Please open it in Word or "
        "LibreOffice, choose “Save as”, then “Word document (.docx)”, and send that."
    ),
    RefusalCode.SCANNED: (
        "This file holds pictures of pages, not text, which can't be read here. Please send the document "
        "they were made from (.docx or PDF), or type the essay anew."
    ),
    RefusalCode.MACROS: (
        "This document contains macros (small programs). Please save it as .docx without macros and send that."
    ),
    RefusalCode.TOO_LARGE: (
        "This file is too large once unpacked. Please make its pictures smaller, or send the text alone."
    ),
    RefusalCode.TOO_COMPLEX: (
        "This document is built too intricately to be read safely. Please copy its text into a new "
        "document, save that as .docx and send it."
    ),
    RefusalCode.UNREADABLE: (
        "This file is damaged and can't be read. Please open it where you wrote it, save it again as "
        ".docx and send that."
    ),
    RefusalCode.UNSAFE: (
        "This file contains declarations that no word processor writes. Please copy its text into a new "
        "document, save that as .docx and send it."
    ),
    RefusalCode.TIMED_OUT: (
        "Reading this file took too long. Please copy its text into a new document, save that as .docx "
        "and send it."
    ),
    RefusalCode.CRASHED: (
        "Reading this file failed. Please copy its text into a new document, save that as .docx and send it."
    ),
    RefusalCode.NOT_VERIFIED: (
        "A reading copy was made but did not pass every check, so it is not shown to anybody. "
        "Please save the essay again in a plain layout, as .docx or plain text."
    ),
}


class AnonymiserError(Exception):
    """The base of everything raised on purpose in this package."""


class Refused(AnonymiserError):
    """Raised where a file can't become a reading copy. Holds no word of the essay and no name."""

    def __init__(self, code: RefusalCode, message: str = "", where: str = "") -> None:
        self.code = RefusalCode(code)
        self.message = message or ADVICE[self.code]
        self.where = where  # of a crash, the line of code: fit for a log
        super().__init__(self.message)

    def __reduce__(self) -> tuple[type["Refused"], tuple[RefusalCode, str, str]]:
        return Refused, (self.code, self.message, self.where)


class ManuscriptInvalid(AnonymiserError):
    """Raised by `load_manuscript` for bytes that `dump_manuscript` did not write."""


class AuthorInvalid(AnonymiserError):
    """Raised for an author without a name, or a file of authors that can't be understood."""


class ModelMissing(AnonymiserError):
    """Raised where a model is to find names that isn't installed."""
