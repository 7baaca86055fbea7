import os
import socket
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

    assert refused.value.code is RefusalCode.UNSUPPORTED_FORMAT


def test_a_child_that_sleeps_is_ended_in_time():
    began = time.monotonic()

    assert refusal(time.sleep, 60, wall_seconds=0.4) is RefusalCode.TIMED_OUT
    assert time.monotonic() - began < 3


def test_a_child_that_computes_without_end_is_ended():
    assert refusal(pow, 7, 10**9, cpu_seconds=1, wall_seconds=10) is RefusalCode.CRASHED


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
