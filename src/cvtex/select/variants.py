"""Variants that begin with others: their chain, and one made of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from cvtex.model import (
    Text,
    Variant,
)


def chain(variants: Mapping[str, Variant], name: str) -> tuple[str, ...]:
    """Return the names of a variant and of those that it begins with, the first one first.

    Raises `KeyError` with a name that there is not, `ValueError` where they go in a circle.
    """
    names: list[str] = []
    follow: str | None = name
    while follow:
        if follow in names:
            raise ValueError(" → ".join([*names, follow]))
        if follow not in variants:
            raise KeyError(follow)
        names.append(follow)
        follow = variants[follow].extends
    return tuple(reversed(names))


def resolve(variants: Mapping[str, Variant], name: str) -> Variant:
    """Return a variant with what it extends: lists united, and of single values the last."""
    whole = Variant()
    for part in (variants[each] for each in chain(variants, name)):
        whole = dataclasses.replace(
            part,
            about=part.about or whole.about,
            include=united(whole.include, part.include),
            exclude=united(whole.exclude, part.exclude),
            hide=united(whole.hide, part.hide),
            most={**whole.most, **part.most},
        )
    return whole


def united(first: tuple[Text, ...], second: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return the values of both, each once, in their order."""
    return (*first, *(value for value in second if value not in first))
