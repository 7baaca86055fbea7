"""The search for a canary finds it wherever it is put, and does not cry at what is sealed or unlike it."""

import base64
import gzip
import io
import json
import secrets
import sqlite3
import zipfile
import zlib
from urllib.parse import quote

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.vault import age
from tests.anonymity.canary import Canary

WORD = "Zsófia Quackenbush-Ottoline"
SECRET = bytes.fromhex("8f3a52c1d4e79b06aa55f00d12345678")
CANARY = Canary((WORD,), (SECRET,))


def a_pdf(text, title=""):
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setTitle(title)
    canvas.drawString(72, 700, text)
    canvas.save()
    return out.getvalue()


def a_zip(content, name="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


PUT = {
    "utf-8": WORD.encode(),
    "capitals": WORD.encode().upper().replace("ó".encode().upper(), "ó".encode()),
    "utf-16-le": WORD.encode("utf-16-le"),
    "utf-16-be": WORD.encode("utf-16-be"),
    "url": quote(WORD).encode(),
    "json": json.dumps({"name": WORD}).encode(),
    "hex": WORD.encode().hex().encode(),
    "HEX": WORD.encode().hex().upper().encode(),
    "base64": base64.b64encode(WORD.encode()),
    "base64 after one": base64.b64encode(b"{" + WORD.encode() + b"}"),
    "base64 after two": base64.urlsafe_b64encode(b'{"' + WORD.encode() + b'"}'),
    "zlib": b"some pages before " + zlib.compress(WORD.encode() * 3),
    "gzip": gzip.compress(WORD.encode()),
    "zip": a_zip(WORD.encode()),
    "zip within a zip": a_zip(a_zip(WORD.encode())),
    "zip's file name": a_zip(b"", name=f"{WORD}.txt"),
    "zip within something": b"\0" * 999 + a_zip(WORD.encode()),
    "pdf's text": a_pdf(WORD),
    "pdf's title": a_pdf("", title=WORD),
    "secret": b"..." + SECRET + b"...",
    "secret in hex": SECRET.hex().upper().encode(),
    "secret in base64": base64.b64encode(b"12" + SECRET + b"3"),
    "secret zipped": a_zip(b"code " + SECRET),
}


@pytest.mark.parametrize("how", PUT)
def test_canary_is_found(how):
    assert CANARY.found_in(b"before it " + PUT[how] if "pdf" not in how else PUT[how]) != []


def test_canary_is_found_in_a_database_and_its_log(tmp_path):
    connection = sqlite3.connect(tmp_path / "some.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE entry (name TEXT, code BLOB)")
    connection.execute("INSERT INTO entry VALUES (?, ?)", (WORD, SECRET))
    connection.commit()
    connection.execute("DELETE FROM entry")
    connection.commit()

    assert set(CANARY.found_under(tmp_path)) == {"some.sqlite3-wal"}
    connection.close()


def test_canary_is_found_in_the_name_of_a_file(tmp_path):
    (tmp_path / f"{WORD}.docx").touch()

    assert len(CANARY.found_under(tmp_path)) == 1


def test_canary_is_not_found_where_it_is_sealed_or_is_not():
    sealed = age.seal(WORD.encode() + SECRET, age.public_key(age.new_secret()))

    assert CANARY.found_in(sealed) == []
    assert CANARY.found_in(b"Quackenbush and Ottoline went home") == []
    assert CANARY.found_in(secrets.token_bytes(100_000)) == []
