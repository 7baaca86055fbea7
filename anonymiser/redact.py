"""Puts stand-ins in the place of marked passages, and keeps the manuscript whole around them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress, pairwise

from anonymiser.detect.mark import Mark
from anonymiser.manuscript import (
    Block,
    Manuscript,
    Paragraph,
    Run,
    paragraphs_in,
    rewrite_paragraphs,
)


def redact(manuscript: Manuscript, marks: Iterable[Mark]) -> Manuscript:
    """Return the manuscript with each mark's stand-in where the mark was. Overlapping marks become one."""
    by_paragraph = _by_paragraph(marks)
    number = -1

    def change(paragraph: Paragraph) -> Paragraph | None:
        nonlocal number
        number += 1
        if number not in by_paragraph:
            return paragraph
        redacted = _rewrite(paragraph, merge(by_paragraph[number]))
        return redacted if redacted.runs else None

    return renumber_notes(rewrite_paragraphs(manuscript, change))


def merge_all(marks: Iterable[Mark]) -> list[Mark]:
    """Return one mark for each place that `redact` gives a stand-in."""
    return [mark for group in _by_paragraph(marks).values() for mark in merge(group)]


def merge(marks: list[Mark]) -> list[Mark]:
    """Put the marks of one paragraph in order; of two that overlap, the first grows over the other."""
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if merged and mark.start < merged[-1].end:
            before = merged[-1]
            longer = before if before.end - before.start >= mark.end - mark.start else mark
            merged[-1] = replace(longer, start=before.start, end=max(before.end, mark.end))
        else:
            merged.append(mark)
    return merged


def _by_paragraph(marks: Iterable[Mark]) -> defaultdict[int, list[Mark]]:
    grouped: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        grouped[mark.paragraph].append(mark)
    return grouped


def _rewrite(paragraph: Paragraph, marks: Sequence[Mark]) -> Paragraph:
    """Put stand-ins in, in the emphasis of the run they begin in; marks of notes inside go too."""
    runs: list[Run] = []
    position = 0
    waiting = list(marks)
    for run in paragraph.runs:
        if run.note:
            if not (waiting and waiting[0].start < position < waiting[0].end):
                runs.append(run)
            continue
        kept: list[str] = []
        at, end = position, position + len(run.text)
        while waiting and waiting[0].start < end:
            mark = waiting[0]
            if mark.start >= position:
                kept.append(run.text[at - position : mark.start - position])
                kept.append(mark.stand_in)
            at = min(mark.end, end)
            if mark.end > end:
                break
            waiting.pop(0)
        else:
            kept.append(run.text[at - position :])
        if text := "".join(kept):
            runs.append(replace(run, text=text))
        position = end
    return replace(paragraph, runs=_tidy(runs))


_DOUBLED = re.compile(r"(\[[^\][]{3,60}\])(?:(?:,|\s+and|\s*&)?\s+\1)+")


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Keep one of two equal stand-ins in a row: the second says no more."""
    tidied = [run if run.note else replace(run, text=_DOUBLED.sub(r"\1", run.text)) for run in runs]
    return tuple(run for run in tidied if run.text or run.note)


def renumber_notes(manuscript: Manuscript) -> Manuscript:
    """Renumber notes in the order their marks are met; drop those that nothing refers to any more.

    Marks of one note that stand side by side become one: "11" would be read as the eleventh.
    """
    manuscript = _without_doubled_marks(manuscript)
    order: list[int] = []

    def visit(blocks: tuple[Block, ...]) -> None:
        for paragraph in paragraphs_in(blocks):
            for run in paragraph.runs:
                if run.note and run.note not in order and run.note <= len(manuscript.notes):
                    order.append(run.note)
                    visit(manuscript.notes[run.note - 1])

    visit(manuscript.blocks)
    visit(manuscript.statement)
    if order == list(range(1, len(manuscript.notes) + 1)):
        return manuscript
    numbers = {old: new for new, old in enumerate(order, start=1)}

    def change(paragraph: Paragraph) -> Paragraph:
        runs = tuple(
            replace(run, note=numbers.get(run.note, 0)) if run.note else run
            for run in paragraph.runs
            if not run.note or run.note in numbers
        )
        return replace(paragraph, runs=runs)

    kept = replace(manuscript, notes=tuple(manuscript.notes[old - 1] for old in order))
    return rewrite_paragraphs(kept, change)


def _without_doubled_marks(manuscript: Manuscript) -> Manuscript:
    def change(paragraph: Paragraph) -> Paragraph:
        runs = paragraph.runs
        doubled = [later.note and later.note == earlier.note for earlier, later in pairwise(runs)]
        if not any(doubled):
            return paragraph
        return replace(paragraph, runs=(runs[0], *compress(runs[1:], [not each for each in doubled])))

    return rewrite_paragraphs(manuscript, change) if manuscript.notes else manuscript
