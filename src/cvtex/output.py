"""The build folder, and how what is made gets out of it.

The build folder may have come with somebody else's project: no link in it is followed,
and nothing in it is deleted that cvtex did not write. What the user names (`-o`) is
written into where it is a file of the same kind or a new one, and left alone elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cvtex import disk, filenames
from cvtex.diagnostics import CvtexError, UsageError, error

PUBLIC, PRIVATE = 0o666, 0o600
"""Modes of files, the umask aside: of a build without, and with, private values."""
INPUTS = (".yaml", ".yml", ".bib", ".csl")
"""Endings of the user's own work, which no output has."""
KINDS = {b"%PDF": "a PDF", b"PK": "a zip", b"\x89PNG": "a PNG picture"}
"""How a file of a kind begins (ISO 32000-1 7.5.2, APPNOTE 4.3.7, PNG 5.2)."""


@contextlib.contextmanager
def plainly(place: Path) -> Iterator[None]:
    """Raise what goes wrong with files as a `CvtexError`."""
    try:
        yield
    except OSError as failure:
        file = failure.filename or place
        raise CvtexError([error(f"{file} cannot be written: {disk.reason(failure)}")]) from failure


def check_distinct(targets: Iterable[Path]) -> None:
    """Raise `UsageError` where two outputs would be one file: their names differ in capitals
    alone, on a disk that does not tell those apart."""
    known: dict[str, Path] = {}
    for target in targets:
        other = known.setdefault(str(target).casefold(), target)
        if other != target and disk.ignores_case(target.parent):
            hint = "give one of them a name that differs by more than capitals"
            raise UsageError([error(f"{other} and {target} are one file on this disk", hint=hint)])


def check_target(
    target: Path, kind: bytes = b"", inputs: Iterable[Path] = (), signature: bytes = b""
) -> None:
    """Raise `UsageError` where an output must not go; called before the work is done.

    That is where there is a folder, a link, a disk or a socket, one of the `inputs` or
    something of an input's ending, or a file that holds other than the `kind` (one of
    `KINDS`). A device or a pipe is written into. What has the ending of an input may be
    written where nothing is, or what begins with the same `signature`.
    """
    why = _refusal(target, kind, inputs, signature)
    if why:
        raise UsageError([error(f"{target} {why}", hint="name another file with -o")])


def _refusal(
    target: Path, kind: bytes, inputs: Iterable[Path], signature: bytes = b""
) -> str | None:
    if target.name in ("", ".."):
        return "is a folder: a file is wanted"
    if target.suffix.lower() in INPUTS and not signature:
        return "has the ending of an input: nothing is written over your data"
    if _is_stream(target):
        return None
    try:
        state = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return _no_folder(target)
    except OSError as failure:
        return f"cannot be written: {failure.strerror}"
    if not stat.S_ISREG(state.st_mode):
        return f"is {disk.described(state.st_mode)}: a file is wanted"
    if any(_is_same(state, file) for file in inputs):
        return "is one of the inputs: nothing is written over your data"
    if signature:
        with contextlib.suppress(OSError), target.open("rb") as file:
            if file.read(len(signature)) != signature:
                return "is there already: nothing is written over your data"
    if kind and state.st_size:
        with contextlib.suppress(OSError), target.open("rb") as file:
            if not file.read(len(kind)).startswith(kind):
                return f"is there already and is not {KINDS[kind]}"
    return None


def _no_folder(target: Path) -> str | None:
    """Say why no folder can be made for a file that is not there, or return `None`."""
    there = next((place for place in target.parents if os.path.lexists(place)), None)
    if there is None or not (why := disk.no_folder(there)):
        return None
    return f"cannot be written: {there} {why}"


def _is_same(state: os.stat_result, file: Path) -> bool:
    try:
        return os.path.samestat(state, file.stat())
    except OSError:
        return False


def _is_stream(target: Path) -> bool:
    """Tell whether a target is written into as it stands: a device for characters, a pipe."""
    if target.absolute().is_relative_to("/dev/fd") or target.absolute().is_relative_to("/proc"):
        return True  # an open file of the shell's, by its number
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    is_link = target.is_symlink() and not target.absolute().is_relative_to("/dev")
    return not is_link and (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode))


def put(
    target: Path,
    content: bytes,
    *,
    inputs: Iterable[Path] = (),
    within: Path | None = None,
    signature: bytes = b"",
    mode: int = PUBLIC,
) -> None:
    """Put a file in its place by rename: a reader sees the old one or the new one.

    A device is written into. For a place in a folder of cvtex's own, which the user did
    not name, `within` is as in `cvtex.disk`. Elsewhere raises what `check_target` does,
    too. Raises `CvtexError` where it cannot be written.
    """
    if within is None:
        kind = next((kind for kind in KINDS if content.startswith(kind)), b"")
        check_target(target, kind, inputs, signature)
    with plainly(target):
        if within is None and _is_stream(target):
            with target.open("wb") as stream:
                stream.write(content)
        else:
            disk.write(target, content, within=within, mode=mode, sync=True)


@contextlib.contextmanager
def locked(
    folder: Path, theme: str, tell: Callable[[str], None] = lambda what: None
) -> Iterator[None]:
    """Hold a theme's folder in a build folder for this process; another build of it waits.

    `tell` is told for what this one waits. Raises `CvtexError` when it has waited too
    long (`disk.PATIENCE`), or where there can be no lock.
    """
    place = folder / theme
    with contextlib.ExitStack() as held:
        with plainly(place):
            try:
                held.enter_context(
                    disk.locked(
                        place / ".lock",
                        within=filenames.above(folder),
                        waiting=lambda: tell(f"waiting for another cvtex that builds in {place}"),
                    )
                )
            except TimeoutError as failure:
                hint = "wait until it has ended, or end it"
                message = f"another cvtex has been building in {place} for too long"
                raise CvtexError([error(message, hint=hint)]) from failure
        yield
