"""The format of XeLaTeX or LuaLaTeX itself, unpacked: TeX Live packs it, and unpacking it
takes longer than reading it (web2c reads both)."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from cvtex import disk
from cvtex.records import dataclass
from cvtex.toolchain import cache
from cvtex.toolchain.engine import run
from cvtex.toolchain.model import Limits
from cvtex.toolchain.texlive import formats

NAME = formats.RAW
_PROGRAMS = {"xelatex": "xetex", "lualatex": "luahbtex"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """An entry of the cache: the file `source` of TeX Live as it was, and its contents."""

    label: str
    source: str
    stamp: formats.Stamp
    checksum: int

    def file(self, program: Path) -> Path:
        """Return where the contents lie."""
        return folder(program) / NAME

    def is_whole(self, program: Path) -> bool:
        """Tell whether the contents are byte for byte as they were written."""
        return cache.checksum(self.file(program)) == self.checksum

    def options(self, program: Path) -> list[str]:
        """Return the options by which an engine loads it."""
        return [f"-fmt={self.file(program)}", f"-progname={program.name}"]


def find(program: Path) -> Unpacked | None:
    """Return what is kept for an engine, if the format is still as it was."""
    if not cache.is_ours():
        return None
    try:
        format = Unpacked(**(cache.load(folder(program)) or {}))
        good = format.stamp == disk.stamp(format.source) and format.file(program).is_file()
    except TypeError:
        return None
    return format if good else None


def make(program: Path, place: Path, environ: Mapping[str, str]) -> Unpacked | None:
    """Unpack an engine's format and keep it, None where that is not possible.

    It is the one that kpathsea finds in `place`; the caller checks that the engine takes
    the same (`remove`). Raises OSError.
    """
    kpsewhich = program.parent / "kpsewhich"
    if not cache.is_ours() or program.name not in _PROGRAMS:
        return None
    name = program.name
    command = [str(kpsewhich), f"-progname={name}", f"-engine={_PROGRAMS[name]}", f"{name}.fmt"]
    found = run(command, place, environ, Limits(seconds=10))
    source = found.output.strip()
    if found.status != 0 or not source.startswith("/"):
        return None
    stamp = disk.stamp(source)
    with cache.scratch() as scratch:
        checksum = formats.unpack(Path(source), scratch / NAME)
        label = f"{name}, its format unpacked"
        format = Unpacked(label=label, source=source, stamp=stamp, checksum=checksum)
        cache.save(scratch, dataclasses.asdict(format))
        cache.publish(scratch, folder(program))
    cache.prune()
    return format


def remove(program: Path) -> None:
    """Delete what is kept for an engine."""
    cache.remove(folder(program))


def folder(program: Path) -> Path:
    """Return the entry of an engine; it may not exist."""
    known = (formats.VERSION, os.path.realpath(program), disk.stamp(str(program)), program.name)
    return cache.root() / hashlib.sha256(repr(known).encode()).hexdigest()[:32]
