"""What records are made of: places, accounts, the head of a CV, bullets, roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cvtex.dates import Date
from cvtex.diagnostics import Source
from cvtex.records import dataclass, field
from cvtex.texts import NOWHERE, Email, Prose, Text, Url


def source_field() -> Any:
    """Return a field that holds where the record stands; never part of equality."""
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """`basics.location`, and the place of any record; a string is a place too."""

    address: Text | None = None
    postal_code: Text | None = None
    city: Text | None = None
    country_code: Text | None = None
    region: Text | None = None
    source: Source = source_field()

    @property
    def line(self) -> tuple[Text, ...]:
        """The parts in the order of an address line: street, code and city, region, country."""
        town = self.city
        if self.city and self.postal_code:
            town = Text(f"{self.postal_code} {self.city}", self.city.source)
        parts = (self.address, town or self.postal_code, self.region, self.country_code)
        return tuple(part for part in parts if part)


Place = Location | Text
"""A place: a string, or the parts of an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record of a section has: where it was typed, and what variants choose by.

    `tags` are words to choose it by, `priority` (0 to 9) how long it is kept where there is
    room for some only, and `id` the name by which a variant reaches it.
    """

    source: Source = source_field()
    id: Text | None = None
    tags: tuple[Text, ...] = ()
    priority: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An account at a network, such as LinkedIn; without `url` it is shown without a link."""

    network: Text | None = None
    username: Text | None = None
    url: Url | None = None
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """Who the CV is of, and how to reach them: the head of every theme.

    `label` is what one is (Research Engineer), `image` the path of a photo in the project.
    `aliases` are other spellings of the name, by which it is found among authors.
    """

    name: Text
    label: Text | None = None
    image: Text | None = None
    email: Email | None = None
    phone: Text | None = None
    url: Url | None = None
    summary: Prose | None = None
    location: Place | None = None
    profiles: tuple[Profile, ...] = ()
    aliases: tuple[Text, ...] = ()  # cvtex
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """One bullet. A plain string is a highlight with only `text`."""

    text: Prose
    id: Text | None = None  # cvtex
    tags: tuple[Text, ...] = ()  # cvtex
    priority: int = 5  # cvtex
    variants: Mapping[str, Prose] = field(default_factory=dict)  # cvtex: other wordings
    highlights: tuple[Highlight, ...] = ()  # cvtex
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One of several roles under one employer (cvtex)."""

    id: Text | None = None
    tags: tuple[Text, ...] = ()
    priority: int = 5
    position: Text | None = None
    team: Text | None = None
    location: Place | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    summary: Prose | None = None
    highlights: tuple[Highlight, ...] = ()
    keywords: tuple[Text, ...] = ()
    source: Source = source_field()
