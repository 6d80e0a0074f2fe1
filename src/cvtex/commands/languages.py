"""`cvtex languages`: which languages have words, what each lacks, and which face it needs."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import click

from cvtex.commands import say

if TYPE_CHECKING:
    from cvtex.toolchain.fonts.faces import Face


class Language(NamedTuple):
    """A language that has a file; `face` is None where its letters are Latin."""

    code: str
    name: str
    regions: tuple[str, ...]
    lacking: tuple[str, ...]
    face: Face | None


def languages(form: str) -> int:
    """Print a line for each language, or JSON; return the exit status."""
    rows = known()
    if form == "json":
        click.echo(json.dumps([_plain(row) for row in rows], indent=2, ensure_ascii=False))
        return 0
    names = [", ".join((row.name, *row.regions)) for row in rows]
    width = max(map(_width, names))
    for row, name in zip(rows, names, strict=True):
        said = [row.face.state] if row.face else []
        if row.lacking:
            said.append(f"in English: {', '.join(row.lacking)}")
        say(f"{row.code:8} {name}{' ' * (width - _width(name))}  {'; '.join(said)}".rstrip())
    return 0


def known() -> list[Language]:
    """Return the languages, in the order of their codes."""
    from cvtex.source import words
    from cvtex.source.languages import codes
    from cvtex.source.records.words import called, lacking, regions
    from cvtex.toolchain.fonts.faces import face, script

    found = []
    for code in codes():
        written = script(words(code))
        needed = face(written) if written else None
        found.append(Language(code, called(code), regions(code), lacking(code), needed))
    return found


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def _plain(row: Language) -> dict[str, object]:
    face = row.face and {
        "script": row.face.script,
        "path": row.face.path and str(row.face.path),
        "package": row.face.package,
        "best": row.face.best,
    }
    return {
        "code": row.code,
        "name": row.name,
        "regions": row.regions,
        "lacking": row.lacking,
        "face": face,
    }
