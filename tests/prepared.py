"""A CV that is ready for any form, for tests of forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cvtex import source
from cvtex.pipeline import manuscript, preparation
from cvtex.pipeline.preparation import Prepared


def prepare(
    path: Path, theme: str = "classic", overrides: Sequence[str] = (), engine: str = "xelatex"
) -> Prepared:
    """Return the public CV of a path in a theme, as an engine sets it."""
    project = source.find(path, public=True, overrides=tuple(overrides), environ={})
    written = manuscript.of(project, source.read(project))
    assert written
    prepared, problems = preparation.prepare(
        written, theme, engine=engine, available={engine: "latexmk"}
    )
    assert prepared, problems
    return prepared
