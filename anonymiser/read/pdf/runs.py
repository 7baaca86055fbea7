"""Makes runs of the words of a paragraph's lines, in their emphasis, with note marks."""

from collections.abc import Mapping, Sequence

from anonymiser.manuscript import PLAIN, Emphasis, Run
from anonymiser.read.pdf.hyphens import Joints
from anonymiser.read.pdf.lines import Line
from anonymiser.read.pdf.page import Word

_RAISED = frozenset({Emphasis.SUPERSCRIPT, Emphasis.SUBSCRIPT})

Pieces = list[tuple[str, frozenset[Emphasis], int]]


def make_runs(
    lines: Sequence[Line], joints: Joints, marks: Mapping[int, int], *, skip: int = 0
) -> tuple[Run, ...]:
    """Return the runs of these lines; `marks` tells the note of a word by its identity.

    The first `skip` words are left out: they were the label.
    """
    pieces: Pieces = []
    between = ""
    for line in lines:
        words, skip = line.words[skip:], max(0, skip - len(line.words))
        if pieces and words:
            between = _join(pieces, words[0].text, joints)
        for position, word in enumerate(words):
            if position:
                between = "" if word.joined else " "
            if between and pieces:
                _add_space(pieces, between, word)
            note = marks.get(id(word), 0)
            pieces.append(("" if note else word.text, PLAIN if note else word.emphasis, note))
    return _merge(pieces)


def _join(pieces: Pieces, after: str, joints: Joints) -> str:
    """Take a hyphen off the end of what was gathered where it was the line's, and return what comes between."""
    text, emphasis, note = pieces[-1]
    if note:
        return " "
    at = len(pieces) - 1
    whole = text
    while (
        at > 0
        and not pieces[at][0].startswith(" ")
        and not pieces[at - 1][0].endswith(" ")
        and not pieces[at - 1][2]
    ):
        at -= 1
        whole = pieces[at][0] + whole
    kept, between = joints.join(whole, after)
    if len(kept) < len(whole):
        pieces[-1] = (text[: len(text) - (len(whole) - len(kept))], emphasis, note)
    return between


def _add_space(pieces: Pieces, space: str, word: Word) -> None:
    """Give the space the emphasis both its neighbours share."""
    _, before, _ = pieces[-1]
    pieces.append((space, (before & word.emphasis) - _RAISED, 0))


def _merge(pieces: Pieces) -> tuple[Run, ...]:
    runs: list[Run] = []
    text, current = "", PLAIN
    for piece, emphasis, note in pieces:
        if note or (emphasis != current and piece):
            if text:
                runs.append(Run(text, current))
            text, current = "", emphasis
        if note:
            runs.append(Run("", PLAIN, note))
        text += piece
    if text:
        runs.append(Run(text, current))
    return tuple(runs)
