"""`serve`, `worker` and `migrate`: running the service."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Annotated
from uuid import UUID

import structlog
import typer
import uvicorn

from anonymiser import Refused
from anonymiser.detect.model import check_model
from anonymiser.sandbox import run as run_confined
from anonymiser.sandbox import warm_up
from app.ceremony.council_parts import forget_handovers
from app.ceremony.opening import forget_old_parts
from app.clock import system_clock
from app.database import reading
from app.engines import Engines, make_engines
from app.intake.held import sweep_held
from app.intake.leftovers import end_finished_orders, remove_unnamed_files
from app.intake.prepare import prepare, renew_key
from app.intake.receipt_mail import Compose, send_receipts
from app.jobs import owed
from app.logs import configure_logs
from app.mail import send_staff_mail
from app.main import create_app
from app.migrate import migrate_all
from app.record.roots import publish_after_deadline
from app.settings import Settings
from app.web.arrival import ArrivalProtocol
from app.web.receipt_letter import receipt_letter

_PR_SET_PDEATHSIG = 1
SWEPT_EVERY = 5.0
TIDIED_EVERY = 3600.0
_GRACE = 20
"""Seconds a worker has to finish the essay in hand."""

log = structlog.get_logger()

Host = Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 unless set.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 8000 unless set.")]
NoWorker = Annotated[
    bool, typer.Option("--no-worker", help="Start no worker; run `nomdeplume worker` elsewhere.")
]


def serve(host: Host = None, port: Port = None, no_worker: NoWorker = False) -> None:  # noqa: FBT002 - a command's flag
    """Bring the databases up to date, then serve pages until Ctrl-C, with one worker."""
    configure_logs()
    settings = settings_with(host, port)
    engines = make_engines(settings)
    if settings.has_owners_login:
        migrate_all(engines)
    run(engines, with_worker=not no_worker)


def worker() -> None:
    """Prepare essays as they arrive, until Ctrl-C. Any number may run."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _work()
    except KeyboardInterrupt:
        log.info("worker ended before it began")


def _work() -> None:
    configure_logs()
    engines = make_engines(Settings())
    _check_names_model(engines.settings.names_model)

    def sweep() -> None:
        if end_finished_orders(engines, now=system_clock()):
            renew_key(engines, now=system_clock())
        forget_old_parts(engines, now=system_clock())
        forget_handovers(engines, now=system_clock())
        sweep_held(engines.settings.upload_folder, now=system_clock())
        publish_after_deadline(
            engines.contest,
            keys_folder=engines.settings.keys_folder,
            host=engines.settings.host_name,
            now=system_clock(),
        )
        with reading(engines.contest) as session:
            due = owed(session, now=system_clock())
        for entry_id in due:
            engines.queue.wake(entry_id)

    def tidy() -> None:
        if removed := remove_unnamed_files(engines, now=system_clock()):
            log.info("removed files no row names", files=removed)

    def work(entry_id: UUID) -> None:
        prepare(engines, entry_id=entry_id, now=system_clock())
        renew_key(engines, now=system_clock())

    def send() -> None:
        settings = engines.settings
        if send_receipts(engines, compose=_receipt_letter(settings), now=system_clock()):
            renew_key(engines, now=system_clock())
        send_staff_mail(engines.contest, settings, now=system_clock())

    warm_up()
    # Mail has a thread of its own: a server that answers slowly must keep nothing else waiting.
    for task, every in ((sweep, SWEPT_EVERY), (send, SWEPT_EVERY), (tidy, TIDIED_EVERY)):
        Thread(target=_repeat, args=(task, every), daemon=True).start()
    engines.queue.consumer(work).run()


def _check_names_model(model: str) -> None:
    """Stop where a model is named that isn't there: an essay prepared without it would not be what was asked for."""
    if model:
        try:
            run_confined(check_model, model)
        except Refused:
            log.error("the model of names can’t be loaded: install spaCy and it, or name none", model=model)  # noqa: TRY400 - a traceback says no more
            raise typer.Exit(1) from None


def _receipt_letter(settings: Settings) -> Compose:
    return lambda contest, entry, copy: receipt_letter(settings, contest, entry, copy, now=system_clock())


def _repeat(sweep: Callable[[], None], every: float) -> None:
    waiting = Event()
    while True:
        try:
            sweep()
        except Exception as error:  # noqa: BLE001 - a database away for a minute must not end the sweeping
            log.error("sweep failed", kind=type(error).__name__)  # noqa: TRY400 - a traceback could quote a row
        waiting.wait(every)


def migrate() -> None:
    """Bring both databases to the newest form; on PostgreSQL, grant the vault's logins their rights."""
    settings = Settings()
    if not settings.has_owners_login:
        typer.echo("This needs the login of the vault's owner: NOMDEPLUME_VAULT_DATABASE.", err=True)
        raise typer.Exit(1)
    migrate_all(make_engines(settings))
    typer.echo("Both databases are up to date.")


def settings_with(host: str | None, port: int | None, **more: object) -> Settings:
    """Settings from the environment, with what the command line says in front."""
    said = {"host": host, "port": port, **more}
    return Settings(**{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]


def run(engines: Engines, *, with_worker: bool) -> None:
    """Serve in the foreground. The worker is a child of this process and ends with it."""
    settings = engines.settings
    renew_key(engines, now=system_clock())
    child = _start_worker(settings) if with_worker else None
    warm_up()
    config = uvicorn.Config(
        create_app(engines),
        host=settings.host,
        port=settings.port,
        http=ArrivalProtocol,
        log_config=None,
        access_log=False,  # an access log would hold entrants' addresses beside the hour they entered
        server_header=False,
        proxy_headers=False,  # nothing here goes by an address a client could claim
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        uvicorn.Server(config).run()
    except KeyboardInterrupt:
        pass
    finally:
        if child is not None:
            _end_worker(child)


def _start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        f"NOMDEPLUME_{name.upper()}": str(value)
        for name, value in settings.model_dump(exclude_none=True).items()
    }
    return subprocess.Popen(
        # -P: whatever folder this was started from, it is this program that runs.
        [sys.executable, "-P", "-m", "app", "worker"],
        env=environment,
        # Of its own session, so that Ctrl-C reaches the server first and the worker by its order.
        start_new_session=True,
        preexec_fn=_as_worker,  # noqa: PLW1509 - it makes system calls alone
    )


def _as_worker() -> None:
    """End with the parent, by SIGINT; and let that wait until the worker is ready to hear it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _end_worker(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGINT)
    try:
        child.wait(timeout=_GRACE)
    except subprocess.TimeoutExpired:
        log.warning("worker ended before its essay was done; it is taken up again at the next start")
        child.kill()
        child.wait()
