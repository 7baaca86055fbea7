"""What does a file of marks say, and on which line is it wrong? Columns entry, judge, criterion, mark."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from judging.ids import EntryId, JudgeId
from judging.marks import Criterion, total
from judging.readings import Reading

COLUMNS = ("entry", "judge", "criterion", "mark")
_MOST_POINTS = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark and the line it stands on."""

    line: int
    entry: EntryId
    judge: JudgeId
    criterion: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and on which line; None where it is the file as a whole."""

    line: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence if self.line is None else f"line {self.line}: {self.sentence}"


def parse_marks(text: str) -> tuple[list[MarkLine], list[Problem]]:
    """Read a file of marks, separated by commas or semicolons; one problem makes it unusable."""
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    marks: list[MarkLine] = []
    problems: list[Problem] = []
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        if sorted(header) != sorted(COLUMNS):
            found = ", ".join(header) or "nothing"
            return [], [Problem(1, f"the columns must be {', '.join(COLUMNS)}; there is {found}.")]
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            parsed = _parse_row(header, row, rows.line_num)
            if isinstance(parsed, Problem):
                problems.append(parsed)
            else:
                marks.append(parsed)
    except csv.Error as error:
        problems.append(Problem(rows.line_num, f"this is not comma-separated text ({error})."))
    return marks, [*problems, *_duplicates(marks)]


def sum_up(
    marks: list[MarkLine], weights: Mapping[str, Decimal]
) -> tuple[list[Reading], list[str], list[Problem]]:
    """Weigh and add each judge's marks for each entry: readings, warnings, problems.

    A reading that lacks a criterion is left out, with a warning. Criteria weigh 1 unless `weights` has them.
    """
    keys = sorted({mark.criterion for mark in marks})
    if unknown := sorted(set(weights) - set(keys)):
        there_is = ", ".join(keys) or "none"
        return [], [], [Problem(None, f"no criterion is called “{unknown[0]}”; there is {there_is}.")]
    criteria = [Criterion(key=key, title=key, weight=weights.get(key, Decimal(1))) for key in keys]
    by_reading: dict[tuple[EntryId, JudgeId], dict[str, Decimal]] = {}
    for mark in marks:
        by_reading.setdefault((mark.entry, mark.judge), {})[mark.criterion] = mark.points
    readings, warnings = [], []
    for (entry, judge), points in by_reading.items():
        score = total(criteria, points)
        if score is None:
            missing = ", ".join(key for key in keys if key not in points)
            warnings.append(f"The reading of {entry} by {judge} lacks {missing} and was left out.")
        else:
            readings.append(Reading(entry, judge, float(score)))
    return readings, warnings, []


def parse_weights(text: str) -> tuple[dict[str, Decimal], list[Problem]]:
    """Read `name=2,other=0.5`; weights lie above nought."""
    weights: dict[str, Decimal] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, _, number = part.rpartition("=")
        weight = _number(number)
        if not key or weight is None or not 0 < weight <= _MOST_POINTS:
            return {}, [Problem(None, f"“{part}” is no weight: write name=2.")]
        weights[key.strip()] = weight
    return weights, []


def _parse_row(header: list[str], row: list[str], line: int) -> MarkLine | Problem:
    if len(row) != len(header):
        return Problem(line, f"there must be {len(header)} values; there is {len(row)}.")
    cells = dict(zip(header, map(str.strip, row), strict=True))
    if empty := [column for column in COLUMNS if not cells[column]]:
        return Problem(line, f"the {empty[0]} is missing.")
    points = _number(cells["mark"])
    if points is None:
        return Problem(line, f"the mark “{cells['mark'][:40]}” is not a number.")
    if abs(points) > _MOST_POINTS:
        return Problem(line, f"the mark “{cells['mark'][:40]}” is out of range.")
    return MarkLine(line, EntryId(cells["entry"]), JudgeId(cells["judge"]), cells["criterion"], points)


def _number(text: str) -> Decimal | None:
    """Read a finite decimal number as people write it; Python's underscores are none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and "_" not in text else None


def _duplicates(marks: list[MarkLine]) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], int] = {}
    for mark in marks:
        key = (mark.entry, mark.judge, mark.criterion)
        if key in first:
            yield Problem(
                mark.line,
                f"{mark.judge} has already marked {mark.entry} for {mark.criterion}, on line {first[key]}.",
            )
        first.setdefault(key, mark.line)
