"""Density: one number in the document, bounded knobs, never another preamble."""

from __future__ import annotations

import pytest

from cvtex import source
from cvtex.contract.samples import samples
from cvtex.latex import themes
from cvtex.pipeline import manuscript, preparation

BEGIN = r"\begin{document}"
SHIPPED = sorted(themes.themes(None))


def tex(theme: str, *choices: str) -> str:
    overrides = [f"meta.themes.{theme}.{choice}" for choice in choices]
    project = source.find(samples() / "full.yaml", public=False, overrides=overrides)
    written = manuscript.of(project, source.read(project))
    assert written
    prepared, _ = preparation.prepare(
        written, theme, engine="pdflatex", available={"pdflatex": "latexmk"}
    )
    assert prepared
    return prepared.tex


@pytest.mark.parametrize("theme", SHIPPED)
def test_density_is_set_in_the_document(theme: str) -> None:
    plain = tex(theme)
    assert r"\cvdensity" not in plain
    for choice, command in (("density=64", "64"), ("spacing=compact", "32")):
        dense = tex(theme, choice)
        assert dense.partition(BEGIN)[0] == plain.partition(BEGIN)[0]
        assert dense.partition(BEGIN)[2].count(rf"\cvdensity{{{command}}}") == 1
    assert tex(theme, "density=0", "spacing=compact") == plain
