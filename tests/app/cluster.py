"""A PostgreSQL server of the tests' own: its folder is temporary, and it listens on a socket in there alone."""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg
from sqlalchemy import URL

_PR_SET_PDEATHSIG = 1
_MISSING = "These tests start a PostgreSQL server of their own and are never skipped. On Debian: apt install postgresql"


class Cluster:
    """Started when made; `stop` ends it and removes all it kept."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="nomdeplume-pg-"))
        self._password = secrets.token_urlsafe(16)
        self._user = {}
        if os.getuid() == 0:
            # The server refuses to run as root.
            nobody = pwd.getpwnam("nobody")
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        data, password_file = self.folder / "data", self.folder / "password"
        password_file.write_text(self._password)
        password_file.chmod(0o644)
        made = subprocess.run(
            [
                *(_program("initdb"), "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--no-sync"),
                *("--pwfile", password_file, "-E", "UTF8", "--locale", "C"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **self._user,
        )
        assert made.returncode == 0, made.stderr
        with (self.folder / "log").open("w") as log:
            self._server = subprocess.Popen(
                [_program("postgres"), "-D", data, "-k", self.folder, "-h", "", "-F"],
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_end_with_the_tests,  # noqa: PLW1509 - it makes one system call
                **self._user,
            )
        self._wait_for_answer()

    def url(self, *, login: str = "postgres", password: str = "", database: str = "postgres") -> str:
        return URL.create(
            "postgresql",
            username=login,
            password=password or self._password,
            database=database,
            query={"host": str(self.folder)},
        ).render_as_string(hide_password=False)

    def run(self, commands: str) -> None:
        """Run commands as the server's administrator, each by itself, as psql would."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for command in commands.split(";"):
                if command.strip():
                    connection.execute(command)

    def new_database(self) -> str:
        """Make an empty database; return its address."""
        name = f"test_{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(database=name)

    def stop(self) -> None:
        self._server.send_signal(signal.SIGINT)
        self._server.wait(20)
        shutil.rmtree(self.folder)

    def _wait_for_answer(self) -> None:
        while True:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                assert self._server.poll() is None, (self.folder / "log").read_text()
            else:
                return


def _program(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(installed[-1]) if installed else None)
    assert found, _MISSING
    return found


def _end_with_the_tests() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
