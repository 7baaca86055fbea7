"""Text of any script: shaped by HarfBuzz, and each glyph told which characters it stands for."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import uharfbuzz as hb

from anonymiser.typeset.faces import open_face
from anonymiser.typeset.tokens import Glyph, Style, Token

NOTHING = "\u200b"  # what a mark says whose letter says both: a space without width
_buffer = hb.Buffer()


def shape_glyphs(text: str, style: Style, *, breaks: bool, rtl: bool) -> Token:
    """Shape text of one script in the style's face; its glyphs are in the order in which they stand."""
    face = open_face(style.face)
    _buffer.clear_contents()
    _buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    _buffer.add_str(text)
    _buffer.guess_segment_properties()
    _buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(face.font, _buffer)
    infos, places = _buffer.glyph_infos, _buffer.glyph_positions
    spelt = _spell(text, [(info.cluster, place.x_advance) for info, place in zip(infos, places, strict=True)])
    scale = style.size / face.upem
    glyphs: list[Glyph] = []
    behind = (
        0  # how far the pen is from where it should be: what a glyph is moved by, the next is moved back by
    )
    for info, place, characters in zip(infos, places, spelt, strict=True):
        moved = round((behind + place.x_offset) * 1000 / face.upem)
        glyphs.append(Glyph(info.codepoint, characters, moved, place.y_offset * scale))
        behind = place.x_advance - face.advance(info.codepoint) - place.x_offset
    width = sum(place.x_advance for place in places) * scale
    spoken = "" if rtl or spelt == [*text] else text
    if spoken:
        style = replace(style)  # a style of its own, so that it isn't set together with others
    return Token(width, 0.0, breaks, b"", style, text, tuple(glyphs), spoken)


def _spell(text: str, placed: Sequence[tuple[int, int]]) -> list[str]:
    """Tell which characters each glyph, given by cluster and advance, stands for.

    The widest of a cluster stands for all of it, the others, which are its marks, for none.
    """
    starts = sorted({*(cluster for cluster, _ in placed), len(text)})
    ends = dict(itertools.pairwise(starts))
    widest: dict[int, int] = {}
    for at, (cluster, advance) in enumerate(placed):
        if cluster not in widest or advance > placed[widest[cluster]][1]:
            widest[cluster] = at
    return [
        text[cluster : ends[cluster]] if widest[cluster] == at else NOTHING
        for at, (cluster, _) in enumerate(placed)
    ]
