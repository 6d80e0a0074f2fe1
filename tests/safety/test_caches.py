"""§4 and case 27: caches that others made, share, or that are full, read-only or damaged."""

from __future__ import annotations

import errno
import os
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cvtex import disk, home, store, trust
from cvtex.toolchain import cache as fast
from cvtex.toolchain import tectonic
from cvtex.toolchain.fonts import files as fonts
from safety.places import Place
from shared import Program, words

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")


def font() -> Path:
    """Return a font of this system."""
    for folder in fonts.FOLDERS:
        for file in sorted(Path(folder).expanduser().rglob("*.otf")):
            return file
    pytest.skip("there is no font")


@root_only
def test_27_nothing_of_a_cache_of_somebody_else_is_run_or_read(
    place: Place, empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = empty_cache / "tectonic/tectonic"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\ntouch {place.home}/ran\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    assert [str(one.program) for one in tectonic.find()] == [str(program)]  # the user's own
    file = font()
    real = fonts._read(file)
    fonts._coverage.cache_clear()
    assert fonts.coverage(file) == real
    [entry] = (empty_cache / "coverage").iterdir()
    store.save("key", b"mine")
    assert store.load("key") == b"mine"
    for folder in ("tectonic", "coverage", "store", "fast"):
        (empty_cache / folder).mkdir(exist_ok=True)
        os.chown(empty_cache / folder, 65534, 65534)
    entry.write_bytes(b"00000000\n41-41 .")
    fonts._coverage.cache_clear()
    assert tectonic.find() == []
    assert fonts.coverage(file) == real
    assert store.load("key") is None
    assert not fast.is_ours()
    assert place.harm() == []


@root_only
def test_27_trust_that_somebody_else_wrote_down(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(place.home.parent / "state"))
    assert trust.remember(place.project)
    assert trust.is_trusted(place.project)
    folder = home.state_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "trusted").stat().st_mode) == 0o600
    os.chown(folder, 65534, 65534)
    assert not trust.is_trusted(place.project)
    assert not trust.remember(place.project)


def test_a_coverage_is_read_back_only_whole(place: Place, empty_cache: Path) -> None:
    file = font()
    fonts._coverage.cache_clear()
    real = fonts.coverage(file)
    [entry] = (empty_cache / "coverage").iterdir()
    whole = entry.read_bytes()
    chance = random.Random(1)
    for _ in range(200):
        damaged = bytearray(whole)
        bit = chance.randrange(len(whole) * 8)
        damaged[bit // 8] ^= 1 << bit % 8
        entry.write_bytes(bytes(damaged[: chance.choice((len(damaged), len(damaged) // 2))]))
        fonts._coverage.cache_clear()
        assert fonts.coverage(file) == real


def test_what_is_kept_is_read_back_only_whole(place: Place, empty_cache: Path) -> None:
    store.save("key", b"some bytes of what was read")
    entry = empty_cache / "store/key"
    whole = entry.read_bytes()
    for bit in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        entry.write_bytes(bytes(damaged))
        assert store.load("key") is None
    for end in range(len(whole)):
        entry.write_bytes(whole[:end])
        assert store.load("key") in (None, b"")


@pytest.mark.tex
def test_a_damaged_cache_changes_no_pdf(place: Place, cvtex: Program, empty_cache: Path) -> None:
    """Each file of the cache in turn, in several places; the PDF is the same bytes each time."""
    (place.project / "bib").mkdir()
    (place.project / "bib/a.bib").write_text(
        "@book{a, title={The Title}, author={Ada Example}, publisher={P}, year=2020}\n"
    )
    assert cvtex("build", cwd=place.project).status == 0
    assert cvtex("build", "--set", "basics.label=x", cwd=place.project).status == 0
    good = (place.project / "build/classic.pdf").read_bytes()
    entries = [f for f in sorted(empty_cache.rglob("*")) if f.is_file() and not f.is_symlink()]
    assert entries
    whole = {file: file.read_bytes() for file in entries}
    chance = random.Random(2)
    for number in range(6):
        for file, content in whole.items():
            damaged = bytearray(content)
            for _ in range(3):
                if damaged:
                    damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            if number >= 4:
                damaged = damaged[: len(damaged) // 2]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(bytes(damaged))
        shutil.rmtree(place.project / "build/.state", ignore_errors=True)
        run = cvtex("build", "--set", "basics.label=x", cwd=place.project)
        assert run.status == 0, run.err
        assert "Traceback" not in run.err
        assert (place.project / "build/classic.pdf").read_bytes() == good, number


def test_a_cache_that_is_full(
    place: Place, empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store.save("old", b"old")
    monkeypatch.setattr(disk, "write", full)
    store.save("new", b"new")
    assert (store.load("old"), store.load("new")) == (b"old", None)
    assert fonts.coverage(font())


@pytest.mark.tex
@pytest.mark.parametrize("kind", ["a file", "a pipe", "a device", "gone", "link"])
def test_a_cache_that_cannot_be(
    place: Place, cvtex: Program, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = place.cache
    if kind == "a file":
        base.write_text("")
    elif kind == "a pipe":
        os.mkfifo(base)
    elif kind == "a device":
        base = Path("/dev/null")
    elif kind == "gone":
        base = Path("/proc/nowhere")
    else:
        base.mkdir()
        (base / "cvtex").symlink_to(base / "cvtex")
    monkeypatch.setenv("XDG_CACHE_HOME", str(base))
    run = cvtex("build", cwd=place.project)
    assert run.status == 0, run.err
    assert "ADA EXAMPLE" in words(place.project / "build/classic.pdf").upper()
    for verb in (["cache", "show"], ["cache", "clear"]):
        run = cvtex(*verb, cwd=place.project)
        assert run.status in (0, 1)
        assert "Traceback" not in run.err


def as_nobody(program: list[str], cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    command = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", *program]
    return subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )


@root_only
@pytest.mark.tex
def test_two_users_of_one_cache_folder(place: Place, open_folder: Path, cvtex: Program) -> None:
    """The second finds a cache that is the first's: it builds without."""
    probe = [sys.executable, "-c", f"import cvtex, os; os.stat({str(open_folder / '.')!r})"]
    if as_nobody(probe, Path("/"), PATH=os.environ["PATH"]).returncode:
        pytest.skip("this Python, or the folder for temporary files, is closed to other users")
    shared = open_folder / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    run = cvtex("build", cwd=place.project, XDG_CACHE_HOME=str(shared))
    assert run.status == 0
    other = open_folder / "other"
    shutil.copytree(place.project / "data", other / "data")
    for path in (other, *other.rglob("*")):
        os.chown(path, 65534, 65534)
    ran = as_nobody(
        [sys.executable, "-m", "cvtex", "build"],
        other,
        PATH=os.environ["PATH"],
        HOME=str(other),
        XDG_CACHE_HOME=str(shared),
    )
    assert ran.returncode == 0, ran.stderr
    assert (other / "build/classic.pdf").is_file()
