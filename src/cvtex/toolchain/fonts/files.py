"""Font files: where they lie, and which characters they have."""

from __future__ import annotations

import contextlib
import functools
import glob
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from cvtex import disk, programs
from cvtex.home import cache_folder, is_ours

T = TypeVar("T")

LARGEST = 1 << 20
"""Bytes of a cache entry."""
SUFFIXES = (".otf", ".ttf", ".ttc")

# System fonts, then the font folders of TeX trees where distributions put them (Debian, Arch;
# TeX Live and MacTeX as they come, by their years; TinyTeX).
FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "~/texmf/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/usr/local/share/texmf/fonts/opentype",
    "/usr/share/texmf/fonts/opentype",
    "/usr/share/texmf-dist/fonts/opentype",
    "/usr/share/texlive/texmf-dist/fonts/opentype",
    "/usr/share/texlive/texmf-dist/fonts/truetype",
    "~/Library/texmf/fonts",
    "/usr/local/texlive/texmf-local/fonts",
    *(
        f"{tree}/texmf-dist/fonts/{kind}"
        for tree in ("/usr/local/texlive/20??", "~/Library/TinyTeX", "~/.TinyTeX")
        for kind in ("opentype", "truetype")
    ),
)


def locate(name: str) -> Path | None:
    """Return the font file of that name, None if neither the system nor TeX has it.

    The folders are walked once; `kpsewhich` is asked for what they lack.
    """
    return _installed().get(name) or _kpsewhich(name)


def look_anew() -> None:
    """Forget where fonts lie: some may have come."""
    _installed.cache_clear()
    _kpsewhich.cache_clear()


@functools.cache
def _installed() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        # Where there is no home the "~" stays, and no folder of that name is meant.
        home = os.path.expanduser(folder).replace("~", os.devnull, 1)  # noqa: PTH111
        years = sorted(glob.glob(home), reverse=True) if "?" in home else [home]  # noqa: PTH207
        for place in years:  # the newest first
            for where, _, names in os.walk(place):
                for name in names:
                    if name.endswith(SUFFIXES):
                        found.setdefault(name, Path(where, name))
    return found


@functools.cache
def _kpsewhich(name: str) -> Path | None:
    import shutil
    import subprocess

    program = shutil.which("kpsewhich")
    if not program or not name.endswith(SUFFIXES):
        return None
    try:
        run = programs.run(
            [program, "--", name], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    line = run.stdout.strip().partition("\n")[0]
    return Path(line) if line and run.returncode == 0 else None


def coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font file has glyphs for; none if it is no font.

    Read from the font's character map, or from the user's cache, where it is kept
    by the file's path, size and time.
    """
    try:
        status = path.stat()
    except OSError:
        return frozenset()
    return _coverage(path, status.st_size, status.st_mtime_ns)


@functools.cache
def _coverage(path: Path, size: int, mtime: int) -> frozenset[int]:
    import hashlib

    key = hashlib.sha256(f"{path}\n{size}\n{mtime}".encode()).hexdigest()[:32]
    file = cache_folder() / "coverage" / key
    if not is_ours(file.parent):
        return _read(path)
    with contextlib.suppress(OSError, ValueError):
        found = disk.read(file, LARGEST, within=file.parent).decode("ascii")
        checksum, _, text = found.partition("\n")
        if checksum == _checksum(text):
            return frozenset(code_points(text))
    codes = _read(path)
    if codes:
        text = ranges(codes)
        with contextlib.suppress(OSError):  # a cache that cannot be written is no fault
            whole = f"{_checksum(text)}\n{text}".encode()
            disk.write(file, whole, within=file.parent, mode=0o600)
    return codes


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def _read(path: Path) -> frozenset[int]:
    return asked(path, lambda font: frozenset(font.getBestCmap() or ()), frozenset())


def is_postscript_on_another_em(path: Path) -> bool:
    """Tell whether a font has PostScript outlines (CFF) on an em of other than 1000 units."""
    with contextlib.suppress(OSError), path.open("rb") as stream:
        if stream.read(4) != b"OTTO":  # what no other font begins with (OpenType, "Font file")
            return False
    return asked(path, lambda font: "CFF " in font and font["head"].unitsPerEm != 1000, False)


def has_feature(path: Path, *tags: str) -> bool:
    """Tell whether an OpenType font has one of some features (`onum`, old-style figures)."""

    def has(font: Any) -> bool:
        features = font["GSUB"].table.FeatureList.FeatureRecord if "GSUB" in font else ()
        return any(record.FeatureTag in tags for record in features)

    return asked(path, has, False)


def asked(path: Path, question: Callable[[Any], T], otherwise: T) -> T:
    """Return what a font file says; `otherwise` for one that is damaged."""
    from fontTools.ttLib import TTFont

    try:
        with path.open("rb") as stream, TTFont(stream, lazy=True, fontNumber=0) as font:
            return question(font)
    except Exception:  # a damaged font fails in ways that fontTools does not list
        return otherwise


def ranges(codes: Iterable[int]) -> str:
    """Return code points as text: `20-7e a0-137`, in hexadecimal, ended by a full stop."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{a:x}-{b:x}" if a != b else f"{a:x}" for a, b in runs) + " ."


def code_points(text: str) -> Iterator[int]:
    """Read what `ranges` wrote; raises ValueError for anything else, or if it is cut short."""
    *runs, end = text.split()
    if end != ".":
        raise ValueError("cut short")
    for run in runs:
        first, _, last = run.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
