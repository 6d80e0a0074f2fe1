"""`cvtex batch`: many CVs, of which no faulty one and no dead worker stops the others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cvtex import batch
from cvtex.commands.batch import cluster, local
from cvtex.diagnostics import CvtexError
from cvtex.request import Request

pytestmark = pytest.mark.tex


@pytest.fixture
def people(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three projects and one resume.json, and a cache that the workers share."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "people"
    for name in ("ada", "bob", "cid"):
        shutil.copytree(project, folder / name)
        work = folder / name / "data" / "work.yaml"
        work.write_text(work.read_text().replace("ML6", f"Acme of {name}"))
    (folder / "dora.json").write_text('{"basics": {"name": "Dora Doe"}}')
    (folder / "notes.txt").write_text("not a CV")
    return folder


def text(pdf: Path) -> str:
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode()


def build(people: Path, out: Path) -> dict[str, batch.Done]:
    todo = batch.tasks(batch.find(str(people)), Request(toolchain="latexmk"))
    with local(2) as (start, window):
        return {done.name: done for done in batch.run(todo, start, window, out)}


def test_projects_are_found(people: Path) -> None:
    assert set(batch.find(str(people))) == {"ada", "bob", "cid", "dora"}
    assert set(batch.find(f"{people}/*.json")) == {"dora"}
    assert set(batch.find(f"{people}/[ab]*")) == {"ada", "bob"}
    inside = batch.find(f"{people}/*/data/basics.yaml")
    assert set(inside) == {"ada-data-basics", "bob-data-basics", "cid-data-basics"}
    with pytest.raises(CvtexError):
        batch.find(f"{people}/nobody*")


def test_one_failure_stops_no_other_and_what_is_done_is_skipped(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVTEX_PRIVATE_PHONE", "+49 30 23125 000")
    broken = people / "bob" / "data" / "work.yaml"
    good = broken.read_text()
    broken.write_text(good + "- name: [\n")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "cvtex", "batch", str(people), "-o", str(out), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1 and done.stdout.strip() == str(out / "report.json")
    assert "data/work.yaml" in done.stderr and "failed" in done.stderr
    report = json.loads((out / "report.json").read_text())
    states = {one["name"]: one["status"] for one in report["results"]}
    assert states == {"ada": "built", "bob": "failed", "cid": "built", "dora": "built"}
    assert "Acme of cid" in text(out / "cid.pdf") and "Dora Doe" in text(out / "dora.pdf").title()
    assert "23125" not in text(out / "ada.pdf"), "one person's number is not everybody's"
    assert not (people / "ada" / "build").exists()

    broken.write_text(good)
    (people / "ada" / "data" / "interests.yaml").write_text("- name: Bouldering\n")
    (out / "cid.pdf").unlink()
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads((out / "report.json").read_text())
    states = {one["name"]: one["status"] for one in report["results"]}
    assert states == {"ada": "built", "bob": "built", "cid": "built", "dora": "unchanged"}
    assert "Bouldering" in text(out / "ada.pdf")


def test_a_task_that_kills_its_worker_fails_alone(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVTEX_TRUST", "1")
    theme = people / "bob" / "themes" / "deadly"
    theme.mkdir(parents=True)
    (theme / "theme.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    meta = people / "bob" / "data" / "meta.yaml"
    meta.write_text(meta.read_text().replace("theme: classic", "theme: deadly"))
    results = build(people, tmp_path / "out")
    assert {name for name, done in results.items() if done.ok} == {"ada", "cid", "dora"}
    assert "its worker died" in results["bob"].diagnostics[0].message


def test_few_tasks_are_in_hand_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    finished: list[str] = []

    def endless() -> Any:
        for number in range(50):
            drawn.append(str(number))
            assert len(drawn) - len(finished) <= 6
            yield batch.Task(str(number), Request())

    def perform(task: batch.Task) -> batch.Done:
        if task.name == "7":
            raise ValueError("a fault that quotes the data")
        return batch.Done(name=task.name, ok=True, pdf=b"%PDF")

    monkeypatch.setattr(batch, "perform", perform)
    monkeypatch.setattr(batch, "key_of", lambda task: task.name)
    results = batch.run(
        endless(),
        lambda: ThreadPoolExecutor(2),
        4,
        tmp_path / "out",
        lambda done: finished.append(done.name),
    )
    assert len(results) == 50 and [done.name for done in results if not done.ok] == ["7"]
    [told] = next(done for done in results if not done.ok).diagnostics
    assert told.message == "7: ValueError in cvtex"  # its text may quote what is private


def test_a_cluster_needs_no_disk_of_ours_and_may_lose_a_worker(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as workers,
        distributed.Client(workers) as client,
    ):
        pids = list(client.run(os.getpid).values())
        found = batch.find(str(people))
        request = Request(toolchain="latexmk")
        todo = list(batch.tasks(found, request, packed=True))
        todo += [
            batch.Task(f"{task.name}-{n}", task.request, task.pack)
            for n in range(2)
            for task in todo
        ]
        shutil.rmtree(people)  # the workers see bytes only
        results: list[batch.Done] = []
        killed = threading.Event()

        def on_done(done: batch.Done) -> None:
            results.append(done)
            if len(results) == 2:
                os.kill(pids[0], signal.SIGKILL)
                killed.set()

        with cluster(workers.scheduler_address) as (start, window):
            assert window >= 4
            batch.run(todo, start, window, tmp_path / "out", on_done)
    assert killed.is_set()
    assert sorted(done.name for done in results) == sorted(task.name for task in todo)
    assert all(done.ok for done in results), [d.diagnostics for d in results if not d.ok]
    assert "Acme of bob" in text(tmp_path / "out" / "bob-1.pdf")


def test_an_engine_dies_with_its_worker(tmp_path: Path) -> None:
    if not shutil.which("setpriv"):
        pytest.skip("util-linux is not here")
    program = (
        "from pathlib import Path; import os; from cvtex.toolchain import Limits, engine\n"
        "s = engine.start(['sleep', '300'], Path('.'), dict(os.environ), Limits())\n"
        "print(s.process.pid, flush=True); input()"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert worker.stdout
    pid = int(worker.stdout.readline())
    time.sleep(0.3)  # setpriv gives way to the program
    worker.kill()
    worker.communicate()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists():
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0]
        if state == "Z":
            break
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_without_shared_memory_it_says_what_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("multiprocessing.context.ForkServerContext.Lock", refused)
    with pytest.raises(CvtexError) as failure, local(1):
        pass
    (problem,) = failure.value.diagnostics
    assert problem.message.startswith("workers cannot be started here: ")
    assert problem.hint and "/dev/shm" in problem.hint
