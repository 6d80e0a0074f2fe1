"""Writing LaTeX. What a theme imports is here, and is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvtex.latex.article import ArticleTheme
    from cvtex.latex.fonts import Fallback, FontFamily
    from cvtex.latex.heads import POSTS
    from cvtex.latex.letter import LetterPieces
    from cvtex.latex.macros import (
        CvBullets,
        CvContacts,
        CvHead,
        CvInline,
        CvLabel,
        CvLine,
        CvName,
        CvOneLine,
        CvRow,
        CvSection,
        CvText,
        CvTwoLines,
        given,
        styled,
    )
    from cvtex.latex.measures import Colour, ColumnWidth, Density, FontSize, Length, SectionName
    from cvtex.latex.page import ArticleOptions
    from cvtex.latex.pieces import (
        ENGINES,
        Block,
        Bullet,
        Contact,
        CvRecord,
        Engine,
        Entry,
        Item,
        Latex,
        Options,
        Piece,
        Setting,
        TextList,
        barred,
        comma,
        dense,
        sized,
    )
    from cvtex.latex.text import href, join, literal, paragraphs, prose, upper
    from cvtex.latex.theme import Theme, page_numbers
    from cvtex.latex.themes import shipped_theme
    from cvtex.latex.typefaces import (
        CARRIED,
        TYPEFACES,
        Figures,
        FoundFace,
        OwnFace,
        TitleCase,
        Typeface,
        TypefaceName,
        set_in,
    )
    from cvtex.records import dataclass as dataclass

__all__ = [
    "CARRIED",
    "ENGINES",
    "POSTS",
    "TYPEFACES",
    "ArticleOptions",
    "ArticleTheme",
    "Block",
    "Bullet",
    "Colour",
    "ColumnWidth",
    "Contact",
    "CvBullets",
    "CvContacts",
    "CvHead",
    "CvInline",
    "CvLabel",
    "CvLine",
    "CvName",
    "CvOneLine",
    "CvRecord",
    "CvRow",
    "CvSection",
    "CvText",
    "CvTwoLines",
    "Density",
    "Engine",
    "Entry",
    "Fallback",
    "Figures",
    "FontFamily",
    "FontSize",
    "FoundFace",
    "Item",
    "Latex",
    "Length",
    "LetterPieces",
    "Options",
    "OwnFace",
    "Piece",
    "SectionName",
    "Setting",
    "TextList",
    "Theme",
    "TitleCase",
    "Typeface",
    "TypefaceName",
    "barred",
    "comma",
    "dataclass",
    "dense",
    "given",
    "href",
    "join",
    "literal",
    "page_numbers",
    "paragraphs",
    "prose",
    "set_in",
    "shipped_theme",
    "sized",
    "styled",
    "upper",
]

_ROOMS = {
    "article": "ArticleTheme",
    "fonts": "Fallback FontFamily",
    "heads": "POSTS",
    "letter": "LetterPieces",
    "macros": "CvBullets CvContacts CvHead CvInline CvLabel CvLine CvName CvOneLine CvRow"
    " CvSection CvText CvTwoLines given styled",
    "measures": "Colour ColumnWidth Density FontSize Length SectionName",
    "page": "ArticleOptions",
    "pieces": "ENGINES Block Bullet Contact CvRecord Engine Entry Item Latex Options Piece Setting"
    " TextList barred comma dataclass dense sized",
    "text": "href join literal paragraphs prose upper",
    "theme": "Theme page_numbers",
    "themes": "shipped_theme",
    "typefaces": "CARRIED TYPEFACES Figures FoundFace OwnFace TitleCase Typeface TypefaceName"
    " set_in",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'cvtex.latex' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"cvtex.latex.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return what a theme may import, also what is not loaded yet: shells complete by it."""
    return [*globals(), *__all__]
