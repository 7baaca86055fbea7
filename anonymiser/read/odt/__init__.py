"""Reads an OpenDocument text (.odt, .fodt): every place where its text can stand, none that keeps its history."""

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript
from anonymiser.read.odt.blocks import read_blocks
from anonymiser.read.odt.document import Document, Story
from anonymiser.read.odt.leftovers import count_leftovers
from anonymiser.read.odt.package import Package
from anonymiser.read.reading import Reading, Tally
from anonymiser.report import Format


def read_odt(source: bytes) -> Reading:
    """Read the document whole, or raise Refused."""
    try:
        tally = Tally()
        package = Package(source)
        body = package.body
        if body is None:
            raise Refused(RefusalCode.EMPTY)
        document = Document(package, body, tally)
        story = Story(document, "text", document.styles.page)
        blocks = tuple(read_blocks(body, story))
        count_leftovers(package, tally)
    except RecursionError:
        raise Refused(RefusalCode.TOO_COMPLEX) from None
    except (etree.LxmlError, UnicodeDecodeError):
        raise Refused(RefusalCode.UNREADABLE) from None
    manuscript = Manuscript(blocks, tuple(document.notes), tuple(document.pictures.images))
    return Reading(Format.ODT, manuscript, tally.removed())
