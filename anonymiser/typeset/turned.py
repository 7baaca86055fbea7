"""The words of a paragraph that has Hebrew or Arabic in it: each with its level, odd ones set from right to left."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from anonymiser.manuscript import Emphasis, Run
from anonymiser.typeset.bidi import find_levels
from anonymiser.typeset.shaping import Look, look, note_mark, tab
from anonymiser.typeset.tokens import Token

_WORDS = re.compile(r"\n|\t|[^\S\n\t]+|\S+")


def turned_tokens(runs: Sequence[Run], base: frozenset[Emphasis]) -> list[Token]:
    """Return the paragraph's tokens in the order in which they are read."""
    levels = find_levels("".join([run.text or _mark(run) for run in runs]))
    tokens: list[Token] = []
    at = 0
    for run in runs:
        emphasis = run.emphasis | base
        if run.note:
            tokens.append(note_mark(run.note, emphasis)._replace(level=levels[at]))
            at += len(_mark(run))
            continue
        for match in _WORDS.finditer(run.text):
            start, end = at + match.start(), at + match.end()
            tokens.extend(_level_by_level(match[0], levels[start:end], look(emphasis)))
        at += len(run.text)
    return tokens


def _mark(run: Run) -> str:
    return str(run.note) if run.note else ""


def _level_by_level(word: str, levels: Sequence[int], of: Look) -> Iterator[Token]:
    if word.isspace():
        token = tab(of) if word == "\t" else of[" "][0]._replace(text="\n" if word == "\n" else " ")
        yield token._replace(level=levels[0])
        return
    at = 0
    for level, same in groupby(levels):
        part = word[at : at + len([*same])]
        at += len(part)
        shaped = of.shape_numbered(part, breaks=False, rtl=True) if level % 2 else of[part]
        yield from [token._replace(level=level) for token in shaped]
