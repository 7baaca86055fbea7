"""Officers' parts are for the minutes of an opening: afterwards nothing on the disk holds them, the log included."""

from datetime import timedelta

from app.ceremony.opening import TOGETHER, forget_old_parts, open_envelope
from app.vault.split import OfficerPart
from tests.anonymity.canary import Canary
from tests.app.stages import begin_opening, hand_in, part_of
from tests.conftest import AFTER, IN_TIME, Prize
from tests.entering import enter


class Held:
    """An entry held for the officers, as `begin_opening` and the like want it."""

    def __init__(self, prize: Prize) -> None:
        self.prize = prize
        prize.clock.at = IN_TIME
        entry_id, _ = enter(prize, nom_de_plume="Larkspur", name="Nikhil Varma", email="nv@example.com")
        self.entries = {"Larkspur": entry_id}
        self.opening = begin_opening(self, "Larkspur")
        self.officers = prize.staff.officers[:2]
        self.texts = [part_of(self, officer, "Larkspur") for officer in self.officers]

    @property
    def secrets(self) -> Canary:
        """What the officers' parts consist of, and their private keys."""
        parts = [OfficerPart.from_text(text).parts for text in self.texts]
        return Canary(
            tuple(self.prize.staff.keys.values()), tuple(part for each in parts for part in each.values())
        )


def test_parts_handed_in_too_long_ago_are_found_nowhere(prize):
    held = Held(prize)
    data = prize.engines.settings.data
    for officer, text in zip(held.officers, held.texts, strict=True):
        hand_in(held, officer, held.opening, text)
    assert held.secrets.found_under(data) != {}

    forget_old_parts(prize.engines, now=AFTER + TOGETHER + timedelta(seconds=1))

    assert held.secrets.found_under(data) == {}


def test_parts_are_found_nowhere_once_the_envelope_is_open(prize):
    held = Held(prize)
    data = prize.engines.settings.data
    for officer, text in zip(held.officers, held.texts, strict=True):
        hand_in(held, officer, held.opening, text)

    open_envelope(prize.engines, visit=held.officers[1], opening_id=held.opening, now=AFTER)
    forget_old_parts(prize.engines, now=AFTER)  # as the worker does every few seconds

    assert held.secrets.found_under(data) == {}
