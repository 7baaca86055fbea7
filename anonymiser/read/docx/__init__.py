"""Reads a Word document (.docx): every place where its text can stand, and none where its history is kept."""

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript
from anonymiser.read.docx.blocks import read_blocks
from anonymiser.read.docx.document import Document, Story
from anonymiser.read.docx.leftovers import count_leftovers
from anonymiser.read.docx.names import W
from anonymiser.read.docx.package import Package
from anonymiser.read.reading import Reading, Tally
from anonymiser.report import Format


def read_docx(source: bytes) -> Reading:
    """Read the document whole, or raise Refused."""
    try:
        tally = Tally()
        package = Package(source)
        document = Document(package, tally)
        root = package.parse(package.main)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise Refused(RefusalCode.EMPTY)
        story = Story(document, document.relations, "text")
        blocks = tuple(read_blocks(body, story))
        count_leftovers(package, tally)
    except RecursionError:
        raise Refused(RefusalCode.TOO_COMPLEX) from None
    except (etree.LxmlError, UnicodeDecodeError):
        raise Refused(RefusalCode.UNREADABLE) from None
    manuscript = Manuscript(blocks, tuple(document.notes), tuple(document.pictures.images))
    return Reading(Format.DOCX, manuscript, tally.removed())
