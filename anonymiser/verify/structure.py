"""What a reading copy's objects may be, by allow-list and from the trailer down; what isn't reached is a fault."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anonymiser.verify.fonts import FontReader
from anonymiser.verify.objects import Ref, Stream, Unreadable, read_text_string

_TRAILER = {"Size", "Root", "Info"}
_CATALOG = {"Type", "Pages", "Lang", "MarkInfo", "StructTreeRoot", "ViewerPreferences"}
_PAGES = {"Type", "Count", "Kids"}
_PAGE = {"Type", "Parent", "MediaBox", "Resources", "Contents", "StructParents", "Tabs"}
_RESOURCES = {"Font", "XObject"}
_IMAGE = {"Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Filter", "Length"}
_TREE = {"Type", "K", "ParentTree", "ParentTreeNextKey"}
_ELEMENT = {"S", "P", "Pg", "K", "Alt", "ActualText"}
_REFERENCE = {"Type", "Pg", "MCID"}
_KINDS = {
    "Document", "H1", "H2", "H3", "H4", "H5", "H6", "P", "BlockQuote", "L", "LI", "Lbl", "LBody", "Table", "TR",
    "TH", "TD", "Figure", "Note", "Reference", "Span",
}  # fmt: skip
_CALLED = re.compile(r"Picture [1-9][0-9]{0,3}")
_WIDTH, _HEIGHT, _TOLERANCE = 595.28, 841.89, 0.01
# The parts of a JPEG that hold the picture; APP1 to APP15 and COM hold what cameras and programs write.
_PICTURE_MARKERS = {0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD}
_START_OF_SCAN = 0xDA


@dataclass(slots=True, repr=False)
class Element:
    """An element of the structure."""

    kind: str
    actual: str
    in_note: bool


class Structure:
    """Walks a file's objects. `faults` are pairs of a fault's code and its page."""

    def __init__(self, objects: Mapping[int, Any], trailer: Mapping[str, Any]) -> None:
        self.faults: list[tuple[str, int]] = []
        self.fonts = FontReader(objects)
        self._objects = objects
        self._follow = self.fonts.follow
        self.pages: list[dict[str, Any]] = []
        self.elements: dict[tuple[int, int], Element] = {}
        self.title = ""
        if set(trailer) - _TRAILER or not isinstance(trailer.get("Root"), Ref):
            self._fault("metadata")
        self._read_info(trailer)
        catalog = self._dictionary(trailer.get("Root"))
        self._read_catalog(catalog)
        self._numbers = self._read_pages(catalog.get("Pages"))
        if "StructTreeRoot" in catalog:
            self._read_tree(catalog["StructTreeRoot"])

    def check_all_reached(self) -> None:
        """Also an object that nothing refers to would be in the file."""
        if set(self._objects) - self.fonts.read:
            self._fault("forbidden_object")

    def resources(self, page: Mapping[str, Any]) -> dict[str, Any]:
        return self._dictionary(page.get("Resources"))

    def contents(self, page: Mapping[str, Any]) -> bytes:
        stream = self._follow(page.get("Contents"))
        if not isinstance(stream, Stream) or set(stream.entries) - {"Filter", "Length"}:
            raise Unreadable("contents")
        return stream.data()

    def check_page(self, number: int) -> None:
        page = self.pages[number]
        if set(page) - _PAGE or set(self.resources(page)) - _RESOURCES:
            self._fault("forbidden_object", number + 1)
        box = zip(page["MediaBox"], (0, 0, _WIDTH, _HEIGHT), strict=True)
        if any(abs(side - wanted) > _TOLERANCE for side, wanted in box):
            self._fault("page_size", number + 1)
        for reference in (self.resources(page).get("XObject") or {}).values():
            if not self._is_image(self._follow(reference)):
                self._fault("forbidden_object", number + 1)

    def _fault(self, code: str, page: int = 0) -> None:
        if (code, page) not in self.faults:
            self.faults.append((code, page))

    def _dictionary(self, value: Any) -> dict[str, Any]:
        found = self._follow(value)
        if not isinstance(found, dict):
            raise Unreadable("dictionary")
        return found

    def _read_info(self, trailer: Mapping[str, Any]) -> None:
        if "Info" in trailer:
            info = self._dictionary(trailer["Info"])
            if set(info) - {"Title"}:
                self._fault("metadata")
            title = self._follow(info.get("Title", b""))
            self.title = read_text_string(title) if isinstance(title, bytes) else ""

    def _read_catalog(self, catalog: Mapping[str, Any]) -> None:
        if (
            set(catalog) - _CATALOG
            or catalog.get("Lang") != b"en-GB"
            or catalog.get("MarkInfo") != {"Marked": True}
            or catalog.get("ViewerPreferences") != {"DisplayDocTitle": True}
        ):
            self._fault("metadata")

    def _read_pages(self, reference: Any) -> dict[int, int]:
        pages = self._dictionary(reference)
        kids = pages.get("Kids")
        if set(pages) - _PAGES or not isinstance(kids, list) or pages.get("Count") != len(kids):
            raise Unreadable("pages")
        numbers = {kid.number: at for at, kid in enumerate(kids)}
        if len(numbers) != len(kids):
            raise Unreadable("pages")
        self.pages = [self._dictionary(kid) for kid in kids]
        for page in self.pages:
            if page.get("Type") != "Page" or page.get("Parent") != reference:
                raise Unreadable("pages")
        return numbers

    def _is_image(self, image: Any) -> bool:
        if (
            not isinstance(image, Stream)
            or set(image.entries) - _IMAGE
            or image.entries["Subtype"] != "Image"
        ):
            return False
        if image.entries.get("Filter") == "DCTDecode":
            return _is_bare_jpeg(image.raw)
        channels = {"DeviceRGB": 3, "DeviceGray": 1}[image.entries["ColorSpace"]]
        size: int = image.entries["Width"] * image.entries["Height"]
        return len(image.data()) == channels * size

    def _read_tree(self, reference: Any) -> None:
        root = self._dictionary(reference)
        if set(root) - _TREE or not isinstance(root.get("K"), Ref):
            self._fault("metadata")
        waiting: list[tuple[Any, Element | None, Any]] = [(root.get("K"), None, reference)]
        owners: dict[tuple[int, int], int] = {}
        while waiting:
            own, parent, above = waiting.pop()
            if own.number in self.fonts.read:
                raise Unreadable("tree")
            values = self._dictionary(own)
            element = self._read_element(values, parent, above)
            for kid in values.get("K", ()):
                if isinstance(kid, Ref):
                    waiting.append((kid, element, own))
                    continue
                content = self._content(kid, values)
                owners[content] = own.number
                if self.elements.setdefault(content, element) is not element:
                    raise Unreadable("tree")
        self._check_parents(root, owners)

    def _read_element(self, values: Mapping[str, Any], parent: Element | None, above: Any) -> Element:
        kind = values.get("S")
        if not values.keys() <= _ELEMENT or kind not in _KINDS or values.get("P") != above:
            self._fault("metadata")
        if "Alt" in values and not (kind == "Figure" and _CALLED.fullmatch(read_text_string(values["Alt"]))):
            self._fault("metadata")
        actual = read_text_string(values["ActualText"]) if "ActualText" in values else ""
        if actual and kind != "Span":
            self._fault("metadata")
        return Element(str(kind), actual, kind == "Note" or (parent is not None and parent.in_note))

    def _content(self, kid: Any, values: Mapping[str, Any]) -> tuple[int, int]:
        if isinstance(kid, int):
            return self._numbers[values["Pg"].number], kid
        if set(kid) - _REFERENCE:
            self._fault("metadata")
        return self._numbers[kid["Pg"].number], kid["MCID"]

    def _check_parents(self, root: Mapping[str, Any], owners: Mapping[tuple[int, int], int]) -> None:
        """The way back, from marked content to its element, must be the same way."""
        tree = root.get("ParentTree")
        rows = tree.get("Nums") if isinstance(tree, dict) and set(tree) == {"Nums"} else None
        if not isinstance(rows, list) or rows[::2] != [*range(len(self.pages))]:
            raise Unreadable("tree")
        back = {
            (page, content): reference.number
            for page, row in enumerate(rows[1::2])
            for content, reference in enumerate(row)
        }
        if back != owners:
            raise Unreadable("tree")


def _is_bare_jpeg(data: bytes) -> bool:
    return all(marker in _PICTURE_MARKERS for marker in _markers(data))


def _markers(data: bytes) -> Iterator[int]:
    """Yield the markers before the picture's scan; 0 where the file is no JPEG."""
    if not data.startswith(b"\xff\xd8") or not data.endswith(b"\xff\xd9"):
        yield 0
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - how markers begin
            yield 0
            return
        if data[at + 1] == _START_OF_SCAN:
            return
        yield data[at + 1]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    yield 0


def same_letters(glyphs: Sequence[str], said: str) -> bool:
    """Whether what is said is what the glyphs say, in whichever order: it adds nothing."""
    return sorted("".join("".join(glyphs).replace("\u200b", "").split())) == sorted("".join(said.split()))
