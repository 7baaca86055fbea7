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
from anonymiser.detect.source import Passage, read_passages
from anonymiser.errors import RefusalCode, Refused
from anonymiser.findings import group_flagged, group_redacted
from anonymiser.manuscript import Manuscript, count_references, count_words
from anonymiser.read import read, read_statement
from anonymiser.read.material import Material, fingerprint
from anonymiser.redact import redact, renumber_notes
from anonymiser.reference_check import check_references
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

_READ_BY_MACHINE = (
    "The words of this essay were read from pictures by a machine, which takes one letter for another here and "
    "there and may have misread a name. Please compare the clean copy with the pages."
)


def probe(source: Material) -> Probe:
    """Whether the file can be opened and holds text.

    Raises: Refused.
    """
    reading = read(source)
    return Probe(reading.format, count_words(reading.manuscript))


def anonymise(
    source: Material,
    *,
    authors: Sequence[Author],
    heading: Heading,
    statement: str = "",
    names_model: str = "",
) -> Anonymised:
    """Return the reading copy of an essay, its redacted manuscript and the report.

    Raises: Refused; with `not_verified` where a reading copy was made that did not pass every check.
    """
    reading = read(source)
    manuscript = renumber_notes(replace(reading.manuscript, statement=read_statement(statement).blocks))
    passages = read_passages(manuscript)
    marks = find_author(passages, authors)
    redacted, bylines = drop_byline(redact(manuscript, marks))
    return _finish(
        redacted,
        heading,
        authors=authors,
        names_model=names_model,
        passages=passages,
        source_format=reading.format,
        sha256=fingerprint(source),
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
        passages=(),
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
    names_model: str = "",
    passages: Sequence[Passage],
    source_format: Format,
    sha256: str,
    findings: tuple[Finding, ...],
    removed: tuple[Removed, ...],
) -> Anonymised:
    manuscript, lacking = make_drawable(redacted)
    heading = Heading(spell_drawable(heading.entry_number, 20), spell_drawable(heading.nom_de_plume, 60))
    passages = read_passages(manuscript, before=passages)
    doubtful = find_doubtful(passages, authors, heading.nom_de_plume, names_model)
    copy = typeset(manuscript, heading)
    flagged = group_flagged(passages, doubtful, after=len(findings), begins=copy.begins)
    flagged += flag_pictures(manuscript, after=len(findings) + len(flagged))
    if verify_reading_copy(copy.pdf, manuscript=manuscript, authors=authors, heading=heading):
        raise Refused(RefusalCode.NOT_VERIFIED)
    report = Report(
        format=source_format,
        sha256=sha256,
        status=Status.DONE,
        title=manuscript.title,
        pages=copy.pages,
        words=count_words(manuscript),
        references=count_references(manuscript),
        findings=(*findings, *flagged),
        removed=(*removed, *lacking),
        warnings=(
            *([_READ_BY_MACHINE] if source_format is Format.SCAN else []),
            *check_references(manuscript),
        ),
        paragraph_pages=copy.begins,
        verified=dict.fromkeys(("form", "fonts", "metadata", "words", "identifiers"), True),
    )
    return Anonymised(manuscript, copy.pdf, report)
