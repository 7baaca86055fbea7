"""Whatever entrants, staff and accidents do, nothing on the server's disk or in its logs says who wrote."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from app.database import reading
from app.intake.receipts import parse_receipt
from app.tables import Entry
from tests.anonymity.canary import Canary
from tests.anonymity.house import Entrant, House
from tests.anonymity.people import WRITERS, Writer, telling_docx, telling_text
from tests.conftest import IN_TIME, Prize
from tests.entering import WORDS

TEXT = (
    "“Dr {last},” she said, and then “{first}”, as if at {work} one could.",
    "I had presented her three times before I understood that I had never presented her at all.",
)


def canary_of(writer: Writer, code: str) -> Canary:
    """All that names this writer, and the receipt."""
    street, town = writer.postal_address.split(", ", maxsplit=1)
    others = [word for each in writer.co_authors for word in each]
    receipt = parse_receipt(code)
    assert receipt is not None
    # Words of three letters stand in any file by accident.
    words = (
        *(each for each in (writer.name, writer.first, writer.last) if len(each) > 4),
        writer.email,
        writer.email.split("@")[1],
        writer.phone,
        street,
        town,
        writer.registration_number.split()[-1],
        writer.organisation,
        *others,
        code,
        code.replace("-", ""),
    )
    return Canary(words, (receipt.octets,))


@pytest.fixture
def house(prize: Prize, tmp_path: Path) -> Iterator[House]:
    made = House(prize, tmp_path)
    yield made
    made.close()


class Watch:
    """Looks after each thing that is done whether any of the canaries has got out."""

    def __init__(self, house: House) -> None:
        self.house, self.canary = house, Canary()
        self.looked = 0

    def let_in(self, writer: Writer, nom: str) -> Entrant:
        entrant = Entrant(self.house, writer, nom)
        self.canary += canary_of(writer, entrant.code)
        return entrant

    def look(self, after: str) -> None:
        folders = (self.house.data, self.house.temporary, self.house.logs)
        assert self.canary.found_under(*folders) == {}, after
        self.looked += 1


@pytest.fixture
def watch(house: House) -> Watch:
    return Watch(house)


def docx(writer: Writer, *more: str) -> bytes:
    return telling_docx(writer, (*TEXT, *more), title="The Chair by the Door", saved_at=IN_TIME)


def test_nothing_readable_is_left_by_entering(house, watch):
    first = watch.let_in(WRITERS[0], "Larkspur")
    assert first.press(("Quackenbush.docx", docx(WRITERS[0]))).status_code == 303
    watch.look("an entry by upload")

    second = watch.let_in(WRITERS[1], "Heron")
    text = telling_text(WRITERS[1], TEXT, title="A Bad Sermon")
    assert second.press(text=text).status_code == 303
    watch.look("a pasted entry")

    third = watch.let_in(WRITERS[2], "Pencil Moth")
    problem = third.press(("Villanueva.docx", docx(WRITERS[2])), journal="", nom_de_plume="Villanueva")
    assert (problem.status_code, "Villanueva" in problem.text) == (422, True)
    assert any(path.name.startswith("held-") for path in (house.data / "uploads").iterdir())
    watch.look("a form with problems, its essay held")
    assert third.press().status_code == 303
    watch.look("the held essay entered")

    fourth = watch.let_in(WRITERS[3], "Kittiwake")
    refused = fourth.press(("Brankovic.pdf", b"%PDF-1.4 Aurelio Brankovic\0\1\2"))
    assert refused.status_code >= 400
    watch.look("a file that is refused")

    essay = docx(WRITERS[0], "A second draft by {first} {last}.")
    answer = first.client.post("/receipt/replacement", files={"essay": ("again.docx", essay)})
    assert answer.headers["location"] == "/receipt?done=replaced"
    watch.look("a replacement")

    answer = second.client.post("/receipt/withdrawal", data={"confirm": "yes"})
    assert answer.headers["location"] == "/receipt?done=withdrawn"
    watch.look("a withdrawal")

    for entrant in (first, second, third):
        for path in ("/receipt", "/receipt/receipt.pdf"):
            assert entrant.client.get(path).status_code == 200
    watch.look("receipts looked at")
    assert watch.looked == 8


def test_nothing_readable_is_left_by_the_worker(house, watch):
    long = watch.let_in(WRITERS[0], "Larkspur")
    essay = docx(WRITERS[0], *([WORDS * 6 + "{first} {last}"] * 120))
    assert long.press(("long.docx", essay)).status_code == 303
    killed = house.start_worker()
    house.wait_for(lambda: in_hand(house.prize))
    house.kill(killed)
    watch.look("a worker killed in the middle of an essay")

    house.start_worker()
    house.wait_for(lambda: long.state() != "preparing")
    watch.look("its work done by another")
    copy = long.client.get("/receipt/reading-copy.pdf")
    assert copy.content.startswith(b"%PDF")
    assert watch.canary.found_in(copy.content) == []
    assert watch.canary.found_in(essay) != []
    assert "entry prepared" in house.said()


def test_nothing_readable_is_left_by_staff_at_their_pages(house, watch):
    entrant = watch.let_in(WRITERS[2], "Larkspur")
    assert entrant.press(("essay.docx", docx(WRITERS[2]))).status_code == 303
    house.start_worker()
    house.wait_for(lambda: entrant.state() != "preparing")
    staff = house.prize.staff
    seen = 0
    for visit, front in ((staff.administrator, "/desk"), (staff.officers[0], "/officers")):
        with house.browser(visit) as client:
            for page in pages_from(client, front):
                assert watch.canary.found_in(page.content) == [], page.url
                seen += 1
    assert seen > 8
    watch.look("staff at their pages")

    for word in watch.canary.words:
        with house.browser() as client:
            client.post("/sign-in", data={"email": word, "password": word, "code": "123456"})
            client.get(f"/prize/{word}", params={"q": word})
            client.post("/receipt", data={"code": word})
    watch.look("failed sign-ins, addresses and codes with the name in them")


def test_search_sees_what_a_careless_server_would_leave(house, watch):
    entrant = watch.let_in(WRITERS[0], "Larkspur")
    entrant.press(("essay.docx", docx(WRITERS[0])))
    for folder in (house.data / "uploads", house.temporary, house.logs):
        left = folder / "left"
        left.write_bytes(docx(WRITERS[0]))
        with pytest.raises(AssertionError, match="left"):
            watch.look("an essay left lying")
        left.unlink()
    (house.logs / "log").write_text(f'{{"event": "entered", "code": "{entrant.code}"}}')
    with pytest.raises(AssertionError, match="log"):
        watch.look("a code in a log")


def test_backup_without_keys_shows_nothing(house, watch, tmp_path):
    entrant = watch.let_in(WRITERS[0], "Larkspur")
    assert entrant.press(("essay.docx", docx(WRITERS[0]))).status_code == 303

    shutil.copytree(house.data, tmp_path / "backup", ignore=shutil.ignore_patterns("keys"))

    assert {path.name for path in (tmp_path / "backup").iterdir()} >= {"contest.sqlite3", "vault.sqlite3"}
    assert watch.canary.found_under(tmp_path / "backup") == {}


def in_hand(prize: Prize) -> bool:
    with reading(prize.engines.contest) as session:
        return session.scalar(select(Entry.work_token)) is not None


def pages_from(client: httpx.Client, start: str) -> Iterator[httpx.Response]:
    """Every page reached by links from `start` that stays under it."""
    waiting, seen = [start], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path, follow_redirects=True)
        yield answer
        if "html" in answer.headers["content-type"]:
            links = re.findall(r'(?:href|src)="(/[^"#]*)', answer.text)
            waiting += [link.replace("&amp;", "&") for link in links if link.startswith(start)]
