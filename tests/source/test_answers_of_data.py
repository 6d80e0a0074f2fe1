"""What the reader makes of a whole CV in one file, by files of questions and answers.

A question is a file, without the name of the person where that does not matter; the answer is what
was read, without what was not said, and all that is told.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import answers
from cvtex import source
from cvtex.dateforms import shown, written_out
from cvtex.dates import Date
from cvtex.diagnostics import CvtexError, Diagnostic, has_errors
from cvtex.model import Resume, Text
from cvtex.model.meta import Unread
from cvtex.select import LeftOut, select
from cvtex.source.schema.schema import schema
from editors import Loader

SAID_ALREADY = ("source", "parent")
LANGUAGES = ("en", "de", "it", "hu", "ja")


def brief(value: Any) -> str:
    """Return a record without what was not said of it."""
    if isinstance(value, Date):
        return str(value) if value.text is None else f"‹{value.text}› sorted as {value.moment}"
    if dataclasses.is_dataclass(value):
        parts = []
        for part in dataclasses.fields(value):
            given = getattr(value, part.name)
            default = part.default
            if part.default_factory is not dataclasses.MISSING:
                default = part.default_factory()
            if given != default and part.name not in SAID_ALREADY:
                parts.append(f"{part.name}={brief(given)}")
        return f"({', '.join(parts)})"
    if isinstance(value, Unread):
        return "…"
    if isinstance(value, frozenset):
        value = sorted(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(brief, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {brief(one)}" for key, one in value.items()) + "}"
    return repr(str(value)) if isinstance(value, str) else repr(value)


def told(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    for one in diagnostics:
        place = str(one.source or "").partition(":")[2]
        yield f"{place} {one.severity}: {one.message}" + (f" ({one.hint})" if one.hint else "")


def cv(
    text: str, file: Path, overrides: tuple[str, ...] = (), language: str = "", variant: str = ""
) -> Iterator[str]:
    """Yield a line for each part of a CV that was said, and what is told."""
    file.write_text(text, encoding="utf-8")
    left_out: tuple[LeftOut, ...] = ()
    try:
        project = source.find(file, public=True, overrides=overrides, language=language)
        reading = source.read(project, variant=variant)
        resume, found = reading.resume, reading.diagnostics
        if resume and variant and not has_errors(found):
            chosen = select(resume, variant)
            resume, left_out = chosen.resume, chosen.left_out
    except CvtexError as stop:
        resume, found = None, stop.diagnostics
    for part in dataclasses.fields(Resume) if resume else ():
        value = getattr(resume, part.name)
        if part.name in SAID_ALREADY or brief(value) in ("[]", "()", "{}", "(name='A')", "''"):
            continue
        for one in value if isinstance(value, tuple) else [value]:
            yield f"{part.name}: {brief(one)}".replace("(name='A', ", "(")
    for gone in left_out:
        yield f"left out: {gone.source.line}:{gone.source.column} {gone.what}: {gone.reason}"
    yield from (line.replace(str(file.parent), "FOLDER") for line in told(tuple(found)))


def in_yaml(question: str, folder: Path) -> Iterator[str]:
    """Yield what the reader makes of a file, and what an editor with the schema refuses in it."""
    named = question if "basics" in question else f"{question}\nbasics: {{name: A}}\n"
    taken = True
    for line in cv(named, folder / "cv.yaml"):
        taken = taken and " error: " not in line
        yield line
    with contextlib.suppress(yaml.YAMLError):
        faults = validator().iter_errors(yaml.load(named, Loader))
        if refused := sorted({".".join(map(str, fault.absolute_path)) for fault in faults}):
            yield f"editors refuse: {', '.join(one or 'the whole' for one in refused)}"
        elif not taken:
            yield "editors take it"


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(None))


def in_json(question: str, folder: Path) -> Iterator[str]:
    named = question if "basics" in question else f'{question},\n"basics": {{"name": "A"}}'
    return cv(f"{{{named}}}", folder / "cv.json")


def overridden(question: str, folder: Path) -> Iterator[str]:
    text = "basics: {name: A, label: L}\nwork: [{name: W, highlights: [x, y]}]\n"
    return cv(text, folder / "cv.yaml", (question,))


def of_variant(question: str, folder: Path) -> Iterator[str]:
    return cv(question, folder / "cv.yaml", variant="v")


def in_languages(question: str, folder: Path) -> Iterator[str]:
    """Yield the CV in its own language, and what is other in German."""
    first = list(cv(question, folder / "cv.yaml"))
    yield from first
    german = cv(question, folder / "cv.yaml", language="de")
    yield from (f"de: {line}" for line in german if line not in first)


def date(question: str, _folder: Path) -> Iterator[str]:
    """Yield how a date is written, where it sorts, and how it reads in some languages."""
    try:
        own = re.fullmatch("‹(.*)›", question)
        found = Date.worded(Text(own[1])) if own else Date.parse(question)
    except ValueError as fault:
        yield str(fault)
        return
    yield f"{found} = {found.edtf}, at {found.moment}, from {found.earliest} to {found.latest}"
    for code in LANGUAGES:
        words = source.words(code)
        forms = dict.fromkeys(
            shown(found, words, form) for form in ("full", "months", "numbers", "years")
        )
        yield f"{code}: {' | '.join(forms)} || {written_out(found, words)}"


ASKED = {
    "cv": in_yaml,
    "json-resume": in_json,
    "overrides": overridden,
    "dates-in-words": date,
    "variants": of_variant,
    "languages": in_languages,
}


@pytest.mark.parametrize("name", ASKED)
def test_the_answers_are_as_they_were_read(
    name: str, tmp_path: Path, renew: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Today(datetime.date):
        @classmethod
        def today(cls) -> Today:
            return cls(2024, 6, 15)

    monkeypatch.setattr(datetime, "date", Today)
    answers.check(name, lambda question: ASKED[name](question, tmp_path), renew)
