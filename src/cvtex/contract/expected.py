"""What a CV's PDF must hold, worked out from its data: for `cvtex themes check` and the tests.

Nothing here asks the reader, the renderer or the citation styles: what they would forget,
this would forget with them. The order of sections, the forms of dates and what is shown of
a record are stated here a second time, on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from cvtex import model
from cvtex.contract import data as source
from cvtex.latex import Theme

ORDER = (
    "work", "volunteer", "education", "projects", "publications", "patents", "grants", "awards",
    "certificates", "memberships", "skills", "languages", "interests", "references",
)  # fmt: skip
"""The standard's sections, as a CV has them that says nothing of their order."""

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "en-GB": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
LONG_MONTHS = (
    "January February March April May June July August September October November December"
    " Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
"""The months as citation styles write them out."""
DAYS = {
    "en": "{month} {day}, {year}",
    "en-GB": "{day} {month} {year}",
    "de": "{day}. {month} {year}",
    "fr": "{day} {month} {year}",
}
NUMBERED_DAYS = {
    "en": "{mm}/{dd}/{year}",
    "en-GB": "{dd}/{mm}/{year}",
    "de": "{dd}.{mm}.{year}",
    "fr": "{dd}/{mm}/{year}",
}

DATES = {"startDate", "endDate", "date", "releaseDate"}
PROSE = {"summary", "description", "text", "reference", "highlights", "quote"}
NOT_SHOWN = {"tags", "priority", "id", "pageBreak", "image", "aliases", "url", "variants", *DATES}
"""Keys whose value is no text of the page: an address may be a link alone."""
HEADS = ("name", "position", "organization", "institution", "studyType")
"""What a record begins with, of which one may stand below its text, but not all."""

CITED = (
    "in and pp p vol no art ed eds of the et al thesis phd technical report preprint doi arxiv url"
    " code pdf link paper slides available at accessed unpublished manuscript version"
)
"""Words that citation styles add to what the data say, lower case."""
SIGNS = set(',;:.()•·–/+“”„‘’‚«»"[]&|-*†‡')
"""Signs that stand between values; a word is never made of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader must find of one record, each as it reads.

    `ranges` are its dates, each on a line of its own; `heads` what it begins with, and
    `bullet` the first of its own bullets; `roles` are the positions under one employer.
    """

    values: tuple[str, ...]
    ranges: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    bullet: str = ""
    roles: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a CV's data ask of its PDF.

    `sections` are titles and records in the order of the text, the first one the name
    and what stands under it. `links` is every address. `explained` are the words that
    may stand there, squeezed, beside those that must.
    """

    sections: tuple[tuple[str, tuple[Wanted, ...]], ...]
    links: frozenset[str]
    explained: frozenset[str]

    @property
    def name(self) -> str:
        return self.sections[0][0]

    @property
    def values(self) -> tuple[str, ...]:
        """Return every title and value that must be in the text."""
        titles = tuple(title for title, _ in self.sections)
        return titles + tuple(v for _, records in self.sections for r in records for v in r.values)

    def records(self) -> Iterator[Wanted]:
        """Yield every record, and each position after its employer."""
        for _, records in self.sections:
            for record in records:
                yield record
                yield from record.roles


def of(data: Mapping[str, Any], theme: Theme) -> Expected:
    """Return what the data of a CV ask of its PDF in a theme.

    Of the theme only its own words, its choices and the order in which it writes the
    sections are asked.
    """
    meta = data.get("meta") or {}
    code = meta.get("language", "en")
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
        links=frozenset(_links(chosen)) | frozenset(_links([_plain_options(theme)])),
        explained=frozenset(_explained(data, theme, words, language, date)),
    )


def _order(
    data: Mapping[str, Any], meta: Mapping[str, Any], language: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return name, title and kind of each section that has records, in order."""
    titles: dict[str, str] = {}
    for choice in meta.get("sections") or ():
        titles |= choice if isinstance(choice, Mapping) else {str(choice): ""}
    names = [*titles, *ORDER, *(n for n in data if n not in ("basics", "meta", "$schema"))]
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


ACCOUNTS = {
    "GitHub": "https://github.com/{}",
    "Mastodon": "https://{1}/@{0}",
    "ORCID": "https://orcid.org/{}",
}
"""Where the accounts of the samples are that are given by a name."""

SAID = {
    "en": {"Fall": "Fall", "expected": "expected"},
    "de": {"Fall": "Herbst", "expected": "voraussichtlich"},
    "fr": {"Fall": "automne", "expected": "prévu en"},
}
"""What the samples say of dates, by language."""


def dates(code: str, form: str, present: str) -> Callable[[str], str]:
    """Return how a date of the data reads in a language, by the option `dates`."""
    base = code.partition("-")[0]

    def shown(value: str) -> str:
        if value == "present":
            return present
        first, space, rest = value.partition(" ")
        if space:
            said = shown(rest)
            named = first == "Fall" and form == "years"
            return said if named else f"{SAID.get(base, SAID['en'])[first]} {said}"
        year, month, day = (*value.split("-"), "", "")[:3]
        month_name = MONTHS.get(code, MONTHS[base]).split()[int(month) - 1] if month else ""
        if form == "years" or not month:
            return year
        if form == "numbers":
            if not day:
                return f"{month}/{year}"
            pattern = NUMBERED_DAYS.get(code, NUMBERED_DAYS[base])
            return pattern.format(year=year, mm=month, dd=day)
        if form == "months" or not day:
            return f"{month_name} {year}"
        pattern = DAYS.get(code, DAYS[base])
        return pattern.format(year=year, month=month_name, day=int(day))

    return shown


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


def source_address(profile: Mapping[str, Any]) -> str:
    """Return a profile's address as it is shown: without scheme, `www.` and last slash."""
    return re.sub(r"^https?://(www\.)?", "", profile.get("url", "")).removesuffix("/")


def listing(listed: list[dict[str, Any]], settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return publications in the order of the list: by the groups of `meta`, newest first."""
    newest = sorted(listed, key=lambda item: str(item.get("releaseDate", "")), reverse=True)
    if settings.get("groupBy", "none") not in ("none", "year"):
        return newest
    groups = [group.get("types") for group in settings.get("groups") or ()]
    if not groups:
        return newest

    def rank(publication: Mapping[str, Any]) -> int:
        fits = [n for n, types in enumerate(groups) if types and publication.get("type") in types]
        return fits[0] if fits else len(groups)

    return sorted(newest, key=rank)


def cited(publication: Mapping[str, Any]) -> Wanted:
    """Return what must be found of a publication in any style: title, container, year, names."""
    found = [publication[key] for key in ("name", "publisher") if publication.get(key)]
    if publication.get("releaseDate"):
        found.append(publication["releaseDate"][:4])
    found += [_family(author) for author in publication.get("authors") or ()]
    return Wanted(values=(*found, *source.paragraphs(publication.get("summary", ""))))


def _family(author: str) -> str:
    return author.partition(",")[0] if "," in author else author.split()[-1]


def _links(value: Any, key: str = "") -> Iterator[str]:
    """Yield every address that the data give, as a PDF writes it."""
    if isinstance(value, Mapping):
        if key == "profiles" and not value.get("url"):
            yield from _profile(str(value.get("network", "")), str(value.get("username", "")))
        for name, part in value.items():
            if not name.startswith("x-"):
                yield from _links(part, name)
        if key == "profiles" and not value.get("url") and value.get("network") in ACCOUNTS:
            yield ACCOUNTS[value["network"]].format(*value["username"].lstrip("@").split("@"))
    elif isinstance(value, list):
        for part in value:
            yield from _links(part, key)
    elif not value:
        return
    elif key == "url":
        scheme = "" if re.match(r"[a-z]+:", value) else "https://"
        yield address(scheme + value)
    elif key == "email":
        yield f"mailto:{value}"
    elif key == "phone":
        yield "tel:" + "".join(c for c in value if c in "+0123456789")
    elif key in PROSE:
        yield from map(address, source.targets(value))


def _profile(network: str, user: str) -> Iterator[str]:
    """Yield the address of a profile that says only who somebody is in a network."""
    if network == "Mastodon" and user.count("@") == 2:
        _, name, host = user.split("@")
        yield f"https://{host}/@{name}"
    elif network == "GitHub" and user:
        yield f"https://github.com/{user}"


def address(url: str) -> str:
    """Return an address with all that is no part of a URL percent-encoded."""
    return quote(url, safe="%:/?#[]@!$&'()*+,;=-._~")


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


def squeeze(value: str) -> str:
    """Return a text without what a page may change: spaces, capitals, an apostrophe's form."""
    value = unicodedata.normalize("NFC", value).replace("’", "'")
    return re.sub(r"\s+", "", value).casefold()


def bare(word: str) -> str:
    """Return a word squeezed, without the signs around it."""
    return squeeze(word).strip("".join(SIGNS))


def unexplained(layer: str, expected: Expected) -> list[str]:
    """Return the words of a text layer that data, titles, dates and furniture do not explain."""
    explained = expected.explained | {bare(w) for v in expected.values for w in v.split()}
    left = []
    tokens = [(bare(word), word) for word in layer.split()]
    place = 0
    while place < len(tokens):
        for length in range(8, 0, -1):  # the longest: a broken word may begin with another
            joined = bare("".join(word for _, word in tokens[place : place + length]))
            if joined in explained or not joined:
                place += length
                break
        else:
            left.append(tokens[place][1])
            place += 1
    return left


def joined(wanted: tuple[str, ...]) -> set[str]:
    """Return what two, three and four words of a value in a row are without their spaces."""
    found: set[str] = set()
    for value in wanted:
        words = [squeeze(word) for word in value.split()]
        found |= {a + b for a, b in pairwise(words)}
        for length in (3, 4):
            rows = zip(*(words[start:] for start in range(length)), strict=False)
            found.update(map("".join, rows))
    return found
