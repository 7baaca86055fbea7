"""Files broken at random: each is a reading copy or a refusal in words, never a crash, a hang or something left.

NOMDEPLUME_FUZZ=20000 tries more of each format; NOMDEPLUME_FUZZ_KEEP=folder keeps the bytes that failed.
"""

# ruff: noqa: E501 - XML and sentences of essays are not broken

import hashlib
import io
import os
import random
import tempfile
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

from anonymiser import Author, Heading, RefusalCode, Refused
from anonymiser.outside import workspace
from anonymiser.read.doc import count_doc
from anonymiser.read.scan import draw_page
from anonymiser.sandbox import run, sandboxed_anonymise, sandboxed_probe

RUNS = int(os.environ.get("NOMDEPLUME_FUZZ", "1000"))
KEEP = os.environ.get("NOMDEPLUME_FUZZ_KEEP", "")
WHOLE_WAY = 25  # of so many files that can be read, one is made into a reading copy
SAMPLES = Path(__file__).parent / "samples"
AUTHORS = (Author(name="Jane Okonkwo", emails=("jane@example.org",)),)
NEVER = {RefusalCode.CRASHED, RefusalCode.TIMED_OUT, RefusalCode.NOT_VERIFIED}

TEXT = (
    "# Title\n\nWords *by* Jane Okonkwo, jane@example.org[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted\n\n1. one\n"
    "2. two\n\n```\ncode\n```\n\nTerm\n====\n\n<b>bold</b> &amp; [link](http://example.org)\n\n[^1]: a note\n"
)
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\froman\fcharset0 Times;}}{\colortbl;\red255\green0\blue0;}"
    rb"{\info{\author Jane}}{\stylesheet{\s1 heading 1;}}\pard\s1 Title\par \pard Words \b bold\b0  and \i it\i0 "
    rb"\'e9\u8212? {\footnote a note}{\field{\*\fldinst HYPERLINK}{\fldrslt shown}}\par"
    rb"\trowd\cellx100\cellx200 a\cell b\cell\row {\pict\pngblip\bin4 abcd}{\*\unknown x}\deleted gone\deleted0\par}"
)
HTML = (
    b"<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title><style>.h{display:none}</style></head><body>"
    b"<h1>Title</h1><p class=h>hidden</p><p>Words <b>bold</b> <sup>1</sup> &eacute; by Jane Okonkwo</p><ol start=3><li>one"
    b"<ul><li>two</ul></ol><table><tr><td colspan=2>c</table><!-- x --><img src='data:image/png;base64,AAAA'></body></html>"
)
ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><style:style style:name="P1" '
    'style:family="paragraph"/></office:automatic-styles><office:body><office:text><text:h text:outline-level="1">Title</text:h>'
    '<text:p text:style-name="P1">Words<text:s text:c="3"/>by Jane<text:note text:note-class="footnote"><text:note-citation>1'
    "</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note></text:p><text:list><text:list-item>"
    '<text:p>one</text:p></text:list-item></text:list><table:table><table:table-row table:number-rows-repeated="2"><table:table-cell '
    'table:number-columns-spanned="2"><text:p>c</text:p></table:table-cell></table:table-row></table:table></office:text></office:body>'
    "</office:document-content>"
)
TOKENS = {
    "docx": [b"<w:p>", b"</w:r>", b"<w:tbl/>", b'<w:gridSpan w:val="99999999"/>', b"<w:br/>", b"<w:fldChar/>"],
    "odt": [b"<text:p>", b"</text:p>", b'text:c="99999999"', b'table:number-columns-repeated="16384"', b"<text:s/>"],
    "rtf": [b"{", b"}", rb"\bin999999999 ", rb"\u-99999?", rb"\'", rb"\row", rb"\cell", rb"\uc99", b"\\", rb"{\*"],
    "html": [b"<table>", b"</td>", b"<p hidden>", b"<!--", b"&#x110000;", b"<svg>", b"<math>", b"]]>", b"<pre>"],
    "pdf": [b"obj", b"endobj", b"<<", b">>", b"/Kids[1 0 R]", b"stream\n", b" 0 R", b"/Filter/FlateDecode", b"Do\n", b"BT "],
    "txt": [b"\n\n", b"```", b"|", b"[^1]", b"> ", b"    ", b"<!--", b"---\n", b"\xff", b"\xe2\x80", b"\r"],
}  # fmt: skip
COMMON = [b"\x00", b"&amp;", b"999999999999", b"-1", b"\xff\xff\xff\xff", b"%s", b""]


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def picture():
    page = Image.new("RGB", (120, 160), "white")
    ImageDraw.Draw(page).text((8, 8), "Words of an essay", "black")
    return page


def saved(kind, **how):
    out = io.BytesIO()
    picture().save(out, kind, **how)
    return out.getvalue()


def pdf():
    out = io.BytesIO()
    pen = canvas.Canvas(out, pageCompression=0)
    for page in range(2):
        pen.drawString(72, 700, f"Words on page {page} by Jane Okonkwo")
        pen.drawInlineImage(picture(), 72, 500, 60, 80)
        pen.bookmarkPage(f"p{page}")
        pen.showPage()
    pen.save()
    return out.getvalue()


def samples(*endings):
    return [path.read_bytes() for path in sorted(SAMPLES.rglob("*")) if path.suffix in endings]


def docx_samples(docx, para):
    styles = '<w:styles {ns}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
    body = para("Title", '<w:pStyle w:val="T"/>') + para("Words by Jane Okonkwo. " * 5) + (
        f"<w:tbl><w:tr><w:tc>{para('cell')}</w:tc></w:tr></w:tbl>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>AUTHOR</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>x</w:t><w:fldChar w:fldCharType="end"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    )  # fmt: skip
    note = f'<w:footnotes {{ns}}><w:footnote w:id="2">{para("note")}</w:footnote></w:footnotes>'
    return [docx(body, {"word/styles.xml": styles, "word/footnotes.xml": note}), *samples(".docx")]


def odt_samples():
    whole = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODT})
    return [whole, *samples(".odt")]


def mutate(data, chance, tokens):
    mutated = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(mutated))
        action = chance.randrange(6)
        if action == 0:
            mutated[at] = chance.randrange(256)
        elif action == 1:
            del mutated[at : at + chance.randrange(1, 30)]
        elif action == 2:
            mutated[at:at] = mutated[at : at + chance.randrange(1, 60)]
        elif action == 3:
            mutated[at:at] = chance.choice(tokens + COMMON)
        elif action == 4:
            mutated[at:at] = chance.choice(tokens + COMMON) * chance.randrange(1, 400)
        elif chance.random() < 0.2:
            del mutated[at:]
        if not mutated:
            return b"x"
    return bytes(mutated)


def mutate_part(source, chance, tokens):
    """Break one part of a package whose zip stays sound."""
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(sorted(parts))
    return zipped({**parts, name: mutate(parts[name] or b"x", chance, tokens)})


@pytest.fixture
def sources(docx, para):
    return {
        "docx": lambda: docx_samples(docx, para),
        "odt": odt_samples,
        "rtf": lambda: [RTF, *samples(".rtf")],
        "html": lambda: [HTML, *samples(".html", ".htm")],
        "pdf": lambda: [pdf(), *samples(".pdf")],
        "txt": lambda: [TEXT.encode("cp1252"), TEXT.replace("\n", "\r\n").encode("utf-16")],
        "md": lambda: [TEXT.encode()],
        "doc": lambda: samples(".doc"),
        "png": lambda: [saved("PNG"), saved("PNG", optimize=True)],
        "jpeg": lambda: [saved("JPEG"), saved("JPEG", progressive=True)],
        "tiff": lambda: [
            saved("TIFF"),
            saved("TIFF", compression="tiff_lzw"),
            saved("TIFF", compression="jpeg"),
        ],
    }


def read_doc(source):
    run(count_doc, source)


def read_picture(source):
    run(draw_page, source, 0)


def read_document(source):
    sandboxed_probe(source)
    if int.from_bytes(hashlib.sha256(source).digest()[:4]) % WHOLE_WAY == 0:
        sandboxed_anonymise(source, authors=AUTHORS, heading=Heading("1", "L"))


READERS = {"doc": read_doc, "png": read_picture, "jpeg": read_picture, "tiff": read_picture}
KINDS = [
    "docx",
    "docx parts",
    "odt",
    "odt parts",
    "rtf",
    "html",
    "pdf",
    "txt",
    "md",
    "doc",
    "png",
    "jpeg",
    "tiff",
]


@pytest.mark.parametrize("kind", KINDS)
def test_broken_files(kind, sources, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(workspace, "_place", lambda: tmp_path)
    monkeypatch.setenv("NOMDEPLUME_TESSERACT", "")  # what is found to be a scan is refused, not recognised
    chance = random.Random(f"4173 {kind}")
    ending = kind.split(" ")[0]
    whole = sources[ending]()
    tokens = TOKENS.get(ending, TOKENS["txt"])
    change = mutate_part if kind.endswith(" parts") else mutate
    failed = []
    for number in range(RUNS):
        broken = change(whole[number % len(whole)], chance, tokens)
        try:
            READERS.get(ending, read_document)(broken)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either end is right
            if refused.code in NEVER:
                failed.append((number, refused.code.value, refused.where))
                keep(kind, number, broken, refused)
    assert failed == []
    assert list(tmp_path.iterdir()) == []
    assert sandboxed_probe(b"two words").words == 2


def keep(kind, number, broken, refused):
    if KEEP:
        folder = Path(KEEP, kind.replace(" ", "-"))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.bin").write_bytes(broken)
        (folder / f"{number}.txt").write_text(f"{refused.code} {refused.where}\n")
