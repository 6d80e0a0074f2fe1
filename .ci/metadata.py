"""What the package says of its place on the web, where that is known (hatchling runs this).

A fork publishes under its own address, so no address stands in pyproject.toml: the workflow that
publishes gives it as `CVTEX_REPOSITORY`. Then the package has its URLs, and the links and pictures
of the README lead to that repository, as they must at PyPI. Without it there are no URLs.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)(\[[^\]]*\])\((?!https?:|mailto:|#)([^)\s]+)\)")


class Place(MetadataHookInterface):
    """Sets `urls` and `readme`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set what pyproject.toml names as dynamic."""
        url = os.environ.get("CVTEX_REPOSITORY", "").strip().rstrip("/")
        if url and not re.fullmatch(r"https://[\w.-]+(/[\w.-]+){2,}", url):
            raise ValueError(f"CVTEX_REPOSITORY is no address of a repository: {url!r}")
        tag = f"cvtex-{metadata['version']}"
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["urls"] = addresses(url, tag) if url else {}
        readme = led_to(text, url, tag) if url else text
        metadata["readme"] = {"content-type": "text/markdown", "text": readme}


def addresses(url: str, tag: str) -> dict[str, str]:
    """Return the package's URLs by their names (PyPI knows these names and gives them icons)."""
    return {
        "Homepage": url,
        "Documentation": f"{url}/tree/{tag}/docs",
        "Source": url,
        "Issues": f"{url}/issues",
        "Changelog": f"{url}/blob/{tag}/CHANGELOG.md",
    }


def led_to(text: str, url: str, tag: str) -> str:
    """Return a README whose relative links and pictures lead to the repository at a tag."""
    return _LINK.sub(
        lambda found: (
            f"{found[1]}{found[2]}({url}/{'raw' if found[1] else 'blob'}/{tag}/{found[3]})"
        ),
        text,
    )
