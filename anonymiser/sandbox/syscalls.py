"""What this process may no longer ask the kernel for: a seccomp filter (seccomp(2)), never taken back."""

import ctypes
import errno
import functools
import platform
import struct

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000  # with an errno in the lower half
_KILL = 0x80000000

# Instructions of classic BPF, as linux/bpf_common.h numbers them.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where struct seccomp_data has them

_X86_64, _AARCH64 = 0xC000003E, 0xC00000B7
_X32 = 0x40000000  # numbers from here on are the same calls by another door
_CLONE_THREAD = 0x00010000
_AF_UNIX = 1

_MACHINES = {"x86_64": (_X86_64, 0), "aarch64": (_AARCH64, 1)}
_ABSENT = -1

_SOCKET, _CLONE, _CLONE3 = (41, 198), (56, 220), (435, 435)
_NETWORK = {
    "connect": (42, 203),
    "accept": (43, 202),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept4": (288, 242),
}
_PROGRAMS = {
    "fork": (57, _ABSENT),
    "vfork": (58, _ABSENT),
    "execve": (59, 221),
    "execveat": (322, 281),
}
_NEVER = {
    "kill": (62, 129),
    "ptrace": (101, 117),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "mount": (165, 40),
    "umount2": (166, 39),
    "init_module": (175, 105),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "perf_event_open": (298, 241),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "finit_module": (313, 273),
    "kexec_file_load": (320, 294),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "pidfd_send_signal": (424, 424),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "mount_setattr": (442, 442),
}

_libc = ctypes.CDLL(None, use_errno=True)


def refuse_calls(*, as_program: bool = False) -> bool:
    """Take away network, new processes and what only administrators and debuggers need.

    A program from outside may still start threads, talk to itself through a Unix socket, and be executed.
    Needs `no_new_privs`. False on machines whose numbers aren't known here, and where the kernel has no seccomp.
    """
    if platform.machine() not in _MACHINES:
        return False
    code = _filter(platform.machine(), as_program=as_program)
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    return bool(_libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, program, 0, 0) == 0)


@functools.cache
def _filter(machine: str, *, as_program: bool) -> bytes:
    architecture, column = _MACHINES[machine]
    denied = _refusal(errno.EPERM)
    code = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_IF_EQUAL, architecture, then=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
        _instruction(_IF_AT_LEAST, _X32, otherwise=1),
        denied,
        # glibc then asks by the older call, whose flags can be looked at here.
        _instruction(_IF_EQUAL, _CLONE3[column], otherwise=1),
        _refusal(errno.ENOSYS),
    ]
    names = dict(_NEVER)
    if as_program:
        code += _only_if(_CLONE[column], _IF_BIT, _CLONE_THREAD)
        code += _only_if(_SOCKET[column], _IF_EQUAL, _AF_UNIX)
    else:
        names |= _NETWORK | _PROGRAMS | {"clone": _CLONE, "socket": _SOCKET}
    numbers = sorted(each[column] for each in names.values() if each[column] != _ABSENT)
    for number in numbers:
        code += [_instruction(_IF_EQUAL, number, otherwise=1), denied]
    return b"".join([*code, _instruction(_RETURN, _ALLOW)])


def _only_if(number: int, test: int, wanted: int) -> list[bytes]:
    """Allow a call only where its first argument passes the test."""
    return [
        _instruction(_IF_EQUAL, number, otherwise=4),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(test, wanted, otherwise=1),
        _instruction(_RETURN, _ALLOW),
        _refusal(errno.EPERM),
    ]


def _refusal(number: int) -> bytes:
    return _instruction(_RETURN, _REFUSE | number)


def _instruction(code: int, operand: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """Encode one `struct sock_filter`; `then` and `otherwise` are how many instructions a jump skips."""
    return struct.pack("=HBBI", code, then, otherwise, operand)
