"""Links that run something, and texts that would begin a line of their own, in what is exported;
numbers without bounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cvtex import source
from cvtex.export import vcard
from cvtex.export.document import Contact, Document
from shared import Program

SCHEMES = (
    *("javascript:alert(1)", "JavaScript:x", " javascript:x", "java\tscript:x", "\x01javascript:x"),
    *("data:text/html,x", "vbscript:x", "file:///etc/passwd", "jar:http://a.example!/", "blob:x"),
    *("about:blank", "view-source:http://a.example", "ms-settings:x"),
)
PLACES = (
    "basics: {name: A, url: %s}",
    "basics: {name: A, profiles: [{network: X, url: %s}]}",
    *(
        f"basics: {{name: A}}\n{section}: [{{name: B, url: %s}}]"
        for section in ("work", "volunteer", "projects", "publications", "certificates")
    ),
)


@pytest.mark.parametrize("place", PLACES)
def test_a_link_that_runs_something_is_an_error_at_its_line(tmp_path: Path, place: str) -> None:
    """So nothing is exported; those in prose are in tests/latex/test_markup.py."""
    for number, link in enumerate(SCHEMES):
        file = tmp_path / f"{number}.yaml"
        file.write_text(place.replace("volunteer: [{name", "volunteer: [{organization")
                        % json.dumps(link))  # fmt: skip
        reading = source.read(source.find(file, public=True, environ={}))
        errors = [d for d in reading.diagnostics if d.severity == "error"]
        assert errors, link
        assert all(d.source and d.source.file == file.name and d.source.line for d in errors)


LINES = ("\r\nEND:VCARD", "\nTEL:1", "\u2028X:1", "\x85X:1", "\x0bX:1", "\\nX:1", ";;X", ",X", ":X")


@pytest.mark.parametrize("ending", LINES)
def test_a_text_begins_no_line_of_a_card(ending: str) -> None:
    text = f"Ada{ending}"
    contacts = (
        Contact(kind="phone", text=text, url=""),
        Contact(kind="email", text=text, url=""),
    )
    document = Document(
        name=text, label=text, place=text, contacts=contacts, words=source.words("en")
    )
    lines = vcard.write(document).split("\r\n")
    heads = [line.partition(":")[0].partition(";")[0] for line in lines if line]
    assert heads == ["BEGIN", "VERSION", "N", "FN", "TITLE", "TEL", "EMAIL", "ADR", "END"]
    assert not any(len(line.splitlines()) > 1 for line in lines)


NUMBERS = ("1e400", "-1e400", "9" * 5000, "1" + "0" * 400, "nan", "inf", "0x" + "f" * 900, "1_000",
           "٣", "1e-400", "-0")  # fmt: skip


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_numbers_have_bounds(tmp_path: Path, cvtex: Program, ending: str) -> None:
    """Where a number is wanted, what is none, or no sensible one, is an error at its line."""
    for number in NUMBERS:
        values = {
            "meta": {"pageLimit": number, "themes": {"classic": {"fontSize": number}}},
            "basics": {"name": "Ada"},
            "work": [{"name": "A", "priority": number, "startDate": number}],
        }
        text = json.dumps(values, ensure_ascii=False, indent=1)
        if ending == "json":
            text = text.replace(f'"{number}"', number)
        file = tmp_path / f"cv.{ending}"
        file.write_text(text, encoding="utf-8")
        reading = source.read(source.find(file, public=True, environ={}))
        assert any(d.severity == "error" for d in reading.diagnostics), number
        assert all(d.source for d in reading.diagnostics)
    done = cvtex("validate", file.name, "--set", "meta.pageLimit=1e400", cwd=tmp_path)
    assert done.status == 1 and "--set" in done.err and "Traceback" not in done.err
