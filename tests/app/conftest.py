"""Prizes further on in their year: released to the judges, and marked. Made once, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from app.engines import make_engines
from app.intake.prepare import renew_key
from app.intake.receipts import ReceiptCode
from app.migrate import migrate_all
from app.settings import Settings
from app.tables import Contest
from tests.app.cluster import Cluster
from tests.app.rehearsing import another_contest
from tests.app.stages import enter_and_release, mark_everything
from tests.conftest import AFTER, IN_TIME, Clock, Prize

NOMS = ("Larkspur", "Heron", "Pencil Moth")


@dataclass
class Panel:
    """A prize whose three essays are with the judges."""

    prize: Prize
    entries: dict[str, UUID]
    """By nom de plume."""
    receipts: dict[str, ReceiptCode]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server, for as long as the tests run."""
    started = Cluster()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def _released(founded, tmp_path_factory) -> Callable[[Path], Panel]:
    folder, contest, staff = founded
    kept = tmp_path_factory.mktemp("released") / "data"
    shutil.copytree(folder, kept)
    panel = _at(kept, contest, staff, {}, {})
    for n, nom in enumerate(NOMS):
        person = {"name": f"Writer {'ABC'[n]}{'xyz'[n]}lund", "email": f"writer{n}@example.net"}
        panel.entries[nom], panel.receipts[nom] = enter_and_release(panel.prize, nom_de_plume=nom, **person)
    _close(panel)
    return lambda copy: _copied(panel, kept, copy)


@pytest.fixture(scope="session")
def _marked(_released, tmp_path_factory) -> Callable[[Path], Panel]:
    kept = tmp_path_factory.mktemp("marked") / "data"
    panel = _released(kept)
    mark_everything(panel)
    _close(panel)
    return lambda copy: _copied(panel, kept, copy)


@pytest.fixture
def released(_released, tmp_path) -> Panel:
    """Three essays are with three judges; nobody has declared or marked."""
    return _released(tmp_path / "released")


@pytest.fixture
def marked(_marked, tmp_path) -> Panel:
    """Every judge has locked every mark: Larkspur leads, then Heron, then Pencil Moth."""
    return _marked(tmp_path / "marked")


def _copied(panel: Panel, kept: Path, copy: Path) -> Panel:
    shutil.copytree(kept, copy)
    return _at(copy, panel.prize.contest, panel.prize.staff, dict(panel.entries), dict(panel.receipts))


def _at(folder: Path, contest: Contest, staff: object, entries: dict, receipts: dict) -> Panel:
    prize = Prize(
        engines=make_engines(Settings(data=folder)), clock=Clock(AFTER), contest=contest, staff=staff
    )
    return Panel(prize=prize, entries=entries, receipts=receipts)


def _close(panel: Panel) -> None:
    panel.prize.engines.contest.dispose()
    panel.prize.engines.vault.close()


@pytest.fixture(scope="session")
def _unrehearsed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unrehearsed") / "data"
    made = make_engines(Settings(data=folder))
    migrate_all(made)
    made.settings.upload_folder.mkdir(parents=True, exist_ok=True)
    renew_key(made, now=IN_TIME)
    founded = another_contest(made, "balint-2026")
    made.contest.dispose()
    made.vault.engine.dispose()
    return folder, *founded


@pytest.fixture
def new(_unrehearsed, tmp_path):
    """A contest whose three officers have made keys and registered none."""
    folder, contest, staff = _unrehearsed
    shutil.copytree(folder, tmp_path / "data")
    engines = make_engines(Settings(data=tmp_path / "data"))
    return Prize(engines=engines, clock=Clock(), contest=contest, staff=staff)
