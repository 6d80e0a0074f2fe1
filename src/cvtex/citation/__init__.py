"""Publications as text in a citation style."""

from __future__ import annotations

from cvtex.citation.arrange import Group, arrange, group, list_settings
from cvtex.citation.catalogue import Catalogue, Heading, Item, catalogue
from cvtex.citation.cite import cite
from cvtex.citation.span import Span
from cvtex.citation.style import Style
from cvtex.citation.styles import find, load, names

__all__ = [
    "Catalogue",
    "Group",
    "Heading",
    "Item",
    "Span",
    "Style",
    "arrange",
    "catalogue",
    "cite",
    "find",
    "group",
    "list_settings",
    "load",
    "names",
]
