"""Private files that git would publish: a warning before it is too late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cvtex import disk, programs
from cvtex.diagnostics import Diagnostic, Source, warning

IGNORE = ("/data/*private*", "!/data/private.example.yaml")
"""What a project's .gitignore says; the overlay may have any ending, and editors copy it."""
SECONDS = 5

_found_before: dict[tuple[object, ...], tuple[Diagnostic, ...]] = {}


def is_private(name: str) -> bool:
    """Tell whether a file in `data/` is the private overlay, or may be a copy of it."""
    return "private" in name.lower() and ".example" not in name.lower()


def exposed(root: Path) -> tuple[Diagnostic, ...]:
    """Return a warning for each private file of a project that git tracks or does not ignore.

    None where the project is in no repository, or there is no git. Runs no program that
    the repository's own configuration names.
    """
    names = _private_files(root)
    repository = _repository(root)
    if not names or repository is None:
        return ()
    known = (str(root.absolute()), *names, *map(disk.stamp, watched(root)))
    if known not in _found_before:
        _found_before[known] = _exposed(root, names)
    return _found_before[known]


def watched(root: Path) -> list[Path]:
    """Return the files on which the answer depends."""
    repository = _repository(root)
    ignore = [root / ".gitignore", root / "data/.gitignore"]
    return [*ignore, repository / ".git/index", repository / ".gitignore"] if repository else ignore


def _private_files(root: Path) -> list[str]:
    try:
        with os.scandir(root / "data") as entries:
            return sorted(f"data/{e.name}" for e in entries if is_private(e.name) and e.is_file())
    except OSError:
        return []


def _repository(root: Path) -> Path | None:
    here = root.absolute()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)


def _exposed(root: Path, names: Sequence[str]) -> tuple[Diagnostic, ...]:
    ignored = _git(root, names, "check-ignore", "-z", "--stdin")
    tracked = _git(root, (), "ls-files", "-z", "--", *(f":(literal){name}" for name in names))
    if ignored is None or tracked is None:
        return ()
    hint = f"write {IGNORE[0]} into .gitignore"
    found = []
    for name in names:
        if name in tracked:
            message = "git tracks this private file, and publishes it with the repository"
            again = f"git rm --cached {name}, and {hint}; what was pushed stays in the history"
            found.append(warning(message, Source(name, private=True), again))
        elif name not in ignored:
            message = "git does not ignore this private file: the next `git add .` takes it"
            found.append(warning(message, Source(name, private=True), hint))
    return tuple(found)


def _git(root: Path, given: Sequence[str], *arguments: str) -> frozenset[str] | None:
    """Return the names that git prints of those `given` to it, None where it cannot say."""
    import shutil
    import subprocess

    program = shutil.which("git")
    if program is None:
        return None
    # A repository may have come with somebody else's settings: none of them runs anything.
    quiet = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager"]
    try:
        done = programs.run(
            [program, *quiet, "-C", str(root.absolute()), *arguments],
            env={"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
            input="\0".join(given).encode("utf-8", "surrogateescape"),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if done.returncode not in (0, 1):
        return None
    return frozenset(done.stdout.decode("utf-8", "surrogateescape").split("\0"))
