"""A running installation, started as an administrator would, and a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from app.database import reading, transaction
from app.demo.contest import Staff, add_contest, add_staff, rehearse
from app.engines import Engines, make_engines
from app.intake.prepare import renew_key
from app.migrate import migrate_all
from app.settings import Settings
from app.tables import Contest, Person
from tests.conftest import ARTEFACTS, PASSWORD

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LAUNCH = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking")
WIDTHS = (1280, 390)


@dataclass
class House:
    """An installation that serves: its data, its address, its process."""

    engines: Engines
    address: str
    contest: Contest
    staff: Staff
    server: subprocess.Popen[bytes]

    @property
    def slug(self) -> str:
        return self.contest.slug

    def close_entries(self) -> None:
        """Let the deadline pass."""
        with transaction(self.engines.contest) as session:
            session.get_one(Contest, self.contest.id).closes_at = datetime.now(UTC)

    def totp(self, email: str) -> str:
        """The code this person's device shows."""
        with reading(self.engines.contest) as session:
            secret = session.scalars(select(Person.totp_secret).where(Person.email == email)).one()
        return pyotp.TOTP(secret).now()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An installation whose contest takes entries."""
    with _house(tmp_path) as made:
        rehearse(made.engines, made.staff, now=datetime.now(UTC))
        yield made


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[House]:
    """An installation whose officers have no keys yet."""
    with _house(tmp_path) as made:
        yield made


@contextmanager
def _house(folder: Path) -> Iterator[House]:
    port = _free_port()
    settings = Settings(data=folder / "data", port=port)
    engines = make_engines(settings)
    migrate_all(engines)
    now = datetime.now(UTC)
    renew_key(engines, now=now)
    today = now.date()
    with transaction(engines.contest) as session:
        contest = add_contest(
            session,
            slug="the-prize",
            title="The Essay Prize for 2026",
            opens_on=today - timedelta(days=30),
            closes_on=today + timedelta(days=3),
            announced_on=today + timedelta(days=30),
        )
        staff = add_staff(session, contest, password=PASSWORD)
    environment = os.environ | {"NOMDEPLUME_DATA": str(settings.data), "NOMDEPLUME_PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "app", "serve"], env=environment)
    address = f"http://127.0.0.1:{port}"
    _wait_until_up(address, server)
    yield House(engines, address, contest, staff, server)
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=40) == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("these tests drive a real browser: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(LAUNCH))
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser for one visitor; what a page complains of in its console fails the test."""
    with _visits(browser, house) as visit:
        yield visit


@pytest.fixture
def newcomer(browser: Browser, new_house: House) -> Iterator[Callable[..., Page]]:
    """The same, at an installation whose officers have no keys yet."""
    with _visits(browser, new_house) as visit:
        yield visit


@contextmanager
def _visits(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    contexts = []
    complaints: list[str] = []

    def visit(*, javascript: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=house.address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            accept_downloads=True,
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def picture(page: Page, name: str) -> None:
    """Keep screenshots at desk and phone width, and the phone's in the dark; no page may scroll sideways."""
    folder = ARTEFACTS / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=folder / f"{name}-{width}-light.png", full_page=True)
        inner, outer = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert inner <= outer, f"{name} scrolls sideways at {width}"
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=folder / f"{name}-{width}-dark.png", full_page=True)
    page.emulate_media(color_scheme="light")
    if before is not None:
        page.set_viewport_size(before)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    transport = httpx.HTTPTransport(retries=40)
    with httpx.Client(transport=transport, timeout=5) as client:
        for _ in range(400):
            if server.poll() is not None:
                raise RuntimeError("the server ended while it was starting")
            try:
                if client.get(f"{address}/healthz").status_code == 200:
                    return
            except httpx.ConnectError:
                continue
    raise RuntimeError("the server did not come up")
