"""The pictures in docs/gallery/: `make gallery`.

Each theme with the person of tests/people/ whom it suits, and with three sets of options, which
`variations.yaml` names for the pages of the documentation. Small: 128 colours at most.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
import yaml

from cvtex.pdf import draw

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "docs" / "gallery"
PEOPLE = ROOT / "tests" / "people"
SUITS = {
    "academic": "professor", "banner": "designer", "bold": "engineer", "classic": "engineer",
    "columns": "engineer", "europass": "designer", "harvard": "graduate", "jake": "graduate",
    "linear": "engineer", "moderncv": "professor", "sidebar": "designer",
}  # fmt: skip
"""Whom each theme is shown with."""
WIDE, NARROW = 430, 300
"""Of a theme's picture and of a variation's, in pixels."""


def built(person: str, theme: str, options: dict[str, str], folder: Path) -> Path:
    """Build a person's CV in a theme with options, and return the PDF."""
    chosen = [f"meta.themes.{theme}.{name}={value}" for name, value in options.items()]
    words = [word for one in chosen for word in ("--set", one)]
    pdf = folder / f"{theme}-{person}-{len(list(folder.iterdir()))}.pdf"
    command = [sys.executable, "-m", "cvtex", "build", "--theme", theme, *words, "-o", str(pdf)]
    subprocess.run([*command, str(PEOPLE / person)], check=True, stdout=subprocess.DEVNULL)
    return pdf


def main() -> None:
    """Make all pictures anew, or those of the themes that are named."""
    wanted = set(sys.argv[1:]) or {*SUITS, "publications"}
    variations = yaml.safe_load((GALLERY / "variations.yaml").read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="cvtex-gallery-") as scratch:
        folder = Path(scratch)
        for theme in sorted(wanted & set(SUITS)):
            page = draw.first(built(SUITS[theme], theme, {}, folder), WIDE)
            (GALLERY / f"{theme}.png").write_bytes(draw.small(page))
        for one in (one for one in variations if one["theme"] in wanted):
            pdf = built(SUITS[one["theme"]], one["theme"], one["options"], folder)
            (GALLERY / one["picture"]).write_bytes(draw.small(draw.first(pdf, NARROW)))
        if "publications" in wanted:
            with pypdfium2.PdfDocument(built("professor", "academic", {}, folder)) as document:
                page = document[1].render(scale=100 / 72).to_pil().convert("RGB")
            part = page.crop((140, 66, 820, 439))
            (GALLERY / "publications.png").write_bytes(draw.small(part))


if __name__ == "__main__":
    main()
