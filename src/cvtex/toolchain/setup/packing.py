"""Files in a zip, the same bytes for the same contents."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path


def write(file: Path, contents: Mapping[str, bytes], programs: Collection[str] = ()) -> None:
    """Write a zip of `contents` by name; `programs` are those that may be run. Raises OSError."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(contents):
            # 1980 is the earliest year that a zip can tell.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
            packed.writestr(entry, contents[name])


def record(contents: Mapping[str, bytes], name: str) -> bytes:
    """Return the list of a wheel's files, itself called `name`, with their checksums
    ("Recording installed projects" in the specifications of PyPA)."""
    lines = []
    for file in sorted(contents):
        digest = base64.urlsafe_b64encode(hashlib.sha256(contents[file]).digest()).rstrip(b"=")
        lines.append(f"{file},sha256={digest.decode()},{len(contents[file])}")
    return "\n".join([*lines, f"{name},,", ""]).encode()
