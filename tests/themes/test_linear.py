"""linear: the order of reading is the same however a reader sorts the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from textlayer import pypdf_pages

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.mark.tex
@pytest.mark.parametrize("sample", ["full", "long"])
def test_layout_and_stream_agree(sample: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """pdfminer sorts by layout, pypdf follows the content stream: word by word alike."""
    pdf = tmp_path / "cv.pdf"
    done = cvtex(
        "build", SAMPLES / f"{sample}.yaml", "--theme", "linear", "--engine", "pdflatex",
        "--toolchain", "latexmk", "-o", pdf,
    )  # fmt: skip
    assert done.status == 0, done.err
    stream = " ".join(pypdf_pages(pdf)).split()
    assert extract_text(str(pdf)).split() == stream


@pytest.mark.tex
def test_position_and_dates_share_a_line(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pdf = tmp_path / "cv.pdf"
    done = cvtex(
        "build", SAMPLES / "full.yaml", "--theme", "linear", "--toolchain", "latexmk", "-o", pdf
    )
    assert done.status == 0, done.err
    lines = [line.strip() for page in pypdf_pages(pdf) for line in page.splitlines()]
    for line in (
        "Head of Software | Dec 5, 2021 - Present",
        "Institute of Standards | Geneva, Switzerland | Length & Time",
        "Senior Engineer | Jun 2018 - Nov 2021",
        "Master of Science in Physics | Oct 2010 - Sep 2015",
        "EXPERIENCE",
        "TECHNICAL SKILLS",
    ):
        assert line in lines
