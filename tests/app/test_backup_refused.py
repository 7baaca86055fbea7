"""What stands against a backup or a restore is said plainly, and nothing is left of the attempt."""

import hashlib
import resource
import shutil
from dataclasses import replace as changed

import pytest
from sqlalchemy import text

from app.backup import restore as restoring
from app.backup.containers import ARCHIVE
from app.backup.errors import NotBackedUp, NotRestored
from app.backup.manifest import MANIFEST, SIGNATURE
from app.database import transaction
from app.engines import make_engines
from app.settings import Settings
from app.vault import age
from app.vault.tables import OpenedIdentity
from tests.app.backups import (
    KEY,
    back_up,
    close,
    is_empty,
    restore,
    rows,
    run,
    stored,
    tables,
)

pytest_plugins = ["tests.app.backed_up"]


@pytest.mark.parametrize("identities", [(), (age.new_secret(),)], ids=["no key", "another's key"])
def test_encrypted_backup_stays_shut_without_its_key(encrypted, empty, identities):
    engines = empty()

    with pytest.raises(NotRestored, match=r"encrypted|None of the keys"):
        restore(engines, encrypted, identities=identities)
    assert is_empty(engines)


def first(folder, pattern):
    return min(folder.glob(pattern))


def rewrite(folder, pattern, old, new):
    path = first(folder, pattern)
    before = path.read_bytes()
    path.write_bytes(before.replace(old, new, 1))
    assert path.read_bytes() != before


SPOILT = {
    "mark changed": lambda folder: rewrite(folder, "contest/mark-1.jsonl", b'"points":"', b'"points":"1'),
    "line lost": lambda folder: rewrite(folder, "contest/entry-1.jsonl", b"\n", b""),
    "part cut short": lambda folder: first(folder, "vault/envelope-1.jsonl").write_bytes(b""),
    "part missing": lambda folder: first(folder, "contest/leaf-1.jsonl").unlink(),
    "part added": lambda folder: shutil.copy(
        folder / "contest/mark-1.jsonl", folder / "contest/mark-2.jsonl"
    ),
    "file changed": lambda folder: first(folder, "files/*").write_bytes(b"%PDF-1.7"),
    "file missing": lambda folder: first(folder, "vault-files/*").unlink(),
    "file added": lambda folder: (folder / "files" / hashlib.sha256(b"").hexdigest()).write_bytes(b""),
    "foreign file": lambda folder: (folder / "contest" / "notes.txt").write_text("I was here."),
    "link": lambda folder: (folder / "files" / ("0" * 64)).symlink_to("/etc/passwd"),
    "manifest changed": lambda folder: rewrite(folder, MANIFEST, b'"rows": ', b'"rows": 1'),
    "manifest gone": lambda folder: (folder / MANIFEST).unlink(),
    "manifest no JSON": lambda folder: (folder / MANIFEST).write_bytes(b"[" * 100_000),
    "signature gone": lambda folder: (folder / SIGNATURE).unlink(),
    "signature another's": lambda folder: (folder / SIGNATURE).write_bytes(b"AAAA"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_backup_that_was_changed_is_refused_and_nothing_restored(plain, empty, copy_of, spoil):
    folder, engines = copy_of(plain), empty()
    spoil(folder)

    with pytest.raises(NotRestored):
        restore(engines, folder)
    assert is_empty(engines)


@pytest.mark.parametrize("place", [0, 0.3, 0.999], ids=["head", "middle", "end"])
@pytest.mark.parametrize("spoil", ["cut", "changed"])
def test_encrypted_backup_that_was_changed_is_refused(encrypted, empty, copy_of, place, spoil):
    folder, engines = copy_of(encrypted), empty()
    content = (folder / ARCHIVE).read_bytes()
    at = int(len(content) * place)
    rest = b"" if spoil == "cut" else bytes([content[at] ^ 1]) + content[at + 1 :]
    (folder / ARCHIVE).write_bytes(content[:at] + rest)

    with pytest.raises(NotRestored):
        restore(engines, folder, identities=[KEY])
    assert is_empty(engines)


def test_record_that_was_rewritten_under_a_new_signature_is_refused_without_keys(year, tmp_path, empty):
    """Whoever steals a backup can sign it anew, but not the roots that were published."""
    data = tmp_path / "forged"
    close(year.prize.engines)
    shutil.copytree(year.prize.engines.settings.data, data)
    (data / "keys" / "record-signing.secret").write_bytes(bytes(32))
    forged = make_engines(Settings(data=data))
    with transaction(forged.contest) as session:
        session.execute(text("UPDATE leaf SET leaf_hash = zeroblob(32) WHERE position = 3"))
    with transaction(forged.vault.engine) as session:
        session.execute(OpenedIdentity.__table__.delete())
    back_up(forged, tmp_path / "backup")
    close(forged)

    with pytest.raises(NotRestored, match="record in this backup was changed"):
        restore(empty(keys=tmp_path / "none"), tmp_path / "backup", without_keys=True)


def test_restore_asks_for_the_key_that_signs_the_record(plain, encrypted, empty, tmp_path):
    engines = empty(keys=tmp_path / "none")

    with pytest.raises(NotRestored, match=r"no record-signing\.secret"):
        restore(engines, plain)
    with pytest.raises(NotRestored, match="what they showed is sealed"):
        restore(engines, plain, without_keys=True)
    restore(engines, encrypted, identities=[KEY], without_keys=True)

    assert not (tmp_path / "none" / "record-signing.secret").exists()


def test_restore_refuses_another_installations_key(plain, empty):
    engines = empty()
    (engines.settings.keys_folder / "record-signing.secret").write_bytes(bytes(32))

    with pytest.raises(NotRestored, match="another record-signing"):
        restore(engines, plain)
    assert is_empty(engines)


def test_restore_refuses_an_installation_that_is_not_empty(year, plain, tmp_path):
    data = tmp_path / "data"
    close(year.prize.engines)
    shutil.copytree(year.prize.engines.settings.data, data)
    engines = make_engines(Settings(data=data))
    before = rows(engines), stored(engines)

    with pytest.raises(NotRestored, match=r"not empty .*entry: 8 in the contest database") as refused:
        restore(engines, plain)
    assert "Nothing that stands is ever overwritten" in refused.value.to_do
    assert (rows(engines), stored(engines)) == before
    close(engines)


def test_restore_refuses_a_folder_with_files_of_another(plain, empty):
    engines = empty()
    engines.copies.put(b"somebody's")

    with pytest.raises(NotRestored, match="1 stored files"):
        restore(engines, plain)
    assert not any(tables(engines))


def test_restore_that_fails_at_its_last_step_leaves_nothing(plain, empty, monkeypatch):
    engines = empty()
    last = restoring.Staged.move_in

    def disk_full(staged, needed):
        last(staged, needed)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring.Staged, "move_in", disk_full)
    with pytest.raises(OSError, match="No space"):
        restore(engines, plain)
    assert is_empty(engines)
    monkeypatch.undo()
    restore(engines, plain)


def test_restore_begins_anew_where_one_was_killed(year, plain, empty):
    engines = empty()
    left = engines.copies.folder / ".restoring" / "ab" / "abandoned"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")

    restore(engines, plain)

    assert stored(engines) == stored(year.prize.engines)


def test_newer_backup_is_refused(plain, empty, monkeypatch):
    monkeypatch.setattr("app.backup.check.is_known", lambda _history, _revision: False)

    with pytest.raises(NotRestored, match="newer version"):
        restore(empty(), plain)


def test_backup_does_not_take_a_folder_that_is_used(year, tmp_path):
    (tmp_path / "kept").write_text("mine")

    with pytest.raises(NotBackedUp, match="not empty"):
        back_up(year.prize.engines, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_backup_that_fails_leaves_nothing(year, tmp_path):
    engines = year.prize.engines
    broken = changed(engines, copies=changed(engines.copies, folder=tmp_path / "nowhere"))
    for to in ((), (age.public_key(KEY),)):
        with pytest.raises(NotBackedUp, match="missing from the data folder"):
            back_up(broken, tmp_path / "backup", to=to)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("to", [(), (age.public_key(KEY),)], ids=["plain", "encrypted"])
def test_backup_that_meets_a_full_disk_leaves_nothing(year, tmp_path, to):
    engines, before = year.prize.engines, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises((OSError, NotBackedUp), match=r"File too large|could not be written"):
            back_up(engines, tmp_path / "backup", to=to)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("signed", [True, False], ids=["roots published", "none yet"])
def test_backup_does_not_sign_with_a_key_made_in_a_folder_named_by_mistake(year, prize, tmp_path, signed):
    settings = (year.prize if signed else prize).engines.settings
    engines = make_engines(Settings(data=settings.data, keys=tmp_path / "wrong"))

    with pytest.raises(NotBackedUp, match="keys of this installation are not in"):
        back_up(engines, tmp_path / "backup")
    assert not (tmp_path / "wrong").exists()
    close(engines)


def test_backup_refuses_a_file_that_the_disk_has_altered(year, tmp_path):
    data = tmp_path / "data"
    close(year.prize.engines)
    shutil.copytree(year.prize.engines.settings.data, data)
    engines = make_engines(Settings(data=data))
    next(path for path in (data / "files").rglob("*") if path.is_file()).write_bytes(b"rot")

    with pytest.raises(NotBackedUp, match="The disk has altered a stored file"):
        back_up(engines, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    close(engines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["backup", "{}/b", "--to", "age1nobody"], "No backup was made. age1nobody is no public key"),
        (["restore", "{}"], "Nothing was restored. There is no whole backup"),
        (["restore", "{}", "--identity", __file__], "holds something that is no age key"),
    ],
)
def test_commands_say_in_plain_words_what_is_wrong(empty, tmp_path, arguments, said):
    ended = run(empty(), *(each.format(tmp_path) for each in arguments))

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert said in ended.stderr
