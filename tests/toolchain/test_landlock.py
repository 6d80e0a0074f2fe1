"""The rules by which an engine is confined, read as the kernel reads them, on any machine."""

from __future__ import annotations

import ctypes
import os
import re
import struct
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cvtex.toolchain import Limits, cache, landlock, sandbox, usage
from cvtex.toolchain.landlock import Access

HEADERS = Path("/usr/include")
X86, ARM = 0xC000003E, 0xC00000B7
"""AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 (linux/audit.h)."""


def verdict(machine: str, architecture: int, call: int, network: bool = False) -> int:
    """Return what the filter says of a call, by the rules of BPF (seccomp(2), bpf(4))."""
    code = landlock._filter(machine, network)
    lines = [struct.unpack("=HBBI", code[at : at + 8]) for at in range(0, len(code), 8)]
    data = {0: call, 4: architecture}
    at, held = 0, 0
    while True:
        operation, yes, no, value = lines[at]
        at += 1
        if operation == 0x20:
            held = data[value]
        elif operation in (0x15, 0x35):
            at += yes if (held == value if operation == 0x15 else held >= value) else no
        else:
            assert operation == 0x06
            return int(value)


REFUSED = 0x00050000 | 1
ALLOWED = 0x7FFF0000


@pytest.mark.parametrize(("machine", "architecture"), [("x86_64", X86), ("aarch64", ARM)])
@pytest.mark.parametrize("network", [False, True])
def test_the_filter_refuses_its_calls_and_no_others(
    machine: str, architecture: int, network: bool
) -> None:
    _, socket, others = landlock._MACHINES[machine]
    refused = {*others} | ({socket} if not network else set())
    found = {n for n in range(600) if verdict(machine, architecture, n, network) == REFUSED}
    assert found == refused
    assert verdict(machine, architecture, 599, network) == ALLOWED
    assert verdict(machine, architecture, 0x40000000, network) == REFUSED, "calls of x32"
    assert verdict(machine, architecture, 0x3FFFFFFF, network) == ALLOWED
    assert verdict(machine, architecture ^ 1, 1, network) == REFUSED, "of another machine"
    assert landlock._filter("sparc", network) == b""


NAMES = """\
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr setxattrat removexattrat
truncate ptrace process_vm_readv process_vm_writev perf_event_open bpf userfaultfd
add_key request_key keyctl io_uring_setup socket
"""


@pytest.mark.parametrize(
    ("machine", "header"),
    [("x86_64", "x86_64-linux-gnu/asm/unistd_64.h"), ("aarch64", "asm-generic/unistd.h")],
)
def test_the_numbers_are_those_of_the_kernel_s_headers(machine: str, header: str) -> None:
    file = HEADERS / header
    if not file.is_file():
        pytest.skip("no headers of the kernel here")
    pairs = re.findall(r"#define __NR3?2?6?4?_?(\w+)\s+(\d+)", file.read_text())
    known = {name: int(number) for name, number in pairs}
    _, socket, others = landlock._MACHINES[machine]
    # the newest calls are in no older header
    wanted = {known[name] for name in NAMES.split() if name in known}
    assert wanted <= {socket, *others}
    assert {n for n in (socket, *others) if n not in wanted} <= {452, 463, 466}
    assert known["socket"] == socket


def test_rights_are_those_of_the_kernel_s_headers() -> None:
    file = HEADERS / "linux/landlock.h"
    if not file.is_file():
        pytest.skip("no headers of the kernel here")
    pairs = re.findall(r"LANDLOCK_ACCESS_FS_(\w+)\s+\(1ULL << (\d+)\)", file.read_text())
    for name, bit in pairs:
        if hasattr(landlock, name):
            assert getattr(landlock, name) == 1 << int(bit), name
    assert {"EXECUTE", "WRITE_FILE", "READ_FILE", "READ_DIR", "MAKE_REG"} <= dict(pairs).keys()


@pytest.mark.parametrize(
    ("edition", "rights", "numbers"),
    [(1, 13, 1), (2, 14, 1), (3, 15, 1), (4, 15, 2), (5, 16, 2), (6, 16, 3), (7, 16, 3)],
)
@pytest.mark.parametrize("network", [False, True])
def test_what_is_asked_of_a_kernel_is_what_its_edition_knows(
    edition: int,
    rights: int,
    numbers: int,
    network: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The rules that it would get: reading, starting and writing, of a file and of a folder."""
    file = tmp_path / "file"
    file.touch()
    asked: list[tuple[int, ...]] = []
    rules: list[tuple[int, bool]] = []

    def call(number: int, *given: Any) -> int:
        if number == 444:
            asked.append(struct.unpack(f"={len(given[0]) // 8}Q", given[0]))
            assert isinstance(given[1], ctypes.c_size_t) and given[1].value == len(given[0])
            return os.open(os.devnull, os.O_RDONLY)
        if number == 445:
            allowed, descriptor = struct.unpack("=Qi", given[2])
            rules.append((allowed, Path(f"/proc/self/fd/{descriptor}").readlink() == tmp_path))
        return 0

    monkeypatch.setattr(landlock, "_call", call)
    monkeypatch.setattr(landlock, "_libc", lambda: SimpleNamespace(prctl=lambda *given: 0))
    places = (str(tmp_path), str(file), str(tmp_path / "gone"))
    landlock.restrict(Access(read=places, write=places, programs=places, network=network), edition)
    (given,) = asked
    assert given == ((1 << rights) - 1, 0 if network else 3, 3)[:numbers]
    known = (1 << rights) - 1
    read, start, truncate, refer = 0b1100, 0b101, 1 << 14, 1 << 13
    write = 0b1_1011_1110 | truncate | refer
    of_a_file = 0b111 | truncate
    assert rules == [
        (read & known, True), (read & of_a_file, False),
        (start, True), (start, False),
        (write & known, True), (write & known & of_a_file, False),
    ]  # fmt: skip


def test_a_kernel_that_refuses_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    libc = SimpleNamespace(syscall=lambda *given: -1, prctl=lambda *given: 0)
    monkeypatch.setattr(landlock, "_libc", lambda: libc)
    assert landlock.abi() == 0
    with pytest.raises(OSError):
        landlock.restrict(Access(), 1)
    libc.syscall = lambda *given: 5
    assert landlock.abi() == 5
    del libc.syscall
    assert landlock.abi() == 0


# ---- bubblewrap --------------------------------------------------------------------------------


def test_bubblewrap_shows_what_may_be_read_once(tmp_path: Path) -> None:
    """What lies in a folder that is shown is shown with it; a link stays one; devices are new."""
    (tmp_path / "link").symlink_to("usr")
    read = ("/usr/share", "/usr", "/dev/urandom", str(tmp_path / "link"), "/usr/share/fonts")
    allowed = Access(read=read, write=(str(tmp_path), "/dev/null"))
    command = sandbox._bubble(allowed, tmp_path)
    shown = [command[n : n + 3] for n, word in enumerate(command) if word in (
        "--ro-bind-try", "--bind-try", "--symlink")]  # fmt: skip
    assert shown == [
        ["--ro-bind-try", "/usr", "/usr"],
        ["--symlink", "usr", str(tmp_path / "link")],
        ["--bind-try", str(tmp_path), str(tmp_path)],
    ]
    assert command[-3:] == ["--chdir", str(tmp_path), "--"]
    assert "--unshare-net" in command
    assert "--unshare-net" not in sandbox._bubble(Access(network=True), tmp_path)


def test_an_engine_reaches_its_own_tex_and_a_person_s_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = tmp_path / "texlive/2025"
    program = live / "bin/x86_64-linux/xelatex"
    program.parent.mkdir(parents=True)
    (live / "texmf-dist").mkdir()
    for name in ("xelatex", "xdvipdfmx"):
        (program.parent / name).write_text("#!/bin/sh\n")
        (program.parent / name).chmod(0o755)
    home = tmp_path / "home"
    (home / ".texlive2025").mkdir(parents=True)
    environ = {"HOME": str(home), "TEXMFHOME": "/own:/other"}
    more = Access(read=("/more",), write=("/out",), programs=("/bin/x",))
    found = sandbox.access(program, tmp_path, environ, more)
    assert {str(live), str(live.parent / "texmf-local"), str(program), "/own", "/other", "/more",
            f"{home}/.fonts", f"{home}/texmf", f"{home}/.texlive2025"} <= {*found.read}  # fmt: skip
    assert "" not in found.read and str(home) not in found.read and "/etc/hosts" not in found.read
    assert found.write == (str(tmp_path), "/dev/null", "/out")
    assert {str(program), str(program.parent / "xdvipdfmx"), "/bin/x"} <= {*found.programs}
    assert not found.network
    online = sandbox.access(program, tmp_path, {}, Access(network=True))
    assert online.network and "/etc/hosts" in online.read and f"{home}/.fonts" not in online.read


@pytest.mark.parametrize(
    ("wanted", "found", "words"),
    [("off", "", "off, as was asked for"), ("auto", "bubblewrap", "bubblewrap"),
     ("wild", "", "none: this system has neither Landlock nor a bubblewrap that works")],
)  # fmt: skip
def test_what_confines_is_told(
    wanted: str, found: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVTEX_SANDBOX", wanted)
    monkeypatch.setattr(sandbox, "_found", lambda: found)
    assert sandbox.described() == words


# ---- what a group uses together ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "members"),
    [
        # process, parent, group, session, pages
        ([(5, 1, 5, 5, 7), (6, 5, 6, 6, 8), (7, 6, 7, 7, 9), (8, 1, 8, 8, 1)], {5: 7, 6: 8, 7: 9}),
        ([(7, 6, 7, 7, 9), (6, 5, 6, 6, 8), (5, 1, 5, 5, 7)], {5: 7, 6: 8, 7: 9}),
        ([(9, 1, 5, 3, 2), (4, 1, 4, 5, 3), (10, 9, 1, 1, 4)], {9: 2, 4: 3, 10: 4}),
        ([(9, 1, 9, 9, 2)], {}),
    ],
)
def test_a_group_is_all_that_comes_of_it(
    rows: list[tuple[int, ...]], members: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "_processes", lambda: iter(rows))
    assert usage._members(5) == members


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, None),
        ({"processes": 2}, None),
        ({"processes": 1}, "stopped: it has more than 1 processes"),
        ({"memory": 4096 * 30}, None),
        ({"memory": 4096 * 30 - 1}, "GB of memory"),
        ({"files": 3}, None),
        ({"files": 2}, "stopped: it wrote more than 2 files"),
        ({"room": 1200}, None),
        ({"room": 1199}, "stopped: its files have more than 0 MB"),
    ],
)
def test_a_limit_is_exceeded_by_one_more(
    limits: dict[str, int], told: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a").write_bytes(bytes(1000))
    (tmp_path / "b").write_bytes(bytes(200))
    monkeypatch.setattr(usage, "_members", lambda leader: {1: 10, 2: 20})
    monkeypatch.setattr(os, "sysconf", lambda name: 4096)
    found = usage.excess(1, tmp_path, Limits(**limits))
    assert (told in (found or "")) if told else found is None


# ---- the cache -----------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.root().mkdir(parents=True)
    return cache.root()


def entry(name: str, used: float, size: int = 100) -> Path:
    folder = cache.root() / name
    folder.mkdir()
    cache.save(folder, {"label": name})
    (folder / "data").write_bytes(bytes(size))
    os.utime(folder / cache.STATE, (used, used))
    return folder


def test_entries_are_listed_by_their_last_use_and_pruned_from_the_end(kept: Path) -> None:
    for number, name in enumerate("abc"):
        entry(name, 1000.0 + number)
    (kept / "damaged").mkdir()
    (kept / "damaged" / cache.STATE).write_text("00000000\n{}")
    os.utime(kept / "damaged" / cache.STATE, (500, 500))
    found = cache.entries()
    assert [(e.folder.name, e.label, e.used) for e in found] == [
        ("c", "c", 1002), ("b", "b", 1001), ("a", "a", 1000), ("damaged", "damaged", 500),
    ]  # fmt: skip
    sizes = [e.size for e in found]
    assert sizes[0] == 100 + (kept / "c" / cache.STATE).stat().st_size
    cache.touch(kept / "a")
    assert cache.entries()[0].folder.name == "a"
    cache.prune(sizes[0] * 2)
    assert {p.name for p in kept.iterdir()} == {"a", "c"}
    cache.prune(sizes[0] * 2 - 1)
    assert {p.name for p in kept.iterdir()} == {"a"}
    cache.remove(kept / "a")
    assert cache.entries() == []


def test_what_a_killed_build_left_goes_after_an_hour(kept: Path) -> None:
    import time

    now = time.time()
    whole = entry("whole", now)
    for name, age in ((".new-old", 3700), (".new-young", 3500), ("half", 3700), ("begun", 10)):
        (kept / name).mkdir()
        os.utime(kept / name, (now - age, now - age))
    left_over = kept / ".new-old"
    (left_over / cache.STATE).write_text("x")
    os.utime(left_over, (now - 3700, now - 3700))
    os.utime(whole, (now - 9999, now - 9999))
    cache.prune()
    assert {p.name for p in kept.iterdir()} == {"whole", ".new-young", "begun"}


def test_an_entry_is_published_whole_over_an_old_one(kept: Path) -> None:
    old = entry("one", 1)
    with cache.scratch() as folder:
        assert folder.parent == kept
        cache.save(folder, {"label": "new"})
        cache.publish(folder, old)
    assert cache.load(old) == {"label": "new"}
    assert not (old / "data").exists()
    with cache.scratch() as folder:
        pass
    assert [p.name for p in kept.iterdir()] == ["one"]


def test_a_checksum_is_known_until_the_file_is_written(tmp_path: Path) -> None:
    import zlib

    file = tmp_path / "a"
    assert cache.checksum(file) is None
    for data in (b"", b"one", bytes(3_000_000), b"two"):
        file.write_bytes(data)
        assert cache.checksum(file) == zlib.crc32(data)
        assert cache.checksum(file) == zlib.crc32(data)


def test_clearing_leaves_what_was_installed(kept: Path) -> None:
    entry("one", 1, 1000)
    (kept.parent / "tectonic").mkdir()
    (kept.parent / "tectonic" / "tectonic").write_bytes(b"program")
    (kept.parent / "loose").write_bytes(bytes(50))
    (kept.parent / "link").symlink_to(kept.parent / "tectonic")
    assert [p.name for p in cache.places()] == ["fast", "link", "loose"]
    freed = cache.clear()
    assert freed >= 1000
    assert [p.name for p in kept.parent.iterdir()] == ["tectonic"]
    assert (kept.parent / "tectonic" / "tectonic").exists()
