"""Reads Rich Text Format (.rtf), of Word, LibreOffice, TextEdit and WordPad."""

import codecs

from anonymiser.manuscript import Manuscript
from anonymiser.read.reading import Reading, Tally
from anonymiser.read.rtf.machine import Machine
from anonymiser.read.rtf.reader import run
from anonymiser.report import Format


def read_rtf(source: bytes) -> Reading:
    """Read the document whole, or raise Refused."""
    tally = Tally()
    machine = Machine(_from_first_group(source), tally)
    run(machine)
    blocks = machine.story.finish(machine.group.layout, machine.style)
    manuscript = Manuscript(tuple(blocks), tuple(machine.notes), tuple(machine.pictures.images))
    return Reading(Format.RTF, manuscript, tally.removed())


def _from_first_group(source: bytes) -> bytes:
    """Return the file from its first brace on, one byte a character also where some program took two."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if source.startswith(mark):
            source = source.decode(encoding, "replace").encode("cp1252", "replace")
    return source[max(0, source.find(b"{")) :]
