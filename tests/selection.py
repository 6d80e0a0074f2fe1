"""What a variant must keep, worked out from the data as they were typed: the oracle of tests.

Nothing here asks `cvtex.select` or the reader: the laws of variants are stated a second time,
on plain values (`cvtex.contract.data` reads them).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from cvtex.contract.data import items

NOT_SECTIONS = ("basics", "meta", "variants", "letters")
UNREAD = ("tags", "priority", "id", "variants")
"""Keys of a record or a bullet by which variants choose, and that nobody reads."""


def whole(variants: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a variant with what it extends: lists united, of single values the last."""
    own = variants[name]
    if not own.get("extends"):
        base: dict[str, Any] = {"layers": [], "names": []}
    else:
        base = whole(variants, own["extends"])
    found = dict(base)
    for key in ("include", "exclude", "hide"):
        found[key] = [*base.get(key, []), *own.get(key, [])]
    found["most"] = {**base.get("most", {}), **own.get("most", {})}
    found["layers"] = [*base["layers"], own.get("data", {}), {"meta": own.get("meta", {})}]
    found["names"] = [name, *base["names"]]
    return found


def chosen(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the data of a CV as a variant has them."""
    variant = whole(data["variants"], name)
    found: Any = copy.deepcopy({k: v for k, v in data.items() if k != "variants"})
    for layer in variant["layers"]:
        found = _laid(found, layer)
    for section in found:
        if section in NOT_SECTIONS:
            continue
        kept = [] if section in variant["hide"] else _kept(items(found[section]), variant, section)
        if isinstance(found[section], Mapping):
            found[section]["entries"] = kept
        else:
            found[section] = kept
    return found  # type: ignore[no-any-return]


def _laid(base: Any, over: Any) -> Any:
    """Return what is laid over a value: mappings key by key, records by their ids."""
    if isinstance(base, list) and isinstance(over, Mapping):
        return [
            _laid(one, over[one["id"]])
            if isinstance(one, Mapping) and one.get("id") in over
            else one
            for one in base
        ]
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return {
            **base,
            **{key: _laid(base[key], over[key]) if key in base else over[key] for key in over},
        }
    return over


def _kept(things: list[Any], variant: Mapping[str, Any], limit: str) -> list[Any]:
    """Return what is kept of records, roles or bullets, at most so many as `limit` allows."""
    found = []
    for thing in things:
        if not isinstance(thing, Mapping):
            found.append(thing)
            continue
        tags = set(thing.get("tags", []))
        if limit == "publications":  # a keyword counts where the variant names it
            named = {*variant["include"], *variant["exclude"]}
            tags |= set(thing.get("keywords", [])) & named
        if tags & set(variant["exclude"]):
            continue
        if tags and variant["include"] and not tags & set(variant["include"]):
            continue
        thing = dict(thing)
        section = limit.partition(".")[0]
        if "positions" in thing:
            thing["positions"] = _kept(thing["positions"], variant, f"{section}.positions")
            if not thing["positions"]:
                continue
        if "highlights" in thing:
            deep = "" if "text" in thing else f"{section}.highlights"  # bullets below a bullet
            thing["highlights"] = _kept(thing["highlights"], variant, deep)
        most = variant["most"].get(f"{section}.keywords")
        if "keywords" in thing and most is not None:
            thing["keywords"] = thing["keywords"][: int(most)]
        wordings = thing.pop("variants", {})
        if own := [name for name in variant["names"] if name in wordings]:
            thing["text"] = wordings[own[0]]
        found.append(thing)
    most = variant["most"].get(limit)
    if most is None or len(found) <= int(most):
        return found
    left = list(enumerate(found))
    while len(left) > int(most):  # the least priority goes, of equal ones the last
        least = min(_priority(thing) for _, thing in left)
        left.remove([pair for pair in left if _priority(pair[1]) == least][-1])
    return [thing for _, thing in left]


def _priority(thing: Any) -> int:
    return int(thing.get("priority", 5)) if isinstance(thing, Mapping) else 5


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of the data that stands on a page, with the other wordings of bullets."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name == "variants" and key == "highlights":
                yield from part.values()
            elif name not in UNREAD and name not in ("meta", "variants", "letters", "kind"):
                yield from texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, key)
    elif value:
        yield str(value)
