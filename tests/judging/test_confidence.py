"""How safe the first place is, and how it is said."""

import pytest
from invented_panels import SHROUT_FLEISS, readings_of, simulated

from judging.agreement import measure_agreement
from judging.confidence import chance_one_more_reading_changes_winner, leave_one_judge_out
from judging.ids import EntryId, JudgeId
from judging.methods import Method
from judging.ranking import rank
from judging.sentences import Names, headline, in_100, lead_sentence, statements

NAMES = Names({EntryId("e004"): "Larkspur"}, {JudgeId("j00"): "Judge Alder", JudgeId("j01"): "Judge Beech"})


def said(readings, names=NAMES):
    ranking = rank(readings)
    return {
        statement.title: statement
        for statement in statements(
            ranking=ranking,
            agreement=measure_agreement(readings),
            without=leave_one_judge_out(readings, method=ranking.method),
            change=chance_one_more_reading_changes_winner(readings, method=ranking.method),
            names=names,
        )
    }


def test_leaving_a_judge_out_names_who_would_lead():
    readings = readings_of([[9, 5, 5], [5, 6, 6], [1, 1, 1]])

    without = {each.judge: each.leaders for each in leave_one_judge_out(readings, method=Method.MEAN)}

    assert without == {"j00": ("e001",), "j01": ("e000",), "j02": ("e000",)}


def test_leaving_out_one_of_two_leaves_the_other():
    readings = readings_of([[9, 5], [5, 6]])

    assert [each.leaders for each in leave_one_judge_out(readings, method=Method.MEAN)] == [
        ("e001",),
        ("e000",),
    ]


def test_one_more_reading_matters_less_when_the_lead_is_long():
    close = readings_of([[7, 7, 7], [7, 7, 6.5], [2, 3, 2]])
    clear = readings_of([[9, 9, 9], [3, 3, 2.5], [2, 3, 2]])

    def chance(readings):
        return chance_one_more_reading_changes_winner(readings, method=Method.MEAN)

    assert chance(close) > 0.2
    assert chance(clear) < chance(close)
    assert chance_one_more_reading_changes_winner(clear, method=Method.SCHULZE) is None


def test_one_more_reading_is_foretold_rightly():
    foretold, changed = 0.0, 0
    for seed in range(100):
        readings, _ = simulated(seed, entries=6, judges=5, reads=5, severity=0.45)
        before = [each for each in readings if each.judge != "j004"]
        foretold += chance_one_more_reading_changes_winner(before, method=Method.MEAN) or 0
        changed += rank(before).leaders != rank(readings).leaders

    assert foretold / 100 == pytest.approx(changed / 100, abs=0.08)


def test_the_page_says_who_leads_and_how_often():
    ranking = rank(readings_of(SHROUT_FLEISS))

    assert headline(ranking, NAMES) == "Larkspur leads, but the lead is not safe"
    assert lead_sentence(ranking, NAMES).endswith("Larkspur would come first 69 times in 100.")


def test_each_statistic_has_its_sentence():
    page = said(readings_of(SHROUT_FLEISS))

    assert len(page) == 6
    assert page["Without one judge"].figure == "4 of 4"
    assert page["Without one judge"].sentence == "Leave out any one of them and Larkspur still comes first."
    assert page["Severity, points"].sentence.startswith("Judge Beech marks hardest, Judge Alder most kindly.")


def test_what_hangs_on_one_judge_is_said():
    page = said(readings_of([[9, 5, 5], [5, 6, 6], [1, 1, 1]]))

    assert page["Without one judge"].figure == "2 of 3"
    assert "without Judge Alder, e001 would come first" in page["Without one judge"].sentence


def test_what_cannot_be_had_is_not_said():
    page = said(readings_of([[5, None, 3], [None, 6, 4]]))

    assert all("nan" not in statement.sentence.lower() + statement.figure for statement in page.values())
    assert not any(title.startswith(("Order", "Marks (one")) for title in page)


def test_a_tie_in_front_is_said():
    ranking = rank(readings_of([[5, 6], [6, 5], [1, 1]]))

    assert headline(ranking, Names()) == "e000 and e001 stand level in first place"


def test_chances_are_never_nought_or_certain():
    assert [in_100(chance, "times ") for chance in (0, 0.01, 0.71, 1)] == [
        "less than once in 100",
        "once in 100",
        "71 times in 100",
        "more than 99 times in 100",
    ]
