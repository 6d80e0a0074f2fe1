"""Every theme by XeLaTeX and LuaLaTeX comes out without latexmk as it comes out with it."""

from __future__ import annotations

import subprocess
from itertools import product
from pathlib import Path

import pytest

import cvtex
from cvtex import toolchain
from cvtex.toolchain.texlive import ahead_unicode, unicode
from shared import FIRST, KIN, often

pytestmark = pytest.mark.tex
ROOT = Path(__file__).resolve().parents[3]
THEMES = sorted({path.parent.name for path in (ROOT / "themes").glob("*/theme.py")} - KIN)


def read(program: str, *arguments: str, pdf: Path) -> bytes:
    command = [program, *arguments, str(pdf), *(["-"] if program == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    ("theme", "engine"),
    often(product(THEMES, unicode.ENGINES), lambda theme, engine: theme in FIRST),
)
def test_a_theme_is_the_same_document_both_ways(
    theme: str, engine: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine not in toolchain.find("latexmk")[0].engines:
        pytest.skip(f"there is no {engine}")
    made = []
    used: list[Path] = []
    take = ahead_unicode.Ahead.hand_over

    def hand_over(engine: ahead_unicode.Ahead, folder: Path) -> None:
        used.append(folder)
        take(engine, folder)

    monkeypatch.setattr(ahead_unicode.Ahead, "hand_over", hand_over)
    for name, cache in (("plain", False), ("direct", True), ("ahead", True)):
        with (project / "data" / "work.yaml").open("a") as file:
            file.write(f"# {name}\n")
        (built,) = (result := cvtex.build(project, theme=theme, engine=engine, cache=cache)).built
        assert built.pdf
        made.append((built.pdf.rename(tmp_path / f"{name}.pdf"), built.pages, result.diagnostics))
    assert len(used) == 1, "the last build was begun ahead"
    (plain, pages, told), *others = made
    for pdf, *rest in others:
        assert rest == [pages, told]
        assert read("pdftotext", "-layout", pdf=pdf) == read("pdftotext", "-layout", pdf=plain)
        assert read("pdftoppm", "-r", "110", pdf=pdf) == read("pdftoppm", "-r", "110", pdf=plain)
        assert pdf.read_bytes() == plain.read_bytes()
