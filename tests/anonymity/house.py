"""A whole installation as it runs in earnest: server and worker of their own, a private temporary folder, logs kept."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from app.access import Visit, begin_session
from app.clock import system_clock
from app.database import reading, transaction
from app.tables import Contest
from tests.anonymity.people import Writer
from tests.conftest import Prize

LONG_ENOUGH = 90
"""Seconds until a test gives up: a lease lasts fifteen, and the sweep comes every five."""


class House:
    """Server and worker as processes of their own. Folders: `data`, `temporary`, `logs`."""

    def __init__(self, prize: Prize, folder: Path) -> None:
        self.prize, self.data = prize, prize.engines.settings.data
        self.temporary, self.logs = folder / "temporary", folder / "logs"
        for each in (self.temporary, self.logs):
            each.mkdir()
        prize.clock.at = system_clock()
        with transaction(prize.engines.contest) as session:
            contest = session.get_one(Contest, prize.contest.id)
            contest.opens_at = prize.clock.at - timedelta(days=1)
            contest.closes_at = prize.clock.at + timedelta(days=1)
        self._started: list[subprocess.Popen[bytes]] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._start("serve", "--no-worker", "--port", str(port))
        self.wait_for(self._answers)

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End it as a power cut would, the children it made included."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=30)

    def browser(self, visit: Visit | None = None) -> httpx.Client:
        """A browser; that of `visit` has just signed in."""
        client = httpx.Client(base_url=self.address, headers={"origin": self.address}, timeout=30)
        if visit is not None:
            with transaction(self.prize.engines.contest) as session:
                token = begin_session(
                    session, person_id=visit.person_id, contest_id=visit.contest_id, now=system_clock()
                )
            client.cookies.set("session", token)
        return client

    def wait_for(self, holds: Callable[[], bool]) -> None:
        """Ask until it holds, for as long as anybody would wait."""
        last = system_clock() + timedelta(seconds=LONG_ENOUGH)
        while not holds():
            assert all(process.poll() is None for process in self._started[-1:]), self.said()
            assert system_clock() < last, self.said()
            time.sleep(0.02)

    def said(self) -> str:
        """All that server and workers have written to either output."""
        return "".join(path.read_text() for path in sorted(self.logs.iterdir()))

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"NOMDEPLUME_DATA": str(self.data), "TMPDIR": str(self.temporary)}
        with (self.logs / f"{len(self._started)}-{command[0]}").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "app", *command],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz").status_code == 200
        except httpx.TransportError:
            return False


class Entrant:
    """One entrant's browser with the form open and filled in."""

    def __init__(self, house: House, writer: Writer, nom: str) -> None:
        self.client, self._front = house.browser(), f"/prize/{house.prize.slug}"
        form = self.client.get(f"{self._front}/enter").text
        minted = re.search(r'name="minted" value="([^"]+)"', form)
        assert minted is not None
        with reading(house.prize.engines.contest) as session:
            contest = session.get_one(Contest, house.prize.contest.id)
            declare = [each.key for each in contest.declarations]
        self.code = minted[1].split(".")[0]
        self.fields = {
            **writer.fields,
            "minted": minted[1],
            "nom_de_plume": nom,
            "category": "everyone-else",
            "declare": declare,
            "ai": "yes",
            "ai_use": f"For spelling, says {writer.name} of {writer.organisation}.",
            "journal": "yes",
            "named": "yes",
        }

    def press(self, file: tuple[str, bytes] = ("", b""), **changes: Any) -> httpx.Response:
        return self.client.post(f"{self._front}/entries", data=self.fields | changes, files={"essay": file})

    def state(self) -> str:
        """Where the entry stands, as the receipt says."""
        state: str = self.client.get("/receipt/status").json()["state"]
        return state
