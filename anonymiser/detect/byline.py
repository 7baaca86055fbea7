"""Drops the line under the title that names the author, once nothing but stand-ins is left of it."""

import re
from dataclasses import replace

from anonymiser.detect.stand_ins import STAND_IN
from anonymiser.labels import describe_removed
from anonymiser.manuscript import Block, Manuscript, Paragraph, Role
from anonymiser.report import Removed

_LEFT_OVER = re.compile(
    r"(?:by|written|author|authors|name|essay|submitted|and|&|dr|mr|mrs|ms|prof|[\W_\d])*", re.IGNORECASE
)
_LONGEST_LINE = 12  # words; with anything longer the essay has begun


def drop_byline(manuscript: Manuscript) -> tuple[Manuscript, tuple[Removed, ...]]:
    kept: list[Block] = []
    dropped = 0
    begun = False
    for block in manuscript.blocks:
        if not begun and isinstance(block, Paragraph) and _is_byline(block):
            dropped += 1
            continue
        begun = begun or not isinstance(block, Paragraph) or len(block.text.split()) > _LONGEST_LINE
        kept.append(block)
    removed = (Removed(*describe_removed("byline", "beginning"), dropped),) if dropped else ()
    return (replace(manuscript, blocks=tuple(kept)), removed) if dropped else (manuscript, ())


def _is_byline(paragraph: Paragraph) -> bool:
    if paragraph.role in {Role.TITLE, Role.REFERENCE} or any(run.note for run in paragraph.runs):
        return False
    rest, stand_ins = STAND_IN.subn("", paragraph.text)
    return bool(stand_ins) and _LEFT_OVER.fullmatch(rest) is not None
