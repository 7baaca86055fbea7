"""Reads a Word document (.docx): every place where its text can stand, and none where its history is kept."""

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript
from anonymiser.read.docx.account import Account
from anonymiser.read.docx.blocks import read_blocks
from anonymiser.read.docx.document import Document, Story
from anonymiser.read.docx.fields import Fields
from anonymiser.read.docx.leftovers import count_leftovers
from anonymiser.read.docx.names import W
from anonymiser.read.docx.package import Package
from anonymiser.read.reading import Reading, Tally
from anonymiser.report import Format


def read_docx(source: bytes, depth: int = 0) -> Reading:
    """Read the document whole, or raise Refused; `depth` tells of documents inside documents."""
    try:
        return _read(source, depth)
    except RecursionError:
        raise Refused(RefusalCode.TOO_COMPLEX) from None
    except (etree.LxmlError, UnicodeDecodeError):
        raise Refused(RefusalCode.UNREADABLE) from None


def _read(source: bytes, depth: int) -> Reading:
    tally, account = Tally(), Account()
    package = Package(source)
    document = Document(package, tally, account, depth)
    body = package.root.find(W + "body")
    if body is None:
        raise Refused(RefusalCode.EMPTY)
    account.enter(body)
    blocks = tuple(read_blocks(body, Story(document, document.relations, "text", Fields(body))))
    count_leftovers(package, tally)
    manuscript = Manuscript(blocks, tuple(document.notes), tuple(document.pictures.images))
    tally.add("character of text, could not be kept", "text", abs(account.difference(manuscript)))
    return Reading(Format.DOCX, manuscript, tally.removed())
