"""What a reading copy costs altogether: `nomdeplume anonymise` against LibreOffice, each a process as people start it.

Run on an otherwise idle machine: the sandbox's children are nobody's to wait for, so processor time is read from the
whole machine's account.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anonymiser import Author, Heading
from anonymiser.sandbox import sandboxed_anonymise
from benchmarks.invented_essays import make_essay

ESSAYS = 40
WORDS = 3_000
MANY = 1_000
_AUTHOR = '[[authors]]\nname = "Jane Okonkwo"\nemails = ["jane@example.org"]\norganisations = ["Larkfield Surgery"]\n'
_TICKS = 100  # a second, in /proc/stat


@dataclass(frozen=True, slots=True)
class Spent:
    processor: float  # seconds
    wall: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        essays = [Path(folder, f"essay-{number}.docx") for number in range(ESSAYS)]
        for number, path in enumerate(essays):
            path.write_bytes(make_essay(WORDS, seed=number))
        ours = _measure(lambda: _anonymise(essays, Path(folder)))
        print(f"{ESSAYS} essays of {WORDS:,} words, one after another, from command to prompt")
        _say("nomdeplume anonymise --jobs 1", ours)
        if shutil.which("soffice") is None:
            print("  LibreOffice is not here, so there is nothing to compare with.")
        else:
            theirs = _measure(lambda: _convert(essays, Path(folder)))
            _say("soffice --convert-to pdf, one process a document", theirs)
            print(f"  cheaper by {theirs.processor / ours.processor:.1f} times (must be 20)")
    if "--memory" in sys.argv:
        _watch_memory()


def _anonymise(essays: Sequence[Path], folder: Path) -> None:
    author = folder / "author.toml"
    author.write_text(_AUTHOR)
    command = [sys.executable, "-m", "app", "anonymise", *map(str, essays), "--author", str(author), "-o"]
    subprocess.run([*command, str(folder / "ours"), "--jobs", "1"], check=True)


def _convert(essays: Sequence[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for essay in essays:
        subprocess.run(
            [
                "soffice",
                "--headless",
                profile,
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder / "theirs"),
                str(essay),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _watch_memory() -> None:
    """Anonymise a thousand essays through one nursery; its memory, and ours, must not grow."""
    author = Author(name="Jane Okonkwo", emails=("jane@example.org",))
    essays = [make_essay(WORDS, seed=number) for number in range(20)]
    print(
        f"Memory over {MANY:,} essays, resident, MB: this process / the nursery its children are forked from"
    )
    for number in range(MANY + 1):
        sandboxed_anonymise(essays[number % len(essays)], authors=(author,), heading=Heading("1", "Larkspur"))
        if number % (MANY // 4) == 0:
            print(f"  after {number:5,}: {_resident('self'):6.0f} / {_resident(_nursery()):6.0f}")


def _nursery() -> str:
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        if b"anonymiser.sandbox.nursery" in status.read_bytes():
            return status.parent.name
    raise RuntimeError("no nursery runs")


def _resident(process: str) -> float:
    for line in Path("/proc", process, "status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the system does not tell")


def _measure(work: Callable[[], None]) -> Spent:
    busy, started = _busy(), time.perf_counter()
    work()
    return Spent(_busy() - busy, time.perf_counter() - started)


def _busy() -> float:
    """Processor seconds the machine has worked, over all its processors."""
    user, nice, system = Path("/proc/stat").read_text().splitlines()[0].split()[1:4]
    return (int(user) + int(nice) + int(system)) / _TICKS


def _say(what: str, spent: Spent) -> None:
    print(f"  {what}: {spent.processor:.2f} s of processor time, {spent.wall:.2f} s")


if __name__ == "__main__":
    main()
