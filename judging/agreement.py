"""How well do the judges agree? Published coefficients, None where one cannot be had, never NaN."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from judging.alpha import Alpha, krippendorff_alpha
from judging.orders import middle_ranks
from judging.quotient import quotient
from judging.readings import Floats, Panel, Reading


@dataclass(frozen=True, slots=True)
class Icc:
    """Intraclass correlations, named after McGraw & Wong: one judge (1) or the whole panel (k).

    `one_*` is one-way, `agreement_*` counts severity as disagreement, `consistency_*` does not.
    """

    one_1: float | None
    agreement_1: float | None
    consistency_1: float | None
    one_k: float | None
    agreement_k: float | None
    consistency_k: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All coefficients; `entries_counted` are those every judge has read, on which ICC and W rest."""

    icc: Icc
    alpha: Alpha
    kendall_w: float | None
    entries_counted: int


_NO_ICC = Icc(None, None, None, None, None, None)


def measure_agreement(readings: Sequence[Reading]) -> Agreement:
    """Measure agreement: ICC and W on entries every judge has read, alpha on all that two have read."""
    panel = Panel.of(readings)
    table = panel.complete_table
    return Agreement(
        icc=intraclass_correlations(table),
        alpha=krippendorff_alpha(panel),
        kendall_w=kendall_w(table),
        entries_counted=len(table),
    )


def intraclass_correlations(table: Floats) -> Icc:
    """Six coefficients from a complete table, entries down, judges across.

    Source: P. E. Shrout & J. L. Fleiss, Psychological Bulletin 86 (1979) 420-428, who call them ICC(1,1),
    (2,1), (3,1), (1,k), (2,k), (3,k); K. O. McGraw & S. P. Wong, Psychological Methods 1 (1996) 30-46.
    """
    n, k = table.shape
    if n <= 1 or k <= 1:
        return _NO_ICC
    grand = table.mean()
    by_entry, by_judge = table.mean(axis=1), table.mean(axis=0)
    rows = k * ((by_entry - grand) ** 2).sum() / (n - 1)
    columns = n * ((by_judge - grand) ** 2).sum() / (k - 1)
    within = ((table - by_entry[:, None]) ** 2).sum() / (n * (k - 1))
    error = ((table - by_entry[:, None] - by_judge[None] + grand) ** 2).sum() / ((n - 1) * (k - 1))
    return Icc(
        one_1=quotient(rows - within, rows + (k - 1) * within),
        agreement_1=quotient(rows - error, rows + (k - 1) * error + k * (columns - error) / n),
        consistency_1=quotient(rows - error, rows + (k - 1) * error),
        one_k=quotient(rows - within, rows),
        agreement_k=quotient(rows - error, rows + (columns - error) / n),
        consistency_k=quotient(rows - error, rows),
    )


def kendall_w(table: Floats) -> float | None:
    """Kendall's coefficient of concordance, corrected for ties; entries down, judges across.

    Source: M. G. Kendall & B. Babington Smith, Annals of Mathematical Statistics 10 (1939) 275-287.
    """
    n, judges = table.shape
    if n <= 1 or judges <= 1:
        return None
    sums = np.column_stack([middle_ranks(-column) for column in table.T]).sum(axis=1)
    spread = ((sums - sums.mean()) ** 2).sum()
    sizes = [np.unique(column, return_counts=True)[1] for column in table.T]
    ties = sum(float((size**3 - size).sum()) for size in sizes)
    return quotient(12 * spread, judges**2 * (n**3 - n) - judges * ties)
