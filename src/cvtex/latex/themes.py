"""Finding themes: the project's own, those of installed packages, the shipped ones."""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from cvtex import trust as trusting
from cvtex.diagnostics import CvtexError, Source, error
from cvtex.latex import installed
from cvtex.records import dataclass

if TYPE_CHECKING:
    from cvtex.latex.theme import Theme

_LEFT_OUT = {"theme.py", "preview.png"}


class _FromSource(SourceFileLoader):
    """Runs what `theme.py` says, never a compiled file that a project has brought along."""

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = self.source_to_code(self.get_data(self.path), self.path)
        return code


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """A theme's folder, and the name that it is built under.

    `owner` is the folder whose trust decides whether it may run: that of the project,
    or the theme's own where it lies elsewhere; None for shipped and installed ones.
    """

    name: str
    folder: Path
    owner: Path | None = None

    def load(self, trust: bool = False) -> type[Theme]:
        """Run the folder's `theme.py` and return its class `Theme`.

        Raises `UntrustedError` where the theme may not run, `CvtexError` with the
        line of `theme.py` where it fails.
        """
        if not (trust or self.is_trusted()):
            assert self.owner is not None
            raise trusting.UntrustedError(self.name, self.owner, self._shown())
        path = self.folder / "theme.py"
        if self.folder.parent == shipped():
            state = path.stat()
            return _once(self, state.st_size, state.st_mtime_ns)
        return self._run()

    def _run(self) -> type[Theme]:
        """Run the folder's `theme.py` as it is now."""
        from cvtex.latex.theme import Theme

        path = self.folder / "theme.py"
        name = f"cvtex_theme_{self.name.replace('-', '_')}"
        loader = _FromSource(name, str(path)) if self.owner else SourceFileLoader(name, str(path))
        spec = importlib.util.spec_from_file_location(name, path, loader=loader)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up
        try:
            spec.loader.exec_module(module)
        except Exception as failure:
            line = _line_in(path, failure)
            said = failure.msg if isinstance(failure, SyntaxError) else failure
            message = f"the theme cannot be loaded: {type(failure).__name__}: {said}"
            raise CvtexError([error(message, Source(self._shown(), line))]) from failure
        theme = getattr(module, "Theme", None)
        if not (isinstance(theme, type) and issubclass(theme, Theme)):
            hint = "write `class Theme(cvtex.latex.Theme)`"
            raise CvtexError([error("there is no class Theme", Source(self._shown()), hint)])
        if self.folder.parent != shipped():
            from cvtex.latex.declared import mistakes

            if found := [*mistakes(theme, path.read_text("utf-8"), self._shown())]:
                raise CvtexError(found)
        return theme

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Turn what the theme's own code raises into an error at its line of `theme.py`.

        A shipped theme's is our fault, and passes as it is.
        """
        try:
            yield
        except CvtexError:
            raise
        except Exception as failure:
            if self.is_shipped():
                raise
            line = _line_in(self.folder / "theme.py", failure)
            what = f"{type(failure).__name__}: {failure}"
            if isinstance(failure, NotImplementedError):
                what = f"it has no method {_innermost(failure)!r}"
            message = f"the theme {self.name} cannot set this CV: {what}"
            raise CvtexError([error(message, Source(self._shown(), line))]) from failure

    def is_trusted(self) -> bool:
        """Tell whether the theme may run: its files are those of a shipped theme, or its
        folder or its project's is trusted."""
        if self.owner is None or trusting.is_trusted(self.owner, self.folder):
            return True
        files = (self.folder / "theme.py", *self.files())
        return any(
            trusting.are_equal(files, (theme / "theme.py", *ThemeFolder(name, theme).files()))
            for name, theme in _folders(shipped())
        )

    def is_shipped(self) -> bool:
        """Tell whether the theme lies where those lie that come with cvtex."""
        return self.folder.resolve().parent == shipped().resolve()

    def _shown(self) -> str:
        """Return `theme.py` as diagnostics name it: from the project's root if it lies in it."""
        path = self.folder / "theme.py"
        if self.owner and path.is_relative_to(self.owner) and self.owner != self.folder:
            return path.relative_to(self.owner).as_posix()
        return os.path.realpath(path)

    def files(self) -> tuple[Path, ...]:
        """Return what TeX needs beside the document: classes, styles, fonts, pictures."""
        return tuple(
            path
            for path in sorted(self.folder.iterdir())
            if path.is_file() and path.name not in _LEFT_OUT and path.suffix != ".py"
            and not path.name.startswith(".")
        )  # fmt: skip


@functools.cache
def _once(theme: ThemeFolder, size: int, time: int) -> type[Theme]:
    """Return the class of a shipped theme, which is run once as long as it is the same."""
    return theme._run()


def shared(kind: type[Theme]) -> tuple[Path, ...]:
    """Return the files of cvtex's own that a document loads in a theme."""
    names = dict.fromkeys(("cvmarks.sty", "cvhead.sty", *kind.shared))
    return tuple(Path(__file__).parent / "shared" / name for name in names)


def letters() -> tuple[Path, ...]:
    """Return the files of cvtex's own that a letter reads, whatever its theme."""
    from cvtex.latex.letter import FILE

    return (Path(__file__).parent / "shared" / FILE,)


@functools.cache
def shipped() -> Path:
    """Return the folder of the themes that come with cvtex."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "themes"
    return inside if inside.is_dir() else package.parents[1] / "themes"


def shipped_theme(name: str) -> type[Theme]:
    """Return a theme that comes with cvtex as a class to extend; its files come along."""
    folder = ThemeFolder(name, shipped() / name)
    if not (folder.folder / "theme.py").is_file():
        raise ValueError(f"cvtex ships no theme {name!r}")
    kind = folder.load()
    files = tuple(str(path.resolve()) for path in folder.files())  # as `shared` finds them
    return type("Theme", (kind,), {"shared": (*kind.shared, *files)})


def themes(root: Path | None) -> Mapping[str, ThemeFolder]:
    """Return every theme by name: of two with one name, the one that `find` finds."""
    found: dict[str, ThemeFolder] = {}
    for theme in _ordered(root):
        found.setdefault(theme.name, theme)
    return dict(sorted(found.items()))


def find(wanted: str, root: Path | None) -> ThemeFolder:
    """Return a theme by its name, or by its folder where the word holds a slash.

    A name is looked for in the project's own `themes/`, in what installed packages offer,
    and among the shipped themes, in this order.
    Raises `CvtexError` if there is none, with the nearest name as a hint.
    """
    if "/" in wanted or wanted in (".", ".."):
        folder = Path(wanted)
        if not (folder / "theme.py").is_file():
            raise CvtexError([error(f"there is no theme.py in {wanted}")])
        return _own(folder.resolve().name, folder, root)
    for theme in _ordered(root):
        if theme.name == wanted:
            return theme
    import difflib

    known = themes(root)
    near = difflib.get_close_matches(wanted, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
    raise CvtexError([error(f"there is no theme {wanted!r}", hint=hint)])


def _ordered(root: Path | None) -> Iterator[ThemeFolder]:
    """Yield every theme that there is, those that stand over others first."""
    yield from _of_project(root)
    yield from _installed()
    for name, folder in _folders(shipped()):
        yield ThemeFolder(name, folder)


def _of_project(root: Path | None) -> Iterator[ThemeFolder]:
    for name, folder in _folders(root and root / "themes"):
        yield _own(name, folder, root)


def _installed() -> Iterator[ThemeFolder]:
    for name, folder in installed.folders():
        yield ThemeFolder(name, folder)


def _own(name: str, folder: Path, root: Path | None) -> ThemeFolder:
    """Return a theme that lies in the project at `root`, or somewhere that somebody named."""
    if ThemeFolder(name, folder).is_shipped():
        return ThemeFolder(name, folder)
    inside = root is not None and folder.resolve().is_relative_to(root.resolve())
    return ThemeFolder(name, folder, root if inside else folder)


def _folders(place: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield the themes that lie in a folder, in the order of their names."""
    if place is None or not place.is_dir():
        return
    for name in sorted(os.listdir(place)):
        if os.path.isfile(f"{place}/{name}/theme.py"):
            yield name, place / name


def _innermost(failure: BaseException) -> str:
    """Return the name of the function that raised."""
    name, trace = "", failure.__traceback__
    while trace:
        name, trace = trace.tb_frame.f_code.co_name, trace.tb_next
    return name


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
