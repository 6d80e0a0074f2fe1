"""Rebuild on every save, with the engine of the next run started ahead.

What counts is the state of the inputs, not the events: an event only says that
it is time to look. So a save by rename, a storm of saves, an editor's own files and
what cvtex writes itself cost nothing, and no change is missed while a build runs.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import freshness, pipeline
from cvtex.diagnostics import CvtexError, Diagnostic, UsageError
from cvtex.inputs import Inputs, State
from cvtex.records import dataclass
from cvtex.request import Request, Result, key_of, work_folder

if TYPE_CHECKING:
    from threading import Event

    from cvtex.toolchain import Waiting

QUIET = 0.025  # seconds without a change after which a storm of saves counts as finished
LONGEST = 2.0  # seconds that a storm of saves may put TeX off
SELDOM = 1000  # milliseconds without an event after which the inputs are looked at all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """One build: the files that changed since the last, what came of it, and its seconds.

    `result` is None where an error stopped it; the last good PDF is then untouched.
    """

    changed: tuple[str, ...]
    result: Result | None
    diagnostics: tuple[Diagnostic, ...]
    seconds: float

    def is_idle(self) -> bool:
        """Tell whether nothing had to be done."""
        return self.result is not None and all(document.unchanged for document in self.result.built)


def watch(request: Request, stop: Event | None = None) -> Generator[Rebuild, None, None]:
    """Build now, then after every change of an input, until `stop` is set or the iterator closed.

    When it ends, by an exception too, no process is left.
    """
    request = dataclasses.replace(request, held=True)
    sys.dont_write_bytecode = True  # Python knows a compiled theme by whole seconds
    record = freshness.record_path(str(work_folder(request)), key_of(request))
    inputs = Inputs(request, record)
    ahead: Waiting | None = None
    seen: State | None = None
    themes: list[Path] = []  # whose files are in `seen`
    try:
        while True:
            folders = inputs.folders()
            for _ in _occasions(folders, stop):
                now = inputs.state()
                if now != seen:
                    known, themes = themes, inputs.built_themes()
                    new = [folder for folder in themes if folder not in known]
                    latest = time.monotonic() + LONGEST
                    while (rebuild := _built(request, inputs, now, ahead, latest)) is None:
                        ahead, now = None, inputs.state()
                    ahead = None
                    before, seen = seen, now
                    if before is None or not rebuild.is_idle():
                        yield dataclasses.replace(rebuild, changed=_changes(before, now, new))
                    ahead = pipeline.start_ahead(request, freshness.last(record))
                if inputs.folders() != folders:
                    break
            else:
                return
    finally:
        if ahead:
            ahead.stop()


def _occasions(folders: Iterable[tuple[str, int]], stop: Event | None) -> Iterator[None]:
    """Yield when it is time to look: now, after events in the folders, and once a second.

    Where the system tells no events (a folder that went away, too many watches), the
    second is all there is.
    """
    from watchfiles import watch as events

    yield
    try:
        for _ in events(
            *(path for path, _ in folders),
            watch_filter=None,
            debounce=100,
            step=1,
            stop_event=stop,
            rust_timeout=SELDOM,
            yield_on_timeout=True,
            recursive=False,
        ):
            yield
    except (OSError, RuntimeError):
        while not _slept(SELDOM / 1000, stop):
            yield


def _slept(seconds: float, stop: Event | None) -> bool:
    """Wait so long, or until `stop` is set, and tell whether it is."""
    if stop:
        return stop.wait(seconds)
    time.sleep(seconds)
    return False


def _built(
    request: Request, inputs: Inputs, state: State, ahead: Waiting | None, latest: float
) -> Rebuild | None:
    """Build what is there; None where a storm of saves goes on and `latest` has not come.

    The data are read at once, and TeX begins. Whether more was saved meanwhile is looked at
    before it begins, and when the storm may have ended: before its PDF is published, or an
    error is told.
    """
    began = time.perf_counter()
    quiet = time.monotonic() + QUIET

    def is_settled(at_last: bool) -> bool:
        if at_last:
            time.sleep(max(0.0, quiet - time.monotonic()))
        return inputs.state() == state or time.monotonic() > latest

    result: Result | None = None
    try:
        result = pipeline.build(request, ahead=ahead, is_settled=is_settled)
        problems = result.diagnostics
    except pipeline.UnsettledError:
        return None
    except UsageError:
        raise
    except CvtexError as failure:
        problems = failure.diagnostics
    if (result is None or all(document.unchanged for document in result.built)) and not is_settled(
        True
    ):
        return None
    seconds = time.perf_counter() - began
    return Rebuild(changed=(), result=result, diagnostics=problems, seconds=seconds)


def _changes(before: State | None, now: State, themes: list[Path]) -> tuple[str, ...]:
    """Return the files that came, went or changed, as seen from here.

    Those in the folders of `themes`, which only the last build made known, have not come.
    """
    if before is None:
        return ()
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return tuple(
        os.path.relpath(name) for name in names if name in before or Path(name).parent not in themes
    )
