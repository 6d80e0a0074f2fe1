"""A citation growing piece by piece, with its punctuation kept in order."""

from __future__ import annotations

import re

from cvtex.citation.span import Span
from cvtex.model import Rich

_CLOSERS = "”’»›\"'*†‡§¶"
"""Signs through which a full stop is seen: closing quotation marks, and marks of authors."""
_SPACES = re.compile(r" {2,}")


def finish(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans as one line: no double stop, comma or space, alike ones joined.

    Only the style's own punctuation gives way (`literal` spans, `tex` None): the
    `.` after `et al.`, `Why?` or a title's `…`, the `,` after a question mark, the
    space after a space, the comma after the full stop of a sentence.
    """
    line: list[Span] = []
    shown = ""  # the end of the line so far
    stopped = False  # by the style's own full stop
    for span in spans:
        text = span.text.text
        if span.text.tex is None and not (span.url or span.language):
            if stopped and text.lstrip(" ").startswith(","):
                text = " " + text.lstrip(" ,")
            if text.strip(" "):
                inside = text.startswith(",”") and shown[-1:] == "."
                stopped = inside or text.strip(" " + _CLOSERS) == "."
            if shown[-1:] == " " and text[:1] in (".", ",", ";", ":", ")"):
                _trim(line)
                shown = shown.rstrip(" ")
            fit = _fit(shown, text)
            if not fit:
                continue
            last = line[-1] if line else None
            if last and _alike(last, span):
                line[-1] = _with_text(span, last.text.text + fit)
            else:
                line.append(span if fit == span.text.text else _with_text(span, fit))
            text = fit
        else:
            line.append(span)
            stopped = False
        shown = (shown + text)[-12:]
    ended = list(_trim(line))
    if ended and ended[-1].text.tex is None and shown.rstrip().endswith(",”"):
        ended[-1] = _with_text(ended[-1], ended[-1].text.text.removesuffix(",”") + ".”")
    return _tied(tuple(ended))


_TIES = (
    r"(?:^|(?<=[\s(\[“„«,;]))"
    r"((?:[Vv]ols?|[Nn]os?|[Nn]r|pp?|[Pp]t|[Cc]h|[Aa]rt|[Bb]d|[Jj]g|[Ss]er|[Aa]ufl|S|s|H|n|t|v)"
    r"\.|[Aa]rticle|no\.|[Nn][ºo°]|[Vv]ersion|et) (?=[\w(\[])"
)
_EDITION = (
    r"(?<!\w)(\d{1,3}(?:st|nd|rd|th|[.]?[ªºaeᵉ]|[.])?) "
    r"(?=(?:edn?|Aufl|éd|wyd|vyd|utg|udg|uitg|painos|kiad)\b|edi[tçcz]|édit|Auflage)"
)
_TIED_END = (
    r"(?:^|[\s(\[“„«,;])(?:(?:[Vv]ols?|[Nn]os?|[Nn]r|pp?|[Aa]rt|[Bb]d|S|s|n|t|v)\.|[Aa]rticle) $"
)


def _tied(line: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return a line with `pp.`, `vol.`, `et al.` and such on one line with what follows, and
    an edition's number with its word.

    Only the style's own words: titles keep their spaces.
    """
    tied = []
    for span in line:
        text = span.text.text
        if span.text.tex is None and not (span.url or span.language) and " " in text:
            text = re.sub(_TIES, lambda m: m[1] + NBSP, text)
            text = re.sub(_EDITION, lambda m: m[1] + NBSP, text)
            text = re.sub(_TIED_END, lambda m: m[0][:-1] + NBSP, text)
            span = span if text == span.text.text else _with_text(span, text)
        tied.append(span)
    return tuple(tied)


NBSP = "\u00a0"


def _with_text(span: Span, text: str) -> Span:
    return Span(
        text=Rich(text),
        bold=span.bold,
        italic=span.italic,
        underline=span.underline,
        url=span.url,
        language=span.language,
    )


def _alike(first: Span, second: Span) -> bool:
    return (
        first.text.tex is None
        and not first.url
        and first.language == second.language
        and first.bold == second.bold
        and first.italic == second.italic
        and first.underline == second.underline
    )


def _fit(before: str, text: str) -> str:
    """Return a literal piece as it may follow what stands before it."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if not before or before.endswith((" ", "(", "[", "“", "‘")):
        text = text.lstrip(" ")
    if not before:
        return text.lstrip(".,;: ")
    ended = before.rstrip(_CLOSERS)[-1:]
    sign = text[:1]
    if ended == "." and text.startswith((",”", ",’", ",“")):
        return text[1:]
    gives_way = {".": ".?!…,;:", ",": "?!,;:", ";": ";", ":": ":"}.get(sign, "")
    return text[1:] if ended and ended in gives_way else text


def _trim(line: list[Span]) -> tuple[Span, ...]:
    if line and line[-1].text.tex is None and not line[-1].url:
        text = line[-1].text.text.rstrip(" ")
        line[-1] = _with_text(line[-1], text)
        if not text:
            line.pop()
    return tuple(line)
