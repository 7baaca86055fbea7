"""Officers make their keys, rehearse and open an envelope in the page, and no key ever leaves it."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.ceremony.rehearsal import register_key
from app.database import reading
from app.intake.prepare import prepare
from app.tables import Entry
from app.vault import age
from app.web.officer_keys import in_browser
from tests.journeys.conftest import House, picture
from tests.journeys.test_whole_prize import fill_in_entry, sign_in
from tests.journeys.wire import Wire

PASSPHRASES = {
    "h.osgood@example.org": "seven herons over Wharfedale",
    "nikhil.varma@example.org": "a kettle nobody else would sing",
}
SECRET = "AGE-SECRET-KEY-1"

pytestmark = pytest.mark.skipif(
    not in_browser() and shutil.which("npm") is None,
    reason="npm is not here, so what opens keys in the browser cannot be bundled",
)


def test_officers_rehearse_and_open_an_envelope_in_the_page(new_house, newcomer, tmp_path):
    house = new_house
    assert in_browser(), "npm is here: `make bundle` makes what these pages need"
    entrant = newcomer()
    assert_not_taking(entrant, house)
    chair, treasurer = officers(newcomer, house)
    wires = [Wire(chair), Wire(treasurer)]

    keys = {}
    for page, email in ((chair, "h.osgood@example.org"), (treasurer, "nikhil.varma@example.org")):
        keys[email] = make_key(page, tmp_path, email)
    chair.goto("/officers/keys")
    picture(chair, "30-rehearsal")
    mistype_passphrase(chair, keys["h.osgood@example.org"][0])
    try_key(chair, *keys["h.osgood@example.org"])
    expect(chair.get_by_text("It opens once one more officer has done so.")).to_be_visible()
    assert_not_taking(entrant, house)
    try_key(treasurer, *keys["nikhil.varma@example.org"])
    expect(treasurer.get_by_role("heading", name="The test envelope is open")).to_be_visible()
    picture(treasurer, "31-rehearsed")
    # The page of the officer who waited shows it by itself.
    expect(chair.get_by_role("heading", name="The test envelope is open")).to_be_visible(timeout=30_000)
    assert chair.locator(".phrase").inner_text() == treasurer.locator(".phrase").inner_text()

    enter_with_a_name_like_a_members(entrant, house)
    open_envelope(chair, treasurer, keys)

    secrets = [each.read_text() for each in tmp_path.glob("*.printed")]
    assert len(secrets) == 2
    assert all(secret.startswith(SECRET) for secret in secrets)
    for wire in wires:
        assert wire.carried("part_text="), "the parts themselves were sent"
        for forbidden in (SECRET, *secrets, *(secret[20:60] for secret in secrets), *PASSPHRASES.values()):
            assert not wire.carried(forbidden)


def officers(newcomer, house: House) -> tuple[Page, Page]:
    pages = newcomer(), newcomer()
    for page, email in zip(pages, PASSPHRASES, strict=True):
        sign_in(page, house, email)
    return pages


def assert_not_taking(page: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}")
    expect(page.get_by_text("Entries can’t be taken yet")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Enter the prize")).to_have_count(0)
    page.goto(f"/prize/{house.slug}/enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Entries can’t be taken yet")


def make_key(page: Page, folder: Path, email: str) -> tuple[Path, str]:
    """Make a key in the page; keep its file, and what the printed page says."""
    passphrase = PASSPHRASES[email]
    page.goto("/officers/keys")
    if email.startswith("h."):
        picture(page, "28-no-key")
    page.get_by_label("A passphrase for it").fill(passphrase)
    page.get_by_label("The same once more").fill(passphrase)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Make my key").click()
    assert download.value.suggested_filename == "officer-key-the-prize.age"
    path = folder / f"{email}.age"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    sheet = page.locator(".key-sheet")
    expect(sheet).to_be_visible()
    (folder / f"{email}.printed").write_text(re.sub(r"\s", "", sheet.locator(".key-text").inner_text()))
    if email.startswith("h."):
        picture(page, "29-key-made")
    page.get_by_label("The file is saved and this page is printed").check()
    page.get_by_role("button", name="Register my key").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("registered, and not tried yet")
    return path, passphrase


def mistype_passphrase(page: Page, path: Path) -> None:
    page.get_by_label("The file of your key").set_input_files(path)
    page.get_by_label("Its passphrase").fill("not this one")
    page.get_by_role("button", name="Open my part and hand it in").click()
    expect(page.get_by_text("That is not the passphrase")).to_be_visible(timeout=60_000)


def try_key(page: Page, path: Path, passphrase: str) -> None:
    page.goto("/officers/keys")
    page.get_by_label("The file of your key").set_input_files(path)
    page.get_by_label("Its passphrase").fill(passphrase)
    page.get_by_role("button", name="Open my part and hand it in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("registered and tested", timeout=60_000)


def enter_with_a_name_like_a_members(page: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}/enter")
    fill_in_entry(page, nom="Larkspur", name="Hariet Osgood", email="somebody@example.net")
    page.locator("summary").first.click()
    page.locator("[name=text]").fill("A week of evenings at the group, and what came of it. " * 20)
    page.get_by_role("button", name="Enter the prize").click()
    page.wait_for_url("**/receipt*")
    with reading(house.engines.contest) as session:
        entry_id = session.scalars(select(Entry.id)).one()
    prepare(house.engines, entry_id=entry_id, now=datetime.now(UTC))


def open_envelope(chair: Page, treasurer: Page, keys: dict[str, tuple[Path, str]]) -> None:
    chair.goto("/officers/openings")
    chair.get_by_label("Why it is opened").fill("The name is like a member’s.")
    chair.get_by_role("button", name="Begin the opening").click()
    chair.wait_for_url("**/openings/*")
    treasurer.goto(chair.url)
    # The key of another officer is no good here, and the page says so before anything is sent.
    path, passphrase = keys["nikhil.varma@example.org"]
    chair.get_by_label("The file of your key").set_input_files(path)
    chair.get_by_label("Its passphrase").fill(passphrase)
    chair.get_by_role("button", name="Open my part and hand it in").click()
    expect(chair.get_by_text("not the one you registered")).to_be_visible(timeout=60_000)
    picture(chair, "32-wrong-key")
    for page, email in ((chair, "h.osgood@example.org"), (treasurer, "nikhil.varma@example.org")):
        path, passphrase = keys[email]
        page.get_by_label("The file of your key").set_input_files(path)
        page.get_by_label("Its passphrase").fill(passphrase)
        page.get_by_role("button", name="Open my part and hand it in").click()
        expect(page.get_by_text("Your part is handed in")).to_be_visible(timeout=60_000)
    treasurer.get_by_role("button", name="Open envelope").click()
    expect(treasurer.locator(".the-name")).to_have_text("Hariet Osgood")


def test_key_typed_from_the_printed_page_opens_the_part(new_house, newcomer, tmp_path):
    assert in_browser(), "npm is here: `make bundle` makes what these pages need"
    another, now = new_house.staff.officers[2], datetime.now(UTC)
    register_key(new_house.engines, visit=another, public_key=age.public_key(age.new_secret()), now=now)
    chair = newcomer()
    sign_in(chair, new_house, "h.osgood@example.org")
    make_key(chair, tmp_path, "h.osgood@example.org")
    printed = (tmp_path / "h.osgood@example.org.printed").read_text()
    typed = " ".join(re.findall(".{1,6}", printed.lower().replace("0", "o")))

    chair.goto("/officers/keys")
    chair.get_by_text("I have only the printed page").click()
    chair.get_by_label("The key, as printed").fill(typed[:-3])
    chair.get_by_role("button", name="Open my part and hand it in").click()
    expect(chair.get_by_text("too short")).to_be_visible()
    chair.get_by_label("The key, as printed").fill(typed[:-1] + ("q" if typed[-1] != "q" else "p"))
    chair.get_by_role("button", name="Open my part and hand it in").click()
    expect(chair.get_by_text("A character of the typed key is wrong")).to_be_visible()
    chair.get_by_label("The key, as printed").fill(typed)
    chair.get_by_role("button", name="Open my part and hand it in").click()

    expect(chair.get_by_role("heading", level=1)).to_contain_text("registered and tested")


def test_officer_without_javascript_is_offered_the_command(new_house, newcomer):
    page = newcomer(javascript=False)
    sign_in(page, new_house, "h.osgood@example.org")

    page.goto("/officers/keys")

    expect(page.get_by_text("nomdeplume officer keygen")).to_be_visible()
    expect(page.get_by_label("Your public key")).to_be_visible()
    expect(page.get_by_role("button", name="Make my key")).to_be_hidden()
