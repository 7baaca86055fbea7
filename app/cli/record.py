"""The record by command: check a receipt or a record, export one whole, and countersign a root as its auditor."""

import base64
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.ceremony.audit import audited_record
from app.database import reading
from app.engines import make_engines
from app.record.checkpoint import public_key_of, signature_line, verifier_key
from app.record.verifier.command import main
from app.record.verifier.notes import Unreadable, read_note
from app.settings import Settings
from app.tables import Contest

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
auditor = typer.Typer(
    no_args_is_help=True, help="An auditor's key and countersignature, on the auditor's machine."
)
_New = Annotated[Path, typer.Option("--output", "-o", help="File to write the private key to.")]
_Name = Annotated[str, typer.Option(help="Who you are, as it will be published; no spaces, no +.")]


def verify(context: typer.Context) -> None:
    """Check the proof of a receipt or the export of a record; --help says how."""
    raise typer.Exit(main(context.args, program=f"nomdeplume {context.info_name}"))


def export_record(
    contest: Annotated[str, typer.Option(help="The contest's short name, as in its address.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; standard output without.")
    ] = None,
) -> None:
    """Write the whole record of a contest, with all the rows and files it speaks of as they are now.

    It holds what officers may see and nobody else: channels, times, marks. No name stands in it.
    """
    engines = make_engines(Settings())
    with reading(engines.contest) as session:
        contest_id = session.scalar(select(Contest.id).where(Contest.slug == contest))
    if contest_id is None:
        typer.echo(f"There is no contest “{contest}” here.", err=True)
        raise typer.Exit(2)
    text = json.dumps(audited_record(engines, contest_id=contest_id), ensure_ascii=False, indent=1)
    if output is None:
        sys.stdout.write(text + "\n")
    else:
        output.write_text(text + "\n", encoding="utf-8")


@auditor.command()
def keygen(output: _New, name: _Name) -> None:
    """Make an auditor's key; print the public one, which the society publishes beside your name."""
    if output.exists():
        raise typer.BadParameter(f"{output} is there already; a key is never overwritten.")
    _check_name(name)
    seed = Ed25519PrivateKey.generate().private_bytes_raw()
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.b64encode(seed).decode() + "\n")
    typer.echo(verifier_key(name, public_key_of(seed)))


@auditor.command()
def countersign(
    note: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A published root, as downloaded.")
    ],
    key: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Your key, as keygen wrote it.")],
    name: _Name,
) -> None:
    """Print your line under a root, to be sent to the society: you have seen this root, and no other of its size."""
    _check_name(name)
    try:
        seen = read_note(note.read_text(encoding="utf-8"))
        seed = base64.b64decode(key.read_text().strip(), validate=True)
        signature = Ed25519PrivateKey.from_private_bytes(seed).sign(seen.body.encode())
    except (Unreadable, ValueError) as error:
        typer.echo("That is no published root, or no auditor's key.", err=True)
        raise typer.Exit(2) from error
    typer.echo(verifier_key(name, public_key_of(seed)))
    typer.echo(signature_line(name, public_key_of(seed), signature), nl=False)


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name) or not name.isprintable():
        raise typer.BadParameter("Give a name without spaces and without +, such as a.auditor@example.org.")
