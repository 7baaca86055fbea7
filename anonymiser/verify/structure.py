"""What a reading copy's objects may be, by allow-list; everything else is a fault."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

_CATALOG = {"/Type", "/Pages", "/Lang", "/PageMode"}
_INFO = {"/Title"}
_PAGE = {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Rotate", "/Trans"}
_RESOURCES = {"/Font", "/ProcSet", "/XObject"}
_FORBIDDEN = {
    "/A", "/AA", "/AF", "/Annots", "/AcroForm", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/JS",
    "/JavaScript",
    "/Launch", "/Metadata", "/Names", "/OCProperties", "/OpenAction", "/Outlines", "/PieceInfo", "/RichMedia",
    "/Thumb", "/URI", "/XFA",
}  # fmt: skip
Decoder = Callable[[bytes], str]
_FACE = re.compile(r"/[A-Z]{6}\+LiberationSerif(?:-Bold|-Italic|-BoldItalic)?")
_WIDTH, _HEIGHT, _TOLERANCE = 595.28, 841.89, 0.01
_CMAP_ROW = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CMAP_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CMAP_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CMAP_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def check_structure(reader: PdfReader, pdf: bytes) -> Iterator[tuple[str, int]]:
    """Pairs of a fault's code and its page."""
    if not pdf.startswith(b"%PDF-") or pdf.count(b"%%EOF") != 1 or not pdf.rstrip().endswith(b"%%EOF"):
        yield "forbidden_object", 0
    catalog = reader.root_object
    if set(catalog) - _CATALOG or catalog.get("/PageMode", "/UseNone") != "/UseNone":
        yield "metadata", 0
    info: Any = reader.trailer.get("/Info")
    if info is not None and set(info.get_object()) - _INFO:
        yield "metadata", 0
    if any(_holds_forbidden(value) for value in _objects(reader)):
        yield "forbidden_object", 0
    for number, page in enumerate(reader.pages, start=1):
        if set(page) - _PAGE or page.get("/Rotate", 0) or page.get("/Trans"):
            yield "forbidden_object", number
        resources: Any = page["/Resources"]
        if set(resources.get_object()) - _RESOURCES:
            yield "forbidden_object", number
        box = [float(side) for side in page.mediabox]
        if any(abs(a - b) > _TOLERANCE for a, b in zip(box, (0.0, 0.0, _WIDTH, _HEIGHT), strict=True)):
            yield "page_size", number


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, also one that nothing refers to."""
    for generation, numbers in reader.xref.items():
        for number in numbers:
            if number:
                yield reader.get_object(IndirectObject(number, generation, reader))


def _holds_forbidden(value: Any) -> bool:
    if isinstance(value, IndirectObject):
        return False
    if isinstance(value, DictionaryObject):
        # What a font or a picture calls its own parts is harmless; a key of the list never is.
        return bool(_FORBIDDEN & set(value)) or any(_holds_forbidden(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_holds_forbidden(inner) for inner in value)
    return False


def read_fonts(page: PageObject, known: dict[int, Decoder]) -> tuple[dict[str, Decoder], bool]:
    """How to read each font's strings, and whether one is not an embedded Liberation Serif."""
    fonts: dict[str, Decoder] = {}
    bad = False
    resources: Any = page["/Resources"]
    for name, reference in resources.get("/Font", {}).items():
        font = reference.get_object()
        descriptor = font.get("/FontDescriptor", {})
        if not _FACE.fullmatch(str(font.get("/BaseFont", ""))) or "/FontFile2" not in descriptor:
            bad = True
        if "/ToUnicode" not in font:
            bad = True
            continue
        if id(font) not in known:
            known[id(font)] = _make_decoder(_read_cmap(font["/ToUnicode"].get_data()))
        fonts[name] = known[id(font)]
    return fonts, bad


def _make_decoder(table: dict[int, str]) -> Callable[[bytes], str]:
    def decode(shown: bytes) -> str:
        return "".join([table.get(code, "\ufffd") for code in shown])

    return decode


def _read_cmap(cmap: bytes) -> dict[int, str]:
    table: dict[int, str] = {}
    for block in _CMAP_CHARS.findall(cmap):
        for code, text in _CMAP_PAIR.findall(block):
            table[int(code, 16)] = _from_utf16(text)
    for block in _CMAP_RANGES.findall(cmap):
        for low, high, start, texts in _CMAP_ROW.findall(block):
            codes = range(int(low, 16), int(high, 16) + 1)
            if texts:
                listed = re.findall(rb"<([0-9A-Fa-f]+)>", texts)
                table.update((code, _from_utf16(text)) for code, text in zip(codes, listed, strict=False))
            else:
                table.update((code, chr(int(start, 16) + offset)) for offset, code in enumerate(codes))
    return table


def _from_utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
