"""`backup` and `restore`: the whole installation into a folder, and out of it into an empty one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.exc import SQLAlchemyError

from app.backup.containers import read_identities
from app.backup.restore import restore_backup
from app.backup.write import Tell, make_backup
from app.clock import system_clock
from app.engines import make_engines
from app.errors import NomdeplumeError
from app.settings import Settings

_SAID = {
    "files": "Copying files",
    "tables": "Writing tables",
    "checking": "Checking the backup",
    "restoring": "Restoring",
}
To = Annotated[
    list[str] | None,
    typer.Option("--to", help="An age public key (age1…) to encrypt to; may be given several times."),
]
Identity = Annotated[
    list[Path] | None,
    typer.Option(exists=True, dir_okay=False, help="File of an age key that the backup was encrypted to."),
]
WithoutKeys = Annotated[
    bool,
    typer.Option("--without-keys", help="Restore although record-signing.secret is lost for good."),
]


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must be new or empty.")],
    to: To = None,
) -> None:
    """Back up both databases and all files as they are at this moment, while the service goes on.

    No key is in it. Without --to it can be read by whoever has it, apart from what is sealed.
    """
    with _plainly(), _progress() as tell:
        manifest = make_backup(
            make_engines(Settings()), folder=folder, recipients=to or (), clock=system_clock, tell=tell
        )
    rows = sum(part.rows for part in manifest.parts)
    typer.echo(f"{folder} is whole: {rows} rows and {manifest.files.count} files, as of {manifest.made_at}.")
    if not to:
        typer.echo("It is not encrypted: keep it as carefully as the data folder, or use --to.")


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="A backup.")],
    identity: Identity = None,
    without_keys: WithoutKeys = False,  # noqa: FBT002 - a command's flag
) -> None:
    """Check a backup and put it into this installation, which has to be empty and stopped."""
    with _plainly(), _progress() as tell:
        identities = [key for file in identity or () for key in read_identities(file)]
        restored = restore_backup(
            make_engines(Settings()),
            folder=folder,
            identities=identities,
            without_keys=without_keys,
            tell=tell,
        )
    typer.echo(
        f"Restored as of {restored.made_at.isoformat()}: {restored.rows} rows and {restored.files} files. "
        "Everybody has to sign in again."
    )
    if restored.unprepared:
        typer.echo(
            f"{restored.unprepared} entries had not been prepared yet, and the worker’s key of then is gone: they keep "
            "their places, and the desk has to ask for those essays once more."
        )
    if not restored.keeps_record_key:
        typer.echo("Roots of the record published from now on are signed with a new key: announce it.")
    typer.echo(
        "What happened after that moment is not in it: entries, marks, erasures. An entry erased since then has to be "
        "erased again, and roots of the record published since then no longer belong to it: tell whoever has them."
    )


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in plain words what went wrong. Neither a path inside a database nor a value of a row is ever shown."""
    try:
        yield
    except NomdeplumeError as error:
        typer.echo(f"{error.title}. {error.in_full}", err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(
            f"Nothing was done: {error.strerror or 'the disk could not be read or written'}.", err=True
        )
        raise typer.Exit(1) from error
    except SQLAlchemyError as error:
        typer.echo("Nothing was done: a database could not be reached.", err=True)
        raise typer.Exit(1) from error


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar on a terminal; elsewhere nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()
    ) as bars:
        tasks = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(_SAID[what])
            bars.update(tasks[what], completed=done, total=of or None)

        yield tell
