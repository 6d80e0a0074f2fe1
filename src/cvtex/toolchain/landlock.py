"""Linux's own ways for a thread to give up rights, for itself and what it starts.

Landlock (landlock(7), since Linux 5.13) shuts files, programs and connections; seccomp
(seccomp(2)) the system calls that reach beyond them. Neither needs any right, and neither
can be undone: what calls `restrict` is a thread made for the purpose.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct
from collections.abc import Iterable
from typing import NamedTuple

from cvtex.records import dataclass, field

# linux/landlock.h
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
ALL_1 = (1 << 13) - 1
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
CONNECTIONS = 0b11  # to bind, and to connect, by TCP
SCOPES = 0b11  # abstract sockets, signals

_READ = READ_FILE | READ_DIR
# No links are made, no devices, pipes or sockets: cvtex reads what it finds there.
_WRITE = _READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER
_OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 38, 22

_EPERM, _ALLOW, _ERRNO = 1, 0x7FFF0000, 0x00050000


class _Machine(NamedTuple):
    """The numbers of system calls of one kind of machine: those of any other are refused."""

    architecture: int
    socket: int
    # chmod, chown, utime and the attributes, which Landlock leaves open, in all their forms, and
    # truncate, which its first editions do; other processes' memory, the kernel's own programs,
    # its keys, io_uring
    others: tuple[int, ...]


_MACHINES = {
    "x86_64": _Machine(
        0xC000003E,
        41,
        (
            *(90, 91, 268, 452, 92, 93, 94, 260, 132, 235, 261, 280),
            *(188, 189, 190, 197, 198, 199, 463, 466),
            *(76, 101, 310, 311, 298, 321, 323, 248, 249, 250, 425),
        ),
    ),
    "aarch64": _Machine(
        0xC00000B7,
        198,
        (
            *(52, 53, 452, 54, 55, 88, 5, 6, 7, 14, 15, 16, 463, 466),
            *(45, 117, 270, 271, 241, 280, 282, 217, 218, 219, 425),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Access:
    """What a process may reach: files and folders (with all below) to read, folders to write
    in, programs to start, and whether it may open connections."""

    read: tuple[str, ...] = field(default=())
    write: tuple[str, ...] = field(default=())
    programs: tuple[str, ...] = field(default=())
    network: bool = False


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """Return which edition of Landlock the kernel has, 0 for none."""
    try:
        return max(int(_libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)), 0)
    except (AttributeError, OSError):
        return 0


def rights(edition: int) -> int:
    """Return the rights to files that an edition of Landlock knows."""
    known = ALL_1
    for since, right in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEV)):
        if edition >= since:
            known |= right
    return known


def restrict(access: Access, edition: int) -> None:
    """Give up all that is not in `access`, for this thread and what it starts. Raises OSError."""
    known = rights(edition)
    shut = 0 if access.network else CONNECTIONS
    numbers = [known, *([shut] if edition >= 4 else []), *([SCOPES] if edition >= 6 else [])]
    attribute = struct.pack(f"={len(numbers)}Q", *numbers)
    ruleset = _call(_CREATE_RULESET, attribute, ctypes.c_size_t(len(attribute)), 0)
    try:
        _allow(ruleset, access.read, _READ & known)
        _allow(ruleset, access.programs, (READ_FILE | EXECUTE) & known)
        _allow(ruleset, access.write, _WRITE & known)
        if _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs")
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    refuse_calls(access.network)


def _allow(ruleset: int, paths: Iterable[str], allowed: int) -> None:
    for path in paths:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what is not there needs no right
        try:
            here = allowed if os.path.isdir(path) else allowed & _OF_A_FILE
            _call(_ADD_RULE, ruleset, 1, struct.pack("=Qi", here, descriptor), 0)
        finally:
            os.close(descriptor)


def _call(number: int, *arguments: object) -> int:
    result: int = _libc().syscall(number, *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse_calls(network: bool = False) -> bool:
    """Refuse the calls of `_MACHINES` from now on, but sockets where `network` is given;
    False where the kernel or machine cannot."""
    code = _filter(platform.machine(), network)
    if not code:
        return False
    program = _Program(len(code) // 8, code)
    return not _libc().prctl(_PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0)


@functools.cache
def _filter(machine: str, network: bool) -> bytes:
    """Return the filter, in the form of BPF that seccomp takes; empty for a machine unknown."""
    if machine not in _MACHINES:
        return b""
    architecture, socket, others = _MACHINES[machine]
    refused = others if network else (socket, *others)
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    refuse = struct.pack("=HBBI", give, 0, 0, _ERRNO | _EPERM)
    lines = [
        struct.pack("=HBBI", load, 0, 0, 4),
        struct.pack("=HBBI", equal, 1, 0, architecture),
        refuse,
        struct.pack("=HBBI", load, 0, 0, 0),
        struct.pack("=HBBI", at_least, len(refused) + 1, 0, 0x40000000),
        *(
            struct.pack("=HBBI", equal, len(refused) - number, 0, call)
            for number, call in enumerate(refused)
        ),
        struct.pack("=HBBI", give, 0, 0, _ALLOW),
        refuse,
    ]
    return b"".join(lines)
