"""Finds who might be recognised in a manuscript: its author for certain, everybody else to be looked at."""

from collections.abc import Sequence

from anonymiser.author import Author
from anonymiser.detect.author import AuthorDetector
from anonymiser.detect.fold import fold_words
from anonymiser.detect.mark import Mark
from anonymiser.detect.others import find_others
from anonymiser.detect.source import Passage, read_passages
from anonymiser.detect.stand_ins import within_stand_in
from anonymiser.manuscript import Manuscript
from anonymiser.report import Certainty

__all__ = ["find_author", "find_doubtful"]


def find_author(manuscript: Manuscript, authors: Sequence[Author]) -> list[Mark]:
    """Every place that certainly names an author. What stands there goes; the marks hold none of it."""
    passages = read_passages(manuscript)
    return [mark for mark in _find(passages, authors) if mark.certainty is Certainty.CERTAIN]


def find_doubtful(
    passages: Sequence[Passage], authors: Sequence[Author], nom_de_plume: str = ""
) -> list[Mark]:
    """Every place of an already redacted manuscript that somebody should look at.

    The nom de plume names nobody: an essay may be called after it, and its patient too.
    """
    marks = [mark for mark in _find(passages, authors) if mark.certainty is not Certainty.CERTAIN]
    taken = {(mark.paragraph, at) for mark in marks for at in range(mark.start, mark.end)}
    nom = frozenset(fold_words(nom_de_plume))
    for mark in find_others(passages):
        words = fold_words(passages[mark.paragraph].text[mark.start : mark.end])
        if not nom.issuperset(words) and not any(
            (mark.paragraph, at) in taken for at in range(mark.start, mark.end)
        ):
            marks.append(mark)
    return [mark for mark in marks if not within_stand_in(passages[mark.paragraph].text, mark)]


def _find(passages: Sequence[Passage], authors: Sequence[Author]) -> list[Mark]:
    detectors = [AuthorDetector(author, passages) for author in authors]
    return [mark for detector in detectors for passage in passages for mark in detector.find(passage)]
