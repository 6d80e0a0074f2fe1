"""What a CV's PDF must hold, worked out from its data; shared by the themes' tests."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from cvtex import model
from cvtex.citation import cite
from cvtex.latex import Theme, markup, text
from cvtex.latex.render import publications, sections
from cvtex.model import Prose, Resume, Text, Url

SIGNS = set(",;:.()•–/+“”")
"""Signs that stand between values; a word is never made of them."""


def values(record: Any) -> Iterator[str]:
    """Yield what a reader must find of a record, as it reads, in the record's order."""
    for value in model.texts(record):
        if isinstance(value, Url):
            continue  # a link; where it is shown is the theme's choice
        if isinstance(value, Prose):
            yield from (text.plain(Prose(part)) for part in markup.split(value))
        else:
            yield str(value)


def shown(resume: Resume, theme: Theme) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each section's title (first the name) and its records' values."""
    basics = resume.basics
    about = [str(v) for v in (basics.label, basics.email, basics.phone) if v]
    about += [part for p in basics.profiles for part in values((p.username,)) if part]
    about += [part for part in values((basics.location, basics.summary)) if part]
    yield str(basics.name), [about]
    for section in theme.arrange(sections(resume, theme.setting.words)):
        records = []
        for record in section.records:
            if isinstance(record, model.Publication):
                spans = cite(record, resume.meta.publications, basics, theme.setting.words)
                line = "".join(span.text.text for span in spans)
                records.append([line, *values(record.summary)])
            else:
                records.append([value for value in values(_printed(record)) if value])
        yield str(section.title), records


def _printed(record: Any) -> Any:
    """Return a record without what is never set: the tags of its highlights."""
    if not hasattr(record, "highlights"):
        return record
    import dataclasses

    changed: dict[str, Any] = {"highlights": tuple(map(_untagged, record.highlights))}
    if isinstance(record, model.Work):
        changed["positions"] = tuple(map(_printed, record.positions))
    return dataclasses.replace(record, **changed)


def _untagged(highlight: model.Highlight) -> model.Highlight:
    below = tuple(map(_untagged, highlight.highlights))
    return model.Highlight(text=highlight.text, highlights=below)


def listed(resume: Resume, words: model.Words) -> Iterator[str]:
    """Yield what stands around publications: groups' titles, numbers, counts, what signs mean."""
    for section in sections(resume, words):
        if section.kind == "publications":
            found = publications(resume, section, words)
            yield from (span.text.text for span in (*found.metrics, *found.legend))
            for group in found.groups:
                yield group.title
                yield from (item.label for item in group.items)


def dates(resume: Resume, theme: Theme) -> Iterator[str]:
    """Yield every date of the records, in the language's form."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, model.Date):
            yield theme.date(value)
        elif isinstance(value, tuple):
            for part in value:
                yield from walk(part)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from walk(getattr(value, name))

    for section in sections(resume, theme.setting.words):
        for record in section.records:
            yield from walk(record)
            # An entry without an end runs until now.
            yield theme.date(model.Date.PRESENT)


def links(resume: Resume) -> set[str]:
    """Return every address that the PDF must link to."""
    found = set()
    basics = resume.basics
    if basics.phone:
        found.add("tel:" + "".join(c for c in basics.phone if c in "+0123456789"))
    if basics.email:
        found.add(text.address(f"mailto:{basics.email}"))
    for value in _texts(resume):
        if isinstance(value, Url):
            found.add(text.address(value))
        elif isinstance(value, Prose):
            pieces = list(markup.parse(value))
            while pieces:
                piece = pieces.pop()
                pieces += piece.pieces
                if piece.kind == "link":
                    found.add(text.address(piece.url))
    for publication in resume.publications:
        found |= {text.address(link.url) for link in publication.links if link.url}
    return found


def _texts(resume: Resume) -> Iterator[Text]:
    import dataclasses

    yield from model.texts(dataclasses.replace(resume, meta=model.Meta()))


def squeeze(value: str) -> str:
    """Return a text without what a page may change: spaces, capitals, an apostrophe's form."""
    value = unicodedata.normalize("NFC", value).replace("’", "'")
    return re.sub(r"\s+", "", value).casefold()


def unexplained(layer: str, resume: Resume, theme: Theme) -> list[str]:
    """Return the words of a text layer that data, titles, dates and furniture do not explain."""
    known: list[str] = []
    for title, records in shown(resume, theme):
        known.append(title)
        known += [value for record in records for value in record]
    known += dates(resume, theme)
    words = theme.setting.words
    known += listed(resume, words)
    known += words.words.values()
    known += words.degree
    known += theme.furniture()
    known.append(str(theme.options.date_separator))
    known += [v.shown for v in _texts(resume) if isinstance(v, Url)]
    known += [str(p.network) for p in resume.basics.profiles if p.network]
    explained = Counter(_bare(word) for value in known for word in value.split())
    kinds = set(explained)
    left = []
    tokens = [(_bare(word), word) for word in layer.split()]
    place = 0
    while place < len(tokens):
        for length in range(8, 0, -1):  # the longest: a broken word may begin with another
            joined = _bare("".join(word for _, word in tokens[place : place + length]))
            if joined in kinds or not joined:
                place += length
                break
        else:
            left.append(tokens[place][1])
            place += 1
    return left


def _bare(word: str) -> str:
    return squeeze(word).strip("".join(SIGNS) + "|")


def pypdf_pages(pdf: Path) -> list[str]:
    """Return the pages' texts in the order of the content stream."""
    return [page.extract_text() for page in PdfReader(pdf).pages]


def pdftotext(pdf: Path, *options: str) -> str:
    """Return the text as Poppler orders it: by columns and lines, or `-raw` as in the stream."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, str(pdf), "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


def annotations(pdf: Path) -> set[str]:
    """Return the addresses that the PDF links to."""
    found = set()
    for page in PdfReader(pdf).pages:
        for note in page.get("/Annots") or ():
            action = note.get_object().get("/A")
            if action and "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def font_faults(pdf: Path) -> list[str]:
    """Return each font that is bitmapped, not embedded, or without its Unicode map."""
    faults = []
    for page in PdfReader(pdf).pages:
        resources = page.get("/Resources") or DictionaryObject()
        fonts = resources.get("/Font") or DictionaryObject()
        for reference in fonts.get_object().values():
            font = _get(reference)
            name = str(font.get("/BaseFont"))
            if font["/Subtype"] == "/Type3":
                faults.append(f"{name}: Type 3")
            if "/ToUnicode" not in font:
                faults.append(f"{name}: no ToUnicode")
            bearer = _get(font["/DescendantFonts"][0]) if "/DescendantFonts" in font else font
            described = _get(bearer.get("/FontDescriptor") or DictionaryObject())
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
                faults.append(f"{name}: not embedded")
    return sorted(set(faults))


def _get(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def overfull(log: str) -> list[float]:
    """Return by how many points each overfull box of a log is too wide or too high."""
    return [float(size) for size in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt", log)]
