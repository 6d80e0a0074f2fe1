"""How texts, contacts and the values of options come out, by files of questions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import answers
from cvtex import contacts
from cvtex.diagnostics import Source
from cvtex.latex import doubts, markup, measures, text
from cvtex.model import Profile, Prose, Text, Url

VALUES: dict[str, Any] = {
    "length": measures.Length,
    "width": measures.ColumnWidth,
    "size": measures.FontSize,
    "density": measures.Density,
    "colour": measures.Colour,
    "section": measures.SectionName,
}


def shown(block: str | markup.Listing) -> str:
    if isinstance(block, str):
        return str(block)
    items = [
        " ".join((str(text.pieces(item.pieces)), *map(shown, item.listings)))
        for item in block.items
    ]
    return f"({'; '.join(items)})" if block.number is None else f"({block.number}: {items})"


def a_text(value: str) -> Iterator[str]:
    """Yield a text as literal and as prose, in LaTeX and without markup, and what is told."""
    yield f"literal: {text.literal(value)}"
    yield f"prose: {text.prose(Prose(value))}"
    blocks = " ‖ ".join(map(shown, text.blocks(Prose(value))))
    if blocks != str(text.prose(Prose(value))):
        yield f"blocks: {blocks}"
        yield f"joined lines: {' ‖ '.join(map(shown, text.blocks(Prose(value), ' ')))}"
    yield f"plain: {markup.plain(Prose(value))}"
    if value != value.upper():
        yield f"capitals: {' | '.join(dict.fromkeys(text.upper(value, c) for c in ('en', 'tr')))}"
    if ":" in value and "](" not in value:
        yield f"address: {text.address(value)}"
    for kind in (Text, Prose):
        for one in doubts.problems(kind(value, Source("a", 1, 1)), lambda _, source: source):
            hint = f" ({one.hint})" if one.hint else ""
            yield f"{kind.__name__} {one.severity}: {one.message}{hint}"


def a_contact(question: str) -> Iterator[str]:
    kind, _, value = question.partition(": ")
    if kind == "tel":
        yield str(contacts.telephone(value))
    elif kind == "url":
        yield Url(value).shown
    elif kind == "at":
        network, name, address = [*value.split(", "), "", ""][:3]
        profile = Profile(
            network=Text(network) if network else None,
            username=Text(name) if name else None,
            url=Url(address) if address else None,
        )
        yield f"{contacts.account(profile)} shown as {contacts.shown(profile)!r}"
    else:
        yield from a_value(kind, value)


def a_value(kind: str, typed: str) -> Iterator[str]:
    try:
        parsed = VALUES[kind](VALUES[kind].parse(typed))
    except ValueError as fault:
        yield str(fault)
        return
    yield str(parsed)
    if isinstance(parsed, measures.FontSize):
        yield f"of a class: {parsed.of_class}"
    if isinstance(parsed, measures.Colour):
        contrast = parsed.contrast(measures.Colour("FFFFFF"))
        yield f"{'dark' if parsed.is_dark else 'light'}, {contrast:.2f} to 1 on white"


ASKED = {"texts": a_text, "contacts": a_contact}


@pytest.mark.parametrize("name", ASKED)
def test_the_answers_are_as_they_were_read(name: str, renew: bool) -> None:
    answers.check(name, ASKED[name], renew)
