"""Files on disk: written whole and never through a link; stamps and locks.

Every writer of cvtex goes through here. Paths are of two kinds. What the user named
(`-o`, the project's own path) is followed as it stands. What lies below a folder that
somebody else may have filled, such as `build/` of a cloned project, is given with
`within`: from there on down no link is followed, not by a folder's name either
(openat(2), O_NOFOLLOW). All functions raise `OSError`, with `filename` set, where the
disk or the path does not allow it, and leave nothing half done then.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

PATIENCE = 300.0
"""Seconds that a lock is waited for; a build is stopped by its limits long before."""

LARGEST_FOR_TEX = 20_000_000
"""Bytes of a file of the project that is laid beside the document."""

_DRAFT = ".cvtex-"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_STALE = 3600.0


# ---- folders -------------------------------------------------------------------------------


@contextlib.contextmanager
def entered(
    folder: Path, *, within: Path | None = None, make: bool = False, mode: int = 0o777
) -> Iterator[int]:
    """Give a folder's descriptor, for the `dir_fd` of the `os` module.

    With `within`, a folder above it or the same, no part of the path below that is a
    link. What is not there is made where `make` says so, with `mode` less the umask.
    """
    top = Path(os.path.abspath(within or folder))
    path = Path(os.path.abspath(folder))
    parts = path.relative_to(top).parts
    if make:
        os.makedirs(top, mode=mode, exist_ok=True)
    at = os.open(top, _FOLDER)
    try:
        for number, part in enumerate(parts, start=1):
            inner = _inner(at, part, top.joinpath(*parts[:number]), make, mode)
            os.close(at)
            at = inner
        yield at
    finally:
        os.close(at)


def _inner(at: int, part: str, path: Path, make: bool, mode: int) -> int:
    try:
        return os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
    except FileNotFoundError:
        if not make:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
    except OSError as failure:
        raise _plainer(failure, at, part, path) from None
    with contextlib.suppress(FileExistsError):  # another process was faster
        os.mkdir(part, mode, dir_fd=at)
    try:
        return os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
    except OSError as failure:
        raise _plainer(failure, at, part, path) from None


def _plainer(failure: OSError, at: int, part: str, path: Path) -> OSError:
    """Return what a folder that cannot be entered really is: a link, or no folder."""
    kind = _kind(part, at)
    if kind is not None and stat.S_ISLNK(kind):
        return OSError(errno.ELOOP, "it is a link, and cvtex follows none here", str(path))
    return OSError(failure.errno, failure.strerror, str(path))


def _kind(name: str, at: int | None) -> int | None:
    """Return the mode of what bears a name, links not followed; None where nothing does."""
    try:
        return os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return None


# ---- files ---------------------------------------------------------------------------------


@contextlib.contextmanager
def replacing(
    file: Path, *, within: Path | None = None, mode: int = 0o666, sync: bool = False
) -> Iterator[IO[bytes]]:
    """Give a new file that takes a file's place when the block ends well.

    A reader sees the old file or the whole new one. The draft lies in the same folder
    under a random name and is new (O_EXCL). A link of the file's name is replaced, not
    followed; anything else that is no regular file (a device, a folder) stays as it is,
    and is an error. The folder is made where it is not there. With `sync` the bytes are
    on the disk before the old ones are given up.
    """
    with entered(file.parent, within=within, make=True) as folder:
        kind = _kind(file.name, folder)
        if kind is not None and not (stat.S_ISREG(kind) or stat.S_ISLNK(kind)):
            raise OSError(errno.EEXIST, f"it is {described(kind)}", str(file))
        draft = _DRAFT + os.urandom(8).hex()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            stream = os.fdopen(os.open(draft, flags, mode, dir_fd=folder), "wb")
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, str(file)) from None
        try:
            with stream:
                yield stream
                if sync:
                    stream.flush()
                    os.fsync(stream.fileno())
            os.replace(draft, file.name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException as failure:
            with contextlib.suppress(OSError):
                os.unlink(draft, dir_fd=folder)
            if isinstance(failure, OSError) and failure.filename in (None, draft):
                raise OSError(failure.errno, failure.strerror, str(file)) from None
            raise


def write(
    file: Path,
    content: bytes,
    *,
    within: Path | None = None,
    mode: int = 0o666,
    sync: bool = False,
) -> None:
    """Write a file whole; see `replacing`."""
    with replacing(file, within=within, mode=mode, sync=sync) as stream:
        stream.write(content)


def read(file: Path, limit: int, *, within: Path | None = None, pipe: bool = False) -> bytes:
    """Return what is in a regular file of at most `limit` bytes.

    A pipe or a device is an error and never waited for, a larger file is one, too
    (EFBIG). With `within` the file is no link either. With `pipe`, for a file that the
    user named, a pipe is read to its end, as the `<(command)` of a shell is.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | (0 if pipe else os.O_NONBLOCK)
    if within is None:
        descriptor = os.open(file, flags)
    else:
        with entered(file.parent, within=within) as folder:
            try:
                descriptor = os.open(file.name, flags | os.O_NOFOLLOW, dir_fd=folder)
            except OSError as failure:
                raise _plainer(failure, folder, file.name, file) from None
    state = os.fstat(descriptor)
    if not (stat.S_ISREG(state.st_mode) or (pipe and stat.S_ISFIFO(state.st_mode))):
        os.close(descriptor)
        raise OSError(errno.EINVAL, f"it is {described(state.st_mode)}", str(file))
    with os.fdopen(descriptor, "rb") as stream:
        content = stream.read(state.st_size + 1) if state.st_size <= limit else b""
        if len(content) > state.st_size:  # it grows; more is not asked for than there is
            content += stream.read(limit + 1 - len(content))
    if state.st_size > limit or len(content) > limit:
        size = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit} bytes"
        raise OSError(errno.EFBIG, f"it is larger than {size}", str(file))
    return content


def remove(file: Path, *, within: Path | None = None) -> None:
    """Delete a regular file or a link (not what it leads to); nothing there is no error."""
    try:
        with entered(file.parent, within=within) as folder:
            kind = _kind(file.name, folder)
            if kind is not None and (stat.S_ISREG(kind) or stat.S_ISLNK(kind)):
                os.unlink(file.name, dir_fd=folder)
    except FileNotFoundError:
        return


def no_folder(path: Path) -> str:
    """Say what stands where a folder is wanted; "" for a folder."""
    if path.is_dir():
        return ""
    what = "a file" if path.exists() else "a link that leads nowhere"
    return f"is {what}, and a folder is wanted there"


def reason(failure: OSError) -> str:
    """Return in words why a file or a folder could not be read or written."""
    taken = failure.filename if isinstance(failure, FileExistsError) else None
    if taken and (why := no_folder(Path(os.fsdecode(taken)))):
        return f"it {why}"
    return failure.strerror or str(failure)


def described(mode: int) -> str:
    """Return in words what kind of thing a mode (stat(2)) is of."""
    words = {
        stat.S_IFDIR: "a folder",
        stat.S_IFLNK: "a link",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return words.get(stat.S_IFMT(mode), "a file")


def sweep(folder: Path, *, within: Path | None = None) -> None:
    """Delete the drafts that killed runs left in a folder an hour ago or longer."""
    with contextlib.suppress(OSError), entered(folder, within=within) as at:
        for name in os.listdir(at):
            if name.startswith(_DRAFT):
                state = os.stat(name, dir_fd=at, follow_symlinks=False)
                if stat.S_ISREG(state.st_mode) and time.time() - state.st_mtime > _STALE:
                    os.unlink(name, dir_fd=at)


# ---- stamps --------------------------------------------------------------------------------


def stamp(file: str | Path) -> str | None:
    """Return what tells one state of a file from another without reading it: its size in
    bytes and its time in nanoseconds. None where there is none."""
    try:
        state = os.stat(file)
    except (OSError, ValueError):
        return None
    return f"{state.st_size} {state.st_mtime_ns}"


def ignores_case(folder: Path) -> bool:
    """Tell whether a disk takes names that differ in capitals alone for one, as that of a Mac."""
    for place in (folder.absolute(), *folder.absolute().parents):
        other = place.with_name(place.name.swapcase()) if place.name else place
        if other != place and os.path.lexists(place):
            with contextlib.suppress(OSError):
                return os.path.samefile(place, other)
            return False
    return False


# ---- locks ---------------------------------------------------------------------------------


@contextlib.contextmanager
def locked(
    file: Path,
    *,
    within: Path | None = None,
    waiting: Callable[[], None] = lambda: None,
    patience: float = PATIENCE,
) -> Iterator[None]:
    """Hold a lock for this process (flock(2)); the file of that name is made and stays.

    `waiting` is called once where another process holds it. After `patience` seconds
    `TimeoutError` is raised. A file system that knows no locks is used without.
    """
    import fcntl

    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with entered(file.parent, within=within, make=True) as folder:
        try:
            descriptor = os.open(file.name, flags, 0o666, dir_fd=folder)
        except OSError as failure:
            raise _plainer(failure, folder, file.name, file) from None
    try:
        ends = time.monotonic() + patience
        announced = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= ends:
                    message = f"another process has held this lock for {patience:g} seconds"
                    raise TimeoutError(errno.ETIMEDOUT, message, str(file)) from None
                if not announced:
                    waiting()
                    announced = True
                time.sleep(0.02)
            except OSError as failure:
                if failure.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS):
                    raise
                break
        yield
    finally:
        os.close(descriptor)  # gives the lock back, too
