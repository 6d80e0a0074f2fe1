"""The themes that installed packages offer, by the entry-point group `cvtex.themes`."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from pathlib import Path

ENTRY_POINTS = "cvtex.themes"


def folders() -> list[tuple[str, Path]]:
    """Return name and folder of each: an entry point names a package that holds a theme.py.

    None of the packages is imported.
    """
    if not _is_offered():
        return []
    from importlib.metadata import entry_points

    found = []
    for point in entry_points(group=ENTRY_POINTS):
        for place in _places(point.value):
            if (Path(place) / "theme.py").is_file():
                found.append((point.name, Path(place)))
    return sorted(found)


def _places(package: str) -> list[str]:
    """Return the folders of a package. `importlib.util.find_spec` would import those above it."""
    places: list[str] | None = None
    name = ""
    for part in package.split("."):
        name = f"{name}.{part}" if name else part
        for finder in sys.meta_path:
            if spec := finder.find_spec(name, places):
                break
        else:
            return []
        if spec.submodule_search_locations is None:
            return []
        places = list(spec.submodule_search_locations)
    return places or []


def _is_offered() -> bool:
    """Tell whether a package may offer a theme, in a millisecond.

    `importlib.metadata` takes as long as all else that a build imports. Where packages lie
    in a file (a zip), only that can tell.
    """
    return any(_offers(place or ".", _time(place or ".")) for place in sys.path)


def _time(folder: str) -> int:
    """Return when something last came into a folder or went, in nanoseconds; 0 if it is none."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=64)
def _offers(place: str, time: int) -> bool:
    """Tell whether a package of a folder may offer a theme, while nothing comes or goes there."""
    try:
        with os.scandir(place) as entries:
            about = [e.path for e in entries if e.name.endswith((".dist-info", ".egg-info"))]
    except NotADirectoryError:
        return True
    except OSError:
        return False
    for folder in about:
        with contextlib.suppress(OSError), open(f"{folder}/entry_points.txt", "rb") as file:
            if ENTRY_POINTS.encode() in file.read():
                return True
    return False
