"""What an engine started ahead has in common with the others: its place and what it begins with.

It runs in a folder of its own inside the build folder, with copies of the files
that the last run left, so that nothing is lost if it is not needed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cvtex.toolchain.model import JOB

Engine = TypeVar("Engine")

_PREFIX = ".ahead-"
_NOT_STATE = (
    *(".tex", ".pdf", ".xdv", ".log", ".fls", ".rules"),
    *(".fdb_latexmk", ".fmt", ".probe", ".synctex.gz"),
)


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
