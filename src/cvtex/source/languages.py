"""Which languages have words: one data file a language, `cvtex/languages/<code>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PLACES: Mapping[str, tuple[str, ...]] = {
    "year": ("{year}",),
    "month": ("{month}", "{year}"),
    "longDay": ("{day}", "{month}", "{year}"),
    "day": ("{day}", "{month}", "{year}"),
    "numericMonth": ("{month}", "{year}"),
    "numericDay": ("{day}", "{month}", "{year}"),
    "season": ("{season}", "{year}"),
    "quarter": ("{quarter}", "{year}"),
    "expected": ("{date}",),
    "since": ("{date}",),
    "until": ("{date}",),
    "sinceYear": ("{year}",),
    "untilYear": ("{year}",),
    "about": ("{date}",),
    "either": ("{date}", "{other}"),
    "degree": ("{studyType}", "{area}"),
    "others": ("{count}",),
    **dict.fromkeys(("vol", "no", "pp", "edn", "numberWord", "collaboration"), ("{}",)),
    "page": ("{page}", "{pages}"),
    "subject": ("{subject}",),
    "placeAndDate": ("{place}", "{date}"),
    "labelled": ("{label}", "{text}"),
    "listed": ("{first}", "{second}"),
}
"""What stands for what in the patterns of a language."""

SAID = ("expected", "since", "sinceYear", "until", "untilYear", "about", "either")
"""The patterns of what is said of a date: without it they would say nothing."""

OPTIONAL = ("sinceYear", "untilYear", "firstDay")
"""The patterns that only some languages need."""

FOLDER = Path(__file__).parent.parent / "languages"


ALIASES: Mapping[str, str] = {
    "no": "nb",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
}
"""Codes whose words are in the file of another."""

MEANT: Mapping[str, str] = {
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "jp": "ja",
    "kr": "ko",
    "cn": "zh",
    "se": "sv",
    "si": "sl",
    "ua": "uk",
    "rs": "sr",
    "ee": "et",
    "vn": "vi",
    "br": "pt-BR",
    "gb": "en-GB",
    "us": "en-US",
    "at": "de-AT",
    "ch": "de-CH",
    "nn": "nb",
}
"""What people write who think of a country, and a language that is like another."""

_TAG = r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*"


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def split(code: str) -> tuple[str, str, str]:
    """Return language, script and region of a BCP 47 tag: `en-GB`, `de_AT`, `zh-Hans-CN`."""
    language, *rest = re.split(r"[-_]", code.strip())
    script = next((part for part in rest if re.fullmatch(r"[A-Za-z]{4}", part)), "")
    region = next((part for part in rest if re.fullmatch(r"[A-Za-z]{2}", part)), "")
    return language.lower(), script.capitalize(), region.upper()


def canonical(code: str) -> str:
    """Return a code as BCP 47 writes it: `de-CH` for `DE_ch`, `zh-Hant` for `zh-hant`."""
    if not is_tag(code):
        return code
    first, *rest = re.split(r"[-_]", code.strip())
    cases = {2: str.upper, 4: str.capitalize}
    return "-".join((first.lower(), *(cases.get(len(p), str.lower)(p) for p in rest)))


def is_tag(code: str) -> bool:
    """Tell whether a code has the form of a BCP 47 tag."""
    return bool(re.fullmatch(_TAG, code.strip(), re.ASCII))


def file_of(code: str) -> str | None:
    """Return the code of the file that has the words for a code: its own, its language's, or
    that of its script (`sr-Latn-RS`, `zh-TW`); None if there is none."""
    if not is_tag(code):
        return None
    language, script, region = split(code)
    tries = (f"{language}-{script}", f"{language}-{region}", language)
    found = (ALIASES.get(name, name) for name in tries)
    return next((name for name in found if name in codes()), None)


def is_known(code: str) -> bool:
    """Tell whether there are words for a code, or for the language of its region."""
    return file_of(code) is not None


def pattern_fault(name: str, pattern: str) -> str | None:
    """Return what is wrong with a pattern that is to replace a language's, None if nothing.

    Which places a pattern may hold says `PLACES`; those of a degree and of letters hold all,
    in this order, and what is said of a date holds the date; other words hold no braces.
    """
    braced = re.findall(r"\{[^{}]*\}|[{}]", pattern)
    allowed = PLACES.get(name, ())
    wrong = [part for part in braced if part not in allowed]
    if wrong:
        return f"{name} may hold {' '.join(allowed)}" if allowed else f"{name} holds no braces"
    if name in (*SAID, "others") and any(place not in braced for place in allowed):
        return f"{name} holds {' and '.join(allowed)}"
    if name in ("subject", "placeAndDate", "labelled", "listed") and braced != list(allowed):
        return f"{name} holds {' and then '.join(allowed)}"
    if name == "degree" and braced != list(allowed):
        return f"degree holds {' and then '.join(allowed)}"
    return None
