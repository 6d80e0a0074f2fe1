"""What fails around cvtex: each fault with its exit status, its message and the old PDF."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from safety.places import Place
from shared import Program, words

OLD = b"%PDF-1.5 the last good one"
CVTEX = [sys.executable, "-m", "cvtex"]
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")


@pytest.fixture
def old(place: Place) -> Path:
    """The last good PDF of the project."""
    pdf = place.project / "build/classic.pdf"
    pdf.parent.mkdir()
    pdf.write_bytes(OLD)
    return pdf


def at_work(folder: Path) -> list[str]:
    """Return the processes that work below a folder, or were started for it (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
            where = (entry / "cwd").readlink()
            if folder in (where, *where.parents) and entry.name != str(os.getpid()):
                found.append(command.decode(errors="replace"))
    return found


# --- signals ---


@pytest.mark.tex
@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)],
)
def test_signals(place: Place, old: Path, number: int, status: int) -> None:
    endless = r"!tex '\def\x{Hello \par\x}\x'"
    (place.project / "data/work.yaml").write_text(f"- name: One\n  summary: {endless}\n")
    # the cache is of the test's own, so that what TeX works in is known, too
    environ = os.environ | {"XDG_CACHE_HOME": str(place.cache)}
    process = subprocess.Popen(
        [*CVTEX, "build"], cwd=place.project, env=environ, stderr=subprocess.PIPE, text=True
    )
    engine = ("latex", "tex ", "latexmk")
    for _ in range(400):
        working = at_work(place.project) + at_work(place.cache)
        started = [command for command in working if "cvtex build" not in command]
        if any(name in command for command in started for name in engine):
            break
        time.sleep(0.05)
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == status
    assert "Traceback" not in err
    assert old.read_bytes() == OLD
    for _ in range(100):
        if not (left := at_work(place.project) + at_work(place.cache)):
            break
        time.sleep(0.05)
    assert left == []
    (place.project / "data/work.yaml").unlink()
    after = subprocess.run([*CVTEX, "build"], cwd=place.project, env=environ, check=False)
    assert after.returncode == 0
    assert words(old)


@pytest.mark.tex
def test_23_a_batch_that_is_killed_leaves_nothing(place: Place, tmp_path: Path) -> None:
    """Neither its workers, nor their engines, nor what they wrote for a while."""
    people = place.project / "people"
    people.mkdir()
    for number in range(4):
        text = r"""{"name": "A", "summary": !tex '\def\x{\x}\x'}"""
        (people / f"p{number}.yaml").write_text(f"basics: {text}\n")
    temporary = Path(tempfile.mkdtemp())  # a socket's path is short, and pytest's are not
    process = subprocess.Popen(
        [*CVTEX, "batch", "people", "--jobs", "2"],
        cwd=place.project,
        env=os.environ | {"TMPDIR": str(temporary), "XDG_CACHE_HOME": str(place.cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ours = (place.project, place.cache, temporary)

    def left() -> list[str]:
        return [command for folder in ours for command in at_work(folder)]

    deadline = time.monotonic() + 120
    while not any("latex" in command for command in left()):
        assert process.poll() is None, "it has ended by itself"
        assert time.monotonic() < deadline, left()
        time.sleep(0.05)
    process.kill()
    process.wait()
    while left():
        assert time.monotonic() < deadline, left()
        time.sleep(0.05)
    assert os.listdir(temporary) == []
    temporary.rmdir()


@pytest.mark.tex
def test_a_folder_too_deep_for_sockets_is_told(place: Place, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    done = subprocess.run(
        [*CVTEX, "batch", str(place.project.parent)],
        cwd=place.project,
        env=os.environ | {"TMPDIR": str(deep), "XDG_CACHE_HOME": str(place.cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "too long a path for workers" in done.stderr and "set TMPDIR" in done.stderr


# --- the disk ---


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@root_only
@pytest.mark.tex
@pytest.mark.parametrize("size", ["16k", "32k", "48k", "64k", "96k", "128k", "1m"])
def test_a_full_disk(place: Place, cvtex: Program, tmp_path: Path, size: str) -> None:
    with small_disk(tmp_path / "small", size) as disk:
        shutil.copytree(place.project / "data", disk / "data")
        (disk / "build").mkdir()
        pdf = disk / "build/classic.pdf"
        pdf.write_bytes(OLD)
        run = cvtex("build", cwd=disk, XDG_CACHE_HOME=str(place.cache))
        assert "Traceback" not in run.err
        if run.status:
            assert run.status == 1
            assert "space" in run.err, run.err
            assert pdf.read_bytes() == OLD
        else:
            assert words(pdf)
        assert not [name for name in os.listdir(disk / "build") if name.startswith(".cvtex-")]


@root_only
@pytest.mark.tex
def test_a_full_cache(place: Place, old: Path, cvtex: Program, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "64k") as disk:
        run = cvtex("build", cwd=place.project, XDG_CACHE_HOME=str(disk))
        assert "Traceback" not in run.err
        assert run.status == 0 or ("space" in run.err and old.read_bytes() == OLD)


@root_only
@pytest.mark.tex
@pytest.mark.parametrize("what", ["project", "cache", "both"])
def test_read_only(place: Place, cvtex: Program, tmp_path: Path, what: str) -> None:
    with small_disk(tmp_path / "fixed", "8m") as disk:
        project, cache = place.project, place.cache
        if what != "cache":
            project = disk / "project"
            shutil.copytree(place.project, project)
            (project / "build").mkdir()
            (project / "build/classic.pdf").write_bytes(OLD)
        if what != "project":
            cache = disk / "cache"
            cache.mkdir()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        run = cvtex("build", cwd=project, XDG_CACHE_HOME=str(cache))
        assert "Traceback" not in run.err
        if what == "cache":
            assert run.status == 0, run.err
        else:
            assert run.status == 1
            assert "Read-only file system" in run.err or "read-only file system" in run.err
            assert (project / "build/classic.pdf").read_bytes() == OLD
            run = cvtex("build", "-o", tmp_path / "cv.pdf", cwd=project, XDG_CACHE_HOME=str(cache))
            assert run.status in (0, 1)
            assert "Traceback" not in run.err


# --- tools ---

LIES = {
    "nothing": "exit 0",
    "failure": "exit 1",
    "no PDF": "cat >/dev/null; touch cv.log; exit 0",
    "an empty PDF": ": >cv.pdf; : >cv.log; exit 0",
    "garbage": "head -c 5000 /dev/urandom >cv.pdf; head -c 5000 /dev/urandom >cv.log; exit 0",
    "a PDF that is none": "printf '%%PDF-1.5 hello' >cv.pdf; exit 0",
    "another PDF": f"printf '%s' '{OLD.decode()}' >cv.pdf; "
    "echo 'Output written on cv.pdf (1 page, 25 bytes).' >cv.log; exit 0",
    "much output": "yes | head -c 30000000; exit 0",
    "odd bytes": r"printf '\377\376\033[2J\n'; exit 3",
    "its own death": "kill -9 $$",
    "a fault": "kill -SEGV $$",
    "no program": "",
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize(
    "names", [("pdflatex", "xelatex", "lualatex"), ("latexmk",), ("kpsewhich",)]
)
def test_tools_that_lie(
    place: Place, old: Path, cvtex: Program, tmp_path: Path, lie: str, names: tuple[str, ...]
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in names:
        (tools / name).write_text(
            f"#!/bin/sh\n{LIES[lie]}\n" if LIES[lie] else "\x7fELF no program"
        )
        (tools / name).chmod(0o755)
    run = cvtex(
        "build",
        cwd=place.project,
        PATH=f"{tools}:{os.environ['PATH']}",
        XDG_CACHE_HOME=str(place.cache),
    )
    assert "Traceback" not in run.err
    assert "\x1b" not in run.err
    if run.status == 0:  # another way led to a PDF: then it is a whole one
        assert "ADA EXAMPLE" in words(old).upper()
    else:
        assert run.status == 1
        assert "error" in run.err
        assert old.read_bytes() == OLD


@pytest.mark.parametrize("missing", ["all", "pdflatex", "latexmk", "kpsewhich", "perl", "sh"])
def test_tools_that_are_missing(
    place: Place, old: Path, cvtex: Program, tmp_path: Path, missing: str
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    if missing != "all":
        for folder in ("/usr/bin", "/bin"):
            for program in Path(folder).iterdir():
                link = tools / program.name
                if program.name != missing and not os.path.lexists(link):
                    link.symlink_to(program)
    environ = {"PATH": str(tools), "XDG_CACHE_HOME": str(place.cache)}
    run = cvtex("build", cwd=place.project, **environ)
    assert "Traceback" not in run.err
    if run.status == 0:
        assert "ADA EXAMPLE" in words(old).upper()
    else:
        assert run.status == 1
        assert "error" in run.err
        assert old.read_bytes() == OLD
    for verb in (["doctor"], ["themes"], ["toolchain", "bundle", "-o", "b.zip"]):
        if missing == "all" or verb == ["doctor"]:
            run = cvtex(*verb, cwd=place.project, **environ)
            assert run.status in (0, 1), run.err
            assert "Traceback" not in run.err


# --- many at once ---


@pytest.mark.tex
def test_eight_builds_at_once(place: Place) -> None:
    environ = os.environ | {"XDG_CACHE_HOME": str(place.cache)}
    running = [
        subprocess.Popen(
            [*CVTEX, "build", *(["--no-cache"] if number % 4 == 3 else [])],
            cwd=place.project,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    told = [process.communicate(timeout=300) for process in running]
    assert [process.returncode for process in running] == [0] * 8, told
    assert {out for out, _ in told} == {"build/classic.pdf\n"}
    assert "ADA EXAMPLE" in words(place.project / "build/classic.pdf").upper()
    left = [name for name in os.listdir(place.project / "build") if name.startswith(".cvtex-")]
    assert left == []


# --- streams ---


@pytest.mark.parametrize(
    ("closed", "status"),
    [("<&-", 0), ("2>&-", 0), ("<&- 2>&-", 0), (">&-", 1), ("<&- >&- 2>&-", 1), (">/dev/full", 1)],
)
@pytest.mark.parametrize("verb", ["build --no-pdf", "validate", "themes"])
def test_closed_streams(place: Place, closed: str, status: int, verb: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m cvtex {verb} {closed}', sys.executable],
        cwd=place.project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    if status and "2>" not in closed:
        assert done.stderr.startswith("error: ")


def test_a_reader_that_goes(place: Place) -> None:
    done = subprocess.run(
        ["bash", "-c", '"$0" -m cvtex themes | true; echo ${PIPESTATUS[0]}', sys.executable],
        cwd=place.project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() in ("0", "1")
    assert "Traceback" not in done.stderr


# --- users and environments ---


@root_only
@pytest.mark.parametrize("uid", [1, 65534, 54321, 2**31 - 2])
def test_odd_users(place: Place, uid: int, open_folder: Path) -> None:
    as_them = ["setpriv", "--reuid", str(uid), "--regid", str(uid), "--clear-groups"]
    look = [sys.executable, "-c", f"import cvtex, os; os.stat({str(open_folder / '.')!r})"]
    probe = subprocess.run([*as_them, *look], cwd="/", capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this Python, or the folder for temporary files, is closed to other users")
    project = open_folder / "project"
    shutil.copytree(place.project, project)
    for path in (project, *project.rglob("*")):
        os.chown(path, uid, uid)
    done = subprocess.run(
        [*as_them, *CVTEX, "build", "--no-pdf", str(project)],
        cwd="/",
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LANG": "tr_TR.UTF-8", "LC_ALL": "nonsense"},
        {"TMPDIR": "/nowhere"},
        {"HOME": "", "XDG_CACHE_HOME": ""},
        {"HOME": "/dev/null"},
        {"COLUMNS": "x", "LINES": "-1", "TERM": "\x1b[2J"},
        {"PATH": ""},
        {"PATH": ".::relative"},
        {"TZ": ":/etc/passwd"},
        {"PYTHONHASHSEED": "7", "PYTHONOPTIMIZE": "2"},
        {"XDG_STATE_HOME": "/dev/null"},
        {"SOURCE_DATE_EPOCH": "0"},
    ],
)
def test_odd_environments(place: Place, cvtex: Program, environ: dict[str, str]) -> None:
    (place.project / "data/basics.yaml").write_text("name: Ådä 漢 Example\n")
    (place.project / "data/wörk.txt").write_text("")
    for verb in (["validate"], ["build", "--no-pdf"], ["cache", "show"]):
        run = cvtex(*verb, cwd=place.project, **environ)
        assert run.status in (0, 1), run.err
        assert "Traceback" not in run.err


@pytest.mark.tex
@pytest.mark.parametrize(
    "limit", ["-n 5", "-n 8", "-n 10", "-v 60000", "-v 75000", "-v 90000", "-f 8"]
)
def test_limits_of_the_shell(place: Place, limit: str) -> None:
    """Few open files, little memory, small files: a message and the PDF as it was, or the CV."""
    pdf = place.project / "cv.pdf"
    pdf.write_bytes(OLD)
    script = f'ulimit {limit}; exec "$@"'
    done = subprocess.run(
        ["bash", "-c", script, "bash", *CVTEX, "build", "-o", "cv.pdf"],
        cwd=place.project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "100 MB" not in done.stderr
    if done.returncode:
        assert done.stderr.strip()
        assert pdf.read_bytes() == OLD
    else:
        assert "Ada" in words(pdf)
