"""The LaTeX of every theme for every sample, as it was when somebody last read it.

A change of these files is a change of every user's CV: `pytest --renew tests/latex/test_golden.py`
writes them anew, and the difference is read before it is committed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import source
from cvtex.contract.samples import samples
from cvtex.latex import themes
from cvtex.pipeline import manuscript, preparation

GOLDEN = Path(__file__).parents[1] / "expected" / "tex"
SAMPLES = ("full", "smallest", "scholar", "long")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("theme", sorted(themes.themes(None)))
def test_the_latex_is_as_it_was_read(theme: str, sample: str, renew: bool) -> None:
    project = source.find(samples() / f"{sample}.yaml", public=False)
    reading = source.read(project)
    written = manuscript.of(project, reading)
    assert written, reading.diagnostics
    prepared, problems = preparation.prepare(
        written, theme, engine="pdflatex", available={"pdflatex": "latexmk"}
    )
    assert prepared, problems
    golden = GOLDEN / theme / f"{sample}.tex"
    if renew:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(prepared.tex, encoding="utf-8")
    assert prepared.tex == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_theme_and_sample() -> None:
    known = {f"{theme}/{sample}.tex" for theme in themes.themes(None) for sample in SAMPLES}
    there = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.tex")}
    assert there == known
