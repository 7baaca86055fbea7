"""Forms as they stream in: bounded, and nothing of them left behind."""

import re
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from app.settings import Settings
from tests.app.stages import open_for_entries_now, signed_in, uploads
from tests.conftest import Prize

LARGEST = 64 * 1024
ENTRIES = "/prize/balint-2026/entries"
KIND = {"content-type": "multipart/form-data; boundary=XX"}


@pytest.fixture
def prize(prize: Prize) -> Prize:
    """An installation that takes 64 KB, so that its bounds are soon reached."""
    settings = Settings(data=prize.engines.settings.data, max_upload=LARGEST)
    prize.engines = replace(prize.engines, settings=settings)
    open_for_entries_now(prize)
    return prize


def minted(client):
    found = re.search(r'name="minted" value="([^"]+)"', client.get("/prize/balint-2026/enter").text)
    assert found is not None
    return found[1]


def part(name, content, *, filename=None):
    named = f'; filename="{filename}"' if filename is not None else ""
    head = f'--XX\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


END = b"--XX--\r\n"


def test_file_over_the_limit_is_refused_in_plain_words_and_not_kept(site):
    client = site.client()
    token = minted(client)

    answer = client.post(
        ENTRIES,
        data={"minted": token, "name": "Imogen Tarrant"},
        files={"essay": ("essay.docx", b"x" * (LARGEST + 1))},
    )

    assert answer.status_code == 413
    assert "the most we can take is 64 KB" in answer.text
    assert 'value="Imogen Tarrant"' in answer.text
    assert uploads(site.prize) == []


def test_body_far_over_the_limit_is_broken_off_and_not_kept(site):
    body = part("essay", b"x" * (5 * LARGEST), filename="essay.docx") + END

    answer = site.client().post(ENTRIES, content=body, headers=KIND)

    assert answer.status_code == 413
    assert "far too large" in answer.text
    assert uploads(site.prize) == []


def test_fields_before_and_after_the_file_are_kept_in_the_form(site):
    client = site.client()
    token = minted(client)
    before = part("minted", token.encode()) + part("nom_de_plume", b"Grey Linnet")
    file = part("essay", b"x" * (LARGEST + 1), filename="essay.docx")
    after = part("name", "Zoë <Quill>".encode()) + part("ai", b"yes") + part("ai_use", b"for\r\nspelling")

    answer = client.post(ENTRIES, content=before + file + after + END, headers=KIND)

    assert answer.status_code == 413
    assert 'value="Grey Linnet"' in answer.text
    assert 'value="Zoë &lt;Quill&gt;"' in answer.text
    assert "for\nspelling</textarea>" in answer.text


def test_form_cut_off_leaves_nothing(site):
    body = part("minted", b"x") + part("essay", b"x" * 5000, filename="essay.docx")

    answer = site.client().post(ENTRIES, content=body[:-20], headers=KIND)

    assert answer.status_code == 400
    assert "broke before everything had arrived" in answer.text
    assert uploads(site.prize) == []


def test_connection_lost_in_the_file_leaves_nothing(site):
    """The server is asked for its health in between, so that it has had its turn to notice."""
    client, address = site.client(), urlsplit(site.address)
    head = (
        f"POST {ENTRIES} HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {site.address}\r\n"
        f"Content-Type: {KIND['content-type']}\r\nContent-Length: 50000\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(head.encode() + part("essay", b"x" * 5000, filename="essay.docx"))
        begun = any(uploads(site.prize) == ["upload"] for _ in range(200) if client.get("/healthz"))

    left = any(uploads(site.prize) == [] for _ in range(200) if client.get("/healthz"))

    assert begun
    assert left


@pytest.mark.parametrize(
    "body",
    [b"words", b"--YY\r\n", b"--XX\r\nno header\r\n\r\nwords\r\n--XX--\r\n", b"--XX\r\n\r\n\r\n"],
    ids=["words", "boundary", "header", "end"],
)
def test_malformed_form_is_refused(site, body):
    answer = site.client().post(ENTRIES, content=body, headers=KIND)

    assert answer.status_code == 400
    assert "Nothing was kept" in answer.text
    assert uploads(site.prize) == []


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data"], ids=["json", "text", "no boundary"]
)
def test_form_of_an_unknown_kind_is_refused(site, kind):
    answer = site.client().post(ENTRIES, content=b"{}", headers={"content-type": kind})

    assert answer.status_code == 400
    assert "came in a way we do not know" in answer.text


def test_more_parts_than_any_form_of_ours_has_are_refused(site):
    answer = site.client().post(ENTRIES, content=part("x", b"") * 301 + END, headers=KIND)

    assert answer.status_code == 400
    assert "too many parts" in answer.text


def test_more_text_than_a_form_can_take_is_refused(site):
    answer = site.client().post("/sign-in", data={"email": "x" * (1024 * 1024 + 1)})

    assert answer.status_code == 413


def test_urlencoded_form_that_is_no_text_is_refused(site):
    answer = site.client().post(
        "/sign-in",
        content=b"email=\xff\xfe",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 400


def test_more_fields_than_any_form_of_ours_has_are_refused(site):
    answer = site.client().post(
        "/sign-in",
        content=b"a=1&" * 301,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/receipt", "/receipt/leave"])
def test_file_sent_to_a_form_that_takes_none_is_not_kept(site, path):
    site.client().post(path, files={"essay": ("essay.docx", b"x" * 5000)})

    assert uploads(site.prize) == []


def test_file_sent_to_the_desk_is_not_kept(site):
    desk = signed_in(site, site.prize.staff.administrator)

    desk.post("/desk/release", files={"essay": ("essay.docx", b"x" * 5000)})

    assert uploads(site.prize) == []


def test_file_not_chosen_is_no_file(site):
    client = site.client()
    body = part("minted", minted(client).encode()) + part("essay", b"", filename="") + END

    answer = client.post(ENTRIES, content=body, headers=KIND)

    assert answer.status_code == 422
    assert "Choose the file of your essay" in answer.text
    assert uploads(site.prize) == []


def test_only_the_first_of_two_files_is_kept_while_the_form_is_read(site):
    client = site.client()
    files = part("essay", b"plain words enough for an essay", filename="a.txt") + part(
        "essay", b"x" * LARGEST, filename="b.txt"
    )

    answer = client.post(ENTRIES, content=part("minted", minted(client).encode()) + files + END, headers=KIND)

    assert answer.status_code in {413, 422}
    assert set(uploads(site.prize)) <= {"held"}
