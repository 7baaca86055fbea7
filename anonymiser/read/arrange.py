"""Finds in a manuscript what its file didn't mark: title, list of references, breaks, empty blocks."""

import re
from collections.abc import Iterable
from dataclasses import replace

from anonymiser.manuscript import Block, Manuscript, Paragraph, Role, Run, SceneBreak, Table
from anonymiser.references import reads_as_reference, stands_alone_as_reference

_REFERENCES = re.compile(
    r"(?:\d+[.)]?\s*)?(?:list of )?(?:references?|bibliography|works cited|literature(?: cited)?|sources)\s*:?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*[\[(]?\d{1,3}[.)\]]\s*")
_REFERENCE_LABEL = re.compile(r"(\[?\(?\d{1,3}[.)\]]?|[-•*–])(?:\s+|(?<=[.)\]]))(?=\S)")
_BREAK = re.compile(r"\s*(?:(?:\*\s*){3,5}|⁂|⁎\s*⁎\s*⁎)\s*")
_TITLE_WORDS = 20
_HEADING_WORDS = 12
_LISTABLE = {Role.PARAGRAPH, Role.ITEM, Role.REFERENCE, Role.QUOTE}


def arrange(manuscript: Manuscript) -> Manuscript:
    blocks = _find_references(_find_title([*_without_empty(manuscript.blocks)]))
    notes = tuple(tuple(_without_empty(note)) for note in manuscript.notes)
    return replace(manuscript, blocks=tuple(blocks), notes=notes)


def _without_empty(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            noted = any(run.note for run in block.runs)
            if block.role is Role.PARAGRAPH and not noted and _BREAK.fullmatch(block.text):
                yield SceneBreak()
            elif block.text.strip() or noted:
                yield _trim(block)
        elif isinstance(block, Table):
            rows = tuple(
                tuple(replace(cell, blocks=tuple(_without_empty(cell.blocks))) for cell in row)
                for row in block.rows
                if row
            )
            if any(cell.blocks for row in rows for cell in row):
                yield Table(rows)
        else:
            yield block


def _trim(paragraph: Paragraph) -> Paragraph:
    """Without white space at either end and without empty runs."""
    runs = [run for run in paragraph.runs if run.text or run.note]
    while runs and not runs[0].note and not runs[0].text.strip():
        del runs[0]
    while runs and not runs[-1].note and not runs[-1].text.strip():
        del runs[-1]
    if runs and not runs[0].note:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    if runs and not runs[-1].note:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return replace(paragraph, runs=tuple(runs))


def _find_title(blocks: list[Block]) -> list[Block]:
    """Find the one title: the paragraph styled so, else the first heading, else a short first line."""
    titles = [
        at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.role is Role.TITLE
    ]
    for at in titles[1:]:
        blocks[at] = replace(blocks[at], role=Role.HEADING, level=1)  # type: ignore[arg-type]
    if titles:
        return blocks
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            break
        words = len(block.text.split())
        if block.role is Role.HEADING and block.level <= 1 and not _REFERENCES.fullmatch(block.text.strip()):
            blocks[at] = replace(block, role=Role.TITLE, level=0)
            break
        if words > _TITLE_WORDS:
            break
    else:
        at = len(blocks)
    first = blocks[0] if blocks else None
    if (
        not any(isinstance(block, Paragraph) and block.role is Role.TITLE for block in blocks)
        and isinstance(first, Paragraph)
        and first.role is Role.PARAGRAPH
        and _reads_as_title(first.text, alone=len(blocks) == 1)
    ):
        blocks[0] = replace(first, role=Role.TITLE)
    return blocks


def _reads_as_title(text: str, *, alone: bool) -> bool:
    return (
        not alone and len(text.split()) <= _TITLE_WORDS and not text.rstrip().endswith((".", ",", ";", ":"))
    )


def _find_references(blocks: list[Block]) -> list[Block]:
    """Make the list of references of what follows its last heading, up to the next heading.

    What ends the list and is none, a signature or thanks, stays a paragraph.
    """
    starts = [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and at and _REFERENCES.fullmatch(block.text.strip())
    ]
    if not starts:
        return _find_unheaded(blocks)
    start = starts[-1]
    heading = blocks[start]
    if isinstance(heading, Paragraph) and heading.role is not Role.HEADING:
        blocks[start] = replace(heading, role=Role.HEADING, level=1, label="")
    listed: list[tuple[int, Paragraph]] = []
    for at, block in enumerate(blocks[start + 1 :], start=start + 1):
        if not isinstance(block, Paragraph) or block.role not in _LISTABLE or _heads_a_section(block):
            break
        listed.append((at, _make_reference(block)))
    while listed and not listed[-1][1].label and not reads_as_reference(listed[-1][1].text):
        listed.pop()
    for at, reference in listed:
        blocks[at] = reference
    return blocks


def _find_unheaded(blocks: list[Block]) -> list[Block]:
    """Make references of the numbered lines that end an essay, where each begins with an author."""
    for at in range(len(blocks) - 1, 0, -1):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.role not in _LISTABLE:
            break
        label = _NUMBER.match(block.label or block.text)
        if label is None or not stands_alone_as_reference(block.text[0 if block.label else label.end() :]):
            break
        blocks[at] = _make_reference(block)
    return blocks


def _heads_a_section(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text.split()) <= _HEADING_WORDS and bool(
        re.fullmatch(
            r"(?:acknowledge?ments?|about the author|appendix.*|declarations?|word count.*)",
            text,
            re.IGNORECASE,
        )
    )


def _make_reference(paragraph: Paragraph) -> Paragraph:
    """Make a reference; a number typed before it becomes its label."""
    label = paragraph.label
    runs = paragraph.runs
    if not label and runs and (match := _REFERENCE_LABEL.match(runs[0].text)):
        label = match[1]
        runs = (replace(runs[0], text=runs[0].text[match.end() :]), *runs[1:])
    runs = tuple(Run(run.text, run.emphasis, run.note) for run in runs)
    return Paragraph(Role.REFERENCE, runs, 0, label)
