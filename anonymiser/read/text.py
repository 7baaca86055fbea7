"""Reads plain text: finds its paragraphs, hard-wrapped or not, and its scene breaks."""

import re
from itertools import pairwise

from anonymiser.manuscript import Block, Manuscript, Paragraph, Role, Run, SceneBreak
from anonymiser.read.reading import Reading
from anonymiser.report import Format

_SCENE_BREAK = re.compile(r"\s*(?:[*#~⁂•·_=-]\s*){3,}|\s*[*#⁂]\s*")
_NEW_ITEM = re.compile(r"\s*(?:[-*•–]|\(?\d{1,3}[.)\]]|\[\d{1,3}\]|\(?[a-z]\))\s+\S")
_WRAPPED_AT_MOST = 120  # characters: no line that was broken by hand or by an e-mail program is longer
_WRAPPED_AT_LEAST = 40
_LONGEST_VERSE = 80
_HEADS_LIST = re.compile(r"(?:references?|bibliography|works cited|literature)\s*:?", re.IGNORECASE)
_ANSWERED = re.compile(r"\s*(?:>\s?)+")  # what mail programs put before the lines of a message answered
_INDENTED = re.compile(r"(?:\t| {2,})\S")


def read_text(text: str) -> Reading:
    blocks: list[Block] = []
    lines = [line.rstrip() for line in text.split("\n")]
    width = _wrap_width(lines)
    chunks = _chunks(lines)
    for position, chunk in enumerate(chunks):
        if len(chunk) == 1 and _SCENE_BREAK.fullmatch(chunk[0]):
            blocks.append(SceneBreak())
            continue
        if all(line.lstrip().startswith(">") for line in chunk):
            quoted = _join_lines([_ANSWERED.sub("", line) or " " for line in chunk], width)
            blocks.extend(Paragraph(Role.QUOTE, (Run(joined),)) for joined in quoted)
            continue
        paragraphs = _join_lines(chunk, width)
        inside = 0 < position < len(chunks) - 1
        if inside and len(paragraphs) > 1 and all(map(_is_line_of_verse, paragraphs)):
            blocks.append(Paragraph(Role.VERSE, (Run("\n".join(paragraphs)),)))
        else:
            blocks.extend(Paragraph(Role.PARAGRAPH, (Run(joined),)) for joined in paragraphs)
    return Reading(Format.TEXT, Manuscript(tuple(blocks)))


def _is_line_of_verse(line: str) -> bool:
    """Tell whether a line ended by hand belongs with the next: a poem's, an address's, a broken one."""
    return len(line) <= _LONGEST_VERSE and not _NEW_ITEM.match(line) and not _HEADS_LIST.fullmatch(line)


def _chunks(lines: list[str]) -> list[list[str]]:
    """Return the lines between empty ones."""
    chunks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _wrap_width(lines: list[str]) -> int:
    """Measure where lines were broken by hand; 0 where every line is a paragraph of its own."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 2 or not _WRAPPED_AT_LEAST <= lengths[-1] <= _WRAPPED_AT_MOST:  # noqa: PLR2004 - the smallest number that tells
        return 0
    return lengths[-1]


def _join_lines(chunk: list[str], width: int) -> list[str]:
    """Lines are one paragraph where the next line's first word would not have fitted onto the line before."""
    paragraphs = [chunk[0].strip()]
    for before, line in pairwise(chunk):
        first_word = len((line.split(maxsplit=1) or [""])[0])
        full = width and len(before) + 1 + first_word > width * 0.92
        starts_anew = _NEW_ITEM.match(line) or (_INDENTED.match(line) and not _INDENTED.match(before))
        if full and not starts_anew:
            paragraphs[-1] += f" {line.strip()}"
        else:
            paragraphs.append(line.strip())
    return paragraphs
