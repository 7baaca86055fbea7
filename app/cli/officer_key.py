"""An officer's private key in files of the officer's own: read with its passphrase, written for nobody else."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import pyrage
import typer

from app.vault import age

_HEAD = b"age-encryption.org/v1"
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_TYPED = re.compile(r"AGE-SECRET-KEY-1(?:\s*[0-9A-Z]){58}")
"""A key as made, or as typed from the printed page with its gaps."""


def read_key(path: Path) -> str:
    """Return the private key in a file, asking for its passphrase. Ends the command, with the reason, without one."""
    content = path.read_bytes()
    if content.startswith((_HEAD, _ARMOUR)):
        passphrase = typer.prompt("The key's passphrase", hide_input=True, err=True)
        try:
            content = pyrage.passphrase.decrypt(content, passphrase)
        except pyrage.DecryptError as error:
            fail(_why(str(error), path), error)
    found = _TYPED.search(content.decode(errors="replace").upper())
    if found is None:
        fail(f"{path} holds no key. It is a file that keygen or your page “My key” made.")
    secret = "".join(found.group().split())
    try:
        age.public_key(secret)
    except pyrage.IdentityError as error:
        fail(f"The key in {path} is damaged, or a character was mistyped.", error)
    return secret


def write_private(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files readable by their owner alone: all of them, or none. Nothing is ever written over."""
    written: list[Path] = []
    try:
        for path, content in files:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            written.append(path)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            fail(
                f"{error.filename} is there already, and nothing is written over. Nothing was written.", error
            )
        if isinstance(error, OSError):
            fail(
                f"{error.filename or 'The file'} could not be written: {error.strerror}. Nothing is left of it.",
                error,
            )
        raise


def fail(message: str, error: Exception | None = None) -> NoReturn:
    """End the command with a sentence."""
    typer.echo(message, err=True)
    raise typer.Exit(1) from error


def _why(said: str, path: Path) -> str:
    if "No matching keys" in said:
        return f"{path} is a sealed share, not a key. Name your key’s file with --key, and the share without."
    if "Decryption failed" in said:
        return "That is not the passphrase of this key."
    return f"{path} can’t be opened: {said}."
