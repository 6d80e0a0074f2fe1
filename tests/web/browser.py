"""A page in Chromium, held against WCAG 2.1 AA by axe-core.

`CVTEX_AXE` names axe-core's `axe.min.js`: `make web` fetches it and Chromium.
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

AXE = os.environ.get("CVTEX_AXE", "")

PROBE = """<script>%s</script><script>
addEventListener("load", () => axe.run(document.querySelector("%s"), {
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


def looked_at(
    page: Path, place: Path, width: int, dark: bool, within: str = "main"
) -> dict[str, Any]:
    """Return what axe finds of a page in a window of a width, in light or dark."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))))
    probed = page.with_name(f"probed-{width}-{dark}.html")  # beside what it loads
    text = page.read_text().replace(
        "</body>", (PROBE % (Path(AXE).read_text(), within)) + "</body>"
    )
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
