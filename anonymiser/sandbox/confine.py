"""Takes away from this process, for good, whatever parsing a document does not need."""

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

from anonymiser.sandbox.limits import Limits

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_NEWIPC = 0x08000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_DUMPABLE = 4
_NOBODY = 65534
_SIGKILL = 9
_OTHERS_MAY_ENTER = 0o001

_libc = ctypes.CDLL(None, use_errno=True)


def confine(limits: Limits) -> None:
    """Network and privileges go as far as the kernel allows; the limits on resources always hold."""
    _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    root = os.geteuid() == 0
    _libc.unshare(_CLONE_NEWNET | _CLONE_NEWIPC | (0 if root else _CLONE_NEWUSER))
    _limit_resources(limits)
    if root and interpreter_is_public():
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _limit_resources(limits: Limits) -> None:
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for kind, most in (
        (resource.RLIMIT_AS, held + limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_NOFILE, limits.open_files),
        # Nothing here writes a file, so nothing can be left behind.
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


def interpreter_is_public() -> bool:
    """Tell whether "nobody" can read the interpreter; below somebody's home a late import fails."""
    places = {Path(sys.base_prefix).resolve(), Path(__file__).resolve()}
    folders = {folder for place in places for folder in (place, *place.parents) if folder.is_dir()}
    return all(folder.stat().st_mode & _OTHERS_MAY_ENTER for folder in folders)
