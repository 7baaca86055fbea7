"""Runs a program on a stranger's file: without network, without other programs, within limits.

A child of the nursery starts it, so that a process with threads is never forked, and so that it ends with
that child, which ends with us.
"""

import os
import resource
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from anonymiser.errors import RefusalCode, Refused
from anonymiser.sandbox import confine
from anonymiser.sandbox.children import run
from anonymiser.sandbox.landlock import restrict_files
from anonymiser.sandbox.limits import Limits
from anonymiser.sandbox.syscalls import refuse_calls

_CLONE_NEWNS = 0x00020000
_CLONE_NEWPID = 0x20000000
_LARGEST_OUTPUT = 50_000_000  # bytes
_LARGEST_FILE = 200_000_000
_OPEN_FILES = 256
_THREADS = 512  # of this user altogether: new processes it can't start at all
_SYSTEM = tuple(
    map(
        Path,
        (
            *("/usr", "/lib", "/lib64", "/opt", "/nix", "/etc", "/dev/urandom"),
            # Debian's LibreOffice keeps the list of its extensions here.
            *("/var/lib/libreoffice", "/var/spool/libreoffice"),
        ),
    )
)
TEMPORARY = Path("/tmp")  # noqa: S108 - where LibreOffice puts its socket, whatever it is told
_LOADERS = tuple(map(Path, ("/lib", "/lib64", "/usr/lib", "/usr/lib64")))


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run and what it may take; it writes below `folder` and nowhere else."""

    path: Path
    arguments: tuple[str, ...]
    memory: int  # bytes of address space
    seconds: int  # on the clock, and of processor time
    folder: Path | None = None
    asks_again: int = 0  # the status with which it ends to be started once more


def run_program(program: Program, given: bytes = b"") -> bytes:
    """Return what the program writes to its standard output, `given` this on its standard input.

    Raises: Refused; with `timed_out` or `crashed`.
    """
    limits = Limits(wall_seconds=program.seconds, hosts_program=True)
    said, status = run(_host, program, given, limits=limits)
    if status and status == program.asks_again:
        said, status = run(_host, program, given, limits=limits)
    if status:
        raise Refused(RefusalCode.CRASHED, where=f"{program.path.name} ended with {status}")
    return said


def _host(program: Program, given: bytes) -> tuple[bytes, int]:
    """Be the child that starts the program; return what it says and the status with which it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # the nursery leaves its own to the kernel
    if confine.leave_namespaces(_CLONE_NEWPID | _CLONE_NEWNS) and program.folder:
        confine.show_as_temporary(program.folder)
    source = os.memfd_create("")
    os.write(source, given)
    os.lseek(source, 0, os.SEEK_SET)
    with subprocess.Popen(  # noqa: S603 - the path is the installation's, the arguments are our own
        [program.path, *program.arguments],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=program.folder or "/",
        env=_environment(program),
        preexec_fn=lambda: _confine(program),  # noqa: PLW1509 - a child of the nursery has one thread
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read(_LARGEST_OUTPUT)
        if len(said) == _LARGEST_OUTPUT:
            process.kill()
    return said, process.returncode


def _environment(program: Program) -> dict[str, str]:
    home = str(program.folder or "/nonexistent")
    return {"LANG": "C.UTF-8", "HOME": home, "TMPDIR": home, "OMP_THREAD_LIMIT": "1"}


def _confine(program: Program) -> None:
    confine.end_with_parent()
    os.setsid()
    os.nice(10)
    confine.bound_resources(
        {
            resource.RLIMIT_AS: program.memory,
            resource.RLIMIT_CPU: program.seconds,
            resource.RLIMIT_NOFILE: _OPEN_FILES,
            resource.RLIMIT_FSIZE: _LARGEST_FILE if program.folder else 0,
            resource.RLIMIT_NPROC: _THREADS,
        }
    )
    confine.become_nobody()
    confine.give_up_privileges()
    itself = program.path.resolve()
    restrict_files(
        readable=(*_SYSTEM, itself.parent),
        executable=(itself, *_LOADERS),
        writable=(Path("/dev/null"), *filter(None, [program.folder])),
        for_sockets=[TEMPORARY] if program.folder else [],
    )
    refuse_calls(as_program=True)
