"""An unmistakable name goes in by every way there is, and is looked for in everything a judge or the disk can show."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from docx import Document
from PIL import Image, PngImagePlugin
from sqlalchemy import event, inspect

from app.access import begin_session
from app.database import transaction
from app.demo.contest import Staff
from app.desk.release import release_entries
from app.intake.prepare import prepare
from app.panel.mark import declare_interest
from app.tables import Entry, Finding
from tests.anonymity.canary import Canary
from tests.checking import check
from tests.conftest import AFTER, Prize, Site
from tests.entering import WORDS

FIRST, LAST = "Zephyrine", "Quackenbush-Ottoline"
NAME = f"{FIRST} {LAST}"
EMAIL = "zephyrine@quackenbush-ottoline.example"
WORKPLACE = "Winterbourne Zigzag Surgery"
MARKS = (FIRST, LAST, LAST.split("-", maxsplit=1)[0], "Zigzag", "quackenbush-ottoline.example")


found_in = Canary(MARKS).found_in


def telling_essay() -> bytes:
    """A Word document that names its author wherever such a document can."""
    drawing, out = io.BytesIO(), io.BytesIO()
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", NAME)
    Image.new("RGB", (60, 40), "white").save(drawing, "PNG", pnginfo=note)
    drawing.seek(0)
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.title = properties.keywords = NAME
    document.sections[0].header.paragraphs[0].text = f"{NAME}, {WORKPLACE}"
    document.sections[0].footer.paragraphs[0].text = EMAIL
    document.add_heading("The Chair by the Door", level=0)
    document.add_paragraph(f"by {NAME}")
    document.add_paragraph(WORDS)
    document.add_paragraph(f"“Dr {LAST},” she said, and then “{FIRST}”, as if at {WORKPLACE} one could.")
    document.add_picture(drawing)
    document.add_comment(document.paragraphs[2].runs, text=f"{FIRST}, cut this?", author=NAME, initials="ZQO")
    document.add_paragraph(WORDS)
    document.add_paragraph(f"Dr {NAME}, {EMAIL}, 01632 960100")
    document.save(out)
    return out.getvalue()


@pytest.fixture
def judged(site: Site, capfd: pytest.CaptureFixture[str]) -> tuple[Site, str]:
    """The telling essay, entered over HTTP under a telling file name, prepared, settled and released."""
    prize = site.prize
    entrant = site.client()
    form = entrant.get(f"/prize/{prize.slug}/enter").text
    minted = re.search(r'name="minted" value="([^"]+)"', form)
    assert minted is not None
    answer = entrant.post(
        f"/prize/{prize.slug}/entries",
        data={
            "minted": minted.group(1),
            "nom_de_plume": "Larkspur",
            "category": "everyone-else",
            "name": NAME,
            "email": EMAIL,
            "organisations": WORKPLACE,
            "declare": ["not-on-council", "unpublished", "own-experience", "concealed"],
            "ai": "yes",
            "ai_use": f"For spelling, says {NAME}.",
            "journal": "yes",
        },
        files={"essay": (f"{NAME}.docx", telling_essay())},
    )
    assert answer.status_code == 303, answer.text
    with transaction(prize.engines.contest) as session:
        entry_id = session.query(Entry.id).scalar()
    prepare(prize.engines, entry_id=entry_id, now=prize.clock())
    prize.clock.at = AFTER
    with transaction(prize.engines.contest) as session:
        for finding in session.query(Finding):
            finding.decision = "kept"
    check(prize)
    release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=AFTER)
    return site, "".join(capfd.readouterr())


def test_the_search_finds_the_name_where_it_is():
    essay = telling_essay()
    assert {each.split(" (", maxsplit=1)[0] for each in found_in(essay)} == set(MARKS)


def test_name_stands_on_no_page_header_or_file_a_judge_can_get(judged):
    site, _ = judged
    seen = 0
    for answer in judges_answers(site, site.prize.staff):
        assert found_in(answer.content) == [], answer.url
        assert found_in(repr(dict(answer.headers)).encode()) == [], answer.url
        seen += 1
    assert seen >= 8
    # The pages do show the essay: they are not empty by mistake.
    assert any(
        "The Chair by the Door" in a.text for a in judges_answers(site, site.prize.staff) if a.is_success
    )


def test_name_stands_nowhere_on_the_disk_nor_in_a_log(judged):
    site, logged = judged
    data: Path = site.prize.engines.settings.data
    looked_at = [path for path in data.rglob("*") if path.is_file()]
    assert {path.name for path in looked_at} >= {"contest.sqlite3", "vault.sqlite3"}
    for path in looked_at:
        assert found_in(path.read_bytes()) == [], path.name
        assert found_in(path.name.encode()) == [], path.name
    assert "entry prepared" in logged
    assert found_in(logged.encode()) == []


def test_name_stands_on_no_page_of_the_desk(judged):
    site, _ = judged
    client = signed_in(site, site.prize.staff.administrator)
    for path in pages_from(client, "/desk", within="/desk"):
        assert found_in(client.get(path).content) == [], path


def judges_answers(site: Site, staff: Staff) -> Iterator[httpx.Response]:
    """Every answer a judge gets by following every link and picture, right and wrong ones."""
    judge = staff.judges[0]
    declare_interest(site.prize.engines.contest, visit=judge, now=AFTER)
    client = signed_in(site, judge)
    found = pages_from(client, "/panel", within="/panel")
    wrong = [
        "/panel/readings/00000000-0000-0000-0000-000000000000",
        "/desk",
        "/officers",
        "/panel/declaration",
    ]
    for path in [*found, *wrong]:
        yield client.get(path)


def signed_in(site: Site, visit: object) -> httpx.Client:
    client = site.client()
    with transaction(site.prize.engines.contest) as session:
        token = begin_session(
            session, person_id=visit.person_id, contest_id=visit.contest_id, now=site.prize.clock()
        )
    client.cookies.set("session", token)
    return client


def pages_from(client: httpx.Client, start: str, *, within: str) -> list[str]:
    """Follow links and pictures from `start`, staying under `within`."""
    waiting, seen = [start], []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.append(path)
        answer = client.get(path, follow_redirects=True)
        linked = (
            re.findall(r'(?:href|src)="(/[^"#]*)', answer.text)
            if "html" in answer.headers["content-type"]
            else []
        )
        waiting += [link.replace("&amp;", "&") for link in linked if link.startswith(within)]
    return seen


def test_contest_and_vault_share_no_table(prize: Prize):
    contest, vault = (
        set(inspect(engine).get_table_names())
        for engine in (prize.engines.contest, prize.engines.vault.engine)
    )
    assert contest & vault == {"alembic_version"}


def test_judges_requests_never_reach_the_vault(judged):
    site, _ = judged
    asked: list[str] = []
    vault = site.prize.engines.vault
    for door in (vault.engine, vault.entering, vault.working, vault.opening):
        event.listen(door, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    answers = list(judges_answers(site, site.prize.staff))
    assert len(answers) >= 8
    assert asked == []
    site.client().get("/healthz")
    assert asked != []  # the listener does hear
