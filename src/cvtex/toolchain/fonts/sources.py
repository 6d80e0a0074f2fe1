"""Where the files of the typefaces that TeX does not have come from, and where they lie.

A face has one or several sources: a package of PyPI, which may be in cvtex's own
environment, or one of Debian. A file is asked for by the name that `latex.typefaces` gives it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from cvtex.records import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A package that brings a face.

    `pip` and `folder` are PyPI's: the package, and where in its module the files lie.
    `debian` is Debian's. `names` are the files that have another name there.
    """

    pip: str = ""
    folder: str = ""
    debian: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def module(self) -> str:
        """The module that the package of PyPI installs."""
        return self.pip.replace("-", "_")

    @property
    def command(self) -> str:
        """What a person types to bring it."""
        return f"pip install {self.pip}" if self.pip else f"apt-get install {self.debian}"


def _of_pip(name: str, folder: str = "files") -> Source:
    return Source(pip=name, folder=folder)


_LIBERTINE = {"Regular": "R", "Italic": "RI", "Bold": "RB", "BoldItalic": "RBI"}

SOURCES: Mapping[str, tuple[Source, ...]] = {
    "source-sans": (_of_pip("font-source-sans-pro"),),
    "source-serif": (_of_pip("font-source-serif-pro"),),
    "roboto": (_of_pip("font-roboto"), Source(debian="fonts-roboto-unhinted")),
    "lato": (
        _of_pip("fontpkg-lato"),
        Source(debian="fonts-lato"),
        _of_pip("rendercv-fonts", "Lato"),
    ),
    "inter": (Source(debian="fonts-inter"),),
    "open-sans": (Source(debian="fonts-open-sans"), _of_pip("rendercv-fonts", "Open Sans")),
    "fira-sans": (_of_pip("fontpkg-fira-sans"),),
    # Debian's has no bold italic, and its bold lacks dashes, quotation marks and most accents
    "eb-garamond": (_of_pip("rendercv-fonts", "EB Garamond"),),
    "libertine": (
        Source(
            debian="fonts-linuxlibertine",
            names={f"LinLibertine-{a}.otf": f"LinLibertine_{b}.otf" for a, b in _LIBERTINE.items()},
        ),
    ),
    "charter": (_of_pip("rendercv-fonts", "XCharter"),),
}
"""The sources of each carried face of `latex.typefaces`, the preferred first."""


def find(face: str, file: str) -> Path | None:
    """Return where a file of a face lies, from the first of its sources that is here."""
    from cvtex.toolchain.fonts.files import locate

    for source in SOURCES.get(face, ()):
        name = source.names.get(file, file)
        if source.pip:
            folder = _module(source.module)
            path = folder / source.folder / name if folder else None
            if path and path.is_file():
                return path
        elif path := locate(name):
            return path
    return None


def licence(face: str, file: str) -> Path | None:
    """Return the file with the licence of a face, from the package that its `file` is of."""
    path = find(face, file)
    if path is None:
        return None
    for folder in (path.parent, path.parent.parent):
        for name in ("OFL.txt", "LICENSE.txt", "LICENSE", "LICENCE", "COPYING"):
            if (folder / name).is_file():
                return folder / name
    papers = (Path("/usr/share/doc", source.debian, "copyright") for source in SOURCES[face])
    return next((paper for paper in papers if paper.is_file()), None)


@functools.cache
def _module(name: str) -> Path | None:
    """Return the folder of a module of this environment, without importing it."""
    from importlib.util import find_spec

    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def look_anew() -> None:
    """Forget which packages are here: some may have come."""
    import importlib

    importlib.invalidate_caches()
    _module.cache_clear()
