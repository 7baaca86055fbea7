"""What a judge's pages show, to whom and when."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.database import reading
from app.panel.mark import declare_interest
from app.panel.views import essay_to_mark
from app.tables import Entry
from tests.app.stages import declare_all, full_marks, reading_of, save, signed_in
from tests.conftest import AFTER


@pytest.fixture
def prize(released):
    """The site below serves the prize whose essays are released."""
    return released.prize


def seen(panel, judge, nom):
    with reading(panel.prize.engines.contest) as session:
        return essay_to_mark(session, judge, reading_of(panel, judge, nom), now=AFTER)


def test_marks_of_others_are_hidden_until_the_whole_own_list_is_locked(released):
    declare_all(released)
    first, second, third = released.prize.staff.judges
    for nom in released.entries:
        save(released, second, nom, lock=True)
    save(released, third, "Heron", points=full_marks(released, "3"))
    save(released, first, "Larkspur", lock=True)
    save(released, first, "Heron", lock=True)

    before = seen(released, first, "Heron").others
    save(released, first, "Pencil Moth", lock=True)
    after = seen(released, first, "Heron").others

    assert before == ()
    assert [other.alias for other in after] == [second.alias]


def test_page_shows_no_mark_of_anothers_before_own_are_locked(site, released):
    declare_all(released)
    first, second, _ = released.prize.staff.judges
    for nom in released.entries:
        save(released, second, nom, points=full_marks(released, "3.5"), lock=True)
    address = f"/panel/readings/{reading_of(released, first, 'Heron')}"
    client = signed_in(site, first)

    before = client.get(address).text
    for nom in released.entries:
        save(released, first, nom, lock=True)
    after = client.get(address).text

    assert second.alias not in before
    assert second.alias in after


def test_reading_of_another_judge_answers_like_one_that_never_was(site, released):
    declare_all(released)
    first, second, _ = released.prize.staff.judges
    client = signed_in(site, first)
    theirs = reading_of(released, second, "Heron")
    answers = {}

    for reading_id in (theirs, uuid4()):
        front = f"/panel/readings/{reading_id}"
        got = [client.get(front + path) for path in ("", "/reading-copy.pdf", "/pictures/0")]
        got += [
            client.post(front + "/marks", data={"do": "save", "version": "0"}),
            client.post(front + "/recusal", data={"cause": "conflict"}),
            client.post(front + "/flag", data={"kind": "patient"}),
        ]
        answers[reading_id] = [(each.status_code, each.text) for each in got]

    assert {status for status, _ in answers[theirs]} == {404}
    assert len(set(map(str, answers.values()))) == 1


@pytest.mark.parametrize(("do", "status"), [("save", 303), ("lock", 303), ("autosave", 200)])
def test_every_button_stores_marks(site, released, do, status):
    declare_all(released)
    judge = released.prize.staff.judges[0]
    address = f"/panel/readings/{reading_of(released, judge, 'Heron')}"
    given = {f"mark-{key}": value for key, value in full_marks(released, "7").items()}

    answer = signed_in(site, judge).post(f"{address}/marks", data={"do": do, "version": "0", **given})

    assert answer.status_code == status
    assert all(mark.points == 7 for mark in seen(released, judge, "Heron").marks)


@pytest.mark.parametrize("do", ["save", "lock", "autosave"])
def test_no_button_stores_a_mark_of_who_has_not_declared(site, released, do):
    judge = released.prize.staff.judges[0]
    address = f"/panel/readings/{reading_of(released, judge, 'Heron')}"
    given = {f"mark-{key}": value for key, value in full_marks(released, "7").items()}

    answer = signed_in(site, judge).post(f"{address}/marks", data={"do": do, "version": "0", **given})

    assert answer.status_code == 403
    assert all(mark.points is None for mark in seen(released, judge, "Heron").marks)


@pytest.mark.parametrize("do", ["save", "lock", "autosave"])
def test_older_page_is_told_that_the_marks_have_changed(site, released, do):
    declare_all(released)
    judge = released.prize.staff.judges[0]
    save(released, judge, "Heron")
    address = f"/panel/readings/{reading_of(released, judge, 'Heron')}"

    answer = signed_in(site, judge).post(
        f"{address}/marks", data={"do": do, "version": "0", "mark-language": "1"}
    )

    assert answer.status_code == 409
    assert "changed on another page" in answer.text


@pytest.mark.parametrize("version", ["9" * 30, "9" * 5000], ids=["long", "endless"])
def test_page_whose_version_is_absurd_overwrites_nothing(site, released, version):
    declare_all(released)
    judge = released.prize.staff.judges[0]
    save(released, judge, "Heron")
    address = f"/panel/readings/{reading_of(released, judge, 'Heron')}"

    answer = signed_in(site, judge).post(
        f"{address}/marks", data={"do": "save", "version": version, "mark-language": "1"}
    )

    assert answer.status_code in {400, 409}
    assert {mark.points for mark in seen(released, judge, "Heron").marks} == {7}


def test_essay_set_aside_shows_nothing_more_of_itself(site, released):
    declare_all(released)
    judge = released.prize.staff.judges[0]
    client = signed_in(site, judge)
    address = f"/panel/readings/{reading_of(released, judge, 'Heron')}"
    assert "presented her three times" in client.get(address).text

    answer = client.post(f"{address}/recusal", data={"cause": "recognised"})

    assert answer.status_code == 303
    assert "presented her three times" not in client.get(address).text
    assert client.get(f"{address}/reading-copy.pdf").status_code == 404


def test_judge_declares_before_reading_anything(site, released):
    judge = released.prize.staff.judges[0]
    client = signed_in(site, judge)
    address = f"/panel/readings/{reading_of(released, judge, 'Heron')}"

    answers = [client.get(path) for path in ("/panel", address)]

    assert [answer.headers.get("location") for answer in answers] == ["/panel/declaration"] * 2
    assert client.get(f"{address}/reading-copy.pdf").status_code == 404


def test_pages_show_no_number_channel_or_hour_of_arrival(site, released):
    declare_all(released)
    judge = released.prize.staff.judges[0]
    client = signed_in(site, judge)
    with reading(released.prize.engines.contest) as session:
        numbers = [str(number) for number in session.scalars(select(Entry.number))]

    pages = [client.get("/panel").text]
    pages += [
        client.get(f"/panel/readings/{reading_of(released, judge, nom)}").text for nom in released.entries
    ]

    text = re.sub(r"<[^>]+>", " ", " ".join(pages))
    assert "Heron" in text
    assert [
        each for each in (*numbers, "web", "post", "10:30", "1 September") if re.search(rf"\b{each}\b", text)
    ] == []


def test_draft_of_a_judge_is_shown_to_nobody_else(site, released):
    for judge in released.prize.staff.judges:
        declare_interest(released.prize.engines.contest, visit=judge, now=AFTER)
    first, second, _ = released.prize.staff.judges
    save(released, first, "Heron", notes="the canary in my notes")

    text = signed_in(site, second).get(f"/panel/readings/{reading_of(released, second, 'Heron')}").text

    assert "presented her three times" in text
    assert "canary" not in text
