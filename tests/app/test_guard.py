"""What every answer carries, and what every change must show of where it comes from."""

import re

import pytest

from app.database import reading
from app.tables import Entry
from tests.app.stages import open_for_entries_now, signed_in
from tests.entering import enter

EXPECTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def missing_of(answer):
    """Headers of the guard's that an answer lacks."""
    policy = answer.headers.get("content-security-policy", "")
    wanted = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
    lacking = [name for name, value in EXPECTED.items() if answer.headers.get(name) != value]
    return (
        lacking + [each for each in wanted if each not in policy] + (["unsafe"] if "unsafe" in policy else [])
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/prize/balint-2026", 200),
        ("GET", "/healthz", 200),
        ("GET", "/", 303),
        ("GET", "/desk", 303),
        ("GET", "/nowhere", 404),
        ("GET", "/prize/nowhere", 404),
        ("PUT", "/", 404),
        ("GET", "/static/css/base.css", 200),
        ("GET", "/static/nowhere.css", 404),
        ("GET", "/prize/balint-2026/dates.ics", 200),
        ("POST", "/prize/balint-2026/entries", 400),
    ],
)
def test_every_answer_carries_the_headers(site, method, path, status):
    answer = site.client().request(method, path)

    assert answer.status_code == status
    assert missing_of(answer) == []
    assert answer.headers["cache-control"]


def test_answer_too_large_carries_the_headers(site):
    answer = site.client().post("/sign-in", data={"email": "x" * 2_000_000})

    assert answer.status_code == 413
    assert missing_of(answer) == []


def test_answer_to_a_fault_of_ours_carries_the_headers(site):
    entry_id, _ = enter(site.prize)
    with reading(site.prize.engines.contest) as session:
        site.prize.engines.copies.remove(session.get_one(Entry, entry_id).copies[-1].pdf_key)

    answer = signed_in(site, site.prize.staff.administrator).get(f"/desk/entries/{entry_id}/reading-copy.pdf")

    assert answer.status_code == 500
    assert "fault of ours" in answer.text
    assert missing_of(answer) == []


def test_pages_lie_in_no_cache(site):
    assert site.client().get("/prize/balint-2026").headers["cache-control"] == "no-store"


def test_pages_hold_no_script_or_style_inline(site):
    open_for_entries_now(site.prize)

    text = site.client().get("/prize/balint-2026/enter").text

    assert "<form" in text
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", text) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "HERE"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"cookie": "session=x"},
    ],
    ids=lambda headers: ", ".join(headers.values()),
)
def test_change_asked_for_by_another_site_is_refused(site, headers):
    given = {name: site.address if value == "HERE" else value for name, value in headers.items()}
    client = site.client()
    del client.headers["origin"]

    answer = client.post("/sign-out", headers=given)

    assert answer.status_code == 403
    assert "another site" in answer.text
    assert missing_of(answer) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "cookie": "session=x"},
        {"sec-fetch-site": "none"},
        {"origin": "HERE"},
        {},
    ],
    ids=["same-origin", "typed", "origin", "program"],
)
def test_change_asked_for_by_a_page_of_ours_passes(site, headers):
    given = {name: site.address if value == "HERE" else value for name, value in headers.items()}
    client = site.client()
    del client.headers["origin"]

    assert client.post("/sign-out", headers=given).status_code == 303


def test_page_asked_for_by_another_site_is_shown(site):
    answer = site.client().get("/prize/balint-2026", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 200


def test_receipt_travels_in_a_cookie_that_scripts_and_other_sites_never_get(site):
    _, receipt = enter(site.prize)

    answer = site.client().post("/receipt", data={"code": receipt.text})

    assert (answer.status_code, answer.headers["location"]) == (303, "/receipt")
    attributes = answer.headers["set-cookie"].lower()
    assert "httponly" in attributes
    assert "samesite=lax" in attributes
    assert "path=/" in attributes


def test_no_address_on_the_receipts_pages_holds_the_code(site):
    _, receipt = enter(site.prize)
    client = site.client()
    client.post("/receipt", data={"code": receipt.text})

    text = client.get("/receipt").text

    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    assert len(addresses) > 5
    bare = receipt.text.replace("-", "")
    assert [each for each in addresses if receipt.text in each or bare in each.replace("-", "")] == []


def test_putting_the_receipt_away_clears_the_cookie(site):
    _, receipt = enter(site.prize)
    client = site.client()
    client.post("/receipt", data={"code": receipt.text})
    assert receipt.groups[0] in client.get("/receipt").text

    client.post("/receipt/leave")

    assert receipt.groups[0] not in client.get("/receipt").text
