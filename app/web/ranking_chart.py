"""Where rings, spans and places lie in the ranking's drawings. x runs from 0 to 300."""

from typing import Any

from app.ceremony.standings import Standings
from judging.ranking import RankedEntry

WIDTH = 300
MOST_ROWS = 8


def spread_of(found: Standings, ranked: RankedEntry) -> dict[str, Any]:
    """Rings for each judge's total, the mean, and the likely range (a standard error to each side)."""
    low, high = _bounds(found)

    def x(score: float) -> float:
        return round(min(max((score - low) / (high - low), 0.0), 1.0) * WIDTH, 1)

    dots = [
        {"x": x(each.score), "label": f"{found.words.judge(each.judge)}: {each.score:g}"}
        for each in found.readings
        if each.entry == ranked.entry
    ]
    sd = ranked.sd or 0.0
    return {
        "dots": dots,
        "span": {"x1": x(ranked.score - sd), "x2": x(ranked.score + sd)} if sd else None,
        "mean_x": x(ranked.score),
    }


def axis(found: Standings) -> list[dict[str, Any]]:
    low, high = _bounds(found)
    ticks = [low + (high - low) * n / 4 for n in range(5)]
    return [{"x": round(n * WIDTH / 4, 1), "label": f"{tick:g}"} for n, tick in enumerate(ticks)]


def judges_places(found: Standings) -> dict[str, Any] | None:
    """The place each judge's totals give, for the first entries of the ranking."""
    if found.ranking is None:
        return None
    judges = sorted({each.judge for each in found.readings}, key=found.words.judge)
    places = {judge: _places_by(found, judge) for judge in judges}
    rows = [
        {
            "nom": found.words.entry(each.entry),
            "places": [places[judge].get(each.entry) for judge in judges],
            "together": each.rank,
            "first": each.rank == 1,
        }
        for each in found.ranking.entries[:MOST_ROWS]
    ]
    first_everywhere = all(
        places[judge].get(each.entry) in {None, 1}
        for each in found.ranking.entries
        if each.rank == 1
        for judge in judges
    )
    return {
        "judges": [found.words.judge(judge) for judge in judges],
        "rows": rows,
        "sentence": "Every judge who read it put the same essay first."
        if first_everywhere
        else "First place is at the top; each line follows one essay from judge to judge.",
    }


def _places_by(found: Standings, judge: str) -> dict[str, int]:
    own = {each.entry: each.score for each in found.readings if each.judge == judge}
    return {entry: 1 + sum(other > score for other in own.values()) for entry, score in own.items()}


def _bounds(found: Standings) -> tuple[float, float]:
    """The scale: from below the lowest mark to the most there is, in steps that print well."""
    lowest = min((each.score for each in found.readings), default=0.0)
    high = float(found.most)
    step = 10.0 if high > 30 else 4.0  # noqa: PLR2004 - four even parts in whole points
    low = max(0.0, (lowest - 1) // step * step)
    return (low, high) if high > low else (0.0, high)
