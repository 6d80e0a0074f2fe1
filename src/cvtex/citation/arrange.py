"""The order of a list of publications."""

from __future__ import annotations

from collections.abc import Iterable

from cvtex.model import Date, Publication, PublicationSettings

_UNDATED = Date(9998)


def arrange(
    publications: Iterable[Publication], settings: PublicationSettings
) -> tuple[Publication, ...]:
    """Return the publications newest first; those of one date keep their order.

    What has no date ("in press") is newest.
    """
    return tuple(sorted(publications, key=_age, reverse=False))


def _age(publication: Publication) -> tuple[int, int, int]:
    date = publication.date or _UNDATED
    return -date.year, -date.month, -date.day
