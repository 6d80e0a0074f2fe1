"""Whose themes may run: a theme is a program, and a CV may be somebody else's.

The themes shipped with cvtex and those of installed packages are trusted. One that a
project brings, or that is named by its folder, runs where the user has said so:
`trust=True` or `CVTEX_TRUST=1` for this once, or a folder remembered from before.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cvtex import disk, home
from cvtex.diagnostics import Diagnostic, Source, UsageError, error

VARIABLE = "CVTEX_TRUST"
"""`1` trusts whatever is asked for, `0` asks for nothing."""
NONE: frozenset[str] = frozenset()
LARGEST = 1 << 20  # bytes

HINT = (
    f"read it first, then say --trust or set {VARIABLE}=1; at a terminal cvtex asks once "
    "and remembers the folder"
)


class UntrustedError(UsageError):
    """A theme was not run, because nobody said that its folder may be trusted.

    `folder` is what trusting it would be remembered for, `theme` the theme's name.
    """

    def __init__(self, theme: str, folder: Path, file: str) -> None:
        self.theme, self.folder, self.file = theme, folder, file
        message = f"the theme {theme} is a program that this project brings, and was not run"
        super().__init__([error(message, Source(file), HINT)])

    def __reduce__(self) -> tuple[Any, ...]:
        return UntrustedError, (self.theme, self.folder, self.file)


def is_given() -> bool:
    """Tell whether the environment trusts whatever is asked for."""
    return os.environ.get(VARIABLE, "").strip().lower() in ("1", "true", "yes")


def is_trusted(*folders: Path) -> bool:
    """Tell whether one of the folders may bring programs."""
    return is_given() or not remembered().isdisjoint(map(_real, folders))


def is_refusal(diagnostic: Diagnostic) -> bool:
    """Tell whether a diagnostic is one of an `UntrustedError`, wherever it was caught."""
    return diagnostic.hint == HINT


def may_ask() -> bool:
    """Tell whether somebody is at a terminal who has not answered yet."""
    return not os.environ.get(VARIABLE) and sys.stdin.isatty() and sys.stderr.isatty()


def state_file() -> Path:
    """Return where trusted folders are remembered; it may not exist."""
    return home.state_folder() / "trusted"


def remembered() -> frozenset[str]:
    """Return the real paths of the folders that are trusted; a damaged file, and one that
    others can write to, holds none."""
    file = state_file()
    try:
        if not file.exists() or not home.is_ours(file.parent):
            return NONE
        found = json.loads(disk.read(file, LARGEST, within=file.parent))
    except (OSError, ValueError, RecursionError):
        return NONE
    return frozenset(f for f in found if isinstance(f, str)) if isinstance(found, list) else NONE


def remember(folder: Path) -> bool:
    """Trust a folder from now on; return False where that cannot be written down."""
    known = json.dumps(sorted({*remembered(), _real(folder)}), indent=1) + "\n"
    file = state_file()
    if not home.is_ours(file.parent):
        return False
    try:
        disk.write(file, known.encode(), within=file.parent, mode=0o600)
    except OSError:
        return False
    return True


def are_equal(some: Iterable[Path], others: Iterable[Path]) -> bool:
    """Tell whether two sets of files have the same names and the same bytes."""
    first, second = ({path.name: path for path in paths} for paths in (some, others))
    return first.keys() == second.keys() and all(
        first[name].stat().st_size == second[name].stat().st_size
        and first[name].read_bytes() == second[name].read_bytes()
        for name in first
    )


def _real(folder: Path) -> str:
    return os.path.realpath(folder)
