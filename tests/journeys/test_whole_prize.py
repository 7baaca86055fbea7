"""The whole prize once through, in a real browser: entering, preparing, releasing, judging, opening, announcing."""

import io
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from app.database import reading
from app.demo.contest import HERE
from app.tables import Entry
from app.web.officer_keys import in_browser
from tests.conftest import PASSWORD
from tests.journeys.conftest import House, picture
from tests.journeys.wire import Wire

ESSAYS = HERE / "essays"
CRITERIA = ("reflection", "progression", "language", "journal")


def test_whole_prize_from_entry_to_announcement(house, visitor, tmp_path):
    entrant = visitor()
    enter_by_upload(entrant, house)
    check_receipt(entrant)
    enter_by_paste_without_javascript(visitor(javascript=False), house)
    enter_and_withdraw(visitor(), house)

    desk = visitor()
    sign_in(desk, house, "essayprize@example.org")
    log_post(desk)
    type_in_post(desk)
    settle_findings(desk, house)
    house.close_entries()
    assert_late(visitor(), house)
    chair, treasurer = visitor(), visitor()
    sign_in(chair, house, "h.osgood@example.org")
    sign_in(treasurer, house, "nikhil.varma@example.org")
    assert_not_released(desk)
    compare_with_council(house, chair, treasurer, tmp_path)
    release(desk)

    # Of three judges one recognises the writer of one essay; Larkspur is ahead with the others.
    judge(
        visitor(),
        house,
        "g.pryce@example.org",
        {"Larkspur": 9, "Ninth Chair": 6, "Mrs Often": 7},
        pictures=True,
    )
    judge(
        visitor(), house, "olufemi.adewale@example.com", {"Larkspur": 8.5, "Ninth Chair": 7, "Mrs Often": 8}
    )
    judge(
        visitor(),
        house,
        "lucian.abbott@example.org",
        {"Larkspur": 9.5, "Mrs Often": 6},
        recognises="Ninth Chair",
    )

    decide(chair)
    open_envelope(house, chair, treasurer, tmp_path)
    announce(chair)
    read_results(visitor(), entrant, house)


def sign_in(page: Page, house: House, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("[name=code]").fill(house.totp(email))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))


def fill_in_entry(page: Page, *, nom: str, name: str, email: str) -> None:
    page.get_by_label("Nom de plume").fill(nom)
    page.get_by_label("Everyone else").check()
    page.get_by_label("Full name").fill(name)
    page.locator("[name=email]").fill(email)
    for declaration in page.locator("[name=declare]").all():
        declaration.check()
    page.locator("[name=ai][value=no]").check()
    page.locator("[name=journal][value=yes]").check()


def enter_by_upload(page: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The Essay Prize")
    picture(page, "01-contest")
    page.get_by_role("main").get_by_role("link", name="Enter the prize").first.click()
    # A nom de plume that gives the writer away is said at its field; the essay is kept meanwhile.
    fill_in_entry(
        page, nom="Petherick’s Ghost", name="Rosalind Petherick", email="rosalind.petherick@example.org"
    )
    page.locator("[name=organisations]").fill("Wharfe Lane Surgery")
    page.get_by_label("Imogen Hartnell").check()
    page.locator("[name=named]").check()
    page.locator("input[type=file]").set_input_files(ESSAYS / "larkspur.docx")
    picture(page, "02-enter")
    page.get_by_role("button", name="Enter the prize").click()
    expect(page.locator("#nom_de_plume-error")).to_be_visible()
    picture(page, "03-enter-problem")
    page.get_by_label("Nom de plume").fill("Larkspur")
    page.get_by_role("button", name="Enter the prize").click()
    page.wait_for_url("**/receipt*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Larkspur")


def check_receipt(page: Page) -> None:
    code = page.locator(".receipt-code").inner_text().replace("\n", "")
    assert len(code.replace("-", "")) == 28
    assert code not in page.url
    expect(page.get_by_role("heading", name="What we took out")).to_be_visible(timeout=60_000)
    picture(page, "04-receipt")
    copy = page.request.get("/receipt/reading-copy.pdf")
    text = pages_of(copy.body())
    assert "Larkspur" in text
    assert "Petherick" not in text
    assert page.request.get("/receipt/receipt.pdf").body().startswith(b"%PDF")
    # Put away and brought back with the code alone.
    page.get_by_role("button", name="Put this receipt away").click()
    page.get_by_label("Receipt code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Show my receipt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Larkspur")
    page.locator("input[type=file]").set_input_files(ESSAYS / "larkspur.docx")
    page.get_by_role("button", name="Replace my essay").click()
    expect(page.get_by_text("Your essay is replaced.")).to_be_visible()
    expect(page.get_by_role("heading", name="What we took out")).to_be_visible(timeout=60_000)


def enter_by_paste_without_javascript(page: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}/enter")
    fill_in_entry(page, nom="Ninth Chair", name="Callum Strathearn", email="callum@example.net")
    page.locator("summary").click()
    page.locator("[name=text]").fill((ESSAYS / "a-tuesday-locum.txt").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Enter the prize").click()
    page.wait_for_url("**/receipt*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ninth Chair")


def enter_and_withdraw(page: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}/enter")
    fill_in_entry(page, nom="Second Thoughts", name="Beatrix Lowndes", email="b.lowndes@example.net")
    page.locator("input[type=file]").set_input_files(ESSAYS / "fernhill.txt")
    page.get_by_role("button", name="Enter the prize").click()
    page.wait_for_url("**/receipt*")
    page.get_by_role("link", name="Withdraw this entry").click()
    page.get_by_label("Yes, withdraw this entry").check()
    picture(page, "05-withdraw")
    page.get_by_role("button", name="Withdraw the entry").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is withdrawn")


def log_post(page: Page) -> None:
    page.goto("/desk/post")
    page.locator("[name=date_received]").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.locator("[name=nom_de_plume]").fill("Mrs Often")
    page.get_by_label("Everyone else").check()
    page.locator("[name=envelope_label]").fill("B 12")
    page.locator("[name=envelope_place]").fill("safe, second shelf")
    picture(page, "06-post")
    page.locator("form[action='/desk/post'] button[type=submit]").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mrs Often")
    picture(page, "07-post-logged")


def type_in_post(page: Page) -> None:
    page.get_by_role("link", name="Open entry").click()
    page.locator("[name=text]").fill((ESSAYS / "mrs-often.txt").read_text(encoding="ascii"))
    page.get_by_role("button", name="Make the reading copy").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mrs Often")


def settle_findings(page: Page, house: House) -> None:
    wait_until_prepared(page, house, 3)
    page.goto("/desk")
    picture(page, "08-desk")
    for nom in ("Larkspur", "Ninth Chair", "Mrs Often"):
        page.goto("/desk")
        page.get_by_role("row", name=nom).get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(nom)
        picture(page, f"09-review-{nom.lower().replace(' ', '-')}")
        undecided = page.locator("[data-undecided]")
        for left in reversed(range(undecided.count())):
            undecided.first.get_by_role("button", name="Keep").click()
            expect(undecided).to_have_count(left)


def wait_until_prepared(page: Page, house: House, wanted: int) -> None:
    """The rows say when the worker is done; asking costs less than a page."""
    for _ in range(600):
        with reading(house.engines.contest) as session:
            if sum(entry.work == "done" for entry in session.scalars(select(Entry))) >= wanted:
                return
        page.wait_for_timeout(100)
    raise AssertionError("the worker did not finish within a minute")


def assert_late(page: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}/enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("closed")
    picture(page, "10-late")


def assert_not_released(page: Page) -> None:
    page.goto("/desk/release")
    waiting = page.get_by_role("listitem").filter(has_text="the officers have not made the Council check yet")
    expect(waiting).to_have_count(2)


def compare_with_council(house: House, chair: Page, treasurer: Page, folder: Path) -> None:
    """The treasurer hands parts over and the chair compares, each with the command on an own machine."""
    for page, who, link, button in (
        (treasurer, "varma", "For Harriet Osgood", "Hand in parts.age"),
        (chair, "osgood", "Download council-check.jsonl", "Hand in outcome.json"),
    ):
        key, bundle, made = (folder / f"council-{who}{end}" for end in (".age", ".jsonl", ".out"))
        key.write_text(house.staff.keys[who] + "\n")
        page.goto("/officers/council-check")
        picture(page, f"10-council-check-{who}")
        if in_browser():
            page.get_by_text("With a command instead of this page").click()
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        download.value.save_as(bundle)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "app",
                "officer",
                "match",
                "--key",
                str(key),
                str(bundle),
                "-o",
                str(made),
            ],
            check=True,
        )
        if who == "varma":
            page.locator("details").get_by_label("Harriet Osgood").check()
        page.locator("input[name=parts], input[name=outcome]").set_input_files(made)
        page.get_by_role("button", name=button).click()
    expect(chair.get_by_role("heading", level=1)).to_have_text("The Council check is made")
    picture(chair, "10-council-check-made")


def release(page: Page) -> None:
    page.goto("/desk/release")
    picture(page, "11-release")
    page.get_by_role("button", name="Release").click()
    expect(page.locator(".entries")).to_contain_text("Released")


def judge(
    page: Page,
    house: House,
    email: str,
    points: dict[str, float],
    *,
    recognises: str = "",
    pictures: bool = False,
) -> None:
    sign_in(page, house, email)
    if pictures:
        picture(page, "12-declaration")
    page.get_by_label("I declare this").check()
    page.get_by_role("button", name="Declare").click()
    if pictures:
        picture(page, "13-reading-list")
    if recognises:
        page.goto("/panel")
        page.locator("li, tr").filter(has_text=recognises).get_by_role("link").first.click()
        page.get_by_role("button", name="I recognise this writer").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("set aside")
        assert page.request.get(f"{page.url}/reading-copy.pdf").status == 404
        picture(page, "14-set-aside")
    for nom, each in points.items():
        page.goto("/panel")
        page.locator("li, tr").filter(has_text=nom).get_by_role("link").first.click()
        expect(page.locator(".book")).to_contain_text(nom)
        for place, key in enumerate(CRITERIA):
            page.locator(f"input[type=number][name=mark-{key}]").fill(str(each - place / 2))
        expect(page.get_by_text("Draft saved")).to_be_visible()
        if pictures and nom == "Larkspur":
            picture(page, "15-reading")
            page.reload()
            assert page.locator("input[name=mark-reflection]").first.input_value() == "9"
        page.get_by_role("button", name="Lock my marks").click()
        expect(page.get_by_text("Your marks are locked")).to_be_visible()
    if pictures:
        picture(page, "16-locked")


def decide(page: Page) -> None:
    page.goto("/officers?category=everyone-else")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Larkspur leads")
    picture(page, "17-ranking")
    page.get_by_label("one essay").check()
    page.get_by_label("Prize to Larkspur").check()
    page.get_by_label("Reserve order of Ninth Chair").fill("1")
    page.get_by_role("button", name="Lock the decision").click()
    expect(page.get_by_role("heading", name="The decision is locked")).to_be_visible()
    picture(page, "18-decided")
    page.goto("/officers?category=undergraduates")
    page.get_by_label("nobody this year").check()
    page.get_by_role("button", name="Lock the decision").click()
    expect(page.get_by_role("heading", name="The decision is locked")).to_be_visible()


def open_envelope(house: House, chair: Page, treasurer: Page, folder: Path) -> None:
    chair.goto("/officers/openings")
    chair.get_by_label("Why it is opened").fill("The decision gives the prize to Larkspur.")
    picture(chair, "19-opening-begins")
    chair.get_by_role("button", name="Begin the opening").click()
    chair.wait_for_url("**/openings/*")
    treasurer.goto(chair.url)
    wire = Wire(chair)
    hand_in_on_the_page(chair, folder, house.staff.keys["osgood"])
    hand_in(treasurer, folder, "varma", house.staff.keys["varma"])
    assert not wire.carried(house.staff.keys["osgood"])
    picture(treasurer, "20-opening")
    assert "Petherick" not in treasurer.content()
    treasurer.get_by_role("button", name="Open envelope").click()
    expect(treasurer.locator(".the-name")).to_have_text("Rosalind Petherick")
    picture(treasurer, "21-opened")
    treasurer.get_by_label("Yes, eligible").check()
    treasurer.get_by_role("button", name="Record it").click()
    expect(treasurer.get_by_text("Eligible, as recorded")).to_be_visible()


def hand_in_on_the_page(page: Page, folder: Path, secret: str) -> None:
    """Have the page open the part with the key's file; where it was built without npm it can't, and says so."""
    if not in_browser():
        expect(page.get_by_text("built without the part that opens a key")).to_be_visible()
        return hand_in(page, folder, "osgood", secret)
    key = folder / "osgood.age"
    key.write_text(secret + "\n")
    page.get_by_label("The file of your key").set_input_files(key)
    page.get_by_role("button", name="Open my part and hand it in").click()
    return expect(page.get_by_text("Your part is handed in")).to_be_visible()


def hand_in(page: Page, folder: Path, who: str, secret: str) -> None:
    """Decrypt the part on the officer's own machine, with the command; the key goes nowhere."""
    key, sealed, part = (folder / f"{who}{end}" for end in (".age", "-share.age", "-part.txt"))
    key.write_text(secret + "\n")
    if in_browser():
        page.get_by_text("With a command instead of this page").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download share.age").click()
    download.value.save_as(sealed)
    subprocess.run(
        [sys.executable, "-m", "app", "officer", "share", "--key", str(key), str(sealed), "-o", str(part)],
        check=True,
    )
    page.locator("input[name=part]").set_input_files(part)
    page.get_by_role("button", name="Hand in my part").click()
    expect(page.get_by_text("Your part is handed in")).to_be_visible()


def announce(page: Page) -> None:
    page.goto("/officers/announcement")
    picture(page, "22-before-announcing")
    page.get_by_role("button", name="Announce").click()
    page.wait_for_load_state()
    expect(page.locator(".slide").first).to_be_visible()
    assert "Rosalind Petherick" in page.content()
    picture(page, "23-announcement")
    certificate = page.request.get(
        page.locator("a[href*='/officers/certificates/']").first.get_attribute("href")
    )
    assert "Rosalind Petherick" in pages_of(certificate.body())


def read_results(page: Page, entrant: Page, house: House) -> None:
    page.goto(f"/prize/{house.slug}/results")
    expect(page.get_by_role("main")).to_contain_text("Rosalind Petherick, writing as Larkspur")
    picture(page, "24-results")
    entrant.goto("/receipt")
    expect(entrant.get_by_role("heading", level=1)).to_have_text("Your essay has won")
    picture(entrant, "25-receipt-won")


def pages_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
