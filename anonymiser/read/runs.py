"""Collects the runs of one paragraph, with white space as it was typed or flowing as in ODF and HTML."""

import re

from anonymiser.manuscript import PLAIN, Emphasis, Run

_WHITE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # but for a single space, which may stay


class Runs:
    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._pieces: list[str] = []  # of the run that is growing
        self._emphasis = PLAIN
        self._spaced = True  # a further space would show nothing

    def add(self, text: str, emphasis: frozenset[Emphasis]) -> None:
        """Add text whose every character counts."""
        if not text:
            return
        if emphasis != self._emphasis:
            self._end_run()
            self._emphasis = emphasis
        self._pieces.append(text)
        self._spaced = text[-1] == "\n"

    def flow(self, text: str, emphasis: frozenset[Emphasis]) -> None:
        """Add text in which any white space is one space, and none at the start of a line."""
        flowing = _WHITE.sub(" ", text)
        if self._spaced:
            flowing = flowing.removeprefix(" ")
        if flowing:
            self.add(flowing, emphasis)
            self._spaced = flowing[-1] == " "

    def mark(self, note: int) -> None:
        self._end_run()
        self._runs.append(Run("", note=note))
        self._spaced = False

    def __bool__(self) -> bool:
        return bool(self._runs or self._pieces)

    def take(self) -> tuple[Run, ...]:
        """Return the runs so far and start anew."""
        self._end_run()
        taken = tuple(self._runs)
        self._runs = []
        self._emphasis = PLAIN
        self._spaced = True
        return taken

    def _end_run(self) -> None:
        if self._pieces:
            self._runs.append(Run("".join(self._pieces), self._emphasis))
            self._pieces = []
