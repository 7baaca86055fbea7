"""Files made to do harm: each ends as a reading copy or as a refusal with a reason, soon, and fetches nothing."""

# ruff: noqa: E501 - hostile files are not broken into lines

import io
import socket
import time
import zipfile
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from anonymiser import RefusalCode, Refused
from anonymiser.sandbox import sandboxed_anonymise, sandboxed_probe

READ = "read"
SOON = 33.0  # seconds: the limit, and what starting and ending takes on a busy machine


@pytest.fixture
def end(heading):
    """How a file ends: READ, or the code of its refusal."""

    def ended(source):
        began = time.monotonic()
        try:
            sandboxed_anonymise(source, authors=(), heading=heading)
            code = READ
        except Refused as refused:
            assert refused.message.endswith(".")  # noqa: PT017 - either end is right
            code = refused.code
        assert time.monotonic() - began < SOON
        assert sandboxed_probe(b"two words").words == 2
        return code

    return ended


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def odt(content, **parts):
    head = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    )
    whole = f"{head}<office:body><office:text>{content}</office:text></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": whole, **parts})


def pdf(*objects):
    """A PDF of these objects, numbered from 1, whose catalogue is the first."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))


def stream(data, entries=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>/XObject<</X 5 0 R>>>>>>"
CATALOGUE, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
WORDS = b"BT /F 12 Tf 72 700 Td (Words enough of an essay) Tj ET "


def png(width, height):
    """A picture that says how large it is, and all of whose rows are white."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    packer = zlib.compressobj(9)
    rows = (
        b"".join(packer.compress(bytes(1 + (width + 7) // 8)) for _ in range(min(height, 2000)))
        + packer.flush()
    )
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\1\0\0\0\0")
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def tiff(width, height):
    entries = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, height),
        (279, 4, 10),
    ]
    packed = b"".join(
        tag.to_bytes(2, "little")
        + kind.to_bytes(2, "little")
        + (1).to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, kind, value in entries
    )
    return b"II*\0\x08\0\0\0" + len(entries).to_bytes(2, "little") + packed + bytes(4)


def packed_blanks(megabytes):
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


# What a library written in C makes of these is its own death, in its child.
DEADLY = {
    "a pdf that unpacks to half a gigabyte",
    "a form that draws itself",
    "forms that double twenty-five times",
}
BOMBS = {
    "an open document that unpacks to fifty megabytes": lambda: odt("<text:p>words</text:p>" + " " * 50_000_000),
    "a space repeated a thousand million times": lambda: odt('<text:p>words<text:s text:c="1000000000"/></text:p>'),
    "a row repeated a thousand million times": lambda: odt(
        '<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell '
        'table:number-columns-repeated="1000000"><text:p>words</text:p></table:table-cell></table:table-row></table:table>'
    ),
    "an open document nested a hundred thousand times": lambda: odt("<text:section>" * 100_000 + "words"),
    "a picture of 60,000 pixels square": lambda: png(60_000, 60_000),
    "a scan of 60,000 pixels square": lambda: tiff(60_000, 60_000),
    "a scan of four thousand million pixels across": lambda: tiff(0xFFFFFFFF, 1),
    "a pdf that unpacks to half a gigabyte": lambda: pdf(
        CATALOGUE, PAGES, PAGE, stream(zlib.compress(packed_blanks(500), 9), b"/Filter[/FlateDecode/FlateDecode]"), b"null"
    ),
    "a pdf whose pages contain themselves": lambda: pdf(CATALOGUE, b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"),
    "a pdf with a page tree of great depth": lambda: pdf(
        CATALOGUE, *(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, 20_000)), PAGE.replace(b"2 0 R", b"19999 0 R", 1)
    ),
    "a pdf that says it has a million pages": lambda: pdf(CATALOGUE, b"<</Type/Pages/Count 1000000/Kids[3 0 R]>>", PAGE, stream(WORDS), b"null"),
    "a form that draws itself": lambda: pdf(
        CATALOGUE, PAGES, PAGE, stream(WORDS + b"/X Do"), stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    ),
    "forms that double twenty-five times": lambda: pdf(
        CATALOGUE,
        PAGES,
        PAGE,
        stream(WORDS + b"/X Do"),
        *(
            stream(b"/X Do /X Do ", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
            for number in range(5, 30)
        ),
        stream(WORDS, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
    ),
    "a pdf with an array of millions": lambda: pdf(CATALOGUE, PAGES, PAGE, stream(WORDS), b"[" + b"0 " * 5_000_000 + b"]"),
    "a pdf nested a million times": lambda: pdf(CATALOGUE, PAGES, PAGE, stream(WORDS), b"[" * 1_000_000),
    "a pdf with a million states saved": lambda: pdf(CATALOGUE, PAGES, PAGE, stream(b"q " * 1_000_000 + WORDS), b"null"),
    "rich text nested a million times": lambda: b"{\\rtf1 words " + b"{" * 1_000_000,
    "rich text with a block longer than any file": lambda: b"{\\rtf1 words \\bin2147483647 x}",
    "rich text with a block of negative length": lambda: b"{\\rtf1 words \\bin-5 x}",
    "rich text of very many rows": lambda: b"{\\rtf1 " + b"\\trowd\\cellx1 a\\cell\\row" * 10_000 + b"}",
    "a page nested a hundred thousand times": lambda: b"<html><body>" + b"<div>" * 100_000 + b"words",
    "a page of tables in tables": lambda: b"<html><body>" + b"<table><tr><td>" * 5_000 + b"words",
    "a page with a cell of a million columns": lambda: b"<html><body><table><tr><td colspan=1000000000 rowspan=1000000000>words</table>",
    "a list nested as deep as a file allows": lambda: b"".join(b" " * depth + b"- word\n" for depth in range(1_500)),
    "quotations nested a hundred thousand times": lambda: b">" * 100_000 + b" words of an essay",
    "brackets without end": lambda: b"# Title\n\n" + b"[" * 20_000 + b"words",
    "stars without end": lambda: b"# Title\n\n" + b"*a **b " * 10_000,
    "one line of megabytes": lambda: b"word " * 700_000,
    "a word without end": lambda: b"w" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_or_read_soon(bomb, end):
    ended = end(BOMBS[bomb]())

    assert ended is not RefusalCode.CRASHED or bomb in DEADLY


def test_a_bomb_of_entities_is_refused_in_an_open_document_too(end):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    source = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": laughs})

    assert end(source) is RefusalCode.UNSAFE


def test_an_archive_in_a_document_stays_packed(docx, para, end):
    nested = b"x"
    for _ in range(8):
        nested = zipped({f"{number}.zip": nested for number in range(8)})

    assert end(docx(para("words enough"), {"word/embeddings/a.zip": nested})) == READ


def encrypted_pdf():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="AES-256-R5")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted_odt():
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>'
        "</manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": bytes(range(256)),
            "META-INF/manifest.xml": manifest,
        }
    )


@pytest.mark.parametrize("make", [encrypted_pdf, encrypted_odt])
def test_a_file_with_a_password_is_refused_as_such(make, end):
    assert end(make()) is RefusalCode.ENCRYPTED


def test_a_file_that_is_two_things_is_read_as_the_first(docx, para, end):
    document = docx(para("words enough"))

    assert end(document + pdf(CATALOGUE, PAGES, PAGE, stream(WORDS), b"null")) in {
        READ,
        RefusalCode.TRUNCATED,
    }
    assert end(pdf(CATALOGUE, PAGES, PAGE, stream(WORDS), b"null") + document) in {
        READ,
        RefusalCode.UNREADABLE,
    }
    assert end(b"GIF89a<html><body>words enough</body></html>") in {
        RefusalCode.TRUNCATED,
        RefusalCode.UNREADABLE,
    }


@pytest.fixture
def listening():
    """A server on this machine that nothing may reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


REMOTE = {
    "html": lambda url: f'<html><head><link rel=stylesheet href="{url}"><style>@import url({url})</style><base href="{url}"></head>'
    f'<body><p>words enough</p><img src="{url}"><iframe src="{url}"></iframe><script src="{url}"></script></body></html>'.encode(),
    "rtf": lambda url: (
        rf'{{\rtf1{{\*\template {url}}} words enough {{\field{{\*\fldinst INCLUDEPICTURE "{url}"}}{{\fldrslt x}}}}}}'.encode()
    ),
    "odt": lambda url: odt(f'<text:p>words enough<draw:frame><draw:image xlink:href="{url}"/></draw:frame></text:p>'),
    "pdf": lambda url: pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(%s)>>>>" % url.encode(), PAGES, PAGE, stream(WORDS), b"null"
    ),
    "markdown": lambda url: f"# Title\n\nwords enough ![picture]({url}) [link]({url})\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("kind", [*REMOTE, "docx"])
def test_nothing_in_a_file_is_fetched(kind, end, listening, docx, para):
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
    if kind == "docx":
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        source = docx(
            para("words enough"),
            {"word/settings.xml": '<w:settings {ns}><w:attachedTemplate r:id="t"/></w:settings>'},
            f'<Relationship Id="t" Type="{office}/attachedTemplate" Target="{url}" TargetMode="External"/>'
            f'<Relationship Id="i" Type="{office}/image" Target="{url}" TargetMode="External"/>',
        )
    else:
        source = REMOTE[kind](url)

    assert end(source) == READ
    with pytest.raises(TimeoutError):
        listening.accept()


def test_the_reading_copy_of_a_hostile_pdf_is_free_of_it(heading):
    source = pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        PAGES,
        PAGE,
        stream(WORDS),
        b"null",
    )

    made = sandboxed_anonymise(source, authors=(), heading=heading)

    assert b"JavaScript" not in made.pdf
    assert "/OpenAction" not in PdfReader(io.BytesIO(made.pdf)).trailer["/Root"]
