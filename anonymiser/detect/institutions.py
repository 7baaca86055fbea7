"""Named hospitals, practices, homes and schools, each with the kind of place to write instead."""

import re
from collections.abc import Iterator

from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.report import Certainty, Subject

_ENDINGS = (
    "Hospital|Infirmary|Hospice|Surgery|Medical Centre|Medical Center|Health Centre|Health Center|Clinic"
    "|Medical Practice|Group Practice|Practice|Nursing Home|Care Home|Residential Home|Prison|Primary School"
    "|Grammar School|School|Medical School|Academy"
)
_INSTITUTION = re.compile(
    r"(?:\b(?:St\.?|Saint)\s)?\b[A-Z][\w'’.&]+(?:\s(?:of|and|&|the|[A-Z][\w'’.&]+)){0,4}\s"
    rf"(?:{_ENDINGS})\b"
)
_WORDS = frozenset(
    [
        "hospital",
        "infirmary",
        "hospice",
        "surgery",
        "centre",
        "center",
        "clinic",
        "practice",
        "home",
        "prison",
        "school",
        "academy",
    ]
)
_LEADING = re.compile(r"(?:The|At|In|From|Our|His|Her|My|A|An|This|That|When|After|Near|To|And|But|If|As)\s+")
# By what a name ends in, the longer ending first; the last holds for every other.
_STAND_INS = (
    (("Hospital", "Infirmary"), "[a hospital]"),
    (("Hospice",), "[a hospice]"),
    (("Nursing Home", "Care Home", "Residential Home"), "[a care home]"),
    (("Prison",), "[a prison]"),
    (("Medical School",), "[a medical school]"),
    (("School", "Academy"), "[a school]"),
    (("Clinic",), "[a clinic]"),
    (("",), "[a practice]"),
)
_NOT_NAMED = re.compile(
    rf"(?:(?:General|Primary|Private|Medical|Family|Evidence|Good|Best|Clinical|Sunday) )+(?:{_ENDINGS})$"
)


def find_institutions(passage: Passage) -> Iterator[Mark]:
    if _WORDS.isdisjoint(passage.words):
        return
    text = passage.text
    for match in _INSTITUTION.finditer(text):
        start = match.start() + (len(found[0]) if (found := _LEADING.match(match[0])) else 0)
        name = text[start : match.end()]
        if _NOT_NAMED.match(name) or " " not in name:
            continue
        stand_in = next(stand_in for ending, stand_in in _STAND_INS if name.endswith(ending))
        term = " ".join(name.casefold().split())
        yield Mark(
            passage.index, start, match.end(), Subject.OTHER, "institution", Certainty.LIKELY, stand_in, term
        )
