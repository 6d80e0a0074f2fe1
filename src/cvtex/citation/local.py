"""What a language does otherwise than the English that citation styles are written in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from cvtex.citation.span import Span
from cvtex.citation.style import Names, Series
from cvtex.citation.template import Field, Literal, Node
from cvtex.model import Rich

INSIDE = ("en", "id")
"""Languages in which a comma or full stop stands before a closing quotation mark, by the locales
of the Citation Style Language."""
COUNTING = ("vol", "no", "pp", "pg", "edn", "numberWord")
"""The words that stand by a number."""
PLACE = "{}"
"""In a word: where the number stands that it counts (`第{}卷`, `{}. köt.`)."""


def quoted(line: tuple[Span, ...], code: str, marks: str) -> tuple[Span, ...]:
    """Return a citation with the quotation marks of a language, `opening|closing`, and commas and
    full stops on the side of them where it has them."""
    opening, _, closing = marks.partition("|")
    if not closing:
        return line
    table = str.maketrans({"“": opening, "”": closing})

    def turned(text: str) -> str:
        if code.split("-")[0] not in INSIDE:
            text = re.sub("([.,])”", r"”\1", text)
        return text.translate(table)

    return tuple(
        span
        if span.text.tex is not None
        else dataclasses.replace(span, text=Rich(turned(span.text.text)))
        for span in line
    )


@lru_cache(maxsize=64)
def listing(form: Names, et_al: str, conjunction: str) -> Names:
    """Return the form of a list of names with the words of a language other than English, none
    of which has a comma before the last name of three."""

    def put(series: Series | None) -> Series | None:
        if series is None:
            return None
        gaps = (gap.replace("et al.", et_al) for gap in series.gaps)
        return Series(tuple(re.sub(r"\band\b", conjunction, gap) for gap in gaps))

    many = form.many and Series(tuple(re.sub(r"^, and\b", " and", gap) for gap in form.many.gaps))
    return dataclasses.replace(
        form,
        two=put(form.two),
        many=put(many),
        cut=put(form.cut),
        cut_one=put(form.cut_one),
    )


def counted(nodes: Sequence[Node], at: int) -> tuple[Field, Field] | None:
    """Return two fields of a template with nothing but a space between them, if they are there:
    a word and its number, or a number and its word."""
    three = nodes[at : at + 3]
    if len(three) == 3 and three[1] == Literal(" "):
        first, _, second = three
        if isinstance(first, Field) and isinstance(second, Field):
            return first, second
    return None


def around(word: str, number: Sequence[Span]) -> list[Span]:
    """Return a number in the place that its word has for it."""
    before, _, after = word.partition(PLACE)
    pieces = [Span(text=Rich(before)), *number, Span(text=Rich(after))]
    return [piece for piece in pieces if piece.text.text]
