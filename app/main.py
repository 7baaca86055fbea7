"""The application: routers, the guard around them, pages for failures."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from anyio import to_thread
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy import text

from app.clock import Clock, system_clock
from app.database import reading
from app.engines import Engines
from app.intake.held import sweep_held
from app.intake.look_up import FailedLookUps
from app.web import (
    announcement,
    contests,
    demo,
    desk,
    desk_council,
    desk_custody,
    desk_entries,
    desk_findings,
    desk_messages,
    desk_postal,
    desk_release,
    entering,
    officer_keys,
    officers,
    officers_check,
    officers_council,
    officers_record,
    openings,
    panel,
    panel_record,
    receipt,
    receipt_changes,
    receipt_envelope,
    receipt_erasure,
    receipt_messages,
    receipt_proof,
    record,
    staff,
)
from app.web.failures import add_failure_pages
from app.web.guard import Guard

log = structlog.get_logger()
STATIC = Path(__file__).parent / "web" / "static"
ROUTERS = (
    contests,
    record,
    entering,
    receipt,
    receipt_changes,
    receipt_envelope,
    receipt_messages,
    receipt_erasure,
    receipt_proof,
    staff,
    desk,
    desk_council,
    desk_messages,
    desk_custody,
    desk_entries,
    desk_findings,
    desk_postal,
    desk_release,
    panel,
    panel_record,
    officers,
    officers_check,
    officers_council,
    officers_record,
    officer_keys,
    openings,
    announcement,
)
"""The demo's own pages come besides, where there is a demo."""


def create_app(engines: Engines, *, clock: Clock = system_clock) -> FastAPI:
    """Build the service around engines made once for this process."""
    settings = engines.settings

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        settings.upload_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        await to_thread.run_sync(lambda: sweep_held(settings.upload_folder, now=clock()))
        yield

    app = FastAPI(title="nomdeplume", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.clock = clock
    # Judges' routes take these two and nothing else; the engines lead to the vault.
    app.state.contest = engines.contest
    app.state.copies = engines.copies
    app.state.engines = engines
    app.state.failed_look_ups = FailedLookUps()
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for module in ROUTERS:
        app.include_router(module.router)
    if settings.demo:
        app.include_router(demo.router)
    app.add_api_route("/healthz", _health(engines), include_in_schema=False)
    add_failure_pages(app)
    app.add_middleware(Guard, over_tls=settings.over_tls)
    return app


def _health(engines: Engines) -> Callable[[], JSONResponse]:
    def healthz() -> JSONResponse:
        """Both databases answer. Says nothing else."""
        for engine in (engines.contest, engines.vault.entering):
            with reading(engine) as session:
                session.execute(text("SELECT 1"))
        return JSONResponse({"status": "ok"})

    return healthz
