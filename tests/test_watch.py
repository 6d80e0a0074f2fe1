"""`cvtex watch`: every save leads to a PDF or to a complaint, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from cvtex import pipeline
from cvtex.request import Request, Result
from cvtex.toolchain.texlive import latexmk
from cvtex.watch import Rebuild, watch

pytestmark = pytest.mark.tex


class Watched:
    """A watch in a thread, and what it reports."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.stop = threading.Event()
        self.reports: queue.Queue[Rebuild | BaseException] = queue.Queue()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            for rebuild in watch(Request(path=self.project, toolchain="latexmk"), self.stop):
                self.reports.put(rebuild)
        except BaseException as failure:
            self.reports.put(failure)

    def next(self) -> Rebuild:
        """Return the next report, which must come soon."""
        found = self.reports.get(timeout=60)
        assert isinstance(found, Rebuild), found
        return found

    def until(self, word: str) -> Rebuild:
        """Return the report after which the PDF has a word."""
        for _ in range(20):
            rebuild = self.next()
            if rebuild.result and word in text(self.project):
                return rebuild
        raise AssertionError(word)


@pytest.fixture
def watched(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    one = Watched(project)
    yield one
    one.stop.set()
    one.thread.join(30)
    assert not one.thread.is_alive()
    assert not list((tmp_path / "cache").rglob(".ahead-*"))


def text(project: Path) -> str:
    pdf = project / "build" / "classic.pdf"
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode()


def test_a_save_right_after_the_first_build_is_told_alone(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of the theme, known since that build, has not changed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = project / "data" / "work.yaml"
    rebuilds = watch(Request(path=project, toolchain="latexmk"))
    assert next(rebuilds).changed == ()
    work.write_text(work.read_text().replace("ML6", "Acme One"))
    assert [Path(name).name for name in next(rebuilds).changed] == ["work.yaml"]
    assert isinstance(rebuilds, Generator)
    rebuilds.close()


def test_a_save_just_before_a_build_is_told(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second build, for which the theme became known, finds a file saved after the look."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = project / "data" / "work.yaml"
    build = pipeline.build
    builds = []

    def save_and_build(request: Request, **more: Any) -> Result:
        builds.append(request)
        if len(builds) == 2:
            work.write_text(work.read_text().replace("ML6", "Acme One"))
        return build(request, **more)

    monkeypatch.setattr(pipeline, "build", save_and_build)
    rebuilds = watch(Request(path=project, toolchain="latexmk"))
    assert next(rebuilds).changed == ()
    assert [Path(name).name for name in next(rebuilds).changed] == ["work.yaml"]
    assert len(builds) == 3  # what the second one read came after the look
    rebuilds.close()


def test_a_day_at_the_desk(watched: Watched) -> None:
    data = watched.project / "data"
    work = data / "work.yaml"
    good = work.read_text()
    first = watched.next()
    assert first.result and first.changed == () and "ML6" in text(watched.project)

    work.write_text(good.replace("ML6", "Acme One"))
    rebuild = watched.until("Acme One")
    assert [Path(name).name for name in rebuild.changed] == ["work.yaml"]

    # an editor that saves by rename, with a backup and a swap file
    (data / ".work.yaml.swp").write_text("x")
    new = data / "work.yaml.new"
    new.write_text(good.replace("ML6", "Acme Two"))
    work.rename(data / "work.yaml~")
    new.rename(work)
    watched.until("Acme Two")

    # broken midway: told with its line, the last good PDF stays
    before = (watched.project / "build" / "classic.pdf").read_bytes()
    work.write_text(good + "\n  - broken: [\n")
    rebuild = watched.next()
    while rebuild.result:
        rebuild = watched.next()
    assert any(d.source and d.source.file == "data/work.yaml" for d in rebuild.diagnostics)
    assert (watched.project / "build" / "classic.pdf").read_bytes() == before

    # a burst of saves, the last one counts
    for number in range(12):
        work.write_text(good.replace("ML6", f"Acme No. {number}"))
        time.sleep(0.01)
    watched.until("Acme No. 11")

    # a section that comes, and goes
    (data / "interests.yaml").write_text("- name: Bouldering\n")
    watched.until("Bouldering")
    (data / "interests.yaml").unlink()
    rebuild = watched.next()
    while "Bouldering" in text(watched.project):
        rebuild = watched.next()
    assert rebuild.result


def test_a_viewer_never_sees_half_a_pdf(watched: Watched) -> None:
    watched.next()
    pdf = watched.project / "build" / "classic.pdf"
    halves = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            data = pdf.read_bytes()
            if not (data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")):
                halves.append(len(data))

    viewer = threading.Thread(target=look)
    viewer.start()
    work = watched.project / "data" / "work.yaml"
    good = work.read_text()
    for number in range(4):
        work.write_text(good.replace("ML6", f"Acme {number}"))
        watched.until(f"Acme {number}")
    done.set()
    viewer.join()
    assert halves == []


def descendants(pid: int) -> set[int]:
    """Return the processes below one, by /proc: those that any of its threads started."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:  # it has ended meanwhile
            continue
        for child in children:
            found |= {child, *descendants(child)}
    return found


@pytest.mark.parametrize(
    ("how", "engine"),
    [
        (signal.SIGINT, "pdflatex"),
        (signal.SIGTERM, "pdflatex"),
        (signal.SIGKILL, "pdflatex"),
        (signal.SIGINT, "xelatex"),
        (signal.SIGKILL, "xelatex"),
        (signal.SIGKILL, "lualatex"),
    ],
)
def test_the_end_leaves_no_process(
    how: signal.Signals, engine: str, project: Path, tmp_path: Path
) -> None:
    if engine not in latexmk.find()[0].engines:
        pytest.skip(f"there is no {engine}")
    options = ["--toolchain", "latexmk", "--engine", engine]
    process = subprocess.Popen(
        [sys.executable, "-m", "cvtex", "watch", str(project), *options],
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert "classic.pdf" in process.stdout.readline()
        deadline = time.monotonic() + 30
        while not (engines := descendants(process.pid)):
            assert time.monotonic() < deadline, "no engine waits"
            time.sleep(0.02)
        began = time.monotonic()
        process.send_signal(how)
        status = process.wait(30)
        assert time.monotonic() - began < 5
        assert status in {signal.SIGINT: (130,), signal.SIGTERM: (130, 143)}.get(how, (-9,))
        while any(Path(f"/proc/{pid}").exists() and alive(pid) for pid in engines):
            assert time.monotonic() < deadline + 30, "an engine is left"
            time.sleep(0.02)
        if how is not signal.SIGKILL:
            assert not list((tmp_path / "cache").rglob(".ahead-*"))
    finally:
        process.kill()
        process.communicate()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except OSError:
        return False
