"""A CV that is ready for any form, for tests of forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cvtex import source
from cvtex.diagnostics import Diagnostic
from cvtex.pipeline import manuscript, preparation
from cvtex.pipeline.preparation import Prepared
from cvtex.toolchain.fonts.files import locate

HAN = "DroidSansFallbackFull.ttf"
"""The font that sets what is Chinese or Japanese in the samples."""


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
    none_here(problems)
    assert prepared, problems
    return prepared


def none_here(problems: Sequence[Diagnostic]) -> None:
    """Skip a test where a CV cannot be set for want of a font that `make test` installs."""
    if locate(HAN) is None and any(p.message.startswith("no font here has") for p in problems):
        pytest.skip(f"{HAN} is not here")
