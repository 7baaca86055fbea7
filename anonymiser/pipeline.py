"""An essay's way from the file that came in to the reading copy."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from anonymiser.author import Author, Heading
from anonymiser.detect import find_author, find_doubtful
from anonymiser.detect.byline import drop_byline
from anonymiser.detect.decisions import apply_decisions
from anonymiser.detect.pictures import KIND as PICTURE
from anonymiser.detect.pictures import flag_pictures, take_out_pictures
from anonymiser.detect.source import read_passages
from anonymiser.errors import RefusalCode, Refused
from anonymiser.findings import group_flagged, group_redacted
from anonymiser.manuscript import Manuscript, count_references, count_words
from anonymiser.read import read, read_statement
from anonymiser.redact import redact, renumber_notes
from anonymiser.report import (
    Anonymised,
    Decision,
    Finding,
    Format,
    Probe,
    Removed,
    Report,
    Status,
)
from anonymiser.stored import dump_manuscript
from anonymiser.typeset import typeset
from anonymiser.typeset.drawable import make_drawable, spell_drawable
from anonymiser.verify import verify_reading_copy


def probe(source: bytes) -> Probe:
    """Whether the file can be opened and holds text.

    Raises: Refused.
    """
    reading = read(source)
    return Probe(reading.format, count_words(reading.manuscript))


def anonymise(
    source: bytes, *, authors: Sequence[Author], heading: Heading, statement: str = ""
) -> Anonymised:
    """Return the reading copy of an essay, its redacted manuscript and the report.

    Raises: Refused; with `not_verified` where a reading copy was made that did not pass every check.
    """
    reading = read(source)
    manuscript = renumber_notes(replace(reading.manuscript, statement=read_statement(statement).blocks))
    marks = find_author(manuscript, authors)
    redacted, bylines = drop_byline(redact(manuscript, marks))
    return _finish(
        redacted,
        heading,
        authors=authors,
        source_format=reading.format,
        sha256=hashlib.sha256(source).hexdigest(),
        findings=group_redacted(marks),
        removed=(*reading.removed, *bylines),
    )


def retypeset(manuscript: Manuscript, *, decisions: Sequence[Decision], heading: Heading) -> Anonymised:
    """Set a redacted manuscript again after the desk's decisions.

    It can only lose words or get stand-ins.

    The report's `sha256` is that of the manuscript as it came in here.
    Raises: Refused.
    """
    return _finish(
        take_out_pictures(
            apply_decisions(manuscript, [each for each in decisions if each.kind != PICTURE]), decisions
        ),
        heading,
        authors=(),
        source_format=Format.MANUSCRIPT,
        sha256=hashlib.sha256(dump_manuscript(manuscript)).hexdigest(),
        findings=(),
        removed=(),
    )


def _finish(
    redacted: Manuscript,
    heading: Heading,
    *,
    authors: Sequence[Author],
    source_format: Format,
    sha256: str,
    findings: tuple[Finding, ...],
    removed: tuple[Removed, ...],
) -> Anonymised:
    manuscript, lacking = make_drawable(redacted)
    heading = Heading(spell_drawable(heading.entry_number, 20), spell_drawable(heading.nom_de_plume, 60))
    passages = read_passages(manuscript)
    doubtful = find_doubtful(passages, authors, heading.nom_de_plume)
    flagged = group_flagged(passages, doubtful, after=len(findings))
    flagged += flag_pictures(manuscript, after=len(findings) + len(flagged))
    pdf, pages = typeset(manuscript, heading)
    if verify_reading_copy(pdf, manuscript=manuscript, authors=authors, heading=heading):
        raise Refused(RefusalCode.NOT_VERIFIED)
    report = Report(
        format=source_format,
        sha256=sha256,
        status=Status.DONE,
        title=manuscript.title,
        pages=pages,
        words=count_words(manuscript),
        references=count_references(manuscript),
        findings=(*findings, *flagged),
        removed=(*removed, *lacking),
        verified=dict.fromkeys(("form", "fonts", "metadata", "words", "identifiers"), True),
    )
    return Anonymised(manuscript, pdf, report)
