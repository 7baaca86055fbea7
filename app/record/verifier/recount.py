"""Whether the marks that counted were locked for the released copies and before the decision; and their sums."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.record.verifier.leaves import Findings, Json, rows_in


def check_marks(leaves: Sequence[Json], found: Findings) -> None:
    """Go through marks, releases and decisions in the order in which they came."""
    rows: dict[str, dict[str, Any]] = {}
    decided: set[str] = set()
    marks = 0
    for leaf in leaves:
        for name, columns in rows_in(leaf).items():
            rows[name] = {**rows.get(name, {}), **columns}
            # An erasure says anew what is left, and locks nothing.
            if name.startswith("marks ") and leaf["kind"] != "erased":
                marks += 1
                _check_locked(rows, name, decided, found)
            if name.startswith("decision "):
                _check_ranking(rows, name, found)
                decided.add(name.removeprefix("decision "))
    if marks:
        found.right.append(f"Judges’ readings locked, each for the copy released: {marks}.")


def _check_locked(rows: Json, name: str, decided: set[str], found: Findings) -> None:
    number = name.split(" ")[1]
    released = rows.get(f"release {number}", {}).get("reading_copy")
    if rows[name]["reading_copy"] != released:
        found.wrong.append(f"Marks for entry {number} were locked for another copy than the one released.")
    if rows.get(f"entry {number}", {}).get("category") in decided:
        found.wrong.append(f"Marks for entry {number} were locked after the decision.")


def _check_ranking(rows: Json, decision: str, found: Findings) -> None:
    """The ranking holds every essay the judges had; where all judges marked all, its scores are means: count again."""
    ranking = {number: score for number, _, score in rows[decision]["ranking"]}
    totals = _totals(rows)
    category = decision.removeprefix("decision ")
    judged = {
        number
        for number in totals
        if rows.get(f"entry {number}", {}).get("category") == category and f"withdrawal {number}" not in rows
    }
    if not judged <= set(ranking):
        missing = ", ".join(sorted(judged - set(ranking)))
        found.wrong.append(f"The {decision} leaves out entries that judges have marked: {missing}.")
    judges = {judge for number in judged for judge in totals[number]}
    if not judged:
        return
    if judged != set(ranking) or any(set(totals[number]) != judges for number in judged):
        found.unchecked.append(
            f"The {decision} rests on a panel with gaps; its scores are a model’s, not counted again here."
        )
        return
    wrong = [
        number
        for number, score in ranking.items()
        if abs(sum(totals[number].values(), Decimal()) / len(judges) - Decimal(score)) > Decimal("0.0001")
    ]
    found.check(
        not wrong,
        f"The scores of the {decision} are the means of the marks locked, counted again.",
        f"The scores of the {decision} are not the means of the marks locked: {', '.join(wrong)}.",
    )


def _totals(rows: Json) -> dict[str, dict[str, Decimal]]:
    """Weighted points by entry and judge, of readings locked and not stood back from."""
    totals: dict[str, dict[str, Decimal]] = {}
    for name, columns in rows.items():
        if name.startswith("marks ") and "points" in columns:
            number, judge = name.split(" ")[1:]
            if f"recusal {number} {judge}" not in rows:
                given = totals.setdefault(number, {})
                given[judge] = sum(
                    (
                        Decimal(points) * Decimal(rows[f"criterion {key}"]["weight"])
                        for key, points in columns["points"].items()
                    ),
                    Decimal(),
                )
    return totals
