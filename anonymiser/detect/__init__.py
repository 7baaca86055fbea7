"""Finds who might be recognised in a manuscript: its author for certain, everybody else to be looked at."""

from collections.abc import Sequence
from itertools import chain

from anonymiser.author import Author
from anonymiser.detect.author import AuthorDetector
from anonymiser.detect.fold import fold_words
from anonymiser.detect.mark import Mark, Taken
from anonymiser.detect.model import find_by_model
from anonymiser.detect.others import find_others
from anonymiser.detect.signatures import find_signatures
from anonymiser.detect.source import Passage
from anonymiser.detect.stand_ins import within_stand_in
from anonymiser.report import Certainty

__all__ = ["find_author", "find_doubtful"]


def find_author(passages: Sequence[Passage], authors: Sequence[Author]) -> list[Mark]:
    """Every place that certainly names an author. What stands there goes; the marks hold none of it."""
    return [mark for mark in _find(passages, authors) if mark.certainty is Certainty.CERTAIN]


def find_doubtful(
    passages: Sequence[Passage], authors: Sequence[Author], nom_de_plume: str = "", names_model: str = ""
) -> list[Mark]:
    """Every place of an already redacted manuscript that somebody should look at.

    The nom de plume names nobody: an essay may be called after it, and its patient too. `names_model` is
    the spaCy model that adds what it finds, if any. Raises: ModelMissing.
    """
    marks = [mark for mark in _find(passages, authors) if mark.certainty is not Certainty.CERTAIN]
    if not authors:
        marks += find_signatures(passages)
    taken = Taken(marks)
    nom = frozenset(fold_words(nom_de_plume))
    by_model = find_by_model(passages, names_model) if names_model else ()
    for mark in chain(find_others(passages), by_model):
        named_so = nom and nom.issuperset(fold_words(passages[mark.paragraph].text[mark.start : mark.end]))
        if not named_so and taken.take(mark):
            marks.append(mark)
    return [mark for mark in marks if not within_stand_in(passages[mark.paragraph].text, mark)]


def _find(passages: Sequence[Passage], authors: Sequence[Author]) -> list[Mark]:
    detectors = [AuthorDetector(author, passages) for author in authors]
    return [mark for detector in detectors for passage in passages for mark in detector.find(passage)]
