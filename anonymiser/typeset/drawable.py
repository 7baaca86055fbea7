"""Makes a manuscript drawable: what the faces lack is written another way, visibly, and counted."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from anonymiser.labels import describe_removed
from anonymiser.manuscript import Emphasis, Manuscript, Paragraph, Run, rewrite_paragraphs
from anonymiser.report import Removed
from anonymiser.typeset.faces import drawable_code_points

_KEPT = {"\n", "\t"}
_INVISIBLE = {"Cc", "Cf", "Cs"}
# Marks that change nothing here, or choose between shapes of an emblem: what no face draws.
_SELECTORS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Between letters of Arabic and of India's scripts these decide how the letters join.
_JOINERS = re.compile("(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])")


def make_drawable(manuscript: Manuscript) -> tuple[Manuscript, tuple[Removed, ...]]:
    """Return the manuscript in characters that have glyphs, and how many characters had none at all."""
    lacking = 0

    def change(paragraph: Paragraph) -> Paragraph:
        nonlocal lacking
        if not _needs_change(paragraph.text + paragraph.label):
            return paragraph
        runs = []
        for run in paragraph.runs:
            rewritten, missed = _rewrite(run)
            lacking += missed
            runs.extend(rewritten)
        return replace(paragraph, runs=tuple(runs), label="".join(map(_spell, paragraph.label)))

    drawable = rewrite_paragraphs(manuscript, change)
    label = describe_removed("character without a glyph, shown by its number", "text")
    removed = (Removed(*label, lacking),) if lacking else ()
    return drawable, removed


def spell_drawable(line: str, longest: int) -> str:
    """Spell one line in characters that have glyphs, cut off where it is too long for a running head."""
    spelt = " ".join("".join(map(_spell, line.replace("\n", " ").replace("\t", " "))).split())
    return spelt if len(spelt) <= longest else f"{spelt[: longest - 1].rstrip()}…"


@cache
def _undrawable() -> re.Pattern[str]:
    drawn = sorted(
        code for code in drawable_code_points() if chr(code).isprintable() and not _SELECTORS.match(chr(code))
    )
    return re.compile(f"[^{_ranges(drawn)}\n\t]")


def _ranges(codes: Sequence[int]) -> str:
    """Return sorted code points as the inside of a class of a regular expression."""
    starts = [code for before, code in pairwise([-2, *codes]) if code != before + 1]
    ends = [code for code, after in pairwise([*codes, codes[-1] + 2]) if after != code + 1]
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in zip(starts, ends, strict=True))


def _needs_change(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and bool(_undrawable().search(text))


def _rewrite(run: Run) -> tuple[list[Run], int]:
    """Spell a run: a superscript ⁱ without a glyph becomes a superscript "i", 中 becomes "[U+4E2D]"."""
    runs: list[Run] = []
    missed = 0
    joiners = {match.start() for match in _JOINERS.finditer(run.text)}
    for at, character in enumerate(run.text):
        spelt, emphasis = character if at in joiners else _spell(character), run.emphasis
        if spelt != character:
            kind = unicodedata.decomposition(character)
            if kind.startswith("<super>"):
                emphasis |= {Emphasis.SUPERSCRIPT}
            elif kind.startswith("<sub>"):
                emphasis |= {Emphasis.SUBSCRIPT}
            missed += spelt.startswith("[U+")
        if runs and runs[-1].emphasis == emphasis:
            runs[-1] = replace(runs[-1], text=runs[-1].text + spelt)
        elif spelt:
            runs.append(Run(spelt, emphasis))
    if run.note:
        runs.append(run)
    return runs, missed


@cache
def _spell(character: str) -> str:  # noqa: PLR0911 - one way out per case
    glyphs = drawable_code_points()
    if character in _KEPT:
        return character
    category = unicodedata.category(character)
    if category in _INVISIBLE or _SELECTORS.match(character):
        return ""
    if ord(character) in glyphs:
        return character
    if category.startswith("Z"):
        return " "
    if character == "\N{NON-BREAKING HYPHEN}":
        return "-"
    for form in ("NFC", "NFKC", "NFKD"):
        spelt = unicodedata.normalize(form, character)
        if spelt != character and all(ord(part) in glyphs for part in spelt):
            return spelt
    if category == "Mn":
        return ""  # a combining mark that stands alone: its letter is kept
    return f"[U+{ord(character):04X}]"
