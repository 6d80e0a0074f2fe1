r"""Jake's résumé and its model by sb2nov: an article with `\resumeSubheading` and the like.

Which argument is the date, and which the employer, differs between the two: the date tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.import_.latex.build import Builder
from cvtex.import_.latex.document import Document, group
from cvtex.import_.latex.prose import Paragraph, Prose, joined, plain
from cvtex.import_.latex.records import Entry, Line
from cvtex.import_.latex.scan import Call, Value
from cvtex.import_.latex.text import address_of, escaped, plain_text
from cvtex.import_.values import iso, keywords, put, split_range
from cvtex.source.syntax.yaml_writer import Raw

BASE = {
    "section": "m", "resumeSubheading": "mmmm", "resumeHeading": "mmmm",
    "resumeSubSubheading": "mm", "resumeProjectHeading": "mm", "resumeItem": "m",
    "resumeSubItem": "m", "resumeSubHeadingListStart": "", "resumeSubHeadingListEnd": "",
    "resumeItemListStart": "", "resumeItemListEnd": "", "vspace": "m", "begin itemize": "o",
    "begin tabular*": "mm",
}  # fmt: skip


def signatures(document: Document) -> dict[str, str]:
    r"""Return the commands with as many arguments as the document defines them with."""
    found = dict(BASE)
    for name in ("resumeItem", "resumeSubItem", "resumeItemNH", "resumePOR"):
        if name in document.definitions:
            found[name] = "m" * document.definitions[name].count
    return found


def take(call: Call, build: Builder) -> None:
    """Take a call of these documents."""
    name = call.name
    if name == "section":
        build.section(build.plain(call.arg(0)))
    elif name in ("resumeSubheading", "resumeHeading"):
        build.found.append(_entry(call, build))
    elif name == "resumeSubSubheading":
        title, dates = (build.plain(value) for value in call.args)
        last = build.found[-1] if build.found else None
        role = Entry(title=title, dates=dates)
        (last.roles if isinstance(last, Entry) else build.found).append(role)
    elif name == "resumeProjectHeading":
        build.found.append(_project(call, build))
    elif name in ("resumeItem", "resumeItemNH") and build.found:
        build.text(_bullet(call, build))
    elif name in ("resumeSubItem", "resumeItem"):
        shown = [build.prose(value) for value in call.args]
        if len(shown) == 2:
            label = plain_text(call.arg(0).tex, build.definitions)[0]
            literal = plain_text(call.arg(1).tex, build.definitions)[0]
            build.found.append(Line(label, shown[1].row, literal))
        else:
            build.text(shown[0])
    elif name == "vspace":
        call.arg(0).lay_aside("how the page looks")


def _entry(call: Call, build: Builder) -> Entry:
    texts = [plain(value, build.definitions) for value in call.args]
    dated = [n for n, text in enumerate(texts) if _is_date(text)]
    date = dated[-1] if dated else 3
    url = build.named(call.arg(0))[1] or build.named(call.arg(2))[1]
    if date == 1:  # title, date, employer, place
        title, dates, organization, place = texts
    else:  # employer, place, title, date
        organization, place, title, dates = texts
    return Entry(title=title, organization=organization, url=url, dates=dates, place=place)


def _is_date(text: str) -> bool:
    start, end = split_range(text)
    return bool(iso(start) or iso(end) or re.search(r"\b(19|20)\d\d\b", text))


def _project(call: Call, build: Builder) -> Entry:
    head, dates = call.args
    parts = re.split(r"\s*\$\s*(?:\||\\mid|\\cdot)\s*\$\s*|\s*\\textbar\s*", head.tex)
    name = build.named(Value(parts[0], head.source, f"{head.path}.name", head.ledger))
    entry = Entry(title=name[0], url=name[1], dates=build.plain(dates))
    head.divide()
    rest = [
        plain(Value(part, head.source, head.path, head.ledger), build.definitions)
        for part in parts[1:]
    ]
    entry.keywords = [word for part in rest for word in keywords(part)]
    return entry


def _bullet(call: Call, build: Builder) -> Prose:
    shown = [build.prose(value) for value in call.args]
    if len(shown) == 2:
        label = joined([shown[0].row])
        if not isinstance(label, Raw):
            label = Paragraph(f"**{label}**", rf"\textbf{{{getattr(label, 'tex', label)}}}")
        return Prose(items=[joined([label, shown[1].row], ": ")])
    return Prose(items=[*shown[0].paragraphs, *shown[0].items])


_SIZE = re.compile(r"\\(?:Huge|huge|LARGE|Large)(?![A-Za-z])")
_BETWEEN = re.compile(
    r"\$\s*(?:\||\\mid|\\cdot|\\bullet|\\diamond)\s*\$|\\\\(?:\[[^\]]*\])?|(?<!\\)&|\\hfill|"
    r"\\textbar|\\quad|\\qquad|(?<=\s)\|(?=\s)|\\(?:begin|end)\s*\{(?:center|minipage|tabular[*x]?)\}"
)
_LABEL = re.compile(
    r"(?:e-?mail|mobile|phone|tel|cell|website|web|portfolio|linkedin|github)\.?:?", re.I
)


def head(text: Value, build: Builder) -> None:
    """Take the head, which is written by hand: a name in large type, then contacts.

    What is no name, number or address is listed: as the place, where it reads like one.
    """
    tex = text.divide()
    for start, stop, url, shown in reversed(list(_links(tex))):
        tex = f"{tex[:start]} & {tex[stop:]}"
        if _SIZE.search(shown):
            tex = f"{shown} & {tex}"
            put(build.result.basics, url=url)
    for _, _, url, shown in _links(text.tex):
        if not _SIZE.search(shown):
            value = Value(shown, text.source, "head", text.ledger)
            _contact(url, plain(value, build.definitions), value, build)
    for piece in _BETWEEN.split(tex):
        value = Value(re.sub(r"\[[-\w.]+\]", "", piece), text.source, "head", text.ledger)
        shown = re.sub(r"^\{[^{}]*\}", "", plain(value, build.definitions)).strip("{} ")
        if _SIZE.search(piece) and "name" not in build.result.basics:
            build.result.basics["name"] = shown
        elif re.search(r"\w", shown) and not _LABEL.fullmatch(shown):
            _piece(shown, value, build)


def _links(tex: str) -> Iterator[tuple[int, int, str, str]]:
    r"""Yield each `\href`: where it begins and ends, its address, and the TeX that it shows."""
    for match in re.finditer(r"\\href\s*(?=\{)", tex):
        start, end = group(tex, match.end())
        first, last = group(tex, end + 1)
        yield match.start(), last + 1, address_of(tex[start:end]), tex[first:last]


def _piece(shown: str, value: Value, build: Builder) -> None:
    """Take a piece of the head that is no link."""
    basics = build.result.basics
    shown = re.sub(r"^(?:e-?mail|mobile|phone|tel|cell)\.?\s*:\s*", "", shown, flags=re.I)
    if phone := re.search(r"\+?\(?\d[\d ().-]{6,}\d", shown):
        build.phone(phone[0])
    elif mail := re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", shown):
        build.mail(mail[0])
    elif re.fullmatch(r"[^\d]+, [^\d]+", shown) and "location" not in basics:
        basics["location"] = shown
        what = "taken for the place where the person lives"
        value.ledger.note(value.path, value.scalar, what)
    elif site := re.search(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", shown):
        _contact(site[0], site[0], value, build)
    else:
        value.ledger.taken.pop(id(value.scalar), None)
        value.lose("a piece of the head by hand")


def _contact(url: str, shown: str, value: Value, build: Builder) -> None:
    """Take a link: what is shown of it counts, where the two differ."""
    basics = build.result.basics
    if url.startswith("mailto:"):
        said = shown if "@" in shown else url.removeprefix("mailto:")
        build.mail(said)
    elif url.startswith("tel:"):
        said = shown if re.search(r"\d", shown) else url.removeprefix("tel:")
        build.phone(said)
    elif match := _ACCOUNT.search(url):
        user = _ACCOUNT.search(shown)
        said = user[2] if user else match[2]
        build.result.profile(match[1], said, "" if said == match[2] else url)
        shown = "" if user or shown.casefold() == match[1].casefold() else shown
    else:
        said = url
        if basics.setdefault("url", url) != url:
            build.result.profile("", shown, url)
            said = shown
    if shown.casefold() not in said.casefold():
        value.ledger.note(value.path, value.scalar, "its address alone", said)
    elif url.startswith("mailto:") and said not in url:
        value.ledger.note(value.path, value.scalar, f"as it is shown; its link is {url}")


_ACCOUNT = re.compile(r"(linkedin|github|gitlab)\.com/(?:in/)?([^/?#\s]+)", re.I)


_LABELLED = re.compile(
    r"\s*(?:(?:\\(?:small|footnotesize|item|normalsize)(?![A-Za-z])|\{)\s*)*"
    r"\\textbf\s*\{([^{}]*)\}\s*(\{?\s*:?\s*[^{}]*\}?)[\s}]*"
)


def _rows(tex: str) -> list[str]:
    rows = re.split(r"\\\\(?:\[[^\]]*\])?|\\item(?![A-Za-z])", tex)
    return [row for row in rows if re.search(r"\w", re.sub(r"\\[A-Za-z]+\*?", "", row))]


def has_labels(text: Value) -> bool:
    r"""Tell whether all lines are such as `\textbf{Languages}{: Java, Python} \\`."""
    rows = [_LABELLED.fullmatch(row) for row in _rows(text.tex)]
    return bool(rows) and all(row and ":" in row[1][-2:] + row[2][:3] for row in rows)


def skills(text: Value, build: Builder) -> None:
    """Take lines of a label and what is said of it."""
    for row in _rows(text.divide()):
        if match := _LABELLED.fullmatch(row):
            label = Value(match[1], text.source, text.path, text.ledger)
            body = Value(match[2], text.source, text.path, text.ledger)
            shown = plain(label, build.definitions).rstrip(": ")
            said = plain(body, build.definitions).lstrip(": ")
            build.found.append(Line(shown, escaped(said), said))
