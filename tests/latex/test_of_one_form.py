"""Interests of names alone stand in a row; references have one form in a section."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CV = """\
basics: {name: Ada Byron}
interests: [{name: Chess}, {name: Go%s}]
references:
- {name: Mary Somerville, reference: She computes.}
- {name: Charles Babbage%s, reference: She plans.}
"""
NAMES = ("Mary Somerville", "Charles Babbage")


@pytest.mark.parametrize("theme", ["classic", "academic", "moderncv", "sidebar"])
def test_interests_and_references(theme: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = {}
    for says in ((", keywords: [3 dan]", ", company: Cambridge"), ("", "")):
        data = tmp_path / "cv.yaml"
        data.write_text(CV % says, "utf-8")
        done = cvtex("build", data, "--no-pdf", "--theme", theme)
        assert done.status == 0, done.err
        found[bool(says[0])] = next((tmp_path / "build").rglob("cv.tex")).read_text("utf-8")
    assert r"\cvinlineitem" not in found[True]
    assert r"\cvinlineitem{}{Chess}" in found[False] and r"\cvinlineitem{}{Go}" in found[False]
    for tex in found.values():
        macros = {re.findall(rf"(\\\w+)[^\n]*\{{{name}", tex)[0] for name in NAMES}
        assert len(macros) == 1, macros
