"""What a reader hands on: the format it found, the manuscript, and what did not pass, by kind and number."""

from collections import Counter
from dataclasses import dataclass

from anonymiser.labels import describe_removed
from anonymiser.manuscript import Manuscript
from anonymiser.report import Format, Removed


@dataclass(frozen=True, slots=True)
class Reading:
    format: Format
    manuscript: Manuscript
    removed: tuple[Removed, ...] = ()


class Tally:
    """Counts what a reader leaves behind, in the words an entrant reads."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, where: str, count: int = 1) -> None:
        if count:
            self._counts[describe_removed(what, where)] += count

    def add_removed(self, removed: Removed) -> None:
        """Take over what another reader left behind."""
        self._counts[removed.what, removed.where] += removed.count

    def removed(self) -> tuple[Removed, ...]:
        return tuple(Removed(what, where, count) for (what, where), count in sorted(self._counts.items()))
