"""Breaks a paragraph into lines: its words' widths added up, each line's end found by bisection."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import is_not, itemgetter

from anonymiser.manuscript import PLAIN, Emphasis, Run
from anonymiser.typeset.bidi import base_level, has_right_to_left, visual_order
from anonymiser.typeset.shaping import TAB, Look, look, note_mark, split_overlong, tab
from anonymiser.typeset.tags import Tag
from anonymiser.typeset.tokens import Style, Token
from anonymiser.typeset.turned import turned_tokens

_WORDS = re.compile(r"\n|\t|[^\S\n\t\u00a0\u202f]+|(?:\S|[\u00a0\u202f])+ ?")
_SPACES = re.compile("  +")
# Most paragraphs are of these alone, which is told faster: European letters, spaces, dashes, quotation marks.
_USUAL = re.compile("[ -~\xa1-\u052f\u2010-\u2027]*")
# White space but the space, and what runs from right to left.
_UNUSUAL = re.compile(
    "[\t\n\x0b\x0c\r\x1c-\x1f\x85\xa0\u0590-\u08ff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_HAIR = 0.001  # points that sums of widths may be off by
_WIDEST_SPACE = TAB + _HAIR
_width, _show, _style = itemgetter(0), itemgetter(3), itemgetter(4)  # of a token


@dataclass(slots=True, repr=False)
class Piece:
    """Text in one style; `x` in points from the left margin of the page's text."""

    x: float
    width: float
    show: bytes
    style: Style
    tag: Tag
    tokens: Sequence[Token] = ()  # where glyphs are shown by number
    spoken: str = ""
    note: int = 0


@dataclass(slots=True, repr=False)
class Line:
    pieces: list[Piece]
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """Where lines may stand: points from the left margin, the first line apart from the others."""

    first: float
    left: float
    right: float
    centred: bool = False


def break_lines(
    runs: Sequence[Run], place: Measure, tag: Tag, base: frozenset[Emphasis] = PLAIN
) -> list[Line]:
    """Return the lines of a paragraph.

    Each ends with a space, so that words stay words for whoever extracts the text.
    """
    text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
    usual = bool(_USUAL.fullmatch(text)) or not _UNUSUAL.search(text)
    turned = not usual and has_right_to_left(text)
    tokens = turned_tokens(runs, base) if turned else _read(runs, base, usual=usual)
    if not tokens or not tokens[-1].trailing:
        tokens.extend(look(base)[" "])
    lines: list[Line] = []
    for part in (tokens,) if usual else _split_at_line_ends(tokens):
        filled = _Filled(part, place, first=not lines)
        for start, stop in filled.spans:
            x = place.left if lines else place.first
            if turned:
                lines.append(_set_turned(filled.tokens[start:stop], place, tag, x, base_level(text)))
            else:
                lines.append(filled.set(start, stop, x, tag))
    return lines


def _read(runs: Sequence[Run], base: frozenset[Emphasis], *, usual: bool) -> list[Token]:
    tokens: list[Token] = []
    for run in runs:
        emphasis = run.emphasis | base if base else run.emphasis
        if run.note:
            tokens.append(note_mark(run.note, emphasis))
            continue
        of = look(emphasis)
        if not usual:
            tokens.extend([token for word in _WORDS.findall(run.text) for token in _read_unusual(word, of)])
            continue
        tokens.extend(of.read(_SPACES.sub(" ", run.text) if "  " in run.text else run.text))
    return tokens


def _read_unusual(word: str, of: Look) -> Sequence[Token]:
    if word == "\t":
        return (tab(of),)
    if word == "\n":
        return (of[" "][0]._replace(text="\n"),)
    return of[" " if word.isspace() and "\u00a0" not in word and "\u202f" not in word else word]


def _split_at_line_ends(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        part.append(token)
        if token.text == "\n":
            yield part
            part = []
    if part:
        yield part


class _Filled:
    """Tokens filled into a measure: `spans` tells which of them each line holds."""

    def __init__(self, tokens: list[Token], place: Measure, *, first: bool) -> None:
        room, later = place.right - (place.first if first else place.left), place.right - place.left
        self._right = place.right
        self._centred = place.centred
        widths = [*map(_width, tokens)]
        if max(widths) > min(room, later):
            # A word longer than a line is broken wherever the line ends.
            tokens = [part for token in tokens for part in split_overlong(token, min(room, later))]
            widths = [*map(_width, tokens)]
        self.tokens = tokens
        self._shows = [*map(_show, tokens)]
        self._ends = [*accumulate(widths)]
        self.spans = self._fill(room, later)
        self._cuts = self._find_cuts()

    def _fill(self, room: float, later: float) -> list[tuple[int, int]]:
        tokens, ends = self.tokens, self._ends
        size = len(tokens)
        if ends[-1] - tokens[-1].trailing <= room + _HAIR:
            return [(0, size)]
        spans: list[tuple[int, int]] = []
        start, behind = 0, 0.0
        while start < size:
            # The space that a line ends with may hang over the margin.
            full = bisect_right(ends, behind + room + _WIDEST_SPACE, start)
            while full > start and ends[full - 1] - tokens[full - 1].trailing > behind + room + _HAIR:
                full -= 1
            stop = full
            if stop < size:
                while stop > start and not tokens[stop - 1].breaks:
                    stop -= 1
                stop = stop if stop > start else max(full, start + 1)
            spans.append((start, stop))
            start, behind, room = stop, ends[stop - 1], later
        return spans

    def _find_cuts(self) -> list[int]:
        """Return where the style changes: told by identity, which differs for each note."""
        styles = [*map(_style, self.tokens)]
        if styles.count(styles[0]) == len(styles):
            return []
        return [*compress(range(1, len(styles)), map(is_not, styles, styles[1:]))]

    def set(self, start: int, stop: int, x: float, tag: Tag) -> Line:
        """Return the line of these tokens, beginning at `x`."""
        ends = self._ends
        before = ends[start - 1] if start else 0.0
        last = self.tokens[stop - 1]
        if self._centred:
            x += (self._right - x - ends[stop - 1] + before + last.trailing) / 2
        if last.text == "\t" and x + ends[stop - 1] - before > self._right:
            # No more of a tab than a space may hang over the margin.
            self._shows[stop - 1] = b" "
        cuts = self._cuts
        if not cuts:
            piece = self._piece(start, stop, x, ends[stop - 1] - before, tag)
            return Line([piece], (piece.note,) if piece.note else ())
        pieces = []
        for cut in (*cuts[bisect_right(cuts, start) : bisect_left(cuts, stop)], stop):
            pieces.append(self._piece(start, cut, x, ends[cut - 1] - before, tag))
            x += pieces[-1].width
            start, before = cut, ends[cut - 1]
        return Line(pieces, tuple([piece.note for piece in pieces if piece.note]))

    def _piece(self, start: int, stop: int, x: float, width: float, tag: Tag) -> Piece:
        first = self.tokens[start]
        if first.note:
            return Piece(x, width, first.show, first.style, Tag("Reference", tag), note=first.note)
        if first.style.coded:
            return Piece(x, width, b"".join(self._shows[start:stop]), first.style, tag)
        if first.spoken:
            tag = Tag("Span", tag)
        return Piece(x, width, b"", first.style, tag, self.tokens[start:stop], first.spoken)


def _set_turned(tokens: list[Token], place: Measure, tag: Tag, x: float, base: int) -> Line:
    """Set a line with words from right to left.

    It is drawn from left to right, as readers of PDFs expect; its tag says it in the order in which it is read.
    """
    last = max((at for at, token in enumerate(tokens) if not token.text.isspace()), default=-1)
    levels = [token.level if at <= last else base for at, token in enumerate(tokens)]
    width = sum([token.width for token in tokens])
    if place.centred:
        # The space at the end hangs over, to whichever side the line ends at.
        hanging = tokens[-1].trailing
        x += (place.right - x - width + hanging) / 2 - (hanging if base else 0.0)
    elif base:
        x = place.right - (x - min(place.first, place.left)) - width
    text = "".join([token.text for token in tokens])
    spoken = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    line = Tag("Span", tag, actual=spoken)
    pieces = []
    for index in visual_order(levels, base):
        token = tokens[index]
        pieces.append(Piece(x, token.width, token.show, token.style, line, [token]))
        x += token.width
    return Line(pieces, tuple([token.note for token in tokens if token.note]))
