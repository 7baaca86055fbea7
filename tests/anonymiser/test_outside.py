"""Programs from outside are confined like readers: shown with a shell, which does what it is told."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from anonymiser import RefusalCode, Refused
from anonymiser.outside import workspace as places
from anonymiser.outside.program import Program, run_program
from anonymiser.outside.programs import find_libreoffice, find_tesseract
from anonymiser.outside.workspace import PREFIX, read_made, workspace

SHELL = Path("/bin/bash")
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not SHELL.exists(), reason="there is no bash to play the program")


def shell(script, *, given=b"", folder=None, seconds=10, memory=1_000_000_000):
    return run_program(Program(SHELL, ("-c", script), memory, seconds, folder), given)


def refusal(script, **how):
    with pytest.raises(Refused) as refused:
        shell(script, **how)
    return refused.value.code


def test_a_program_gets_bytes_and_gives_bytes():
    assert shell('read line; echo "$line indeed"', given=b"words\n") == b"words indeed\n"


def test_a_program_learns_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("NOMDEPLUME_VAULT_DATABASE", "secret")

    assert b"NOMDEPLUME" not in shell("set")


def test_a_program_writes_in_its_folder_alone(tmp_path):
    tmp_path.chmod(0o777)
    with workspace() as folder:
        shell("echo words > made", folder=folder)
        assert read_made(folder, "made", 100) == b"words\n"
        assert refusal(f"echo words > {tmp_path}/made", folder=folder) is RefusalCode.CRASHED
    assert refusal(f"echo words > {tmp_path}/made") is RefusalCode.CRASHED
    assert list(tmp_path.iterdir()) == []


def test_a_program_reads_nothing_of_ours(tmp_path):
    tmp_path.chmod(0o755)
    (secret := tmp_path / "secret").write_text("words\n")

    for path in (secret, ROOT / "pyproject.toml", Path("/proc/1/environ")):
        assert refusal(f"read -r line < {path}") is RefusalCode.CRASHED


def test_a_program_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        assert refusal(f"exec 3<>/dev/tcp/127.0.0.1/{server.getsockname()[1]}") is RefusalCode.CRASHED
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_program_starts_no_other():
    assert refusal("/bin/true; exit $?") is RefusalCode.CRASHED
    assert refusal("exec /bin/true") is RefusalCode.CRASHED


def test_a_fork_bomb_does_not_go_off():
    assert refusal(":(){ :|:& };: || exit 1", seconds=5) in {RefusalCode.CRASHED, RefusalCode.TIMED_OUT}


def test_a_program_without_end_is_ended():
    began = time.monotonic()

    assert refusal("while :; do :; done", seconds=1) is RefusalCode.TIMED_OUT
    assert time.monotonic() - began < 5


def test_a_program_that_takes_too_much_memory_dies():
    assert refusal('x=x; while :; do x="$x$x"; done', memory=200_000_000) is RefusalCode.CRASHED


def test_a_program_that_writes_without_end_is_ended():
    began = time.monotonic()

    assert refusal(
        'x=words; for i in {1..14}; do x="$x$x"; done; while :; do echo "$x"; done', seconds=20
    ) in {RefusalCode.CRASHED, RefusalCode.TIMED_OUT}
    assert time.monotonic() - began < 25


def test_a_folder_is_gone_afterwards_whatever_happens():
    class OddError(Exception):
        pass

    def fail():
        with workspace() as folder:
            made.append(folder)
            (folder / "deep").mkdir()
            (folder / "deep" / "words").write_text("words")
            raise OddError

    made = []
    with pytest.raises(OddError):
        fail()
    (folder,) = made
    assert not folder.exists()
    assert not folder.parent.exists()


def test_only_its_owner_may_enter_a_folder():
    with workspace() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700


def test_what_a_killed_process_left_goes_at_the_next_use(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "_place", lambda: tmp_path)
    left, held, young = (tmp_path / f"{PREFIX}{name}" for name in ("left", "held", "young"))
    for folder in (left, held, young):
        (folder / "work").mkdir(parents=True)
        (folder / "work" / "essay.doc").write_text("words")
    for folder in (left, held):
        os.utime(folder, (0, 0))
    lock = os.open(held, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)

    with workspace():
        pass

    os.close(lock)
    assert sorted(tmp_path.iterdir()) == sorted([held, young])


def test_a_program_ends_with_the_process_that_wanted_it():
    marker = f"marker{os.getpid()}"
    script = (
        "from pathlib import Path\nfrom anonymiser.outside.program import Program, run_program\n"
        f"run_program(Program(Path('/bin/bash'), ('-c', ': {marker}; while :; do :; done'), 10**9, 30))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) as process:
        program = wait_for(lambda: find_process(f": {marker};"))
        process.kill()
    assert wait_for(lambda: not Path(f"/proc/{program}").exists())


def find_process(words):
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = command.read_bytes()
        except OSError:
            continue
        if said.startswith(b"/bin/bash") and words.encode() in said:
            return int(command.parent.name)
    return None


def wait_for(found):
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError


def make_link(folder):
    (folder / "made").symlink_to("/etc/passwd")


def make_second_name(folder):
    (folder / "other").write_text("words")
    os.link(folder / "other", folder / "made")


def make_pipe(folder):
    os.mkfifo(folder / "made")


def make_folder(folder):
    (folder / "made").mkdir()


def make_much(folder):
    (folder / "made").write_text("w" * 101)


@pytest.mark.parametrize(
    "make", [make_link, make_second_name, make_pipe, make_folder, make_much, lambda folder: folder]
)
def test_only_a_plain_file_is_taken_from_a_program(make, tmp_path):
    make(tmp_path)

    with pytest.raises(Refused):
        read_made(tmp_path, "made", 100)


def test_programs_are_found_where_the_environment_says(monkeypatch, tmp_path):
    (program := tmp_path / "mine").touch()
    program.chmod(0o755)

    monkeypatch.setenv("NOMDEPLUME_TESSERACT", str(program))
    assert find_tesseract() == program
    monkeypatch.setenv("NOMDEPLUME_TESSERACT", "")
    assert find_tesseract() is None
    monkeypatch.setenv("NOMDEPLUME_LIBREOFFICE", "")
    assert find_libreoffice() is None


def test_signals_of_ours_do_not_stay_ignored_in_a_program():
    assert signal.getsignal(signal.SIGCHLD) in {signal.SIG_DFL, signal.SIG_IGN}
    assert shell("trap") == b""
