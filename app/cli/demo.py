"""`demo`: an installation that can be tried at once."""

import logging
import sys
from typing import Annotated

import typer
from rich.console import Console

from app.cli.serve import Host, Port, run, settings_with
from app.clock import system_clock
from app.database import reading
from app.demo.seed import PASSWORD, is_seeded, seed
from app.engines import Engines, make_engines
from app.logs import configure_logs
from app.migrate import migrate_all
from app.tables.people import RoleKind
from app.web.demo import roles_by_contest, sign_in_key

_KINDS = {RoleKind.ADMINISTRATOR: "desk", RoleKind.JUDGE: "judge", RoleKind.OFFICER: "officer"}
_SEED_STEPS = 12

EMPTY = typer.Option("--empty", help="Both contests and their staff, but no entries.")


def demo(
    host: Host = None,
    port: Port = None,
    empty: Annotated[bool, EMPTY] = False,  # noqa: FBT002 - a command's flag
    seed_only: Annotated[bool, typer.Option("--seed-only", help="Fill the database and stop.")] = False,  # noqa: FBT002
) -> None:
    """Serve the demo contest; its data stay between starts."""
    console = Console(stderr=True, highlight=False)
    # Quiet until the demo is filled: its progress is for people.
    configure_logs(least=logging.WARNING)
    engines = make_engines(settings_with(host, port, demo=True))
    console.print("Bringing both databases up to date …")
    migrate_all(engines)
    _seed_once(engines, console, with_entries=not empty)
    if seed_only:
        return
    _show_links(engines, console)
    configure_logs()
    run(engines, with_worker=True)
    console.print("\nThe demo has ended. Its data are kept for the next start.")


def _seed_once(engines: Engines, console: Console, *, with_entries: bool) -> None:
    try:
        if is_seeded(engines):
            console.print("The demo contest is here already; its data are kept.")
            return
    except ValueError as error:
        console.print(f"No demo here: {error}.")
        raise typer.Exit(2) from error
    step = 0

    def progress(words: str) -> None:
        nonlocal step
        step += 1
        console.print(f"  [{step:>2} of {_SEED_STEPS if with_entries else 1}] {words}", markup=False)

    console.print("Filling the demo contest:")
    seed(engines, now=system_clock(), progress=progress, with_entries=with_entries)


def _show_links(engines: Engines, console: Console) -> None:
    address = engines.settings.address

    def print_line(text: str) -> None:
        console.print(text, markup=False, soft_wrap=True)

    print_line(f"\nThe prize, as an entrant sees it:   {address}/")
    print_line(f"Close entries to go on to judging:  {address}/demo/clock")
    with reading(engines.contest) as session:
        for contest, roles in roles_by_contest(session):
            print_line(f"\n{contest.title}: sign in at a click as")
            for role in roles:
                who = f"{_KINDS[role.kind]}: {role.person.name}{f', {role.title}' if role.title else ''}"
                key = sign_in_key(engines.settings, role.id)
                print_line(f"  {who:<44} {address}/demo/sign-in/{role.id}?key={key}")
    keys = engines.settings.data / "demo-keys"
    print_line(f"\nOfficers’ private keys for the opening: {keys}   Passwords: “{PASSWORD}”")
    print_line("Stop with Ctrl-C.\n")
    sys.stderr.flush()
