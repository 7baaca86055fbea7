"""Errors as pages in plain words: what happened, what was kept, what to do."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Away, BadRequest, NomdeplumeError, NotHere, ReceiptNeeded, SignInNeeded, TooMany
from app.web.pages import page, see_other

log = structlog.get_logger()


def add_failure_pages(app: FastAPI) -> None:
    app.add_exception_handler(NomdeplumeError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _database_away)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_middleware(_Unforeseen)


async def _ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, NomdeplumeError):
        raise error
    wants_json = "application/json" in request.headers.get("accept", "")
    if isinstance(error, SignInNeeded) and not wants_json:
        return see_other("/receipt" if isinstance(error, ReceiptNeeded) else "/sign-in")
    answer = _answer(request, error)
    if isinstance(error, TooMany):
        answer.headers["retry-after"] = str(error.wait)
    return answer


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status in {404, 405}:
        return _answer(
            request, NotHere("Nothing is kept at this address.", to_do="Check it, or begin at the front.")
        )
    return _answer(request, BadRequest("The request could not be understood.", kept="Nothing was kept."))


async def _database_away(request: Request, error: Exception) -> Response:
    log.error("database away", kind=type(error).__name__)
    return _answer(
        request,
        Away(
            "The database did not answer.",
            kept="Nothing was taken that you have no receipt for.",
            to_do="Try again in a minute. Sending the same form again never enters an essay twice.",
        ),
    )


async def _malformed(request: Request, _error: Exception) -> Response:
    return _answer(
        request, NotHere("Nothing is kept at this address.", to_do="Check it, or begin at the front.")
    )


class _Unforeseen:
    """Stands inside the guard, so that an answer to a fault of ours carries its headers too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await _unforeseen(Request(scope, receive), error)(scope, receive, send)


def _unforeseen(request: Request, error: Exception) -> Response:
    # Neither message nor frames: either could hold a name or a line of an essay.
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = "" if last is None else f"{last.tb_frame.f_code.co_qualname}:{last.tb_lineno}"
    log.error("unforeseen failure", kind=type(error).__name__, where=where, path=request.url.path)
    return _answer(
        request,
        NomdeplumeError(
            "This is a fault of ours.",
            kept="What you have a receipt for is safe.",
            to_do="Try again; if it happens again, tell the society at what time you saw this.",
        ),
    )


def _answer(request: Request, error: NomdeplumeError) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": f"{error.happened} {error.to_do}".strip()}, error.status)
    context = {
        "status": error.status,
        "title": error.title,
        "what_happened": error.happened,
        "what_was_kept": error.kept,
        "what_to_do": error.to_do,
        "back_href": "/",
        "back_label": "To the front page",
    }
    return page(request, "error.html", context, title=error.title, status=error.status)
