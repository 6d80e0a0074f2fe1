"""Writing LaTeX. What a theme imports is here."""

from cvtex.latex.article import (
    ArticleOptions,
    ArticleTheme,
    Block,
    CvBullets,
    CvLine,
    CvText,
    given,
)
from cvtex.latex.fonts import Fallback, FontFamily
from cvtex.latex.measures import Colour, Length, SectionName
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
    page_numbers,
)
from cvtex.latex.themes import shipped_theme
from cvtex.latex.typefaces import TYPEFACES, Typeface, TypefaceName

__all__ = [
    "ENGINES",
    "TYPEFACES",
    "ArticleOptions",
    "ArticleTheme",
    "Block",
    "Bullet",
    "Colour",
    "Contact",
    "CvBullets",
    "CvLine",
    "CvText",
    "Engine",
    "Entry",
    "Fallback",
    "FontFamily",
    "Item",
    "Latex",
    "Length",
    "Options",
    "SectionName",
    "Setting",
    "Theme",
    "Typeface",
    "TypefaceName",
    "given",
    "href",
    "join",
    "literal",
    "page_numbers",
    "paragraphs",
    "prose",
    "shipped_theme",
    "upper",
]
