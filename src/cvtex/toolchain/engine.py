"""One process: its environment, its limits, and the end of its whole group."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cvtex import programs
from cvtex.records import dataclass
from cvtex.toolchain import sandbox, usage
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import Limits
from cvtex.toolchain.process_limits import hit, set_on

HEAD = 512 * 1024  # bytes kept of the output's start, and as many of its end


@dataclass(frozen=True, slots=True)
class Run:
    """How a process ended. `status` is negative for a signal, None if it never ran.

    `output` is what it printed, its middle cut out if there was too much.
    `reason` names the limit that ended it, or why it could not run.
    """

    status: int | None
    output: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A process that runs in a group of its own. Whoever starts one must finish or stop it."""

    process: subprocess.Popen[bytes]
    limits: Limits
    folder: Path
    guard: subprocess.Popen[bytes] | None = None

    def runs(self) -> bool:
        """Tell whether it has not ended yet."""
        return self.process.poll() is None

    def release(self) -> bool:
        """Give a process that waits its line of input; False if it has ended already."""
        pipe = self.process.stdin
        try:
            if pipe is None or self.process.poll() is not None:
                return False
            pipe.write(b"\n")
            pipe.close()
        except (OSError, ValueError):
            return False
        return True


def run(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    limits: Limits,
    on_line: Callable[[str], None] | None = None,
    *,
    errors: int = subprocess.STDOUT,
    more: Access | None = None,
) -> Run:
    """Run a command in `folder` with no input until it ends or a limit ends it.

    `on_line` gets each line that it prints, `errors` and `more` are as for `start`. When the
    function is left, by an exception too, no process of the command's group is
    left alive.
    """
    started = start(command, folder, environ, limits, errors=errors, more=more)
    return started if isinstance(started, Run) else finish(started, on_line)


def start(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    limits: Limits,
    *,
    waits: bool = False,
    errors: int = subprocess.STDOUT,
    more: Access | None = None,
) -> Started | Run:
    """Start a command in `folder`; a `Run` tells why it could not be started.

    It is confined, where the system can (`sandbox`): it reaches `folder`, TeX's own files,
    and `more`. It ends when this process does.
    It has no input, unless it `waits` for a line of it. `errors` is the file
    descriptor that takes its standard error instead of the output.
    """
    try:
        process = sandbox.popen(
            command,
            sandbox.access(Path(command[0]), folder, environ, more),
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.PIPE if waits else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    except sandbox.NoSandbox as problem:
        return Run(None, "", str(problem))
    except FileNotFoundError:
        missing = folder if not folder.is_dir() else command[0]
        return Run(None, "", f"{missing} is not there")
    except OSError as problem:
        return Run(None, "", f"{command[0]} does not start: {problem.strerror or problem}")
    started = Started(process, limits, folder)
    _groups.add(process.pid)
    try:
        if (more and more.programs) or not sandbox.ends_with_us():
            started = Started(process, limits, folder, _guard(process.pid))
        set_on(process.pid, limits)
    except BaseException:
        stop(started)
        raise
    return started


def finish(started: Started, on_line: Callable[[str], None] | None = None) -> Run:
    """Wait until a process ends or a limit ends it; its seconds count from now."""
    output = _Output(on_line)
    limits = started.limits
    try:
        exceeded = _drain(started, output)
        if exceeded:
            usage.kill_all(started.process.pid)
    finally:
        stop(started)
    status, text = started.process.returncode, output.text()
    return Run(status, text, exceeded or hit(status, text, limits))


class _Output:
    """The start and the end of what a process prints, and its lines as they come."""

    def __init__(self, on_line: Callable[[str], None] | None) -> None:
        self.head = bytearray()
        self.tail = bytearray()
        self.lost = False
        self.on_line = on_line
        self.line = b""

    def add(self, data: bytes) -> None:
        if self.on_line:
            *lines, rest = (self.line + data).split(b"\n")
            self.line = rest[-4096:]
            for line in lines:
                self.on_line(line.decode("utf-8", "replace"))
        room = HEAD - len(self.head)
        self.head += data[:room] if room > 0 else b""
        self.tail += data[max(room, 0) :]
        if len(self.tail) > 2 * HEAD:
            del self.tail[:-HEAD]
            self.lost = True

    def text(self) -> str:
        middle = b"\n[...]\n" if self.lost else b""
        return (bytes(self.head) + middle + bytes(self.tail)).decode("utf-8", "replace")


def _drain(started: Started, output: _Output) -> str | None:
    """Read until the process closes its output and ends, or return the limit that it exceeds."""
    process, limits = started.process, started.limits
    assert process.stdout is not None
    stream = process.stdout.fileno()
    now = time.monotonic()
    deadline, look = now + limits.seconds, now + usage.EVERY
    silent = False  # it has closed its output, and may go on
    with selectors.DefaultSelector() as selector, contextlib.ExitStack() as opened:
        selector.register(stream, selectors.EVENT_READ)
        while now < deadline:
            left = min(deadline, look) - now
            if silent and not selector.get_map():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(left)
                    return None
            elif not selector.select(left):
                if process.poll() is not None:  # a grandchild holds the output open
                    return None
            elif silent:
                process.wait()
                return None
            else:
                data = os.read(stream, 65536)
                output.add(data)
                if not data:
                    silent = True
                    selector.unregister(stream)
                    _register_end(process.pid, selector, opened)
            now = time.monotonic()
            if now >= look:
                look = now + usage.EVERY
                exceeded = usage.excess(process.pid, started.folder, limits)
                if exceeded:
                    return exceeded
    return f"stopped after {limits.seconds:g} seconds"


def _register_end(pid: int, selector: selectors.BaseSelector, opened: contextlib.ExitStack) -> None:
    """Let a selector wake when a process ends, where the system can tell."""
    if hasattr(os, "pidfd_open"):
        with contextlib.suppress(OSError):
            descriptor = os.pidfd_open(pid)
            opened.callback(os.close, descriptor)
            selector.register(descriptor, selectors.EVENT_READ)


def stop(started: Started) -> None:
    """Kill what is left of the group; a Ctrl-C meanwhile waits until that is done."""
    process = started.process
    interrupt = None
    while True:
        try:
            _kill(process.pid)
            _groups.discard(process.pid)
            if started.guard:
                _release(started.guard)  # before the group's number can be another's
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
            break
        except KeyboardInterrupt as pressed:
            interrupt = pressed
    if interrupt:
        raise interrupt


def _guard(group: int) -> subprocess.Popen[bytes] | None:
    """Start a shell that kills a group when this process ends without having released it.

    What the system sends when a parent dies reaches the program that was started, but not
    what that one started itself: latexmk's engine would run on.
    """
    try:
        return programs.start(
            ["/bin/sh", "-c", 'read -r line || kill -KILL "-$1"', "sh", str(group)],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None


def _release(guard: subprocess.Popen[bytes]) -> None:
    """Let a guard end without harm; it may be called again."""
    assert guard.stdin is not None
    with contextlib.suppress(OSError, ValueError):
        guard.stdin.write(b"\n")
        guard.stdin.close()
    guard.wait()


_groups: set[int] = set()
"""The groups of what runs now."""


def stop_all() -> None:
    """Kill whatever runs, for a process that ends at once. Raises nothing."""
    for group in tuple(_groups):
        _kill(group)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
