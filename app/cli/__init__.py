"""The command `nomdeplume`: the service and its worker, and the tools that need neither."""

import typer

from app.cli import anonymise, assign, backup, demo, officer, rank, record, serve, user, verify

app = typer.Typer(
    name="nomdeplume",
    help="An essay prize in which nobody can learn who wrote an essay until the judges are final.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(serve.serve)
app.command()(serve.worker)
app.command()(serve.migrate)
app.command()(demo.demo)
app.command()(anonymise.anonymise)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(verify.verify)
app.command()(rank.rank)
app.command()(assign.assign)
for name in ("verify-receipt", "verify-record"):
    app.command(name, context_settings=record.PASSED_ON)(record.verify)
app.command("export-record")(record.export_record)
app.add_typer(record.auditor, name="auditor")
app.add_typer(officer.app, name="officer")
app.add_typer(user.app, name="user")


def main() -> None:
    app()
