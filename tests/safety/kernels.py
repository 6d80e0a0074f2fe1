"""Starts a program as on a kernel that has no Landlock: its three calls are not there.

python kernels.py PROGRAM [ARGUMENT]…
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

LANDLOCK = (444, 445, 446)  # the same on every machine
ENOSYS = 38


class Program(ctypes.Structure):
    """`struct sock_fprog` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def without_landlock() -> None:
    """Let this process, and what it starts, get "no such call" from Landlock."""
    lines = [struct.pack("=HBBI", 0x20, 0, 0, 0)]
    for left, call in enumerate(LANDLOCK):
        lines.append(struct.pack("=HBBI", 0x15, len(LANDLOCK) - left, 0, call))
    lines.append(struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000))
    lines.append(struct.pack("=HBBI", 0x06, 0, 0, 0x00050000 | ENOSYS))
    code = b"".join(lines)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(
        22, 2, ctypes.byref(Program(len(lines), code)), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "seccomp")


if __name__ == "__main__":
    without_landlock()
    os.execv(sys.argv[1], sys.argv[1:])
