"""Breaks a paragraph into lines: the words of its runs, measured, filled greedily into the width."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anonymiser.manuscript import Emphasis, Run
from anonymiser.typeset.faces import choose_face, measure

SIZE = 12.0
SMALL = 8.0  # super- and subscripts
TAB = 24.0
_RISES = {Emphasis.SUPERSCRIPT: 4.0, Emphasis.SUBSCRIPT: -2.0}
# A word may be broken after a hyphen, a dash or a slash that stands between letters.
_PARTS = re.compile(
    r"\n|\t|[^\S\n\t\u00a0\u202f]+|(?:\S|[\u00a0\u202f])+?(?:(?<=\w)[-–—/](?=\w)|(?=[^\S\u00a0\u202f])|\Z)"
)


@dataclass(frozen=True, slots=True)
class Style:
    face: str
    size: float = SIZE
    rise: float = 0.0
    underline: bool = False
    strike: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """Text in one style; `x` in points from the left margin of the page's text."""

    x: float
    width: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    pieces: tuple[Piece, ...]
    notes: tuple[int, ...] = ()


@dataclass(slots=True, repr=False)
class _Atom:
    text: str
    width: float
    style: Style
    note: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """Where lines may stand: points from the left margin, the first line apart from the others."""

    first: float
    left: float
    right: float
    centred: bool = False


def break_lines(runs: Sequence[Run], place: Measure, base: frozenset[Emphasis] = frozenset()) -> list[Line]:
    """Return the lines of a paragraph.

    A line broken at a space ends with that space, so that words stay words for whoever extracts the
    text.
    """
    lines: list[Line] = []
    atoms: list[_Atom] = []
    room = place.right - place.first
    used = 0.0

    def close() -> None:
        nonlocal room, used
        lines.append(_set_line(atoms, place, first=not lines))
        atoms.clear()
        room, used = place.right - place.left, 0.0

    for cluster in _clusters(runs, base):
        if cluster[0].text == "\n":
            atoms.append(_Atom(" ", 0.0, cluster[0].style))
            close()
            continue
        width = sum([atom.width for atom in cluster])
        blank = cluster[0].text.isspace()
        if used + width > room and not blank:
            if atoms:
                close()
            if width > room:
                *full, cluster = _split_overlong(cluster, room)  # noqa: PLW2901 - the same thing, narrowed
                for part in full:
                    atoms.extend(part)
                    close()
                width = sum([atom.width for atom in cluster])
        atoms.extend(cluster)
        used += width
    if atoms or not lines:
        close()
    return _end_with_space(lines)


def _end_with_space(lines: list[Line]) -> list[Line]:
    last = lines[-1]
    if last.pieces and not last.pieces[-1].text.endswith(" "):
        end = last.pieces[-1]
        space = Piece(end.x, end.width, end.text + " ", end.style)
        lines[-1] = Line((*last.pieces[:-1], space), last.notes)
    return lines


@lru_cache(maxsize=20_000)
def _width(text: str, face: str) -> float:
    return measure(text, face)


def _clusters(runs: Sequence[Run], base: frozenset[Emphasis]) -> Iterator[list[_Atom]]:
    """Yield atoms that no line break may part: a word over several runs is one cluster, a space another."""
    word: list[_Atom] = []
    for run in runs:
        style = _style(run.emphasis | base)
        if run.note:
            mark = str(run.note)
            raised = Style(style.face, SMALL, _RISES[Emphasis.SUPERSCRIPT])
            word.append(_Atom(mark, _width(mark, style.face) * SMALL, raised, run.note))
            continue
        for text in _PARTS.findall(run.text):
            if text.isspace() and "\u00a0" not in text and "\u202f" not in text:
                if word:
                    yield word
                    word = []
                width = TAB if text == "\t" else _width(" ", style.face) * style.size
                yield [_Atom("\n" if text == "\n" else " ", width, style)]
                continue
            word.append(_Atom(text, _width(text, style.face) * style.size, style))
            if text[-1] in "-–—/":
                yield word
                word = []
    if word:
        yield word


@lru_cache(maxsize=256)
def _style(emphasis: frozenset[Emphasis]) -> Style:
    shift = next((_RISES[mark] for mark in _RISES if mark in emphasis), 0.0)
    return Style(
        choose_face(emphasis),
        SMALL if shift else SIZE,
        shift,
        Emphasis.UNDERLINE in emphasis,
        Emphasis.STRIKE in emphasis,
    )


def _split_overlong(cluster: list[_Atom], room: float) -> list[list[_Atom]]:
    """Split a word longer than a line into parts that fit."""
    parts: list[list[_Atom]] = [[]]
    used = 0.0
    for atom in cluster:
        for character in atom.text:
            width = _width(character, atom.style.face) * atom.style.size
            if used + width > room and parts[-1]:
                parts.append([])
                used = 0.0
            note = atom.note if character == atom.text[-1] else 0
            parts[-1].append(_Atom(character, width, atom.style, note))
            used += width
    return parts


def _set_line(atoms: list[_Atom], place: Measure, *, first: bool) -> Line:
    start = place.first if first else place.left
    if place.centred:
        ends = len(atoms)
        while ends and atoms[ends - 1].text.isspace():
            ends -= 1
        start += (place.right - start - sum([atom.width for atom in atoms[:ends]])) / 2
    pieces: list[Piece] = []
    texts: list[str] = []
    x, width = start, 0.0
    for index, atom in enumerate(atoms):
        texts.append(atom.text)
        width += atom.width
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        # A tab is wider than the space that is drawn for it, so what follows is placed anew.
        jumps = atom.text == " " and atom.width == TAB
        if following is None or following.style is not atom.style or jumps:
            pieces.append(Piece(x, width, "".join(texts), atom.style))
            texts = []
            x, width = x + width, 0.0
    return Line(tuple(pieces), tuple([atom.note for atom in atoms if atom.note]))
