"""The nursery: a warm interpreter without threads that forks a confined child for every file.

It listens on its standard input, a socket; each message carries the socket a child is to talk through. It
ends when the process that started it does.
"""

import contextlib
import gc
import os
import pickle
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from anonymiser.detect.model import NAMES_MODEL
from anonymiser.errors import RefusalCode, Refused
from anonymiser.sandbox.confine import confine, end_with_parent, prepare_to_confine

_RARELY = (50_000, 50, 100)
_PROTOCOL = pickle.HIGHEST_PROTOCOL


def start_nursery() -> socket.socket:
    """Start a nursery and return the socket to ask it through. Its environment is all but empty."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        # The output of a parser may quote the essay, so it goes nowhere.
        subprocess.Popen(
            [sys.executable, "-m", "anonymiser.sandbox.nursery"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "PYTHONHASHSEED": "0",
                "LANG": "C.UTF-8",
                # Threads would not live on in the children.
                "OPENBLAS_NUM_THREADS": "1",
                NAMES_MODEL: os.environ.get(NAMES_MODEL, ""),
            },
            cwd="/",
            start_new_session=True,
        )
    return ours


def serve(control: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_RARELY)  # a child that lives for one document has little to collect
    while True:
        message, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if not handles:
            continue
        with socket.socket(fileno=handles[0]) as line:
            try:
                forked = os.fork()
            except OSError:
                continue
            if forked == 0:
                control.close()
                _live(line)


def _live(line: socket.socket) -> NoReturn:
    """Live a child's whole life: say who it is, be confined, take the request, answer, end."""
    try:
        handle = os.pidfd_open(os.getpid())
        socket.send_fds(line, [b"."], [handle])
        os.close(handle)
        size = int.from_bytes(_receive(line, 8), "big")
        limits, function, args, kwargs = pickle.loads(_receive(line, size))  # noqa: S301 - from our own parent
        if limits.hosts_program:
            end_with_parent()
        else:
            confine(limits)
        answer = _answer(function, args, kwargs)
        line.sendall(len(answer).to_bytes(8, "big") + answer)
    finally:
        os._exit(0)


def _answer(function: Any, args: Any, kwargs: Any) -> bytes:
    try:
        return pickle.dumps(function(*args, **kwargs), _PROTOCOL)
    except Refused as refused:
        return pickle.dumps(refused, _PROTOCOL)
    except (MemoryError, RecursionError):
        return pickle.dumps(Refused(RefusalCode.TOO_COMPLEX), _PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it ends as a refusal
        return pickle.dumps(Refused(RefusalCode.CRASHED, where=_place(error)), _PROTOCOL)


def _place(error: BaseException) -> str:
    """Return the kind of error and the line of code; never its message, which may quote the essay."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} at {line}"


def _receive(line: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        if not (more := line.recv(min(size - len(received), 1 << 20))):
            raise EOFError
        received += more
    return bytes(received)


def main() -> None:
    from anonymiser.warmth import warm  # imported here: the parent starts nurseries without being one

    # What can't be warmed up is told by the first file that needs it.
    with contextlib.suppress(Exception):
        warm()
    prepare_to_confine()
    serve(socket.socket(fileno=os.dup(0)))


if __name__ == "__main__":
    main()
