"""Was this very build made already? A record of what it read and wrote.

`cvtex build` asks before it loads anything else, so this room imports almost
nothing. Inputs are known by a keyed hash of their bytes; TeX's files, the toolchain and cvtex
itself by path, size and time (400 `stat` calls take 2 ms, a hash of them 100).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cvtex import disk, private
from cvtex.home import cache_folder, is_ours

LARGEST = 64 << 20
"""Bytes of an input; no reader takes a larger one."""
FORMAT = 3
_KEY = 32  # bytes
_VARIABLES = (
    "PATH",
    "CVTEX_SANDBOX",
    "SOURCE_DATE_EPOCH",
    "CVTEX_TECTONIC_BUNDLE",
    "XDG_CACHE_HOME",
    "TEXMFHOME",
)


def record_path(build: str, request: Mapping[str, Any]) -> str:
    """Return where the record of a request lies in the build folder."""
    environment = [os.environ.get(name) for name in _VARIABLES]
    key = json.dumps([FORMAT, request, environment], sort_keys=True, default=str)
    return os.path.join(build, ".state", keyed(key.encode())[:24] + ".json")


def load(path: str) -> dict[str, Any] | None:
    """Return the result kept under `path` if nothing it depends on has changed, else None.

    A damaged record counts as none.
    """
    try:
        state = _record(path)
        if not key() or state["cvtex"] != identity() or state["private"] != _private():
            return None
        if any(_names(folder) != names for folder, names in state["folders"].items()):
            return None
        if any(_hash(file) != digest for file, digest in state["inputs"].items()):
            return None
        if any(disk.stamp(file) != stamp for file, stamp in state["stamps"].items()):
            return None
        result: dict[str, Any] = state["result"]
        return result
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def last(path: str) -> dict[str, Any] | None:
    """Return the result kept under `path`, whatever has changed since."""
    try:
        result: dict[str, Any] = _record(path)["result"]
        return result
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def folders(path: str) -> list[str]:
    """Return the folders that the record under `path` depends on."""
    try:
        return [str(folder) for folder in _record(path)["folders"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def contents(files: Iterable[str]) -> dict[str, str | None]:
    """Return files with the hashes of what is in them now."""
    return {file: _hash(file) for file in files}


def names(folders: Iterable[str]) -> dict[str, str | None]:
    """Return folders with a hash of the names that are in them now: a name may be private."""
    return {folder: _names(folder) for folder in folders}


def save(
    path: str,
    result: Mapping[str, Any],
    *,
    inputs: Mapping[str, str | None],
    folders: Mapping[str, str | None],
    stamped: Iterable[str],
) -> None:
    """Keep a result with the state of all that it depends on; by rename, so never half.

    `inputs` are the `contents` of files, `folders` the `names` in folders, as
    they were when they were read; `stamped` files (outputs among them) are known
    by size and time. Not being able to write is no error: the next build is only
    slower.
    """
    if not key():
        return
    state = {
        "cvtex": identity(),
        "private": _private(),
        "inputs": inputs,
        "folders": folders,
        "stamps": {file: disk.stamp(file) for file in stamped},
        "result": result,
    }
    with contextlib.suppress(OSError):
        disk.write(Path(path), json.dumps(state).encode(), within=_top(path), mode=0o600)


def _record(path: str) -> Any:
    return json.loads(disk.read(Path(path), LARGEST, within=_top(path)))


def _top(record: str) -> Path:
    """Return what the build folder lies in: from there on down no link is followed."""
    return Path(record).parent.parent.parent


def _hash(file: str) -> str | None:
    try:
        return keyed(disk.read(Path(file), LARGEST))
    except OSError:
        return disk.stamp(file)  # a device, or too large: what reads it complains


def _names(folder: str) -> str | None:
    try:
        found = (name for name in os.listdir(folder) if not name.startswith((".", "__")))
        return keyed(os.fsencode("/".join(sorted(found))))
    except OSError:
        return None


def _private() -> str:
    return keyed(json.dumps([os.environ.get(name) for name in private.VARIABLES]).encode())


def keyed(data: bytes) -> str:
    """Return a hash that only this user's cvtex can make: who gets a build folder cannot find
    out a short private file by trying all that it may hold."""
    return hashlib.blake2b(data, key=key(), digest_size=32).hexdigest()


_keys: dict[Path, bytes] = {}


def key() -> bytes:
    """Return the user's key of such hashes, which lies in the cache and is made when it is not
    there; none where there is no cache."""
    file = cache_folder() / "key"
    if file not in _keys and is_ours(file.parent):
        with contextlib.suppress(OSError):
            if not file.exists():
                disk.write(file, os.urandom(_KEY), within=file.parent, mode=0o600)
            found = disk.read(file, _KEY, within=file.parent)
            if len(found) == _KEY:
                _keys[file] = found
    return _keys.get(file, b"")


_identity = ""


def identity() -> str:
    """Return a hash of the names, sizes and times of cvtex's own files, as they were first seen:
    that is the code that runs."""
    global _identity
    _identity = _identity or _own_files()
    return _identity


def _own_files() -> str:
    digest = hashlib.sha256()
    pending = [os.path.dirname(os.path.abspath(__file__))]
    while pending:
        for entry in sorted(os.scandir(pending.pop()), key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    pending.append(entry.path)
            else:
                state = entry.stat()
                digest.update(f"{entry.name}:{state.st_size}:{state.st_mtime_ns};".encode())
    return digest.hexdigest()
