"""What a language calls things: one data file a language, `cvtex/languages/<code>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cvtex.diagnostics import CvtexError, has_errors
from cvtex.model import Text, Words
from cvtex.records import dataclass, field

PLACES: Mapping[str, tuple[str, ...]] = {
    "year": ("{year}",),
    "month": ("{month}", "{year}"),
    "day": ("{day}", "{month}", "{year}"),
    "numericMonth": ("{month}", "{year}"),
    "numericDay": ("{day}", "{month}", "{year}"),
    "degree": ("{studyType}", "{area}"),
    "page": ("{page}", "{pages}"),
}
"""What stands for what in the patterns of a language."""

FOLDER = Path(__file__).parent.parent / "languages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What a region of a language does otherwise."""

    babel: Text | None = None
    dates: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The form of a language's file."""

    babel: Text
    months: tuple[Text, ...]
    dates: Mapping[str, Text]
    degree: Text
    sections: Mapping[str, Text]
    words: Mapping[str, Text]
    regions: Mapping[str, Region] = field(default_factory=dict)


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def _split(code: str) -> tuple[str, str]:
    """Return language and region of a BCP 47 tag: `en-GB`, `de_AT`, `zh-Hans-CN`."""
    language, *rest = re.split(r"[-_]", code.strip())
    region = next((part for part in rest if re.fullmatch(r"[A-Za-z]{2}", part)), "")
    return language.lower(), region.upper()


def is_known(code: str) -> bool:
    """Tell whether there are words for a code, or for the language of its region."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", code.strip(), re.ASCII)) and (
        _split(code)[0] in codes()
    )


def words(code: str, over: Mapping[str, str] | None = None) -> Words:
    """Return the words of a language code, with some of them replaced.

    A region (`en-GB`) has its language's words, and its own where the file says
    so; the code stays as given, as a BCP 47 tag. `over` (from `meta.words`)
    replaces words, section titles, and the patterns of dates and of `degree` by
    name; other names are ignored. Raises `KeyError` for a code that
    is not known.
    """
    if not is_known(code):
        raise KeyError(code)
    language, region = _split(code)
    table = _table(language)
    local = table.regions.get(region, Region())
    parts: dict[str, dict[str, str]] = {
        "words": {**table.words, **local.words},
        "dates": {**table.dates, **local.dates},
        "sections": dict(table.sections),
        "degree": {"degree": table.degree},
    }
    for name, value in (over or {}).items():
        for part in parts.values():
            if name in part:
                part[name] = value
    degree = re.split(r"\{studyType\}|\{area\}", parts["degree"]["degree"], maxsplit=2)
    before, between, after = degree
    return Words(
        code=code.strip().replace("_", "-"),
        babel=local.babel or table.babel,
        months=table.months,
        dates=parts["dates"],
        sections=parts["sections"],
        degree=(before, between, after),
        words=parts["words"],
    )


def pattern_fault(name: str, pattern: str) -> str | None:
    """Return what is wrong with a pattern that is to replace a language's, None if nothing.

    A date's pattern may hold `{year}`, `{month}` and, of a day, `{day}`; that of a degree
    holds `{studyType}` and then `{area}`, once each; other words hold no braces.
    """
    braced = re.findall(r"\{[^{}]*\}|[{}]", pattern)
    allowed = PLACES.get(name, ())
    wrong = [part for part in braced if part not in allowed]
    if wrong:
        return f"{name} may hold {' '.join(allowed)}" if allowed else f"{name} holds no braces"
    if name == "degree" and braced != list(allowed):
        return f"degree holds {' and then '.join(allowed)}"
    return None


@cache
def _table(language: str) -> Table:
    from cvtex.source import yamltext
    from cvtex.source.nodes import Problems
    from cvtex.source.reader import converter

    problems = Problems()
    name = f"{language}.yaml"
    node = yamltext.read((FOLDER / name).read_text("utf-8"), name, problems)
    table = converter(Table)(node, name, problems) if node is not None else None
    if not isinstance(table, Table) or has_errors(problems.diagnostics) or len(table.months) != 12:
        raise CvtexError(problems.diagnostics)
    return table
