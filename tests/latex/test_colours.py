"""Colours by name, and the contrast of text in them (WCAG 2.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex.latex import Colour, themes
from cvtex.latex.measures import Colour as Measured
from shared import Program

WHITE = Colour("FFFFFF")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("000000", "FFFFFF", 21), ("777777", "FFFFFF", 4.48), ("FFFFFF", "FFFFFF", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert Colour(one).contrast(Colour(other)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("name", Measured.NAMES)
def test_each_name_is_a_colour_that_is_read_on_white(name: str) -> None:
    assert Colour(Colour.parse(name)).contrast(WHITE) >= 4.5


@pytest.mark.parametrize("name", sorted(themes.themes(None)))
def test_each_default_colour_of_a_theme_is_read_on_white(name: str) -> None:
    options = themes.find(name, None).load().Options()
    accent = getattr(options, "accent", None)
    assert accent is None or Colour(accent).contrast(WHITE) >= 4.5


def test_a_name_that_is_none_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="or is one of black, blue, brown"):
        Colour.parse("blurple")


@pytest.mark.parametrize(
    ("accent", "said"),
    [
        ("1F3A5F", ""),
        ("orange", ""),
        ("FFDD00", "the accent FFDD00 is too light"),
        ("777", "4.5 to 1"),
    ],
)
def test_an_accent_that_is_too_light_is_told_where_it_stands(
    tmp_path: Path, cvtex: Program, accent: str, said: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "basics.yaml").write_text("name: Ada Fjord\n")
    meta = f"theme: classic\nthemes:\n  classic:\n    accent: '{accent}'\n"
    (tmp_path / "data" / "meta.yaml").write_text(meta)
    run = cvtex("validate", cwd=tmp_path)
    assert run.status == 0
    assert said in run.err
    assert ("data/meta.yaml:4:13: warning: " in run.err) == bool(said)
