"""A letter, and whom it is to."""

from __future__ import annotations

from collections.abc import Mapping

from cvtex.dates import Date
from cvtex.diagnostics import Source
from cvtex.model.parts import source_field
from cvtex.records import dataclass, field
from cvtex.texts import Email, Prose, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a letter is to (cvtex): a person, an organisation or both."""

    name: Text | None = None
    title: Text | None = None
    organization: Text | None = None
    address: tuple[Text, ...] = ()
    email: Email | None = None
    source: Source = source_field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, `data/letters/<name>.yaml` (cvtex), with all `{…}` in its texts filled.

    `signature` is the path of a picture in the project; `variant`, `theme` and `language` are
    those of the CV that it goes with. `extends` and `values` have done their work.
    """

    to: Recipient | None = None
    place: Text | None = None
    date: Date | None = None
    subject: Text | None = None
    opening: Text | None = None
    body: Prose
    closing: Text | None = None
    signature: Text | None = None
    enclosures: tuple[Text, ...] = ()
    ps: Prose | None = None
    variant: Text | None = None
    theme: Text | None = None
    language: Text | None = None
    extends: Text | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    source: Source = source_field()
