"""Reading a form as it streams in: bounded, its file in a private folder, never whole in memory."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.errors import BadRequest, TooLarge, TooLate
from app.limits import BODY_WITHIN
from app.web.arrival import arrival

MOST_FIELDS = 1024 * 1024
"""Bytes of all fields together, the pasted essay included."""
MOST_PARTS = 300
DRAINED = 4
"""So many times the limit is read and thrown away, so that a browser gets to see our answer."""


@dataclass(slots=True)
class Form:
    """What a form sent. A file that was empty or not chosen is no file."""

    arrived_at: datetime
    fields: dict[str, list[str]] = field(default_factory=dict, repr=False)
    file: Path | None = None
    file_size: int = 0
    file_too_large: bool = False

    def one(self, name: str) -> str:
        return self.fields.get(name, [""])[-1].strip()

    def text(self, name: str) -> str:
        """A field whose spaces count, with line ends made one kind."""
        return self.fields.get(name, [""])[-1].replace("\r\n", "\n").replace("\r", "\n")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(self.fields.get(name, []))

    def has(self, name: str) -> bool:
        return name in self.fields

    @contextmanager
    def content(self) -> Iterator[bytes | None]:
        """The file's bytes; the private copy on disk goes when the block ends."""
        try:
            yield None if self.file is None or self.file_too_large else self.file.read_bytes()
        finally:
            self.discard()

    def discard(self) -> None:
        if self.file is not None:
            self.file.unlink(missing_ok=True)
            self.file = None


async def read_form(request: Request) -> AsyncIterator[Form]:
    """Read the body, and see to it that its file does not outlive the request.

    Raises TooLarge past every bound, BadRequest where it is malformed or cut off.
    """
    form = Form(arrival(request))
    try:
        await _read(request, form)
        yield form
    finally:
        form.discard()


async def _read(request: Request, form: Form) -> None:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data" and b"boundary" in options:
        settings = request.app.state.settings
        reader = _Multipart(
            form, options[b"boundary"], largest=settings.max_upload, folder=settings.upload_folder
        )
        await reader.read(request)
    elif kind in {b"application/x-www-form-urlencoded", b""}:
        _read_urlencoded(form, await _bounded(request, form, MOST_FIELDS))
    else:
        raise BadRequest("This form came in a way we do not know.", kept="Nothing was kept.")


async def timely(request: Request, form: Form) -> AsyncIterator[bytes]:
    """The body as it comes. Raises TooLate once it has taken longer than any may."""
    async for chunk in request.stream():
        if request.app.state.clock() - form.arrived_at > BODY_WITHIN:
            raise TooLate(
                "What you sent took longer than thirty minutes to arrive.",
                kept="Nothing was kept.",
                to_do="Send it again over a faster connection, or paste the text.",
            )
        yield chunk


async def _bounded(request: Request, form: Form, most: int) -> bytes:
    body = bytearray()
    async for chunk in timely(request, form):
        body += chunk
        if len(body) > most:
            raise TooLarge("That was more than this form can take.", kept="Nothing was kept.")
    return bytes(body)


def _read_urlencoded(form: Form, body: bytes) -> None:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_PARTS, errors="strict")
    except ValueError as error:
        raise BadRequest("This form could not be read.", kept="Nothing was kept.") from error
    for name, value in pairs:
        form.fields.setdefault(name, []).append(value)


class _Multipart:
    """Feeds the parser and sorts what it finds into fields and the one file."""

    def __init__(self, form: Form, boundary: bytes, *, largest: int, folder: Path) -> None:
        self._form, self._largest, self._folder = form, largest, folder
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_end": self._finish,
            },
        )
        self._header, self._value = b"", b""
        self._name, self._text = "", bytearray()
        self._sink: BinaryIO | None = None
        self._is_file = False
        self._parts = self._taken = 0
        self._finished = False

    async def read(self, request: Request) -> None:
        received = 0
        try:
            async for chunk in timely(request, self._form):
                received += len(chunk)
                if received > DRAINED * self._largest:
                    raise TooLarge("That file is far too large.", kept="Nothing was kept.")
                self._parser.write(chunk)
        except MultipartParseError as error:
            raise BadRequest("This form could not be read.", kept="Nothing was kept.") from error
        finally:
            if self._sink is not None:
                self._sink.close()
        if not self._finished:
            raise BadRequest(
                "The connection broke before everything had arrived.",
                kept="Nothing was kept.",
                to_do="Send it again.",
            )

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise BadRequest("This form has too many parts.", kept="Nothing was kept.")
        self._name, self._text, self._is_file = "", bytearray(), False

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._name = options.get(b"name", b"").decode(errors="replace")
            # The file's name is looked at for its presence and then forgotten: names name people.
            self._is_file = b"filename" in options
        self._header, self._value = b"", b""

    def _headers_finished(self) -> None:
        if self._is_file and self._form.file is None:
            handle, path = tempfile.mkstemp(dir=self._folder, prefix="upload-")
            self._sink, self._form.file = os.fdopen(handle, "wb"), Path(path)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._form.file_size += end - start
            if self._form.file_size > self._largest:
                self._form.file_too_large = True
            elif self._sink is not None:
                self._sink.write(data[start:end])
            return
        self._taken += end - start
        if self._taken > MOST_FIELDS:
            raise TooLarge("That is more text than this form can take.", kept="Nothing was kept.")
        self._text += data[start:end]

    def _end(self) -> None:
        if not self._is_file:
            self._form.fields.setdefault(self._name, []).append(self._text.decode(errors="replace"))
            return
        if self._sink is not None:
            self._sink.close()
            self._sink = None
        if self._form.file_size == 0 and self._form.file is not None:
            self._form.discard()

    def _finish(self) -> None:
        self._finished = True
