"""Work by children: answers in order, whatever becomes of a child, and faults as they were."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from cvtex import crew
from cvtex.diagnostics import CvtexError, error

PARENT = os.getpid()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores and no thread, on any machine and under any runner of tests."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_answers_come_in_the_order_of_the_things() -> None:
    done = list(crew.each(lambda n: (n, os.getpid(), "x" * 200_000 * n), range(9)))
    assert [n for n, _, _ in done] == list(range(9))
    assert all(len(text) == 200_000 * n for n, _, text in done)
    assert PARENT not in {worker for _, worker, _ in done}


def test_a_fault_is_raised_with_all_that_it_says() -> None:
    def work(number: int) -> int:
        if number == 2:
            raise CvtexError([error(f"no {number}", hint="none")])
        return number

    coming = crew.each(work, range(5))
    assert [next(coming), next(coming)] == [0, 1]
    with pytest.raises(CvtexError) as failure:
        next(coming)
    assert failure.value.diagnostics == (error("no 2", hint="none"),)


def test_what_a_child_had_in_hand_when_it_died_is_done_all_the_same() -> None:
    def work(number: int) -> int:
        if number in (1, 4) and os.getpid() != PARENT:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert list(crew.each(work, range(7))) == list(range(7))


def test_one_that_stops_listening_leaves_no_child_and_no_open_file() -> None:
    before = set(Path("/proc/self/fd").iterdir())
    coming = crew.each(lambda n: os.getpid(), range(100))
    worker = next(coming)
    coming.close()  # type: ignore[attr-defined]
    assert set(Path("/proc/self/fd").iterdir()) <= before
    with pytest.raises(ChildProcessError):
        os.waitpid(worker, os.WNOHANG)


def test_one_thing_and_a_process_with_threads_are_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert list(crew.each(lambda n: os.getpid(), [1])) == [PARENT]
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert list(crew.each(lambda n: os.getpid(), [1, 2])) == [PARENT] * 2
