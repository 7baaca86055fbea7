"""The demo's essays as they come in: what must vanish has vanished, and the desk is asked about little else."""

import tomllib
from pathlib import Path

import pytest

from anonymiser import Action, Author, Decision, Heading, anonymise, places_of, retypeset

ESSAYS = Path(__file__).parents[2] / "app" / "demo" / "essays"
ENTRIES = {
    entry["file"]: entry for entry in tomllib.loads((ESSAYS / "entries.toml").read_text("utf-8"))["entries"]
}
SLIPS = {slip["file"]: slip for slip in tomllib.loads((ESSAYS / "slips.toml").read_text("utf-8"))["essays"]}

FLAGGED = {
    "larkspur.docx": ["Kelsborough General Hospital", "14 March 2019"],
    "ninth-chair.docx": ["Mr Dunmore", "Thrussby", "Picture 1"],
    "hawthorn.docx": ["Mr Pike"],
    "grey-wagtail.md": ["Dr. Corrigan", "Tuesday 6 February 2024"],
    "a-tuesday-locum.txt": ["Dr Hale"],
    "fernhill.txt": ["Nell", "Ronnie", "Lowndes", "Blackpool", "Vienna"],
    "the-listening-coat.docx": [],
    "mrs-often.txt": ["Arthur", "Cottage Hospital", "Mrs Doctor", "Tansley", "Meadle", "11 November 1966"],
}
# Her husband's name and her village: she told neither, so people decide.
LEFT_TO_PEOPLE = {"Dr Arthur Tansley", "Lower Meadle", "Lowndes"}


def make(name):
    entry = ENTRIES[name]
    author = Author(
        name=entry["name"],
        also_known_as=tuple(entry["also_known_as"]),
        emails=(entry["email"],) if entry["email"] else (),
        phones=(entry["phone"],),
        organisations=tuple(entry["organisations"]),
    )
    heading = Heading("1", entry["nom_de_plume"])
    return anonymise((ESSAYS / name).read_bytes(), authors=(author,), heading=heading), heading


@pytest.mark.parametrize("name", sorted(FLAGGED))
def test_the_desk_is_asked_about_these_terms_alone(name):
    made, _ = make(name)

    flagged = [finding for finding in made.report.findings if finding.action is Action.FLAGGED]
    assert [finding.text for finding in flagged] == FLAGGED[name]
    in_words = [finding for finding in flagged if finding.kind != "picture"]
    assert [finding.places for finding in in_words] == [
        len(places_of(made.manuscript, finding.text)) for finding in in_words
    ]


@pytest.mark.parametrize("name", sorted(SLIPS))
def test_what_names_the_author_or_is_hidden_is_gone_and_the_rest_stays(name, words_of):
    made, _ = make(name)

    text = words_of(made.manuscript)
    slip = SLIPS[name]
    for secret in {*slip["author"], *slip["hidden"]} - LEFT_TO_PEOPLE:
        assert secret not in text
    for kept in slip["stays"]:
        assert kept in text or kept == ENTRIES[name]["nom_de_plume"]


def test_a_decision_on_a_titled_name_reaches_all_its_places(words_of):
    made, heading = make("ninth-chair.docx")

    assert len(places_of(made.manuscript, "Mr Dunmore")) == 4
    again = retypeset(made.manuscript, decisions=(Decision("Mr Dunmore", "the patient"),), heading=heading)
    assert "Dunmore" not in words_of(again.manuscript)
    assert "the patient’s" in words_of(again.manuscript)


def test_a_signature_after_the_references_is_no_reference(words_of):
    made, _ = make("a-tuesday-locum.txt")

    assert "self_citation" not in [finding.kind for finding in made.report.findings]
    assert "Locum general practitioner" in words_of(made.manuscript)
    assert made.report.references == 3


def test_thanks_after_the_references_are_text_like_any_other(words_of):
    made, _ = make("fernhill.txt")

    assert made.report.references == 2
    assert "Acknowledgements: to the [a workplace]" in words_of(made.manuscript)


def test_initials_the_author_is_known_by_leave_every_other_letter_alone(words_of):
    made, _ = make("mrs-often.txt")

    assert "I don't know why I never thought of it." in words_of(made.manuscript)
    assert "W. T." not in words_of(made.manuscript)


def test_numbered_references_without_a_heading_are_references():
    made, _ = make("mrs-often.txt")

    assert made.report.references == 2
