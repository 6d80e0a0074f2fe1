"""What Reactive Resume says beside the CV: its letters, the order of sections, the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.import_.html_text import is_html, markdown
from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, colour, put
from cvtex.source.letters.filling import PLACE

HERE = "a measure or setting of Reactive Resume's own templates"


def letter(item: Given, result: Imported) -> None:
    """Take a letter: its recipient's lines, and its text, which holds opening and closing."""
    lines = _lines(item["recipient"])
    body = item["content"].peek()
    text = _filled(_prose(item["content"]) if is_html(body) else item["content"].text())
    if not text:
        return
    record: Record = put({}, to=put({}, name=lines[0], address=lines[1:]) if lines else {})
    letters = result.sections.setdefault("letters", {})
    letters[f"letter-{len(letters) + 1}" if letters else "letter"] = record | {"body": text}


def _prose(place: Given) -> str:
    paragraphs, items = markdown(place.text())
    return "\n\n".join(filter(None, [paragraphs, "\n".join(f"- {item}" for item in items)]))


def _lines(place: Given) -> list[str]:
    """Take an address in HTML line by line, as literal text."""
    written = re.sub(r"<br\s*/?>|</p>|</div>", "\n", place.text())
    lines = (" ".join(re.sub(r"<[^<>]*>", "", line).split()) for line in written.split("\n"))
    from html import unescape

    return [_filled(unescape(line)) for line in lines if line]


def _filled(text: str) -> str:
    """Return a text whose braces are no place for a value."""
    return PLACE.sub(lambda match: "{" * 2 + match[2] + "}" * 2, text)


def metadata(
    place: Given, result: Imported, names: Mapping[str, str], languages: frozenset[str]
) -> None:
    """Take the page: the order of the sections, paper, colour and language.

    `names` has what Reactive Resume calls each of our sections.
    """
    place["template"].became("the theme, which is not the same", "classic")
    result.meta["theme"] = "classic"
    order = [section for page in place["layout"]["pages"].items() for section in _column(page)]
    if place["layout"].is_list:  # version 4: pages of columns of names
        order = [
            section for page in place["layout"].items() for column in page.items()
            for section in column.items()
        ]  # fmt: skip
    places = {section.peek(): number for number, section in enumerate(order)}
    for section in order:
        section.text()
    result.order.sort(key=lambda name: places.get(names.get(name, name), len(places)))
    page, options = place["page"], {}
    if page["format"].peek() in ("a4", "letter"):
        options["paper"] = page["format"].text()
    colours = place["design"]["colors"] if place["design"] else place["theme"]
    put(options, accent=colour(colours["primary"]))
    if options:
        result.meta["themes"] = {"classic": options}
    code = page["locale"].peek().partition("-")[0]
    if code in languages:
        result.meta["language"] = code
        page["locale"].became("the language's code", code)
    place.lay_aside(HERE)


def _column(page: Given) -> list[Given]:
    return [*page["main"].items(), *page["sidebar"].items()]
