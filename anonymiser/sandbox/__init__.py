"""Runs a function on hostile bytes in a child that can do no harm.

The child is forked from a nursery, a warm interpreter started once per process, so that it costs milliseconds
and so that a process with threads is never forked.
"""

import os
import pickle
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from anonymiser.author import Author, Heading
from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript
from anonymiser.pipeline import anonymise, probe, retypeset
from anonymiser.report import Anonymised, Decision, Probe
from anonymiser.sandbox.answer import load_answer
from anonymiser.sandbox.limits import Limits
from anonymiser.sandbox.nursery import start_nursery

__all__ = ["Limits", "run", "sandboxed_anonymise", "sandboxed_probe", "sandboxed_retypeset", "warm_up"]

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
    deadline = time.monotonic() + limits.wall_seconds
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _bear(theirs)
        child = _receive_handle(ours, deadline)
        try:
            answer = _converse(ours, request, deadline)
        except TimeoutError:
            raise Refused(RefusalCode.TIMED_OUT) from None
        except (OSError, EOFError):
            raise Refused(RefusalCode.CRASHED) from None
        finally:
            _end(child)
    result = load_answer(answer)
    if isinstance(result, Refused):
        raise result
    return result  # type: ignore[no-any-return]


def sandboxed_probe(source: bytes, *, limits: Limits | None = None) -> Probe:
    return run(probe, source, limits=limits)


def sandboxed_anonymise(
    source: bytes,
    *,
    authors: Sequence[Author],
    heading: Heading,
    statement: str = "",
    limits: Limits | None = None,
) -> Anonymised:
    return run(anonymise, source, authors=tuple(authors), heading=heading, statement=statement, limits=limits)


def sandboxed_retypeset(
    manuscript: Manuscript,
    *,
    decisions: Sequence[Decision],
    heading: Heading,
    limits: Limits | None = None,
) -> Anonymised:
    return run(retypeset, manuscript, decisions=tuple(decisions), heading=heading, limits=limits)


def warm_up() -> None:
    """Start the nursery ahead of the first file, which would wait for it otherwise."""
    run(os.getpid)


def _bear(theirs: socket.socket) -> None:
    """Have the nursery fork a child that talks through this socket; start it where it isn't running."""
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
                return
    raise Refused(RefusalCode.CRASHED)


def _receive_handle(ours: socket.socket, deadline: float) -> int | None:
    """Receive a handle on the child that stays its own even after its process number was given away."""
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
