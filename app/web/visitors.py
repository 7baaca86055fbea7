"""Who is asking: the signed-in person in the role a page is for. Leads to the contest database alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy import Engine

from app.access import Visit, note_seen, visit_as
from app.database import reading, transaction
from app.settings import Settings
from app.storage import Storage
from app.tables import Contest
from app.tables.people import RoleKind
from app.web.forms import Form, read_form

SEEN_EVERY = timedelta(minutes=5)


def now(request: Request) -> datetime:
    instant: datetime = request.app.state.clock()
    return instant


def contest_engine(request: Request) -> Engine:
    engine: Engine = request.app.state.contest
    return engine


def copies(request: Request) -> Storage:
    storage: Storage = request.app.state.copies
    return storage


def cookie_name(settings: Settings, name: str) -> str:
    # The prefix makes browsers refuse the cookie from anywhere but this host, over TLS.
    return f"__Host-{name}" if settings.over_tls else name


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    settings: Settings = request.app.state.settings
    response.set_cookie(
        cookie_name(settings, name), value, httponly=True, secure=settings.over_tls, samesite="lax", path="/"
    )


def clear_cookie(request: Request, response: Response, name: str) -> None:
    settings: Settings = request.app.state.settings
    response.delete_cookie(cookie_name(settings, name), path="/", secure=settings.over_tls, httponly=True)


def cookie(request: Request, name: str) -> str:
    return request.cookies.get(cookie_name(request.app.state.settings, name), "")


def _visitor(kind: RoleKind) -> Callable[[Request], Visit]:
    def visitor(request: Request) -> Visit:
        engine, token, instant = contest_engine(request), cookie(request, "session"), now(request)
        with reading(engine) as session:
            visit, seen_at = visit_as(session, token, kind, now=instant)
        if instant - seen_at > SEEN_EVERY:
            with transaction(engine) as session:
                note_seen(session, token, now=instant)
        return visit

    return visitor


Administrator = Annotated[Visit, Depends(_visitor(RoleKind.ADMINISTRATOR))]
Judge = Annotated[Visit, Depends(_visitor(RoleKind.JUDGE))]
Officer = Annotated[Visit, Depends(_visitor(RoleKind.OFFICER))]
Now = Annotated[datetime, Depends(now)]
ContestEngine = Annotated[Engine, Depends(contest_engine)]
Copies = Annotated[Storage, Depends(copies)]
Sent = Annotated[Form, Depends(read_form, scope="function")]
"""The form. Among a route's parameters it stands after the visitor, so that rights are checked before a byte is
read, and before `Now`, so that now is when the whole of it had come."""


def contest_title(contest: Contest) -> str:
    return f"{contest.society} {contest.title.removeprefix('The ')}"
