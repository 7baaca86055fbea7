"""Counts what a Word document carries beside its text and what therefore stays behind. Names none of it."""

import re

from lxml import etree

from anonymiser.errors import Refused
from anonymiser.read.docx.names import V, W, local_name
from anonymiser.read.docx.package import Package
from anonymiser.read.reading import Tally

# By part: what to call each thing in it, and the elements to count; "" counts the root's children that hold
# text.
_PARTS: tuple[tuple[re.Pattern[str], str, str, str], ...] = (
    (re.compile(r"docProps/(?:core|app|custom)\.xml"), "property", "document properties", ""),
    (re.compile(r"word/comments\d*\.xml"), "comment", "comments", "comment"),
    (re.compile(r"word/people\.xml"), "person", "people", "person"),
)
_BINARY = (
    (re.compile(r"docprops/thumbnail\.\w+"), "thumbnail", "package"),
    (re.compile(r"customxml/item\d*\.xml"), "custom XML", "package"),
    (re.compile(r"word/embeddings/.+"), "embedded file", "package"),
    (re.compile(r"word/(?:activex|webextensions|ink)/.+"), "embedded object", "package"),
    (re.compile(r"word/fonts/.+"), "embedded font", "package"),
    (re.compile(r"word/glossary/document\.xml"), "building blocks", "package"),
    (
        re.compile(r"word/printersettings.+|customizations\.xml|_xmlsignatures/.+\.xml"),
        "settings of a computer",
        "package",
    ),
)
_MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
_SETTINGS = (("docVar", "document variable"), ("rsid", "revision id"))


def count_leftovers(package: Package, tally: Tally) -> None:
    for name in sorted(package.names):
        folded = name.casefold()
        for pattern, what, where in _BINARY:
            if pattern.fullmatch(folded):
                tally.add(what, where)
        for pattern, what, where, wanted in _PARTS:
            if pattern.fullmatch(name) and (root := _parse(package, name)) is not None:
                tally.add(what, where, _count(root, wanted))
        if (margin := _MARGINS.fullmatch(name)) and (root := _parse(package, name)) is not None:
            tally.add(margin[1], f"{margin[1]}s", 1 if any(text.strip() for text in root.itertext()) else 0)
            tally.add("watermark", f"{margin[1]}s", sum(1 for _ in root.iter(V + "textpath")))
        if name.endswith("settings.xml") and (root := _parse(package, name)) is not None:
            for element, what in _SETTINGS:
                tally.add(what, "settings", sum(1 for _ in root.iter(W + element)))
    for settings in (name for name in package.names if name.endswith("word/settings.xml")):
        kinds = [kind for kind, _, _ in package.relations(settings).values()]
        tally.add("path of a template", "settings", kinds.count("attachedTemplate"))


def _parse(package: Package, name: str) -> etree._Element | None:
    """Parse a part for counting alone: a broken one must not make the essay unreadable."""
    try:
        return package.parse(name)
    except Refused:
        return None


def _count(root: etree._Element, wanted: str) -> int:
    if not wanted:
        return sum(1 for child in root if any(text.strip() for text in child.itertext()))
    return sum(1 for child in root if local_name(child) == wanted)
