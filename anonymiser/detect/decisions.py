"""Carries out the desk's decisions on terms: each place of a term gets the stand-in, or goes."""

import re
from collections.abc import Iterator, Sequence

from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage, read_passages
from anonymiser.detect.terms import Term
from anonymiser.manuscript import Manuscript
from anonymiser.redact import redact
from anonymiser.report import Certainty, Decision, Subject

_LONGEST_STAND_IN = 80
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def apply_decisions(manuscript: Manuscript, decisions: Sequence[Decision]) -> Manuscript:
    """One decision after another, so that a later one sees what an earlier one left."""
    passages: list[Passage] = []
    for decision in decisions:
        passages = read_passages(manuscript, before=passages)
        term = Term(decision.term)
        marks = [mark for passage in passages for mark in _find(passage, term, decision)]
        manuscript = redact(manuscript, marks)
    return manuscript


def _find(passage: Passage, term: Term, decision: Decision) -> Iterator[Mark]:
    stand_in = _CONTROL.sub(" ", decision.stand_in)[:_LONGEST_STAND_IN].strip()
    for start, end in term.find(passage):
        span = (start, end) if stand_in else _with_space(passage.text, start, end)
        yield Mark(passage.index, *span, Subject.OTHER, "decided", Certainty.CERTAIN, stand_in)


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Of the spaces on either side of what is taken away, one goes with it."""
    if text[end : end + 1] == " " and (start == 0 or text[start - 1] == " "):
        return start, end + 1
    if start and text[start - 1] == " " and text[end : end + 1] in {"", ".", ",", ";", ":", "!", "?", ")"}:
        return start - 1, end
    return start, end
