"""What the CV prints as JSON Resume: valid, no more than printed, and read back as the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvtex import source
from cvtex.contract.samples import samples
from cvtex.dateforms import Form
from cvtex.export.json_resume import dump
from cvtex.latex import printed
from cvtex.pipeline import manuscript, preparation
from cvtex.pipeline.preparation import Prepared
from prepared import none_here
from shared import ROOT, Program

TEXTS = {
    "basics": ("name", "label", "image", "phone", "summary"),
    "work": ("name", "location", "description", "position", "summary"),
    "volunteer": ("organization", "position", "summary"),
    "education": ("institution", "area", "studyType", "score"),
    "awards": ("title", "awarder", "summary"),
    "certificates": ("name", "issuer"),
    "publications": ("name", "publisher", "summary"),
    "skills": ("name", "level"),
    "languages": ("language", "fluency"),
    "interests": ("name",),
    "references": ("name", "reference"),
    "projects": ("name", "description", "entity", "type"),
}
"""The standard's keys whose values are strings (JSON Resume schema 1.0.0)."""
LISTS = ("highlights", "keywords", "courses", "roles")
DATES = ("startDate", "endDate", "date", "releaseDate")
ISO = r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?"


def breaches(data: dict[str, Any]) -> list[str]:
    """Return what of a file the standard's schema does not allow, held against its rules."""
    found = [f"key {name}" for name in data.keys() - {"$schema", "meta", *TEXTS}]
    for section, names in TEXTS.items():
        value = data.get(section, [])
        for record in [value] if section == "basics" else value:
            for key, part in record.items():
                if key in names and not isinstance(part, str):
                    found.append(f"{section}.{key}")
                if key in LISTS and not all(isinstance(one, str) for one in part):
                    found.append(f"{section}.{key}")
                if key in DATES and not re.fullmatch(ISO, part):
                    found.append(f"{section}.{key}: {part}")
                if key == "location" and section == "basics" and not isinstance(part, dict):
                    found.append("basics.location")
    return found


def prepare(path: Path, public: bool = False, *overrides: str) -> Prepared:
    project = source.find(path, public=public, overrides=overrides, environ={})
    reading = source.read(project)
    written = manuscript.of(project, reading)
    assert written, reading.diagnostics
    prepared, problems = preparation.prepare(
        written, "classic", engine="xelatex", available={"xelatex": "latexmk"}
    )
    none_here(problems)
    assert prepared, problems
    return prepared


def written(prepared: Prepared) -> bytes:
    return dump(prepared.resume, prepared.contents, prepared.set_by.setting.words)


def texts(prepared: Prepared) -> list[list[str]]:
    """Return all that is printed, by record."""
    groups = printed.groups(prepared.resume, prepared.contents, prepared.set_by)
    return [[value.text for value in group.values] for group in groups]


def again(prepared: Prepared, place: Path) -> Prepared:
    """Return what the export of a CV reads as."""
    file = place / "resume.json"
    file.write_bytes(written(prepared))
    return prepare(file)


SOURCES = [*sorted(samples().glob("*.yaml")), ROOT, ROOT / "tests" / "pdf" / "odd.yaml"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_what_is_printed_of_the_export_is_what_was_printed(path: Path, tmp_path: Path) -> None:
    first = prepare(path, path == ROOT)
    second = again(first, tmp_path)
    assert texts(second) == texts(first)
    assert written(second) == written(again(second, tmp_path))
    assert breaches(json.loads(written(first))) == []


PLAIN = st.text(st.sampled_from("abc ÄßŒ \"'\\{}[]<>&*_`#:-–,.%$~^/"), min_size=1, max_size=20)
WORDS = PLAIN.map(str.strip).filter(lambda t: any(c.isalpha() for c in t))
DATE = st.sampled_from(["2019", "2020-05", "2021-03-09", "Summer 2021", "expected 2031", "present"])
HIGHLIGHT = st.one_of(
    WORDS, st.fixed_dictionaries({"text": WORDS, "highlights": st.lists(WORDS, min_size=1)})
)
ROLE = {"position": WORDS, "startDate": DATE, "highlights": st.lists(HIGHLIGHT, max_size=3)}
WORK = st.one_of(
    st.fixed_dictionaries({"name": WORDS, **ROLE}, optional={"team": WORDS, "location": WORDS}),
    st.fixed_dictionaries(
        {"name": WORDS, "positions": st.lists(st.fixed_dictionaries(ROLE), min_size=2, max_size=3)}
    ),
)
CV = st.fixed_dictionaries(
    {"basics": st.fixed_dictionaries({"name": WORDS}, optional={"summary": WORDS})},
    optional={
        "work": st.lists(WORK, min_size=1, max_size=2),
        "education": st.lists(
            st.fixed_dictionaries({"institution": WORDS, "area": WORDS, "location": WORDS}),
            min_size=1,
        ),
        "talks": st.fixed_dictionaries(
            {
                "title": WORDS,
                "entries": st.lists(st.fixed_dictionaries({"name": WORDS}), min_size=1),
            }
        ),
    },
)


@settings(suppress_health_check=list(HealthCheck), max_examples=40, deadline=None)
@given(cv=CV)
def test_any_cv_is_read_back_as_it_was(cv: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "cv.json"
    file.write_text(json.dumps(cv))
    project = source.find(file, public=True, environ={})
    reading = source.read(project)
    built = manuscript.of(project, reading)
    prepared, _ = (
        preparation.prepare(built, "classic", engine="xelatex", available={"xelatex": "latexmk"})
        if built
        else (None, [])
    )
    if prepared is None or any(d.severity == "error" for d in reading.diagnostics):
        return  # it says what is wrong; there is nothing to export
    assert texts(again(prepared, tmp_path)) == texts(prepared)
    assert breaches(json.loads(written(prepared))) == []


def test_nothing_but_what_is_printed_is_in_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "basics.yaml").write_text(
        "name: Ana Known\naliases: [Ana, hidden7]\nphone: '1'\nx-note: hidden1\n"
    )
    (data / "work.yaml").write_text(
        "# hidden2\n- name: Acme\n  position: Engineer\n  startDate: 2020-03-17\n  x-why: hidden3\n"
        "  highlights: [{text: seen, tags: [hidden4]}]\n"
    )
    (data / "interests.yaml").write_text("- hidden5\n")
    (data / "education.yaml").write_text(
        "- {institution: School, endDate: {text: long ago, sort: 1903-05}}\n"
    )
    (data / "publications.yaml").write_text("- {name: Paper, authors: [Ana, Bo]}\n")
    (data / "meta.yaml").write_text("hide: [interests]\n")
    (data / "private.yaml").write_text("basics: {phone: hidden6}\n")
    text = written(prepare(tmp_path, public=True)).decode()
    assert "seen" in text
    assert "hidden" not in text
    assert "1903" not in text
    assert json.loads(text)["basics"]["aliases"] == ["Ana"]
    assert str(tmp_path) not in text


@pytest.mark.parametrize(("form", "held"), [("years", "2020"), ("months", "2020-03")])
def test_dates_are_as_exact_as_they_are_printed(tmp_path: Path, form: Form, held: str) -> None:
    (tmp_path / "cv.json").write_text(
        json.dumps(
            {"basics": {"name": "Ana"}, "work": [{"name": "Acme", "startDate": "2020-03-17"}]}
        )
    )
    made = prepare(tmp_path / "cv.json")
    data = dump(made.resume, made.contents, made.set_by.setting.words, dates=form)
    assert json.loads(data)["work"] == [{"name": "Acme", "startDate": held}]


@pytest.mark.tex
def test_the_data_goes_into_the_pdf_and_out_again(
    project: Path, cvtex: Program, tmp_path: Path
) -> None:
    from conformance import claimed, faults

    target = tmp_path / "cv.pdf"
    run = cvtex("build", ".", "--public", "--embed", "-o", target, cwd=project)
    assert run.status == 0, run.err
    assert claimed(target) == {"PDF/UA-1", "PDF/A-3b"}
    assert faults(target, "PDF/UA-1", "PDF/A-3b") == []
    out = tmp_path / "out"
    assert cvtex("extract", target, "-o", out).status == 0
    exported = cvtex("export", "json-resume", ".", "-o", "-", cwd=project)
    assert json.loads((out / "resume.json").read_bytes()) == json.loads(exported.out)
    assert (out / "publications.bib").read_text().startswith("@")
    again = cvtex("extract", target, "-o", out)
    assert (again.status, "is there already" in again.err) == (1, True)


def test_a_pdf_without_data_says_so(cvtex: Program, tmp_path: Path) -> None:
    file = tmp_path / "no.pdf"
    file.write_bytes(b"no PDF at all")
    run = cvtex("extract", file)
    assert run.status == 1
    assert "no.pdf" in run.err
    assert "Traceback" not in run.err
