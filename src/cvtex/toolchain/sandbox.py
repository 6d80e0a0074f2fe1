"""Every engine is started so that it reaches its own folder and TeX's files, and no more.

No switch of any engine keeps raw TeX from reading files, or Lua from writing them; only
the system can. Landlock does where Linux has it, else bubblewrap (bwrap(1)) where that
works; else an engine runs as any program does. `CVTEX_SANDBOX` says what is wanted: `auto`,
`require` (no run without one), or `off`.
"""

from __future__ import annotations

import errno
import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from cvtex import programs
from cvtex.toolchain.landlock import Access

VARIABLE = "CVTEX_SANDBOX"
MODES = ("auto", "require", "off")
Kind = Literal["landlock", "bubblewrap", ""]

# What every program of a Linux system reads, and TeX's files and the fonts where systems
# keep them. Nothing of a person is there.
SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt/texlive", "/opt/texbin"),
    *("/nix/store", "/gnu/store", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime"),
    *("/etc/texmf", "/etc/fonts", "/etc/perl", "/etc/papersize", "/var/lib/texmf"),
    *("/var/cache/fontconfig", "/dev/urandom", "/dev/zero"),
)
ONLINE = ("/etc/ssl", "/etc/pki", "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf")
"""What a program reads that fetches something."""
OF_THE_HOME = (".fonts", ".local/share/fonts", ".cache/fontconfig", "texmf")

# What engines start: XeTeX its driver, by way of the shell.
HELPERS = {"xelatex": ("sh", "xdvipdfmx", "dvipdfmx")}
_LOADERS = (
    *("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux-armhf.so.3"),
    *("/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1", "/lib/ld-linux.so.2"),
    *("/lib64/ld64.so.2", "/lib/ld-linux-riscv64-lp64d.so.1"),
)


class NoSandbox(OSError):
    """A sandbox was required and cannot be had."""


def mode() -> str:
    """Return what is wanted: one of `MODES`."""
    given = os.environ.get(VARIABLE, "")
    return given if given in MODES else "auto"


def kind() -> Kind:
    """Return what confines an engine here, "" if nothing does (or nothing shall)."""
    return "" if mode() == "off" else _found()


@functools.cache
def _found() -> Kind:
    if sys.platform != "linux":
        return ""
    from cvtex.toolchain import landlock

    if edition := landlock.abi():
        tried: list[OSError] = []

        def attempt() -> None:
            try:
                landlock.restrict(Access(), edition)
            except OSError as failure:
                tried.append(failure)

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
        if not tried:
            return "landlock"
    if program := shutil.which("bwrap"):
        return "bubblewrap" if _works(program) else ""
    return ""


def _works(bubblewrap: str) -> bool:
    command = [bubblewrap, "--unshare-net", "--ro-bind", "/", "/", "--dev", "/dev", "true"]
    nothing = subprocess.DEVNULL
    try:
        run = programs.run(command, stdin=nothing, stdout=nothing, stderr=nothing, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return False
    return run.returncode == 0


def described() -> str:
    """Return what confines an engine here, in words."""
    found = kind()
    if found == "landlock":
        from cvtex.toolchain import landlock

        return f"Landlock, edition {landlock.abi()}"
    if found:
        return "bubblewrap"
    if mode() == "off":
        return "off, as was asked for"
    return "none: this system has neither Landlock nor a bubblewrap that works"


def access(
    program: Path, folder: Path, environ: Mapping[str, str], more: Access | None = None
) -> Access:
    """Return what an engine needs that works in `folder`, and `more`."""
    more = more or Access()
    program = Path(shutil.which(program) or program)
    real = os.path.realpath(program)
    places = [*SYSTEM, *tree_of(real), str(program)]
    places += environ.get("TEXMFHOME", "").split(":")
    if home := environ.get("HOME"):
        places += [os.path.join(home, name) for name in OF_THE_HOME]
        places += _texlive_of(home)
    if more.network:
        places += ONLINE
    names = [str(program), real, *_LOADERS]
    names += located(program, HELPERS.get(program.name, ()))
    if launcher := _setpriv():
        names.append(launcher)
    return Access(
        read=(*dict.fromkeys(filter(None, (*places, *more.read))),),
        write=(*dict.fromkeys((str(folder), "/dev/null", *more.write)),),
        programs=(*dict.fromkeys((*names, *more.programs)),),
        network=more.network,
    )


def located(beside: Path, names: Iterable[str]) -> list[str]:
    """Return where programs are that are `beside` another one or on the PATH."""
    path = f"{beside.parent}:{os.environ.get('PATH', '')}"
    return [found for name in names if (found := shutil.which(name, path=path))]


@functools.cache
def _texlive_of(home: str) -> list[str]:
    """Return the folders that TeX Live keeps of a person (`~/.texlive2025`)."""
    try:
        return [os.path.join(home, n) for n in os.listdir(home) if n.startswith(".texlive")]
    except OSError:
        return []


@functools.cache
def tree_of(program: str) -> tuple[str, ...]:
    """Return the folders of a TeX Live that lies elsewhere than the system's, by its program."""
    for above in Path(program).parents[1:4]:
        if (above / "texmf-dist").is_dir():
            return (str(above), str(above.parent / "texmf-local"))
    return ()


@functools.cache
def _setpriv() -> str | None:
    """Return util-linux's `setpriv`, which lets a process die with what started it."""
    found = shutil.which("setpriv")
    return found if found and "busybox" not in os.path.realpath(found) else None


def ends_with_us() -> bool:
    """Tell whether a command that `popen` starts ends when this process is killed."""
    return kind() == "bubblewrap" or _setpriv() is not None


def popen(command: Sequence[str], allowed: Access, **given: Any) -> subprocess.Popen[bytes]:
    """Start a command that reaches what is `allowed`, and ends when this process does.

    `given` is as for `subprocess.Popen`. Raises OSError; `NoSandbox` where one is required
    and there is none.
    """
    found = kind()
    if not found and mode() == "require":
        raise NoSandbox("no sandbox can be had here, and one is required")
    if not shutil.which(command[0]):  # a launcher would say so in its own words
        code = errno.EACCES if os.path.exists(command[0]) else errno.ENOENT
        raise OSError(code, os.strerror(code), command[0])
    if found == "bubblewrap":
        return subprocess.Popen([*_bubble(allowed, given["cwd"]), *command], **given)
    launcher = _setpriv()
    ends_with_us = [launcher, "--pdeathsig", "KILL"] if launcher else []
    return _from_a_thread([*ends_with_us, *command], allowed if found else None, given)


def _from_a_thread(
    command: Sequence[str], allowed: Access | None, given: dict[str, Any]
) -> subprocess.Popen[bytes]:
    """Start a command from a thread that has restricted itself.

    Linux sends the signal of a parent's death when the *thread* ends that started the
    process, so the thread waits for it.
    """
    from cvtex.toolchain import landlock

    begun = threading.Event()
    children: list[subprocess.Popen[bytes]] = []
    failed: list[BaseException] = []
    edition = landlock.abi() if allowed else 0

    def begin() -> None:
        try:
            if allowed:
                landlock.restrict(allowed, edition)
            children.append(subprocess.Popen(command, **given))
        except BaseException as failure:
            failed.append(failure)
        finally:
            begun.set()
        if children:
            try:
                os.waitid(os.P_PID, children[0].pid, os.WEXITED | os.WNOWAIT)
            except ChildProcessError:
                return  # somebody else has seen its end

    threading.Thread(target=begin, daemon=True, name="sandbox").start()
    try:
        begun.wait()
    except BaseException:  # Ctrl-C just now: what was started meanwhile is not left behind
        begun.wait()
        if children:
            children[0].kill()
            children[0].wait()
        raise
    if failed:
        raise failed[0]
    return children[0]


def _bubble(allowed: Access, folder: Path) -> list[str]:
    """Return the command of bubblewrap that comes before an engine's."""
    command = ["bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc"]
    command += [] if allowed.network else ["--unshare-net"]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    there: set[str] = set()
    for path in sorted(allowed.read, key=len):
        above = (str(folder) for folder in (Path(path), *Path(path).parents))
        if path.startswith("/dev/") or not there.isdisjoint(above):
            continue  # what lies in a folder that is there is there, too
        there.add(path)
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        else:
            command += ["--ro-bind-try", path, path]
    for path in allowed.write:
        if not path.startswith("/dev/"):
            command += ["--bind-try", path, path]
    return [*command, "--chdir", str(folder), "--"]
