"""Finding themes: the project's own, those of installed packages, the shipped ones."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from cvtex.diagnostics import CvtexError, Source, error

if TYPE_CHECKING:
    from cvtex.latex.theme import Theme

ENTRY_POINTS = "cvtex.themes"
_LEFT_OUT = {"theme.py", "preview.png"}


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """A theme's folder, and the name that it is built under."""

    name: str
    folder: Path

    def load(self) -> type[Theme]:
        """Run the folder's `theme.py` and return its class `Theme`.

        Raises `CvtexError` with the line of `theme.py` where it fails.
        """
        from cvtex.latex.theme import Theme

        path = self.folder / "theme.py"
        module = ModuleType(f"cvtex_theme_{self.name.replace('-', '_')}")
        spec = importlib.util.spec_from_file_location(module.__name__, path)
        if spec is None or spec.loader is None:
            raise CvtexError([error("this is no Python file", Source(str(path)))])
        module = importlib.util.module_from_spec(spec)
        sys.modules[module.__name__] = module  # dataclasses look their module up
        try:
            spec.loader.exec_module(module)
        except Exception as failure:
            line = _line_in(path, failure)
            message = f"the theme cannot be loaded: {type(failure).__name__}: {failure}"
            raise CvtexError([error(message, Source(str(path), line))]) from failure
        theme = getattr(module, "Theme", None)
        if not (isinstance(theme, type) and issubclass(theme, Theme)):
            hint = "write `class Theme(cvtex.latex.Theme)`"
            raise CvtexError([error("there is no class Theme", Source(str(path)), hint)])
        return theme

    def files(self) -> tuple[Path, ...]:
        """Return what TeX needs beside the document: classes, styles, fonts, pictures."""
        return tuple(
            path
            for path in sorted(self.folder.iterdir())
            if path.is_file() and path.name not in _LEFT_OUT and path.suffix != ".py"
            and not path.name.startswith(".")
        )  # fmt: skip


def shared(kind: type[Theme]) -> tuple[Path, ...]:
    """Return the files of cvtex's own that a theme loads."""
    return tuple(Path(__file__).parent / "shared" / name for name in kind.shared)


def shipped() -> Path:
    """Return the folder of the themes that come with cvtex."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "themes"
    return inside if inside.is_dir() else package.parents[1] / "themes"


def themes(root: Path | None) -> Mapping[str, ThemeFolder]:
    """Return every theme by name: the project's over installed ones over shipped ones."""
    found: dict[str, ThemeFolder] = {}
    for name, folder in (*_folders(shipped()), *_installed(), *_folders(root and root / "themes")):
        found[name] = ThemeFolder(name, folder)
    return dict(sorted(found.items()))


def find(wanted: str, root: Path | None) -> ThemeFolder:
    """Return a theme by its name, or by its folder where the word holds a slash.

    Raises `CvtexError` if there is none, with the nearest name as a hint.
    """
    if "/" in wanted or wanted in (".", ".."):
        folder = Path(wanted)
        if not (folder / "theme.py").is_file():
            raise CvtexError([error(f"there is no theme.py in {wanted}")])
        return ThemeFolder(folder.resolve().name, folder)
    for place in (root and root / "themes", shipped()):
        if place and (place / wanted / "theme.py").is_file():
            return ThemeFolder(wanted, place / wanted)
    known = themes(root)
    if wanted in known:
        return known[wanted]
    import difflib

    near = difflib.get_close_matches(wanted, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
    raise CvtexError([error(f"there is no theme {wanted!r}", hint=hint)])


def _folders(place: Path | None) -> list[tuple[str, Path]]:
    if place is None or not place.is_dir():
        return []
    return [(p.name, p) for p in sorted(place.iterdir()) if (p / "theme.py").is_file()]


def _installed() -> list[tuple[str, Path]]:
    """Return the folders that packages offer: each entry point names a package with a theme.py."""
    from importlib.metadata import entry_points

    found = []
    for point in entry_points(group=ENTRY_POINTS):
        spec = importlib.util.find_spec(point.value)
        for place in (spec and spec.submodule_search_locations) or ():
            if (Path(place) / "theme.py").is_file():
                found.append((point.name, Path(place)))
    return found


def _line_in(path: Path, failure: BaseException) -> int:
    """Return the last line of the theme that the failure went through, 0 if none."""
    if isinstance(failure, SyntaxError):
        return failure.lineno or 0
    line, trace = 0, failure.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
