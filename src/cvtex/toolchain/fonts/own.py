"""A family of the user's own: which files of a folder of the project are its regular, bold,
italic and so on, by what the fonts say of themselves (OpenType: `name`, `OS/2`)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cvtex import disk, programs
from cvtex.home import is_ours
from cvtex.latex.fonts import FontFamily
from cvtex.records import dataclass
from cvtex.toolchain.fonts.carried import LARGEST, folder

SUFFIXES = (".otf", ".ttf")
OTHERS = {
    ".ttc": "a collection",
    ".otc": "a collection",
    ".dfont": "a collection",
    ".woff": "a web font",
    ".woff2": "a web font",
    ".eot": "a web font",
    **dict.fromkeys((".pcf", ".bdf", ".fon"), "a bitmap font"),
    **dict.fromkeys((".pfb", ".pfa", ".afm"), "a Type 1 font"),
}
MOST = 64
"""Fonts in a folder."""
PATIENCE = 60.0
_REGULAR = (350, 500)
"""The weights of a regular (OpenType, `usWeightClass`)."""
VERSION = 4
"""Of what is kept of a font's own words."""


class Wrong(ValueError):
    """Says what is wrong with a family, and what helps."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A family, and what the user should know of it."""

    family: FontFamily
    remarks: tuple[str, ...] = ()
    small_caps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Font:
    path: Path
    families: tuple[str, ...]
    weight: int
    width: int
    italic: bool
    sans: bool
    restricted: bool
    small_caps: bool = False
    lacks: str = ""


def find(project: Path, name: str, files: str) -> Found:
    """Return the family of that name in a folder (or one file) of the project. Raises Wrong."""
    paths = _files(project, files)
    fonts: list[_Font] = []
    for path, facts in zip(paths, _examined(paths), strict=True):
        if fault := facts.pop("fault", None):
            hint = facts.get("hint", "take the file away, or a whole one")
            raise Wrong(f"the font {path.name} {fault}", hint)
        if facts.pop("variable"):
            hint = "take the static fonts of the family: its Regular, Bold, Italic"
            raise Wrong(f"{path.name} is a variable font, which TeX cannot set", hint)
        facts["families"] = tuple(facts["families"])
        fonts.append(_Font(path=path, **facts))
    found = [font for font in fonts if _plain(name) in map(_plain, font.families)]
    if not found:
        others = list(dict.fromkeys(font.families[0] for font in fonts if font.families))
        there = f"there is {', '.join(others[:6])}" if others else "the fonts there say no name"
        raise Wrong(f"there is no font of the family {name} in {files}", there)
    return _chosen(name, found)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _files(project: Path, files: str) -> list[Path]:
    """Return the font files in a folder of the project. Raises Wrong."""
    root = project.resolve()
    try:
        place = (root / files).resolve()
        inside = place.is_relative_to(root)
        found = sorted(place.iterdir()) if place.is_dir() else [place] * place.is_file()
    except (OSError, RuntimeError, ValueError):  # a name too long, a loop of links
        inside, found = True, []
    if not inside:
        raise Wrong(f"the folder {files} is outside of the project", "copy the fonts into it")
    if not found:
        hint = "its path is counted from the project's folder"
        raise Wrong(f"there is no folder {files} with fonts in it", hint)
    fonts = [path for path in found if path.suffix.lower() in SUFFIXES]
    if not fonts:
        kinds = [OTHERS[s] for path in found if (s := path.suffix.lower()) in OTHERS]
        hint = "TeX sets .otf and .ttf" + (f"; there is {kinds[0]}" if kinds else "")
        raise Wrong(f"there is no font in {files}", hint)
    if len(fonts) > MOST:
        raise Wrong(f"there are more than {MOST} fonts in {files}", "give the family a folder")
    for path in fonts:
        if not path.resolve().is_relative_to(root):
            raise Wrong(f"the font {path.name} is a link out of the project", "copy it there")
        if not path.is_file():
            raise Wrong(f"{path.name} is no file")
        if path.stat().st_size > LARGEST:
            raise Wrong(f"the font {path.name} is larger than {LARGEST // 10**6} MB")
    return fonts


def _chosen(name: str, fonts: Sequence[_Font]) -> Found:
    """Return the family that some fonts make."""
    remarks: list[str] = []

    def nearest(weight: int, italic: bool, least: int = 0, most: int = 1000) -> _Font | None:
        some = [f for f in fonts if f.italic == italic and least <= f.weight <= most]
        return min(
            some,
            key=lambda f: (abs(f.width - 5), abs(f.weight - weight), f.path.name),
            default=None,
        )

    regular = nearest(400, False) or nearest(400, True)
    assert regular
    bold = nearest(700, False, max(600, regular.weight + 100))
    italic = nearest(regular.weight, True, most=500)
    bold_italic = nearest((bold or regular).weight, True, 600)
    instead = f"is set in {regular.path.name}"
    if regular.italic or not _REGULAR[0] <= regular.weight <= _REGULAR[1]:
        remarks.append(f"the family {name} has no regular: plain text {instead}")
    if not bold:
        remarks.append(f"the family {name} has no bold: bold text {instead}")
    if not italic:
        remarks.append(f"the family {name} has no italic: italic text {instead}")
    if lacks := sorted({c for font in fonts for c in font.lacks}):
        remarks.append(f"the family {name} has no {' '.join(lacks)}, which the themes set")
    if any(font.restricted for font in fonts):
        remarks.append(f"the family {name} says that its licence forbids to embed it in a document")
    bold, italic = bold or regular, italic or regular
    weights = []
    for series, weight, low, high in (("l", 300, 200, 350), ("sb", 600, 500, 650)):
        upright = nearest(weight, False, low, high)
        if upright and upright not in (regular, bold):
            slanted = nearest(weight, True, low, high) or italic
            weights.append((series, _name(upright.path), _name(slanted.path)))
    used = {_name(font.path): str(font.path) for font in fonts}
    digest = hashlib.sha256("\n".join(sorted(used)).encode()).hexdigest()[:6]
    family = FontFamily(
        regular=_name(regular.path),
        bold=_name(bold.path),
        italic=_name(italic.path),
        bold_italic=_name((bold_italic or (bold if italic is regular else italic)).path),
        weights=tuple(weights),
        carried=f"own-{re.sub('[^a-z0-9]+', '', name.lower())[:20]}{digest}",
        sans=regular.sans,
        origins=tuple(used.items()),
    )
    return Found(family=family, remarks=tuple(remarks), small_caps=bold.small_caps)


def _name(path: Path) -> str:
    """Return the name by which TeX finds a font of the user's beside the document."""
    bare = re.sub("[^A-Za-z0-9-]+", "", path.stem)[:40]
    digest = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()[:4]
    return f"own-{bare}-{digest}x{path.suffix.lower()}"


# ---- what fonts say of themselves ------------------------------------------------------------


def _examined(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return what each font says of itself, or its fault; kept by the font's content."""
    entries = [_entry(path) for path in paths]
    known = [_stored(entry) for entry in entries]
    missing = [path for path, facts in zip(paths, known, strict=True) if facts is None]
    asked = dict(zip(missing, _asked(missing), strict=True)) if missing else {}
    for path, entry in zip(paths, entries, strict=True):
        facts = asked.get(path)
        if entry and facts and "fault" not in facts and is_ours(entry.parent):
            with contextlib.suppress(OSError):
                disk.write(entry, json.dumps(facts).encode(), within=entry.parent, mode=0o600)
    return [dict(facts or asked[path]) for path, facts in zip(paths, known, strict=True)]


def _entry(path: Path) -> Path | None:
    with contextlib.suppress(OSError):
        digest = hashlib.sha256(disk.read(path, LARGEST)).hexdigest()[:32]
        return folder() / f"{digest}-says-{VERSION}"
    return None


def _stored(entry: Path | None) -> dict[str, Any] | None:
    if entry is None or not is_ours(entry.parent):
        return None
    try:
        facts = json.loads(disk.read(entry, 10_000, within=entry.parent))
        _Font(path=entry, **{key: facts[key] for key in facts if key != "variable"})
        return {**facts, "variable": facts["variable"]}
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _asked(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Ask a process that the system ends if a font makes it run on or swell."""
    command = [sys.executable, "-P", "-m", "cvtex.toolchain.fonts.opentype", *map(str, paths)]
    ends = "cannot be used: reading it does not end, or needs too much memory"
    try:
        ran = programs.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
        output = ran.stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    except OSError as failure:
        return [{"fault": f"cannot be read: {failure.strerror}"} for _ in paths]
    answers: list[dict[str, Any]] = []
    for line in output.splitlines():
        with contextlib.suppress(ValueError):
            answers.append(json.loads(line))
    return [*answers, *({"fault": ends} for _ in paths)][: len(paths)]
