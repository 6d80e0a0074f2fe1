"""What a language calls things, as its data file says: `cvtex/languages/<code>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cvtex.diagnostics import CvtexError, has_errors
from cvtex.model import Text, Words
from cvtex.records import dataclass, field
from cvtex.source.languages import FOLDER, is_known, split
from cvtex.source.records.convert import converter
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.nodes import Problems


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
    publications: Mapping[str, Text] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)


def words(code: str, over: Mapping[str, str] | None = None) -> Words:
    """Return the words of a language code, with some of them replaced.

    A region (`en-GB`) has its language's words, and its own where the file says
    so; the code stays as given, as a BCP 47 tag. What a language has no word for has
    the English one. `over` (from `meta.words`) replaces words, section titles, and the
    patterns of dates and of `degree` by name; other names are ignored. Raises
    `KeyError` for a code that is not known.
    """
    if not is_known(code):
        raise KeyError(code)
    language, region = split(code)
    table, english = _table(language), _table("en")
    local = table.regions.get(region, Region())
    parts: dict[str, dict[str, str]] = {
        "words": {**english.words, **table.words, **local.words},
        "dates": {**english.dates, **table.dates, **local.dates},
        "sections": {**english.sections, **table.sections},
        "degree": {"degree": table.degree},
        "publications": dict(table.publications),
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
        publications=parts["publications"],
    )


@cache
def _table(language: str) -> Table:

    problems = Problems()
    name = f"{language}.yaml"
    node = yaml_text.read((FOLDER / name).read_text("utf-8"), name, problems)
    table = converter(Table)(node, name, problems) if node is not None else None
    if not isinstance(table, Table) or has_errors(problems.diagnostics) or len(table.months) != 12:
        raise CvtexError(problems.diagnostics)
    return table
