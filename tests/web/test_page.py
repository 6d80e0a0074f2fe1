"""The exported page in a real browser, held against WCAG 2.1 AA by axe-core.

Runs where `CVTEX_AXE` names axe-core's `axe.min.js`: `make web` fetches it and Chromium.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cvtex.contract.samples import samples
from shared import ROOT, Program

AXE = os.environ.get("CVTEX_AXE", "")
pytestmark = pytest.mark.skipif(not AXE, reason="make web runs it")
SOURCES = [*sorted(samples().glob("*.yaml")), ROOT]

PROBE = """<script>%s</script><script>
addEventListener("load", () => axe.run(document.querySelector("main"), {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  rules: {region: {enabled: false}},
}).then(found => {
  const said = document.createElement("pre");
  said.id = "found";
  said.textContent = JSON.stringify({
    broken: found.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]),
    passes: found.passes.map(p => p.id),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    wide: document.documentElement.scrollWidth, seen: innerWidth,
  });
  document.body.append(said);
}));
</script>"""


def looked_at(page: Path, place: Path, width: int, dark: bool) -> dict[str, Any]:
    """Return what axe finds of a page in a window of a width, in light or dark."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))))
    probed = place / f"probed-{width}-{dark}.html"
    text = page.read_text().replace("</body>", (PROBE % Path(AXE).read_text()) + "</body>")
    probed.write_text(text)
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000",
         f"--user-data-dir={place / 'profile'}", f"--window-size={width},900",
         f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--dump-dom",
         probed.as_uri()],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr
    return dict(json.loads(unescape(found[1])))


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
