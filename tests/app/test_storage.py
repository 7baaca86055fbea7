"""Files are named by their content, complete or absent, and never returned altered."""

import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.storage import Storage


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "files")


def file_of(storage, key):
    (path,) = storage.folder.rglob(key)
    return path


@given(content=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_content_comes_back_under_its_fingerprint(storage, content):
    key = storage.put(content)

    assert key == hashlib.sha256(content).hexdigest()
    assert storage.get(key) == content


def test_same_content_twice_is_one_file(storage):
    assert storage.put(b"words") == storage.put(b"words")

    assert len([path for path in storage.folder.rglob("*") if path.is_file()]) == 1


def test_altered_byte_is_detected(storage):
    key = storage.put(b"the words as they came in")
    file_of(storage, key).write_bytes(b"the words as they came on")

    with pytest.raises(ValueError, match="fingerprint"):
        storage.get(key)


def test_truncated_file_is_detected(storage):
    key = storage.put(b"the words as they came in")
    file_of(storage, key).write_bytes(b"")

    with pytest.raises(ValueError, match="fingerprint"):
        storage.get(key)


def test_content_is_stored_anew_where_the_disk_had_altered_it(storage):
    key = storage.put(b"the words as they came in")
    file_of(storage, key).write_bytes(b"")

    storage.put(b"the words as they came in")

    assert storage.get(key) == b"the words as they came in"


def test_file_that_is_not_there_is_said_so(storage):
    with pytest.raises(FileNotFoundError):
        storage.get("00" * 32)


def test_file_removed_is_gone_and_removing_twice_is_no_failure(storage):
    key = storage.put(b"words")

    storage.remove(key)
    storage.remove(key)

    with pytest.raises(FileNotFoundError):
        storage.get(key)


def test_draft_of_a_full_disk_is_taken_away(storage, monkeypatch):
    """The system call itself fails, as it does when a disk is full."""
    key = storage.put(b"words")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            storage.put(b"other words")

    assert {path.name for path in storage.folder.rglob("*") if path.is_file()} == {key}


def test_files_are_their_owners_alone(storage):
    key = storage.put(b"words")

    assert file_of(storage, key).stat().st_mode & 0o077 == 0


AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


def age(path, hours=2):
    then = path.stat().st_mtime - hours * 3600
    os.utime(path, (then, then))


def test_old_file_that_no_row_names_is_removed_and_no_other(storage):
    named, unnamed, young = (storage.put(words) for words in (b"named", b"unnamed", b"young"))
    for key in (named, unnamed):
        age(storage.path(key))
    draft = storage.path(named).with_name(".draft-x")
    draft.write_bytes(b"half a fi")
    age(draft)

    assert storage.remove_unnamed(lambda: {named}, before=AN_HOUR_AGO) == 1

    assert {path.name for path in storage.folder.rglob("*") if path.is_file()} == {named, young}


def test_file_that_is_put_again_counts_as_new(storage):
    key = storage.put(b"the same words")
    age(storage.path(key))
    storage.put(b"the same words")

    assert storage.remove_unnamed(set, before=AN_HOUR_AGO) == 0
    assert storage.get(key) == b"the same words"


@pytest.mark.parametrize("meanwhile", ["named", "put", "killed"])
def test_file_wanted_while_it_is_being_removed_comes_back(storage, meanwhile):
    key = storage.put(b"words")
    age(storage.path(key))
    asked = []

    def named():
        asked.append(1)
        if len(asked) == 2:
            if meanwhile == "put":
                storage.put(b"words")
            if meanwhile == "killed":
                raise KeyboardInterrupt
            return {key}
        return set()

    with suppress(KeyboardInterrupt):
        storage.remove_unnamed(named, before=AN_HOUR_AGO)
    storage.remove_unnamed(lambda: {key}, before=AN_HOUR_AGO)

    assert storage.get(key) == b"words"
