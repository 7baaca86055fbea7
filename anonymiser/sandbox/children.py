"""Runs a function in a child forked from the nursery, a warm interpreter started once per process.

So a child costs milliseconds, and a process with threads is never forked.
"""

import os
import pickle
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from anonymiser.errors import RefusalCode, Refused
from anonymiser.sandbox.answer import load_answer
from anonymiser.sandbox.limits import Limits
from anonymiser.sandbox.nursery import start_nursery

_T = TypeVar("_T")
_LARGEST_ANSWER = 400_000_000  # bytes


@dataclass(slots=True)
class _Nursery:
    control: socket.socket
    owner: int  # the process it was started by: a forked copy of us must start its own


_lock = threading.Lock()
_nursery: _Nursery | None = None


def run(function: Callable[..., _T], *args: Any, limits: Limits | None = None, **kwargs: Any) -> _T:
    """Tell what `function` returns for the arguments, computed in a child.

    The function must be importable by name, its result a plain value or one of this package's.
    Raises: Refused, as the function does, or because a limit was reached or the child died.
    """
    limits = limits or Limits()
    request = pickle.dumps((limits, function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
    began = time.monotonic()
    deadline = began + limits.wall_seconds
    ours, child = _bear(deadline)
    with ours:
        try:
            answer = _converse(ours, request, deadline)
        except TimeoutError:
            raise Refused(RefusalCode.TIMED_OUT) from None
        except (OSError, EOFError):
            # Nobody learns from what a child of another process died; one that lived so long used up its time.
            long = time.monotonic() - began >= limits.cpu_seconds
            raise Refused(RefusalCode.TIMED_OUT if long else RefusalCode.CRASHED) from None
        finally:
            _end(child)
    result = load_answer(answer)
    if isinstance(result, Refused):
        raise result
    return result  # type: ignore[no-any-return]


def _bear(deadline: float) -> tuple[socket.socket, int | None]:
    """Have the nursery fork a child; return the line to it, and a handle that stays its own.

    Its process number would be given away again.
    """
    for _ in range(2):
        ours, theirs = socket.socketpair()
        with theirs:
            asked = _ask_nursery(theirs)
        child = _receive_handle(ours, deadline)
        if child is not None or time.monotonic() > deadline:
            return ours, child
        ours.close()
        _forget(asked)  # it died before it could
    raise Refused(RefusalCode.CRASHED)


def _ask_nursery(theirs: socket.socket) -> _Nursery:
    """Hand a child that is to be the other end of its line; start the nursery where it isn't running."""
    global _nursery  # noqa: PLW0603 - one nursery a process
    with _lock:
        for _ in range(2):
            if _nursery is None or _nursery.owner != os.getpid():
                _nursery = _Nursery(start_nursery(), os.getpid())
            try:
                socket.send_fds(_nursery.control, [b"."], [theirs.fileno()])
            except OSError:
                _nursery = None
            else:
                return _nursery
    raise Refused(RefusalCode.CRASHED)


def _forget(dead: _Nursery) -> None:
    global _nursery  # noqa: PLW0603 - one nursery a process
    with _lock:
        if _nursery is dead:
            _nursery = None


def _receive_handle(ours: socket.socket, deadline: float) -> int | None:
    ours.settimeout(max(0.01, deadline - time.monotonic()))
    try:
        _, handles, _, _ = socket.recv_fds(ours, 1, 1)
    except OSError:
        return None
    return handles[0] if handles else None


def _converse(ours: socket.socket, request: bytes, deadline: float) -> bytes:
    ours.settimeout(max(0.01, deadline - time.monotonic()))
    ours.sendall(len(request).to_bytes(8, "big") + request)
    size = int.from_bytes(_receive(ours, 8, deadline), "big")
    if size > _LARGEST_ANSWER:
        raise EOFError
    return _receive(ours, size, deadline)


def _receive(ours: socket.socket, size: int, deadline: float) -> bytes:
    received = bytearray()
    while len(received) < size:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        ours.settimeout(left)
        if not (more := ours.recv(min(size - len(received), 1 << 20))):
            raise EOFError
        received += more
    return bytes(received)


def _end(child: int | None) -> None:
    if child is not None:
        try:
            signal.pidfd_send_signal(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
        finally:
            os.close(child)
