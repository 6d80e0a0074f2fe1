"""The folders that cvtex has of its own in the user's home: the cache and the state.

What lies in them is run and believed, so it is asked first whose they are.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from cvtex.disk import described

NOWHERE = Path(os.devnull, "cvtex")
"""A folder that cannot be: the cache of a user who has no home."""


def cache_folder() -> Path:
    """Return the user's cache folder of cvtex (XDG Base Directory); it may not exist.

    `NOWHERE` where there is no HOME and no entry in the list of users.
    """
    return _own("XDG_CACHE_HOME", ".cache")


def state_folder() -> Path:
    """Return where cvtex remembers what the user decided (XDG Base Directory: state); it may
    not exist."""
    return _own("XDG_STATE_HOME", ".local/state")


def _own(variable: str, below_home: str) -> Path:
    base = os.environ.get(variable, "")
    if not os.path.isabs(base):
        home = os.path.expanduser("~")
        if not os.path.isabs(home) or os.environ.get("HOME") == "":
            return NOWHERE
        base = os.path.join(home, below_home)
    return Path(base, "cvtex")


MACOS_PROGRAMS = (
    *("/Library/TeX/texbin", "~/Library/TinyTeX/bin/universal-darwin"),
    *("/opt/homebrew/bin", "/usr/local/bin"),
)
"""Where MacTeX, TinyTeX and Homebrew put programs on macOS: only a terminal's PATH has them, not
that of what is started from the Dock or by an editor."""


def program_path(path: str) -> str:
    """Return a PATH without the folders that depend on where one is: what lies in somebody's
    project is not run for a program of its name. On macOS, where TeX is comes last."""
    parts = [part for part in path.split(os.pathsep) if os.path.isabs(part)]
    if sys.platform == "darwin":
        places = map(os.path.expanduser, MACOS_PROGRAMS)
        parts += [place for place in places if place not in parts and os.path.isdir(place)]
    return os.pathsep.join(parts)


def is_ours(folder: Path) -> bool:
    """Tell whether a folder of the cache or the state may be used; see `why_not`."""
    return why_not(folder) is None


def why_not(folder: Path) -> str | None:
    """Return why a folder of the cache or the state is not used, None where it may be.

    It may where it and all above it, up to cvtex's own, belong to the user and nobody
    else can write into them: what lies there is run and believed. What is not there is
    made, with mode 0700; a folder that others can only look into is closed to them.
    """
    tops = [top for top in (cache_folder(), state_folder()) if folder.is_relative_to(top)]
    top = tops[0] if tops else folder
    try:
        os.makedirs(top.parent, exist_ok=True)
        above = os.stat(top.parent).st_mode
        if above & stat.S_IWOTH and not above & stat.S_ISVTX:
            return f"everybody can write into {top.parent}"
        for number in range(len(folder.relative_to(top).parts) + 1):
            path = top.joinpath(*folder.relative_to(top).parts[:number])
            if reason := _fault(path, is_top=not number):
                return reason
    except OSError as failure:
        return f"{failure.filename or folder}: {failure.strerror}"
    return None


def _fault(path: Path, is_top: bool) -> str | None:
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
    state = os.lstat(path)
    if stat.S_ISLNK(state.st_mode):
        if not is_top or state.st_uid != os.geteuid():
            return f"{path} is a link"
        state = os.stat(path)
    if not stat.S_ISDIR(state.st_mode):
        return f"{path} is {described(state.st_mode)}"
    if state.st_uid != os.geteuid():
        return f"{path} belongs to another user"
    if state.st_mode & 0o022 and not is_top:
        return f"others can write into {path}"
    if state.st_mode & 0o077:
        os.chmod(path, 0o700)
    return None if os.access(path, os.W_OK | os.X_OK) else f"{path} cannot be written to"
