"""Resume and theme -> LaTeX, with source marks. Pure: values in, a string out."""

from __future__ import annotations

import dataclasses
import hashlib

from pylatex import NoEscape

from cvtex import model
from cvtex.citation import Catalogue, catalogue, list_settings, styles
from cvtex.latex import glyphs, text
from cvtex.latex.brief import brief, detailed
from cvtex.latex.fonts import declare
from cvtex.latex.letter import FILE, pieces
from cvtex.latex.marks import mark
from cvtex.latex.pieces import Item, Latex, dumps
from cvtex.latex.theme import Theme
from cvtex.model import KINDS, Record, Resume, Section, last_modified
from cvtex.records import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """A section, and its publications ready to be set if it is a list of those."""

    section: Section
    listed: Catalogue | None


def contents(resume: Resume, words: model.Words) -> tuple[Content, ...]:
    """Return what a CV consists of, the same in every theme.

    These are the sections that have records or a text: those of `meta.sections` first, in that
    order; then the others, sections of the user's own after those of `KINDS`, references at the
    end. Publications are arranged and cited as `meta.publications` asks for them, or the
    section itself.
    """
    sections = [
        Section(
            name=name,
            title=_title(words.sections[name]),
            kind=row.name,
            records=getattr(resume, name),
        )
        for name, row in KINDS.items()
    ]
    sections += [
        Section(
            name=own.name,
            title=own.title,
            kind=own.kind,
            records=_entries(resume, own),
            summary=own.summary,
        )
        for own in resume.custom
    ]
    sections.sort(key=lambda section: section.name == "references")
    shown = {s.name: s for s in sections if s.name not in resume.meta.hide}
    ordered = []
    for choice in resume.meta.sections:
        if section := shown.pop(choice.name, None):
            title, summary = choice.title or section.title, choice.summary or section.summary
            ordered.append(dataclasses.replace(section, title=title, summary=summary))
    there = [s for s in (*ordered, *shown.values()) if s.records or s.summary]
    found = (_content(resume, section, words) for section in there)
    return tuple(c for c in found if c.section.records or c.section.summary)


def _title(said: str) -> model.Text:
    """Return a title by a language's word, which is English where the language has none."""
    return model.Text(said, language=said.language if isinstance(said, model.Text) else "")


def _entries(resume: Resume, own: model.CustomSection) -> tuple[Record, ...]:
    """Return a section's own entries; one of publications without any has the main list's."""
    if own.kind == "publications" and not own.entries:
        return resume.publications
    return own.entries


def _content(resume: Resume, section: Section, words: model.Words) -> Content:
    """Return a section with its publications, if it has any, in the order in which they stand."""
    if section.kind != "publications":
        return Content(section, None)
    typed = tuple(r for r in section.records if isinstance(r, model.Publication))
    settings = list_settings(resume, section.name)
    listed = catalogue(typed, settings, resume.basics, words, styles.of(resume))
    records = tuple(item.publication for group in listed.groups for item in group.items)
    return Content(dataclasses.replace(section, records=records), listed)


def render(
    resume: Resume,
    theme: Theme,
    found: tuple[Content, ...] | None = None,
    letter: model.Letter | None = None,
) -> str:
    """Return the whole document; `found` are its `contents`, if they are at hand.

    A letter stands before the CV; the head alone is its own.

    The same resume, options and setting give the same bytes anywhere.
    """
    setting = theme.setting
    found = contents(resume, setting.words) if found is None else found
    parts = [_letter(resume, theme, letter)] if letter else []
    if found or not letter:
        parts.append(mark(resume.basics.source, dumps(theme.basics(resume.basics))))
    lists = {content.section.name: content.listed for content in found}
    for section in theme.arrange([content.section for content in found]):
        if listed := lists[section.name]:
            items = _listed(theme, listed)
        else:
            first = next(iter(section.records), None)  # its section begins the page with it
            theme.brief, theme.detailed = brief(section.records), detailed(section.records)
            set_record = getattr(theme, KINDS[section.kind].singular)
            items = [
                Item(r, _paged(r if r is not first else None, _item(r, set_record(r)).body))
                for r in section.records
            ]
        if section.summary:
            said = theme.introduction(theme.paragraphs(section.summary))
            items.insert(0, Item(None, mark(section.summary.source, dumps(said))))
        body = dumps(theme.section(section, items))
        parts.append(_paged(next(iter(section.records), None), body))
    if resume.meta.footer:
        said = theme.footer(theme.paragraphs(filled(resume.meta, theme)))
        parts.append(mark(resume.meta.footer.source, dumps(said)))
    body = glyphs.set_glyphs("\n".join(parts), setting.engine, setting.fallbacks, _names(resume))
    head = preamble(theme, pictures=bool(letter and letter.signature))
    info = _info(resume, theme, letter)
    knobs = dumps(theme.knobs()).strip("\n")
    digest = hashlib.sha256((head + info + knobs + body).encode()).hexdigest()[:32].upper()
    return "\n".join(
        (
            head,
            r"\begin{document}",
            _trailer(setting.engine, digest),
            info,
            *filter(None, [knobs]),
            body.strip("\n"),
            r"\end{document}",
            "",
        )
    )


def _names(resume: Resume) -> list[str]:
    """Return the names of the CV's people, as they may stand on the page."""
    names = (resume.basics.name, *resume.basics.aliases, *(r.name for r in resume.references))
    return [str(name) for name in names if name and not name.isascii()]


def _letter(resume: Resume, theme: Theme, letter: model.Letter) -> str:
    """Return a letter set, and the file of macros that it is set with."""
    basics = dataclasses.replace(resume.basics, summary=None, image=None)
    body = theme.letter(basics, pieces(letter, basics, theme))
    return "\n".join((rf"\input{{{FILE}}}", dumps(body)))


def preamble(theme: Theme, pictures: bool = False) -> str:
    """Return all before `\\begin{document}`: the same for every person.

    With `pictures` it loads what sets them, if the theme does not.
    """
    setting = theme.setting
    options = ",".join(theme.class_options())
    fonts = declare(theme.fonts(), setting.fallbacks, setting.engine)
    own = "\n".join(
        filter(None, (dumps(theme.preamble()).strip("\n"), _colon(setting.words.colon)))
    )
    own = glyphs.set_glyphs(own, setting.engine, setting.fallbacks)
    has_them = "{graphicx}" in own or theme.documentclass != "article"
    extra = [r"\usepackage{graphicx}"] if pictures and not has_them else []
    return "\n".join(
        (
            rf"\documentclass[{options}]{{{theme.documentclass}}}",
            r"\usepackage{cvmarks}",
            fonts,
            own,
            *extra,
            rf"\hypersetup{{unicode,pdflang={{{setting.words.code}}},"
            r"pdfdisplaydoctitle,pdfborder={0 0 0}}",
        )
    )


def _colon(colon: str) -> str:
    """Return the line that says what a language has between a label and its text, if no colon."""
    if colon == ": ":
        return ""
    space = r"\ " if colon.endswith(" ") else ""
    return rf"\def\cvcolon{{{text.literal(colon.rstrip(' '))}}}\def\cvcolonspace{{{space}}}"


def filled(meta: model.Meta, theme: Theme) -> model.Prose:
    """Return the CV's foot, with the date of the last change where the text asks for it."""
    assert meta.footer
    date = last_modified(meta)
    if date is None or model.LAST_MODIFIED not in meta.footer or meta.footer.tex:
        return meta.footer
    filled = meta.footer.replace(model.LAST_MODIFIED, theme.date(date))
    return model.Prose(filled, meta.footer.source)


def _listed(theme: Theme, found: Catalogue) -> list[Item]:
    """Return a list of publications set: what is said of all of them, groups and their entries."""
    remarks = [theme.remark(text.spans(spans)) for spans in (found.metrics, found.legend) if spans]
    items = [Item(None, dumps(remark)) for remark in remarks]
    for heading in found.groups:
        if heading.title:
            items.append(Item(None, dumps(theme.group(text.literal(heading.title)))))
        for entry in heading.items:
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


def title(resume: Resume, words: model.Words, letter: model.Letter | None) -> str:
    """Return the title of the PDF: whose CV or letter it is."""
    return f"{resume.basics.name}: {words.words['letter' if letter else 'cv']}"


def _info(resume: Resume, theme: Theme, letter: model.Letter | None) -> str:
    """Return the PDF's document information; it differs by person, so it is no preamble."""
    name = text.literal(resume.basics.name)
    titled = text.literal(title(resume, theme.setting.words, letter))
    label = text.literal(resume.basics.label) if resume.basics.label else ""
    return (
        rf"\hypersetup{{pdftitle={{{titled}}},pdfauthor={{{name}}},"
        rf"pdfsubject={{{label}}},pdfkeywords={{}},pdfcreator={{cvtex}}}}"
    )


def _trailer(engine: str, digest: str) -> str:
    """Fix the PDF's trailer ID, which LuaTeX would make of the folder's name."""
    if engine == "pdflatex":
        return rf"\pdftrailerid{{{digest}}}"
    if engine == "lualatex":
        return rf"\pdfvariable trailerid{{[<{digest}> <{digest}>]}}"
    return rf"\special{{pdf:trailerid [<{digest}> <{digest}>]}}"
