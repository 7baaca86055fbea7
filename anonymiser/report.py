"""What the anonymiser says about what it did: findings, removals, checks.

Free of the source's name and metadata.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from anonymiser.manuscript import Manuscript


class Format(StrEnum):
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    PDF = "pdf"
    DOC = "doc"  # of Word 97 to 2003
    SCAN = "scan"  # pages as pictures: a picture, or a PDF without text
    TEXT = "txt"
    MARKDOWN = "md"
    MANUSCRIPT = "manuscript"  # a redacted manuscript, set again


class Status(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class Subject(StrEnum):
    AUTHOR = "author"
    PATIENT = "patient"
    OTHER = "other"


class Certainty(StrEnum):
    """How sure a finding is: certain, it is what it is said to be; likely, mostly; possible, worth a look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Action(StrEnum):
    REDACTED = "redacted"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may identify somebody. Of what was redacted only kind and places are left."""

    id: str
    subject: Subject
    kind: str
    certainty: Certainty
    action: Action
    places: int
    suggestion: str = ""
    text: str = field(default="", repr=False)
    context: str = field(default="", repr=False)
    pages: tuple[int, ...] = ()
    """Pages of the reading copy on which it stands, from 1."""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "subject": self.subject.value,
            "kind": self.kind,
            "text": self.text,
            "context": self.context,
            "certainty": self.certainty.value,
            "action": self.action.value,
            "suggestion": self.suggestion,
            "places": self.places,
            "pages": list(self.pages),
        }


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that did not pass, told by kind and number alone: "Comments", "document", 3."""

    what: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class Probe:
    format: Format
    words: int


@dataclass(frozen=True, slots=True)
class Report:
    """`sha256` is of the source; `verified` names each check of the reading copy that passed."""

    format: str
    sha256: str
    status: Status
    reason: str = ""
    title: str = field(default="", repr=False)
    pages: int = 0
    words: int = 0
    references: int = 0
    findings: tuple[Finding, ...] = ()
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()
    """What the entrant might mend, each a sentence: none of it stands in an essay's way."""
    paragraph_pages: tuple[int, ...] = ()
    """For each paragraph of the manuscript, as `walk_paragraphs` meets it, the page it begins on, from 1."""
    verified: dict[str, Any] = field(default_factory=dict)

    def as_json(self, source: str) -> dict[str, Any]:
        """Return the report as an object for JSON; `source` is whatever the caller calls the file."""
        return {
            "source": source,
            "format": self.format,
            "sha256": self.sha256,
            "status": self.status.value,
            "reason": self.reason,
            "title": self.title,
            "pages": self.pages,
            "words": self.words,
            "references": self.references,
            "findings": [finding.as_json() for finding in self.findings],
            "removed": [
                {"what": removed.what, "where": removed.where, "count": removed.count}
                for removed in self.removed
            ],
            "warnings": list(self.warnings),
            "verified": self.verified,
        }


@dataclass(frozen=True, slots=True)
class Anonymised:
    manuscript: Manuscript
    pdf: bytes = field(repr=False)
    report: Report


@dataclass(frozen=True, slots=True)
class Decision:
    """The desk's word on a term: wherever it stands, `stand_in` stands instead; "" takes it away.

    `kind` is the finding's: a picture is taken out by its number, not by the words "Picture 1".
    """

    term: str = field(repr=False)
    stand_in: str = field(default="", repr=False)
    kind: str = ""
