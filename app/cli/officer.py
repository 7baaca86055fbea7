"""`officer`: what officers do on their own machine, offline. Their private key is read here and goes nowhere else."""

import os
from pathlib import Path
from typing import Annotated

import pyrage
import typer

from app.ceremony.key_page import key_page
from app.vault import age
from app.vault.errors import NotOpenable
from app.vault.split import OfficerPart

app = typer.Typer(no_args_is_help=True, help="An officer's key, on the officer's own machine, offline.")
_HEAD = b"age-encryption.org/v1"
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"


@app.command()
def keygen(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write the key to.")],
    name: Annotated[str, typer.Option(help="Whose key it is, for the printed page.")] = "",
    no_passphrase: Annotated[  # noqa: FBT002 - a command's flag
        bool, typer.Option("--no-passphrase", help="Leave the file readable; for rehearsals alone.")
    ] = False,
) -> None:
    """Make a key: a file under a passphrase, and a page to print and lock away."""
    if output.exists():
        raise typer.BadParameter(f"{output} is there already; a key is never overwritten.")
    secret = age.new_secret()
    public = age.public_key(secret)
    content = f"# public key: {public}\n{secret}\n".encode()
    if not no_passphrase:
        passphrase = typer.prompt("A passphrase for the key", hide_input=True, confirmation_prompt=True)
        content = pyrage.passphrase.encrypt(content, passphrase)
    _write_private(output, content)
    page = output.with_suffix(".pdf")
    _write_private(page, key_page(name, secret, public))
    typer.echo(f"The key is in {output}. Keep it and its passphrase; give them to nobody.", err=True)
    typer.echo(f"Print {page}, lock it away, and delete the file.", err=True)
    typer.echo("Paste this public key into your page “My key”:", err=True)
    typer.echo(public)


@app.command()
def share(
    sealed: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="share.age, as downloaded.")],
    key: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Your key, as keygen wrote it.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File for the part to hand in.")
    ] = None,
) -> None:
    """Decrypt your part of one envelope. The result opens nothing without another officer's."""
    try:
        text = age.unseal(sealed.read_bytes(), _read_key(key)).decode().strip()
        part = OfficerPart.from_text(text)
    except NotOpenable as error:
        typer.echo(
            "This key does not open this share. Is it the key made for this contest, and the share made for you?",
            err=True,
        )
        raise typer.Exit(1) from error
    if output is None:
        typer.echo(text)
        return
    _write_private(output, text.encode())
    typer.echo(
        f"Your part of envelope {part.entry_id} is in {output}. Hand it in on the page of the opening, then delete it.",
        err=True,
    )


def _read_key(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith((_HEAD, _ARMOUR)):
        passphrase = typer.prompt("The key's passphrase", hide_input=True, err=True)
        try:
            content = pyrage.passphrase.decrypt(content, passphrase)
        except pyrage.DecryptError as error:
            typer.echo("That is not the passphrase of this key.", err=True)
            raise typer.Exit(1) from error
    for line in content.decode(errors="replace").splitlines():
        if line.startswith("AGE-SECRET-KEY-1"):
            return line.strip()
    typer.echo(f"{path} holds no age key.", err=True)
    raise typer.Exit(1)


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
