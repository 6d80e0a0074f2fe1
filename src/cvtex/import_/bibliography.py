"""Publications of other tools as BibTeX entries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from cvtex.source.bibtex.escape import escape

VERBATIM = {"url", "doi", "date", "eprint", "year"}
"""Fields that BibTeX's styles take as they stand."""


def entry(kind: str, fields: Mapping[str, str], others: Sequence[str]) -> str:
    """Return an entry with a key that none of the others has; fields without value are left out.

    Authors come as `Given Family` or `Family, Given`, parted by " and ".
    """
    heads = (re.match(r"@\w+\{([^,]+),", text) for text in others)
    taken = {head[1] for head in heads if head}
    base = _key(fields)
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        if value:
            shown = value if name in VERBATIM else escape(value)
            lines.append(f"  {name} = {{{_protected(name, shown)}}},")
    return "\n".join([*lines, "}"])


def _protected(name: str, value: str) -> str:
    """Keep a title's capitals: whatever a style does to titles, these were typed so."""
    return f"{{{value}}}" if name == "title" else value


def _key(fields: Mapping[str, str]) -> str:
    author = fields.get("author", "").partition(" and ")[0]
    family = author.partition(",")[0] if "," in author else (author.split() or [""])[-1]
    year = re.search(r"\d{4}", fields.get("date", "") or fields.get("year", ""))
    words = [w for w in re.findall(r"\w+", fields.get("title", "").lower()) if len(w) > 3]
    parts = [family.lower(), year[0] if year else "", words[0] if words else ""]
    plain = unicodedata.normalize("NFKD", "".join(parts))
    return re.sub(r"[^a-z0-9]", "", plain) or "entry"
