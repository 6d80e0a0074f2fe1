"""What stands between a label and its text, by the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared import Program

CV = """
basics: {name: A}
work: [{name: B, startDate: 2020, keywords: [C, D]}]
skills: [{name: E, keywords: [F, G]}]
"""


@pytest.mark.parametrize(
    ("code", "colon", "comma"),
    [("en", "", ", "), ("fr", r"\def\cvcolon{~:}\def\cvcolonspace{\ }", ", ")],
)
def test_the_colon_of_a_language(
    code: str, colon: str, comma: str, tmp_path: Path, cvtex: Program
) -> None:
    (tmp_path / "cv.yaml").write_text(CV)
    run = cvtex("build", "cv.yaml", "--no-pdf", "--language", code, "--theme", "all", cwd=tmp_path)
    assert run.status == 0, run.err
    for line in run.out.splitlines():
        tex = (tmp_path / line).read_text("utf-8")
        assert (r"\def\cvcolon" in tex) == bool(colon) and colon in tex, line
        assert f"F{comma}G" in tex or r"\cvtag{F}" in tex, line
