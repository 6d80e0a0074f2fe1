"""Which languages have words: one data file a language, `cvtex/languages/<code>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PLACES: Mapping[str, tuple[str, ...]] = {
    "year": ("{year}",),
    "month": ("{month}", "{year}"),
    "day": ("{day}", "{month}", "{year}"),
    "numericMonth": ("{month}", "{year}"),
    "numericDay": ("{day}", "{month}", "{year}"),
    "season": ("{season}", "{year}"),
    "quarter": ("{quarter}", "{year}"),
    "expected": ("{date}",),
    "since": ("{date}",),
    "until": ("{date}",),
    "about": ("{date}",),
    "either": ("{date}", "{other}"),
    "degree": ("{studyType}", "{area}"),
    "page": ("{page}", "{pages}"),
}
"""What stands for what in the patterns of a language."""

SAID = ("expected", "since", "until", "about", "either")
"""The patterns of what is said of a date: without it they would say nothing."""

FOLDER = Path(__file__).parent.parent / "languages"


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def split(code: str) -> tuple[str, str]:
    """Return language and region of a BCP 47 tag: `en-GB`, `de_AT`, `zh-Hans-CN`."""
    language, *rest = re.split(r"[-_]", code.strip())
    region = next((part for part in rest if re.fullmatch(r"[A-Za-z]{2}", part)), "")
    return language.lower(), region.upper()


def is_known(code: str) -> bool:
    """Tell whether there are words for a code, or for the language of its region."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", code.strip(), re.ASCII)) and (
        split(code)[0] in codes()
    )


def pattern_fault(name: str, pattern: str) -> str | None:
    """Return what is wrong with a pattern that is to replace a language's, None if nothing.

    Which places a pattern may hold says `PLACES`; that of a degree holds both, in this
    order, and what is said of a date holds the date; other words hold no braces.
    """
    braced = re.findall(r"\{[^{}]*\}|[{}]", pattern)
    allowed = PLACES.get(name, ())
    wrong = [part for part in braced if part not in allowed]
    if wrong:
        return f"{name} may hold {' '.join(allowed)}" if allowed else f"{name} holds no braces"
    if name in SAID and any(place not in braced for place in allowed):
        return f"{name} holds {' and '.join(allowed)}"
    if name == "degree" and braced != list(allowed):
        return f"degree holds {' and then '.join(allowed)}"
    return None
