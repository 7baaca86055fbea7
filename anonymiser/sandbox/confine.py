"""Takes away from this process, for good, whatever parsing a document does not need."""

import contextlib
import ctypes
import functools
import os
import resource
import sys
import sysconfig
from pathlib import Path

from anonymiser.sandbox.landlock import restrict_files
from anonymiser.sandbox.limits import Limits
from anonymiser.sandbox.syscalls import refuse_calls

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_NEWIPC = 0x08000000
_MS_BIND = 0x1000
_MS_REC = 0x4000
_MS_PRIVATE = 0x40000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_DUMPABLE = 4
_SIGKILL = 9
_OTHERS_MAY_ENTER = 0o001
NOBODY = 65534

_libc = ctypes.CDLL(None, use_errno=True)


def prepare_to_confine() -> None:
    """Do once, in the nursery, what holds for all its children or is the same for each."""
    leave_namespaces(_CLONE_NEWNET | _CLONE_NEWIPC)
    interpreter_is_public()
    _places_of_modules()


def confine(limits: Limits) -> None:
    """Files and privileges go as far as the kernel allows; the limits on resources always hold."""
    end_with_parent()
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    bound_resources(
        {
            resource.RLIMIT_AS: held + limits.memory,
            resource.RLIMIT_CPU: limits.cpu_seconds,
            resource.RLIMIT_NOFILE: limits.open_files,
            # Nothing here writes a file, so nothing can be left behind.
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NPROC: 0,
        }
    )
    if interpreter_is_public():
        become_nobody()
    give_up_privileges()
    restrict_files(readable=_places_of_modules())
    refuse_calls()


def end_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def leave_namespaces(which: int) -> bool:
    """Leave what this machine's processes share for something of our own; False where the kernel forbids it."""
    if _libc.unshare(which) == 0:
        return True
    # Who isn't root is the master of a namespace of users, and may leave from there.
    return bool(_libc.unshare(which | _CLONE_NEWUSER) == 0)


def show_as_temporary(folder: Path) -> None:
    """Have this folder stand in the place of /tmp, in a file system that was left for one of our own."""
    _libc.mount(b"none", b"/", None, _MS_PRIVATE | _MS_REC, None)
    _libc.mount(os.fsencode(folder), b"/tmp", None, _MS_BIND, None)


def bound_resources(bounds: dict[int, int]) -> None:
    for kind, most in {**bounds, resource.RLIMIT_CORE: 0}.items():
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


def become_nobody() -> None:
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            end_with_parent()  # forgotten by the kernel when the user changes


def give_up_privileges() -> None:
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@functools.cache
def interpreter_is_public() -> bool:
    """Tell whether "nobody" can read the interpreter; below somebody's home a late import fails."""
    places = {Path(sys.base_prefix).resolve(), Path(__file__).resolve()}
    folders = {folder for place in places for folder in (place, *place.parents) if folder.is_dir()}
    return all(folder.stat().st_mode & _OTHERS_MAY_ENTER for folder in folders)


@functools.cache
def _places_of_modules() -> tuple[Path, ...]:
    """Where a module imported late may lie: Python's own, the packages installed beside it, and this one."""
    named = ("stdlib", "platstdlib", "purelib", "platlib")
    return (
        *{Path(sysconfig.get_path(each)) for each in named},
        Path(__file__).resolve().parents[1],
    )
