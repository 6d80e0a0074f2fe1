"""Font files: which may stand in, where they lie, and which characters they have."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cvtex.home import cache_folder
from cvtex.records import dataclass

SUFFIXES = (".otf", ".ttf", ".ttc")

# System fonts, then the font folders of TeX trees where distributions put them.
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
)


@dataclass(frozen=True, slots=True)
class Font:
    """A font that may stand in: its files, and the Debian package that brings them."""

    regular: str
    bold: str | None
    package: str


_SERIF = (
    Font("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "fonts-dejavu-core"),
    Font("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "fonts-noto-core"),
    Font("FreeSerif.otf", "FreeSerifBold.otf", "fonts-freefont-otf"),
    Font("FreeSerif.ttf", "FreeSerifBold.ttf", "fonts-freefont-ttf"),
)
_SANS = (
    Font("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "fonts-dejavu-core"),
    Font("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "fonts-noto-core"),
    Font("FreeSans.otf", "FreeSansBold.otf", "fonts-freefont-otf"),
    Font("FreeSans.ttf", "FreeSansBold.ttf", "fonts-freefont-ttf"),
)
_CJK = Font("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "fonts-noto-cjk")

FONTS: Mapping[str, tuple[Font, ...]] = {
    "han": (
        Font("DroidSansFallbackFull.ttf", None, "fonts-droid-fallback"),
        Font("DroidSansFallback.ttf", None, "fonts-droid-fallback"),
        _CJK,
        Font("ipag.ttf", None, "fonts-ipafont-gothic"),
        Font("wqy-zenhei.ttc", None, "fonts-wqy-zenhei"),
    ),
    "hangul": (
        Font("NanumGothic.ttf", "NanumGothicBold.ttf", "fonts-nanum"),
        Font("UnDotum.ttf", "UnDotumBold.ttf", "fonts-unfonts-core"),
        _CJK,
    ),
    "symbols": (
        Font("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "fonts-dejavu-core"),
        Font("Symbola_hint.ttf", None, "fonts-symbola"),
        Font("Symbola.ttf", None, "fonts-symbola"),
        Font("NotoSansSymbols2-Regular.ttf", None, "fonts-noto-core"),
        Font("NotoSansMath-Regular.ttf", None, "fonts-noto-core"),
    ),
}
"""Fonts by script, the preferred first; alphabets have theirs with and without serifs."""

ALPHABETS = ("latin", "greek", "cyrillic", "armenian", "georgian")

# What Latin Modern and TeX Gyre have in common, for where their files are not at hand
# (Tectonic keeps them in its bundle). From their character maps, versions 2.005 and 2.004.
LATIN = (
    "20-7e a0-137 139-148 14a-165 168-17f 18e 192 1a0-1a1 1af-1b0 1cd-1d4 1d7-1dd 1e6-1e7 "
    "1ea-1eb 1f0 1f4-1f5 1fa-1ff 218-21b 237 2c6-2c7 2d8-2dd 1e0c-1e0d 1e24-1e25 1e2a-1e2b "
    "1e36-1e39 1e42-1e47 1e58-1e5d 1e62-1e63 1e6c-1e6f 1e80-1e85 1e92-1e93 1e97 1ea0-1ef9 "
    "2010-2011 2013-2014 2016 2018-201a 201c-201e 2020-2022 2026 2030 2039-203b 2044 20a9 "
    "20ab-20ac 20b1 2103 2116 2122 2190-2193 2212 221a ."
)


def fonts(script: str, sans: bool) -> tuple[Font, ...]:
    """Return the fonts that may stand in for a script, the preferred first."""
    if script in FONTS:
        return FONTS[script]
    if script in ALPHABETS:
        return (*_SANS, *_SERIF) if sans else (*_SERIF, *_SANS)
    return FONTS["symbols"] if script == "common" else ()


def locate(name: str) -> Path | None:
    """Return the font file of that name, None if neither the system nor TeX has it.

    The folders are walked once; `kpsewhich` is asked for what they lack.
    """
    return _installed().get(name) or _kpsewhich(name)


@functools.cache
def _installed() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        # Where there is no home the "~" stays, and no folder of that name is meant.
        home = os.path.expanduser(folder)  # noqa: PTH111 (that of Path raises then)
        for where, _, names in os.walk(home.replace("~", os.devnull, 1)):
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
        run = subprocess.run(
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
    kept = cache_folder() / "coverage" / key
    try:
        return frozenset(code_points(kept.read_text("ascii")))
    except (OSError, ValueError):
        pass
    codes = _read(path)
    if codes:
        _keep(kept, ranges(codes))
    return codes


def _read(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    try:
        with path.open("rb") as stream, TTFont(stream, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # a damaged font fails in ways that fontTools does not list
        return frozenset()


def _keep(path: Path, text: str) -> None:
    """Write a cache entry by rename; a cache that cannot be written is no fault."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, "ascii")
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()


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
