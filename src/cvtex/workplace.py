"""The folder in which TeX works on a document: cvtex's own, and nobody else's.

An engine reads whatever lies beside the document under a name that it asks for, so what
came with a project must not lie there, nor what another project's TeX has left. It is a
folder in the user's cache, closed to others; it holds the files that cvtex put there for
this run, and what LaTeX needs of the last one (`cv.aux`). Which folder is a build folder's
is said by a random word in that: who deletes `build/` begins anew, and who copies a
project takes nothing along.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from cvtex import disk
from cvtex.filenames import above
from cvtex.home import cache_folder, is_ours
from cvtex.output import plainly

WORD = ".run"
_WORD = re.compile(rb"[0-9a-f]{32}")
_MADE_BY = ".made-by"
MOST = 200
OLDEST = 90 * 24 * 3600.0  # seconds since a folder was last used

# What a run may find of the one before, if it is a plain file: LaTeX's own, and what cvtex notes.
KEPT = frozenset(
    {f"cv.{ending}" for ending in ("aux", "out", "toc", "fdb_latexmk", "fls", "rules")}
    | {".fast", ".direct", _MADE_BY}
)
_KEPT_FOLDERS = (".ahead-", ".lua")  # of an engine that waits; LuaLaTeX's fonts


def root() -> Path:
    """Return the folder of all of them; it may not exist."""
    return cache_folder() / "runs"


def find(build: Path, theme: str) -> Path | None:
    """Return where TeX worked on a build folder's document the last time, None if nowhere."""
    word = _word(build, theme)
    place = _place(build / theme, word) if word else None
    return place if place and is_ours(root()) and _is_own(place) else None


@contextlib.contextmanager
def entered(build: Path, theme: str, *, private: bool = False) -> Iterator[Path]:
    """Give the folder in which TeX works on a theme's document in a build folder.

    `private` says that the build folder is already one that only cvtex writes into. Where
    the cache cannot be used, it is a folder that is deleted afterwards.
    """
    if private:
        place = build / f".{theme}"
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield place
    elif is_ours(root()):
        with plainly(build / theme):
            place = _own_folder(build, theme)
        yield place
    else:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="cvtex-run-") as name:
            yield Path(name)


def fill(place: Path, files: Mapping[str, bytes], made_by: str) -> None:
    """Put files into the folder, and delete all others but what the last run left for this one.

    Nothing of a run that was not `made_by` the same is left. Raises OSError.
    """
    note = place / _MADE_BY
    same = note.is_file() and note.read_bytes() == made_by.encode()
    for entry in os.scandir(place):
        if entry.name in files:
            continue
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(_KEPT_FOLDERS):
                shutil.rmtree(entry.path)
        elif not (same and entry.name in KEPT and entry.is_file(follow_symlinks=False)):
            Path(entry.path).unlink()
    if not same:
        disk.write(note, made_by.encode())
    for name, content in files.items():
        if not _holds(place / name, content):
            disk.write(place / name, content)


def _holds(file: Path, content: bytes) -> bool:
    try:
        return disk.read(file, len(content), within=file.parent) == content
    except OSError:
        return False


def _own_folder(build: Path, theme: str) -> Path:
    word = _word(build, theme)
    if word is None:
        word = os.urandom(16).hex()
        disk.write(build / theme / WORD, word.encode(), within=above(build), mode=0o600)
    place = _place(build / theme, word)
    if not _is_own(place):
        prune()
        place.mkdir(mode=0o700)
    os.utime(place)
    return place


def _word(build: Path, theme: str) -> str | None:
    try:
        word = disk.read(build / theme / WORD, 64, within=above(build))
    except OSError:
        return None
    return word.decode() if _WORD.fullmatch(word) else None


def _place(folder: Path, word: str) -> Path:
    where = os.fsencode(os.path.realpath(folder))
    return root() / hashlib.sha256(where + b"\0" + word.encode()).hexdigest()[:32]


def _is_own(place: Path) -> bool:
    try:
        state = os.lstat(place)
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.geteuid()


def prune(most: int = MOST, oldest: float = OLDEST) -> None:
    """Delete the folders that were not used for long, and the least used of too many."""
    found = []
    with contextlib.suppress(OSError):
        for place in root().iterdir():
            with contextlib.suppress(OSError):
                found.append((place.lstat().st_mtime, place))
    found.sort(reverse=True)
    for number, (used, place) in enumerate(found, start=1):
        if number > most or time.time() - used > oldest:
            shutil.rmtree(place, ignore_errors=True)
