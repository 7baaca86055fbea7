"""A backup, or a disk, without the folder of keys: nothing that is sealed opens with anything in it."""

import re
import shutil
import sqlite3
from itertools import chain

import pytest

from app.database import reading
from app.engines import make_engines
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt, parse_receipt
from app.settings import Settings
from app.vault import age
from app.vault.errors import NotOpenable, VaultError
from app.vault.orders import open_order
from app.vault.seal import entrant_secret
from tests.conftest import IN_TIME
from tests.entering import enter, essay_docx, submit_now

AGE = b"age-encryption.org/v1\n"
SECRET_KEY = re.compile(rb"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", re.IGNORECASE)
CODE = re.compile(rb"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")


class Stolen:
    """A copy of an installation's folder: what is sealed in it, and everything that could be a key."""

    def __init__(self, folder):
        self.folder = folder
        self.cells = list(_cells(folder))
        files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
        self.sealed = {each for each in (*self.cells, *files) if each.startswith(AGE)}
        everything = [*files, *(each for each in self.cells if not each.startswith(AGE))]
        self.keys = {found.decode().upper() for each in everything for found in SECRET_KEY.findall(each)}
        self.keys |= {
            entrant_secret(code.octets)
            for each in everything
            for found in CODE.findall(each)
            if (code := parse_receipt(found.decode())) is not None
        }
        # Any run of as many octets as a seed or a receipt has might be one, written as octets or in hex.
        for octets in {*self.cells, *map(_from_hex, self.cells)}:
            if len(octets) == 32:
                self.keys.add(age.secret_from_seed(octets))
            if len(octets) in {16, 32}:
                self.keys.add(entrant_secret(octets))

    def opened(self):
        """How many of the age files open with any of the keys."""
        return sum(any(_opens(sealed, key) for key in self.keys) for sealed in self.sealed)


@pytest.fixture
def taken(prize, tmp_path):
    """Two entries, one prepared and one whose work order is still open; its folder stolen with and without keys."""
    enter(prize, nom_de_plume="Heron", name="Bo Nwosu", email="bo@example.net")
    admitted = submit_now(prize, essay=essay_docx("Not prepared yet."), receipt=new_receipt())
    data = prize.engines.settings.data
    shutil.copytree(data, tmp_path / "whole")
    shutil.copytree(data, tmp_path / "backup", ignore=shutil.ignore_patterns("keys"))
    return tmp_path / "whole", tmp_path / "backup", admitted.entry_id


def test_nothing_in_a_backup_opens_anything_in_it(taken):
    _, backup, _ = taken
    stolen = Stolen(backup)

    assert (
        len(stolen.sealed) >= 2 * (2 + 3 + 2) + 1
    )  # identities, parts of keys, originals and notes, an order
    assert len(stolen.keys) > 50
    assert stolen.opened() == 0


def test_search_for_keys_finds_the_workers_where_it_is(taken):
    """What the search would find in a copy that was careless enough to hold keys or codes."""
    whole, _, _ = taken

    assert Stolen(whole).opened() == 1  # the one order open


def test_receipt_left_lying_about_would_open_its_envelope(prize, taken):
    _, backup, _ = taken
    _, receipt = enter(prize, nom_de_plume="Sorrel", name="Al Poe", email="al@example.net")
    shutil.rmtree(backup)
    shutil.copytree(prize.engines.settings.data, backup, ignore=shutil.ignore_patterns("keys"))
    (backup / "note.txt").write_text(f"My code: {receipt.text}")

    assert Stolen(backup).opened() == 1  # the entrant's own part


def test_restored_backup_leaves_the_worker_without_its_order(taken):
    whole, backup, entry_id = taken

    for folder, opens in ((whole, True), (backup, False)):
        engines = make_engines(Settings(data=folder))
        keys = engines.vault.keys_folder
        with reading(engines.vault.engine) as session:
            if opens:
                assert open_order(session, entry_id=entry_id, version=1, keys_folder=keys).secret
            else:
                with pytest.raises(VaultError):
                    open_order(session, entry_id=entry_id, version=1, keys_folder=keys)
                prepare(engines, entry_id=entry_id, now=IN_TIME)


def _cells(folder):
    """Every value in every row of every database there, as octets."""
    for path in folder.rglob("*.sqlite3"):
        with sqlite3.connect(path) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                rows = connection.execute(f'SELECT * FROM "{table}"')
                for value in chain.from_iterable(rows):
                    if isinstance(value, (bytes, str)):
                        yield value if isinstance(value, bytes) else value.encode()


def _from_hex(text):
    try:
        return bytes.fromhex(text.decode())
    except ValueError:
        return b""


def _opens(sealed, key):
    try:
        age.unseal(sealed, key)
    except NotOpenable:
        return False
    return True
