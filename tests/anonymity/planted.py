"""Leaks put into the application on purpose, one at a time: each lets a judge tell the two worlds apart.

A planted leak knows what no judge's code does: `told`, who wrote what under which nom de plume, and when it came.
"""

import io
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pypdf import PdfReader, PdfWriter

from tests.anonymity.people import Writer
from tests.anonymity.worlds import ARRIVALS, Arrival

Told = Mapping[str, Arrival]
Change = Callable[[Response, Told], None]


def told_in(world: str) -> Told:
    return ARRIVALS[world]


def writer_of(told: Told, nom: str = "Heron") -> Writer:
    writer = told[nom].writer
    assert writer is not None
    return writer


# Routes that should not be there. Each is asked with these parameters.


def search_for_a_name(app: FastAPI, told: Told) -> None:
    @app.get("/panel/leak")
    def leak(q: str = "") -> Response:
        return JSONResponse(
            [nom for nom, each in told.items() if q and each.writer and q in each.writer.name]
        )


def search_that_counts(app: FastAPI, told: Told) -> None:
    @app.get("/panel/leak")
    def leak(q: str = "") -> Response:
        return PlainTextResponse(f"{(q in writer_of(told).name) + 0} found")


def sort_on_request(app: FastAPI, told: Told) -> None:
    @app.get("/panel/leak")
    def leak(sort: str = "nom") -> Response:
        by_name = {nom: each.writer.last for nom, each in told.items() if each.writer}
        return JSONResponse(sorted(by_name, key=by_name.__getitem__ if sort == "name" else None))


def page_after_page(app: FastAPI, told: Told) -> None:
    @app.get("/panel/leak")
    def leak(page: int = 1) -> Response:
        in_order = sorted(told, key=lambda nom: told[nom].at)
        return JSONResponse(in_order[page : page + 1] if page > 1 else [])


def status_by_name(app: FastAPI, told: Told) -> None:
    @app.get("/panel/leak")
    def leak() -> Response:
        return Response(status_code=404 if len(writer_of(told).last) > 8 else 410)


def redirect_by_name(app: FastAPI, told: Told) -> None:
    @app.get("/panel/leak")
    def leak() -> Response:
        return Response(status_code=303, headers={"location": f"/panel#{len(writer_of(told).last)}"})


ROUTES: Mapping[Callable[[FastAPI, Told], None], tuple[Mapping[str, str], ...]] = {
    search_for_a_name: ({"q": "Nwosu"},),
    search_that_counts: ({"q": "Nwosu"},),
    sort_on_request: ({"sort": "name"},),
    page_after_page: ({"page": "2"},),
    status_by_name: (),
    redirect_by_name: (),
}


# Answers that say a little too much.


def count_in_the_page(answer: Response, told: Told) -> None:
    if b"Reading list" in answer.body:
        _write(answer, answer.body.replace(b"</main>", b"<p>%d</p></main>" % len(writer_of(told).co_authors)))


def size_of_the_page(answer: Response, told: Told) -> None:
    if b"</html>" in answer.body:
        _write(answer, answer.body + b" " * len(writer_of(told).last))


def words_of_an_error(answer: Response, told: Told) -> None:
    if answer.status_code == 404 and b"<h1" in answer.body:
        _write(answer, answer.body.replace(b"</main>", b"%s</main>" % writer_of(told).last[:1].encode()))


def header_of_its_own(answer: Response, told: Told) -> None:
    answer.headers["x-trace"] = str(len(writer_of(told).last))


def name_of_the_download(answer: Response, told: Told) -> None:
    if answer.media_type == "application/pdf":
        answer.headers["content-disposition"] = f'inline; filename="{writer_of(told).last[:1]}.pdf"'


def entity_tag(answer: Response, told: Told) -> None:
    if answer.media_type == "application/pdf":
        answer.headers["etag"] = f'"{len(told["Heron"].file_name)}{len(writer_of(told).email)}"'


def last_modified(answer: Response, told: Told) -> None:
    answer.headers["last-modified"] = f"{told['Heron'].at:%a, %d %b %Y %H:%M:%S} GMT"


def cookie_with_an_end(answer: Response, told: Told) -> None:
    answer.headers["set-cookie"] = f"seen={len(writer_of(told).last)}; expires=Thu, 01 Jan 2026 00:00:00 GMT"


def title_within_the_file(answer: Response, told: Told) -> None:
    if answer.media_type == "application/pdf":
        writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(answer.body))), io.BytesIO()
        writer.add_metadata({"/Title": writer_of(told).last})
        writer.write(out)
        _write(answer, out.getvalue().ljust(200_000))  # of one length in both worlds


ANSWERS: tuple[Change, ...] = (
    count_in_the_page,
    size_of_the_page,
    words_of_an_error,
    header_of_its_own,
    name_of_the_download,
    entity_tag,
    last_modified,
    cookie_with_an_end,
    title_within_the_file,
)


def altering(app: FastAPI, told: Told, change: Change) -> None:
    """Let every answer of the application pass through `change`."""

    @app.middleware("http")
    async def leak(request: Request, call_next: Any) -> Response:
        answer = await call_next(request)
        body = b"".join([chunk async for chunk in answer.body_iterator])
        whole = Response(body, answer.status_code, media_type=answer.headers.get("content-type"))
        whole.raw_headers = list(answer.raw_headers)
        change(whole, told)
        return whole


def _write(answer: Response, body: bytes) -> None:
    answer.body = body
    answer.headers["content-length"] = str(len(body))
