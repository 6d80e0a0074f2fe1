"""A text under a section's title, and at the CV's foot."""

from __future__ import annotations

from pathlib import Path

import pytest

import cvtex
from cvtex.latex import themes

CV = """
basics: {name: Ana}
work: [{name: Acme, startDate: 2020}]
talks: {title: Talks, summary: "Invited:\\n- often", entries: [At home.]}
personal: {title: Personal, summary: I like the *sea*.}
meta:
  sections: [{work: {title: Posts, summary: All full-time.}}, {awards: {summary: None yet.}}]
  footer: I consent. Last updated {lastModified}.
  lastModified: 2024-05-31T10:00:00Z
"""
WANTED = ("Posts", "All full-time.", "Acme", "Awards", "None yet.", "Talks", "Invited:", "often",
          "At home.", "Personal", r"I like the \\emph{sea}.",
          "I consent. Last updated May 2024.")  # fmt: skip


@pytest.mark.parametrize("theme", sorted(themes.themes(None)))
def test_all_of_it_in_its_order(tmp_path: Path, theme: str) -> None:
    (tmp_path / "cv.yaml").write_text(CV)
    tex = cvtex.render(tmp_path / "cv.yaml", theme=theme, engine="pdflatex")
    body = tex.partition(r"\begin{document}")[2].replace("~", " ")
    places = []
    for part in WANTED:
        part = part.replace("\\\\", "\\")
        [at] = {body.find(form) for form in (part, part.upper())} - {-1}
        places.append(at)
    assert places == sorted(places)


def told(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "cv.yaml").write_text(text)
    return [f"{d.source}: {d.message}" for d in cvtex.validate(tmp_path / "cv.yaml")]


def test_a_date_that_is_not_there(tmp_path: Path) -> None:
    for date in ("", "lastModified: soon"):
        text = f"basics: {{name: A}}\nmeta:\n  footer: As of {{lastModified}}.\n  {date}\n"
        assert told(tmp_path, text) == ["cv.yaml:3:11: there is no date for {lastModified}"]


def test_what_a_choice_of_section_may_hold(tmp_path: Path) -> None:
    text = "basics: {name: A}\nmeta:\n  sections:\n  - work: {title: B, text: C}\n"
    assert told(tmp_path, text)[0].startswith('cv.yaml:4:22: unknown key "text"')
