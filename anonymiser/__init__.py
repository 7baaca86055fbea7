"""Makes the copy of an essay that judges read: bytes and who wrote them in, reading copy and report out."""

from anonymiser.author import Author, Heading, load_authors
from anonymiser.detect.terms import Place, places_of
from anonymiser.errors import AnonymiserError, AuthorInvalid, ManuscriptInvalid, RefusalCode, Refused
from anonymiser.labels import AUTHOR_KIND_LABELS, KIND_LABELS, READ_BY_MACHINE, is_lost
from anonymiser.manuscript import Manuscript
from anonymiser.outside import anonymise, probe
from anonymiser.pipeline import retypeset
from anonymiser.report import (
    Action,
    Anonymised,
    Certainty,
    Decision,
    Finding,
    Format,
    Probe,
    Removed,
    Report,
    Status,
    Subject,
)
from anonymiser.stored import dump_manuscript, load_manuscript
from anonymiser.verify import Fault, FaultCode, verify_reading_copy

__all__ = [
    "AUTHOR_KIND_LABELS",
    "KIND_LABELS",
    "READ_BY_MACHINE",
    "Action",
    "Anonymised",
    "AnonymiserError",
    "Author",
    "AuthorInvalid",
    "Certainty",
    "Decision",
    "Fault",
    "FaultCode",
    "Finding",
    "Format",
    "Heading",
    "Manuscript",
    "ManuscriptInvalid",
    "Place",
    "Probe",
    "RefusalCode",
    "Refused",
    "Removed",
    "Report",
    "Status",
    "Subject",
    "anonymise",
    "dump_manuscript",
    "is_lost",
    "load_authors",
    "load_manuscript",
    "places_of",
    "probe",
    "retypeset",
    "verify_reading_copy",
]
