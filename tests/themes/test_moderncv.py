"""moderncv: the class's own macros, held against settings that its styles were not made for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cvtex.contract.poppler import pdftotext
from cvtex.contract.samples import samples
from shared import Program

FULL = samples() / "full.yaml"


@pytest.mark.tex
@pytest.mark.parametrize(
    "options",
    [
        ("style=fancy", "margin=30mm"),
        ("style=fancy", "fontSize=12pt"),
        ("style=casual", "font=pagella"),
    ],
)
def test_bullets_stand_beside_their_text_and_shapes_are_there(
    options: tuple[str, ...],
    cvtex: Program,
    tmp_path: Path,
) -> None:
    chosen = [word for one in options for word in ("--set", f"meta.themes.moderncv.{one}")]
    pdf = tmp_path / "cv.pdf"
    done = cvtex("build", FULL, "--theme", "moderncv", *chosen, "-o", pdf, cwd=tmp_path)
    assert done.status == 0, done.err
    assert all(
        line.startswith(("note: the last page", "  hint: `--fit")) for line in done.err.splitlines()
    )
    assert not re.findall(r"^ *• *$", pdftotext(pdf, "-layout"), re.M)
