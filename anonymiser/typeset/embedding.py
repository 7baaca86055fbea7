"""Embeds what a copy needs of its faces.

The letters of Windows-1252 go in as a fixed part of each face, packed once and for all; other glyphs as a part made
for the copy. Either way the font says which characters its codes stand for (ToUnicode).
"""

import hashlib
import struct
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import uharfbuzz as hb

from anonymiser.typeset.faces import Face, open_face
from anonymiser.typeset.letters import LATIN
from anonymiser.typeset.pdf import Objects, stream

_KEPT_TABLES = (b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cmap")
_NONSYMBOLIC, _SYMBOLIC = 32, 4
_MOST_IN_A_BLOCK = 100  # what one block of a CMap may hold


def add_coded_font(objects: Objects, name: str) -> int:
    """Add a face's letters of Windows-1252, shown by their codes."""
    program, widths, unicodes = _coded_parts(name)
    face = open_face(name)
    base = b"/BaseFont/CODEDF+%b" % name.encode("ascii")
    descriptor = _add_descriptor(objects, face, b"CODEDF", _NONSYMBOLIC, program)
    return objects.add(
        b"<</Type/Font/Subtype/TrueType%b/FirstChar 32/LastChar 255/Widths[%b]/Encoding/WinAnsiEncoding"
        b"/FontDescriptor %d 0 R/ToUnicode %d 0 R>>" % (base, widths, descriptor, objects.add(unicodes))
    )


@cache
def _coded_parts(name: str) -> tuple[bytes, bytes, bytes]:
    face = open_face(name)
    codes = {letter.encode("cp1252")[0]: letter for letter in LATIN}
    program = _subset(face, map(face.glyph, LATIN), map(ord, LATIN))
    widths = [
        _thousandths(face, face.glyph(codes[code])) if code in codes else b"0" for code in range(32, 256)
    ]
    return program, b" ".join(widths), _unicode_map({code: codes[code] for code in sorted(codes)}, digits=2)


def add_numbered_font(objects: Objects, name: str, codes: Mapping[tuple[int, str], int]) -> int:
    """Add the glyphs of a face, shown by codes of two bytes; `codes` are from 1 on, by glyph and its text."""
    face = open_face(name)
    glyphs = [0, *(glyph for glyph, _ in codes)]
    program, tag = _numbered_program(name, frozenset(glyphs))
    base = b"/BaseFont/%b+%b" % (tag, name.encode("ascii"))
    widths = b" ".join([_thousandths(face, glyph) for glyph in glyphs])
    places = objects.add(stream(b"".join([glyph.to_bytes(2, "big") for glyph in glyphs])))
    descendant = objects.add(
        b"<</Type/Font/Subtype/CIDFontType2%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/CIDToGIDMap %d 0 R/FontDescriptor %d 0 R/DW 0/W[0[%b]]>>"
        % (base, places, _add_descriptor(objects, face, tag, _SYMBOLIC, program), widths)
    )
    unicodes = objects.add(_unicode_map({code: text for (_, text), code in codes.items()}, digits=4))
    return objects.add(
        b"<</Type/Font/Subtype/Type0%b/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (base, descendant, unicodes)
    )


@lru_cache(maxsize=32)
def _numbered_program(name: str, glyphs: frozenset[int]) -> tuple[bytes, bytes]:
    digest = hashlib.sha256(repr(sorted(glyphs)).encode()).digest()
    tag = bytes(ord("A") + byte % 26 for byte in digest[:6])
    return _subset(open_face(name), glyphs, ()), tag


def _subset(face: Face, glyphs: Iterable[int], codes: Iterable[int]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update([*glyphs])
    wanted.unicode_set.update([*codes])
    # Glyphs keep their numbers, which the text is shown by.
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    kept = set(_KEPT_TABLES)
    dropped = [tag for tag in face.font.face.table_tags if tag.encode() not in kept]
    wanted.drop_table_tag_set.update([int.from_bytes(tag.encode(), "big") for tag in dropped])
    program = wanted.subset(face.font.face).blob.data
    return stream(program, b"/Length1 %d" % len(program))


def _add_descriptor(objects: Objects, face: Face, tag: bytes, flags: int, program: bytes) -> int:
    scale = 1000 / face.upem
    box = struct.unpack(">4h", face.font.face.reference_table("head").data[36:44])
    extents = face.font.get_font_extents("ltr")
    slanted = b"-16" if "Italic" in face.name else b"0"
    return objects.add(
        b"<</Type/FontDescriptor/FontName/%b+%b/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %b/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/FontFile2 %d 0 R>>"
        % (
            tag,
            face.name.encode("ascii"),
            flags,
            *(round(side * scale) for side in box),
            slanted,
            round(extents.ascender * scale),
            round(extents.descender * scale),
            round(extents.ascender * scale * 0.75),
            objects.add(program),
        )
    )


def _thousandths(face: Face, glyph: int) -> bytes:
    return f"{face.advance(glyph) * 1000 / face.upem:.2f}".rstrip("0").rstrip(".").encode("ascii")


def _unicode_map(spelt: dict[int, str], *, digits: int) -> bytes:
    rows = [
        b"<%0*X><%b>" % (digits, code, text.encode("utf-16-be").hex().upper().encode("ascii"))
        for code, text in spelt.items()
    ]
    blocks = [rows[at : at + _MOST_IN_A_BLOCK] for at in range(0, len(rows), _MOST_IN_A_BLOCK)]
    body = b"\n".join(
        [b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks]
    )
    return stream(
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        b"1 begincodespacerange\n<%b><%b>\nendcodespacerange\n%b\n"
        b"endcmap CMapName currentdict/CMap defineresource pop end end" % (b"0" * digits, b"F" * digits, body)
    )
