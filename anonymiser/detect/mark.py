"""A mark: one place of a manuscript that names or may name somebody."""

from dataclasses import dataclass, field

from anonymiser.report import Certainty, Subject


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
