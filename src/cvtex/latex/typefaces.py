r"""The typefaces that shipped themes offer, and how each engine gets them.

Latin Modern comes with every TeX that cvtex installs. The TeX Gyre faces come
with it for pdfLaTeX; XeLaTeX and LuaLaTeX need their OpenType files, which Debian
keeps in `fonts-texgyre`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pylatex.utils import NoEscape

from cvtex.latex.fonts import FontFamily
from cvtex.records import dataclass

TypefaceName = Literal["lmodern", "lmsans", "pagella", "termes", "heros"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A typeface: its OpenType files, and what pdfLaTeX's preamble has to say for it.

    Without `family` it is what `fonts.declare` sets anyway: Latin Modern Roman.
    """

    family: FontFamily | None = None
    pdflatex: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[FontFamily, ...]:
        """What a theme returns from `fonts`."""
        return (self.family,) if self.family else ()

    def lines(self, engine: str) -> tuple[NoEscape, ...]:
        """Return the lines for the preamble, none where `fonts` says it all."""
        return tuple(map(NoEscape, self.pdflatex)) if engine == "pdflatex" else ()


_SANS = r"\renewcommand*{\familydefault}{\sfdefault}"


def _gyre(name: str) -> FontFamily:
    stem = f"texgyre{name}"
    return FontFamily(
        regular=f"{stem}-regular.otf",
        bold=f"{stem}-bold.otf",
        italic=f"{stem}-italic.otf",
        bold_italic=f"{stem}-bolditalic.otf",
    )


TYPEFACES: Mapping[TypefaceName, Typeface] = {
    "lmodern": Typeface(),
    "lmsans": Typeface(
        family=FontFamily(
            regular="lmsans10-regular.otf",
            bold="lmsans10-bold.otf",
            italic="lmsans10-oblique.otf",
            bold_italic="lmsans10-boldoblique.otf",
        ),
        pdflatex=(_SANS,),
    ),
    "pagella": Typeface(family=_gyre("pagella"), pdflatex=(r"\usepackage{tgpagella}",)),
    "termes": Typeface(family=_gyre("termes"), pdflatex=(r"\usepackage{tgtermes}",)),
    "heros": Typeface(family=_gyre("heros"), pdflatex=(r"\usepackage{tgheros}", _SANS)),
}
