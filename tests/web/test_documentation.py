"""The documentation's site in a real browser, held against WCAG 2.1 AA by axe-core: `make web`."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared import ROOT
from web.browser import AXE, looked_at

SITE = ROOT / "build/site"
pytestmark = pytest.mark.skipif(not AXE, reason="make web runs it")
LOOKED_AT = ["", "start", "data", "looks", "keys", "library", "messages", "gallery", "theme/jake"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", LOOKED_AT)
def test_a_page_meets_wcag_aa(page: str, dark: bool, tmp_path: Path) -> None:
    for width in (1200, 500):
        found = looked_at(SITE / page / "index.html", tmp_path, width, dark, within="body")
        assert found["broken"] == []
        assert found["dark"] is dark
        assert found["wide"] <= found["seen"]
