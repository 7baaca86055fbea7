"""A ranking as plain values, ready for JSON; the shape is part of the program's public interface."""

from typing import Any

from judging.agreement import Agreement
from judging.ranking import Ranking


def ranking_report(ranking: Ranking, agreement: Agreement, warnings: list[str]) -> dict[str, Any]:
    """Lay out a ranking, best entry first; None where a figure cannot be had."""
    icc, alpha = agreement.icc, agreement.alpha
    return {
        "method": ranking.method.value,
        "ranking": [
            {
                "entry": each.entry,
                "rank": each.rank,
                "score": each.score,
                "sd": each.sd,
                "p_best": each.p_best,
            }
            for each in ranking.entries
        ],
        "judges": [{"judge": each.judge, "effect": each.effect, "sd": each.sd} for each in ranking.judges],
        "variance": {
            "entry": ranking.variance.entry,
            "judge": ranking.variance.judge,
            "noise": ranking.variance.noise,
            "objective": ranking.variance.objective,
        },
        "agreement": {
            "icc": {
                "1,1": icc.one_1,
                "A,1": icc.agreement_1,
                "C,1": icc.consistency_1,
                "1,k": icc.one_k,
                "A,k": icc.agreement_k,
                "C,k": icc.consistency_k,
            },
            "alpha": {
                "nominal": alpha.nominal,
                "ordinal": alpha.ordinal,
                "interval": alpha.interval,
                "ratio": alpha.ratio,
            },
            "kendall_w": agreement.kendall_w,
        },
        "warnings": warnings,
    }
