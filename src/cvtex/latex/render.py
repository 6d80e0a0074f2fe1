"""Resume and theme -> LaTeX, with source marks. Pure: values in, a string out."""

from __future__ import annotations

import dataclasses
import hashlib

from pylatex import NoEscape

from cvtex import model
from cvtex.citation import Catalogue, arrange, catalogue, group, styles
from cvtex.latex import glyphs, text
from cvtex.latex.fonts import declare
from cvtex.latex.marks import mark
from cvtex.latex.pieces import dumps
from cvtex.latex.theme import Item, Latex, Theme
from cvtex.model import KINDS, Record, Resume, Section
from cvtex.records import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """A section, and its publications ready to be set if it is a list of those."""

    section: Section
    listed: Catalogue | None


def contents(resume: Resume, words: model.Words) -> tuple[Content, ...]:
    """Return what a CV consists of, the same in every theme."""
    return tuple(
        Content(s, publications(resume, s, words) if s.kind == "publications" else None)
        for s in sections(resume, words)
    )


def render(resume: Resume, theme: Theme, found: tuple[Content, ...] | None = None) -> str:
    """Return the whole document; `found` are its `contents`, if they are at hand.

    The same resume, options and setting give the same bytes anywhere.
    """
    setting = theme.setting
    parts: list[str] = [mark(resume.basics.source, dumps(theme.basics(resume.basics)))]
    found = contents(resume, setting.words) if found is None else found
    lists = {content.section.name: content.listed for content in found}
    for section in theme.arrange([content.section for content in found]):
        if listed := lists[section.name]:
            items = _listed(theme, listed)
        else:
            first = section.records[0]  # its section begins the page with it
            set_record = getattr(theme, KINDS[section.kind].singular)
            items = [
                Item(r, _paged(r if r is not first else None, _item(r, set_record(r)).body))
                for r in section.records
            ]
        parts.append(_paged(section.records[0], dumps(theme.section(section, items))))
    body = glyphs.set_glyphs("\n".join(parts), setting.engine, setting.fallbacks)
    head = preamble(theme)
    info = _info(resume, theme)
    digest = hashlib.sha256((head + info + body).encode()).hexdigest()[:32].upper()
    return "\n".join(
        (
            head,
            r"\begin{document}",
            _trailer(setting.engine, digest),
            info,
            body.strip("\n"),
            r"\end{document}",
            "",
        )
    )


def preamble(theme: Theme) -> str:
    """Return all before `\\begin{document}`: the same for every person."""
    setting = theme.setting
    options = ",".join(theme.class_options())
    fonts = declare(theme.fonts(), setting.fallbacks, setting.engine)
    return "\n".join(
        (
            rf"\documentclass[{options}]{{{theme.documentclass}}}",
            r"\usepackage{cvmarks}",
            fonts,
            dumps(theme.preamble()).strip("\n"),
            rf"\hypersetup{{unicode,pdflang={{{setting.words.code}}},"
            r"pdfdisplaydoctitle,pdfborder={0 0 0}}",
        )
    )


def sections(resume: Resume, words: model.Words) -> tuple[Section, ...]:
    """Return the sections that have records: those of `meta.sections` first, in that order."""
    found: dict[str, Section] = {}
    for name, row in KINDS.items():
        if records := getattr(resume, name):
            title = model.Text(words.sections[name])
            found[name] = Section(name=name, title=title, kind=row.name, records=records)
    for custom in resume.custom:
        found[custom.name] = Section(
            name=custom.name, title=custom.title, kind=custom.kind, records=custom.entries
        )
    settings = resume.meta.publications
    for listed in [section for section in found.values() if section.kind == "publications"]:
        groups = group(arrange(_typed(resume, listed), settings), settings, words)
        records = tuple(p for one in groups for p in one.publications)
        found[listed.name] = dataclasses.replace(listed, records=records)
    order = []
    for choice in resume.meta.sections:
        section = found.pop(choice.name, None)
        if section:
            title = choice.title or section.title
            order.append(
                Section(name=section.name, title=title, kind=section.kind, records=section.records)
            )
    hidden = set(resume.meta.hide)
    return tuple(s for s in (*order, *found.values()) if s.name not in hidden and s.records)


def publications(resume: Resume, section: Section, words: model.Words) -> Catalogue:
    """Return a section's publications as `meta.publications` asks for them."""
    settings = resume.meta.publications
    chosen = styles.of(resume)
    return catalogue(_typed(resume, section), settings, resume.basics, words, chosen)


def _typed(resume: Resume, section: Section) -> tuple[model.Publication, ...]:
    """Return a section's publications in the order in which they stand in the data."""
    if section.name == "publications":
        return resume.publications
    entries = next(custom.entries for custom in resume.custom if custom.name == section.name)
    return tuple(entry for entry in entries if isinstance(entry, model.Publication))


def _listed(theme: Theme, found: Catalogue) -> list[Item]:
    """Return a list of publications set: what is said of all of them, groups and their entries."""
    remarks = [theme.remark(text.spans(spans)) for spans in (found.metrics, found.legend) if spans]
    items = [Item(None, dumps(remark)) for remark in remarks]
    for one in found.groups:
        if one.title:
            items.append(Item(None, dumps(theme.group(text.literal(one.title)))))
        for entry in one.items:
            number = text.literal(entry.label) if entry.label else None
            line = text.spans(entry.spans)
            items.append(
                _item(entry.publication, theme.publication(entry.publication, line, number))
            )
    return items


def _paged(record: Record | None, body: NoEscape) -> NoEscape:
    """Return the body on a new page if the record asks for one (`pageBreak`)."""
    if getattr(record, "page_break", False):
        return NoEscape("\\newpage\n" + body)
    return body


def _item(record: Record, latex: Latex) -> Item:
    return Item(record, mark(record.source, dumps(latex)))


def _info(resume: Resume, theme: Theme) -> str:
    """Return the PDF's document information; it differs by person, so it is no preamble."""
    name = text.literal(resume.basics.name)
    title = text.literal(f"{resume.basics.name}: {theme.setting.words.words['cv']}")
    label = text.literal(resume.basics.label) if resume.basics.label else ""
    return (
        rf"\hypersetup{{pdftitle={{{title}}},pdfauthor={{{name}}},"
        rf"pdfsubject={{{label}}},pdfkeywords={{}},pdfcreator={{cvtex}}}}"
    )


def _trailer(engine: str, digest: str) -> str:
    """Fix the PDF's trailer ID, which LuaTeX would make of the folder's name."""
    if engine == "pdflatex":
        return rf"\pdftrailerid{{{digest}}}"
    if engine == "lualatex":
        return rf"\pdfvariable trailerid{{[<{digest}> <{digest}>]}}"
    return rf"\special{{pdf:trailerid [<{digest}> <{digest}>]}}"
