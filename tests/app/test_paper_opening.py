"""An envelope of paper is opened by two, and what it says is taken down."""

from datetime import timedelta

import pytest

from app.ceremony.opening import TOGETHER, open_envelope, open_paper, opened
from app.database import reading
from app.desk.custody import move_paper
from app.desk.postal import PostalForm, log_postal_entry
from app.errors import Clash, Unusable
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.tables import Opening
from app.tables.messages import PaperThing
from app.vault.identity import Identity
from tests.app.conftest import Panel
from tests.app.stages import (
    begin_opening,
    decide_now,
    declare_all,
    hand_in,
    part_of,
    save,
    settle_and_release,
    signed_in,
)
from tests.conftest import AFTER, IN_TIME
from tests.entering import WORDS


@pytest.fixture
def panel(released):
    """A postal essay that has won in its category, its name still inside the paper envelope."""
    prize = released.prize
    form = PostalForm(
        delivered_on=IN_TIME.date(),
        nom_de_plume="Paper Curlew",
        category="undergraduates",
        copies=3,
        copies_place="",
        envelope_label="E-1",
        envelope_place="The safe",
        condition="",
        note="",
        text=WORDS * 3,
    )
    desk = prize.staff.administrator
    entry_id = log_postal_entry(
        prize.engines, visit=desk, form=form, receipt=new_receipt(), now=IN_TIME
    ).entry_id
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    settle_and_release(prize, entry_id)
    panel = Panel(prize, {"Paper Curlew": entry_id}, {})
    declare_all(panel)
    for judge in prize.staff.judges:
        save(panel, judge, "Paper Curlew", lock=True)
    assert decide_now(panel, "Paper Curlew", key="undergraduates", reason="The only one, and good.") == []
    return panel


@pytest.fixture
def prize(panel):
    """The site below serves the prize whose postal essay has won."""
    return panel.prize


def written(panel, name="Winifred Ashdown"):
    return Identity(entry_id=panel.entries["Paper Curlew"], name=name, postal_address="2 Mill Lane")


def take_down(panel, opening_id, *, officer=0, **changes):
    visit = panel.prize.staff.officers[officer]
    open_paper(
        panel.prize.engines, visit=visit, opening_id=opening_id, written=written(panel, **changes), now=AFTER
    )


def shown(panel, opening_id):
    with reading(panel.prize.engines.contest) as session:
        opening = session.get_one(Opening, opening_id)
    return opening, opened(panel.prize.engines, opening=opening, decided_at=AFTER)


def test_paper_envelope_is_opened_by_two(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    hand_in(panel, panel.prize.staff.officers[1], opening_id, "present")

    take_down(panel, opening_id)

    opening, found = shown(panel, opening_id)
    assert found.identity.name == "Winifred Ashdown"
    assert len(opening.present) == 2


def test_paper_envelope_is_not_opened_by_one(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    hand_in(panel, panel.prize.staff.officers[0], opening_id, "present")

    with pytest.raises(Clash, match="opened by two"):
        take_down(panel, opening_id)

    assert shown(panel, opening_id)[1] is None


def test_word_of_an_officer_given_longer_ago_does_not_count(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    earlier = AFTER - TOGETHER - timedelta(seconds=1)
    hand_in(panel, panel.prize.staff.officers[1], opening_id, "present", now=earlier)

    with pytest.raises(Clash, match="opened by two"):
        take_down(panel, opening_id)


def test_paper_envelope_yields_a_name(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    hand_in(panel, panel.prize.staff.officers[1], opening_id, "present")

    with pytest.raises(Unusable, match="Type the name"):
        take_down(panel, opening_id, name="")

    assert shown(panel, opening_id)[1] is None


def test_paper_envelope_does_not_open_by_parts(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    for officer in panel.prize.staff.officers[:2]:
        hand_in(panel, officer, opening_id, "present")

    with pytest.raises(Clash):
        open_envelope(
            panel.prize.engines, visit=panel.prize.staff.officers[0], opening_id=opening_id, now=AFTER
        )


def test_member_of_council_in_a_paper_envelope_is_pointed_out(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    hand_in(panel, panel.prize.staff.officers[1], opening_id, "present")

    take_down(panel, opening_id, name="Dr Stefan Kowal")

    assert shown(panel, opening_id)[1].verdict.rule is not None


def test_what_was_taken_down_is_not_written_over(panel):
    opening_id = begin_opening(panel, "Paper Curlew")
    hand_in(panel, panel.prize.staff.officers[1], opening_id, "present")
    take_down(panel, opening_id)

    with pytest.raises(Clash, match="open already"):
        take_down(panel, opening_id, name="Somebody Else")

    assert shown(panel, opening_id)[1].identity.name == "Winifred Ashdown"


def test_digital_envelope_cannot_be_taken_down_by_hand(marked):
    decide_now(marked, "Larkspur")
    opening_id = begin_opening(marked, "Larkspur")
    first, second, _ = marked.prize.staff.officers
    hand_in(marked, second, opening_id, part_of(marked, second, "Larkspur"))
    invented = Identity(entry_id=marked.entries["Larkspur"], name="Somebody Else")

    with pytest.raises(Clash, match="not of paper"):
        open_paper(marked.prize.engines, visit=first, opening_id=opening_id, written=invented, now=AFTER)


def test_page_of_the_opening_says_where_the_envelope_is_now(site, panel):
    entry_id = panel.entries["Paper Curlew"]
    desk, officer = panel.prize.staff.administrator, signed_in(site, panel.prize.staff.officers[0])
    address = f"/officers/openings/{begin_opening(panel, 'Paper Curlew')}"
    before = officer.get(address).text

    move_paper(
        panel.prize.engines.contest,
        visit=desk,
        entry_id=entry_id,
        what=PaperThing.ENVELOPE,
        to_place="With the treasurer, sealed",
        note="",
        now=AFTER,
    )

    after = officer.get(address).text
    assert ("The safe" in before, "moved there" in before) == (True, False)
    assert "With the treasurer, sealed; moved there on" in after
