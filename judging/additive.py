"""How good is each entry once the judges' severity is taken out? For panels with readings missing.

The model is score = level + entry + judge + noise, entry and judge effects shrunk towards nought by fixed
ratios of variances (C. R. Henderson, Biometrics 31 (1975) 423-447). Entries are eliminated first, so that
only a system of the size of the panel is solved; the noise is estimated with the ratios held (D. A. Harville,
Journal of the American Statistical Association 72 (1977) 320-338).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from judging.readings import Floats, Panel

NOISE_TO_ENTRY = 1.0
NOISE_TO_JUDGE = 5.0
_ROWS_AT_ONCE = 4096
_MOST_DRAWS, _FEWEST_DRAWS, _NUMBERS_IN_ALL = 4000, 500, 20_000_000
_MOST_AT_ONCE, _FEWEST_AT_ONCE, _NUMBERS_AT_ONCE = 500, 20, 2_000_000


@dataclass(frozen=True)
class AdditiveFit:
    """Estimates in points: `scores` is level and entry effect together; variances in points squared."""

    panel: Panel
    scores: Floats
    score_sds: Floats
    judge_effects: Floats
    judge_sds: Floats
    noise_variance: float
    _coefficients: Floats
    _inverse: Floats

    @property
    def entry_variance(self) -> float:
        return self.noise_variance / NOISE_TO_ENTRY

    @property
    def judge_variance(self) -> float:
        return self.noise_variance / NOISE_TO_JUDGE

    def draw_scores(self, seed: int) -> Iterator[Floats]:
        """Draw true scores from the posterior, draws down, entries across, in blocks.

        The noise variance is drawn too: on small panels it is itself uncertain.
        """
        rng = np.random.default_rng(seed)
        entries = len(self.panel.entries)
        count = min(max(_NUMBERS_IN_ALL // entries, _FEWEST_DRAWS), _MOST_DRAWS)
        at_once = min(max(_NUMBERS_AT_ONCE // len(self.panel.scores), _FEWEST_AT_ONCE), _MOST_AT_ONCE)
        factor = np.linalg.cholesky(self._inverse)
        freedom = len(self.panel.scores) - 1
        own_sds = np.sqrt(1 / (self.panel.readings_per_entry + NOISE_TO_ENTRY))
        for start in range(0, count, at_once):
            size = min(at_once, count - start)
            noise = np.sqrt(self.noise_variance * freedom / rng.chisquare(freedom, (size, 1)))
            levels = self._coefficients + noise * (rng.standard_normal((size, len(factor))) @ factor.T)
            centres = _scores_given(self.panel, levels)
            yield centres + noise * own_sds * rng.standard_normal(centres.shape)


def fit_additive(panel: Panel) -> AdditiveFit:
    """Fit the shrunk additive model by one dense system of the size of the panel."""
    matrix, right = _equations(panel)
    inverse = np.linalg.inv(matrix)
    inverse = (inverse + inverse.T) / 2
    coefficients = inverse @ right
    scores = _scores_given(panel, coefficients[None])[0]
    noise = _noise_variance(panel, coefficients, scores)
    return AdditiveFit(
        panel=panel,
        scores=scores,
        score_sds=np.sqrt(noise * _score_variances(panel, inverse)),
        judge_effects=coefficients[1:],
        judge_sds=np.sqrt(noise * np.diag(inverse)[1:]),
        noise_variance=noise,
        _coefficients=coefficients,
        _inverse=inverse,
    )


def _blocks(panel: Panel) -> Iterator[slice]:
    """Stretches of entries small enough for a dense table of entries by judges."""
    for start in range(0, len(panel.entries), _ROWS_AT_ONCE):
        yield slice(start, min(start + _ROWS_AT_ONCE, len(panel.entries)))


def _design(panel: Panel, rows: slice) -> Floats:
    """Count readings for these entries: a column for the level, then one for each judge."""
    first, last = np.searchsorted(panel.entry_of, (rows.start, rows.stop))
    design = np.zeros((rows.stop - rows.start, len(panel.judges) + 1))
    design[:, 0] = panel.readings_per_entry[rows]
    design[panel.entry_of[first:last] - rows.start, panel.judge_of[first:last] + 1] = 1
    return design


def _equations(panel: Panel) -> tuple[Floats, Floats]:
    """Set up the normal equations of level and judges after the entries have been eliminated."""
    per_judge = panel.readings_per_judge.astype(float)
    judge_sums = np.bincount(panel.judge_of, weights=panel.scores, minlength=len(panel.judges))
    matrix = np.diag(np.concatenate([[len(panel.scores)], per_judge + NOISE_TO_JUDGE]))
    matrix[0, 1:] = matrix[1:, 0] = per_judge
    right = np.concatenate([[panel.scores.sum()], judge_sums])
    sums = panel.sum_by_entry(panel.scores)
    for rows in _blocks(panel):
        design = _design(panel, rows)
        weighted = design / (panel.readings_per_entry[rows] + NOISE_TO_ENTRY)[:, None]
        matrix -= design.T @ weighted
        right -= weighted.T @ sums[rows]
    return matrix, right


def _scores_given(panel: Panel, levels: Floats) -> Floats:
    """Estimate all scores for each row of level and judge effects."""
    ends = np.cumsum(panel.readings_per_entry)
    from_judges = np.add.reduceat(levels[:, 1:][:, panel.judge_of], ends - panel.readings_per_entry, axis=1)
    expected = levels[:, :1] * panel.readings_per_entry + from_judges
    sums = panel.sum_by_entry(panel.scores)
    return np.asarray(levels[:, :1] + (sums - expected) / (panel.readings_per_entry + NOISE_TO_ENTRY))


def _noise_variance(panel: Panel, coefficients: Floats, scores: Floats) -> float:
    effects = scores - coefficients[0]
    residuals = panel.scores - scores[panel.entry_of] - coefficients[1:][panel.judge_of]
    penalty = NOISE_TO_ENTRY * (effects**2).sum() + NOISE_TO_JUDGE * (coefficients[1:] ** 2).sum()
    return float((residuals**2).sum() + penalty) / (len(panel.scores) - 1)


def _score_variances(panel: Panel, inverse: Floats) -> Floats:
    """Variances of the scores in units of the noise."""
    own: Floats = 1 / (panel.readings_per_entry + NOISE_TO_ENTRY)
    shared = []
    for rows in _blocks(panel):
        slopes = -_design(panel, rows) * own[rows, None]
        slopes[:, 0] += 1
        shared.append(np.einsum("ij,jk,ik->i", slopes, inverse, slopes, optimize=True))
    return np.asarray(own + np.concatenate(shared))
