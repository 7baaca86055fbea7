"""`nomdeplume anonymise`: reading copies of essays, made on this machine without the service."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from anonymiser import (
    Author,
    AuthorInvalid,
    Heading,
    RefusalCode,
    Refused,
    Report,
    Status,
    load_authors,
)
from anonymiser.detect.model import NAMES_MODEL, check_model
from anonymiser.sandbox import run, sandboxed_anonymise

_USAGE = 2


@dataclass(frozen=True, slots=True)
class _Order:
    essay: Path
    into: Path
    heading: Heading
    authors: tuple[Author, ...]
    names_model: str


def anonymise(
    essays: Annotated[
        list[Path], typer.Argument(metavar="ESSAY...", exists=True, dir_okay=False, readable=True)
    ],
    into: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", file_okay=False)],
    author: Annotated[
        Path | None, typer.Option("--author", metavar="AUTHOR.toml", exists=True, dir_okay=False)
    ] = None,
    nom_de_plume: Annotated[str, typer.Option("--nom-de-plume", metavar="TEXT")] = "Anonymous",
    entry_number: Annotated[str, typer.Option("--entry-number", metavar="TEXT")] = "0",
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=1)] = 1,
    names_model: Annotated[
        str,
        typer.Option(
            "--names-model",
            metavar="MODEL",
            envvar=NAMES_MODEL,
            help="A spaCy model, by name or path, that adds its names to the findings.",
        ),
    ] = "",
) -> None:
    """Make a reading copy of each ESSAY: DIR/<name>.pdf to read, DIR/<name>.json to say what was found."""
    if len({essay.stem for essay in essays}) < len(essays):
        _stop("Two essays have the same name; their reading copies would overwrite each other.")
    try:
        authors = load_authors(author) if author is not None else ()
    except AuthorInvalid as invalid:
        _stop(str(invalid))
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _stop(f"{into}: {error.strerror}")
    if names_model:
        _load_with_children(names_model)
    heading = Heading(entry_number, nom_de_plume)
    orders = [_Order(essay, into, heading, authors, names_model) for essay in essays]
    console = Console(stderr=True)
    refused = 0
    with ThreadPoolExecutor(jobs) as pool:
        for order, message in _show_progress(
            zip(orders, pool.map(_carry_out, orders), strict=True), len(orders), console
        ):
            if message:
                refused += 1
                console.print(f"{order.essay}: {message}", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1 if refused else 0)


def _show_progress(
    done: Iterable[tuple[_Order, str]], total: int, console: Console
) -> Iterator[tuple[_Order, str]]:
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading copies", total=total)
        for pair in done:
            progress.advance(task)
            yield pair


def _carry_out(order: _Order) -> str:
    """Write the files of one essay; returns why it was refused, "" where it was not."""
    pdf = order.into / f"{order.essay.stem}.pdf"
    try:
        source = order.essay.read_bytes()
        made = sandboxed_anonymise(
            source, authors=order.authors, heading=order.heading, names_model=order.names_model
        )
    except OSError as error:
        refused = Refused(RefusalCode.UNREADABLE, f"The file can't be read: {error.strerror}.")
    except Refused as raised:
        refused = raised
    else:
        _write(pdf, made.pdf)
        _write_report(order, made.report.as_json(order.essay.name))
        return ""
    # A reading copy of an earlier run must not stand beside the report of a refusal.
    pdf.unlink(missing_ok=True)
    report = Report(format="", sha256="", status=Status.REFUSED, reason=f"{refused.code}: {refused.message}")
    _write_report(order, report.as_json(order.essay.name))
    return refused.message


def _write_report(order: _Order, report: dict[str, Any]) -> None:
    text = json.dumps(report, ensure_ascii=False, indent=2)
    _write(order.into / f"{order.essay.stem}.json", f"{text}\n".encode())


def _write(path: Path, data: bytes) -> None:
    with _replaced(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """Give a file beside `path` that takes its place at the end: nobody meets half a reading copy."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _load_with_children(model: str) -> None:
    """Have the model loaded where children inherit it, or stop."""
    os.environ[NAMES_MODEL] = model
    try:
        run(check_model, model)
    except Refused:
        _stop(f"{model} can’t be loaded. Install spaCy and the model, or name none.")


def _stop(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    raise typer.Exit(_USAGE)
