"""A mark: one place of a manuscript that names or may name somebody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from anonymiser.report import Certainty, Subject

_STRETCH = 256  # characters


@dataclass(frozen=True, slots=True)
class Mark:
    """`start` and `end` are half-open, in characters of the paragraph's `text`.

    `paragraph` counts them as `walk_paragraphs` does. Marks of one `term` make one finding.
    """

    paragraph: int
    start: int
    end: int
    subject: Subject
    kind: str
    certainty: Certainty
    stand_in: str
    term: str = field(default="", repr=False)


class Taken:
    """Which places are marked already."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        # By paragraph and stretch, so that one huge paragraph full of names takes no time squared.
        self._spans: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for mark in marks:
            self._add(mark)

    def take(self, mark: Mark) -> bool:
        """Take the place of a mark, unless another touches it; tell whether it was free."""
        free = all(
            end <= mark.start or mark.end <= start
            for stretch in _stretches(mark)
            for start, end in self._spans[mark.paragraph, stretch]
        )
        if free:
            self._add(mark)
        return free

    def _add(self, mark: Mark) -> None:
        for stretch in _stretches(mark):
            self._spans[mark.paragraph, stretch].append((mark.start, mark.end))


def _stretches(mark: Mark) -> range:
    return range(mark.start // _STRETCH, mark.end // _STRETCH + 1)
