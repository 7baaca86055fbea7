"""The two worlds, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.contest import Staff
from app.engines import make_engines
from app.main import create_app
from app.settings import Settings
from app.tables import Contest
from tests.anonymity.arriving import enter_everything
from tests.anonymity.asking import twins
from tests.anonymity.chance import Chance, injected_chance
from tests.anonymity.sampling import Route, routes_of
from tests.anonymity.worlds import Pair, found_pair
from tests.anonymity.year import SET_ASIDE, whole_year
from tests.conftest import IN_TIME, Clock, Prize


@pytest.fixture(scope="session")
def chance() -> Iterator[Chance]:
    with injected_chance() as chance:
        yield chance


@pytest.fixture(scope="session")
def _founded_pair(
    founded: tuple[Path, Contest, Staff], chance: Chance, tmp_path_factory: pytest.TempPathFactory
) -> Pair:
    folder, contest, staff = founded
    made = tmp_path_factory.mktemp("founded-pair")
    shutil.copytree(folder, made / "founded")
    prize = Prize(make_engines(Settings(data=made / "founded")), Clock(IN_TIME), contest, staff)
    return found_pair(prize, made, chance)


@pytest.fixture(scope="session")
def _entered(_founded_pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    pair = _founded_pair.copied(tmp_path_factory.mktemp("entered"))
    enter_everything(pair)
    pair.close()
    return pair


@pytest.fixture(scope="session")
def _half_judged(_entered: Pair, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    pair = _entered.copied(tmp_path_factory.mktemp("half-judged"))
    with twins(pair) as both:
        next(stage for stage in whole_year(both) if stage == SET_ASIDE)
    pair.close()
    return pair


@pytest.fixture
def founded_pair(_founded_pair: Pair, tmp_path: Path) -> Iterator[Pair]:
    """The same contest twice, with nothing entered."""
    yield from _copy(_founded_pair, tmp_path)


@pytest.fixture
def entered(_entered: Pair, tmp_path: Path) -> Iterator[Pair]:
    """All essays are in and prepared in both worlds; entries are still open."""
    yield from _copy(_entered, tmp_path)


@pytest.fixture
def half_judged(_half_judged: Pair, tmp_path: Path) -> Iterator[Pair]:
    """Essays are with the judges; there are drafts, and essays set aside."""
    yield from _copy(_half_judged, tmp_path)


@pytest.fixture(scope="session")
def routes(_founded_pair: Pair) -> list[Route]:
    """Every route of the application."""
    prize = _founded_pair.worlds[0].prize
    return routes_of(create_app(prize.engines, clock=prize.clock))


def _copy(pair: Pair, folder: Path) -> Iterator[Pair]:
    copy = pair.copied(folder / "pair")
    yield copy
    copy.close()
