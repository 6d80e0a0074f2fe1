"""Every theme comes out of the fast path as it comes out of the plain one."""

from __future__ import annotations

from pathlib import Path

import pytest

import cvtex
from shared import KIN, often

pytestmark = pytest.mark.tex
ROOT = Path(__file__).resolve().parents[3]
THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))


@pytest.mark.parametrize("theme", often(zip(THEMES), lambda theme: theme not in KIN))
def test_a_theme_is_the_same_document_on_both_paths(
    theme: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = []
    for name, cache in (("plain", False), ("cold", True), ("warm", True)):
        out = tmp_path / f"{name}.pdf"
        built = cvtex.build(project, theme=theme, engine="pdflatex", output=out, cache=cache)
        made.append((out, built.built[0].pages, built.diagnostics))
    entries = list((tmp_path / "cache" / "cvtex" / "fast").glob("*/cv.fmt"))
    assert len(entries) == 1, "the theme's preamble is precompiled"
    (plain, pages, told), *others = made
    for pdf, *rest in others:
        assert rest == [pages, told]
        assert pdf.read_bytes() == plain.read_bytes(), "byte for byte"
