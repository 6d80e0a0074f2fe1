"""Rows of a label, or of dates, and a text: how far apart their lines stand."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

CV = {
    "basics": {"name": "Ada Lovelace"},
    "skills": [
        {"name": "Languages of programming", "keywords": ["Python"]},
        {"name": "Tools", "keywords": ["Git"]},
    ],
    "awards": [
        {"title": "Medal", "date": "2020", "summary": "Below."},
        {"title": "Prize", "date": "2019"},
    ],
}

pytestmark = pytest.mark.tex


def tops(cvtex, folder: Path, theme: str, **options: str) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Return how far down the words of the page stand."""
    meta = {"sections": ["awards", "skills"], "themes": {theme: options}}
    (folder / "cv.yaml").write_text(yaml.safe_dump(CV | {"meta": meta}, sort_keys=False))
    cvtex("build", "cv.yaml", "--theme", theme, "--engine", "pdflatex", "-o", "cv.pdf", cwd=folder)
    command = ["pdftotext", "-bbox", "cv.pdf", "-"]
    page = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    found = re.findall(r'yMin="[\d.]+" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', page)
    return {word: float(bottom) for bottom, word in found}


def test_a_label_of_two_lines_grows_downwards(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    at = tops(cvtex, tmp_path, "academic")
    assert at["Languages"] == pytest.approx(at["Python"], abs=1)
    assert at["Languages"] + 5 < at["programming"] < at["Tools"] - 5
    assert at["Tools"] == pytest.approx(at["Git"], abs=1)


def test_what_stands_below_a_row_is_nearer_to_it_than_to_the_next(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    at = tops(cvtex, tmp_path, "moderncv", style="casual")
    assert at["2020"] == pytest.approx(at["Medal"], abs=1)
    assert at["Below."] - at["Medal"] + 1 < at["Prize"] - at["Below."]
