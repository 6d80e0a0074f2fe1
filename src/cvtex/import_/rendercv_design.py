"""How a RenderCV file has its pages set: the nearest theme of ours, its options, the language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, colour, put

THEMES = {
    "classic": "classic",
    "sb2nov": "jake",
    "engineeringresumes": "jake",
    "engineeringclassic": "classic",
    "moderncv": "moderncv",
    "harvard": "harvard",
}
"""The nearest of our themes, where it is shipped; else `classic`."""
LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "danish": "da", "hungarian": "hu", "indonesian": "id",
    "japanese": "ja", "korean": "ko", "mandarin_chinese": "zh", "norwegian_bokmål": "nb",
    "norwegian_nynorsk": "nn", "russian": "ru", "turkish": "tr", "polish": "pl", "swedish": "sv",
    "vietnamese": "vi", "arabic": "ar", "hebrew": "he", "hindi": "hi", "persian": "fa",
}  # fmt: skip
PAPERS = {"us-letter": "letter", "letterpaper": "letter", "a4": "a4", "a4paper": "a4"}
EDGES = ("top", "bottom", "left", "right")


def design(place: Given, result: Imported, themes: frozenset[str]) -> None:
    """Take the design: a theme, and what an option of every theme of ours says too."""
    name = place["theme"]
    near = THEMES.get(name.peek(), "classic")
    ours = near if near in themes else "classic"
    if ours == name.peek():
        name.text()
    else:
        name.became("the nearest theme of cvtex", ours)
    result.meta["theme"] = ours
    page, type_ = place["page"], place["typography"]
    options = put(
        {},
        paper=_chosen(page["size"] if page["size"] else place["page_size"], PAPERS),
        margin=_margin(page),
        fontSize=_size(type_["font_size"], place["font_size"]),
        accent=_colour(place),
    )
    alignment = type_["alignment"]
    if alignment.peek() in ("justified", "justified-with-no-hyphenation", "left"):
        options["justified"] = str(alignment.peek() != "left").lower()
        alignment.became("an option of the theme", f"justified: {options['justified']}")
    footer = page.first("show_footer", "show_page_numbering")
    if footer.peek() == "true":
        options["pageNumbers"] = footer.text()
    if options:
        result.meta["themes"] = {ours: options}
    place.lay_aside("a measure or template of RenderCV's own themes")


def _chosen(place: Given, ours: Mapping[str, str]) -> str:
    found = ours.get(place.peek(), "")
    if found == place.peek():
        return place.text()
    if found:
        place.became("an option of the theme", found)
    return found


def _margin(page: Given) -> str:
    """Take the margins, if all four are one."""
    edges = [page[f"{edge}_margin"] for edge in EDGES]
    width = edges[0].peek()
    if not re.fullmatch(r"\d+(\.\d+)? ?(cm|mm|in)", width) or {e.peek() for e in edges} != {width}:
        return ""
    for edge in edges:
        edge.text()
    return width


def _size(sizes: Given, older: Given) -> str:
    """Take the size of the text, in halves of a point between 9pt and 12pt."""
    place = sizes["body"] if sizes.is_map else sizes if sizes else older
    match = re.fullmatch(r"(\d+(?:\.[05])?)pt", place.peek())
    return place.text() if match and 9 <= float(match[1]) <= 12 else ""


def _colour(design: Given) -> str:
    """Take the colour of what stands out, as on the web without its number sign."""
    older = design["color"]
    found = older if older else design["colors"].first("section_titles", "name", "connections")
    return colour(found)


def locale(place: Given, result: Imported, languages: frozenset[str]) -> None:
    """Take the language, and the words that the user has changed in it."""
    name = place["language"]
    code = LANGUAGES.get(name.peek().lower(), name.peek() if len(name.peek()) == 2 else "")
    if code in languages:
        result.meta["language"] = code
        name.text() if code == name.peek() else name.became("the language's code", code)
    else:
        name.lose("a language that cvtex does not have; meta.words can complete one")
    months = place.first("month_abbreviations", "abbreviations_for_months").items()
    words: Record = put({}, present=place["present"].text())
    if len(months) == 12:
        words["months"] = [month.text() for month in months]
    if words:
        result.meta["words"] = words
    place.lay_aside("a word or form of the language: cvtex has its own, meta.words changes them")
