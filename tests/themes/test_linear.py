"""linear: the order of reading is the same however a reader sorts the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex import source
from cvtex.contract.samples import samples
from cvtex.latex import Setting, themes
from themes.textlayer import pypdf_pages

SAMPLES = samples()


def test_the_themes_that_read_by_the_line() -> None:
    """The contract proves it, by the readers that sort."""
    words = source.words("en")
    claimed = set()
    for name, folder in themes.themes(None).items():
        kind = folder.load()
        theme = kind(kind.Options(), Setting(engine="pdflatex", words=words))
        claimed |= {name} if theme.reads_by_line() else set()
    assert claimed == {"linear"}
    classic = themes.find("classic", None).load()
    chosen = classic.Options(layout="linear", icons=False)  # type: ignore[call-arg]
    assert classic(chosen, Setting(engine="pdflatex", words=words)).reads_by_line()


@pytest.mark.tex
def test_position_and_dates_share_a_line(cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pdf = tmp_path / "cv.pdf"
    done = cvtex(
        "build", SAMPLES / "full.yaml", "--theme", "linear", "--toolchain", "latexmk", "-o", pdf
    )
    assert done.status == 0, done.err
    lines = [line.strip() for page in pypdf_pages(pdf) for line in page.splitlines()]
    for line in (
        "Head of Software Dec 2021 – Present",
        "Institute of Standards Geneva, Switzerland Length & Time standards.example.org",
        "Senior Engineer Sensors Jun 2018 – Nov 2021",
        "Master of Science in Physics Oct 2010 – Sep 2015",
        "EXPERIENCE",
        "TECHNICAL SKILLS",
    ):
        assert line in lines
