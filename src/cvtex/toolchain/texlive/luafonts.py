r"""The font tables of LuaLaTeX: made once by a document of cvtex's own, for all others to read.

luaotfload keeps a font as a Lua program, which it runs when the font is used again. A run
writes what it makes into a folder of its document's own, and what another document made it
never reads. So that not every new document makes them anew, cvtex sets the same fonts in a
document of its own, and keeps what that leaves: of the system's fonts in one folder, of each
font that lies beside a document in a folder of its own, by its content.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Sequence
from pathlib import Path

from cvtex import disk
from cvtex.home import cache_folder, is_ours
from cvtex.records import dataclass, field
from cvtex.toolchain import cache
from cvtex.toolchain.engine import Run, finish, run, start, stop
from cvtex.toolchain.environment import environment
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import JOB, LUA, Limits

_TABLES = Path("luatex-cache", "generic", "fonts", "otl")
_NAMES = Path("luatex-cache", "generic", "names")
_TRIED = ".tried"
_MOST = 40  # fonts of one document
_LIMITS = Limits(seconds=60)
_KEEP = 60  # fonts that lay beside documents
_NUMBER = re.compile(r"FontIndex=(\d{1,3})\b")  # how fontspec asks for one of a collection
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
    the `others`, and what is kept of the fonts that lie there, and of the system's."""
    own, common = folder / LUA, shared(engine)
    with contextlib.suppress(OSError):
        own.mkdir(mode=0o700, exist_ok=True)
        # the list of the system's fonts is only read where it could be written
        if (common / _NAMES).is_dir() and not (own / _NAMES).exists():
            shutil.copytree(common / _NAMES, own / _NAMES)
    beside = [place for font in _beside(folder) if (place := _kept(engine, font)).is_dir()]
    return ":".join(map(str, dict.fromkeys((own, *others, *beside, common))))


def prepare(folder: Path, engine: Path) -> None:
    """Make the tables of the fonts that lie beside the document in `folder`, if none are kept.

    Fonts that cvtex knows are read together, by as many processes as there are cores; one of
    the user's own alone, so that it has no part in what is kept of another. Raises nothing.
    """
    fonts = _beside(folder)
    with contextlib.suppress(OSError):
        for font in fonts:
            font.date(folder / font.name)
        if all(_kept(engine, font).is_dir() for font in fonts) or not is_ours(root()):
            return
        with disk.locked(root() / ".lock"):
            _prune()
            lacking = [font for font in fonts if not _kept(engine, font).is_dir()]
            known = [font for font in lacking if _is_known(font)]
            cores = os.cpu_count() or 1
            parts = [known[number::cores] for number in range(cores)]
            parts += [[font] for font in lacking if font not in known]
            parts = [part for part in parts if part]
            for at in range(0, len(parts), cores):
                _read(engine, parts[at : at + cores])


@dataclass(frozen=True, slots=True)
class _Font:
    """A font in a file beside a document; its `number` from 0 where that is a collection."""

    name: str
    content: bytes = field(repr=False)
    number: int | None = None

    @property
    def asked(self) -> str:
        """How a document asks for it."""
        return f"[{self.name}]" + (f"({self.number})" if self.number is not None else "")

    @property
    def stem(self) -> str:
        """How luaotfload calls its tables (`containers.cleanname`)."""
        end = f"-{self.number + 1}" if self.number is not None else ""
        return re.sub(r"[^0-9a-z]+", "-", Path(self.name).stem.lower()) + end

    def date(self, file: Path) -> None:
        """Date its file by its content: luaotfload tells by size and date whether a table is of
        that very font. Raises OSError."""
        seconds = 1_000_000_000 + zlib.crc32(self.content) % 1_000_000_000
        if file.stat().st_mtime != seconds:
            os.utime(file, (seconds, seconds))


def _beside(folder: Path) -> list[_Font]:
    """Return the fonts that lie beside a document; of a collection those that it asks for."""
    found: list[_Font] = []
    with contextlib.suppress(OSError):
        for file in sorted(folder.iterdir()):
            if file.suffix in (".otf", ".ttf", ".ttc") and _PLAIN.fullmatch(file.name):
                numbers: list[int | None] = [None]
                if file.suffix == ".ttc":
                    text = (folder / f"{JOB}.tex").read_text("utf-8")
                    numbers = [*map(int, dict.fromkeys(_NUMBER.findall(text)))]
                content = file.read_bytes()
                found += [_Font(file.name, content, number) for number in numbers]
    return found[:_MOST]


def _kept(engine: Path, font: _Font) -> Path:
    """Return the folder of what is kept of a font, by its name and content."""
    whole = hashlib.sha256(os.fsencode(engine) + font.asked.encode() + b"\0" + font.content)
    return root() / "beside" / whole.hexdigest()[:32]


def _is_known(font: _Font) -> bool:
    """Tell whether a font is one of a face that cvtex knows, or of the system."""
    from cvtex.latex.typefaces import CARRIED, TYPEFACES
    from cvtex.toolchain.fonts.choice import locate, place

    name = font.name
    families = [TYPEFACES[face].family for face in CARRIED]
    found = [place(family, name) for family in families if family and name in family.files]
    return any(file.read_bytes() == font.content for file in (*found, locate(name)) if file)


def _read(engine: Path, parts: Sequence[Sequence[_Font]]) -> None:
    """Set the fonts of each part in a document of cvtex's own, all at once, and keep the tables
    of each font by itself. Raises OSError.

    A font that leaves none is kept, too: it is not tried again.
    """
    more = Access(read=(str(root()),))
    with contextlib.ExitStack() as stack:
        begun = []
        for part in parts:
            scratch = stack.enter_context(cache.scratch(root()))
            for font in part:
                disk.write(scratch / font.name, font.content)
                font.date(scratch / font.name)
            names = [font.asked for font in part]
            started = start(*_document(engine, scratch, names, False), more=more)
            if not isinstance(started, Run):
                stack.callback(stop, started)
            begun.append((part, scratch, started))
        for part, scratch, started in begun:
            ended = started if isinstance(started, Run) else finish(started)
            if ended.status is None or ended.reason:
                continue
            for font in part:
                place = _kept(engine, font)
                (place / _TABLES).mkdir(mode=0o700, parents=True, exist_ok=True)
                for ending in (".lua", ".luc"):
                    table = _TABLES / f"{font.stem}{ending}"
                    with contextlib.suppress(FileNotFoundError):
                        (scratch / LUA / table).replace(place / table)


def _prune() -> None:
    """Delete the tables that were made longest ago, of too many."""
    made = sorted((root() / "beside").glob("*"), key=lambda place: place.stat().st_mtime)
    for place in made[: max(0, len(made) - _KEEP)]:
        shutil.rmtree(place, ignore_errors=True)


def keep(folder: Path, engine: Path) -> None:
    """Make for all documents the tables that a run in `folder` made for itself.

    Only names of fonts are taken from there, and only the system's own fonts are set.
    Raises nothing.
    """
    common = shared(engine)
    new = _fonts(folder / LUA) - _fonts(common) - {font.stem for font in _beside(folder)}
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


def _document(
    engine: Path, scratch: Path, fonts: Sequence[str], lists: bool
) -> tuple[list[str], Path, dict[str, str], Limits]:
    """Write a document that sets some fonts; return how it is run."""
    asked = [*fonts, *(["name:Latin Modern Roman"] * lists)]
    lines = [rf"{{\font\cvtexfont={{{font}}}\cvtexfont A}}" for font in asked]
    text = "\n".join([r"\documentclass{article}", r"\begin{document}", *lines, r"\end{document}"])
    (scratch / f"{JOB}.tex").write_text(text + "\n", encoding="utf-8")
    environ = {**environment(scratch, 0), "TEXMFCACHE": paths(scratch, engine)}
    command = [str(engine), "-interaction=nonstopmode", "-no-shell-escape", f"{JOB}.tex"]
    return command, scratch, environ, _LIMITS


def _make(engine: Path, common: Path, fonts: list[str], lists: bool) -> None:
    """Set fonts in a document of cvtex's own, and keep what luaotfload leaves."""
    with cache.scratch(root()) as scratch:
        more = Access(read=(str(root()),))
        ended = run(*_document(engine, scratch, [f"[{font}]" for font in fonts], lists), more=more)
        if ended.status is None or ended.reason:
            return
        (common / _TABLES).mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (scratch / LUA / _TABLES).glob("*.lu[ac]"):
            file.replace(common / _TABLES / file.name)
        for name in fonts:  # a font of the document's own is not the system's
            (common / _TABLES / f"{name}{_TRIED}").touch()
        if lists and not (common / _NAMES).is_dir():
            (scratch / LUA / _NAMES).rename(common / _NAMES)
