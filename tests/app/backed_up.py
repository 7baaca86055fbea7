"""Fixtures: a prize late in its year, its backups, and empty installations to restore them into."""

import shutil

import pytest

from app.access import begin_session
from app.ceremony.decide import Outcome
from app.database import transaction
from app.engines import make_engines
from app.intake.erasure import erase
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.settings import Settings
from app.vault import age
from tests.app.backups import KEY, back_up, close
from tests.app.essays import replace, withdraw_now
from tests.app.installations import documented_settings
from tests.app.stages import begin_opening, decide_now, hand_in, open_together, opened_by, part_of
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter, submit_now


@pytest.fixture(scope="session")
def year(_marked, tmp_path_factory):
    """A prize with an entry in every state, two winners decided, the envelope of one of them open."""
    folder = tmp_path_factory.mktemp("year")
    panel = _marked(folder / "data")
    prize = panel.prize
    winners = {"winners": (panel.entries["Larkspur"], panel.entries["Heron"]), "outcome": Outcome.SHARED}
    assert decide_now(panel, **winners, reason="They could not be told apart.") == []
    open_together(panel, "Larkspur")
    hand_in(
        panel,
        prize.staff.officers[0],
        begin_opening(panel, "Heron"),
        part_of(panel, prize.staff.officers[0], "Heron"),
    )
    prize.clock.at = IN_TIME
    for nom in ("Withdrawn", "Erased", "Replaced", "Kept"):
        panel.entries[nom], panel.receipts[nom] = enter(
            prize, nom_de_plume=nom, name="Edith Abernathy", category="undergraduates"
        )
    withdraw_now(prize, panel.entries["Withdrawn"], panel.receipts["Withdrawn"])
    erased = opened_by(prize, panel.entries["Erased"], panel.receipts["Erased"])
    erase(prize.engines, opened=erased, receipt=panel.receipts["Erased"], now=IN_TIME)
    replace(prize, panel.entries["Replaced"], panel.receipts["Replaced"])
    for nom in ("Withdrawn", "Erased", "Replaced"):
        prepare(prize.engines, entry_id=panel.entries[nom], now=IN_TIME)
    panel.receipts["Waiting"] = new_receipt()
    panel.entries["Waiting"] = submit_now(
        prize,
        receipt=panel.receipts["Waiting"],
        nom_de_plume="Waiting",
        name="Wanda Abernathy",
        category="undergraduates",
    ).entry_id
    with transaction(prize.engines.contest) as session:
        visit = prize.staff.administrator
        begin_session(session, person_id=visit.person_id, contest_id=visit.contest_id, now=AFTER)
    yield panel
    close(prize.engines)


@pytest.fixture(scope="session")
def plain(year, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain") / "backup"
    back_up(year.prize.engines, folder)
    return folder


@pytest.fixture(scope="session")
def encrypted(year, tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted") / "backup"
    back_up(year.prize.engines, folder, to=[age.public_key(age.new_secret()), age.public_key(KEY)])
    return folder


@pytest.fixture
def copy_of(tmp_path):
    """Copies a backup, so that it can be spoilt."""

    def copy(folder):
        shutil.copytree(folder, tmp_path / "spoilt")
        return tmp_path / "spoilt"

    return copy


@pytest.fixture
def empty(year, tmp_path):
    """Makes new installations that have the old one's keys."""
    made = []

    def make(**settings):
        name = f"new-{len(made)}"
        keys = tmp_path / f"keys-{name}"
        shutil.copytree(year.prize.engines.settings.keys_folder, keys)
        made.append(make_engines(Settings(**{"data": tmp_path / name, "keys": keys} | settings)))
        return made[-1]

    yield make
    for each in made:
        close(each)


@pytest.fixture
def on_postgresql(cluster, empty, tmp_path):
    """Makes a new installation on PostgreSQL, with the documented logins."""

    def make(prefix):
        settings = documented_settings(cluster, tmp_path / prefix, prefix=prefix)
        return empty(**settings.model_dump(exclude={"keys"}))

    return make
