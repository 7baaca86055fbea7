"""The command `nomdeplume`: the service and its worker, and the tools that need neither."""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import typer

# A command's module is imported when it is called: the tools need neither pages nor databases, and whoever
# starts one shouldn't wait for them.
_COMMANDS = {
    "serve": "serve.serve",
    "worker": "serve.worker",
    "migrate": "serve.migrate",
    "demo": "demo.demo",
    "anonymise": "anonymise.anonymise",
    "backup": "backup.backup",
    "restore": "backup.restore",
    "verify": "verify.verify",
    "rank": "rank.rank",
    "assign": "assign.assign",
    "verify-receipt": "record.verify",
    "verify-record": "record.verify",
    "export-record": "record.export_record",
    "auditor": "record.auditor",
    "officer": "officer.app",
    "user": "user.app",
}
_PASSED_ON = {"verify-receipt", "verify-record"}


def with_commands(names: Iterable[str]) -> typer.Typer:
    """Return the command with these of its own commands."""
    made = typer.Typer(
        name="nomdeplume",
        help="An essay prize in which nobody can learn who wrote an essay until the judges are final.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    made.callback()(_always_a_group)
    for name in names:
        module, _, attribute = _COMMANDS[name].partition(".")
        imported = import_module(f"app.cli.{module}")
        found = getattr(imported, attribute)
        if isinstance(found, typer.Typer):
            made.add_typer(found, name=name)
        else:
            made.command(name, context_settings=imported.PASSED_ON if name in _PASSED_ON else None)(found)
    return made


def _always_a_group() -> None:
    # Without this a single command would lose its name.
    pass


def __getattr__(name: str) -> Any:
    """Give `app`, the command with all of its commands."""
    if name == "app":
        return with_commands(_COMMANDS)
    raise AttributeError(name)


def main() -> None:
    called = sys.argv[1] if len(sys.argv) > 1 else ""
    with_commands([called] if called in _COMMANDS else _COMMANDS)()
