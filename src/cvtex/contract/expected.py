"""What a CV's PDF must hold, worked out from its data: for `cvtex themes check` and the tests.

Nothing here asks the reader, the renderer or the citation styles: what they would forget,
this would forget with them. The order of sections, the forms of dates and what is shown of
a record are stated here a second time, on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cvtex import countries, model
from cvtex.contract import data as source
from cvtex.contract.cited import CITED, cited, listing
from cvtex.contract.data import PROSE
from cvtex.contract.dates import LONG_MONTHS, dates
from cvtex.contract.links import links, source_address
from cvtex.contract.wanted import Expected, Wanted
from cvtex.contract.words import bare
from cvtex.latex import Theme

ORDER = (
    "work", "volunteer", "education", "projects", "publications", "patents", "grants", "awards",
    "certificates", "memberships", "skills", "languages", "interests", "references",
)  # fmt: skip
"""The standard's sections, as a CV has them that says nothing of their order."""

DATES = {"startDate", "endDate", "date", "releaseDate"}
NOT_SHOWN = {"tags", "priority", "id", "pageBreak", "image", "aliases", "url", "variants", *DATES}
"""Keys whose value is no text of the page: an address may be a link alone."""
HEADS = ("name", "position", "organization", "institution", "studyType")
"""What a record begins with, of which one may stand below its text, but not all."""


def of(data: Mapping[str, Any], theme: Theme) -> Expected:
    """Return what the data of a CV ask of its PDF in a theme.

    Of the theme only its own words, its choices and the order in which it writes the
    sections are asked.
    """
    meta = data.get("meta") or {}
    code = meta.get("language", "en")
    data = _named(data, code)
    language = source.language(code)
    words = {**language["words"], **(meta.get("words") or {})}
    date = dates(code, theme.options.dates, words["present"])
    between = f" {theme.options.date_separator} "
    settings = meta.get("publications") or {}

    def records(name: str, kind: str) -> tuple[Wanted, ...]:
        listed = source.items(data[name])
        if kind == "publications":
            return tuple(map(cited, listing(listed, settings)))
        return tuple(record(item, date, between) for item in listed)

    about = record({k: v for k, v in data["basics"].items() if k != "name"}, date, between)
    found: list[tuple[str, tuple[Wanted, ...]]] = [(str(data["basics"]["name"]), (about,))]
    order = _order(data, meta, language)
    for section in theme.arrange([_section(*item) for item in order]):
        found.append((str(section.title), records(section.name, section.kind)))
    chosen = [data["basics"], *(data[name] for name, _, _ in order)]
    return Expected(
        sections=tuple(found),
        links=frozenset(links(chosen)) | frozenset(links([_plain_options(theme)])),
        explained=frozenset(_explained(data, theme, words, language, date)),
        balanced=theme.balances(),
    )


def _order(
    data: Mapping[str, Any], meta: Mapping[str, Any], language: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return name, title and kind of each section that has records, in order."""
    titles: dict[str, str] = {}
    for choice in meta.get("sections") or ():
        titles |= choice if isinstance(choice, Mapping) else {str(choice): ""}
    own_ones = (n for n in data if n not in ("basics", "meta", "$schema", *ORDER))
    names = [*titles, *ORDER[:-1], *own_ones, ORDER[-1]]  # references at the end
    found = []
    for name in dict.fromkeys(names):
        if name in (meta.get("hide") or ()) or not source.items(data.get(name)):
            continue
        own = data[name] if isinstance(data[name], Mapping) else {}
        title = titles.get(name) or own.get("title") or language["sections"][name]
        kind = own.get("kind", "projects") if "title" in own else name
        found.append((name, str(title), str(kind)))
    return found


def _section(name: str, title: str, kind: str) -> model.Section:
    return model.Section(name=name, title=model.Text(title), kind=kind, records=())  # type: ignore[arg-type]


def _named(value: Any, language: str) -> Any:
    """Return data in which countries have their names instead of their codes."""
    if isinstance(value, list):
        return [_named(part, language) for part in value]
    if not isinstance(value, Mapping):
        return value
    named = {key: _named(part, language) for key, part in value.items()}
    called = countries.name(str(value.get("countryCode")), language)
    if called and called not in (value.get("city"), value.get("region")):
        named["countryCode"] = called
    return named


def record(value: Mapping[str, Any], date: Callable[[str], str], between: str) -> Wanted:
    """Return what must be found of one record."""
    start, end = value.get("startDate"), value.get("endDate") or value.get("date")
    ends = [start, end or ("present" if start else None)]
    shown = list(dict.fromkeys(date(end) for end in ends if end))
    highlights = value.get("highlights") or [""]
    first = highlights[0]["text"] if isinstance(highlights[0], Mapping) else highlights[0]
    roles = [record(role, date, between) for role in value.get("positions") or ()]
    return Wanted(
        values=tuple(_values(value)),
        ranges=(between.join(shown),) if shown else (),
        heads=tuple(str(value[key]) for key in HEADS if value.get(key)),
        bullet=" ".join(source.paragraphs(first)),
        roles=tuple(roles),
    )


def _values(value: Any, key: str = "") -> Iterator[str]:
    """Yield what must be found of a value of the data, under its key."""
    if isinstance(value, Mapping):
        if key == "profiles":
            yield str(value.get("username") or source_address(value))
            return
        for name, part in value.items():
            if name not in NOT_SHOWN and not name.startswith("x-"):
                yield from _values(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _values(part, key)
    elif key in PROSE:
        yield from source.paragraphs(value)
    elif value:
        yield str(value)


def _plain_options(theme: Theme) -> dict[str, str]:
    """Return the texts among a theme's options."""
    given = {name: getattr(theme.options, name) for name in theme.options.__dataclass_fields__}
    return {name: str(value) for name, value in given.items() if isinstance(value, str)}


def _explained(
    data: Mapping[str, Any],
    theme: Theme,
    words: Mapping[str, str],
    language: Mapping[str, Any],
    date: Callable[[str], str],
) -> Iterator[str]:
    """Yield every word that the PDF may show, squeezed and without signs around it."""
    shown: list[str] = [*words.values(), *language["sections"].values(), *CITED.split()]
    shown += re.sub(r"\{\w+\}", " ", language["degree"]).split()
    shown += theme.furniture()
    for value in _plain_options(theme).values():
        shown += source.paragraphs(value)
    meta = data.get("meta") or {}
    shown += [text for title in meta.get("sections") or () if isinstance(title, Mapping)
              for text in title.values()]  # fmt: skip
    settings = meta.get("publications") or {}
    shown += [group["title"] for group in settings.get("groups") or ()]
    metrics = settings.get("metrics") or {}
    shown += [f"{int(v):,}" if v.isdecimal() else v for v in metrics.values()]
    shown += metrics.values()
    if settings.get("numbering", "none") != "none":
        most = sum(len(source.items(value)) for value in data.values())
        shown += map(str, range(1, most + 1))
    shown += _all(data, date)
    shown.append(date("present"))
    for value in shown:
        for word in str(value).split():
            yield bare(word)


def _all(value: Any, date: Callable[[str], str], key: str = "") -> Iterator[str]:
    """Yield whatever may be shown of the data: dates and years, addresses, initials too."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name != "meta":
                yield from _all(part, date, name)
    elif isinstance(value, list):
        for part in value:
            yield from _all(part, date, key)
    elif key == "releaseDate":
        yield from (date(value), value[:4], LONG_MONTHS, value[-2:].lstrip("0"))
    elif key in DATES:
        yield from (date(value), value[:4])
    elif key == "url":
        yield source_address({"url": value})
        yield value
    elif key == "authors":
        yield value
        yield from (f"{part[0]}." for part in re.split(r"[\s,]+", value) if part)
    elif key in PROSE:
        yield from source.paragraphs(value)
    else:
        yield str(value)
