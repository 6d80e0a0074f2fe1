"""A CV that is ready for any form, for tests of forms."""

from __future__ import annotations

from pathlib import Path

from cvtex import source
from cvtex.pipeline import manuscript, preparation
from cvtex.pipeline.preparation import Prepared


def prepare(path: Path) -> Prepared:
    """Return the public CV of a path in the theme classic."""
    project = source.find(path, public=True, environ={})
    written = manuscript.of(project, source.read(project))
    assert written
    prepared, problems = preparation.prepare(
        written, "classic", engine="xelatex", available={"xelatex": "latexmk"}
    )
    assert prepared, problems
    return prepared
