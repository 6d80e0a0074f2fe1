"""Rebuild on every save, with the engine of the next run started ahead.

What counts is the state of the files, not the events: an event only says that
it is time to look. So a save by rename, a burst of saves and an editor's own
files cost nothing, and no change is missed while a build runs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import freshness, pipeline
from cvtex.diagnostics import CvtexError, Diagnostic
from cvtex.records import dataclass
from cvtex.request import Request, Result, key_of, work_folder
from cvtex.trust import UntrustedError

if TYPE_CHECKING:
    from threading import Event

    from cvtex.toolchain import Waiting

QUIET = 1  # milliseconds without an event after which a save counts as finished
LONGEST = 100  # milliseconds that a burst of saves may put a build off

SELDOM = 1000  # milliseconds without an event after which the files are looked at all the same

_State = dict[str, tuple[int, int, int]]


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
        return self.result is not None and all(one.unchanged for one in self.result.built)


def watch(request: Request, stop: Event | None = None) -> Iterator[Rebuild]:
    """Build now, then after every change of an input, until `stop` is set or the iterator closed.

    When it ends, by an exception too, no process is left.
    """
    sys.dont_write_bytecode = True  # Python knows a compiled theme by whole seconds
    build = str(work_folder(request))
    record = freshness.record_path(build, key_of(request))
    ahead: Waiting | None = None
    seen: _State | None = None
    try:
        while True:
            folders = _folders(request, record)
            for _ in _occasions(folders, stop):
                now = _state(folders)
                if now == seen:
                    continue
                changed, first, seen = _changes(seen, now), seen is None, now
                rebuild = _build(request, changed, ahead)
                ahead = None
                if first or not rebuild.is_idle():
                    yield rebuild
                ahead = pipeline.start_ahead(request, freshness.last(record))
                if _folders(request, record) != folders:
                    break
            else:
                return
    finally:
        if ahead:
            ahead.stop()


def _occasions(folders: tuple[str, ...], stop: Event | None) -> Iterator[None]:
    """Yield when it is time to look at the folders: now, after events in them, and now and then."""
    from watchfiles import watch as events

    yield
    for _ in events(
        *folders,
        watch_filter=None,
        debounce=LONGEST,
        step=QUIET,
        stop_event=stop,
        rust_timeout=SELDOM,
        yield_on_timeout=True,
        recursive=False,
    ):
        yield


def _build(request: Request, changed: tuple[str, ...], ahead: Waiting | None) -> Rebuild:
    began = time.perf_counter()
    result: Result | None = None
    try:
        result = pipeline.build(request, ahead=ahead)
        told = result.diagnostics
    except UntrustedError:
        raise
    except CvtexError as failure:
        told = failure.diagnostics
    seconds = time.perf_counter() - began
    return Rebuild(changed=changed, result=result, diagnostics=told, seconds=seconds)


def _folders(request: Request, record: str) -> tuple[str, ...]:
    """Return the folders whose files are inputs: the project's, and the theme's."""
    path = request.path
    root = path if path.is_dir() else path.parent
    places = [root, root / "data", root / "bib", *(root / "themes").glob("*/")]
    places += [Path(name) for name in request.themes if os.sep in name]
    places += [Path(folder) for folder in freshness.folders(record)]
    return tuple(dict.fromkeys(str(place.absolute()) for place in places if place.is_dir()))


def _state(folders: tuple[str, ...]) -> _State:
    """Return the files of the folders by size, time and number; editors' own left out."""
    found: _State = {}
    for folder in folders:
        try:
            for entry in os.scandir(folder):
                if not entry.name.startswith((".", "#")) and not entry.name.endswith("~"):
                    state = entry.stat()
                    if entry.is_file():
                        known = (state.st_size, state.st_mtime_ns, state.st_ino)
                        found[entry.path] = known
        except OSError:
            continue
    return found


def _changes(before: _State | None, now: _State) -> tuple[str, ...]:
    """Return the files that came, went or changed, as seen from here."""
    if before is None:
        return ()
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return tuple(os.path.relpath(name) for name in names if name)
