"""A prize served over real HTTP for as long as a test needs it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.web.arrival import ArrivalProtocol
from tests.conftest import Prize


def as_it_is(_app: FastAPI) -> None:
    """Nothing is added to the application."""


@contextmanager
def serving(prize: Prize, *, add: Callable[[FastAPI], None] = as_it_is) -> Iterator[str]:
    """Yield the address. `add` may put a route into the application before it starts."""
    application = create_app(prize.engines, clock=prize.clock)
    add(application)
    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, http=ArrivalProtocol, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
