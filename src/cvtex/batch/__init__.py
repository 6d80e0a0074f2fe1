"""Many CVs at once, on any `concurrent.futures.Executor`.

A task is a project (its path, or its bytes for a machine without our disk); its
result is the PDF's bytes and what there is to say. Only as many tasks are handed
out as keep the workers busy, so memory does not grow with their number. A worker
that dies costs no result: what it had in hand is done again.
"""

from __future__ import annotations

import dataclasses
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path

from cvtex import disk, output
from cvtex.batch.state import key_of, load_state, save_state
from cvtex.batch.tasks import Task, find, tasks
from cvtex.batch.work import Done, perform
from cvtex.diagnostics import CvtexError, error

__all__ = ["Done", "Task", "find", "perform", "run", "tasks"]

MOST_DEATHS = 3
"""How many workers a task may take with it before it is given up."""


def run(
    todo: Iterable[Task],
    start: Callable[[], Executor],
    window: int,
    out: Path,
    on_done: Callable[[Done], None] = lambda done: None,
) -> list[Done]:
    """Build all tasks and put the PDFs into `out`; one that failed stops no other.

    `start` gives an executor, and another one when its workers have died;
    `window` tasks are in hand at a time. What `out` holds already of the same
    inputs is skipped. `on_done` is told each result as it comes.
    """
    top = Path() if out.parts[:1] == ("build",) else out  # build/ may be somebody else's
    state = load_state(out, top)
    results: list[Done] = []
    saved = time.monotonic()

    def fresh() -> Iterator[Task]:
        for task in todo:
            keys[task.name] = key_of(task)
            earlier = state.get(task.name, {})
            there = disk.stamp(out / f"{task.name}.pdf")
            if there and earlier == {**earlier, "key": keys[task.name], "pdf": there}:
                pages = earlier.get("pages")
                pages = pages if isinstance(pages, int) else 0
                finish(Done(name=task.name, ok=True, pages=pages, skipped=True))
            else:
                yield task

    def finish(done: Done) -> None:
        nonlocal saved
        if done.pdf is not None:
            try:
                output.put(out / f"{done.name}.pdf", done.pdf, within=top)
            except CvtexError as failure:
                problems = (*done.diagnostics, *failure.diagnostics)
                done = dataclasses.replace(done, ok=False, pdf=None, diagnostics=problems)
        if done.pdf is not None:
            state[done.name] = {
                "key": keys[done.name],
                "pages": done.pages,
                "pdf": disk.stamp(out / f"{done.name}.pdf"),
            }
            if time.monotonic() - saved > 2:
                save_state(out, top, state)
                saved = time.monotonic()
        results.append(dataclasses.replace(done, pdf=None))
        on_done(results[-1])

    keys: dict[str, str] = {}
    try:
        for done in _drive(fresh(), start, window):
            finish(done)
    finally:
        save_state(out, top, state)
    return results


def _drive(todo: Iterator[Task], start: Callable[[], Executor], window: int) -> Iterator[Done]:
    """Yield the result of each task; a task whose workers die again and again fails."""
    deaths: dict[str, int] = {}
    again: deque[Task] = deque()
    executor = start()
    flying: dict[Future[Done], Task] = {}
    try:
        while True:
            # A task that may have killed a worker flies alone, so that it is known.
            alone = bool(again)
            while len(flying) < (1 if alone else window):
                task = again.popleft() if again else next(todo, None)
                if task is None:
                    break
                try:
                    flying[executor.submit(perform, task)] = task
                except BrokenExecutor:
                    again.append(task)
                    break
                if alone:
                    break
            if not flying and not again:
                return
            ended, _ = wait(flying, return_when=FIRST_COMPLETED)
            broken = not flying
            for future in ended:
                task = flying.pop(future)
                try:
                    yield future.result()
                except BrokenExecutor:
                    broken = True
                    deaths[task.name] = deaths.get(task.name, 0) + 1
                    if deaths[task.name] < MOST_DEATHS:
                        again.append(task)
                    else:
                        yield _failed(task, "its worker died, again and again")
                except Exception as failure:
                    yield _failed(task, f"{type(failure).__name__} in cvtex")
            if broken:
                for task in flying.values():
                    again.append(task)
                flying.clear()
                executor.shutdown(wait=False)
                executor = start()
    finally:
        for future in flying:
            future.cancel()
        executor.shutdown(wait=False)


def _failed(task: Task, message: str) -> Done:
    return Done(name=task.name, ok=False, diagnostics=(error(f"{task.name}: {message}"),))
