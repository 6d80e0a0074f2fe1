"""The CV as one HTML file that needs nothing else: no script, no font, no picture of another's.

It is marked up for people (headings, lists, times), for microformats (h-resume, h-card:
https://microformats.org/wiki/h-resume) and, as JSON-LD, for schema.org.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from cvtex.export import linked_data
from cvtex.export.document import (
    BREAK,
    Block,
    Bullet,
    Cited,
    Contact,
    Document,
    Entry,
    Group,
    Inline,
    Item,
    Line,
    Listing,
    Photo,
    Point,
    Remark,
    Run,
    Section,
    items_in_row,
    plain,
)
from cvtex.latex.text import address as encoded

STYLE = Path(__file__).with_name("page.css")
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")
"""Languages that are written from right to left."""
MICROFORMATS: Mapping[str, str] = {
    "work": "p-experience h-event", "volunteer": "p-experience h-event",
    "education": "p-education h-event",
}  # fmt: skip


def write(
    document: Document,
    *,
    files: Mapping[str, str] | None = None,
    picture: str = "",
    address: str = "",
) -> str:
    """Return the page; `files` are shown as links (name to label), `picture` is for social
    cards, and `address` is where the page will be."""
    code = document.words.code
    direction = ' dir="rtl"' if code.partition("-")[0] in RIGHT_TO_LEFT else ""
    about = _about(document)
    meta = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(document.title)}</title>",
        f'<meta name="description" content="{escape(about)}">' if about else "",
        f'<link rel="canonical" href="{escape(address)}">' if address else "",
        '<meta property="og:type" content="profile">',
        f'<meta property="og:title" content="{escape(document.title)}">',
        f'<meta property="og:description" content="{escape(about)}">' if about else "",
        f'<meta property="og:image" content="{escape(picture)}">' if picture else "",
        '<meta name="twitter:card" content="summary_large_image">' if picture else "",
        f'<script type="application/ld+json">{linked_data.script(document)}</script>',
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>",
    ]
    body = [
        _head(document, files or {}),
        *(_section(s, n) for n, s in enumerate(document.sections)),
    ]
    if document.footer:
        body.append(f"<footer>{''.join(_blocks(document.footer))}</footer>")
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(code)}"{direction}>',
        "<head>",
        *filter(None, meta),
        "</head>",
        '<body>\n<main class="h-resume">',
        *body,
        "</main>\n</body>\n</html>",
    ]
    return "\n".join(lines) + "\n"


def _about(document: Document) -> str:
    """Return a line on the person for search engines and cards: label, or how the CV begins."""
    first = next((block for block in document.summary if not isinstance(block, Listing)), ())
    said = " – ".join(filter(None, (document.label, plain(first))))
    return said if len(said) <= 200 else said[:199].rpartition(" ")[0] + "…"


def _head(document: Document, files: Mapping[str, str]) -> str:
    said = [f'<h1 class="p-name">{escape(document.name)}</h1>']
    if document.label:
        said.append(f'<p class="label p-job-title">{escape(document.label)}</p>')
    contacts = [_contact(contact) for contact in document.contacts]
    if document.place:
        contacts.insert(0, f'<li class="p-adr">{escape(document.place)}</li>')
    if contacts:
        said.append(f'<ul class="contacts">{"".join(contacts)}</ul>')
    if files:
        links = "".join(f'<li><a href="{escape(n)}">{escape(t)}</a></li>' for n, t in files.items())
        said.append(f'<ul class="contacts files">{links}</ul>')
    picture = f"\n{_photo(document.photo)}" if document.photo else ""
    summary = ""
    if document.summary:
        summary = f'\n<div class="summary p-summary">{"".join(_blocks(document.summary))}</div>'
    lines = (
        '<header class="p-contact h-card">\n<div class="head">\n<div>',
        *said,
        f"</div>{picture}\n</div>\n</header>{summary}",
    )
    return "\n".join(lines)


def _photo(photo: Photo) -> str:
    data = base64.b64encode(photo.data).decode("ascii")
    source = f"data:{photo.media_type};base64,{data}"
    return f'<img class="u-photo" src="{source}" alt="{escape(photo.alt)}">'


def _contact(contact: Contact) -> str:
    text = escape(contact.text)
    kinds = {"phone": "p-tel", "email": "u-email"}
    name = kinds.get(contact.kind, "u-url")
    if not contact.url:
        return f'<li class="{name}">{text}</li>'
    me = ' rel="me"' if name == "u-url" else ""
    return f'<li><a class="{name}"{me} href="{escape(encoded(contact.url))}">{text}</a></li>'


def _section(section: Section, number: int) -> str:
    name = f"section-{number + 1}"
    parts = [f'<h2 id="{name}">{escape(section.title)}</h2>', *_blocks(section.summary)]
    for kind, items in items_in_row(section.items):
        said = [_item(item) for item in items]
        if kind is Line:
            parts.append(f'<dl class="lines">\n{chr(10).join(said)}\n</dl>')
        elif kind is Point:
            parts.append(f"<ul>{''.join(said)}</ul>")
        elif kind is Cited:
            parts.append(f'<ul class="publications">\n{chr(10).join(said)}\n</ul>')
        else:
            parts += said
    inner = "\n".join(parts)
    return f'<section aria-labelledby="{name}">\n{inner}\n</section>'


def _item(item: Item) -> str:
    match item:
        case Entry():
            return _entry(item)
        case Line():
            label, body = inline(item.label), inline(item.body)
            if label and body:
                return f"<div><dt>{label}{item.colon.rstrip()}</dt> <dd>{body}</dd></div>"
            return f"<div><dt>{label or body}</dt><dd></dd></div>"
        case Point():
            return f"<li>{inline(item.text)}</li>"
        case Cited():
            number = f"{escape(item.number)}. " if item.number else ""
            return f"<li>{number}{inline(item.text)}{''.join(_blocks(item.body))}</li>"
        case Group():
            return f"<h3>{escape(item.title)}</h3>"
        case Remark():
            return f'<p class="remark">{inline(item.text)}</p>'


def _entry(entry: Entry, level: int = 3, of: str = "") -> str:
    formats = MICROFORMATS.get(entry.kind, "") if not of else ""
    named = " p-name" if formats else ""
    head = []
    if entry.title:
        head.append(f'<h{level} class="title{named}">{inline(entry.title)}</h{level}>')
    if entry.subtitle and not entry.title:
        head.append(f"<h{level}>{inline(entry.subtitle)}</h{level}>")
    elif entry.subtitle:
        head.append(f'<p class="subtitle">{inline(entry.subtitle)}</p>')
    if entry.detail:
        head.append(f'<p class="detail">{inline(entry.detail)}</p>')
    parts = [f"<header>{''.join(head)}</header>"] if head else []
    when = [_time(entry)] if entry.dates else []
    if entry.place:
        when.append(f'<span class="p-location">{escape(entry.place)}</span>')
    if when:
        parts.append(f'<p class="when">{"<br>".join(when)}</p>')
    parts += _blocks(entry.blocks)
    if entry.labelled:
        labels = [escape(line.label + line.colon.rstrip()) for line in entry.labelled]
        rows = (
            f"<div><dt>{label}</dt> <dd>{escape(line.text)}</dd></div>"
            for label, line in zip(labels, entry.labelled, strict=True)
        )
        parts.append(f'<dl class="labelled">{"".join(rows)}</dl>')
    parts += [_entry(role, level + 1, "role") for role in entry.roles]
    classes = " ".join(filter(None, ("entry", of, formats)))
    inner = "\n".join(parts)
    tag = "div" if of else "article"
    return f'<{tag} class="{classes}">\n{inner}\n</{tag}>'


def _time(entry: Entry) -> str:
    """Return the dates, each end that ISO 8601 can say with that beside its words."""
    said = escape(entry.dates)
    if entry.start and not entry.end:
        return f'<time class="dt-start" datetime="{entry.start}">{said}</time>'
    if entry.end and not entry.start:
        return f'<time datetime="{entry.end}">{said}</time>'
    if entry.start and entry.end:
        end = f'<data class="dt-end" value="{entry.end}"></data>'
        return f'<time class="dt-start" datetime="{entry.start}">{said}</time>{end}'
    return f"<span>{said}</span>"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield _list(block) if isinstance(block, Listing) else f"<p>{inline(block)}</p>"


def _list(listing: Listing) -> str:
    tag, start = "ul", ""
    if listing.first is not None:
        tag, start = "ol", f' start="{listing.first}"' if listing.first != 1 else ""
    return f"<{tag}{start}>{''.join(map(_bullet, listing.bullets))}</{tag}>"


def _bullet(bullet: Bullet) -> str:
    return f"<li>{inline(bullet.text)}{''.join(map(_list, bullet.lists))}</li>"


def inline(text: Inline) -> str:
    """Return a text in a row as HTML."""
    said = ""
    for url, group in groupby(text, key=lambda run: run.url):
        inner = "".join(map(_run, group))
        said += f'<a href="{escape(encoded(url))}">{inner}</a>' if url else inner
    return said


def _run(run: Run) -> str:
    if run == BREAK:
        return "<br>"
    said = escape(run.text, quote=False)
    for wanted, tag in (
        (run.code, "code"), (run.underline, "u"), (run.emphasis, "em"), (run.strong, "strong"),
    ):  # fmt: skip
        said = f"<{tag}>{said}</{tag}>" if wanted else said
    return said
