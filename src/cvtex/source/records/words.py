"""What a language calls things, as its data file says: `cvtex/languages/<code>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cvtex.diagnostics import CvtexError, has_errors
from cvtex.model import Text, Words
from cvtex.records import dataclass, field
from cvtex.source.languages import FOLDER, MEANT, OPTIONAL, canonical, codes, file_of, split
from cvtex.source.records.convert import converter
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import Problems

LISTS = ("months", "dayMonths", "longMonths", "sinceMonths", "untilMonths")
"""The words of a language that are twelve names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What a region of a language does otherwise."""

    babel: Text | None = None
    months: tuple[Text, ...] = ()
    long_months: tuple[Text, ...] = ()
    dates: Mapping[str, Text] = field(default_factory=dict)
    sections: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    publications: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The form of a language's file; `name` is what the language calls itself."""

    name: Text
    babel: Text
    months: tuple[Text, ...]
    day_months: tuple[Text, ...] = ()
    long_months: tuple[Text, ...] = ()
    since_months: tuple[Text, ...] = ()
    until_months: tuple[Text, ...] = ()
    dates: Mapping[str, Text]
    degree: Text
    sections: Mapping[str, Text]
    words: Mapping[str, Text]
    publications: Mapping[str, Text] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)


def words(code: str, over: Mapping[str, str | tuple[str, ...]] | None = None) -> Words:
    """Return the words of a language code, with some of them replaced.

    A region (`en-GB`) has its language's words, and its own where the file says
    so; the code stays as given, as a BCP 47 tag. What a language has no word for has
    the English one. `over` (from `meta.words`) replaces words, section titles, months, the
    patterns of dates and of `degree`, and words of citations by name; other names are ignored.
    A language without a file consists of them. Raises `KeyError` for a code that is not
    known if there are none.
    """
    own = _own(code)
    if own is None and not over:
        raise KeyError(code)
    english, local = _table("en"), Region()
    table = own or english
    if own:
        local = own.regions.get(split(code)[2], local)
    given = over or {}
    own_words, own_sections = (own.words, own.sections) if own else ({}, {})
    parts: dict[str, dict[str, str]] = {
        "words": {**_foreign(english.words), **own_words, **local.words},
        "dates": {**english.dates, **table.dates, **local.dates},
        "sections": {**_foreign(english.sections), **own_sections, **local.sections},
        "degree": {"degree": table.degree},
        "publications": {**english.publications, **table.publications, **local.publications},
    }
    for part in parts.values():
        part |= {name: v for name, v in given.items() if name in part and isinstance(v, str)}
    for name in OPTIONAL:  # which the more general one of `over` replaces, too
        if typed := given.get(name):
            parts["dates"][name] = str(typed)
        elif name.removesuffix("Year") in given:
            parts["dates"].pop(name, None)
    lists = {name: value for name, value in given.items() if isinstance(value, tuple)}
    months = lists.get("months") or local.months or table.months

    def cased(name: str, own: tuple[Text, ...]) -> tuple[str, ...]:
        return lists.get(name) or (own if months == table.months else ()) or months

    degree = re.split(r"\{studyType\}|\{area\}", parts["degree"]["degree"], maxsplit=2)
    before, between, after = degree
    babel = local.babel or table.babel if own else Text("")
    return Words(
        code=canonical(code),
        babel=str(given.get("babel", babel)),
        months=months,
        day_months=cased("dayMonths", table.day_months),
        since_months=cased("sinceMonths", table.since_months),
        until_months=cased("untilMonths", table.until_months),
        long_months=lists.get("longMonths") or local.long_months or table.long_months or months,
        dates=parts["dates"],
        sections=parts["sections"],
        degree=(before, between, after),
        words=parts["words"],
        publications=parts["publications"],
    )


def _foreign(words: Mapping[str, Text]) -> dict[str, Text]:
    """Return English words that say that they are English."""
    return {name: Text(word, language="en") for name, word in words.items()}


def known(code: str) -> frozenset[str]:
    """Return the names of the words that `meta.words` can give of a language."""
    own = words(code, {"present": ""})
    named = (own.words, own.sections, own.dates, own.publications)
    return frozenset(name for part in named for name in part) | {
        "degree",
        "babel",
        *LISTS,
        *OPTIONAL,
    }


def lacking(code: str, over: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """Return the names of the words that a language says in English, in the order of `en.yaml`.

    Those that `over` gives are not lacking, nor is what only some languages need.
    """
    english, table = _table("en"), _own(code)
    found = []
    for part in ("dates", "sections", "words", "publications"):
        theirs = getattr(table, part) if table else ()
        found += [name for name in getattr(english, part) if name not in theirs]
    if table is None:
        found = ["months", "longMonths", "degree", *found]
    elif not table.long_months:
        found = ["longMonths", *found]
    return tuple(name for name in dict.fromkeys(found) if name not in (over or ()))


def called(code: str) -> str:
    """Return what a language that has a file calls itself: `Deutsch`."""
    return str(_table(code).name)


def meant(typed: str) -> str | None:
    """Return the code that was likely meant by one that is not known: `ja` for `jp`, `de` for
    `german`; None if nothing is near."""
    said = typed.strip().casefold()
    if said in MEANT:
        return MEANT[said]
    if len(said) < 4:
        return None
    from difflib import get_close_matches

    by_name = {name: code for code in codes() for name in _names(code)}
    near = get_close_matches(said, by_name, n=1, cutoff=0.8)
    return by_name[near[0]] if near else None


def hint_of(typed: str, more: str = "") -> str:
    """Return what to do about a language that is not known, and `more` where none is near."""
    if code := meant(typed):
        return f"did you mean {code} ({called(file_of(code) or code)})?"
    return f"known are {', '.join(codes())}{more}"


def _names(code: str) -> tuple[str, ...]:
    """Return by which names people call a language: its own, and that of TeX (`german`)."""
    table = _table(code)
    plain = table.babel.split("-")[0].casefold()
    return (table.name.casefold(), plain, plain.removeprefix("n"))


def regions(code: str) -> tuple[str, ...]:
    """Return the codes of the regions that say something otherwise: `en-GB`."""
    return tuple(f"{code}-{region}" for region in _table(code).regions)


def _own(code: str) -> Table | None:
    """Return the file of a language, None if there is none."""
    name = file_of(code)
    return _table(name) if name else None


@cache
def _table(language: str) -> Table:
    problems = Problems()
    name = f"{language}.yaml"
    node = yaml_text.read((FOLDER / name).read_text("utf-8"), name, problems)
    table = converter(Table)(node, name, problems) if node is not None else None
    if not isinstance(table, Table) or has_errors(problems.diagnostics):
        raise CvtexError(problems.diagnostics)
    assert len(table.months) == 12 and len(table.long_months) in (0, 12), name
    return table
