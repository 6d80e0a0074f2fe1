"""An engine started ahead: it has loaded the format and begun the document, and waits for
the rest of it.

It runs in a folder of its own inside the build folder, with copies of the files
that the last run left, so that nothing is lost if it is not needed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar

from cvtex.records import dataclass
from cvtex.toolchain import JOB, Limits, cache, formats, tree
from cvtex.toolchain.engine import Run, Started, environment, start, stop

Engine = TypeVar("Engine")

_HINT = ".fast"  # in a build folder: what the last build there ran
_PREFIX = ".ahead-"
_NOT_STATE = (
    *(".tex", ".pdf", ".xdv", ".log", ".fls", ".rules"),
    *(".fdb_latexmk", ".fmt", ".probe", ".synctex.gz"),
)


@dataclass(slots=True)
class Ahead:
    """An engine that waits. It ends by itself when the process that started it does."""

    program: Path
    entry: Path
    folder: Path
    epoch: int
    place: Path
    state: dict[str, bytes]
    started: Started
    telling: IO[bytes]

    def is_for(self, program: Path, entry: Path, folder: Path, epoch: int) -> bool:
        """Tell whether it waits for a document of just this kind."""
        mine = (self.program, self.entry, self.folder, self.epoch, self.state)
        return mine == (program, entry, folder, epoch, state(folder))

    def release(self) -> bool:
        """Let it go on with `cv.tex`; False if it has ended already."""
        return self.started.release()

    def hand_over(self) -> None:
        """Move what it wrote into the build folder."""
        for file in self.place.iterdir():
            file.replace(self.folder / file.name)

    def stop(self) -> None:
        """End it and delete its folder. May be called twice."""
        stop(self.started)
        self.telling.close()
        shutil.rmtree(self.place, ignore_errors=True)


def note(folder: Path, fmt: Path, epoch: int) -> None:
    """Keep what a build ran, for the next `ahead`. Raises OSError."""
    hint = {"fmt": str(fmt), "epoch": epoch}
    (folder / _HINT).write_text(json.dumps(hint), encoding="utf-8")


def ahead(folder: Path, limits: Limits | None = None) -> Ahead | None:
    """Start the engine that the next build in `folder` will probably need, None if unknown.

    Whoever calls it must `stop` it in the end. Raises nothing. A build folder may come from
    elsewhere: it names no program, and no format but one in the user's own cache.
    """
    try:
        hint = json.loads((folder / _HINT).read_bytes())
        fmt, epoch = Path(hint["fmt"]), int(hint["epoch"])
        entry = fmt.parent
        links = entry / formats.TREE
        program = shutil.which("pdflatex")
        if not program or entry.parent != cache.root() or not cache.is_ours():
            return None
        left = state(folder)
        if f"{JOB}.aux" not in left or not (links / "texmf.cnf").is_file():
            return None
        place = place_in(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return begun(
        place,
        lambda: _begin(Path(program), fmt, folder, epoch, place, left, limits or Limits()),
    )


def _begin(
    program: Path,
    fmt: Path,
    folder: Path,
    epoch: int,
    place: Path,
    left: dict[str, bytes],
    limits: Limits,
) -> Ahead | None:
    """Start an engine in `place`, with what the last run left."""
    for name, data in left.items():
        (place / name).write_bytes(data)
    environ = environment(folder, epoch, program)
    telling = tree.telling()
    started = start(
        formats.command(program, fmt, formats.OPEN),
        place,
        tree.environment(environ, fmt.parent / formats.TREE, ".:.."),
        limits,
        waits=True,
        errors=telling.fileno(),
    )
    if isinstance(started, Run):
        telling.close()
        return None
    return Ahead(program, fmt.parent, folder, epoch, place, left, started, telling)


def state(folder: Path) -> dict[str, bytes]:
    """Return what a run in a folder left for the next one: the job's own files."""
    return {
        file.name: file.read_bytes()
        for file in folder.glob(f"{JOB}.*")
        if not file.name.endswith(_NOT_STATE)
    }


def begun(place: Path, begin: Callable[[], Engine | None]) -> Engine | None:
    """Return the engine that `begin` starts in its place; without one, the place is deleted."""
    engine = None
    try:
        engine = begin()
    except OSError:
        pass
    finally:
        if engine is None:
            shutil.rmtree(place, ignore_errors=True)
    return engine


def place_in(folder: Path) -> Path:
    """Make and return a folder for an engine that waits. Raises OSError."""
    _sweep(folder)
    place = folder / f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"
    place.mkdir(mode=0o700)
    return place


def _sweep(folder: Path) -> None:
    """Delete the folders of engines whose master was killed."""
    for place in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, ValueError):
            try:
                os.kill(int(place.name.split("-")[1]), 0)
            except ProcessLookupError:
                shutil.rmtree(place, ignore_errors=True)
