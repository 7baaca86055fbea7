"""`officer match`: an officer's step of the Council check, on the officer's own machine, offline."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.ceremony.council_bundle import HAND_OVER, Bundle, NoBundle, read_bundle
from app.ceremony.council_device import compare, hand_over, outcome_text
from app.cli.officer_key import fail, read_key, write_private
from app.vault.errors import NotOpenable
from app.wording import capital, counted
from judging.eligibility import CouncilRule

_SHOWN_EVERY = 50


def match(
    bundle: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="council-check.jsonl, as downloaded.")
    ],
    key: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Your key, as keygen wrote it.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File for what to hand in.")],
) -> None:
    """Compare sealed entries with the Council list, or hand your parts over to whoever compares.

    The downloaded file says which. No envelope is opened, and no name is shown.
    """
    secret = read_key(key)
    try:
        with bundle.open(encoding="utf-8") as lines:
            read = read_bundle(lines)
            content = _hand_over(read, secret) if read.step == HAND_OVER else _compare(read, secret)
    except (NotOpenable, NoBundle, UnicodeDecodeError) as error:
        fail(f"Nothing was made: {str(error).rstrip('.')}.", error)
    write_private([(output, content)])
    typer.echo(f"Hand in {output} on the page “Council check”, then delete it.", err=True)


def _hand_over(bundle: Bundle, secret: str) -> bytes:
    typer.echo(f"Sealing your parts to {bundle.head['to']['name']}.", err=True)
    with _progress(bundle) as progress:
        return hand_over(bundle, secret, progress)


def _compare(bundle: Bundle, secret: str) -> bytes:
    # Whoever could add a name here unseen could ask the entries for it.
    typer.echo("Comparing with these members of Council:", err=True)
    for member in bundle.members:
        typer.echo(f"  {member['name']}", err=True)
    with _progress(bundle) as progress:
        compared = compare(bundle, secret, progress)
    found = Counter(compared.outcomes.values())
    typer.echo(f"{capital(counted(len(compared.outcomes), 'entry', 'entries'))} compared:", err=True)
    for rule in CouncilRule:
        typer.echo(f"  {rule.value}: {found[rule]}", err=True)
    if compared.unopened:
        typer.echo(f"{compared.unopened} could not be opened, and stay unchecked.", err=True)
    return outcome_text(bundle, compared).encode()


@contextmanager
def _progress(bundle: Bundle) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal, moved now and then."""
    with typer.progressbar(length=bundle.head["entries"], file=sys.stderr) as bar:
        yield lambda done: bar.update(_SHOWN_EVERY) if done % _SHOWN_EVERY == 0 else None
