"""The Council check in a real browser: the page's verdicts are the library's, and keys stay where they are."""

import json
from collections import Counter

import pytest
from playwright.sync_api import Browser, Page, expect

from app.access import begin_session
from app.database import reading, transaction
from app.tables import CouncilCheck
from app.web.officer_keys import in_browser
from judging.tokens import MemberTokens, Tokens, match
from tests.checking import join_council, key_of
from tests.conftest import AFTER
from tests.entering import enter
from tests.invented_people import TODAY, council, entrant
from tests.judging.invented_panels import repeatable

CHECK = "/officers/council-check"
PAIRS = 2000
COMPARE = """async ({groups}) => {
    const {match, prepare} = await import("/static/js/council-match.js");
    return groups.map(({council, tokens}) => {
        const ready = prepare(council);
        return tokens.map((each) => match(each, ready));
    });
}"""


@pytest.fixture
def page(browser: Browser, site):
    """A browser that knows the site's address; nothing it complains of may pass."""
    opened, complaints = [], []

    def open_page(visit=None) -> Page:
        context = browser.new_context(base_url=site.address)
        opened.append(context)
        if visit is not None:
            with transaction(site.prize.engines.contest) as session:
                token = begin_session(
                    session, person_id=visit.person_id, contest_id=visit.contest_id, now=site.prize.clock()
                )
            context.add_cookies([{"name": "session", "value": token, "url": site.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def test_the_pages_verdicts_are_those_of_the_library(page):
    rng = repeatable(9)
    groups, expected = [], []
    for _ in range(40):
        drawn = council(rng, size=6)
        ready = [MemberTokens.of(each[0]) for each in drawn]
        tokens = [Tokens.of(entrant(rng, drawn), received=TODAY) for _ in range(PAIRS // 40)]
        groups.append(
            {"council": [each.as_json() for each in ready], "tokens": [each.as_json() for each in tokens]}
        )
        rules = [match(each, ready).rule for each in tokens]
        expected.append(["" if rule is None else rule.value for rule in rules])
    window = page()
    window.goto("/sign-in")

    found = window.evaluate(COMPARE, {"groups": json.loads(json.dumps(groups))})

    assert found == expected
    assert sum(map(len, found)) == PAIRS
    assert min(Counter(rule for each in found for rule in each).values()) > 30


def test_two_officers_make_the_check_in_their_browsers(page, site, tmp_path):
    prize = site.prize
    enter(prize)
    enter(prize, nom_de_plume="Heron", name="Ada Quill", email="ada@example.net")
    prize.clock.at = AFTER
    join_council(prize, "Dr Imogen Tarrent")
    last, giver = prize.staff.officers[:2]
    first, second = page(last), page(giver)
    sent = [watched(each) for each in (first, second)]

    second.goto(CHECK)
    if not in_browser():
        return expect(second.get_by_text("built without the part that uses a key")).to_be_visible()
    second.get_by_role("radio", name=last.person_name).first.check()
    with_key(second, prize, giver, tmp_path)
    second.get_by_role("button", name="Hand my parts over").click()
    expect(second.get_by_text("Your part is done")).to_be_visible()
    first.goto(CHECK)
    with_key(first, prize, last, tmp_path)
    first.get_by_role("button", name="Compare on this device").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("The Council check is made")

    with reading(prize.engines.contest) as session:
        outcomes = session.query(CouncilCheck).one().outcomes
    assert sorted(outcomes.values()) == ["", "similar-name"]
    for requests in sent:
        assert len(requests) > 2
        assert not any(b"AGE-SECRET-KEY" in each or b"tarrant" in each.lower() for each in requests)
    return None


def test_another_officers_key_is_refused_in_the_page(page, site, tmp_path):
    prize = site.prize
    enter(prize)
    prize.clock.at = AFTER
    last, giver, other = prize.staff.officers
    window = page(giver)
    window.goto(CHECK)
    if not in_browser():
        return expect(window.get_by_text("built without the part that uses a key")).to_be_visible()
    window.get_by_role("radio", name=last.person_name).first.check()
    with_key(window, prize, other, tmp_path)
    window.get_by_role("button", name="Hand my parts over").click()

    return expect(window.get_by_role("alert")).to_contain_text("not the one you registered")


def with_key(window, prize, officer, folder):
    path = folder / f"{officer.role_id}.age"
    path.write_text(f"{key_of(prize, officer)}\n")
    window.locator("[data-key-file]").set_input_files(path)


def watched(window):
    """Everything this page sends, as it is sent."""
    requests = []
    window.on(
        "request", lambda request: requests.append(request.url.encode() + (request.post_data_buffer or b""))
    )
    return requests
