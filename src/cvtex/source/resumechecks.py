"""What must hold across the sections of a whole CV."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from pathlib import Path

from cvtex.model import Basics, CustomSection, Meta, Text
from cvtex.source import languages
from cvtex.source.nodes import Map, Node, Problems, nearest, quoted
from cvtex.source.reader import lenient
from cvtex.source.vocabulary import NAMES, SECTIONS


def check_resume(
    meta: Meta,
    basics: Basics | None,
    custom: Sequence[CustomSection],
    present: Set[str],
    root: Map,
    folder: Path,
    problems: Problems,
) -> None:
    """Complain of what does not fit together; `present` names the sections that are there."""
    known = [*SECTIONS, *sorted(present - {*SECTIONS, "basics", "meta"})]
    listed: set[str] = set()
    for choice in meta.sections:
        _known_section(Text(choice.name, choice.source), known, problems)
        if choice.name in listed:
            problems.error(
                f"the section {quoted(choice.name, choice.source)} is listed twice", choice.source
            )
        listed.add(choice.name)
    for name in meta.hide:
        _known_section(name, known, problems)
    _titles(custom, problems)
    _language(meta, root.get("meta", "words"), problems)
    if basics and basics.image:
        _image(basics.image, folder, problems)


def _known_section(name: Text, known: list[str], problems: Problems) -> None:
    if name in known:
        return
    shown = quoted(name, name.source)
    if name in ("basics", "meta"):
        problems.error(f"{shown} is no section that can be moved, titled or hidden", name.source)
        return
    guess = nearest(name, known, NAMES)
    problems.error(
        f"unknown section {shown}",
        name.source,
        f"did you mean {guess}?" if guess in known else "known are " + ", ".join(known),
    )


def _titles(custom: Sequence[CustomSection], problems: Problems) -> None:
    titles: dict[str, CustomSection] = {}
    for section in custom:
        first = titles.setdefault(section.title.casefold(), section)
        if first is not section:
            problems.warning(
                f"the sections {quoted(first.name, first.source)} and "
                f"{quoted(section.name, section.source)} have the same title",
                section.title.source,
            )


def _language(meta: Meta, typed: Node | None, problems: Problems) -> None:
    code = meta.language
    if not languages.is_known(code):
        complain = problems.warning if lenient(code.source) else problems.error
        complain(
            f"no words for the language {quoted(code, code.source)}",
            code.source,
            "known are " + ", ".join(languages.codes()),
        )
        code = Text("en")
    own = languages.words(code)
    known = [*own.words, *own.sections, *own.dates, "degree"]
    for name, value in meta.words.items():
        key = typed.pairs[name][0] if isinstance(typed, Map) else None
        if name not in known:
            guess = nearest(name, known, {})
            source = key.source if key else value.source
            problems.error(
                f"unknown word {quoted(name, source)}",
                source,
                f"did you mean {guess}?" if guess else "known are " + ", ".join(known),
            )
        elif fault := languages.pattern_fault(name, value):
            problems.error(fault, value.source)


def _image(image: Text, folder: Path, problems: Problems) -> None:
    """A picture is a file of the project: nothing is fetched, nothing outside is read."""
    shown = quoted(image, image.source)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", image):
        problems.warning(
            f"the image {shown} is an address, and nothing is fetched",
            image.source,
            "save the picture in the project and give its path",
        )
        return
    path = (folder / image).resolve()
    if not path.is_relative_to(folder.resolve()):
        problems.error(f"the image {shown} is outside of the project", image.source)
    elif not path.is_file():
        inside = folder / "data" / image
        problems.error(
            f"there is no image {shown}",
            image.source,
            f"did you mean data/{image}?"
            if inside.is_file() and not image.source.private
            else "its path is counted from the project's folder",
        )
