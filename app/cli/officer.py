"""`officer`: what officers do on their own machine, offline. Their private key is read here and goes nowhere else."""

from pathlib import Path
from typing import Annotated

import pyrage
import typer

from app.ceremony.key_page import key_page
from app.cli.officer_key import fail, read_key, write_private
from app.cli.officer_match import match
from app.vault import age
from app.vault.errors import NotOpenable
from app.vault.identity import Identity
from app.vault.split import OfficerPart, join

app = typer.Typer(no_args_is_help=True, help="An officer's key, on the officer's own machine, offline.")
app.command()(match)
LEAST_PASSPHRASE = 10
_LABELS = {
    "name": "Name",
    "email": "E-mail",
    "phone": "Telephone",
    "postal_address": "Postal address",
    "registration_number": "Registration number",
    "also_known_as": "Also known as",
    "organisations": "Workplaces",
    "co_authors": "Co-authors",
}


@app.command()
def keygen(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write the key to.")] = Path(
        "officer-key.age"
    ),
    name: Annotated[str, typer.Option(help="Whose key it is, for the printed page.")] = "",
    no_passphrase: Annotated[  # noqa: FBT002 - a command's flag
        bool, typer.Option("--no-passphrase", help="Leave the file readable; for rehearsals alone.")
    ] = False,
) -> None:
    """Make a key: a file under a passphrase, and a page to print and lock away."""
    page = output.with_suffix(".pdf")
    if page == output:
        raise typer.BadParameter("The key's own file can't be a PDF: the page to print is written beside it.")
    for path in (output, page):
        if path.exists():
            raise typer.BadParameter(f"{path} is there already; a key is never overwritten.")
    secret = age.new_secret()
    public = age.public_key(secret)
    content = f"# public key: {public}\n{secret}\n".encode()
    if not no_passphrase:
        content = pyrage.passphrase.encrypt(content, _new_passphrase())
    write_private([(output, content), (page, key_page(name, secret, public))])
    typer.echo(f"The key is in {output}. Keep it and its passphrase; give them to nobody.", err=True)
    typer.echo(f"Print {page}, lock the page away, and delete that file.", err=True)
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
    secret = read_key(key)
    try:
        text = age.unseal(sealed.read_bytes(), secret).decode(errors="replace").strip()
        part = OfficerPart.from_text(text)
    except NotOpenable as error:
        fail(
            "This key does not open this share. Is it the key made for this contest, and the share made for you?",
            error,
        )
    if output is None:
        typer.echo(text)
        return
    write_private([(output, text.encode())])
    typer.echo(
        f"Your part of envelope {part.entry_id} is in {output}. "
        "Hand it in where you downloaded the share, then delete it.",
        err=True,
    )


@app.command(name="open-envelope")
def open_envelope(
    envelope: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="The envelope's age file, from the vault or a backup."
        ),
    ],
    parts: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, help="Parts, each decrypted by its own officer."),
    ],
    show_key: Annotated[  # noqa: FBT002 - a command's flag
        bool,
        typer.Option("--show-key", help="Print the envelope's own key instead, for the stock age command."),
    ] = False,
) -> None:
    """Open one envelope without a server: for the day when none is left. It stands in no record."""
    try:
        handed_in = [
            OfficerPart.from_text(path.read_text(encoding="utf-8", errors="replace")) for path in parts
        ]
        entry_id = handed_in[0].entry_id
        secret = join(handed_in, entry_id=entry_id)
        identity = _identity_in(age.unseal(envelope.read_bytes(), secret), part=handed_in[0])
    except NotOpenable as error:
        fail(f"The envelope stays shut: {error}.", error)
    if show_key:
        typer.echo(secret)
        return
    for field, label in _LABELS.items():
        value = getattr(identity, field)
        if value:
            typer.echo(f"{label}: {_in_a_line(value)}")


def _new_passphrase() -> str:
    while True:
        passphrase: str = typer.prompt("A passphrase for the key", hide_input=True, confirmation_prompt=True)
        if len(passphrase) >= LEAST_PASSPHRASE:
            return passphrase
        typer.echo(f"It has at least {LEAST_PASSPHRASE} characters; four or five words are best.", err=True)


def _identity_in(content: bytes, *, part: OfficerPart) -> Identity:
    try:
        return Identity.from_json(content.decode(), entry_id=part.entry_id)
    except (ValueError, KeyError, TypeError) as error:
        raise NotOpenable("what is sealed here is no identity") from error


def _in_a_line(value: str | tuple[str, ...] | tuple[tuple[str, str], ...]) -> str:
    if isinstance(value, str):
        return ", ".join(value.splitlines())
    return "; ".join(each if isinstance(each, str) else " ".join(each).strip() for each in value)
