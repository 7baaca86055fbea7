"""Counts what an OpenDocument text carries beside its text and what therefore stays behind. Names none of it."""

import re

from lxml import etree

from anonymiser.errors import Refused
from anonymiser.read.odt.names import OFFICE, OFFICEOOO, STYLE
from anonymiser.read.odt.package import Package
from anonymiser.read.reading import Tally

_PARTS = (
    (re.compile(r"thumbnails/.+"), "thumbnail"),
    (re.compile(r"(?:basic|scripts)/.+"), "macro"),
    (re.compile(r"settings\.xml|configurations2/.+\.xml"), "settings of a computer"),
    (re.compile(r"meta-inf/.*signatures.*\.xml"), "digital signature"),
    (re.compile(r"fonts/.+"), "embedded font"),
)


def count_leftovers(package: Package, tally: Tally) -> None:
    for name in sorted(package.names):
        for pattern, what in _PARTS:
            if pattern.fullmatch(name.casefold()) and not name.endswith("/"):
                tally.add(what, "package")
    for root in _roots(package):
        for properties in root.iterfind(OFFICE + "meta"):
            tally.add("property", "package", sum(1 for each in properties if _says_something(each)))
        for page in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
            for margin in page:
                if any(text.strip() for text in margin.itertext()):
                    tally.add(
                        "footer" if str(margin.tag).startswith(STYLE + "footer") else "header", "headers"
                    )
        tally.add("macro", "package", sum(len(scripts) for scripts in root.iterfind(OFFICE + "scripts")))
        tally.add("revision id", "settings", sum(1 for _ in root.iterfind(f".//*[@{OFFICEOOO}rsid]")))


def _roots(package: Package) -> list[etree._Element]:
    roots = [package.content] if package.content is not None else []
    if package.styles is not None and package.styles is not package.content:
        roots.append(package.styles)
    try:
        properties = package.parse("meta.xml")
    except Refused:
        # A broken part that is only counted must not make the essay unreadable.
        return roots
    return [*roots, properties] if properties is not None else roots


def _says_something(element: etree._Element) -> bool:
    return bool(element.attrib) or any(text.strip() for text in element.itertext())
