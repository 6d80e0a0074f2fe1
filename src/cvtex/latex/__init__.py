"""Writing LaTeX. What a theme imports is here."""

from cvtex.latex.fonts import Fallback, FontFamily
from cvtex.latex.measures import Colour, Length
from cvtex.latex.text import href, join, literal, paragraphs, prose, upper
from cvtex.latex.theme import (
    ENGINES,
    Bullet,
    Contact,
    Engine,
    Entry,
    Item,
    Latex,
    Options,
    Setting,
    Theme,
)
from cvtex.latex.typefaces import TYPEFACES, Typeface, TypefaceName

__all__ = [
    "ENGINES",
    "TYPEFACES",
    "Bullet",
    "Colour",
    "Contact",
    "Engine",
    "Entry",
    "Fallback",
    "FontFamily",
    "Item",
    "Latex",
    "Length",
    "Options",
    "Setting",
    "Theme",
    "Typeface",
    "TypefaceName",
    "href",
    "join",
    "literal",
    "paragraphs",
    "prose",
    "upper",
]
