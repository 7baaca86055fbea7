"""Randomness injected into both worlds alike: each draw depends on what is done and where, never on when.

A draw is made of the operation's label, the place in the service that draws, and how often that place
has drawn before in this operation. Two worlds that do the same things for the same noms de plume, in
whatever order, so draw the same ids, numbers and salts; anything that still differs comes from elsewhere.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import shake_256
from pathlib import Path
from threading import Lock

import app

SERVICE = str(Path(app.__file__).parent)


class Chance:
    """Stands in for the system's random numbers while an operation is named; otherwise they are real."""

    def __init__(self, real: Callable[[int], bytes]) -> None:
        self._real = real
        self._label = ""
        self._drawn: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def of(self, label: str) -> Iterator[None]:
        """Draws belong to this operation. The service's threads draw while the test waits for an answer."""
        if self._label:
            raise AssertionError(f"{label} began before {self._label} had ended")
        self._label, self._drawn = label, Counter()
        try:
            yield
        finally:
            self._label = ""

    def __call__(self, size: int) -> bytes:
        if not self._label:
            return self._real(size)
        place = _place_in_service()
        with self._lock:
            self._drawn[place] += 1
            drawn = f"{self._label}\0{place}\0{self._drawn[place]}"
        return shake_256(drawn.encode()).digest(size)


@contextmanager
def injected_chance() -> Iterator[Chance]:
    """Put a `Chance` where uuid, secrets and SystemRandom take their random bytes."""
    real = os.urandom
    chance = Chance(real)
    os.urandom = chance
    random._urandom = chance
    try:
        yield chance
    finally:
        os.urandom = real
        random._urandom = real


def _place_in_service() -> str:
    frame = sys._getframe(2)
    while frame is not None and not frame.f_code.co_filename.startswith(SERVICE):
        frame = frame.f_back
    return "elsewhere" if frame is None else f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}"
