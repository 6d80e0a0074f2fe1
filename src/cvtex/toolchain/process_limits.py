"""The limits of a process: how they are set on it, and which of them has ended it."""

from __future__ import annotations

import contextlib
import re
import signal
import sys

from cvtex.toolchain.model import Limits


def set_on(pid: int, limits: Limits) -> None:
    """Set the process's limits, which its children inherit.

    From outside and not by `preexec_fn`, which is unsafe in a program with
    threads; the moment before is too short for harm.
    """
    if sys.platform != "linux":
        return
    import resource

    for name, soft, hard in (
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 5),
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size, limits.file_size),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        # A stricter limit of the caller's stays; a process that has ended has none.
        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, name, (soft, hard))


def _largest_file(limits: Limits) -> int:
    """Return how many bytes a file may have: the caller's own limit may be a stricter one."""
    import resource

    own, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return limits.file_size if own == resource.RLIM_INFINITY else min(own, limits.file_size)


def hit(status: int, output: str, limits: Limits) -> str | None:
    """Return which limit ended the run, by its signal or by what it said, or None.

    latexmk tells its child's signal as a shell does, "return code 128 + n".
    """
    ended = {-status} if status < 0 else {status - 128} if status > 128 else set()
    ended |= {int(code) - 128 for code in re.findall(r"gave return code (\d{3})\b", output[-8192:])}
    if {signal.SIGXCPU, signal.SIGKILL} & ended:
        if signal.SIGXCPU not in ended:
            return "killed from outside (is the machine out of memory?)"
        return f"stopped after {limits.cpu_seconds} seconds of computing"
    if signal.SIGXFSZ in ended or "File size limit exceeded" in output[-8192:]:
        size = _largest_file(limits)
        return (
            f"stopped: a file grew beyond {f'{size >> 20} MB' if size >> 20 else f'{size} bytes'}"
        )
    if status != 0 and re.search(
        r"memory exhausted|not enough memory|memory allocation of \d+ bytes failed|bad_alloc",
        output[-65536:],
    ):
        return f"stopped: it needs more than {limits.memory / 1024**3:g} GB of memory"
    return None
