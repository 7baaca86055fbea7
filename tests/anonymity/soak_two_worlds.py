"""The two worlds again and again, each time with other writers, orders and instants: `make soak`."""

import random
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from app.engines import make_engines
from app.settings import Settings
from tests.anonymity.arriving import enter_everything, reading_copies
from tests.anonymity.asking import twins
from tests.anonymity.everything import SOAK, ask_everything
from tests.anonymity.people import WRITERS
from tests.anonymity.worlds import ARRIVALS, ESSAYS, Arrival, Arrivals, found_pair
from tests.anonymity.year import whole_year
from tests.conftest import IN_TIME, Clock, Prize

FIRST, LAST = datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 9, 29, tzinfo=UTC)


def drawn(seed: int) -> Arrivals:
    """Both worlds drawn by lot; no essay has one writer in both."""
    chance = random.Random(seed)
    writers = chance.sample(WRITERS, len(WRITERS))
    shift = chance.randrange(1, len(writers))
    worlds = {"this": writers, "other": writers[shift:] + writers[:shift]}
    return {name: _arrivals(chance, own) for name, own in worlds.items()}


def _arrivals(chance: random.Random, writers: list) -> dict[str, Arrival]:
    left, found = list(writers), {}
    for essay in ESSAYS:
        at = FIRST + timedelta(seconds=chance.randrange(int((LAST - FIRST).total_seconds())))
        yes_or_no = chance.choices(("yes", "no"), k=2)
        if essay.channel == "post":
            found[essay.nom] = ARRIVALS[chance.choice(("this", "other"))][essay.nom]
        else:
            name = f"{at:%j}.{chance.choice(('docx', 'odt', 'rtf'))}"
            found[essay.nom] = Arrival(left.pop(), at, name, *yes_or_no, replaced=chance.random() < 0.5)
    return dict(sorted(found.items(), key=lambda each: each[1].at))


@pytest.mark.parametrize("seed", range(6))
def test_worlds_drawn_by_lot_do_not_differ(founded, chance, routes, tmp_path, seed):
    assert SOAK
    folder, contest, staff = founded
    shutil.copytree(folder, tmp_path / "founded")
    prize = Prize(make_engines(Settings(data=tmp_path / "founded")), Clock(IN_TIME), contest, staff)
    pair = found_pair(prize, tmp_path, chance, drawn(seed))

    enter_everything(pair)

    this, other = pair.worlds
    assert reading_copies(this) == reading_copies(other)
    with twins(pair) as both:
        for _ in whole_year(both):
            ask_everything(both, routes, in_full=True)
    pair.close()
