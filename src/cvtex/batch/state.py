"""What a batch leaves beside its PDFs, so that the next one skips what is as it was."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex import disk, freshness
from cvtex.batch.packing import walk
from cvtex.batch.tasks import Task

STATE = ".cvtex-batch.json"


def key_of(task: Task) -> str:
    """Return a hash of all that a task's PDF is made of, but for TeX's own files."""
    if not freshness.key():
        return os.urandom(16).hex()  # nothing that can be known again
    asked = dataclasses.replace(task.request, path=Path(), trust=False)
    digest = hashlib.blake2b(repr(asked).encode(), key=freshness.key(), digest_size=32)
    digest.update(freshness.identity().encode())
    digest.update(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    if task.pack is not None:
        digest.update(task.pack)
        return digest.hexdigest()
    path = task.request.path
    for file in walk(path, path.resolve()) if path.is_dir() else [path]:
        digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for theme in task.request.themes:
        if Path(theme).is_dir():
            for file in walk(Path(theme), Path(theme).resolve()):
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def load_state(out: Path, top: Path) -> dict[str, dict[str, Any]]:
    """Return what the last batch left of itself in `out`; what is damaged counts as absent."""
    try:
        state = json.loads(disk.read(out / STATE, freshness.LARGEST, within=top))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(state, dict):
        return {}
    return {name: entry for name, entry in state.items() if isinstance(entry, dict)}


def save_state(out: Path, top: Path, state: Mapping[str, Any]) -> None:
    """Keep what was built in the batch folder `out`, for the next run."""
    disk.write(out / STATE, json.dumps(state).encode(), within=top)
