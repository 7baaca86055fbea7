"""The announcement: when nothing is missing, with the names of those who agreed."""

import pytest
from sqlalchemy import select

from app.ceremony.announce import announce, why_not_announced
from app.ceremony.decide import Outcome
from app.ceremony.opening import say_eligible
from app.database import reading, transaction
from app.errors import Clash
from app.tables import Entry, Leaf, Result, Root
from app.tables.ceremony import AwardKind
from tests.app.stages import decide_now, open_together, signed_in
from tests.conftest import AFTER


@pytest.fixture
def prize(marked):
    """The site below serves the prize whose marks are locked."""
    return marked.prize


def settle(panel, nom, *, eligible=True):
    opening_id = open_together(panel, nom)
    officer = panel.prize.staff.officers[0]
    note = "" if eligible else "On Council."
    say_eligible(
        panel.prize.engines, visit=officer, opening_id=opening_id, eligible=eligible, note=note, now=AFTER
    )


def announce_now(panel):
    announce(panel.prize.engines, visit=panel.prize.staff.officers[0], now=AFTER)


def decide_both(panel, *winners, **changes):
    assert decide_now(panel, key="undergraduates", outcome=Outcome.NONE, reason="Nobody entered.") == []
    assert decide_now(panel, *(winners or ("Larkspur",)), **changes) == []


def results(panel):
    with reading(panel.prize.engines.contest) as session:
        rows = session.scalars(select(Result).order_by(Result.position)).all()
    return [(row.kind, row.nom_de_plume, row.announced_as) for row in rows]


def waits(panel):
    with reading(panel.prize.engines.contest) as session:
        return why_not_announced(session, panel.prize.contest.id)


def test_announcement_waits_for_each_thing_in_turn(marked):
    said = [waits(marked)]
    decide_both(marked)
    said.append(waits(marked))
    opening_id = open_together(marked, "Larkspur")
    said.append(waits(marked))
    officer = marked.prize.staff.officers[0]
    say_eligible(
        marked.prize.engines, visit=officer, opening_id=opening_id, eligible=True, note="", now=AFTER
    )
    said.append(waits(marked))

    assert [
        words in line for words, line in zip(("No decision", "Larkspur", "Larkspur"), said[:3], strict=True)
    ] == [True] * 3
    assert said[3] == ""


def test_announcement_that_waits_publishes_nothing(marked):
    decide_both(marked)

    with pytest.raises(Clash, match="Larkspur"):
        announce_now(marked)

    assert results(marked) == []


def test_announcement_names_the_winner_who_agreed(marked):
    decide_both(marked, commended=(marked.entries["Heron"],))
    settle(marked, "Larkspur")

    announce_now(marked)

    assert results(marked) == [
        (AwardKind.WINNER, "Larkspur", "Writer Axlund"),
        (AwardKind.COMMENDED, "Heron", ""),
    ]
    with reading(marked.prize.engines.contest) as session:
        assert session.scalars(select(Leaf).where(Leaf.kind == "announcement")).one()
        assert "announcement" in session.scalars(select(Root.occasion)).all()


def test_announcement_leaves_unnamed_a_winner_who_did_not_agree(marked):
    decide_both(marked)
    settle(marked, "Larkspur")
    with transaction(marked.prize.engines.contest) as session:
        session.get_one(Entry, marked.entries["Larkspur"]).may_be_named = False

    announce_now(marked)

    assert results(marked) == [(AwardKind.WINNER, "Larkspur", "")]
    content = b"".join(
        path.read_bytes() for path in marked.prize.engines.settings.data.glob("contest.sqlite3*")
    )
    assert b"Axlund" not in content


def test_announcement_names_the_reserve_who_stepped_up(marked):
    decide_both(marked, reserves={marked.entries["Heron"]: 1}, commended=(marked.entries["Heron"],))
    settle(marked, "Larkspur", eligible=False)
    assert "Heron" in waits(marked)
    settle(marked, "Heron")

    announce_now(marked)

    assert results(marked) == [(AwardKind.WINNER, "Heron", "Writer Bylund")]


def test_announcement_is_made_once(marked):
    decide_both(marked)
    settle(marked, "Larkspur")
    announce_now(marked)

    with pytest.raises(Clash, match="already"):
        announce_now(marked)

    assert len(results(marked)) == 1


def test_no_award_is_announced_without_an_opening(marked):
    decide_both(marked, outcome=Outcome.NONE, reason="None was ripe.", winners=())

    announce_now(marked)

    assert results(marked) == []


def test_results_are_not_here_before_and_public_after(site, marked):
    client = site.client()
    before = client.get("/prize/balint-2026/results")
    decide_both(marked)
    settle(marked, "Larkspur")

    answer = signed_in(site, marked.prize.staff.officers[0]).post("/officers/announcement")
    after = client.get("/prize/balint-2026/results")

    assert (before.status_code, answer.status_code, after.status_code) == (404, 303, 200)
    assert "Axlund" not in before.text
    assert "Writer Axlund" in after.text


@pytest.mark.parametrize("nom", ["Żółty Kruk", 'The "Late" Wren', "Лунь"])
def test_certificate_is_made_for_any_nom_de_plume(site, marked, nom):
    with transaction(marked.prize.engines.contest) as session:
        session.get_one(Entry, marked.entries["Larkspur"]).nom_de_plume = nom
    decide_both(marked)
    settle(marked, "Larkspur")
    announce_now(marked)
    with reading(marked.prize.engines.contest) as session:
        result_id = session.scalars(select(Result.id)).one()

    answer = signed_in(site, marked.prize.staff.officers[0]).get(f"/officers/certificates/{result_id}.pdf")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-disposition"].count('"') in {0, 2}
