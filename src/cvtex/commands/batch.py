"""`cvtex batch`: many CVs on all cores, or on a Dask cluster."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvtex import disk
from cvtex.commands import FORM, report, say
from cvtex.diagnostics import CvtexError, error
from cvtex.trust import is_refusal

if TYPE_CHECKING:
    from cvtex.request import Request

HEAVY = (
    "cvtex.batch",
    "cvtex.source.reading",
    "cvtex.source.bibtex",
    "cvtex.pipeline.preparation",
    "cvtex.latex.render",
    "cvtex.toolchain.texlive.pdflatex",
)
"""What every worker needs; loaded once, before the workers are forked."""


def batch(
    where: str,
    request: Request,
    *,
    output: Path,
    jobs: int | None,
    scheduler: str | None,
    quiet: bool,
) -> int:
    """Build all, print a summary, write `report.json`; return 1 if one of them failed,
    2 if a theme was not run because nobody trusts it."""
    import gc

    from cvtex import batch as work

    gc.enable()  # there may be thousands
    found = work.find(where)
    total = len(found) * max(len(request.themes), 1)
    began = time.perf_counter()
    todo = work.tasks(found, request, packed=bool(scheduler))
    hidden = quiet or not sys.stderr.isatty()
    with (
        cluster(scheduler) if scheduler else local(jobs) as (start, window),
        click.progressbar(length=total, label="CVs", file=sys.stderr, hidden=hidden) as bar,
    ):
        results = work.run(todo, start, window, output, lambda done: bar.update(1))
    seconds = time.perf_counter() - began
    for_machines = click.get_current_context().meta.get(FORM, "text") != "text"
    for done in results:
        if done.diagnostics:
            if not (quiet and done.ok) and not for_machines:
                say(f"{done.name}:", bold=True, err=True)
            report(done.diagnostics, _project(done.name, found), quiet)
    failed = [done.name for done in results if not done.ok]
    skipped = sum(done.skipped for done in results)
    built = total - len(failed) - skipped
    if not (quiet or for_machines):
        rows = (("built", built), ("unchanged", skipped), ("failed", len(failed)))
        for name, count in rows:
            click.echo(f"{name:<10}{count:>6}", err=True)
        click.echo(f"{seconds:.1f} s, {total / max(seconds, 1e-9):.1f} CVs/s", err=True)
    summary = {
        "built": built,
        "unchanged": skipped,
        "failed": len(failed),
        "seconds": round(seconds, 3),
        "results": [done.json() for done in sorted(results, key=lambda done: done.name)],
    }
    file = output / "report.json"
    text = json.dumps(summary, indent=1, ensure_ascii=False) + "\n"
    disk.write(file, text.encode("utf-8", "backslashreplace"), within=output)
    say(file)
    if any(is_refusal(d) for done in results for d in done.diagnostics):
        return 2
    return 1 if failed else 0


def _project(name: str, found: Mapping[str, Path]) -> Path:
    """Return the project that a task is of: its name begins with the project's."""
    projects = [wanted for wanted in found if name == wanted or name.startswith(f"{wanted}-")]
    return found[max(projects, key=len)]


LONGEST = 85
"""Bytes of a folder in which a socket can be made: a socket's path has at most 103 (macOS; Linux
107), and its name here 18."""

Workers = tuple[Callable[[], Executor], int]
"""What starts the workers, and how many tasks keep them busy."""


@contextmanager
def local(jobs: int | None) -> Iterator[Workers]:
    """Give processes of this machine."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.util import get_temp_dir

    # The fork server and its helpers are `python -c`, which imports from the folder we are in.
    os.environ["PYTHONSAFEPATH"] = "1"
    count = jobs or len(os.sched_getaffinity(0))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(HEAVY))

    place = get_temp_dir()
    if len(os.fsencode(place)) > LONGEST:
        raise CvtexError(
            [
                error(
                    f"the folder for temporary files has too long a path for workers: {place}",
                    hint="set TMPDIR to a shorter one, such as /tmp",
                )
            ]
        )

    try:
        context.Lock()
    except OSError as failure:
        message = f"workers cannot be started here: {disk.reason(failure)}"
        hint = "they share memory, for which Linux has the folder /dev/shm: is it there, and yours?"
        raise CvtexError([error(message, hint=hint)]) from failure

    def start() -> Executor:
        environ = dict(os.environ)
        return ProcessPoolExecutor(
            count, mp_context=context, initializer=_begin, initargs=(environ, place)
        )

    yield start, 2 * count


def _begin(environ: dict[str, str], place: str) -> None:
    """Begin a worker in the master's environment: that of the fork server is older.

    Ctrl-C is left to the master, which ends its workers. What a worker writes for a while
    lies in `place`, a folder of the master's.
    """
    import tempfile

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(environ)
    tempfile.tempdir = place
    threading.Thread(target=_end_with_the_master, args=(place,), daemon=True).start()


def _end_with_the_master(place: str) -> None:
    """Wait until the master has ended, however it did, and end this worker and its engines.

    The fork server ends when its last worker has.
    """
    import shutil
    from multiprocessing import parent_process

    from cvtex.toolchain import engine

    master = parent_process()
    if master:
        master.join()
        engine.stop_all()
        shutil.rmtree(place, ignore_errors=True)
        os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Give the workers of a Dask cluster. A worker that dies is replaced by Dask itself."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise click.UsageError("--scheduler needs Dask: pip install 'cvtex[distributed]'") from None
    with distributed.Client(address, timeout="20s") as client:
        threads = sum(client.nthreads().values())

        def start() -> Executor:
            executor: Executor = client.get_executor(retries=3, pure=False)
            return executor

        yield start, max(2 * threads, 4)
