# ruff: noqa: E501 - XML and sentences of essays are not broken

import io
import zipfile

import pytest

from anonymiser import RefusalCode, Refused, probe
from anonymiser.read.docx import package


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
FILES = {
    "nothing": (b"", RefusalCode.EMPTY),
    "blanks": (b" \n\t\r\n", RefusalCode.EMPTY),
    "a mark and nothing": (b"\xef\xbb\xbf\n", RefusalCode.EMPTY),
    "punctuation": (b"... --- ...", RefusalCode.EMPTY),
    "a pdf": (b"%PDF-1.7\n...", RefusalCode.UNSUPPORTED_FORMAT),
    "rtf": (b"{\\rtf1 words}", RefusalCode.UNSUPPORTED_FORMAT),
    "html": (b"<!DOCTYPE html><html>words</html>", RefusalCode.UNSUPPORTED_FORMAT),
    "a photograph": (b"\xff\xd8\xff\xe0 words", RefusalCode.UNSUPPORTED_FORMAT),
    "an old document": (COMPOUND + "WordDocument".encode("utf-16-le"), RefusalCode.UNSUPPORTED_FORMAT),
    "a document with a password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), RefusalCode.ENCRYPTED),
    "an open document": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        RefusalCode.UNSUPPORTED_FORMAT,
    ),
    "a spreadsheet": (
        zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
        RefusalCode.UNSUPPORTED_FORMAT,
    ),
    "an archive": (zipped({"essay.txt": "words"}), RefusalCode.NOT_A_DOCUMENT),
    "a program": (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00" + bytes(range(256)) * 4, RefusalCode.NOT_A_DOCUMENT),
    "control characters": (b"\x01\x02\x03\x04words\x05\x06", RefusalCode.NOT_A_DOCUMENT),
}


@pytest.mark.parametrize("kind", FILES)
def test_other_files_are_refused_with_a_reason(kind):
    source, code = FILES[kind]

    with pytest.raises(Refused) as refused:
        probe(source)

    assert refused.value.code is code
    assert refused.value.message.endswith(".")


def test_a_pdf_is_told_what_to_do():
    with pytest.raises(Refused, match=r"save it as \.docx"):
        probe(b"%PDF-1.4 whatever")


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
    source = docx(para("words"), {f"word/x{number}.xml": "" for number in range(package._MOST_MEMBERS)})

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
