"""Letters as they are read: what fills them, what they extend, and what is wrong with them."""

from pathlib import Path
from typing import Any

import pytest

from cvtex import pipeline
from cvtex.diagnostics import CvtexError
from cvtex.model import Date
from cvtex.request import RELEASE, Request

BASE = """\
place: Oslo
subject: Application as {position}
opening: Dear {name},
body: |
  At {organization} I would begin with *the pumps*.

  - {organization} has many.
closing: Yours sincerely,
"""
ACME = """\
extends: base
to:
  name: Ada Lovelace
  organization: "{organization}"
  address: |
    Engine Street 1
    {street}
date: 2026-03-05
values:
  organization: A*C_M*E
  position: Engineer
  name: Ms Lovelace
  street:
"""


def project(root: Path, **letters: str) -> Path:
    """Write a project of one person and letters, and return its folder."""
    folder = root / "data" / "letters"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "data" / "basics.yaml").write_text("name: Grace Example\nphone: '555'\n")
    for name, text in letters.items():
        (folder / f"{name.replace('_', '.')}.yaml").write_text(text)
    return root


def read(path: Path, name: str, **asked: Any) -> Any:
    """Return what is read of a project for a letter."""
    request = Request(path=path, letters=(name,), **asked)
    [part, *_] = pipeline.parts_of(request, pipeline.project_of(request), ())
    return part.reading


def told(path: Path, name: str, **asked: Any) -> list[str]:
    """Return what is told of a letter: place, message and hint on a line each."""
    shown = []
    for d in read(path, name, **asked).diagnostics:
        place = f"{d.source.file}:{d.source.line}:{d.source.column}" if d.source else ""
        shown.append(f"{place}: {d.message}" + (f" ({d.hint})" if d.hint else ""))
    return shown


def test_values_fill_what_a_letter_extends(tmp_path: Path) -> None:
    reading = read(project(tmp_path, base=BASE, acme=ACME), "acme")
    letter = reading.letter
    assert not reading.diagnostics
    assert (letter.place, letter.subject) == ("Oslo", "Application as Engineer")
    assert letter.to.organization == "A*C_M*E"
    assert letter.to.address == ("Engine Street 1",), "a line that is left empty is no line"
    assert letter.date == Date.parse("2026-03-05")
    assert letter.subject.source.file == "data/letters/base.yaml"


def test_a_value_is_literal_where_the_text_is_prose(tmp_path: Path) -> None:
    from cvtex.latex import markup

    letter = read(project(tmp_path, base=BASE, acme=ACME), "acme").letter
    paragraph, listing = markup.blocks(letter.body)
    assert isinstance(paragraph, tuple) and isinstance(listing, markup.Listing)
    assert markup.read(paragraph) == "At A*C_M*E I would begin with the pumps."
    assert markup.read(listing.items[0].pieces) == "A*C_M*E has many."
    assert [piece.kind for piece in paragraph] == ["text", "emphasis", "text"]


def test_what_nothing_fills_is_an_error_at_its_column(tmp_path: Path) -> None:
    lacking = ACME.replace("  position: Engineer\n", "  positions: Engineer\n")
    path = project(tmp_path, base=BASE, acme=lacking)
    assert told(path, "acme") == [
        'data/letters/base.yaml:2:25: nothing fills "{position}" in the letter acme '
        "(did you mean {positions}?)"
    ]
    alone = told(path, "base")
    assert [line.split(": nothing")[0] for line in alone] == [
        "data/letters/base.yaml:2:25",
        "data/letters/base.yaml:3:15",
        "data/letters/base.yaml:5:6",
        "data/letters/base.yaml:7:5",
    ]
    assert "write `values: {name: …}` in the letter base" in alone[1]


def test_braces_that_are_meant(tmp_path: Path) -> None:
    letter = (
        "subject: '{{x}} { } {1} }{'\nbody: 'Set {{x}} in {y}'\nvalues: {y: '{x}'}\ndate: 2026\n"
    )
    found = read(project(tmp_path, one=letter), "one").letter
    from cvtex.latex import markup

    assert found.subject == "{x} { } {1} }{"
    assert markup.plain(found.body) == "Set {x} in {x}"


@pytest.mark.parametrize(
    ("letters", "name", "expected"),
    [
        (
            {"a": "extends: b\n", "b": "extends: a\n"},
            "a",
            "data/letters/b.yaml:1:10: letters extend one another: a → b → a",
        ),
        (
            {"a": "extends: bsae\nbody: x\n", "base": "body: x\n"},
            "a",
            'data/letters/a.yaml:1:10: there is no letter "bsae" (did you mean base?)',
        ),
        (
            {"acme": "body: x\n"},
            "acem",
            'cvtex letter:0:0: there is no letter "acem" (did you mean acme?)',
        ),
        ({}, "acme", "`cvtex letter --new acme` begins one"),
        ({"a": "- x\n"}, "a", "a letter is a mapping with a body, not a list"),
        ({"a": "\n"}, "a", "a letter is a mapping with a body, not nothing"),
        ({"a": "place: Oslo\n"}, "a", "body is missing in the letter a"),
        ({"a": "body: x\nsubjekt: y\n"}, "a", "did you mean subject?"),
        ({"a_b": "body: x\n"}, "a.b", 'data/letters/a.b.yaml:0:0: "a.b" cannot be a letter'),
        ({"a": "body: x\nlanguage: tlh\n"}, "a", ":2:11: no words for the language"),
        ({"a": "body: x\nvariant: short\n"}, "a", ':2:10: there is no variant "short"'),
        ({"a": "body: x\nsignature: none.png\n"}, "a", ':2:12: there is no signature "none.png"'),
        ({"a": "body: x\nsignature: ../x.png\n"}, "a", "outside of the project"),
        ({"a": "body: x\nvalues: {x y: z}\n"}, "a", '"x y" cannot be a value\'s name'),
        ({"a": "body: x\nto: {mail: y}\n"}, "a", "did you mean email?"),
        ({"a": "body: x\n"}, "a", "the letter has no date"),
        ({"a": "body: x\nto: {address: [a, b, c, d, e, f, g, h, i, j]}\n"}, "a", "has 10 lines"),
    ],
)
def test_bad_letters(tmp_path: Path, letters: Any, name: str, expected: Any) -> None:
    found = told(project(tmp_path, **letters), name)
    assert any(expected in line for line in found), found


def test_a_faulty_letter_stops_neither_the_cv_nor_another_letter(tmp_path: Path) -> None:
    path = project(tmp_path, good="body: x\ndate: 2026-01-02\n", bad="body: [\n")
    assert not told(path, "good")
    assert pipeline.check(Request(path=path)).prepared
    found = pipeline.check_all(Request(path=path))
    assert [d.source.file for d in found if d.source] == ["data/letters/bad.yaml"]


def test_letters_that_are_sent(tmp_path: Path) -> None:
    path = project(tmp_path, base=BASE, acme=ACME, own="extends: plain\n", plain="body: x\n")
    assert pipeline.letters(Request(path=path, letters=("all",))) == ("acme", "own", "plain")
    assert pipeline.check_all(Request(path=path)) != ()


def test_a_letter_lies_in_a_source_of_one_file_too(tmp_path: Path) -> None:
    file = tmp_path / "cv.yaml"
    file.write_text(
        "basics: {name: Grace Example}\n"
        "letters: {de: {body: 'An {x}', values: {x: Ada}, date: 2026-03-05}}\n"
        "meta: {languages: [en, de]}\n"
    )
    assert pipeline.letters(Request(path=file, letters=("all",))) == ("de",)
    assert read(file, "de").letter.body == "An Ada"
    assert pipeline.check(Request(path=file)).prepared


def test_private_values_are_laid_over_letters_and_never_shown(tmp_path: Path) -> None:
    path = project(tmp_path, acme="body: To {to}\ndate: 2026-01-02\n")
    private = path / "data" / "private.yaml"
    private.write_text("letters: {acme: {values: {to: Secret Ltd}}}\n")
    assert read(path, "acme").letter.body == "To Secret Ltd"
    assert told(path, "acme", public=True) == [
        'data/letters/acme.yaml:1:10: nothing fills "{to}" in the letter acme '
        "(write `values: {to: …}` in the letter acme)"
    ]
    private.write_text("letters: {acme: {subject: 'Secret {deal}'}}\n")
    _, subject = read(path, "acme").diagnostics
    assert "deal" not in subject.message
    assert subject.source.private


def test_language_and_variant_of_a_letter_are_those_of_its_cv(tmp_path: Path) -> None:
    path = project(tmp_path, ort="body: {en: Yes, de: Ja}\nlanguage: de\nvariant: x\ndate: 2026\n")
    (path / "data" / "meta.yaml").write_text("languages: [en, de]\n")
    (path / "data" / "variants.yaml").write_text("x: {data: {basics: {label: Plumber}}}\n")
    reading = read(path, "ort")
    assert not reading.diagnostics
    assert (reading.letter.body, reading.resume.meta.language) == ("Ja", "de")
    assert reading.resume.basics.label == "Plumber"


def test_the_documents_date_is_that_of_a_letter_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project(tmp_path, one="body: x\n")
    (path / "data" / "meta.yaml").write_text("lastModified: 2024-05-31\n")
    assert read(path, "one").letter.date == Date.parse("2024-05-31")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert read(path, "one").letter.date == Date.parse("2023-11-14")


def series(path: Path, table: str) -> Any:
    """Return the letters that the rows of a table fill, by the names of their files."""
    file = path / "list.csv"
    file.write_text(table)
    request = Request(path=path, letters=("acme",), series=file)
    parts = pipeline.parts_of(request, pipeline.project_of(request), ())
    return {part.letter: part.reading.letter for part in parts}


def test_a_series(tmp_path: Path) -> None:
    from cvtex.source import series as table
    from cvtex.source.syntax.nodes import Problems

    path = project(tmp_path, acme="body: To {to} in {town}\ndate: 2026\nvalues: {town: Oslo}\n")
    found = series(path, 'to;town\n"A; B";Bergen\n\n"two\nlines";\n"A; B";Rome\n')
    assert [(name, letter.body) for name, letter in found.items()] == [
        ("acme-a-b", r"To A\; B in Bergen"),
        ("acme-two-lines", "To two lines in"),
        ("acme-a-b-2", r"To A\; B in Rome"),
    ]
    read_rows = table.read(path / "list.csv", path, Problems())
    assert [row.values["to"].source.line for row in read_rows] == [2, 4, 6]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("to,town\na\n", "list.csv:2:0: this row has 1 values, and there are 2 columns"),
        ("to,to\na,b\n", 'list.csv:1:0: two columns are named "to"'),
        ("the town\na\n", '"the town" cannot be a column\'s name'),
        ('to\n"a\n', "this is no table"),
        ("to\n", "this table has no rows"),
    ],
)
def test_bad_series(tmp_path: Path, rows: Any, expected: Any) -> None:
    path = project(tmp_path, acme="body: To {to}\ndate: 2026\nvalues: {to: x}\n")
    with pytest.raises(CvtexError) as stop:
        series(path, rows)
    shown = [
        f"{d.source.file}:{d.source.line}:0: {d.message}"
        for d in stop.value.diagnostics
        if d.source
    ]
    assert any(expected in line for line in shown), shown


def test_no_letter_is_a_usable_error_for_all(tmp_path: Path) -> None:
    with pytest.raises(CvtexError, match="there are no letters"):
        pipeline.build(Request(path=project(tmp_path), letters=("all",)))


def test_letters_that_a_release_attaches(tmp_path: Path) -> None:
    path = project(tmp_path, base=BASE, acme=ACME, own="body: x\ndate: 2026-01-02\n")
    asked = Request(path=path, letters=(RELEASE,))
    for written, names in (
        ("[]", ()),
        ("{letters: [own]}", ("own",)),
        ("{letters: [all]}", ("acme", "own")),
    ):
        (path / "data" / "meta.yaml").write_text(f"release: {written}\n")
        assert pipeline.letters(asked) == names
    (path / "data" / "meta.yaml").write_text("release: {letters: [amce], variants: [all]}\n")
    [told] = pipeline.check(Request(path=path)).diagnostics
    assert (told.message, told.hint) == ('there is no letter "amce"', "did you mean acme?")
    assert str(told.source) == "data/meta.yaml:1:21"
