"""The server's own secrets are made once, whoever asks first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.secrets_folder import SIZE, own_secret


def test_secret_is_made_once_and_kept(tmp_path):
    first = own_secret(tmp_path / "keys", "forms")

    assert len(first) == SIZE
    assert own_secret(tmp_path / "keys", "forms") == first


def test_secrets_of_two_names_or_folders_differ(tmp_path):
    made = {own_secret(tmp_path / folder, name) for folder in ("a", "b") for name in ("forms", "demo")}

    assert len(made) == 4


def test_threads_that_race_get_the_same_secret(tmp_path):
    for attempt in range(20):
        start = Barrier(4)

        def ask(folder=tmp_path / str(attempt), start=start):
            start.wait()
            return own_secret(folder, "forms")

        with ThreadPoolExecutor(4) as threads:
            made = {each.result() for each in [threads.submit(ask) for _ in range(4)]}

        assert len(made) == 1


def test_secret_is_its_owners_alone_and_no_draft_stays(tmp_path):
    own_secret(tmp_path / "keys", "forms")

    (path,) = (tmp_path / "keys").iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == ("forms.secret", 0o600)
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
