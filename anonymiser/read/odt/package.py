"""Opens an OpenDocument text, a zip or one flat file of XML, and hands out its parts."""

import posixpath
from urllib.parse import unquote

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.archive import Archive, parse_xml
from anonymiser.read.odt.names import OFFICE
from anonymiser.read.recognise import refuse_package

_TEXT_TYPE = b"application/vnd.oasis.opendocument.text"


class Package:
    """`content` and `styles` are the roots of the two parts, which are one in a flat file.

    Raises: Refused, on opening and on reading a part.
    """

    def __init__(self, source: bytes) -> None:
        self.archive = Archive(source) if source.startswith(b"PK") else None
        self.content: etree._Element | None
        self.styles: etree._Element | None
        if self.archive is None:
            self.content = self.styles = parse_xml(source)
            return
        _refuse_others(self.archive)
        self.content = self.archive.parse("content.xml")
        self.styles = self.archive.parse("styles.xml")

    @property
    def names(self) -> frozenset[str]:
        return self.archive.names if self.archive is not None else frozenset()

    def read(self, target: str, limit: int) -> bytes | None:
        if self.archive is None:
            return None
        return self.archive.read(posixpath.normpath(unquote(target)).lstrip("/"), limit)

    def parse(self, target: str) -> etree._Element | None:
        if self.archive is None:
            return None
        return self.archive.parse(posixpath.normpath(unquote(target)).lstrip("/"))

    @property
    def body(self) -> etree._Element | None:
        return self.content.find(f"{OFFICE}body/{OFFICE}text") if self.content is not None else None


def _refuse_others(archive: Archive) -> None:
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else b""
    if b"encryption-data" in (manifest or b"") or "encrypted-package" in archive:
        raise Refused(RefusalCode.ENCRYPTED)
    mimetype = (archive.read("mimetype", 400) if "mimetype" in archive else b"") or b""
    if "content.xml" not in archive or (mimetype and not mimetype.startswith(_TEXT_TYPE)):
        refuse_package(archive.names, mimetype)
