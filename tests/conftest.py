"""A whole installation in a temporary folder: real databases, real files, real keys."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn

from app.demo.contest import Staff, found_contest
from app.engines import Engines, make_engines
from app.intake.prepare import renew_key
from app.main import create_app
from app.migrate import migrate_all
from app.settings import Settings
from app.tables import Contest
from app.web.arrival import ArrivalProtocol

OPENS = date(2026, 5, 1)
CLOSES = date(2026, 9, 30)
IN_TIME = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
AFTER = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
ARTEFACTS = Path(os.environ.get("NOMDEPLUME_ARTEFACTS", Path(__file__).parent.parent / "artefacts"))


@dataclass
class Clock:
    """The time a test sets; the service asks it as it would ask the system's."""

    at: datetime = IN_TIME

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Prize:
    """One contest with its staff, ready to take entries."""

    engines: Engines
    clock: Clock
    contest: Contest
    staff: Staff

    @property
    def slug(self) -> str:
        return self.contest.slug


@dataclass
class Site:
    """A prize served over real HTTP on loopback."""

    prize: Prize
    address: str
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self) -> httpx.Client:
        client = httpx.Client(base_url=self.address, headers={"origin": self.address}, follow_redirects=False)
        self.clients.append(client)
        return client


@pytest.fixture
def engines(tmp_path: Path) -> Engines:
    """An installation with nothing in it."""
    return _open(tmp_path / "data")


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Contest, Staff]:
    """A contest with its staff, made once; each test gets a copy of the folder."""
    folder = tmp_path_factory.mktemp("founded") / "data"
    made = _open(folder)
    contest, staff = found(made)
    made.contest.dispose()
    made.vault.close()
    return folder, contest, staff


def found(made: Engines) -> tuple[Contest, Staff]:
    """Found the prize of these tests, its worker with a key."""
    renew_key(made, now=IN_TIME)
    return found_contest(
        made,
        slug="balint-2026",
        title="The Essay Prize for 2026",
        opens_on=OPENS,
        closes_on=CLOSES,
        announced_on=CLOSES + timedelta(days=45),
        password=PASSWORD,
        now=IN_TIME,
    )


@pytest.fixture
def prize(founded: tuple[Path, Contest, Staff], tmp_path: Path) -> Prize:
    folder, contest, staff = founded
    shutil.copytree(folder, tmp_path / "data")
    return Prize(engines=_open(tmp_path / "data"), clock=Clock(), contest=contest, staff=staff)


def _open(folder: Path) -> Engines:
    made = make_engines(Settings(data=folder))
    migrate_all(made)
    made.settings.upload_folder.mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture
def site(prize: Prize) -> Iterator[Site]:
    config = uvicorn.Config(
        create_app(prize.engines, clock=prize.clock),
        host="127.0.0.1",
        port=0,
        http=ArrivalProtocol,
        log_config=None,
        access_log=False,
        lifespan="on",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    served = Site(prize=prize, address=f"http://127.0.0.1:{port}")
    yield served
    for client in served.clients:
        client.close()
    server.should_exit = True
    thread.join(10)
