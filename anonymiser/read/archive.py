"""Opens the zip that a document is, within limits, and hands out its parts as bytes or safely parsed XML."""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree

from anonymiser.errors import RefusalCode, Refused

_MOST_MEMBERS = 4_000
_LARGEST_TOTAL = 400_000_000  # bytes, unpacked
_LARGEST_XML = 60_000_000
_LARGEST_RATIO = 250  # what repetitive but honest XML reaches; a bomb is at a thousand
_RATIO_MATTERS_FROM = 1_000_000
_ENCRYPTED = 0x1


class Archive:
    """Raises: Refused, on opening and on reading a part."""

    def __init__(self, source: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(source))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
            raise Refused(RefusalCode.TRUNCATED) from None
        self._infos = {info.filename.lstrip("/").replace("\\", "/").casefold(): info for info in infos}
        self.names = frozenset(info.filename.lstrip("/").replace("\\", "/") for info in infos)
        _check_limits(infos)

    def read(self, name: str, limit: int = _LARGEST_XML) -> bytes | None:
        """Return the bytes of a part; names differing in case only are the same, as in Word."""
        info = self._infos.get(name.casefold())
        if info is None:
            return None
        try:
            with self._zip.open(info) as part:
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise Refused(RefusalCode.TRUNCATED) from None
        except (NotImplementedError, RuntimeError, ValueError):
            raise Refused(RefusalCode.UNREADABLE) from None
        if len(data) > limit:
            raise Refused(RefusalCode.TOO_LARGE)
        return data

    def parse(self, name: str) -> etree._Element | None:
        data = self.read(name)
        return parse_xml(data) if data is not None else None

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._infos


def _check_limits(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > _LARGEST_TOTAL:
        raise Refused(RefusalCode.TOO_LARGE)
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise Refused(RefusalCode.ENCRYPTED)
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > _RATIO_MATTERS_FROM and ratio > _LARGEST_RATIO:
            raise Refused(RefusalCode.TOO_LARGE)


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that fetches nothing and declares nothing.

    Raises: Refused.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # two elements with one id are no reason to refuse an essay
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise Refused(RefusalCode.UNSAFE) from None
        deep = "depth" in str(error).casefold() or "huge" in str(error).casefold()
        raise Refused(RefusalCode.TOO_COMPLEX if deep else RefusalCode.UNREADABLE) from None
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise Refused(RefusalCode.UNSAFE)
    return root
