"""The table of the toolchains: one row each, and all else that knows their names asks it.

Another way to run TeX is a row here, and a module that meets `toolchain.model.Runner`.
"""

from __future__ import annotations

from cvtex.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A toolchain as it is known before anything of it is loaded.

    `name` is what `--toolchain` takes, `module` what runs it, `package` what
    `cvtex toolchain install` calls it, `brought` the command that brings it. Its engines are
    those of the system, or it brings one itself: then `own` is that engine, of the family
    `family`, and the toolchain's name stands for it where engines are listed. `version` is
    the option by which its program tells its version.
    """

    name: str
    title: str
    module: str
    brought: str
    package: str
    own: str = ""
    family: str = ""
    version: str = "--version"


TABLE = (
    Row(
        name="latexmk",
        title="TeX Live",
        module="cvtex.toolchain.texlive",
        package="texlive",
        brought="cvtex toolchain install texlive",
        version="-version",
    ),
    Row(
        name="wheel",
        title="TeX in a wheel, cvtex-tex",
        module="cvtex.toolchain.wheel",
        package="wheel",
        brought="cvtex toolchain install wheel",
        own="pdflatex",
        family="pdfTeX",
    ),
    Row(
        name="tectonic",
        title="Tectonic",
        module="cvtex.toolchain.tectonic",
        package="tectonic",
        brought="cvtex toolchain install tectonic",
        own="xelatex",
        family="XeTeX",
    ),
)
"""The preferred one first."""

ROWS = {row.name: row for row in TABLE}
NAMES = tuple(ROWS)
OWN = {row.name: row.own for row in TABLE if row.own}
"""The engines that toolchains bring themselves, by the toolchain's name."""


def engine_of(name: str) -> str:
    """Return the engine that a name stands for: an engine's own, or that of a toolchain."""
    return OWN.get(name, name)
