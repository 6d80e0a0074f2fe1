"""What a group of processes uses all together, and whether that is too much.

The system limits each process for itself (setrlimit(2)); many, each within its limits, are
counted here, as Linux tells of them in /proc (proc_pid_stat(5)).
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from cvtex.toolchain.model import Limits

EVERY = 0.5
"""Seconds from one look to the next. A run that is faster is never looked at."""


def excess(leader: int, folder: Path, limits: Limits) -> str | None:
    """Return which limit a group exceeds that works in `folder`, None if it does not.

    The group is that of process `leader`, with whatever these have started.
    """
    members = _members(leader)
    if len(members) > limits.processes:
        return f"stopped: it has more than {limits.processes} processes"
    if sum(members.values()) * os.sysconf("SC_PAGE_SIZE") > limits.memory:
        return f"stopped: it needs more than {limits.memory / 1024**3:g} GB of memory"
    room = 0
    for files, size in enumerate(_sizes(folder), 1):
        room += size
        if files > limits.files:
            return f"stopped: it wrote more than {limits.files} files"
        if room > limits.room:
            return f"stopped: its files have more than {limits.room // 1024**2} MB"
    return None


def kill_all(leader: int) -> None:
    """Kill a group, and what its processes have started in groups of their own."""
    strays = _members(leader)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    for process in strays:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)


def _members(leader: int) -> dict[int, int]:
    """Return the processes of a group, and those that come of them, with their pages of memory."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    members: dict[int, int] = {}
    for process, parent, group, session, resident in _processes():
        parents[process], pages[process] = parent, resident
        if leader in (process, group, session):
            members[process] = resident
    grown = bool(members)
    while grown:
        more = {p: pages[p] for p, up in parents.items() if up in members and p not in members}
        members |= more
        grown = bool(more)
    return members


def _processes() -> Iterator[tuple[int, int, int, int, int]]:
    """Yield each process of the system: its number, its parent's, group, session, pages."""
    with contextlib.suppress(OSError):
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError):
                status = (place / "stat").read_bytes()
                # a program's name, in brackets, may have anything
                of = status[status.rindex(b")") + 2 :].split()
                yield int(place.name), int(of[1]), int(of[2]), int(of[3]), int(of[21])


def _sizes(folder: Path) -> Iterator[int]:
    """Yield the size of each file in a folder and below, and 0 for each folder."""
    left = [str(folder)]
    while left:
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                size = 0
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    else:
                        size = entry.stat(follow_symlinks=False).st_size
                yield size
