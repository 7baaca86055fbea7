"""Loads what every document needs, so that a child forked afterwards reads no more files."""

import contextlib
import os
import zipfile
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from anonymiser.author import Author, Heading
from anonymiser.detect.model import NAMES_MODEL, load_model
from anonymiser.errors import ModelMissing, Refused
from anonymiser.pipeline import anonymise, probe
from anonymiser.read.scan import draw_page

_SAMPLE = """# A sample

It was *the* first of **May**, 1957, and Mr Nobody said: “Sit down.”[^1]

| a | b |
|---|---|
| c | d |

# References

1. Balint M. The doctor, his patient and the illness. London: Pitman; 1957.

[^1]: A note.
"""
_HTML = "<!DOCTYPE html><html><body><h1>A sample</h1><p>It was the <i>first</i> of May.</p></body></html>"
_RTF = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\pard It was the {\i first} of May\'97so he said.\par}"
_PACKAGES: tuple[dict[str, str], ...] = (
    {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            'Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
            "<w:r><w:t>It was the first of May.</w:t></w:r></w:p></w:body></w:document>"
        ),
    },
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
            "<text:p>It was the first of May.</text:p></office:text></office:body></office:document-content>"
        ),
    },
)
_ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "latin-1", "cp437", "idna")


def warm() -> None:
    for encoding in _ENCODINGS:
        "a".encode(encoding)
    nobody = Author(name="Nobody Whatsoever", phones=("020 7946 0000",), emails=("nobody@example.org",))
    heading = Heading("0", "Nobody")
    anonymise(_SAMPLE.replace("#", "").replace("*", "").encode("cp1252"), authors=(nobody,), heading=heading)
    made = anonymise(_SAMPLE.encode(), authors=(nobody,), heading=heading)
    for source in (_HTML.encode(), _RTF.encode(), *_packages(), made.pdf):
        with contextlib.suppress(Refused):  # what can't be read needs no warmth
            probe(source)
    draw_page(_picture(), 0)
    if model := os.environ.get(NAMES_MODEL):
        with contextlib.suppress(ModelMissing):  # whoever asks for it is told
            load_model(model)


def _packages() -> Iterator[bytes]:
    for parts in _PACKAGES:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        yield packed.getvalue()


def _picture() -> bytes:
    Image.init()
    drawn = BytesIO()
    Image.new("L", (8, 8)).save(drawn, "PNG")
    return drawn.getvalue()
