"""Which files this process may still open, said to the kernel (Landlock, landlock(7)) and never taken back."""

import contextlib
import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_ONLY_TELL_VERSION = 1
_BENEATH_A_PATH = 1

_EXECUTE = 1 << 0
_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_FOLDER = 1 << 3
_REMOVE_FILE = 1 << 5
_MAKE_SOCKET = 1 << 9
_TRUNCATE = 1 << 14
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many of the rights the kernel knows
_NEWEST_RIGHTS = 16
_NETWORK_FROM, _SCOPES_FROM = 4, 6
_BIND_AND_CONNECT = 0b11
_SIGNALS_AND_ABSTRACT_SOCKETS = 0b11

_libc = ctypes.CDLL(None, use_errno=True)


def restrict_files(
    *,
    readable: Iterable[Path] = (),
    executable: Iterable[Path] = (),
    writable: Iterable[Path] = (),
    for_sockets: Iterable[Path] = (),
) -> bool:
    """Leave only these files and what lies below these folders; TCP, where the kernel knows that, is gone too.

    Needs `no_new_privs`. False where the kernel has no Landlock: the other walls then stand alone.
    """
    version = _call(_CREATE_RULESET, None, 0, _ONLY_TELL_VERSION)
    if version < 1:
        return False
    every = (1 << _RIGHTS_BY_VERSION.get(version, _NEWEST_RIGHTS)) - 1
    attributes = [every]
    if version >= _NETWORK_FROM:
        attributes.append(_BIND_AND_CONNECT)
    if version >= _SCOPES_FROM:
        attributes.append(_SIGNALS_AND_ABSTRACT_SOCKETS)
    packed = struct.pack(f"={len(attributes)}Q", *attributes)
    rules = _call(_CREATE_RULESET, packed, len(packed), 0)
    if rules < 0:
        return False
    try:
        reading = _READ_FILE | _READ_FOLDER
        for paths, rights in (
            (readable, reading),
            (executable, reading | _EXECUTE),
            (writable, every & ~_EXECUTE),
            (for_sockets, _MAKE_SOCKET | _REMOVE_FILE),
        ):
            for path in paths:
                _allow(rules, path, rights & every)
        return _call(_RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    with contextlib.suppress(OSError):  # what isn't there needs no rule
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(opened).st_mode):
                rights &= _FOR_FILES
            _call(_ADD_RULE, rules, _BENEATH_A_PATH, struct.pack("=Qi", rights, opened), 0)
        finally:
            os.close(opened)


def _call(number: int, *arguments: int | bytes | None) -> int:
    typed = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return int(_libc.syscall(ctypes.c_long(number), *typed))
