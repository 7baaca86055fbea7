# ruff: noqa: E501 - XML and sentences of essays are not broken

import gzip
import io
import time
import zipfile

import pytest

from anonymiser import RefusalCode, Refused, probe
from anonymiser.read import archive


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MAIL = b"Received: from mx\nMessage-ID: <1@example.org>\nFrom: Jane Okonkwo <jane@example.org>\nMIME-Version: 1.0\n"
UNSUPPORTED, NOTHING = RefusalCode.UNSUPPORTED_FORMAT, RefusalCode.NOT_A_DOCUMENT
FILES = {
    "nothing": (b"", RefusalCode.EMPTY, "no text"),
    "blanks": (b" \n\t\r\n", RefusalCode.EMPTY, "no text"),
    "a mark and nothing": (b"\xef\xbb\xbf\n", RefusalCode.EMPTY, "no text"),
    "punctuation": (b"... --- ...", RefusalCode.EMPTY, "no text"),
    "half a pdf": (b"%PDF-1.7\n...", RefusalCode.TRUNCATED, "incomplete"),
    "half a photograph": (b"\xff\xd8\xff\xe0 words", RefusalCode.UNREADABLE, "damaged"),
    "half an old document": (COMPOUND + "WordDocument".encode("utf-16-le"), RefusalCode.UNREADABLE, "damaged"),
    "a document with a password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), RefusalCode.ENCRYPTED, "password"),
    "a spreadsheet": (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), UNSUPPORTED, "spreadsheet"),
    "a presentation": (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}), UNSUPPORTED, "presentation"),
    "an open spreadsheet": (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), UNSUPPORTED, "spreadsheet"),
    "an open presentation": (zipped({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"}), UNSUPPORTED, "presentation"),
    "pages": (zipped({"Index/Document.iwa": "x", "preview.jpg": "x"}), UNSUPPORTED, "Export To"),
    "pages of 2009": (zipped({"index.xml.gz": "x", "QuickLook/Preview.pdf": "x"}), UNSUPPORTED, "Export To"),
    "a folder of pages": (zipped({"essay.pages/Index.zip": "x"}), UNSUPPORTED, "Export To"),
    "textedit with pictures": (zipped({"essay.rtfd/TXT.rtf": "x"}), UNSUPPORTED, "TextEdit"),
    "an e-book": (zipped({"mimetype": "application/epub+zip", "OEBPS/a.xhtml": "x"}), UNSUPPORTED, "e-book"),
    "an archive": (zipped({"essay.txt": "words"}), NOTHING, "unpack it"),
    "an archive of one document": (zipped({"essay.docx": "words"}), NOTHING, "unpack it"),
    "a 7z archive": (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(99), NOTHING, "unpack it"),
    "a rar archive": (b"Rar!\x1a\x07\0" + bytes(99), NOTHING, "unpack it"),
    "a gzipped text": (gzip.compress(b"words"), NOTHING, "unpack it"),
    "wordperfect": (b"\xffWPC\x10\0\0\0" + bytes(99), UNSUPPORTED, "WordPerfect"),
    "word 2": (b"\xdb\xa5\x2d\0" + bytes(99), UNSUPPORTED, "last century"),
    "word for dos": (b"\x31\xbe\0\0\0\xab" + bytes(99), UNSUPPORTED, "last century"),
    "an e-mail": (MAIL + b"\nDear Secretary,\n", UNSUPPORTED, "This is an e-mail"),
    "a web archive": (MAIL.replace(b"Received", b"Snapshot-Content-Location") + b"\n<html>", UNSUPPORTED, "archive"),
    "a photograph of apple's": (b"\0\0\0\x18ftypheic" + bytes(99), UNSUPPORTED, "JPEG"),
    "a film": (b"\0\0\0\x18ftypqt  " + bytes(99), NOTHING, "film"),
    "a google document": (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": "j@example.org"}', NOTHING, "link"),
    "a windows link": (b"[InternetShortcut]\r\nURL=https://example.org\r\n", NOTHING, "link"),
    "a mac link": (b'<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN"><plist><key>URL</key>', NOTHING, "link"),
    "xml": (b"<?xml version='1.0'?><essay>words</essay>", UNSUPPORTED, "XML"),
    "latex": (b"\\documentclass{article}\\begin{document}words", UNSUPPORTED, "LaTeX"),
    "postscript": (b"%!PS-Adobe-3.0\n(words) show", UNSUPPORTED, "PostScript"),
    "an encrypted message": (b"-----BEGIN PGP MESSAGE-----\n\nwords", RefusalCode.ENCRYPTED, "password"),
    "a program": (b"\x7fELF\x02\x01\x01\0\0\0\0" + bytes(range(256)) * 4, NOTHING, "not a text document"),
    "control characters": (b"\x01\x02\x03\x04words\x05\x06", NOTHING, "not a text document"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_other_files_are_refused_with_a_reason(kind):
    source, code, said = FILES[kind]

    with pytest.raises(Refused) as refused:
        probe(source)

    assert refused.value.code is code
    assert said in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "BMJ readers will know the waiting room of a practice.",
        "From: the beginning, I knew.\nTo: the end, I did not.\nSubject: silence.",
        "Received: with thanks, said the card, and nothing else.",
        "PK was the patient I shall remember.",
        "RIFFs on a theme by Balint",
        "MM was a patient; II was another.",
        '{"url" is where the quotation began, and it ended nowhere.',
        "GIF or jpeg? My daughter asks such things.",
    ],
)
def test_an_essay_that_begins_like_another_file_is_read(text):
    assert probe(text.encode()).words == len(text.split())


def test_a_heap_of_comments_takes_no_time():
    began = time.process_time()

    probe(b"<!--->" * 150 + b"words")

    assert time.process_time() - began < 1


def test_a_page_in_utf_16_is_known_as_one():
    assert probe("<html><body><p>two words</p></body></html>".encode("utf-16")).format == "html"


def test_a_document_without_text_is_empty(docx):
    with pytest.raises(Refused) as refused:
        probe(docx("<w:p/>"))

    assert refused.value.code is RefusalCode.EMPTY


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_document_cut_off_is_truncated(docx, para, share):
    whole = docx(para("words " * 500))

    with pytest.raises(Refused) as refused:
        probe(whole[: int(len(whole) * share)])

    assert refused.value.code is RefusalCode.TRUNCATED


@pytest.mark.parametrize(
    "member",
    [{"word/vbaProject.bin": b"x"}, {"word/VBAPROJECT.BIN": b"x"}],
)
def test_macros_are_refused(docx, para, member):
    with pytest.raises(Refused) as refused:
        probe(docx(para("words"), member))

    assert refused.value.code is RefusalCode.MACROS
    assert "without macros" in refused.value.message


DTDS = {
    "entity": '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    "outside": '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">',
}


@pytest.mark.parametrize("kind", DTDS)
def test_any_document_type_declaration_is_refused(docx, para, kind):
    source = docx(para("words here"), {"word/footnotes.xml": f"{DTDS[kind]}<w:footnotes {{ns}}/>"})

    with pytest.raises(Refused) as refused:
        probe(source)

    assert refused.value.code is RefusalCode.UNSAFE


def test_a_zip_bomb_is_refused_before_it_is_unpacked(docx, para):
    source = docx(para("words"), {"word/styles.xml": b"<x>" + b" " * 50_000_000 + b"</x>"})

    with pytest.raises(Refused) as refused:
        probe(source)

    assert refused.value.code is RefusalCode.TOO_LARGE


def test_too_many_members_are_refused(docx, para):
    source = docx(para("words"), {f"word/x{number}.xml": "" for number in range(archive._MOST_MEMBERS)})

    with pytest.raises(Refused) as refused:
        probe(source)

    assert refused.value.code is RefusalCode.TOO_LARGE


def test_a_member_that_lies_about_its_size_is_refused(docx, para):
    source = docx(para("words " * 1000))
    lying = bytearray(source)
    at = lying.rindex(b"PK\x01\x02", 0, lying.rindex(b"word/document.xml"))
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")

    with pytest.raises(Refused):
        probe(bytes(lying))


@pytest.mark.parametrize("depth", [120, 300, 5000])
def test_deep_nesting_ends_in_words_or_a_refusal(docx, depth):
    body = (
        "<w:p>" + "<w:smartTag>" * depth + "<w:r><w:t>deep</w:t></w:r>" + "</w:smartTag>" * depth + "</w:p>"
    )

    try:
        words = probe(docx(body)).words
    except Refused as refused:
        assert refused.code is RefusalCode.TOO_COMPLEX  # noqa: PT017 - either end is right
    else:
        assert words == 1


def test_an_encrypted_member_is_refused(docx, para):
    source = bytearray(docx(para("words")))
    position = 0
    while (position := source.find(b"PK\x01\x02", position)) >= 0:
        source[position + 8] |= 1
        position += 4

    with pytest.raises(Refused) as refused:
        probe(bytes(source))

    assert refused.value.code is RefusalCode.ENCRYPTED


def test_a_text_that_calls_itself_a_document_is_read_as_what_it_is():
    assert probe(b"Only some words in a file called essay.docx").format == "txt"


def test_no_refusal_quotes_the_file(docx):
    with pytest.raises(Refused) as refused:
        probe(docx("<w:p><w:r><w:t>Zyxwvut</w:p>"))

    assert "Zyxwvut" not in f"{refused.value!r} {refused.value.__cause__} {refused.value.message}"
