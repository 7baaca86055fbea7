import re
from pathlib import Path

import anonymiser
from anonymiser import AUTHOR_KIND_LABELS, KIND_LABELS, Author, Heading, anonymise
from anonymiser.labels import describe_removed

EVERYTHING = """On listening

A paragraph that is long enough to begin an essay, and in which nobody at all is named by anyone.

Mrs Havering, born on 3 May 1931, NHS 943 476 5919, CHI 0101010013, lay in the Northern General Hospital on 12 March
2019. Her hospital number: A123456, AB 12 34 56 C, 12 Acacia Avenue, SW1A 1AA, bob@example.com, 020 7946 0958,
www.example.com, ORCID 0000-0002-1825-0097, GMC 1234567, aged 94 years old, near Reykjavik.

Jane Okonkwo, jane@surgery.example, 07700 900123, Larkfield Surgery, 14 Larkfield Road, wrote this.

References

1. Okonkwo J. On myself. Lancet 2001;1:2.
"""


def test_every_kind_found_has_words_for_people():
    author = Author(
        name="Jane Okonkwo",
        emails=("jane@surgery.example",),
        phones=("07700 900123",),
        organisations=("Larkfield Surgery",),
        postal_address="14 Larkfield Road\nSheffield",
    )

    findings = anonymise(
        EVERYTHING.encode(), authors=(author,), heading=Heading("1", "Larkspur")
    ).report.findings

    redacted = {finding.kind for finding in findings if finding.action == "redacted"}
    flagged = {finding.kind for finding in findings if finding.action == "flagged"}
    assert (
        {"name", "email", "phone", "workplace", "address", "self_citation"}
        <= redacted
        <= set(AUTHOR_KIND_LABELS)
    )
    assert {"name", "date_of_birth", "institution", "postcode", "age"} <= flagged <= set(KIND_LABELS)


def test_everything_a_reader_leaves_behind_has_words_for_people():
    sources = Path(anonymiser.__file__).parent / "read"
    counted = {
        what
        for source in sources.rglob("*.py")
        for what in re.findall(r'tally\.add\("([^"]+)"', source.read_text("utf-8"))
    }

    assert len(counted) > 10
    for what in counted:
        assert describe_removed(what, "text")[0][:1].isupper() or what == "HTML tag"


def test_what_was_removed_reads_as_a_table():
    assert describe_removed("comment", "comments") == ("Comments", "document")
    assert describe_removed("header", "headers") == describe_removed("footer", "footers")
    assert describe_removed("property", "document properties") == (
        "The file’s properties: author, company, dates",
        "file",
    )
