"""The exported page in a real browser, held against WCAG 2.1 AA by axe-core.

Runs where `CVTEX_AXE` names axe-core's `axe.min.js`: `make web` fetches it and Chromium.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex.contract.samples import samples
from shared import ROOT, Program
from web.browser import AXE, looked_at

pytestmark = pytest.mark.skipif(not AXE, reason="make web runs it")
SOURCES = [*sorted(samples().glob("*.yaml")), ROOT]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_page_meets_wcag_aa(path: Path, dark: bool, cvtex: Program, tmp_path: Path) -> None:
    done = cvtex("export", "html", path, "-o", "cv.html")
    assert done.status == 0, done.err
    for width in (1200, 500):
        found = looked_at(tmp_path / "cv.html", tmp_path, width, dark)
        assert found["broken"] == []
        assert found["dark"] is dark
        assert "color-contrast" in found["passes"]
        assert found["wide"] <= found["seen"]  # nothing to scroll sideways
