"""One publication in a citation style."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations

from cvtex.citation import local, style, styles
from cvtex.citation.arrange import kind
from cvtex.citation.cslstyle import CslStyle
from cvtex.citation.forms import FORMS
from cvtex.citation.line import finish
from cvtex.citation.people import NBSP, list_spans
from cvtex.citation.span import Span
from cvtex.citation.style import Names, Style
from cvtex.citation.template import Field, Group, Literal, Node
from cvtex.citation.values import ADDRESSES, PEOPLE, TITLES, Values
from cvtex.model import Basics, Publication, PublicationSettings, Rich, Words
from cvtex.source.bibtex import owner

CAPITALS = frozenset(("sentence", "headline"))
"""Forms for titles in English alone."""


def cite(
    publication: Publication,
    settings: PublicationSettings,
    basics: Basics,
    words: Words,
    chosen: Style | None = None,
) -> tuple[Span, ...]:
    """Return a publication as it is set: in the style `chosen`, else the settings' own.

    The owner of the CV is bold, also behind `et al.`. CvtexError if there is no
    such style.
    """
    used = chosen or styles.find(str(settings.style), source=settings.style.source)
    setter = _Setter(publication, used, settings, basics, words)
    if isinstance(used, CslStyle):
        return _by_csl(setter, used)
    subtype = publication.fields.get("type", Rich("")).text
    which = kind(publication)
    template = used.template(publication.type, which if which in ("preprint", "talk") else subtype)
    spans, _ = setter.nodes(template.nodes)
    line = finish(spans)
    if words.code.startswith("en"):
        return line
    return local.quoted(line, words.code, setter.values.called("quotes"))


def _by_csl(setter: _Setter, used: CslStyle) -> tuple[Span, ...]:
    """Return a publication in a CSL style, and its links: those that the style does not show."""
    from cvtex.citation import citeproc

    line = citeproc.cite(setter.publication, setter.settings, setter.basics, setter.words, used)
    links = setter.links(extras=any(span.url for span in line))
    return (*line, Span(text=Rich(" ")), *links) if links else line


class _Setter:
    """Sets the templates of one publication."""

    def __init__(
        self,
        publication: Publication,
        used: Style,
        settings: PublicationSettings,
        basics: Basics,
        words: Words,
    ) -> None:
        self.publication = publication
        self.style = used
        self.settings = settings
        self.basics = basics
        self.words = words
        self.values = Values(publication, used, words)
        self.within: list[str] = []  # parts; the field of a part's own name is the field
        self.shown_addresses: set[str] = set()  # addresses that stand in the text

    def nodes(self, nodes: Sequence[Node], whole: bool = False) -> tuple[list[Span], bool]:
        """Return a template's spans, and whether every field directly in it has a value.

        With `whole` that is all that counts: the first field without one ends it.
        """
        spans: list[Span] = []
        complete = True
        passed = 0  # nodes that are set already
        for at, node in enumerate(nodes):
            if at < passed:
                continue
            if isinstance(node, Literal):
                spans.append(_literal(node.text.replace(": ", self.words.colon)))
            elif isinstance(node, Field):
                together = self.counted(nodes, at)
                passed = at + 3 if together is not None else 0
                value = self.value(node) if together is None else together
                complete = complete and bool(value)
                if whole and not complete:
                    return [], False
                spans += value
            elif isinstance(node, Group):
                spans += self.group(node)
            else:
                inner, inside = self.nodes(node.nodes)
                complete = complete and inside
                bold, italic = node.kind == "b", node.kind == "i"
                spans += (
                    dataclasses.replace(s, bold=s.bold or bold, italic=s.italic != italic)
                    for s in inner
                )
        return spans, complete

    def counted(self, nodes: Sequence[Node], at: int) -> list[Span] | None:
        """Return a word with the number in it, None where the language has no such word."""
        for word, number in permutations(local.counted(nodes, at) or (), 2):
            pattern = self.values.called(word.name) if word.name in local.COUNTING else ""
            if local.PLACE in pattern:
                value = self.value(number)
                return local.around(pattern, value) if value else []
        return None

    def group(self, group: Group) -> list[Span]:
        """Return the first alternative that is complete and not empty."""
        for alternative in group.alternatives:
            spans, complete = self.nodes(alternative, whole=True)
            if complete and any(span.text for span in spans):
                return spans
        return []

    def value(self, node: Field) -> list[Span]:
        """Return what a field stands for, empty for nothing."""
        name = node.name
        if name in self.style.parts and name not in self.within:
            self.within.append(name)
            spans, _ = self.nodes(self.style.parts[name].nodes)
            self.within.pop()
            return spans
        if name in PEOPLE or name in self.publication.people:
            return self.people(name)
        if name in ("links", "extras"):
            return self.links(extras=name == "extras")
        text = self.values.get(name)
        if not text:
            return []
        url = None
        if name in ADDRESSES:
            target = {"doi": "doi-url", "doi-short": "doi-url", "arxiv-linked": "arxiv-url"}
            url = self.values.get(target[name]).text if name in target else text.text
            self.shown_addresses.add(url)
        for form in node.forms:
            if form in CAPITALS and not self.values.is_english():
                continue
            if not self.words.code.startswith("en"):
                form = {"ordinal": "", "title": "upper"}.get(form, form)  # English habits
            text = FORMS[form](text) if form else text
        language = self.values.foreign() if name in TITLES else ""
        return [Span(text=text, url=url, language=language)]

    def people(self, name: str) -> list[Span]:
        """Return a list of names, empty if `name` is none or nobody is in it."""
        publication = self.publication
        more = name == "authors" and publication.more_authors
        if name in PEOPLE:
            names = publication.authors if name == "authors" else publication.editors
        else:
            names = publication.people.get(name, ())
        if not names:
            return []
        form = self.style.names.get(name, self.style.names["default"])
        settings = self.settings
        spans = list_spans(
            names,
            more,
            self.localised(form),
            owner.owners(names, self.basics),
            style.signs(self.style, settings),
            settings.max_authors,
            self.others() if settings.count_others else "",
            owner.among(publication, self.basics, settings) if more else None,
        )
        if name == "authors" and (group := self.collaboration()):
            spans.append(Span(text=Rich(f" ({group})")))
        if settings.owner == "bold":
            return spans
        underline = settings.owner == "underline"
        return [dataclasses.replace(s, bold=False, underline=s.bold and underline) for s in spans]

    def collaboration(self) -> str:
        """Return the collaboration that signs with the authors, "" for none."""
        typed = self.publication.fields.get("collaboration", Rich("")).text
        if not typed or re.search(r"(?i)collab|consortium|team|group|project|survey", typed):
            return typed
        several = "," in typed or " and " in typed
        word = self.values.called("collaboration") or "Collaboration"
        singular, _, plural = word.partition("|")
        said = plural if several and plural else singular
        return said.replace(local.PLACE, typed) if local.PLACE in said else f"{typed} {said}"

    def others(self) -> str:
        """Return how the number of authors who are left out is told."""
        pattern = self.words.words["others"]
        return f", {pattern}" if self.words.code.startswith("en") else f" {pattern}"

    def localised(self, form: Names) -> Names:
        """Return the form with `and` and `et al.` in the CV's language."""
        if self.words.code.startswith("en"):
            return form
        known = self.words.words
        return local.listing(form, known["etAl"], known["and"])

    def links(self, extras: bool) -> list[Span]:
        """Return the links as labels in brackets; an address is shown once.

        `extras` are those beside the paper's own address: code, slides, a label alone.
        """
        spans: list[Span] = []
        seen: set[str] = set()
        for link in self.publication.links:
            if extras and link.url and (link.kind or link.label) in style.OWN:
                continue
            label = self.label(link.label)
            if link.url in seen or label in seen or link.url in self.shown_addresses:
                continue
            seen |= {label, link.url or label}
            if spans:
                spans.append(Span(text=Rich(" ")))
            spans.append(Span(text=Rich(f"[{label}]".replace(" ", NBSP)), url=link.url))
        return spans

    def label(self, kind: str) -> str:
        """Return what a link of a kind is called, in the CV's language."""
        english = self.words.code.startswith("en")
        own = self.style.links.get(kind) if english else None
        local = self.words.publications.get(f"label{kind.capitalize()}")
        return str(own or local or self.style.links.get(kind) or style.LABELS.get(kind, kind))


@lru_cache(maxsize=1024)
def _literal(text: str) -> Span:
    return Span(text=Rich(text))
