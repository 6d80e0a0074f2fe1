"""Which citation styles there are, and the one that a CV asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from cvtex.citation.style import Style, read
from cvtex.diagnostics import CvtexError, Source, error
from cvtex.model import Resume

SHIPPED = Path(__file__).parent / "styles"


def names() -> tuple[str, ...]:
    """Return the names of the styles that come with cvtex."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def find(name: str, folders: Iterable[Path] = (), source: Source | None = None) -> Style:
    """Return a style by name, from the folders of a project or from cvtex itself.

    CvtexError if there is none (at `source`, where it was asked for), or if its
    file is wrong.
    """
    if name.startswith("csl:"):
        from cvtex.citation import cslstyle

        return cslstyle.find(name, {}, next((f.parent for f in folders), None), source)
    for folder in (*folders, SHIPPED):
        path = folder / f"{name}.yaml"
        if re.fullmatch(r"[\w-]+", name) and path.is_file():
            return load(path)
    hint = "there are " + ", ".join(names()) + ", and your own in styles/"
    raise CvtexError([error(f"there is no citation style {name}", source, hint)])


def of(resume: Resume) -> Style:
    """Return the style that a CV asks for, one of its own or one of cvtex.

    CvtexError if there is none of that name, or if its file is wrong.
    """
    wanted = resume.meta.publications.style
    if wanted.startswith("csl:"):
        from cvtex.citation import cslstyle

        return cslstyle.find(str(wanted), resume.styles, source=wanted.source)
    if text := resume.styles.get(str(wanted)):
        return _own(text, f"styles/{wanted}.yaml")
    return find(str(wanted), source=wanted.source)


@lru_cache(maxsize=32)
def _own(text: str, file: str) -> Style:
    return read(text, file)


def load(path: Path) -> Style:
    """Return the style of a file; CvtexError with its lines if it is wrong."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int) -> Style:
    return read(path.read_text("utf-8"), f"styles/{path.name}")
