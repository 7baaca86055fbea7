"""Notes when a request's first byte came, which is what the deadline is held against."""

import time
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_NOTED = "first_byte_at"


class ArrivalProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, with the instant of the first byte in each request's state."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        state: dict[str, Any] = self.scope.setdefault("state", {})
        # Monotonic, so that a clock set back in mid-upload changes nothing.
        state[_NOTED] = time.monotonic()


def arrival(request: Request) -> datetime:
    """The instant of the request's first byte, by the service's own clock."""
    noted = request.scope.get("state", {}).get(_NOTED)
    now: datetime = request.app.state.clock()
    return now - timedelta(seconds=time.monotonic() - noted) if noted is not None else now
