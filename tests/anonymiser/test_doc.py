"""Documents of Word 97 to 2003: looked into everywhere, read where LibreOffice is."""

import hashlib
import os
import socket
import struct
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from anonymiser import Heading, RefusalCode, Refused, anonymise, dump_manuscript, probe
from anonymiser.manuscript import Emphasis, Role, Table
from anonymiser.outside import office, workspace
from anonymiser.outside.office import _remove_dead_sockets
from anonymiser.outside.programs import find_libreoffice
from anonymiser.read.compound import Compound
from anonymiser.read.doc import count_doc
from anonymiser.sandbox import sandboxed_anonymise, sandboxed_probe

SAMPLE = Path(__file__).parent / "samples" / "word97.doc"

with_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def made():
    return sandboxed_anonymise(SAMPLE.read_bytes(), authors=(), heading=Heading("4173", "Larkspur"))


def stream_at(source, name):
    """Where a stream begins in the file, found by its bytes."""
    return source.index(Compound(source).read(name)[:512])


def test_words_are_counted_without_a_program():
    assert count_doc(SAMPLE.read_bytes()) == 57


def test_without_libreoffice_the_refusal_says_how_to_save_anew(monkeypatch):
    monkeypatch.setenv("NOMDEPLUME_LIBREOFFICE", "")

    for attempt in (probe, sandboxed_probe):
        with pytest.raises(Refused) as refused:
            attempt(SAMPLE.read_bytes())
        assert refused.value.code is RefusalCode.LEGACY
        assert "Save as" in refused.value.message
        assert ".docx" in refused.value.message


@with_libreoffice
def test_a_probe_tells_format_and_words():
    found = sandboxed_probe(SAMPLE.read_bytes())

    assert found.format == "doc"
    assert found.words == 57


@with_libreoffice
def test_everything_visible_is_read(made):
    title, first, second, third, table, heading, reference = made.manuscript.blocks

    assert title.role is Role.TITLE
    assert title.text == "The waiting room"
    assert first.text.endswith("nobody in the practice had slept well.")
    assert any(Emphasis.ITALIC in run.emphasis and "nothing" in run.text for run in second.runs)
    assert third.text == "Silence has its uses."
    assert isinstance(table, Table)
    assert heading.role is Role.HEADING
    assert reference.role is Role.REFERENCE
    assert made.manuscript.notes[0][0].text == "He had, in fact, no garden."


@with_libreoffice
def test_nothing_hidden_passes(made):
    assert b"Zyxwvut" in SAMPLE.read_bytes()
    assert b"Zyxwvut" not in dump_manuscript(made.manuscript)
    assert b"Zyxwvut" not in made.pdf
    assert "Zyxwvut" not in str(made.report.as_json("doc"))


@with_libreoffice
def test_the_report_is_about_the_original(made):
    assert made.report.format == "doc"
    assert made.report.sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()


@with_libreoffice
def test_it_is_read_without_a_sandbox_too(made):
    here = anonymise(SAMPLE.read_bytes(), authors=(), heading=Heading("4173", "Larkspur"))

    assert here.manuscript == made.manuscript
    assert here.pdf == made.pdf


@with_libreoffice
def test_what_libreoffice_refuses_is_refused(heading):
    source = bytearray(SAMPLE.read_bytes())
    at = stream_at(source, "WordDocument")
    source[at + 0x20 : at + 0x400] = bytes(0x3E0)

    with pytest.raises(Refused) as refused:
        sandboxed_anonymise(bytes(source), authors=(), heading=heading)

    assert refused.value.message.endswith(".")


def test_sockets_of_a_libreoffice_that_was_ended_are_removed():
    names = [f"/tmp/OSL_PIPE_0_SingleOfficeIPC_{os.getpid()}{kind}" for kind in ("dead", "alive")]  # noqa: S108 - as LibreOffice names them
    sockets = [socket.socket(socket.AF_UNIX) for _ in names]
    for each, name in zip(sockets, names, strict=True):
        each.bind(name)
        each.listen()
    sockets[0].close()

    _remove_dead_sockets()

    assert [Path(name).exists() for name in names] == [False, True]
    sockets[1].close()
    _remove_dead_sockets()
    assert not Path(names[1]).exists()


@with_libreoffice
@pytest.mark.parametrize("seconds", [25, 1])
def test_nothing_is_left_behind(seconds, monkeypatch):
    monkeypatch.setattr(office, "_SECONDS", seconds)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)  # the program may run as nobody
        monkeypatch.setattr(workspace, "_place", lambda: place)

        with suppress(Refused):  # after one second
            office.convert(SAMPLE.read_bytes())

        assert list(place.iterdir()) == []


def test_a_document_with_a_password_is_refused():
    source = bytearray(SAMPLE.read_bytes())
    at = stream_at(source, "WordDocument")
    flags = struct.unpack_from("<H", source, at + 10)[0]
    struct.pack_into("<H", source, at + 10, flags | 0x0100)

    with pytest.raises(Refused) as refused:
        sandboxed_probe(bytes(source))

    assert refused.value.code is RefusalCode.ENCRYPTED


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_a_document_cut_off_is_refused_with_a_reason(share):
    source = SAMPLE.read_bytes()

    with pytest.raises(Refused) as refused:
        sandboxed_probe(source[: int(len(source) * share)])

    assert refused.value.code in {RefusalCode.TRUNCATED, RefusalCode.UNREADABLE}


def test_a_chain_of_sectors_in_a_circle_ends():
    source = bytearray(SAMPLE.read_bytes())
    table = struct.unpack_from("<I", source, 76)[0]
    for entry in range(60):
        struct.pack_into("<I", source, (table + 1) * 512 + 4 * entry, entry)

    with pytest.raises(Refused):
        sandboxed_probe(bytes(source))
