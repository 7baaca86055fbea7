"""What reading, typesetting and verifying cost beside LibreOffice, Platypus and the least any program could do.

All in CPU seconds and in one process, each round one after another, so that whatever slows the machine slows all alike.
`--quick` leaves LibreOffice out.
"""

import argparse
import gc
import importlib.metadata
import platform
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from anonymiser.author import Heading
from anonymiser.read import read
from anonymiser.typeset import typeset
from anonymiser.typeset.drawable import make_drawable
from anonymiser.verify import verify_reading_copy
from anonymiser.warmth import warm
from benchmarks import limit, platypus
from benchmarks.invented_essays import make_essay

_HEADING = Heading("4173", "Larkspur")
_ESSAYS, _ROUNDS = 4, 12
_TOGETHER = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without LibreOffice")
    quick = parser.parse_args().quick
    versions = {
        name: importlib.metadata.version(name) for name in ("lxml", "reportlab", "python-docx", "uharfbuzz")
    }
    print(f"Python {platform.python_version()}, {', '.join(f'{name} {v}' for name, v in versions.items())}")
    warm()
    for words in (3_000, 8_000):
        essays = [make_essay(words, seed) for seed in range(_ESSAYS)]
        ours = _compare_in_process(words, essays)
        if not quick:
            _compare_with_libreoffice(words, essays, ours)
    _watch_memory(100 if quick else 1_000)


def _compare_in_process(words: int, essays: list[bytes]) -> float:
    """Print the ratios; return the seconds that typesetting and verifying an essay takes."""
    readings = [read(essay).manuscript for essay in essays]
    manuscripts = [make_drawable(reading)[0] for reading in readings]
    copies = [typeset(manuscript, _HEADING).pdf for manuscript in manuscripts]
    for manuscript, copy in zip(manuscripts, copies, strict=True):
        if verify_reading_copy(copy, manuscript=manuscript, heading=_HEADING):
            raise SystemExit("A copy of the benchmark does not verify.")
    steps: dict[str, Callable[[int], object]] = {
        "limit": lambda at: limit.convert(essays[at]),
        "read": lambda at: read(essays[at]),
        "typeset": lambda at: typeset(make_drawable(readings[at])[0], _HEADING),
        "verify": lambda at: verify_reading_copy(copies[at], manuscript=manuscripts[at], heading=_HEADING),
    }
    cost = _measure(steps)
    slow = _measure({"platypus": lambda at: platypus.convert(essays[at])}, rounds=2)["platypus"]
    made, checked = cost["read"] + cost["typeset"], cost["read"] + cost["typeset"] + cost["verify"]
    print(
        f"\n{words:,} words, milliseconds an essay: "
        + ", ".join(f"{n} {s * 1e3:.1f}" for n, s in cost.items())
    )
    print(f"  read + typeset          {made / cost['limit']:5.2f} times the limit   (to reach: at most 3.5)")
    print(f"  with verification       {checked / cost['limit']:5.2f} times the limit   (at most 6.5)")
    print(
        f"  python-docx + Platypus  {slow / made:5.1f} times dearer       (than read + typeset; at least 10)"
    )
    return cost["typeset"] + cost["verify"]


def _measure(steps: dict[str, Callable[[int], object]], rounds: int = _ROUNDS) -> dict[str, float]:
    """Return the least that each step took for an essay, of all rounds, averaged over the essays."""
    for step in steps.values():
        for at in range(_ESSAYS):
            step(at)
    gc.collect()
    gc.freeze()  # as the warm parent of the sandbox does
    least = {(name, at): float("inf") for name in steps for at in range(_ESSAYS)}
    for _ in range(rounds):
        for (name, at), known in least.items():
            start = time.process_time()
            steps[name](at)
            least[name, at] = min(known, time.process_time() - start)
    gc.unfreeze()
    return {name: sum(least[name, at] for at in range(_ESSAYS)) / _ESSAYS for name in steps}


def _compare_with_libreoffice(words: int, essays: list[bytes], ours: float) -> None:
    if shutil.which("soffice") is None:
        print("  LibreOffice             is not installed here: not compared")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for at in range(_TOGETHER):
            files.append(folder / f"{at}.docx")
            files[-1].write_bytes(essays[at % len(essays)])
        _convert(folder, files[:1])  # makes its profile, which isn't counted
        alone = min(_convert(folder, [file]) for file in files[:3])
        together = _convert(folder, files) / len(files)
    least = 50 if words < 5_000 else 30
    print(
        f"  LibreOffice alone       {alone / ours:5.0f} times dearer       (typeset + verify; at least {least})"
    )
    print(f"  LibreOffice, ten a call {together / ours:5.0f} times dearer       (at least 10)")


def _convert(folder: Path, files: list[Path]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _watch_memory(count: int) -> None:
    """Print what the process holds after a tenth of the documents, and after all of them: it is to stay level."""
    held = {}
    for done in range(1, count + 1):
        manuscript = make_drawable(read(make_essay(300, done)).manuscript)[0]
        verify_reading_copy(typeset(manuscript, _HEADING).pdf, manuscript=manuscript)
        if done in {count // 10, count}:
            held[done] = _memory_mb()
    print("\nmemory: " + ", ".join(f"{size:.0f} MB after {done:,} documents" for done, size in held.items()))


def _memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
