"""Agreement, against the tables its authors published."""

import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_panels import SHROUT_FLEISS, readings_of

from judging.agreement import intraclass_correlations, kendall_w, measure_agreement

# Krippendorff 2011, section C: twelve units across, four observers down.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def test_shrout_and_fleiss_six_coefficients():
    icc = intraclass_correlations(np.array(SHROUT_FLEISS, dtype=float))

    assert astuple(icc) == pytest.approx((0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093), abs=1e-4)


def test_krippendorffs_alpha():
    alpha = measure_agreement(readings_of(list(zip(*KRIPPENDORFF, strict=True)))).alpha

    assert astuple(alpha) == pytest.approx((0.743, 0.815, 0.849, 0.797), abs=1e-3)


def test_kendalls_w_without_ties():
    # Siegel & Castellan 1988: three executives rank six applicants, W = .16.
    table = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float).T

    assert kendall_w(table) == pytest.approx(0.162, abs=1e-3)


def test_kendalls_w_is_corrected_for_ties():
    assert kendall_w(np.array([[1, 1], [1, 1], [2, 2]], dtype=float)) == pytest.approx(1)
    assert kendall_w(np.ones((3, 2))) is None


def test_what_cannot_be_had_is_none():
    agreement = measure_agreement(readings_of([[5, None], [None, 6]]))

    assert astuple(agreement) == ((None,) * 6, (None,) * 4, None, 0)


def test_ratio_needs_a_nought():
    alpha = measure_agreement(readings_of([[-1, 0], [2, 3]])).alpha

    assert alpha.ratio is None
    assert alpha.interval is not None


def test_only_entries_all_judges_read_count_for_icc():
    agreement = measure_agreement(readings_of([*SHROUT_FLEISS, [1, 2, None, None]]))

    assert agreement.entries_counted == 6
    assert agreement.icc.agreement_1 == pytest.approx(0.2898, abs=1e-4)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda k: st.lists(
            st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=k, max_size=k), min_size=2, max_size=6
        )
    )
)
def test_no_coefficient_is_ever_nan(table):
    readings = readings_of(table)
    if not readings:
        return
    agreement = measure_agreement(readings)
    figures = [*astuple(agreement.icc), *astuple(agreement.alpha), agreement.kendall_w]

    assert all(figure is None or (math.isfinite(figure) and figure <= 1 + 1e-9) for figure in figures)
