"""Has Tesseract read pictures of pages. Nothing of them touches a disk."""

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from anonymiser.errors import RefusalCode, Refused
from anonymiser.outside.program import Program, run_program
from anonymiser.outside.programs import find_tesseract
from anonymiser.read.material import Transcript, fingerprint
from anonymiser.read.scan import count_pages, draw_page
from anonymiser.read.transcript import confidence

_SECONDS_A_PAGE = 20  # a dense page takes two or three
_SECONDS_FOR_ALL = 30
_SECONDS_MORE_A_PAGE = 6
_MEMORY = 1_500_000_000  # bytes of address space
_AT_ONCE = max(1, min(4, (os.cpu_count() or 1) // 2))
_LEAST_SURE = 60.0  # of 100: print reaches 90, handwriting 40
_FEWEST_WORDS = 20

_ILLEGIBLE = (
    "These pictures of pages can't be read reliably by machine: they are blurred, written by hand or not of "
    "text. Please send the document they were made from (.docx or PDF), or type the essay anew."
)


def transcribe(call: Callable[..., Any], source: bytes) -> Transcript:
    """Return what stands on the pages of a scan, drawn by way of `call`.

    Raises: Refused.
    """
    pages = call(count_pages, source)
    # The first page alone, so that what is no scan of a text costs no more than that.
    first = _transcribe_page(call, source, 0)
    deadline = time.monotonic() + _SECONDS_FOR_ALL + _SECONDS_MORE_A_PAGE * pages

    def rest() -> Iterable[str]:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            yield from pool.map(lambda page: _transcribe_page(call, source, page, deadline), range(1, pages))

    tables = (first, *rest()) if pages > 1 else (first,)
    words, sure = confidence(tables)
    if words < _FEWEST_WORDS or sure < _LEAST_SURE:
        raise Refused(RefusalCode.SCANNED, _ILLEGIBLE)
    return Transcript(fingerprint(source), tables)


def _transcribe_page(
    call: Callable[..., Any], source: bytes, number: int, deadline: float | None = None
) -> str:
    if deadline is not None and time.monotonic() > deadline:
        raise Refused(RefusalCode.TIMED_OUT)
    program = find_tesseract()
    if program is None:
        raise Refused(RefusalCode.SCANNED)
    picture = call(draw_page, source, number)
    # Mode 1 finds out first which way up the page lies.
    arguments = ("stdin", "stdout", "-l", "eng", "--psm", "1", "tsv")
    return run_program(Program(program, arguments, _MEMORY, _SECONDS_A_PAGE), picture).decode()
