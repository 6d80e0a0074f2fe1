"""The inputs of a build as `watch` looks at them: by name, size and time, many times a second.

They are known by their names and not by the last build, so that they are known after a
failed build too: `data/`, `bib/`, `styles/`, the themes, and every file whose path stands
in the data (a photo, say), whether it is there already or may still come.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from cvtex import disk, freshness
from cvtex.request import Request

FOLDERS = {
    "data": (".yaml", ".yml"),
    "data/letters": (".yaml", ".yml"),
    "bib": (".bib",),
    "styles": (".yaml", ".csl"),
}
"""The folders of a project, and how the names of the files end that are read there."""
LARGEST = 1_000_000  # bytes of a file of data, as the reader has it
MOST = 1000  # paths in the data that are looked at

State = dict[str, tuple[int, ...]]
"""Each input by its path: size, time and number of a file that is read, nothing of one
whose name alone counts. One that is not there is not in it."""


class Inputs:
    """The inputs of a request, those that may come among them; `record` is that of its builds."""

    def __init__(self, request: Request, record: str) -> None:
        self._record = record
        path = request.path.absolute()
        self._single = path if path.is_file() else None
        self._root = path.parent if self._single else path
        self._themes = [Path(name).absolute() for name in request.themes if os.sep in name]
        self._series = request.series and request.series.absolute()
        self._data: State = {}
        self._mentioned: tuple[str, ...] = ()

    def state(self) -> State:
        """Return the inputs as they are now."""
        found: State = {}
        if self._single:
            found[str(self._single)] = _stamp(self._single)
        for name, endings in self._project_folders().items():
            for entry in _entries(self._root / name):
                found[entry.path] = _stamp(entry) if entry.name.endswith(endings) else ()
        self._read({f: s for f, s in found.items() if self._is_data(f)})
        for folder in self._theme_folders():
            found |= {entry.path: _stamp(entry) for entry in _entries(folder)}
        for path in self._mentioned:
            for place in (self._root, self._root / "data"):  # a photo may lie in both
                if stamp := _stamp(file := place / path):
                    found[str(file)] = stamp
        return found

    def folders(self) -> tuple[tuple[str, int], ...]:
        """Return the folders in which an input is or may come, each with its number: one that
        was away and is back is another. For one that is not there stands the nearest above."""
        places = [self._root, *(self._root / name for name in (*self._project_folders(), "themes"))]
        places += self._theme_folders()
        places += [(self._root / path).parent for path in self._mentioned]
        found: dict[str, int] = {}
        for place in dict.fromkeys(places):
            while not (number := _number(place)) and place != place.parent:
                place = place.parent
            found[str(place)] = number
        return tuple(found.items())

    def built_themes(self) -> list[Path]:
        """Return the folders of the themes that the last build took."""
        project = {self._root / name for name in self._project_folders()}
        folders = [Path(folder).absolute() for folder in freshness.folders(self._record)]
        return [folder for folder in folders if folder not in project]

    def _project_folders(self) -> dict[str, tuple[str, ...]]:
        """Return `FOLDERS` with those of languages, `data/<language>/`."""
        below = [entry for entry in _entries(self._root / "data") if _number(entry)]
        return {f"data/{entry.name}": FOLDERS["data"] for entry in below} | FOLDERS

    def _theme_folders(self) -> list[Path]:
        """Return the folders of the project's own themes, of those named by their folder, and
        of those that the last build took."""
        own = [Path(entry.path) for entry in _entries(self._root / "themes") if _number(entry)]
        return [*own, *self._themes, *self.built_themes()]

    def _is_data(self, file: str) -> bool:
        return bool(self._single) or file.startswith(str(self._root / "data") + os.sep)

    def _read(self, data: State) -> None:
        """Look for paths in the data, if it has changed."""
        if data != self._data:
            found: dict[str, None] = {}
            for file, stamp in data.items():
                if stamp:
                    found |= dict.fromkeys(_paths(_text(Path(file))))
            self._data, self._mentioned = data, tuple(found)[:MOST]


def _paths(text: str) -> Iterator[str]:
    """Yield what may be the relative path of a file: a value that ends like a file's name, a
    part of it between marks of YAML or JSON, and the last word of that."""
    for line in text.splitlines():
        if "." in line:
            value = re.split(r":\s|^\s*-\s", line, maxsplit=1)[-1].strip(" \t,'\"")
            parts = [part.strip() for part in re.split(r"[\"',:\[\]{}#]", line) if "." in part]
            for path in (value, *parts, *(part.split()[-1] for part in parts)):
                if re.search(r"\.\w{1,5}$", path) and path[0] != "/" and ".." not in path:
                    yield path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, without the files that editors and Python keep there."""
    try:
        with os.scandir(folder) as entries:
            named = [e for e in entries if e.name[0] not in ".#" and e.name[-1] != "~"]
            return [entry for entry in named if entry.name != "__pycache__"]
    except OSError:
        return []


def _stamp(path: Path | os.DirEntry[str]) -> tuple[int, ...]:
    """Return a file's size, time and number; nothing of what is no file."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return ()
    return (state.st_size, state.st_mtime_ns, state.st_ino) if S_ISREG(state.st_mode) else ()


def _number(folder: Path | os.DirEntry[str]) -> int:
    """Return the number by which the system knows a folder, 0 where there is none, or a link
    to itself."""
    try:
        state = folder.stat()
    except (OSError, ValueError):
        return 0
    return state.st_ino if S_ISDIR(state.st_mode) else 0


def _text(file: Path) -> str:
    """Return the text of a file of data, as far as it can be read."""
    try:
        return disk.read(file, LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""
