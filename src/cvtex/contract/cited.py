"""What a list of publications must say of each, whatever its citation style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cvtex.contract import data as source
from cvtex.contract.wanted import Wanted

CITED = (
    "in and pp p vol no art ed eds of the et al thesis phd technical report preprint doi arxiv url"
    " code pdf link paper slides available at accessed unpublished manuscript version"
)
"""Words that citation styles add to what the data say, lower case."""


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
