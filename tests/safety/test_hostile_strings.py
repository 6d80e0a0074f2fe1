"""Whatever a text holds, in whatever field: it comes back letter by letter, or is refused there.

Each of `STRINGS` stands in each literal field of each section, in YAML and in JSON, in a `.bib`,
in options, letters and variants.
"""

from __future__ import annotations

import dataclasses
import html
import json
import re
import typing
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex import latex, select, source
from cvtex.diagnostics import Source
from cvtex.latex import markup, themes
from cvtex.model import KINDS, Basics, Prose, Text, Unread
from cvtex.source.letters.filling import PLACE
from cvtex.source.records.convert import keys
from cvtex.source.schema.options import options_of
from cvtex.source.syntax.nodes import Map, Scalar
from safety.hostile import STRINGS
from shared import Program, words


def test_there_are_enough() -> None:
    assert len(STRINGS) >= 400


def literal(kind: type) -> dict[str, tuple[str, bool]]:
    """Return the keys of a record that take a text as it stands, with the field's name, and
    whether the key takes a list of them."""
    found = {}
    for key, (field, hint, _) in keys(kind).items():
        parts = [part for part in typing.get_args(hint) or (hint,) if part is not type(None)]
        if Text in parts and field not in ("id", "tags"):
            found[key] = field, typing.get_origin(hint) is tuple
    return found


def record(kind: type, text: str) -> dict[str, Any]:
    return {key: [text] if many else text for key, (_, many) in literal(kind).items()}


FORMS = {"type": "article", "authors": ["Example, Ada"]}
"""What has a form of its own in `publications.yaml`."""


def whole(strings: Sequence[str]) -> dict[str, Any]:
    """Return a CV with each string in each literal field of each section."""
    cv: dict[str, Any] = {"basics": {**record(Basics, "Ada"), "aliases": list(strings)}}
    cv["basics"].pop("image")
    for name, row in KINDS.items():
        forms = FORMS if name == "publications" else {}
        cv[name] = [{**record(row.typed, text), **forms} for text in strings]
    return cv


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_every_field_of_every_section(ending: str, tmp_path: Path) -> None:
    strings = STRINGS if ending == "yaml" else STRINGS[::3]  # JSON is YAML, but for what reads it
    cv = whole(strings)
    file = tmp_path / f"cv.{ending}"
    if ending == "json":
        file.write_text(json.dumps(cv), encoding="utf-8")
    else:
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        text = yaml.dump(cv, Dumper=dumper, allow_unicode=True, width=10**6)
        file.write_text(text, encoding="utf-8")
    reading = source.read(source.find(file, public=True, environ={}))
    assert reading.resume is not None
    assert [str(d) for d in reading.diagnostics if d.severity == "error"] == []
    assert tuple(map(str, reading.resume.basics.aliases)) == strings
    tried = len(strings)
    for name, row in KINDS.items():
        if name == "publications":
            continue
        records = getattr(reading.resume, name)
        for field, many in literal(row.typed).values():
            values = [getattr(one, field) for one in records]
            assert tuple(str(v[0] if many else v) for v in values) == strings, (name, field)
            tried += len(values)
    titles = [one.title.text for one in reading.resume.publications]
    assert titles == list(strings)
    assert tried > 50 * len(strings)


ESCAPES = {c: f"\\{c}" for c in "&%$#_"} | {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts `\{`, too
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "-": "{-}",
    '"': r"{\textquotedbl}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "!": "{!}",
    "?": "{?}",
    ",": "{,}",
    ".": "{.}",
}
"""A text as one writes it in BibTeX where it is to stand as it is."""


ENTITY = re.compile(r"</?b>|&(#x?)?\w{2,5};")
"""HTML, which services leave in a `.bib`, is read there."""


def test_a_bib(tmp_path: Path) -> None:
    """What is written as BibTeX wants it comes back; and what is not breaks nothing else."""
    (tmp_path / "data").mkdir()
    (tmp_path / "bib").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    texts = ["".join(ESCAPES.get(c, c) for c in text) for text in STRINGS]
    entries = [
        f"@article{{k{n}, title = {{{{{text}}}}}, author = {{Example, Ada}}, year = 2020,\n"
        f" note = {{{{{text}}}}}}}\n"
        for n, text in enumerate(texts)
    ]
    (tmp_path / "bib/a.bib").write_text("".join(entries), encoding="utf-8")
    reading = source.read(source.find(tmp_path, public=True, environ={}))
    assert reading.resume
    assert [str(d) for d in reading.diagnostics if d.severity == "error"] == []
    found = {one.key: one for one in reading.resume.publications}
    for n, text in enumerate(STRINGS):
        one = found[f"k{n}"]
        wanted = html.unescape(re.sub("</?b>", "", text)) if ENTITY.search(text) else text
        assert (n, one.title.text) == (n, wanted)
        if "note" in one.fields:  # `null` and the like are none, as services that export them say
            assert one.fields["note"].text == wanted


@pytest.mark.parametrize("theme", sorted(themes.themes(None)))
def test_options(theme: str, tmp_path: Path) -> None:
    """An option takes a text as it stands, or a form of its own, or refuses it at its place."""
    kind = themes.find(theme, None).load()
    shared = {option.key for option in options_of(latex.Options)} if theme != "classic" else set()
    wanted = [option.key for option in options_of(kind.Options) if option.key not in shared]
    for text in STRINGS if wanted else ():
        here = Source("x", 1)
        pairs = {key: (Scalar(key, here), Scalar(text, here)) for key in wanted}
        options, problems = source.options(Unread(Map(pairs, here)), kind.Options)
        assert {str(p.source) for p in problems if p.severity == "error"} <= {"x:1"}
        default = kind.Options()
        taken = [
            value
            for key in wanted
            if (field := camel_of(kind.Options)[key])
            and (value := getattr(options, field)) != getattr(default, field)
        ]
        assert all(str(value) == text or str(value).isalnum() for value in taken), (text, taken)


def camel_of(kind: type) -> dict[str, str]:
    return {key: field for key, (field, _, _) in keys(kind).items()}


LETTER = """\
to:
  name: "{v1}"
  organization: Example
subject: "{v0}"
opening: Dear all,
body: "Here: {v2}"
closing: Yours
"""


def test_letters(tmp_path: Path) -> None:
    """As values, also in prose, and as they are; `{word}` is written `{{word}}`."""
    (tmp_path / "data/letters").mkdir(parents=True)
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    places = [f"{{v{n}}}" for n in range(len(STRINGS))]
    literal_ones = [PLACE.sub(lambda found: f"{{{found[0]}}}", text) for text in STRINGS]
    letter = {
        "to": {"address": literal_ones, "organization": "Example"},
        "enclosures": places,
        "body": "\n\n".join(f"({place})" for place in places),
        "values": {f"v{n}": text for n, text in enumerate(STRINGS)},
    }
    (tmp_path / "data/letters/acme.yaml").write_text(json.dumps(letter), encoding="utf-8")
    project = source.find(tmp_path, public=True, environ={})
    reading = source.read(dataclasses.replace(project, letter="acme"))
    assert reading.letter and reading.letter.to
    assert [str(d) for d in reading.diagnostics if d.severity == "error"] == []
    assert tuple(map(str, reading.letter.enclosures)) == STRINGS
    assert tuple(map(str, reading.letter.to.address)) == STRINGS
    paragraphs = [markup.plain(Prose(one)) for one in markup.split(str(reading.letter.body))]
    assert paragraphs == [f"({text})" for text in STRINGS]


def test_variants(tmp_path: Path) -> None:
    """As what a variant says, as a tag, and as its name, which is a part of a file's name."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    work = [{"id": f"w{n}", "name": "x", "tags": [text]} for n, text in enumerate(STRINGS)]
    over = {f"w{n}": {"name": text} for n, text in enumerate(STRINGS)}
    variants = {"mine": {"include": list(STRINGS), "data": {"work": over}}}
    (tmp_path / "data/work.yaml").write_text(json.dumps(work), encoding="utf-8")
    (tmp_path / "data/variants.yaml").write_text(json.dumps(variants), encoding="utf-8")
    reading = source.read(source.find(tmp_path, public=True, environ={}), variant="mine")
    assert reading.resume
    assert [str(d) for d in reading.diagnostics if d.severity == "error"] == []
    kept = select.select(reading.resume, "mine").resume
    assert tuple(str(one.name) for one in kept.work) == STRINGS
    named = "".join(f"{json.dumps(text)}: {{about: x}}\n" for text in STRINGS)
    (tmp_path / "data/variants.yaml").write_text(named, encoding="utf-8")
    reading = source.read(source.find(tmp_path, public=True, environ={}))
    refused = {d.source.line for d in reading.diagnostics if d.source and d.severity == "error"}
    taken = [text for line, text in enumerate(STRINGS, 1) if line not in refused]
    assert len(taken) > 50
    assert all(re.fullmatch(r"[\w-]+", text) for text in taken)


@pytest.mark.tex
def test_the_pdf(tmp_path: Path, cvtex: Program) -> None:
    """By pdfLaTeX, as Poppler reads it, but for spaces; an apostrophe in a word is set as ’, and
    three dots are three."""

    def plain(text: str) -> str:
        return "".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())

    (tmp_path / "data").mkdir()
    (tmp_path / "data/basics.yaml").write_text("name: Ada Example\n")
    # what pdfLaTeX cannot set is an error at its place
    strings = [text for text in STRINGS if not set(text) & set("ẞſĀĐặ")]
    skills = [{"name": f"({n})", "keywords": [text]} for n, text in enumerate(strings)]
    (tmp_path / "data/skills.yaml").write_text(json.dumps(skills), encoding="utf-8")
    done = cvtex("build", "--engine", "pdflatex", "--standard", "plain")
    assert done.status == 0, done.err
    there = plain(words(tmp_path / "build/classic.pdf"))
    lost = [text for n, text in enumerate(strings) if f"({n}):{plain(text)}" not in there]
    assert lost == []
