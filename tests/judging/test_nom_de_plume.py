"""Which noms de plume give their writer away."""

import pytest

from judging.council import Identity
from judging.nom_de_plume import nom_de_plume_gives_away
from judging.reasons import Refusal

WRITER = Identity(
    "Dr William Mark Tarrant",
    also_known_as=("Zoë Ng",),
    emails=("sunflower.82@example.org", "info@example.org"),
    organisations=("Larkspur Medical Centre", "University of Leeds"),
)


@pytest.mark.parametrize(
    ("nom", "refusal"),
    [
        ("Tarrantula", Refusal.SHOWS_NAME),
        ("Tar Rant", Refusal.SHOWS_NAME),
        ("tnarraT", Refusal.SHOWS_NAME),
        ("Old William", Refusal.SHOWS_NAME),
        ("Bill’s Ghost", Refusal.SHOWS_NAME),
        ("Zoe", Refusal.SHOWS_NAME),
        ("The Ng", Refusal.SHOWS_NAME),
        ("W.T.", Refusal.SHOWS_INITIALS),
        ("wmt", Refusal.SHOWS_INITIALS),
        ("T W", Refusal.SHOWS_INITIALS),
        ("Sunflower", Refusal.SHOWS_EMAIL),
        ("A Larkspur", Refusal.SHOWS_ORGANISATION),
    ],
)
def test_gives_away(nom, refusal):
    reason = nom_de_plume_gives_away(nom, WRITER)

    assert reason is not None
    assert reason.code is refusal
    assert "arrant" not in reason.sentence


@pytest.mark.parametrize(
    "nom",
    [
        "The Listening Coat",
        "Ninth Chair",
        "A Tuesday Locum",
        "Medical Moth",
        "Mrs Often",
        "WX",
        "",
        "82",
        "Dr",
    ],
)
def test_does_not_give_away(nom):
    assert nom_de_plume_gives_away(nom, WRITER) is None
