import pytest

from anonymiser import (
    Decision,
    ManuscriptInvalid,
    anonymise,
    dump_manuscript,
    load_manuscript,
    retypeset,
    verify_reading_copy,
)

ESSAY = """On listening

Mr Dunmore came to see [the author] on Tuesday. I told Dunmore, an engineer, that Dunmore’s cough was not a sign of it.

> “Quoted words,” he *said*, and **said** again.[^1]

| a | b |
|---|---|
| c | d |

[^1]: A note on Dunmore.
"""


@pytest.fixture
def made(heading):
    return anonymise(ESSAY.encode(), authors=(), heading=heading)


def test_a_decision_replaces_every_place_of_its_term(made, heading, words_of):
    again = retypeset(
        made.manuscript,
        decisions=(Decision("Mr Dunmore", "the patient"), Decision("dunmore", "the patient")),
        heading=heading,
    )

    text = words_of(again.manuscript)
    assert "Dunmore" not in text
    assert "the patient came to see [the author]" in text
    assert "the patient’s cough" in text
    assert verify_reading_copy(again.pdf, manuscript=again.manuscript, heading=heading) == []


def test_a_decision_without_a_stand_in_takes_the_term_away(made, heading, words_of):
    again = retypeset(made.manuscript, decisions=(Decision("Tuesday", ""),), heading=heading)

    assert "[the author] on. I told" in words_of(again.manuscript)


def test_a_stand_in_that_stands_already_is_not_touched(made, heading, words_of):
    again = retypeset(
        made.manuscript, decisions=(Decision("the author", "X"), Decision("author", "X")), heading=heading
    )

    assert "[the author]" in words_of(again.manuscript)


def test_no_decision_changes_nothing(made, heading):
    again = retypeset(made.manuscript, decisions=(), heading=heading)

    assert again.manuscript == made.manuscript
    assert again.pdf == made.pdf


def test_a_manuscript_survives_being_stored(made):
    stored = dump_manuscript(made.manuscript)

    assert load_manuscript(stored) == made.manuscript
    assert dump_manuscript(load_manuscript(stored)) == stored


@pytest.mark.parametrize(
    "stored", [b"", b"{}", b"[]", b'{"version":2}', b"\xff", b'{"version":1,"blocks":[{}]}', b"null"]
)
def test_other_bytes_are_no_manuscript(stored):
    with pytest.raises(ManuscriptInvalid):
        load_manuscript(stored)


def test_marks_of_one_note_side_by_side_become_one(heading):
    source = b"# T\n\nWords[^1][^1] of[^2] mine[^1].\n\n[^1]: a note\n\n[^2]: another\n"

    made = anonymise(source, authors=(), heading=heading)

    marks = [run.note for block in made.manuscript.blocks for run in block.runs if run.note]
    assert marks == [1, 2, 1]
