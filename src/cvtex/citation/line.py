"""A citation growing piece by piece, with its punctuation kept in order."""

from __future__ import annotations

import dataclasses
import re

from cvtex.citation.span import Span
from cvtex.model import Rich

_CLOSERS = "”’»›\"'"
_SPACES = re.compile(r" {2,}")


def finish(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans as one line: no double stop, comma or space, alike ones joined.

    Only the style's own punctuation gives way (`literal` spans, `tex` None): the
    `.` after `et al.`, `Why?` or a title's `…`, the `,` after a question mark, the
    space after a space.
    """
    line: list[Span] = []
    shown = ""
    for span in spans:
        text = span.text.text
        if span.text.tex is None and not span.url:
            if text[:1] in tuple(".,;:)") and shown.endswith(" "):
                _trim(line)
                shown = shown.rstrip(" ")
            text = _fit(shown, text)
            if not text:
                continue
            span = dataclasses.replace(span, text=Rich(text))
        if line and _alike(line[-1], span):
            text = line[-1].text.text + text
            line[-1] = dataclasses.replace(span, text=Rich(text))
        else:
            line.append(span)
        shown = (shown + span.text.text)[-12:] if text else shown
        shown = shown[-12:]
    return _trim(line)


def _alike(one: Span, other: Span) -> bool:
    return (
        one.text.tex is None
        and other.text.tex is None
        and not one.url
        and not other.url
        and (one.bold, one.italic, one.underline) == (other.bold, other.italic, other.underline)
    )


def _fit(before: str, text: str) -> str:
    """Return a literal piece as it may follow what stands before it."""
    text = _SPACES.sub(" ", text)
    if not before or before.endswith((" ", "(", "[", "“", "‘")):
        text = text.lstrip(" ")
    if not before:
        return text.lstrip(".,;: ")
    ended = before.rstrip(_CLOSERS)[-1:]
    sign = text[:1]
    gives_way = {".": ".?!…,;:", ",": "?!,;:", ";": ";", ":": ":"}.get(sign, "")
    return text[1:] if ended and ended in gives_way else text


def _trim(line: list[Span]) -> tuple[Span, ...]:
    if line and line[-1].text.tex is None and not line[-1].url:
        text = line[-1].text.text.rstrip(" ")
        line[-1] = dataclasses.replace(line[-1], text=Rich(text))
        if not text:
            line.pop()
    return tuple(line)
