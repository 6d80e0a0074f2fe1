"""Colours by name, and the contrast of text in them (WCAG 2.1)."""

from __future__ import annotations

import pytest

from cvtex.latex import Colour, themes
from cvtex.latex.measures import Colour as Measured

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
