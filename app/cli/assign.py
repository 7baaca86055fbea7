"""`nomdeplume assign`: deal entries to judges, evenly and at random, conflicts kept apart."""

import csv
import json
from pathlib import Path
from random import Random, SystemRandom
from typing import Annotated, Any, NoReturn

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from judging.assignment import Assignment, deal
from judging.ids import EntryId, JudgeId


def assign(
    *,
    entries: Annotated[int, typer.Option(min=1, help="How many entries; they are called 1, 2, …")],
    judges: Annotated[int, typer.Option(min=1, help="How many judges; they are called 1, 2, …")],
    reads: Annotated[int, typer.Option(min=1, help="How many judges read each entry.")],
    conflicts: Annotated[
        Path | None, typer.Option(help="CSV with columns entry, judge: pairs that may not meet.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Deal the same way again.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Deal entries to judges, evenly and at random, each judge in an own order."""
    if reads > judges:
        _refuse("--reads", f"{reads} readers an entry cannot be had from {judges} judges.")
    entry_ids = [EntryId(str(number)) for number in range(1, entries + 1)]
    judge_ids = [JudgeId(str(number)) for number in range(1, judges + 1)]
    assignment = deal(
        entry_ids,
        judge_ids,
        reads=reads,
        conflicts=_conflicts(conflicts, set(entry_ids), set(judge_ids)) if conflicts else set(),
        random=SystemRandom() if seed is None else Random(seed),  # noqa: S311 - repeatable on request
    )
    if as_json:
        typer.echo(json.dumps(_report(assignment), indent=2))
    else:
        _print_page(assignment)


def _conflicts(path: Path, entries: set[EntryId], judges: set[JudgeId]) -> set[tuple[EntryId, JudgeId]]:
    """Read pairs that may not meet, or say what is wrong and stop."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        _refuse(str(path), "the file cannot be read as text.")
    rows = csv.reader(lines, strict=True)
    pairs = set()
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        if sorted(header) != ["entry", "judge"]:
            _refuse(f"{path}: line 1", f"the columns must be entry, judge; there is {', '.join(header)}.")
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                _refuse(f"{path}: line {rows.line_num}", f"there must be 2 values; there is {len(row)}.")
            cells = dict(zip(header, map(str.strip, row), strict=True))
            entry, judge = EntryId(cells["entry"]), JudgeId(cells["judge"])
            if entry not in entries or judge not in judges:
                _refuse(f"{path}: line {rows.line_num}", f"there is no entry {entry} with a judge {judge}.")
            pairs.add((entry, judge))
    except csv.Error as error:
        _refuse(f"{path}: line {rows.line_num}", f"this is not comma-separated text ({error}).")
    return pairs


def _report(assignment: Assignment) -> dict[str, Any]:
    return {
        "judges": [{"judge": judge, "entries": list(own)} for judge, own in _in_order(assignment)],
        "short": [
            {"entry": each.entry, "wanted": each.wanted, "found": each.found} for each in assignment.short
        ],
        "spread": assignment.spread,
        "connected": assignment.is_connected,
        "warnings": _warnings(assignment),
    }


def _in_order(assignment: Assignment) -> list[tuple[JudgeId, tuple[EntryId, ...]]]:
    return sorted(assignment.lists.items(), key=lambda item: int(item[0]))


def _warnings(assignment: Assignment) -> list[str]:
    warnings = [
        f"Entry {each.entry} has {each.found} of {each.wanted} readers: too few judges may read it."
        for each in assignment.short
    ]
    if not assignment.is_connected:
        warnings.append("Some judges share no entry with the others: their severity cannot be compared.")
    return warnings


def _refuse(where: str, sentence: str) -> NoReturn:
    """Say on stderr what is wrong and where, and leave with the code for wrong usage."""
    typer.echo(f"{where}: {sentence}", err=True)
    raise typer.Exit(2)


def _print_page(assignment: Assignment) -> None:
    console = Console(highlight=False, markup=False)
    table = Table(box=SIMPLE_HEAD)
    table.add_column("Judge")
    table.add_column("Essays", justify="right")
    table.add_column("In this order")
    for judge, own in _in_order(assignment):
        table.add_row(judge, f"{len(own)}", ", ".join(own))
    console.print(table)
    for warning in _warnings(assignment):
        console.print(f"Note: {warning}", style="italic")
