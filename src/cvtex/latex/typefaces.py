r"""The typefaces that shipped themes offer, and how each engine gets them.

Latin Modern comes with every TeX that cvtex installs. The TeX Gyre faces come
with it for pdfLaTeX; XeLaTeX and LuaLaTeX need their OpenType files, which Debian
keeps in `fonts-texgyre`. The others are OpenType families that lie beside the document
(`FontFamily.carried`): XeLaTeX and LuaLaTeX load them, for pdfLaTeX
`cvtex.toolchain.fonts` makes of them what it needs, with a package that declares it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from pylatex.utils import NoEscape

from cvtex.latex.fonts import LATIN_MODERN, FontFamily, package_of
from cvtex.model import Text
from cvtex.records import dataclass, field

Known = Literal[
    "lmodern",
    "lmsans",
    "pagella",
    "termes",
    "heros",
    "source-sans",
    "source-serif",
    "roboto",
    "lato",
    "inter",
    "open-sans",
    "fira-sans",
    "eb-garamond",
    "libertine",
    "charter",
]
"""The typefaces that cvtex knows by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFace:
    """A family of the user's own: its name, and the folder of the project with its files.

    `{name: My Face, files: fonts/}` in `meta.yaml`.
    """

    name: Text
    files: Text


@dataclass(frozen=True, slots=True)
class FoundFace(OwnFace):
    """The same, its files found; whether it has small capitals."""

    family: FontFamily = field(kw_only=True)
    small_caps: bool = False


TypefaceName = Known | OwnFace
"""What the option `font` takes."""

Figures = Literal["lining", "oldstyle"]
"""Figures as high as capitals, or with parts above and below like small letters."""


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


TitleCase = Literal["capitals", "small-caps", "written"]
"""How the titles of sections are set."""

_SANS = r"\renewcommand*{\familydefault}{\sfdefault}"


def _gyre(name: str, sans: bool = False) -> FontFamily:
    stem = f"texgyre{name}"
    return FontFamily(
        regular=f"{stem}-regular.otf",
        bold=f"{stem}-bold.otf",
        italic=f"{stem}-italic.otf",
        bold_italic=f"{stem}-bolditalic.otf",
        sans=sans,
    )


def _carried(name: str, stem: str, ending: str, sans: bool, **weights: str) -> Typeface:
    """Return a family whose files lie beside the document; `weights` say how the names of
    its files end, an italic's after a slash."""

    def file(style: str) -> str:
        return f"{stem}-{style}.{ending}"

    own = {"m": "Regular/Italic", "b": "Bold/BoldItalic", **weights}
    files = {series: tuple(map(file, styles.split("/"))) for series, styles in own.items()}
    (regular, italic), (bold, bold_italic) = files.pop("m"), files.pop("b")
    family = FontFamily(
        regular=regular,
        bold=bold,
        italic=italic,
        bold_italic=bold_italic,
        carried=name,
        sans=sans,
        weights=tuple((series, upright, slanted) for series, (upright, slanted) in files.items()),
    )
    return of_family(family)


def of_family(family: FontFamily) -> Typeface:
    """Return the typeface of a family that lies beside the document."""
    return Typeface(family=family, pdflatex=(rf"\usepackage{{{package_of(family)}}}",))


_LIGHT, _SEMIBOLD = "Light/LightItalic", "SemiBold/SemiBoldItalic"
_SOURCE = {"m": "Regular/It", "b": "Bold/BoldIt", "l": "Light/LightIt", "sb": "Semibold/SemiboldIt"}

_KNOWN: Mapping[Known, Typeface] = {
    "lmodern": Typeface(),
    "lmsans": Typeface(
        family=FontFamily(
            regular="lmsans10-regular.otf",
            bold="lmsans10-bold.otf",
            italic="lmsans10-oblique.otf",
            bold_italic="lmsans10-boldoblique.otf",
            sans=True,
        ),
        pdflatex=(_SANS,),
    ),
    "pagella": Typeface(family=_gyre("pagella"), pdflatex=(r"\usepackage{tgpagella}",)),
    "termes": Typeface(family=_gyre("termes"), pdflatex=(r"\usepackage{tgtermes}",)),
    "heros": Typeface(family=_gyre("heros", sans=True), pdflatex=(r"\usepackage{tgheros}", _SANS)),
    "source-sans": _carried("source-sans", "SourceSansPro", "otf", True, **_SOURCE),
    "source-serif": _carried("source-serif", "SourceSerifPro", "otf", False, **_SOURCE),
    "roboto": _carried("roboto", "Roboto", "ttf", True, l=_LIGHT, sb="Medium/MediumItalic"),
    "lato": _carried("lato", "Lato", "ttf", True),
    "inter": _carried("inter", "Inter", "otf", True, l=_LIGHT, sb=_SEMIBOLD),
    "open-sans": _carried("open-sans", "OpenSans", "ttf", True),
    "fira-sans": _carried("fira-sans", "FiraSans", "ttf", True, l=_LIGHT, sb=_SEMIBOLD),
    "eb-garamond": _carried("eb-garamond", "EBGaramond", "ttf", False),
    "libertine": _carried("libertine", "LinLibertine", "otf", False),
    "charter": _carried("charter", "XCharter", "otf", False),
}


class _Typefaces(dict[TypefaceName, Typeface]):
    """The typefaces by name; the user's own is made of its files."""

    def __missing__(self, face: TypefaceName) -> Typeface:
        if isinstance(face, FoundFace):
            return of_family(face.family)
        raise KeyError(face)


TYPEFACES: Mapping[TypefaceName, Typeface] = _Typefaces(dict(_KNOWN.items()))

_ROMAN = LATIN_MODERN[0]
_SMALL_CAPS = dataclasses.replace(_ROMAN, small_caps="lmromancaps10-regular.otf")
"""Latin Modern, whose small capitals are a file of their own."""

WITHOUT_SMALL_CAPS: frozenset[TypefaceName] = frozenset({"lmsans", "lato", "inter", "open-sans"})
"""The typefaces that have no small capitals (no feature `smcp`)."""


def set_in(font: TypefaceName, titles: TitleCase, figures: Figures) -> Typeface:
    """Return a typeface with the figures and for the titles that are asked for.

    TeX's own metrics have lining figures: pdfLaTeX takes its OpenType files for the others.
    """
    is_of_two_files = font == "lmodern" and titles == "small-caps"
    face = Typeface(family=_SMALL_CAPS) if is_of_two_files else TYPEFACES[font]
    if figures == "lining":
        return face
    return of_family(dataclasses.replace(face.family or _ROMAN, oldstyle=True))


CARRIED = frozenset(name for name, face in _KNOWN.items() if face.family and face.family.carried)
"""The typefaces that no TeX has."""
