"""Thirty people's `resume.json`, odd but honest: in every theme nothing of them is lost.

Each is read and rendered on its own; the bodies of all of a theme, whose preambles are the same,
are then compiled as one document.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cvtex import source, toolchain
from cvtex.latex import themes
from cvtex.pipeline import manuscript, preparation
from shared import KIN, often
from themes.textlayer import pdftotext

BEGIN, END = "\\begin{document}", "\\end{document}"
UNSEEN = {"url", "website", "image", "$schema", "x-id", "theme", "version"}
"""Keys whose values are no text of the page."""
DATES = {"startDate", "endDate", "date", "releaseDate", "lastModified"}


def cv(number: int, **sections: Any) -> dict[str, Any]:
    basics = {"name": f"Person {number} Moreau", **sections.pop("basics", {})}
    return {"basics": basics, **sections}


RESUMES = [
    cv(0),
    cv(1, work=[{"company": "Old Pumps", "website": "https://old.example", "position": "Fitter"}]),
    cv(2, work=[{"name": "", "highlights": []}], skills=[{"name": "Gopher"}, {"name": ""}]),
    cv(3, basics={"summary": "Reachable by post.\nMoving to Nantes in June."}),
    cv(4, work=[{"name": "Listers", "summary": "Cared for:\n- the valves\n- the hoses\n\n1. uno"}]),
    cv(5, work=[{"name": "Tags", "highlights": ["Mended <b>taps</b> &amp; sinks<br>daily"]}]),
    cv(6, work=[{"name": "Daily", "startDate": "2023-01-01", "endDate": "2024-09-31"}]),
    cv(7, work=[{"name": "Swapped", "startDate": "2025-05", "endDate": "2024-10"}]),
    cv(8, basics={"image": "/me.jpg", "location": {"city": "Lyon", "countryCode": "FR"}}),
    cv(9, basics={"profiles": [{"network": "Folder", "username": "my CV", "url": "pdf/cv.pdf"}]}),
    cv(10, work=[{"name": "Single", "startDate": "2023-9-28"}]),
    cv(11, **{"$schema": "https://example.org/schema.json"}, education={"institution": "Lonely"}),
    cv(12, work=[{"name": "Dunder", "highlights": ["Wrote `__init__` of 2\\*3 mm plates"]}]),
    cv(13, basics={"label": "50% Engineer & 100 #1 {Dev} ~ C:\\temp ^_^"}),
    cv(14, projects=[{"name": "Flow", "summary": "Weighs water.", "keywords": "scales, pipes"}]),
    cv(15, volunteer=[{"name": "Red Bike", "position": "Helper", "startDate": "2019"}]),
    cv(16, awards=[{"title": "Guild Prize", "issuer": "Guild of Wells", "date": "2020-05-05"}]),
    cv(17, education=[{"institution": "North", "gpa": "3.9 of 4", "courses": ["Brine", "Steam"]}]),
    cv(18, languages=[{"name": "Occitan", "level": "mother tongue"}, {"language": "Breton"}]),
    cv(19, references=[{"name": "Dr Lou", "reference": "He \"knows\" his valves."}]),
    cv(20, publications=[{"title": "On Taps", "publisher": "Well Press", "releaseDate": "2018"}]),
    cv(21, interests=[{"name": "Chess", "keywords": ["blitz", "bullet"]}, "Kites"]),
    cv(22, certificates=[{"title": "Welder", "organization": "Guild", "date": "Sept 2016"}]),
    cv(23, skills=["Forging", {"name": "Casting", "level": "Master", "keywords": ["iron", ""]}]),
    cv(24, work={"name": "Alone Ltd", "highlights": "One deed only.", "keywords": "tin, zinc"}),
    cv(25, basics={"summary": ["First thought.", "Second thought."], "phone": "+33 1 23 45"}),
    cv(26, work=[{"name": "Łódź Œuvre ßtraße", "position": "Ingénieur·e", "startDate": 2001}]),
    cv(27, work=[{"employer": "Synonyms", "jobTitle": "Caster", "start_date": "2015"}]),
    cv(28, basics={"label": "[Flow](https://flow.example) **Lead**", "email": "ana at example"}),
    cv(29, meta={"theme": "elegant", "language": "xx", "version": "v1.0.0"}, work=[None, {}]),
    cv(30, work=[{"name": "A very long name of an employer " * 4, "summary": "x" * 90}]),
    cv(31, education=["Evening School"], projects=["Dug a well."], work=[{"name": "Z"}]),
    cv(32, work=[{"name": "Deep", "highlights": [{"text": "Top", "highlights": ["Below"]}]}]),
]  # fmt: skip


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of a CV that a reader must find, and the years of its dates."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, key)
    elif key in DATES:
        yield from re.findall(r"\d{4}", str(value))
    elif value not in (None, "xx") and key not in UNSEEN:
        yield str(value)


def bare(text: str) -> str:
    """Return a text's letters and digits alone."""
    text = unicodedata.normalize("NFC", text).casefold()
    return "".join(c for c in text if c.isalnum())


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[manuscript.Manuscript]:
    folder = tmp_path_factory.mktemp("resumes")
    found = []
    for number, resume in enumerate(RESUMES):
        file = folder / f"{number}.json"
        file.write_text(json.dumps(resume), encoding="utf-8")
        project = source.find(file, public=True)
        reading = source.read(project)
        assert not [d for d in reading.diagnostics if d.severity == "error"], reading.diagnostics
        written = manuscript.of(project, reading)
        assert written
        found.append(written)
    return found


@pytest.mark.tex
@pytest.mark.parametrize(
    "theme", often(zip(sorted(themes.themes(None))), lambda theme: theme not in KIN)
)
def test_nothing_is_lost(read: list[manuscript.Manuscript], theme: str, tmp_path: Path) -> None:
    chain = toolchain.find("latexmk")[0]
    head, bodies = "", []
    for written in read:
        prepared, problems = preparation.prepare(
            written, theme, engine="pdflatex", available={"pdflatex": chain.name}
        )
        assert prepared and not [p for p in problems if p.severity == "error"], problems
        start, _, body = prepared.tex.partition(BEGIN)
        assert head in ("", start), "the preamble is the same for every person"
        head = start
        bodies.append(body.rpartition(END)[0])
        for file, content in prepared.beside().items():
            (tmp_path / file).write_bytes(content)
    whole = "\n\\clearpage\n".join(bodies)
    (tmp_path / "cv.tex").write_text(f"{head}{BEGIN}{whole}{END}\n", encoding="utf-8")
    outcome = toolchain.compile(chain, "pdflatex", tmp_path, epoch=946684800)
    assert outcome.ok and outcome.pdf, outcome.log[-3000:]
    found = bare(pdftotext(outcome.pdf, "-raw"))
    lost = [t for resume in RESUMES for t in texts(resume) if bare(t) not in found]
    assert lost == []


def test_they_are_enough() -> None:
    assert len(RESUMES) >= 30
