"""Looks for an identity nobody could overlook, however it may be spelt in a file: encoded, packed or set in a PDF."""

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, quote_plus

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_LEAST = 4
"""Octets a mark needs to be looked for as base64 or hex: less is found by accident."""
_DEEPEST = 3
"""So many packings within each other are opened."""
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")


@dataclass(frozen=True)
class Canary:
    """What must be found nowhere: words of an identity, and secrets as octets."""

    words: tuple[str, ...] = ()
    secrets: tuple[bytes, ...] = ()

    def found_in(self, content: bytes) -> list[str]:
        """Which marks stand in `content`, and in which spelling."""
        found = set()
        for haystack in unpacked(content):
            lower = haystack.lower()
            found |= {said for spelt, said in self._in_any_case.items() if spelt in lower}
            found |= {said for spelt, said in self._as_it_is.items() if spelt in haystack}
        return sorted(found)

    def found_under(self, *folders: Path) -> dict[str, list[str]]:
        """Which files in these folders, by name or content, hold a mark."""
        found = {}
        for path in (each for folder in folders for each in folder.rglob("*")):
            marks = self.found_in(path.name.encode())
            try:
                marks += self.found_in(path.read_bytes()) if path.is_file() else []
            except FileNotFoundError:
                continue  # gone since it was listed
            if marks:
                found[path.name] = marks
        return found

    @cached_property
    def _in_any_case(self) -> dict[bytes, str]:
        """What to look for in lower case, each with what it says when found."""
        spelt = {each.lower(): f"{word} ({how})" for word in self.words for how, each in _spellings(word)}
        return spelt | {each.hex().encode(): f"secret {n} (hex)" for n, each in enumerate(self.secrets)}

    @cached_property
    def _as_it_is(self) -> dict[bytes, str]:
        words = {each: f"{word} (base64)" for word in self.words for each in _base64s(word.encode())}
        secrets = {each: f"secret {n}" for n, secret in enumerate(self.secrets) for each in _base64s(secret)}
        return words | secrets | {secret: f"secret {n}" for n, secret in enumerate(self.secrets)}

    def __add__(self, other: "Canary") -> "Canary":
        return Canary(self.words + other.words, self.secrets + other.secrets)


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """`content`, and whatever is packed in it: archives, deflated streams, a PDF's text and properties."""
    yield content
    if depth == _DEEPEST:
        return
    for inner in (*_from_archive(content), *_inflated(content), *_from_pdf(content)):
        yield from unpacked(inner, depth + 1)


def _spellings(word: str) -> Iterator[tuple[str, bytes]]:
    yield "utf-8", word.encode()
    yield "utf-16-le", word.encode("utf-16-le")
    yield "utf-16-be", word.encode("utf-16-be")
    yield "latin-1", word.encode("latin-1", errors="replace")
    yield "url", quote(word).encode()
    yield "form", quote_plus(word).encode()
    yield "json", json.dumps(word)[1:-1].encode()
    yield "xml", word.encode("ascii", errors="xmlcharrefreplace")
    yield "run together", word.replace(" ", "").encode()
    if len(word) >= _LEAST:
        yield "hex", word.encode().hex().encode()


def _base64s(octets: bytes) -> Sequence[bytes]:
    """How base64, of either alphabet, spells `octets` from each of the three places they can begin at."""
    if len(octets) < _LEAST:
        return ()
    spelt = []
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + octets)
        # Characters that neighbours share in are left out.
        inner = whole[(0, 2, 3)[before] : len(octets + b"\0" * before) * 8 // 6]
        spelt += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    return spelt


def _from_archive(content: bytes) -> Iterator[bytes]:
    start = content.find(b"PK\x03\x04")
    if start < 0:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content[start:])) as archive:
            yield from (archive.read(each) for each in archive.infolist())
            yield "\n".join(archive.namelist()).encode() + archive.comment
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        return


def _inflated(content: bytes) -> Iterator[bytes]:
    whole = memoryview(content)
    for found in _ZLIB.finditer(content):
        try:
            inner = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(whole[found.start() :], 4_000_000)
        except zlib.error:
            continue
        if inner:
            yield inner


def _from_pdf(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"%PDF"):
        return
    try:
        reader = PdfReader(io.BytesIO(content))
        yield " ".join("".join(page.extract_text() for page in reader.pages).split()).encode()
        yield repr((reader.metadata, reader.trailer)).encode()
    except PyPdfError:
        return
