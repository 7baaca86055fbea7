"""Finds its way in the zip a Word document is: the main part, the relations between parts."""

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.archive import Archive, parse_xml
from anonymiser.read.docx.names import STRICT_NAMESPACES, local_name
from anonymiser.read.recognise import refuse_package

_MACROS = (b"ms-word.document.macroEnabled", b"ms-word.template.macroEnabled")
_MAIN_TYPE = re.compile(
    rb'<[^>]*PartName="/?([^"]+)"[^>]*wordprocessingml\.(?:document|template)\.main'
    rb'|<[^>]*wordprocessingml\.(?:document|template)\.main[^>]*PartName="/?([^"]+)"'
)
_OPENING = 8192  # bytes, in which the first element names its namespaces
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MAIN = "officeDocument"


class Package(Archive):
    """Raises: Refused, on opening and on reading a part."""

    def __init__(self, source: bytes) -> None:
        super().__init__(source)
        self.main, self.root = self._find_main()

    def parse(self, name: str) -> etree._Element | None:
        """Parse a part; the namespaces of Strict documents become those of Transitional ones."""
        root = super().parse(name)
        if root is not None and "purl.oclc.org" in (etree.QName(root).namespace or ""):
            text = etree.tostring(root, encoding="utf-8")
            for strict, transitional in STRICT_NAMESPACES:
                text = text.replace(strict, transitional)
            root = parse_xml(text)
        return root

    def read_transitional(self, name: str) -> bytes | None:
        """Return a part as UTF-8 and in the namespaces of Transitional documents."""
        data = self.read(name)
        if data is None or (not data.startswith(_UTF_16) and b"purl.oclc.org" not in data[:_OPENING]):
            return data
        root = self.parse(name)
        return etree.tostring(root, encoding="utf-8") if root is not None else None

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Map ids to kind (the last word of the type), name of the target, and whether it lies outside."""
        folder, name = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in root if root is not None else ():
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            outside = relation.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                target = target if target in self else unquote(target)
            found[relation.get("Id", "")] = (kind, target, outside)
        return found

    def _find_main(self) -> tuple[str, etree._Element]:
        mimetype = self.read("mimetype", 200) if "mimetype" in self else b""
        types = self.read("[Content_Types].xml")
        if types is None:
            refuse_package(self.names, mimetype or b"")
        if any(word in types for word in _MACROS) or any(
            name.casefold().endswith("vbaproject.bin") for name in self.names
        ):
            raise Refused(RefusalCode.MACROS)
        mains = [target for kind, target, _ in self.relations("").values() if kind == _MAIN]
        if match := _MAIN_TYPE.search(types):
            mains.append(unquote((match[1] or match[2]).decode("utf-8", "replace")))
        main = next((name for name in mains if name in self), "word/document.xml")
        root = self.parse(main)
        if root is None or local_name(root) != "document":
            refuse_package(self.names, mimetype or b"")
        return main, root
