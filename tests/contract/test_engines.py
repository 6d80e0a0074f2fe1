"""Which toolchain stands for each engine when a theme is tried."""

from __future__ import annotations

from pathlib import Path

from cvtex.contract.samples import engines
from cvtex.latex import shipped_theme
from cvtex.toolchain.model import Toolchain


def test_a_toolchain_of_its_own_is_used_where_it_is_alone_or_named() -> None:
    theme = shipped_theme("classic")
    system = Toolchain(name="latexmk", program=Path("l"), engines={"pdflatex": Path("p")})
    own = Toolchain(name="tectonic", program=Path("t"), engines={"xelatex": Path("t")})
    assert engines(theme, [system, own]) == {"pdflatex": system}
    assert engines(theme, [own]) == {"tectonic": own}
    assert engines(theme, [system, own], ["tectonic"]) == {"pdflatex": system, "tectonic": own}
