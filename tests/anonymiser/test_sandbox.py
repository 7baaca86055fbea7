import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from anonymiser import RefusalCode, Refused, anonymise, retypeset
from anonymiser.sandbox import (
    Limits,
    run,
    sandboxed_anonymise,
    sandboxed_probe,
    sandboxed_retypeset,
    warm_up,
)
from anonymiser.sandbox.answer import load_answer

ESSAY = b"Some words of an essay that Jane Okonkwo wrote."


def refusal(function, *args, **limits):
    with pytest.raises(Refused) as refused:
        run(function, *args, limits=Limits(**limits))
    return refused.value.code


def test_the_child_does_what_the_function_does(author, heading):
    inside = sandboxed_anonymise(ESSAY, authors=(author,), heading=heading)

    assert inside == anonymise(ESSAY, authors=(author,), heading=heading)
    assert sandboxed_probe(ESSAY).words == 9
    again = sandboxed_retypeset(inside.manuscript, decisions=(), heading=heading)
    assert again == retypeset(inside.manuscript, decisions=(), heading=heading)


def test_a_refusal_comes_through():
    with pytest.raises(Refused) as refused:
        sandboxed_probe(b"%PDF-1.7")

    assert refused.value.code is RefusalCode.TRUNCATED


def test_a_child_that_sleeps_is_ended_in_time():
    began = time.monotonic()

    assert refusal(time.sleep, 60, wall_seconds=0.4) is RefusalCode.TIMED_OUT
    assert time.monotonic() - began < 3


def test_a_child_that_computes_without_end_is_ended():
    assert refusal(pow, 7, 10**9, cpu_seconds=1, wall_seconds=10) is RefusalCode.TIMED_OUT


def test_a_child_that_takes_too_much_memory_is_refused():
    assert refusal(bytearray, 3_000_000_000) is RefusalCode.TOO_COMPLEX


def test_a_child_that_dies_is_a_crash():
    assert refusal(os.abort) is RefusalCode.CRASHED
    assert refusal(os._exit, 3) is RefusalCode.CRASHED


def test_an_unexpected_error_says_where_and_not_what():
    with pytest.raises(Refused) as refused:
        run(int, "Zyxwvut")

    assert refused.value.code is RefusalCode.CRASHED
    assert "Zyxwvut" not in f"{refused.value.message} {refused.value.where}"
    assert refused.value.where.startswith("ValueError")


def test_a_child_can_write_no_file(tmp_path):
    tmp_path.chmod(0o777)

    assert refusal(Path(tmp_path / "x").write_bytes, b"x") is RefusalCode.CRASHED
    assert [path for path in tmp_path.iterdir() if path.stat().st_size] == []


def test_a_child_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert refusal(socket.create_connection, server.getsockname(), 1) is RefusalCode.CRASHED


def test_a_child_starts_no_program():
    assert run(os.system, "true") != 0


def test_a_child_replaces_itself_by_no_program():
    assert refusal(os.execv, "/bin/true", ["true"]) is RefusalCode.CRASHED


def test_a_child_makes_no_child():
    assert refusal(os.fork) is RefusalCode.CRASHED


def test_a_child_that_breaks_its_own_memory_is_a_crash():
    assert refusal(ctypes.string_at, 0) is RefusalCode.CRASHED


def test_a_child_reads_no_file_but_the_programs_own(tmp_path):
    (secret := tmp_path / "secret").write_bytes(b"x")

    for path in (secret, Path("/etc/passwd"), Path(__file__)):
        assert path.read_bytes()
        assert refusal(path.read_bytes) is RefusalCode.CRASHED
    assert run(Path(anonymise.__code__.co_filename).read_bytes)


def test_a_child_signals_nobody():
    assert refusal(os.kill, os.getpid(), 0) is RefusalCode.CRASHED


def test_a_nursery_that_was_killed_is_replaced():
    warm_up()
    os.kill(nursery(), signal.SIGKILL)

    assert sandboxed_probe(b"two words").words == 2


def test_the_nursery_ends_with_its_process():
    script = "from anonymiser.sandbox import warm_up\nwarm_up()\nprint(flush=True)\ninput()"
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(anonymise.__code__.co_filename).parents[2],
    ) as process:
        process.stdout.readline()
        born = Path(f"/proc/{nursery(process.pid)}")
        assert born.exists()
        process.kill()
    deadline = time.monotonic() + 5
    while born.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not born.exists()


def nursery(parent=0):
    """The process number of a process's nursery."""
    for status in Path("/proc").glob("[0-9]*/status"):
        found = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        command = (status.parent / "cmdline").read_bytes()
        if int(found["PPid"]) == (parent or os.getpid()) and b"nursery" in command:
            return int(found["Pid"])
    raise AssertionError


def test_many_threads_share_one_nursery():
    with ThreadPoolExecutor(8) as pool:
        words = list(pool.map(lambda number: sandboxed_probe(b"word " * number).words, range(1, 40)))

    assert words == list(range(1, 40))


def test_a_thread_that_ends_leaves_the_nursery_alive():
    thread = threading.Thread(target=warm_up)
    thread.start()
    thread.join()

    assert sandboxed_probe(b"two words").words == 2


def test_no_descriptor_is_left_open():
    warm_up()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - descriptors are no files

    for _ in range(20):
        sandboxed_probe(b"words")
        with pytest.raises(Refused):
            run(os.abort)

    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - descriptors are no files


def test_an_answer_that_names_a_call_is_refused():
    for hostile in (b"cos\nsystem\n(S'true'\ntR.", b"canonymiser.sandbox\nos\n.", b"rubbish"):
        with pytest.raises(Refused) as refused:
            load_answer(hostile)
        assert refused.value.code is RefusalCode.CRASHED
