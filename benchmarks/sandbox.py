"""What a child costs: the same document made a reading copy here and in a child, by turns in one run.

python -m benchmarks.sandbox [--documents 200]
"""

import argparse
import io
import os
import resource
import statistics
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from anonymiser import anonymise
from anonymiser.author import Author, Heading
from anonymiser.sandbox import run, sandboxed_anonymise, sandboxed_probe, warm_up
from anonymiser.warmth import warm

ALLOWED = 10.0  # milliseconds
SENTENCE = "The gardener came in at ten, sat down and said nothing, and I let him say it. "
AUTHORS = (Author(name="Winifred Ashdown", emails=("winifred@example.org",)),)
HEADING = Heading("4173", "Larkspur")


def make_document(words: int) -> bytes:
    paragraph = f"<w:p><w:r><w:t>{SENTENCE * 8}</w:t></w:r></w:p>"
    number = max(1, words // len((SENTENCE * 8).split()))
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            f"{paragraph * number}</w:body></w:document>"
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def read_here(source: bytes) -> float:
    """Read a document and tell what processor time that took, in milliseconds, since this process began to."""
    began = time.process_time()
    anonymise(source, authors=AUTHORS, heading=HEADING)
    return 1000 * (time.process_time() - began)


def read_in_child(source: bytes) -> float:
    """The same in a child, whose life begins at nought, with what we and the nursery spend on it."""
    ours, nurserys = time.process_time(), nursery_time()
    sandboxed_anonymise(source, authors=AUTHORS, heading=HEADING)
    spent = 1000 * (time.process_time() - ours) + nursery_time() - nurserys
    return spent + run(life, source)


def life(source: bytes) -> float:
    anonymise(source, authors=AUTHORS, heading=HEADING)
    return 1000 * time.process_time()


def on_the_clock(work: Callable[[bytes], object], source: bytes) -> float:
    began = time.perf_counter()
    work(source)
    return 1000 * (time.perf_counter() - began)


def nursery() -> Path:
    (found,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return Path("/proc", found)


def nursery_time() -> float:
    """Milliseconds of processor time that the nursery has had."""
    return int((nursery() / "schedstat").read_text().split()[0]) / 1e6


def nursery_holds() -> float:
    """Megabytes of memory, shared pages included."""
    return int((nursery() / "statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    documents = parser.parse_args().documents
    began = time.perf_counter()
    warm_up()
    print(f"the nursery starts in           {time.perf_counter() - began:8.2f} s")
    warm()
    source = make_document(3000)
    pairs = [(read_here(source), read_in_child(source)) for _ in range(documents)]
    inside = statistics.median(pair[0] for pair in pairs)
    more = statistics.median(pair[1] - pair[0] for pair in pairs)
    short = statistics.median(on_the_clock(sandboxed_probe, b"two words") for _ in range(documents))
    print(f"3,000 words in this process     {inside:8.1f} ms of processor time, median of {documents}")
    print(f"more in a child                 {more:8.1f} ms, median of the pairs (at most {ALLOWED:.0f})")
    print(f"two words in a child            {short:8.1f} ms on the clock")
    print(f"the nursery holds               {nursery_holds():8.0f} MB (at most 300)")


if __name__ == "__main__":
    # The child looks for the function it is to call in the module, not in the program.
    import_module("benchmarks.sandbox").main()
