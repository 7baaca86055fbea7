"""`nomdeplume rank`: rank a file of marks by any method, and say how sure the result is."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from judging.agreement import measure_agreement
from judging.confidence import chance_one_more_reading_changes_winner, leave_one_judge_out
from judging.errors import UnknownMethodError
from judging.marks_file import Problem, parse_marks, parse_weights, sum_up
from judging.methods import Method, method_named
from judging.ranking import Ranking
from judging.ranking import rank as rank_readings
from judging.readings import Reading, check_readings
from judging.report import ranking_report
from judging.sentences import Names, headline, in_100, lead_sentence, statements

_MOST_ROWS = 50
_MOST_PROBLEMS = 20


def rank(
    marks: Annotated[
        Path | None, typer.Argument(metavar="MARKS.csv", help="Columns entry, judge, criterion, mark.")
    ] = None,
    *,
    method: Annotated[str | None, typer.Option(help=f"One of {', '.join(Method)}.")] = None,
    weights: Annotated[str, typer.Option(help="name=2,other=0.5; a criterion weighs 1 otherwise.")] = "",
    pairs: Annotated[Path | None, typer.Option(help="judge, winner, loser: not in this version.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Rank a file of marks, and say how sure the result is."""
    if pairs is not None:
        _refuse("--pairs", ["ranking by pairs (Bradley-Terry) is not in this version."])
    if marks is None:
        _refuse("nomdeplume rank", ["a file of marks is missing."])
    try:
        chosen = None if method is None else method_named(method)
    except UnknownMethodError as error:
        _refuse("--method", [str(error)])
    readings, warnings = _readings(marks, weights)
    ranking = rank_readings(readings, method=chosen)
    warnings = [*warnings, *ranking.warnings]
    if as_json:
        report = ranking_report(ranking, measure_agreement(readings), warnings)
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _print_page(ranking, readings, warnings)


def _readings(path: Path, weights_text: str) -> tuple[list[Reading], list[str]]:
    """Read the file and weigh the marks, or say what is wrong and stop."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        _refuse(str(path), [f"the file cannot be read ({error.strerror or 'unknown error'})."])
    except UnicodeDecodeError:
        _refuse(str(path), ["the file is not text in UTF-8."])
    weights, problems = parse_weights(weights_text)
    _stop_at("--weights", problems)
    marks, problems = parse_marks(text)
    _stop_at(str(path), problems)
    readings, warnings, problems = sum_up(marks, weights)
    _stop_at("--weights", problems)
    if reasons := check_readings(readings):
        _refuse(str(path), [*(reason.sentence for reason in reasons), *warnings])
    return readings, warnings


def _stop_at(where: str, problems: list[Problem]) -> None:
    if problems:
        _refuse(where, [str(problem) for problem in problems])


def _refuse(where: str, sentences: list[str]) -> NoReturn:
    """Say on stderr what is wrong and where, and leave with the code for wrong usage."""
    for sentence in sentences[:_MOST_PROBLEMS]:
        typer.echo(f"{where}: {sentence}", err=True)
    if len(sentences) > _MOST_PROBLEMS:
        typer.echo(f"{where}: and {len(sentences) - _MOST_PROBLEMS} problems more.", err=True)
    raise typer.Exit(2)


def _print_page(ranking: Ranking, readings: list[Reading], warnings: Iterable[str]) -> None:
    console = Console(highlight=False, markup=False)
    names = Names()
    console.print(f"\n{headline(ranking, names)}.", style="bold")
    console.print(f"{lead_sentence(ranking, names)}\n")
    console.print(_entries_table(ranking))
    if len(ranking.entries) > _MOST_ROWS:
        console.print(f"The first {_MOST_ROWS} of {len(ranking.entries)} essays; --json has them all.\n")
    for statement in statements(
        ranking=ranking,
        agreement=measure_agreement(readings),
        without=leave_one_judge_out(readings, method=ranking.method),
        change=chance_one_more_reading_changes_winner(readings, method=ranking.method),
        names=names,
    ):
        console.print(f"{statement.title}: {statement.figure}", style="bold")
        console.print(f"  {statement.sentence}")
    for warning in warnings:
        console.print(f"Note: {warning}", style="italic")


def _entries_table(ranking: Ranking) -> Table:
    table = Table(box=SIMPLE_HEAD, title=f"Ranking by {ranking.method}", title_justify="left")
    table.add_column("Place")
    table.add_column("Essay")
    for heading in ("Score", "±", "Chance of being best"):
        table.add_column(heading, justify="right")
    if ranking.beside_method:
        table.add_column(f"By {ranking.beside_method}", justify="right")
    beside = {each.entry: f"{each.place}  {each.score:.2f}" for each in ranking.beside}
    for each in ranking.entries[:_MOST_ROWS]:
        cells = [each.place, each.entry, f"{each.score:.2f}", "" if each.sd is None else f"{each.sd:.2f}"]
        cells.append(in_100(each.p_best))
        table.add_row(*cells, *([beside[each.entry]] if beside else []))
    return table
