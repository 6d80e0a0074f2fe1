r"""The font tables of LuaLaTeX: made once by a document of cvtex's own, for all others to read.

luaotfload keeps a font as a Lua program, which it runs when the font is used again. A run
writes what it makes into a folder of its document's own, and what another document made it
never reads. So that not every new document makes them anew, cvtex sets the same fonts in a
document of its own, and keeps what that leaves.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from pathlib import Path

from cvtex import disk
from cvtex.home import cache_folder, is_ours
from cvtex.toolchain import cache
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import JOB, LUA, Limits

_TABLES = Path("luatex-cache", "generic", "fonts", "otl")
_NAMES = Path("luatex-cache", "generic", "names")
_TRIED = ".tried"
_MOST = 40  # fonts of one document
_LIMITS = Limits(seconds=60)
# What neither TeX nor luaotfload reads as more than a file's name.
_PLAIN = re.compile(r"\w[\w.+-]{0,80}", re.ASCII)


def root() -> Path:
    """Return the folder of all that is kept here; it may not exist."""
    return cache_folder() / "lua-fonts"


def shared(engine: Path) -> Path:
    """Return the folder of what cvtex made with one LuaLaTeX."""
    return root() / hashlib.sha256(os.fsencode(engine)).hexdigest()[:12]


def paths(folder: Path, engine: Path, *others: Path) -> str:
    """Return the value of TEXMFCACHE for a run in `folder`: it writes there, and reads from
    the `others` and from what is shared, too."""
    own, common = folder / LUA, shared(engine)
    with contextlib.suppress(OSError):
        own.mkdir(mode=0o700, exist_ok=True)
        # the list of the system's fonts is only read where it could be written
        if (common / _NAMES).is_dir() and not (own / _NAMES).exists():
            shutil.copytree(common / _NAMES, own / _NAMES)
    return ":".join(map(str, (own, *others, common)))


def keep(folder: Path, engine: Path) -> None:
    """Make for all documents the tables that a run in `folder` made for itself.

    Only names of fonts are taken from there, and only the system's own fonts are set.
    Raises nothing.
    """
    common = shared(engine)
    new = _fonts(folder / LUA) - _fonts(common)
    lists = (folder / LUA / _NAMES).is_dir() and not (common / _NAMES).is_dir()
    fonts = sorted(name for name in new if _PLAIN.fullmatch(name))[:_MOST]
    if not (fonts or lists) or not is_ours(root()):
        return
    with contextlib.suppress(OSError), disk.locked(root() / ".lock", patience=0):
        _make(engine, common, fonts, lists)


def _fonts(place: Path) -> set[str]:
    """Return the names of the fonts whose tables are there, or were tried in vain."""
    found = (place / _TABLES).glob("*")
    return {file.stem for file in found if file.suffix in (".lua", ".luc", _TRIED)}


def _make(engine: Path, common: Path, fonts: list[str], lists: bool) -> None:
    """Set fonts in a document of cvtex's own, and keep what luaotfload leaves."""
    asked = [f"{{[{font}]}}" for font in fonts] + ["{name:Latin Modern Roman}"] * lists
    lines = [rf"{{\font\cvtexfont={font}\cvtexfont A}}" for font in asked]
    text = "\n".join([r"\documentclass{article}", r"\begin{document}", *lines, r"\end{document}"])
    with cache.scratch(root()) as scratch:
        (scratch / f"{JOB}.tex").write_text(text + "\n", encoding="utf-8")
        environ = {**environment(scratch, 0), "TEXMFCACHE": paths(scratch, engine)}
        command = [str(engine), "-interaction=nonstopmode", "-no-shell-escape", f"{JOB}.tex"]
        more = Access(read=(str(root()),))
        ended = run(command, scratch, environ, _LIMITS, more=more)
        if ended.status is None or ended.reason:
            return
        (common / _TABLES).mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (scratch / LUA / _TABLES).glob("*.lu[ac]"):
            file.replace(common / _TABLES / file.name)
        for name in fonts:  # a font of the document's own is not the system's
            (common / _TABLES / f"{name}{_TRIED}").touch()
        if lists and not (common / _NAMES).is_dir():
            (scratch / LUA / _NAMES).rename(common / _NAMES)
