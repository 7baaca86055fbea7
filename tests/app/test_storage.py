"""Files are named by their content, complete or absent, and never returned altered."""

import hashlib

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
