"""What `cvtex publications check` finds, and what the verb prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cvtex.citation.lint import is_arxiv, is_doi, is_isbn, is_issn, is_orcid, lint
from cvtex.commands.publications import publications
from cvtex.model import Basics, Text
from cvtex.source.bibtex import read

ROOT = Path(__file__).parents[2]


def found(bib: str, owner: str = "") -> list[str]:
    """Return what is odd, as `line message`."""
    read_ones, _ = read(bib, "a.bib")
    basics = Basics(name=Text(owner)) if owner else None
    return [f"{d.source.line} {d.message}" for d in lint(read_ones, basics) if d.source]


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (is_doi, ["10.1000/xyz", "https://doi.org/10.1038/s41586-021-03819-2"],
         ["1038/x", "10.1/x", "10.1000/", "10.1000"]),
        (is_arxiv, ["2101.00001", "2101.00001v2", "math/0101001", "math.GT/0309136"],
         ["2101", "21010.0001", "math-0101001"]),
        (is_isbn, ["978-3-16-148410-0", "0-306-40615-2", "080442957X"],
         ["978-3-16-148410-1", "0-306-40615-3", "12"]),
        (is_issn, ["0378-5955", "2434-561X"], ["0378-5954", "03785"]),
        (is_orcid, ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1694-233X"],
         ["0000-0002-1825-0098", "0000"]),
    ],
)  # fmt: skip
def test_check_digits(check, good: list[str], bad: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert [text for text in good if not check(text)] == []
    assert [text for text in bad if check(text)] == []


def test_missing_fields() -> None:
    assert found("@article{a, title = {T}}\n@book{b, editor = {A}, title = {T}, year = 2020}") == [
        "1 a has no author",
        "1 a has no journaltitle",
        "1 a has no date",
    ]


def test_numbers() -> None:
    assert found(
        "@book{a, author = {A}, title = {T}, year = 2020, isbn = {978-3-16-148410-1}, doi = {abc}}"
    ) == ["1 a: abc is no DOI", "1 a: 978-3-16-148410-1 is no ISBN"]


def test_duplicates() -> None:
    assert found(
        "@misc{a, title = {A {Long} Enough Title}, year = 2020}\n"
        "@misc{b, title = {A long enough title.}, year = 2020}\n"
        "@misc{c, title = {X}, doi = {10.1000/1}}\n@misc{d, title = {Y}, doi = {10.1000/1}}"
    ) == ["2 b is likely the same as a of line 1", "4 d is likely the same as c of line 3"]


def test_spellings_of_venues() -> None:
    assert found(
        "@misc{a, title = {A}, booktitle = {Proc. of the ACM}}\n"
        "@misc{b, title = {B}, booktitle = {Proc of the ACM}}"
    ) == ["2 b: 'Proc of the ACM' is spelt 'Proc. of the ACM' elsewhere"]


def test_the_owner_among_the_authors() -> None:
    bib = (
        "@misc{a, title = {A}, author = {Doe, J.}}\n"
        "@misc{b, title = {B}, author = {Krishna, S. and Krishna, S.}}\n"
        "@misc{c, title = {C}, author = {Doe, J. and others}}"
    )
    assert found(bib, "Shubham Krishna") == [
        "1 Shubham Krishna is not among the authors of a",
        "2 two authors of b could be Shubham Krishna",
    ]


BIB = "@misc{a, author = {Doe, J.}, title = {T}, year = 2020, url = {https://a.org}}\n"


def test_the_verb_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.bib"
    file.write_text(BIB + "@misc{b, title = {\\foo{U}}, year = 2019}\n")
    assert publications(file, style="plain") == 0
    out, err = capsys.readouterr()
    assert out == "Doe J. “T.” 2020. [Paper Link]\n“U.” 2019.\n"
    assert "a.bib:2:19: " in err and "the command \\foo is not known" in err
    assert publications(file, strict=True) == 1
    capsys.readouterr()
    assert publications(file, style="apa") == 0
    assert capsys.readouterr().out.startswith("Doe, J. (2020). T. https://a.org\n")
    assert publications(file, form="csl-json") == 0
    assert json.loads(capsys.readouterr().out)[0]["author"] == [{"family": "Doe", "given": "J."}]
    assert publications(file, form="json") == 0
    assert json.loads(capsys.readouterr().out)[0]["links"] == [
        {"label": "url", "url": "https://a.org"}
    ]
    assert publications(file, check=True) == 0
    assert capsys.readouterr().out == "2 publications, 1 problem\n"


def test_the_verb_on_a_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert publications(ROOT) == 0
    assert capsys.readouterr().out.count("**Krishna S**") == 4
    assert publications(ROOT, check=True, strict=True) == 0
    assert capsys.readouterr().out == "4 publications, no problems\n"
