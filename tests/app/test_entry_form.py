"""Entering on the web as a visitor does: what is refused says why, and nothing typed is lost."""

import pytest

from tests.app.entrants import Entrant, rows
from tests.app.stages import uploads
from tests.entering import essay_docx


@pytest.fixture
def entrant(site):
    return Entrant(site)


def test_one_press_enters_and_shows_the_receipt(entrant):
    answer = entrant.press(essay_docx())
    receipt = entrant.client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/receipt?done=entered")
    assert "Larkspur" in receipt.text
    assert rows(entrant.prize) == [1, 1, 1, 1, 1]
    assert uploads(entrant.prize) == []


def test_second_press_gives_the_same_receipt(entrant):
    first = entrant.press(essay_docx())
    second = entrant.press(essay_docx(), name="Somebody Else")

    assert second.headers["location"] == "/receipt?done=again"
    assert first.cookies["receipt"] == second.cookies["receipt"]
    assert rows(entrant.prize) == [1, 1, 1, 1, 1]


def test_pasted_text_enters(entrant):
    answer = entrant.press(text="A Chair\n\nI had presented her three times before I understood it.")

    assert answer.status_code == 303
    assert rows(entrant.prize)[0] == 1


def test_form_that_was_never_minted_is_refused(entrant):
    answer = entrant.press(essay_docx(), minted="0000-invented.x")

    assert answer.status_code == 400
    assert rows(entrant.prize) == [0] * 5


def test_essay_is_held_for_the_next_press(entrant):
    wrong = entrant.press(essay_docx(), nom_de_plume="Tarrantula")
    held = uploads(entrant.prize)
    right = entrant.press()

    assert wrong.status_code == 422
    assert "So is your essay" in wrong.text
    assert 'value="Tarrantula"' in wrong.text
    assert held == ["held"]
    assert right.headers["location"] == "/receipt?done=entered"
    assert uploads(entrant.prize) == []


def test_held_essay_is_sealed_and_goes_to_its_own_form_alone(site, entrant):
    entrant.press(essay_docx("The canary sings in this paragraph alone."), nom_de_plume="")
    other = Entrant(site)

    (held,) = entrant.prize.engines.settings.upload_folder.iterdir()
    answer = other.press()

    assert held.read_bytes().startswith(b"age-encryption.org/v1")
    assert answer.status_code == 422
    assert "Choose the file of your essay" in answer.text


def test_suggested_nom_fills_the_form_and_keeps_the_essay(entrant):
    answer = entrant.press(essay_docx(), suggestion="Brass Heron")

    assert answer.status_code == 422
    assert 'value="Brass Heron"' in answer.text
    assert entrant.press(nom_de_plume="Brass Heron").status_code == 303


def test_file_refused_is_not_replaced_by_one_held_before(entrant):
    """Whoever chose another file must not have the earlier one entered in its stead."""
    entrant.press(essay_docx("The first draft, chosen by mistake."), nom_de_plume="")
    entrant.press(b"%PDF-1.7\n")

    answer = entrant.press()

    assert answer.status_code == 422
    assert rows(entrant.prize)[0] == 0
