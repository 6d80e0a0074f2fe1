"""Citation styles as data: a YAML file each, `cvtex/citation/styles/<name>.yaml`.

A project can have its own, `styles/<name>.yaml`; it is read by the same reader
as the CV's data, so that a mistake in it has a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Literal

from cvtex.citation.template import Template
from cvtex.diagnostics import CvtexError, Source, error, has_errors
from cvtex.model import PublicationSettings, Text
from cvtex.records import dataclass, field

NEAREST = {
    "collection": "book",
    "proceedings": "book",
    "reference": "book",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "manual": "book",
    "booklet": "book",
    "inbook": "incollection",
    "bookinbook": "incollection",
    "suppbook": "incollection",
    "suppcollection": "incollection",
    "inreference": "incollection",
    "suppperiodical": "article",
    "periodical": "article",
    "review": "article",
    "misc": "online",
    "standard": "report",
}
"""The type whose template serves where a style has none for one."""


OWN = frozenset(
    [
        *("url", "html", "doi", "biorxiv", "medrxiv", "arxiv", "pubmed", "pmcid", "hal", "jstor"),
        *("hdl", "iacr", "googlebooks"),
    ]
)
"""Kinds of links to the paper itself."""

LABELS = {
    "url": "Link",
    "html": "Paper",
    "doi": "DOI",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
    "arxiv": "arXiv",
    "pubmed": "PubMed",
    "pmcid": "PMC",
    "hal": "HAL",
    "jstor": "JSTOR",
    "hdl": "Handle",
    "iacr": "ePrint",
    "googlebooks": "Google Books",
    "pdf": "PDF",
    "preprint": "Preprint",
    "code": "Code",
    "data": "Data",
    "slides": "Slides",
    "video": "Video",
    "poster": "Poster",
    "project": "Project",
    "blog": "Blog",
    "supplement": "Supplement",
}
"""What kinds of links are called where a style says nothing else."""


SIGNS = {
    "star": "*",
    "equal": "*",
    "supervision": "†",
    "corresponding": "‡",
    "dagger": "†",
    "ddagger": "‡",
    "section": "§",
    "paragraph": "¶",
}
"""The signs of marks where a style or the settings say nothing else."""


def signs(style: Style, settings: PublicationSettings) -> dict[str, str]:
    """Return the sign of each mark: the settings', the style's, the usual one.

    A star of the `.bib` stays a star, whatever the settings say that it means.
    """
    usual = dict(SIGNS)
    if settings.stars:
        usual |= {"equal": "=", settings.stars: "*"}
    return {**usual, **style.signs, **settings.signs}


@dataclass(frozen=True, slots=True)
class Initials:
    """How given names are cut, read off an example: `J.-P. M.`, `JPM`, `J.P.M.`"""

    end: str
    space: str
    hyphen: str

    @classmethod
    def parse(cls, text: str) -> Initials:
        """Read the example; it has the initials J, P and M of Jean-Paul Marie."""
        match = re.fullmatch(r"J([^JPM]*?)(-?)P\1([^JPM]*)M\1", text)
        if not match:
            raise ValueError("initials are shown by an example such as J.-P. M.")
        return cls(match[1], match[3], match[2])


@dataclass(frozen=True, slots=True)
class Series:
    """What stands between the names A, B, C (and Z, the last one), read off an example."""

    gaps: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Series:
        """Read the example: `A, B, and C`, `A et al.`, `A, … Z`."""
        if not re.match(r"A\b", text):
            raise ValueError("a list of names is shown by an example such as A, B, and C")
        return cls(tuple(re.split(r"\b[A-CZ]\b(?!\.)", text)[1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How lists of names are set. `None` takes what the style's `default` says.

    `first` and `others` are templates of `{family}` (with its particle), `{given}`
    and `{suffix}`. Without `initials`, given names stand in full. More than `most`
    names are cut to `shown`: with `cut` behind them, or with `ellipsis` and the
    last one. `cut_one` is `cut` where only one name stands.
    """

    first: Template | None = None
    others: Template | None = None
    initials: Initials | None = None
    two: Series | None = None
    many: Series | None = None
    cut: Series | None = None
    cut_one: Series | None = None
    ellipsis: Series | None = None
    most: int | None = None
    shown: int | None = None

    def over(self, default: Names) -> Names:
        """Return the same with what is missing taken from another."""
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(default, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A citation style.

    `types` has a template a type of publication, `default` for all others;
    `parts` named pieces of templates; `names` the form of a list by its field;
    `links` labels by kind of link; `signs` the signs of marks; `words` what is
    called how, `one|several`; `dates` the patterns of `year`, `month` and `day`
    with `{year}`, `{month}`, `{day}`; `months` the names of months. `languages`
    has words of other languages by code, and `quotes` (`„|“`) among them. `status` says
    whether "in press" stands `instead` of the date, `beside` or `before` it.
    """

    title: Text
    names: Mapping[str, Names]
    types: Mapping[str, Template]
    parts: Mapping[str, Template] = field(default_factory=dict)
    links: Mapping[str, Text] = field(default_factory=dict)
    signs: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    dates: Mapping[str, Template] = field(default_factory=dict)
    months: tuple[Text, ...] = ()
    numbered: Text | None = None
    languages: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    status: Literal["instead", "beside", "before"] = "instead"

    def template(self, kind: str, subtype: str = "") -> Template:
        """Return the template of a type of publication: its own, or that of the nearest."""
        for wanted in (subtype, kind, NEAREST.get(kind, "")):
            if wanted in self.types:
                return self.types[wanted]
        return self.types["default"]


_DEFAULT = Names(
    first=Template.parse("{family}[, {given}][, {suffix}]"),
    others=Template.parse("{family}[, {given}][, {suffix}]"),
    two=Series.parse("A, B"),
    many=Series.parse("A, B, C"),
    cut=Series.parse("A, et al."),
)


def read(text: str, file: str) -> Style:
    """Return the style that a YAML text describes; CvtexError if it is wrong."""
    from cvtex.source.records.convert import converter
    from cvtex.source.syntax import yaml_text
    from cvtex.source.syntax.nodes import Problems

    problems = Problems()
    node = yaml_text.read(text, file, problems)
    found = converter(Style)(node, "the style", problems) if node is not None else None
    faulty = has_errors(problems.diagnostics)
    if isinstance(found, Style) and not faulty and "default" not in found.types:
        problems.error("types has no default", Source(file))
    if not isinstance(found, Style) or has_errors(problems.diagnostics):
        raise CvtexError(problems.diagnostics or [error("the style is empty", Source(file))])
    default = found.names.get("default", Names()).over(_DEFAULT)
    forms = {role: form.over(default) for role, form in found.names.items()}
    return replace(found, names={**forms, "default": default})
