"""The least any program could do: a DOCX's words onto double-spaced pages, without looking left or right.

lxml parses, lines are cut at a fixed number of characters, zlib packs, and the PDF is written by hand with a
font that isn't even embedded. What it makes is no reading copy; what it costs is what nobody can go below.
"""

import io
import zipfile
import zlib

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS = 72
_LINES = 25
_LEVEL = 6  # as the typesetter packs


def convert(docx: bytes) -> bytes:
    """Return a PDF of the document's words."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    lines: list[str] = []
    for paragraph in root.iter(f"{_W}p"):
        text = "".join([node.text or "" for node in paragraph.iter(f"{_W}t")])
        lines.extend(text[at : at + _CHARACTERS] for at in range(0, len(text), _CHARACTERS))
    return _write([lines[at : at + _LINES] for at in range(0, len(lines), _LINES)])


def _write(pages: list[list[str]]) -> bytes:
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    ]
    for lines in pages:
        shown = [
            line.encode("cp1252", "replace")
            .replace(b"\\", b"\\\\")
            .replace(b"(", b"\\(")
            .replace(b")", b"\\)")
            for line in lines
        ]
        content = b"BT /F 12 Tf 27.6 TL 72 757 Td (" + b")'\n(".join(shown) + b")' ET"
        packed = zlib.compress(content, _LEVEL)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (len(objects) + 2)
        )
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join([b"%010d 00000 n \n" % offset for offset in offsets])
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
