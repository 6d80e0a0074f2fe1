"""What is said of the CV itself: `meta`, and the variants of `data/variants.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cvtex.dates import Date
from cvtex.diagnostics import Source
from cvtex.model.parts import source_field
from cvtex.model.publications import PublicationSettings
from cvtex.records import dataclass, field
from cvtex.texts import Prose, Text, Url


class Unread:
    """A piece of input kept for later: options of a theme, read once it is known."""

    __slots__ = ("node",)

    def __init__(self, node: object) -> None:
        self.node = node


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChoice:
    """One item of `meta.sections`: `work`, or `{work: Experience}` with a title, or with a
    title and a text under it: `{work: {title: Experience, summary: …}}`."""

    name: str
    title: Text | None = None
    summary: Prose | None = None
    source: Source = source_field()


LAST_MODIFIED = "{lastModified}"
"""Stands in `meta.footer` for the date in `meta.lastModified`."""


PublicPart = Literal["phone", "address", "references"]
"""What a CV may tell in public though most people keep it to themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One variant of the CV (cvtex): what it keeps, and what it says otherwise.

    `include` and `exclude` are tags, `hide` are sections, and `most` says how many of a
    list are kept, by its name (`projects`, `work.highlights`). `data` and `meta` are laid
    over those of the CV when it is read. `extends` names the variant that it begins with.
    """

    about: Text | None = None
    extends: Text | None = None
    include: tuple[Text, ...] = ()
    exclude: tuple[Text, ...] = ()
    hide: tuple[Text, ...] = ()
    most: Mapping[str, int] = field(default_factory=dict)
    data: Unread | None = None
    meta: Unread | None = None
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How many pages the CV is to have (cvtex). A plain number is one with only `pages`.

    With `drop`, what has a `priority` below 5 is left out for it, the lowest first.
    """

    pages: int
    drop: bool = False
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a release attaches, each by name (cvtex). A plain list is one of `variants` alone.

    `all` stands for all that there are; without variants it is the whole CV.
    """

    variants: tuple[Text, ...] = ()
    letters: tuple[Text, ...] = ()
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is said of the CV itself: its theme, language, order of sections, lists."""

    theme: Text = Text("classic")
    themes: Mapping[str, Unread] = field(default_factory=dict)  # cvtex: options by theme
    sections: tuple[SectionChoice, ...] = ()  # cvtex: order; the others follow
    hide: tuple[Text, ...] = ()  # cvtex: sections left out
    language: Text = Text("en")  # cvtex
    languages: tuple[Text, ...] = ()  # cvtex: those that texts are written in, the first before
    words: Mapping[str, Text | tuple[Text, ...]] = field(
        default_factory=dict
    )  # cvtex: over the language's own
    public: tuple[PublicPart, ...] = ()  # cvtex: what a public build may make known
    footer: Prose | None = None  # cvtex: a text at the CV's foot
    page_limit: int | None = None  # cvtex
    fit: Fit | None = None  # cvtex: how many pages it is to have
    files: tuple[Text, ...] = ()  # cvtex: files of the project that raw TeX or a theme reads
    standard: Literal["plain", "ua", "archive"] | None = None  # cvtex: what the PDF is
    embed: bool = False  # cvtex: the data in the PDF
    publications: PublicationSettings = PublicationSettings()  # cvtex
    variants: Mapping[str, Variant] = field(default_factory=dict)  # cvtex
    release: Release = Release()  # cvtex: the variants and letters that it attaches
    canonical: Url | None = None
    version: Text | None = None
    last_modified: Text | None = None
    source: Source = source_field()


def last_modified(meta: Meta) -> Date | None:
    """Return the date in `meta.lastModified` (a date or a time of ISO 8601), None if none."""
    try:
        return Date.parse((meta.last_modified or "").partition("T")[0])
    except ValueError:
        return None
