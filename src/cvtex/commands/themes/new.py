"""`cvtex themes new`: a theme of one's own, begun with one that is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click

from cvtex import disk, trust
from cvtex.commands import say
from cvtex.diagnostics import CvtexError, Source, error

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
STARTER = "starter"
BASED = """\
# This theme began as a copy of cvtex's theme {base}, and is yours. How a theme is written:
# docs/themes.md of cvtex. `cvtex themes check {name}` tells what it lacks, and
# `cvtex themes preview {name} -o {name}.png` shows it.
"""


def new(name: str, path: Path, base: str | None) -> int:
    """Write the theme `name` into `themes/` of the project at `path`, trust it, print its folder.

    Without a `base` it is a small one with comments. Raises `CvtexError`, and writes
    nothing, if there is something of that name already.
    """
    if not NAME.fullmatch(name):
        raise click.BadParameter("a theme's name is of letters a-z, digits and single hyphens")
    if not path.is_dir():
        raise click.BadParameter(f"{path} is no folder; a theme goes into a project's themes/")
    folder = path / "themes" / name
    shown = Source(f"themes/{name}")
    if folder.exists() or folder.is_symlink():
        raise CvtexError([error("it is there already", shown, "choose another name")])
    if base is None and name in _known():
        hint = f"choose another name, or say --based-on {name} to change that one"
        raise CvtexError([error(f"cvtex ships a theme {name}", shown, hint)])
    files = _files(name, base)
    for file, content in files.items():
        disk.write(folder / file, content, within=path)
    trust.remember(folder)
    say(folder)
    where = "" if path.resolve() == Path.cwd() else f"{path} "
    say(f"now: cvtex build {where}--theme {name}", err=True)
    return 0


def _known() -> list[str]:
    """Return the names of the themes that may be copied: shipped and installed ones."""
    from cvtex.latex.themes import themes

    return list(themes(None))


def _files(name: str, base: str | None) -> Mapping[str, bytes]:
    """Return the new theme's files: those of the other theme, which call it by its new name."""
    from cvtex import latex
    from cvtex.latex.themes import ThemeFolder, find

    if base is None:
        folder = ThemeFolder(STARTER, Path(latex.__file__).parent / STARTER)
        return {
            path.name.replace(STARTER, name): path.read_text("utf-8")
            .replace(STARTER, name)
            .encode()
            for path in (folder.folder / "theme.py", *folder.files())
        }
    folder = find(base, None)
    files = {path.name: path.read_bytes() for path in folder.files()}
    code = (folder.folder / "theme.py").read_text("utf-8")
    code = re.sub(rf'\A"""{re.escape(base)}\b', f'"""{name}', code)
    code = code.replace(f"meta.themes.{base}", f"meta.themes.{name}")
    return files | {"theme.py": (BASED.format(base=base, name=name) + code).encode()}
