"""Lists of names: their order, initials, `et al.`, the owner and the marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cvtex.citation.span import Span
from cvtex.citation.style import Initials, Names
from cvtex.citation.template import Field, Group, Literal, Node
from cvtex.model import Name, Rich
from cvtex.source.bibtex.escape import escape
from cvtex.source.bibtex.owner import is_cjk

_LETTER = re.compile(r"[^\W\d_]")
NOTHING = Rich("")
NBSP = "\u00a0"
_TIED = 12
"""How long initials in full-name styles may be to be kept on one line."""


@lru_cache(maxsize=4096)
def initials(given: str, form: Initials) -> str:
    """Return given names as initials: `Jean-Luc Marie` as `J.-L. M.`."""
    shown: list[str] = []
    for word in given.replace("\u00a0", " ").replace(".", ". ").split():
        letters = (_LETTER.search(part) for part in re.split(r"[-‐‑]", word))
        parts = [letter[0].upper() + form.end for letter in letters if letter]
        if parts and shown and word.startswith(("-", "‐", "‑")):
            shown[-1] += form.hyphen + form.hyphen.join(parts)
        elif parts:
            shown.append(form.hyphen.join(parts))
    return form.space.replace(" ", NBSP).join(shown)


def name_text(name: Name, form: Names, first: bool) -> Rich:
    """Return one name in its form; a body, or a person of one name, as it is."""
    family = join(name.prefix, Rich(" " if name.prefix else ""), name.family)
    if name.literal or not (name.given or name.suffix):
        return family
    given = name.given
    if is_cjk(name.family.text) and is_cjk(given.text):
        # Chinese, Japanese and Korean names have no initials, and the family name first;
        # foreign ones in kana keep their order
        kana = all("\u30a0" <= c <= "\u30ff" for c in name.family.text + given.text)
        return join(given, Rich("・"), family) if kana else join(family, given)
    short = False
    if form.initials and given:
        given = Rich(initials(given.text, form.initials))
        short = True
    elif given and len(given.text) <= _TIED and not re.search(r"[^\W\d_]{2}", given.text):
        given, short = Rich(given.text.replace(" ", NBSP)), True
    values = {"family": family, "given": given, "suffix": name.suffix}
    template = form.first if first else form.others
    parts: list[Rich] = []
    _set(template.nodes if template else (), values, parts, short)
    return join(*parts)


def _set(nodes: Sequence[Node], values: Mapping[str, Rich], parts: list[Rich], tied: bool) -> bool:
    """Set a template of names; tell whether each of its fields has a value.

    Spaces of the style are `tied` where the given names are initials.
    """
    complete = True
    for node in nodes:
        if isinstance(node, Literal):
            parts.append(Rich(node.text.replace(" ", NBSP) if tied else node.text))
        elif isinstance(node, Field):
            value = values.get(node.name, NOTHING)
            complete = complete and bool(value.text)
            parts.append(value)
        elif isinstance(node, Group):
            before = len(parts)
            for alternative in node.alternatives:
                if _set(alternative, values, parts, tied):
                    break
                del parts[before:]
    return complete


def join(*parts: Rich) -> Rich:
    """Return texts as one; literal if all are."""
    text, tex, is_tex, single = "", "", False, NOTHING
    count = 0
    for part in parts:
        if not part.text:
            continue
        count, single = count + 1, part
        text += part.text
        if part.tex is None:
            tex += part.text if part.text.isalnum() else escape(part.text)
        else:
            is_tex = True
            tex += part.tex
    if count < 2:
        return single
    return Rich(text, tex if is_tex else None)


def cut(count: int, form: Names, owners: frozenset[int], most: int | None) -> tuple[int, ...]:
    """Return which of so many names are shown; the owner always is.

    `most` names are shown where a list is cut for the settings' sake; else the
    style says when it cuts (`Names.most`) and what then is left (`Names.shown`).
    """
    limit = most if most is not None else form.most or 0
    if not limit or count <= limit:
        return tuple(range(count))
    front = most if most is not None else form.shown or limit
    positions = tuple(range(max(1, min(front, count))))
    if form.ellipsis and most is None:
        positions = (*positions[: count - 1], count - 1)
    return tuple(sorted({*positions, *owners}))


def list_spans(
    names: Sequence[Name],
    more: bool,
    form: Names,
    owners: frozenset[int] = frozenset(),
    signs: Mapping[str, str] | None = None,
    most: int | None = None,
    others: str = "",
    among: Name | None = None,
) -> list[Span]:
    """Return a list of names; the owner's are bold, the signs of marks follow a name.

    `others` (`, and {count} others`) tells how many are left out, where that is known. `among` is
    the owner where `more` names are not known but the owner's is one of them.
    """
    indices = list(cut(len(names), form, owners, most))
    dots = form.ellipsis.gaps[0] if form.ellipsis and most is None else ""
    left_out = len(indices) < len(names)
    listed = [(index, names[index], index in owners) for index in indices]
    if among and more:
        listed.append((len(names) + 1, among, True))
    cut_off = bool(names) and (more or indices[-1] < len(names) - 1)
    short = more or (left_out and not dots)
    spans: list[Span] = []
    for position, (index, name, is_owner) in enumerate(listed):
        if position:
            gapped = index > listed[position - 1][0] + 1
            gap = _gap(form, len(listed), position, short, dots if gapped else "")
            spans.append(Span(text=Rich(f"{gap}…{gap}" if gapped and not dots else gap)))
        spans.append(Span(text=name_text(name, form, position == 0), bold=is_owner))
        marks = dict.fromkeys(s for mark, s in (signs or {}).items() if mark in name.marks)
        if marks:  # two marks may have the same sign
            spans.append(Span(text=Rich("".join(marks))))
    if cut_off and spans:
        series = form.cut_one if len(listed) == 1 and form.cut_one else form.cut
        hidden = len(names) - len(indices)
        if others and hidden > 1 and not more:
            spans.append(Span(text=Rich(others.format(count=hidden))))
            return spans
        spans.append(Span(text=Rich(series.gaps[-1] if series else "")))
    return spans


def _gap(form: Names, count: int, position: int, short: bool, dots: str) -> str:
    """Return what stands before the name at a position of the list; `dots` as they are."""
    between = form.many.gaps[0] if form.many else ", "
    if dots:
        return dots
    if short or position < count - 1:
        return between
    if count == 2:
        return form.two.gaps[0] if form.two else between
    return form.many.gaps[1] if form.many else between
