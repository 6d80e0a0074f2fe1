"""Titles in capitals, in small capitals, or as they are written, in every theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex.latex import themes
from cvtex.latex.typefaces import TYPEFACES, WITHOUT_SMALL_CAPS
from cvtex.pdf import readback
from cvtex.toolchain.fonts import choice

CV = """\
basics: {name: Ada Byron}
work: [{name: Employer, position: Position, startDate: 2020}]
projects: [{name: Engine, description: It computes.}]
"""


def cv(folder: Path, theme: str, *options: str) -> Path:
    data = folder / "cv.yaml"
    lines = "".join(f"      {option}\n" for option in options)
    data.write_text(f"{CV}meta:\n  theme: {theme}\n  themes:\n    {theme}:\n{lines}", "utf-8")
    return data


@pytest.mark.parametrize("theme", themes.themes(None))
def test_each_form_in_the_latex(theme: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = {}
    for form in ("capitals", "small-caps", "written"):
        data = cv(tmp_path, theme, f"titles: {form}", "font: source-sans")
        done = cvtex("build", data, "--no-pdf")
        assert done.status == 0, done.err
        found[form] = next((tmp_path / "build").rglob("cv.tex")).read_text("utf-8")
    assert "EXPERIENCE" in found["capitals"] and "\\cvsmallcaps" not in found["capitals"]
    assert "Experience" in found["small-caps"] and "\\cvsmallcaps" in found["small-caps"]
    assert "Experience" in found["written"] and "\\cvsmallcaps" not in found["written"]


@pytest.mark.parametrize(
    ("theme", "options", "line"),
    [
        ("classic", ("font: lmsans", "titles: small-caps"), 9),
        ("jake", ("font: lmsans",), 8),
        ("moderncv", ("style: classic", "titles: small-caps"), 9),
    ],
)
def test_a_face_without_them_is_told(  # type: ignore[no-untyped-def]
    theme: str, options: tuple[str, ...], line: int, cvtex, tmp_path: Path
) -> None:
    done = cvtex("build", cv(tmp_path, theme, *options), "--no-pdf")
    assert done.status == 1
    assert f"cv.yaml:{line}:" in done.err and "has no small capitals" in done.err


def test_the_table_says_what_the_fonts_say() -> None:
    from fontTools.ttLib import TTFont

    from cvtex.toolchain.fonts.opentype.layout import substitutes

    seen = 0
    for name, typeface in TYPEFACES.items():
        family = typeface.family
        if family is None or not family.carried or not (place := choice.place(family, family.bold)):
            continue
        with TTFont(place, lazy=True) as font:
            assert bool(substitutes(font, "smcp")) is (name not in WITHOUT_SMALL_CAPS), name
        seen += 1
    assert seen >= 2  # Source Sans and Source Serif come with cvtex


@pytest.mark.tex
def test_small_capitals_are_smaller_and_read_as_written(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    heights = {}
    for form in ("capitals", "small-caps"):
        data = cv(tmp_path, "linear", f"titles: {form}")
        done = cvtex("build", data, "-o", tmp_path / f"{form}.pdf")
        assert done.status == 0, done.err
        words = {word.text: word for word in readback.read(tmp_path / f"{form}.pdf")[0].words}
        title = words["EXPERIENCE" if form == "capitals" else "Experience"]
        heights[form] = title.end - title.x
    assert heights["small-caps"] < 0.95 * heights["capitals"]
