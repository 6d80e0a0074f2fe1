"""Raw TeX reaches its own folder and TeX's files, and no more; without the sandbox it does."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvtex import toolchain
from cvtex.toolchain import Limits, landlock, sandbox
from cvtex.toolchain.engine import run
from shared import Program

LANDLOCK = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.abi(), reason="this kernel has no Landlock"
)


@LANDLOCK
def test_what_a_confined_program_cannot_do(tmp_path: Path) -> None:
    """The system's own programs, confined as an engine is."""
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    folder = tmp_path / "run"
    folder.mkdir()

    def shown(command: str) -> tuple[int, bytes]:
        shell = shutil.which("sh")
        assert shell
        allowed = sandbox.access(Path(shell), folder, {}, landlock.Access())
        done = sandbox.popen(
            [shell, "-c", command],
            allowed,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = done.communicate()
        return done.returncode, output

    assert shown("echo here > own && read x < own && echo $x") == (0, b"here\n")
    assert b"CANARY" not in shown(f"read x < {secret}; echo $x")[1]
    shown(f"echo taken > {secret}")
    assert secret.read_text() == "CANARY"
    assert shown("cat own")[0] != 0, "no program but its own"
    assert shown("ls /")[0] != 0


@LANDLOCK
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_no_connections(family: socket.AddressFamily, kind: socket.SocketKind) -> None:
    """A confined thread, as each that starts an engine, can make no socket; with the network
    it can."""

    def attempt(network: bool) -> list[str]:
        found: list[str] = []

        def body() -> None:
            landlock.restrict(landlock.Access(network=network), landlock.abi())
            try:
                socket.socket(family, kind).close()
            except PermissionError:
                found.append("refused")

        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        return found

    if platform.machine() not in landlock._MACHINES:
        pytest.skip("no filter for this machine")
    assert attempt(network=False) == ["refused"]
    assert attempt(network=True) == []


@LANDLOCK
@pytest.mark.parametrize("network", [False, True])
def test_what_landlock_leaves_open_is_refused(network: bool, tmp_path: Path) -> None:
    """Modes, owners, times and attributes of files, by path and by descriptor."""
    if platform.machine() not in landlock._MACHINES:
        pytest.skip("no filter for this machine")
    file = tmp_path / "file"
    file.write_text("mine")
    file.chmod(0o644)
    descriptor = os.open(file, os.O_RDONLY)
    user, group = os.geteuid(), os.getegid()
    attempts: dict[str, Callable[[], object]] = {
        "chmod": lambda: os.chmod(file, 0o777),
        "fchmod": lambda: os.chmod(descriptor, 0o777),
        "chown": lambda: os.chown(file, user, group),
        "fchown": lambda: os.chown(descriptor, user, group),
        "lchown": lambda: os.lchown(file, user, group),
        "utime": lambda: os.utime(file, (1, 1)),
        "futime": lambda: os.utime(descriptor, (1, 1)),
        "truncate": lambda: os.truncate(file, 0),
        "setxattr": lambda: os.setxattr(file, "user.a", b"x"),
        "removexattr": lambda: os.removexattr(file, "user.a"),
    }
    refused: list[str] = []

    def body() -> None:
        landlock.restrict(landlock.Access(network=network), 1)
        for name, attempt in attempts.items():
            try:
                attempt()
            except PermissionError:
                refused.append(name)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    os.close(descriptor)
    assert refused == list(attempts)


@LANDLOCK
def test_cvtex_itself_stays_free(tmp_path: Path) -> None:
    """Only the thread that starts an engine gives up rights."""
    test_what_a_confined_program_cannot_do(tmp_path)
    (tmp_path / "later").write_text("x")
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@LANDLOCK
@pytest.mark.parametrize("edition", [1, 2, 3, 4, 5, 6, 7])
def test_older_kernels(edition: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older edition does not know is not asked of it; files are shut in all of them."""
    real = landlock.abi()
    if edition > real:
        pytest.skip(f"this kernel's edition is {real}")
    monkeypatch.setattr(landlock, "abi", lambda: edition)
    sandbox._found.cache_clear()
    test_what_a_confined_program_cannot_do(tmp_path)
    sandbox._found.cache_clear()
    known = landlock.rights(edition)
    assert known.bit_length() == {1: 13, 2: 14, 3: 15, 4: 15}.get(edition, 16)


def nothing_confines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: 0)

    def which(name: str, **more: Any) -> str | None:
        return None if name == "bwrap" else shutil_which(name, **more)

    monkeypatch.setattr(shutil, "which", which)
    sandbox._found.cache_clear()


shutil_which = shutil.which


def test_without_a_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_confines(monkeypatch)
    try:
        assert sandbox.kind() == ""
        assert sandbox.described().startswith("none")
        shell = shutil_which("sh")
        assert shell
        assert run([shell, "-c", "exit 0"], tmp_path, {}, Limits()).status == 0
        monkeypatch.setenv("CVTEX_SANDBOX", "require")
        refused = run([shell, "-c", "exit 0"], tmp_path, {}, Limits())
        assert refused.status is None
        assert refused.reason == "no sandbox can be had here, and one is required"
    finally:
        sandbox._found.cache_clear()


@pytest.mark.tex
def test_raw_tex_that_nothing_confines_needs_trust(tmp_path: Path, cvtex: Program) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ada\nsummary: !tex '\\textbf{x}'\n")
    run = cvtex("build", cwd=tmp_path, CVTEX_SANDBOX="off")
    assert run.status == 2
    assert "data/basics.yaml:2:10: error: raw TeX (!tex) could read and write" in run.err
    assert "--trust" in run.err


LATEXMK = """
import sys
from pathlib import Path
from cvtex.toolchain import Limits
from cvtex.toolchain.model import Job
from cvtex.toolchain.texlive import latexmk
job = Job(engine=sys.argv[1], folder=Path.cwd(), epoch=0, limits=Limits(seconds=120))
latexmk.compile(latexmk.find()[0], job)
"""


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_23_an_engine_of_latexmk_ends_when_cvtex_is_killed(engine: str, tmp_path: Path) -> None:
    """Although not cvtex has started it, but latexmk, which is told and it is not."""
    if engine not in toolchain.find("latexmk")[0].engines:
        pytest.skip(f"there is no {engine}")
    # once it computes and prints no more: who prints to what is closed ends of that
    tex = r"\immediate\openout15=begun.tex \immediate\closeout15 \def\x{\x}\x"
    (tmp_path / "cv.tex").write_text(tex)
    process = subprocess.Popen(
        [sys.executable, "-c", LATEXMK, engine],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def left() -> list[str]:
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == tmp_path:
                    found.append((entry / "comm").read_text().strip())
        return found

    deadline = time.monotonic() + 60
    while not (tmp_path / "begun.tex").exists():
        assert process.poll() is None, "it has ended by itself"
        assert time.monotonic() < deadline, left()
        time.sleep(0.05)
    process.kill()
    process.wait()
    while left():
        assert time.monotonic() < deadline, left()
        time.sleep(0.05)


@pytest.mark.tex
def test_23_an_engine_ends_when_cvtex_is_killed(tmp_path: Path) -> None:
    if not sandbox._setpriv():
        pytest.skip("util-linux is not here")
    (tmp_path / "data").mkdir()
    endless = r"name: A" + "\n" + r"summary: !tex '\def\x{\x}\x'" + "\n"
    (tmp_path / "data/basics.yaml").write_text(endless)
    process = subprocess.Popen(
        [sys.executable, "-m", "cvtex", "build", "--engine", "pdflatex"],
        cwd=tmp_path,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def engines() -> list[int]:
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                there = (entry / "cwd").readlink().is_relative_to(tmp_path / "cache")
                if there and "pdf" in (entry / "comm").read_text():
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    deadline = time.monotonic() + 60
    while not engines():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.3)  # the launcher has given way to the engine
    process.send_signal(signal.SIGKILL)
    process.wait()
    while engines():
        assert time.monotonic() < deadline, "an engine is left"
        time.sleep(0.05)
