"""When two noms de plume are the same, and which are suggested."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.identity_form import nom_problems
from app.intake.noms import fold_nom, suggest_noms
from app.vault.identity import Identity


def chance(seed):
    return Random(seed)


@pytest.mark.parametrize(
    "nom",
    ["Larkspur", "larkspur", "LARK SPUR", " Lark-spur! ", "Lárkspür", "Ｌａｒｋｓｐｕｒ", "lark\u00adspur"],
)
def test_noms_that_look_the_same_are_the_same(nom):
    assert fold_nom(nom) == "larkspur"


@pytest.mark.parametrize(
    ("one", "other"), [("Straße", "STRASSE"), ("Ἑστία", "ΕΣΤΙΑ"), ("ﬁnch", "Finch"), ("2²", "22")]
)
def test_case_and_form_of_letters_make_no_new_nom(one, other):
    assert fold_nom(one) == fold_nom(other)


@pytest.mark.parametrize(("one", "other"), [("Larkspur", "Larkspurs"), ("Wren 1", "Wren 2"), ("狐", "狸")])
def test_noms_that_differ_stay_apart(one, other):
    assert fold_nom(one) != fold_nom(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(nom):
    assert fold_nom(fold_nom(nom)) == fold_nom(nom)


def test_suggestions_are_free_and_differ():
    taken = {fold_nom(nom) for nom in suggest_noms(chance(1), taken=(), count=1000)}

    found = suggest_noms(chance(1), taken=taken, count=20)

    assert len({fold_nom(nom) for nom in found} - taken) == 20


def test_suggestions_follow_the_chance_they_are_given():
    assert suggest_noms(chance(7), taken=()) == suggest_noms(chance(7), taken=())
    assert suggest_noms(chance(7), taken=()) != suggest_noms(chance(8), taken=())


def test_suggestions_can_all_be_entered(prize):
    identity = Identity(entry_id=prize.contest.id, name="Imogen Tarrant")

    assert [nom for nom in suggest_noms(chance(1), taken=(), count=200) if nom_problems(nom, identity)] == []
