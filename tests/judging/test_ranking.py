"""The order the marks give, by every method."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_panels import SHROUT_FLEISS, readings_of, readings_of_orders, repeatable, simulated

from judging.additive import fit_additive
from judging.errors import UnknownMethodError, UnrankableError
from judging.ids import JudgeId
from judging.methods import Method, method_named, scores_by
from judging.ranking import rank
from judging.readings import Panel, Reading, check_readings
from judging.reasons import Refusal

LEVEL_FREE = (Method.MEAN, Method.ADDITIVE, Method.MEAN_RANK, Method.BORDA, Method.SCHULZE)
SCHULZE_45 = [
    ("ACBED", 5),
    ("ADECB", 5),
    ("BEDAC", 8),
    ("CABED", 3),
    ("CAEBD", 7),
    ("CBADE", 2),
    ("DCEBA", 7),
    ("EBADC", 8),
]

half_points = st.integers(0, 20).map(lambda n: n / 2)


@st.composite
def tables(draw, *, missing=False):
    rows, columns = draw(st.integers(2, 7)), draw(st.integers(2, 5))
    cell = st.one_of(st.none(), half_points) if missing else half_points
    return [[draw(cell) for _ in range(columns)] for _ in range(rows)]


def order(ranking):
    return [(each.entry, each.rank) for each in ranking.entries]


def scores(ranking):
    return {each.entry: each.score for each in ranking.entries}


def test_schulzes_45_voters():
    ranking = rank(readings_of_orders(SCHULZE_45), method=Method.SCHULZE)

    assert "".join(each.entry for each in ranking.entries) == "EACBD"


def test_scores_of_each_method_by_hand():
    readings = readings_of([[10, 8, 0], [6, 7, 8], [5, 7, 1]])

    assert scores(rank(readings, method=Method.MEAN)) == pytest.approx({"e000": 6, "e001": 7, "e002": 13 / 3})
    assert scores(rank(readings, method=Method.MEDIAN)) == {"e000": 8, "e001": 7, "e002": 5}
    assert scores(rank(readings, method=Method.TRIMMED_MEAN)) == {"e000": 8, "e001": 7, "e002": 5}
    assert scores(rank(readings, method=Method.MEAN_RANK)) == pytest.approx(
        {"e000": 5 / 3, "e001": 5.5 / 3, "e002": 7.5 / 3}
    )
    assert scores(rank(readings, method=Method.BORDA)) == pytest.approx({"e000": 4, "e001": 3.5, "e002": 1.5})


def test_the_additive_fit_solves_hendersons_equations():
    readings = readings_of([[9, 2, None, 8], [6, None, 3, 2], [8, 4, 6, None], [None, 1, 2, 6]])
    panel = Panel.of(readings)
    design = np.zeros((len(readings), 9))
    design[:, 0] = 1
    design[np.arange(len(readings)), 1 + panel.entry_of] = 1
    design[np.arange(len(readings)), 5 + panel.judge_of] = 1
    penalty = np.diag([0, 1, 1, 1, 1, 5, 5, 5, 5])
    inverse = np.linalg.inv(design.T @ design + penalty)
    solution = inverse @ design.T @ panel.scores
    residuals = panel.scores - design @ solution
    noise = (residuals @ residuals + solution @ penalty @ solution) / (len(readings) - 1)
    contrast = np.hstack([np.ones((4, 1)), np.eye(4), np.zeros((4, 4))])

    fit = fit_additive(panel)

    assert fit.scores == pytest.approx(solution[0] + solution[1:5])
    assert fit.judge_effects == pytest.approx(solution[5:])
    assert fit.noise_variance == pytest.approx(noise)
    assert fit.judge_sds == pytest.approx(np.sqrt(noise * np.diag(inverse)[5:]))
    assert fit.score_sds == pytest.approx(np.sqrt(noise * np.diag(contrast @ inverse @ contrast.T)))


def test_posterior_draws_have_the_mean_and_spread_of_the_fit():
    readings, _ = simulated(3, entries=40, judges=6, reads=4)
    fit = fit_additive(Panel.of(readings))
    draws = np.vstack(list(fit.draw_scores(5)))

    assert draws.mean(axis=0) == pytest.approx(fit.scores, abs=0.05)
    assert draws.std(axis=0) == pytest.approx(fit.score_sds, rel=0.06)


def test_ties_share_a_rank():
    ranking = rank(readings_of([[5, 5], [4, 6], [9, 9], [1, 1]]))

    assert [each.place for each in ranking.entries] == ["1", "2=", "2=", "4"]


def test_a_complete_panel_is_ranked_by_its_mean_and_needs_no_warning():
    ranking = rank(readings_of(SHROUT_FLEISS))

    assert (ranking.method, ranking.is_complete, ranking.beside, ranking.warnings) == (
        Method.MEAN,
        True,
        (),
        (),
    )
    assert ranking.leaders == ("e004",)
    assert not ranking.leaders_differ


def test_missing_readings_put_the_additive_model_beside_the_mean_and_flag_other_leaders():
    lenient, strict = [9, 8, 7, 6, None], [None, 5, 4, 3, 6]
    ranking = rank(readings_of(list(zip(lenient, strict, lenient, strict, strict=True))))

    assert ranking.method is Method.ADDITIVE
    assert ranking.beside_method is Method.MEAN
    assert ranking.leaders_differ == (ranking.beside[0].entry != ranking.entries[0].entry)
    assert any("fewer than 8" in warning for warning in ranking.warnings)


def test_groups_of_judges_without_an_essay_in_common_are_warned_of():
    ranking = rank(
        readings_of([[5, 6, None, None], [7, 6, None, None], [None, None, 4, 8], [None, None, 5, 5]])
    )

    assert any("cannot be compared" in warning for warning in ranking.warnings)


@pytest.mark.parametrize("method", Method)
@settings(max_examples=25, deadline=None)
@given(table=tables(missing=True), seed=st.integers(0, 99))
def test_neither_the_order_of_readings_nor_the_names_of_judges_matter(method, table, seed):
    readings = readings_of(table)
    if check_readings(readings):
        return
    names = {f"j{j:02}": f"j{9 - j:02}" for j in range(9)}
    shuffled = [Reading(each.entry, JudgeId(names[each.judge]), each.score) for each in readings]
    repeatable(seed).shuffle(shuffled)

    assert order(rank(shuffled, method=method)) == order(rank(readings, method=method))


@pytest.mark.parametrize("method", LEVEL_FREE)
@settings(max_examples=25, deadline=None)
@given(table=tables(), points=st.integers(-8, 8))
def test_a_constant_added_to_a_judge_changes_no_complete_ranking(method, table, points):
    readings = readings_of(table)
    shifted = readings_of([[row[0] + points, *row[1:]] for row in table])
    if check_readings(readings) or check_readings(shifted):
        return

    assert order(rank(shifted, method=method)) == order(rank(readings, method=method))


@settings(max_examples=25, deadline=None)
@given(table=tables(missing=True))
def test_every_figure_is_a_number(table):
    readings = readings_of(table)
    if check_readings(readings):
        return
    for method in Method:
        ranking = rank(readings, method=method)
        assert all(math.isfinite(each.score) and 0 <= each.p_best <= 1 for each in ranking.entries)
        assert all(math.isfinite(each.effect) and each.sd >= 0 for each in ranking.judges)
        assert sum(each.p_best for each in ranking.entries) == pytest.approx(1)


@pytest.mark.parametrize(
    ("table", "refusal"),
    [
        ([], Refusal.NOTHING_TO_RANK),
        ([[5, 6]], Refusal.NOTHING_TO_RANK),
        ([[5], [6]], Refusal.ONE_JUDGE),
        ([[5, 5], [5, 5]], Refusal.ALL_EQUAL),
        ([[5, math.nan], [5, 5]], Refusal.NOT_A_NUMBER),
    ],
)
def test_what_cannot_be_ranked_says_why(table, refusal):
    readings = readings_of(table)

    assert refusal in [reason.code for reason in check_readings(readings)]
    with pytest.raises(UnrankableError):
        rank(readings)


def test_an_essay_scored_twice_by_a_judge_is_refused():
    readings = readings_of([[5, 6], [7, 8]])

    assert [reason.code for reason in check_readings([*readings, readings[0]])] == [Refusal.DUPLICATE]


@pytest.mark.parametrize("name", ["ml", "reml"])
def test_methods_still_to_come_say_so(name):
    with pytest.raises(UnknownMethodError, match="not in this version"):
        method_named(name)


def test_an_unknown_method_names_those_there_are():
    with pytest.raises(UnknownMethodError, match="schulze"):
        method_named("magic")


def test_the_chance_to_be_best_is_not_overstated():
    stated, right = [], []
    for seed in range(200):
        readings, merits = simulated(seed, entries=8, judges=4, reads=4, severity=0.45)
        first = max(rank(readings).entries, key=lambda each: each.p_best)
        if first.p_best > 0.7:
            stated.append(first.p_best)
            right.append(merits[first.entry] == max(merits.values()))

    assert len(stated) > 30
    assert np.mean(stated) - np.mean(right) <= 0.06


def test_the_additive_model_finds_better_winners_than_the_raw_mean():
    found = {Method.ADDITIVE: 0, Method.MEAN: 0}
    for seed in range(20):
        readings, merits = simulated(seed, entries=300, judges=30, reads=3)
        best = set(sorted(merits, key=merits.__getitem__)[-3:])
        fit = fit_additive(Panel.of(readings))
        for method in found:
            first = fit.panel.entries[scores_by(method, fit).values.argmax()]
            found[method] += first in best

    assert found[Method.ADDITIVE] > found[Method.MEAN]


def test_a_small_panel_is_ranked_at_once():
    readings, _ = simulated(1, entries=30, judges=5, reads=5)
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        rank(readings)
        taken.append(time.perf_counter() - start)

    assert min(taken) < 0.3
