"""What an entrant is told of the list of references, and what of it stops nobody."""

import pytest

from anonymiser.read import read
from anonymiser.reference_check import check_references

BODY = (
    "On listening\n\nThe essay begins with a paragraph that is long enough to be one, and it names nobody."
    "\n\n{}\n\nReferences\n\n{}\n"
)
BALINT = "Balint M. The doctor, his patient and the illness. London: Pitman; 1957."
NORELL = "Balint E, Norell JS. Six minutes for the patient. London: Tavistock; 1973."
ELDER = "Elder A, Samuel O. While I’m here, doctor. London: Tavistock; 1987."


def told(text, *items):
    listed = "\n\n".join(items)
    return list(check_references(read(BODY.format(text, listed).encode()).manuscript))


def test_a_list_that_agrees_with_its_citations_needs_no_word():
    assert told("As they said [1], and again [2,3].", f"1. {BALINT}", f"2. {NORELL}", f"3. {ELDER}") == []


@pytest.mark.parametrize("cited", ["first (1), then (2) and (3)", "all of it [1–3]", "the lot [1, 2; 3]"])
def test_every_way_of_citing_by_number_is_understood(cited):
    assert told(f"It was said: {cited}.", f"1. {BALINT}", f"2. {NORELL}", f"3. {ELDER}") == []


def test_a_reference_nobody_cites_is_named_by_its_number():
    assert told("As they said [1].", f"1. {BALINT}", f"2. {NORELL}", f"3. {ELDER}") == [
        "References 2 and 3 are not cited in the text."
    ]


def test_a_citation_of_nothing_is_told():
    assert told("As they said [1], [2] and [4].", f"1. {BALINT}", f"2. {NORELL}") == [
        "The text cites reference 4, not in the list."
    ]


def test_a_gap_and_a_number_given_twice_are_told():
    warnings = told("They said [1], [2], [4].", f"1. {BALINT}", f"2. {NORELL}", f"2. {NORELL}", f"4. {ELDER}")

    assert warnings == [
        "Number 2 stands before more than one reference.",
        "The numbers of the references have a gap: 3 is missing.",
    ]


def test_citations_by_author_and_year_are_held_against_the_list():
    harvard = (
        "Balint, M. (1957) The doctor, his patient and the illness. London: Pitman.",
        "Elder, A. and Samuel, O. (1987) While I’m here, doctor. London: Tavistock.",
        "Norell, J. (1973) Six minutes. London: Tavistock.",
    )

    warnings = told("Balint (1957) and Elder and Samuel (1988) said so, and Hart (1971) too.", *harvard)

    assert warnings == [
        "Reference 3 in the list is not cited in the text.",
        "The text cites one work that the list of references does not have.",
        "One citation in the text gives another year than the list.",
        (
            "The references look like the Harvard style, with the year in brackets after the authors; "
            "the Vancouver style is usual here."
        ),
    ]


def test_citations_without_any_list_are_told():
    manuscript = read(
        b"On listening\n\nBalint (1957) said so, and nobody minded it at all that evening."
    ).manuscript

    assert check_references(manuscript) == ("The text cites one work, but has no list of references.",)


def test_an_essay_that_cites_nothing_is_left_in_peace():
    manuscript = read(
        b"On listening\n\nIn 1957 there were twelve of us (or 13), and nobody wrote it down."
    ).manuscript

    assert check_references(manuscript) == ()


def test_own_work_that_was_taken_out_is_no_uncited_reference():
    items = (f"1. {BALINT}", "2. [a reference to the author's own work]", f"3. {ELDER}")
    manuscript = read(BODY.format("As they said [1], [2], [3].", "\n".join(items)).encode()).manuscript

    assert check_references(manuscript) == ()
