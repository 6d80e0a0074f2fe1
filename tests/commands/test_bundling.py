"""What a bundle or the wheel of TeX is made of: each choice of each theme that it can set."""

from __future__ import annotations

import pytest

from cvtex.commands.bundling import _variants
from cvtex.latex import CARRIED
from cvtex.latex.themes import find, themes
from cvtex.latex.typefaces import WITHOUT_SMALL_CAPS
from shared import ROOT


@pytest.mark.parametrize("theme", sorted(themes(ROOT)))
def test_each_choice_is_in_a_sample_that_can_be_set(theme: str) -> None:
    """Titles in small capitals stand with no face that has none: that would leave out a sample
    and with it all other choices in it, moderncv's style classic for one."""
    kind = find(theme, ROOT).load()
    small, seen = f"meta.themes.{theme}.titles=small-caps", set()
    default = str(getattr(kind.Options(), "titles", ""))
    for choices in _variants(theme, kind):
        seen |= {*choices}
        own = dict(choice.split("=", 1) for choice in choices)
        font = own.get(f"meta.themes.{theme}.font", "")
        titles = own.get(f"meta.themes.{theme}.titles", default)
        assert not (titles == "small-caps" and font in WITHOUT_SMALL_CAPS - CARRIED), choices
        if small in choices:
            assert font == "lmodern", choices
    if hasattr(kind.Options(), "font"):
        assert {f"meta.themes.{theme}.font={font}" for font in ("heros", "lmsans")} & seen
