"""Lists of names: their order, initials, `et al.`, the owner and the marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cvtex.citation.span import Span
from cvtex.citation.style import NameForm
from cvtex.model import Name, Rich
from cvtex.source.bibtex.escape import escape

_INITIAL = re.compile(r"\w", re.UNICODE)


def initials(given: str, form: NameForm) -> str:
    """Return given names as initials: `Jean-Luc Marie` as `J.-L. M.`."""
    shown: list[str] = []
    for word in given.replace("\u00a0", " ").replace(".", ". ").split():
        parts = []
        for part in re.split(r"[-‐‑]", word):
            letter = _INITIAL.search(part)
            if letter:
                parts.append(letter[0].upper() + form.initial_end)
        if parts:
            hyphenated = form.hyphen.join(parts)
            if word.startswith(("-", "‐", "‑")) and shown:
                shown[-1] += form.hyphen + hyphenated
            else:
                shown.append(hyphenated)
    return form.initial_space.join(shown)


def name_text(name: Name, form: NameForm, inverted: bool) -> Rich:
    """Return one name in its form, family name first if `inverted`."""
    family = join(name.prefix, Rich(" " if name.prefix else ""), name.family)
    if name.literal or not (name.given or name.suffix):
        return family
    given = name.given
    if form.given == "initials" and given:
        given = Rich(initials(given.text, form))
    suffix = join(Rich(form.suffix_start), name.suffix) if name.suffix else name.suffix
    if not inverted:
        return join(given, Rich(" " if given else ""), family, suffix)
    given = join(Rich(form.family_end), given) if given else given
    return join(family, *((given, suffix) if form.suffix_last else (suffix, given)))


def join(*parts: Rich) -> Rich:
    """Return texts as one; literal if all are."""
    parts = tuple(part for part in parts if part)
    if len(parts) == 1:
        return parts[0]
    text = "".join(part.text for part in parts)
    if all(part.tex is None for part in parts):
        return Rich(text)
    return Rich(text, "".join(escape(p.text) if p.tex is None else p.tex for p in parts))


def shown_names(count: int, form: NameForm, owners: frozenset[int]) -> tuple[int, tuple[int, ...]]:
    """Return how many names are shown from the front, and which later ones besides.

    The owner is always shown, also behind the cut.
    """
    if not form.most or count <= form.most:
        return count, ()
    front = max(1, min(form.shown or form.most, count))
    return front, tuple(sorted(i for i in owners if i >= front))


def list_spans(
    names: Sequence[Name],
    more: bool,
    form: NameForm,
    owners: frozenset[int] = frozenset(),
    signs: Mapping[str, str] | None = None,
) -> list[Span]:
    """Return a list of names; the owner's are bold, the signs of marks follow a name."""
    front, kept = shown_names(len(names), form, owners)
    indices = [*range(front), *kept]
    cut = more or len(indices) < len(names)
    spans: list[Span] = []
    for position, index in enumerate(indices):
        if position:
            last = position == len(indices) - 1 and not cut
            gap = form.between
            if last:
                gap = form.two if len(indices) == 2 else form.last
            spans.append(Span(text=Rich(gap)))
        inverted = form.order == "family-given" or (
            form.order == "first-inverted" and position == 0
        )
        spans.append(Span(text=name_text(names[index], form, inverted), bold=index in owners))
        marks = "".join(sign for mark, sign in (signs or {}).items() if mark in names[index].marks)
        if marks:
            spans.append(Span(text=Rich(marks)))
    if cut and spans:
        one = form.et_al_one if len(indices) == 1 else ""
        spans.append(Span(text=Rich(one or form.et_al)))
    return spans
