"""One publication in a citation style."""

from __future__ import annotations

import dataclasses
import re
from functools import lru_cache

from cvtex.citation import owner, style
from cvtex.citation.line import finish
from cvtex.citation.people import list_spans
from cvtex.citation.span import Span
from cvtex.citation.style import Field, Group, Literal, NameForm, Style, Template
from cvtex.model import Basics, Name, Publication, PublicationSettings, Rich, Words


def cite(
    publication: Publication,
    settings: PublicationSettings,
    basics: Basics,
    words: Words,
    chosen: Style | None = None,
) -> tuple[Span, ...]:
    """Return a publication as it is set: in the style `chosen`, else the settings' own.

    The owner of the CV is bold, also behind `et al.`. ValueError if there is no
    such style.
    """
    used = chosen or style.load(str(settings.style))
    setter = _Setter(publication, used, basics, words)
    template = used.types.get(publication.type, used.types["default"])
    spans, _ = setter.nodes(template)
    return finish(spans)


class _Setter:
    """Sets the templates of one publication."""

    def __init__(self, publication: Publication, used: Style, basics: Basics, words: Words) -> None:
        self.publication = publication
        self.style = used
        self.basics = basics
        self.words = words

    def nodes(self, template: Template) -> tuple[list[Span], bool]:
        """Return a template's spans, and whether every field directly in it has a value."""
        spans: list[Span] = []
        complete = True
        for node in template:
            if isinstance(node, Literal):
                spans.append(Span(text=Rich(node.text)))
            elif isinstance(node, Field):
                value = self.value(node)
                complete = complete and bool(value)
                spans += value
            elif isinstance(node, Group):
                spans += self.group(node)
            else:
                inner, whole = self.nodes(node.nodes)
                complete = complete and whole
                for span in inner:
                    bold, italic = node.kind == "b", node.kind == "i"
                    spans.append(
                        dataclasses.replace(
                            span, bold=span.bold or bold, italic=span.italic != italic
                        )
                    )
        return spans, complete

    def group(self, group: Group) -> list[Span]:
        """Return the first alternative that is complete and not empty."""
        for alternative in group.alternatives:
            spans, complete = self.nodes(alternative)
            if complete and any(span.text for span in spans):
                return spans
        return []

    def value(self, node: Field) -> list[Span]:
        """Return what a field stands for, empty for nothing."""
        name = node.name
        if name in self.style.parts:
            spans, _ = self.nodes(self.style.parts[name])
            return spans
        people = self.people(name)
        if people:
            return people
        if name == "links":
            return self.links()
        text = self.text(name)
        if not text:
            return []
        for form in node.forms:
            text = _formed(text, form)
        return [Span(text=text)]

    def people(self, name: str) -> list[Span]:
        """Return a list of names, empty if `name` is none or nobody is in it."""
        publication = self.publication
        names: tuple[Name, ...]
        more = False
        if name == "authors":
            names, more = publication.authors, publication.more_authors
        elif name == "editors":
            names = publication.editors
        else:
            names = publication.people.get(name, ())
        if not names:
            return []
        form = self.style.names.get(name) or self.style.names["default"]
        return list_spans(
            names, more, self.localised(form), owner.owners(names, self.basics), self.style.signs
        )

    def localised(self, form: NameForm) -> NameForm:
        """Return the form with `and` and `et al.` in the CV's language."""
        return _localised(
            form, self.words.words.get("etAl", "et al."), self.words.words.get("and", "and")
        )

    def text(self, name: str) -> Rich:
        """Return the text of a field, of the date, or of a word that goes with one."""
        publication = self.publication
        if name == "title":
            return publication.title
        if name == "year":
            return self.year()
        if name == "arxiv":
            return self.arxiv()
        if name == "degree":
            kind = publication.fields.get("type", Rich(""))
            return self.word(kind.text) if kind.text.endswith("thesis") else Rich("")
        if name == "type":
            kind = publication.fields.get("type", Rich(""))
            return self.word(kind.text) or kind
        if name == "eds":
            return self.word(name, len(publication.editors) > 1)
        if name == "pp":
            pages = publication.fields.get("pages", Rich("")).text
            return self.word(name, bool(re.search(r"\D", pages))) if pages else Rich("")
        return publication.fields.get(name, Rich(""))

    def word(self, key: str, several: bool = False) -> Rich:
        """Return what the style calls something; empty if it has no word for it."""
        word = self.style.words.get(key, "")
        return Rich(word if isinstance(word, str) else word[several])

    def year(self) -> Rich:
        """Return the year, a span of years, or what stands in its place."""
        date, end = self.publication.date, self.publication.end_date
        typed = self.publication.fields.get("year", Rich(""))
        if typed or date is None:
            return typed
        if end and end.year != date.year:
            return Rich(f"{date.year}–{end.year}")
        return Rich(str(date.year))

    def arxiv(self) -> Rich:
        """Return the number in arXiv."""
        for link in self.publication.links:
            if link.url and "arxiv.org/abs/" in link.url:
                return Rich(link.url.partition("arxiv.org/abs/")[2])
        return Rich("")

    def links(self) -> list[Span]:
        """Return the links as labels in brackets; an address is shown once."""
        spans: list[Span] = []
        seen: set[str] = set()
        for link in self.publication.links:
            label = self.style.links.get(link.label, link.label)
            if link.url in seen or label in seen:
                continue
            seen |= {label, link.url or label}
            if spans:
                spans.append(Span(text=Rich(" ")))
            spans.append(Span(text=Rich(f"[{label}]"), url=link.url))
        return spans


@lru_cache(maxsize=64)
def _localised(form: NameForm, et_al: str, conjunction: str) -> NameForm:
    def put(text: str) -> str:
        text = text.replace("et al.", et_al)
        return re.sub(r"\band\b", conjunction, text)

    return dataclasses.replace(
        form,
        et_al=put(form.et_al),
        et_al_one=put(form.et_al_one),
        last=put(form.last),
        two=put(form.two),
    )


def _formed(text: Rich, form: str) -> Rich:
    """Return a text in one of the forms that a template can ask for."""
    if form == "lower" and text.text[:1].isupper() and not text.text[1:2].isupper():
        return Rich(text.text[0].lower() + text.text[1:])
    return text
