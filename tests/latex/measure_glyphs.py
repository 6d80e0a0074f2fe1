r"""Measure what pdfLaTeX can set and readers read back; print the table of `glyphs.py`.

    python tests/latex/measure_glyphs.py [FOLDER] > table.txt

Every candidate is set in Latin Modern and TeX Gyre fonts (roman, sans; upright,
bold, italic) in the middle of a word. A character is in the table if no font fails
and both pdftotext and pypdf give it back (in NFC, as `READS_AS` says). It goes in as
typed where that is enough, else as the first of its `COMMANDS` that does. A run
takes about 20 s; `test_glyphs.py` checks the table itself in less.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

RANGES = (
    (0xA1, 0x2FF),
    (0x391, 0x3C9),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x209F),
    (0x20A0, 0x20CF),
    (0x2100, 0x218F),
    (0x2190, 0x23FF),
    (0x25A0, 0x27BF),
    (0x27E0, 0x27FF),
)
FONTS = {
    "lmr": r"\fontfamily{lmr}",
    "lmss": r"\fontfamily{lmss}",
    "qtm": r"\fontfamily{qtm}",
    "qhv": r"\fontfamily{qhv}",
    "qpl": r"\fontfamily{qpl}",
}
SHAPES = (r"\mdseries\upshape", r"\bfseries\upshape", r"\mdseries\itshape")
COMMANDS = {
    "€": [r"\texteuro{}"],
    "−": [r"\textminus{}", r"\ensuremath{-}"],
    "…": ["..."],
    "‐": ["-"],
    "‑": [r"\mbox{-}"],
    "μ": [r"\textmu{}"],
    "■": [r"\ensuremath{\blacksquare}"],
    "→": [r"\textrightarrow{}", r"\ensuremath{\rightarrow}"],
    "←": [r"\textleftarrow{}", r"\ensuremath{\leftarrow}"],
    "↔": [r"\ensuremath{\leftrightarrow}"],
    "⇒": [r"\ensuremath{\Rightarrow}"],
    "⇔": [r"\ensuremath{\Leftrightarrow}"],
    "≤": [r"\ensuremath{\leq}"],
    "≥": [r"\ensuremath{\geq}"],
    "≠": [r"\ensuremath{\neq}"],
    "≈": [r"\ensuremath{\approx}"],
    "≡": [r"\ensuremath{\equiv}"],
    "∞": [r"\ensuremath{\infty}"],
    "√": [r"\textsurd{}", r"\ensuremath{\surd}"],
    "∑": [r"\ensuremath{\sum}"],
    "∈": [r"\ensuremath{\in}"],
    "∂": [r"\ensuremath{\partial}"],
    "∇": [r"\ensuremath{\nabla}"],
    "∼": [r"\ensuremath{\sim}"],
    "∘": [r"\ensuremath{\circ}"],
    "⋅": [r"\ensuremath{\cdot}"],
    "∗": [r"\textasteriskcentered{}"],
    "★": [r"\ensuremath{\star}"],
    "♦": [r"\ensuremath{\diamondsuit}"],
    "△": [r"\ensuremath{\triangle}"],
}
GREEK = {
    "αβγδεζηθικλνξ": "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda nu xi",
    "πρστυφχψω": "pi rho sigma tau upsilon varphi chi psi omega",
    "ΓΔΘΛΞΠΣΦΨΩ": "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega",
}
for letters, names in GREEK.items():
    for letter, name in zip(letters, names.split(), strict=True):
        COMMANDS[letter] = [rf"\ensuremath{{\{name}}}"]


def candidates() -> dict[str, list[str]]:
    """Return each character with the ways to write it, the character itself first."""
    characters = [chr(c) for first, last in RANGES for c in range(first, last + 1)]
    return {
        c: [c, *COMMANDS.get(c, ())]
        for c in characters
        if unicodedata.category(c) not in ("Cn", "Cc", "Cf", "Co", "Cs", "Zs")
    }


def read_back(
    lines: Mapping[str, str], font: str, shape: str, folder: Path, preamble: str = ""
) -> dict[str, tuple[str | None, str | None]]:
    """Return what pdftotext and pypdf read for each line of LaTeX, None for an error."""
    import pypdf

    document = [
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern,textcomp}",
        preamble,
        r"\usepackage[margin=1cm]{geometry}\pagestyle{empty}\parindent0pt\begin{document}",
        rf"{font}\selectfont{shape}",
    ]
    start = len("\n".join(document).splitlines())
    keys = list(lines)
    document += [rf"Q{i}Qa{lines[key]}aQ\par" for i, key in enumerate(keys)]
    document.append(r"\end{document}")
    (folder / "g.tex").write_text("\n".join(document), "utf-8")
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-file-line-error", "g.tex"],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "max_print_line": "1000"},
    )
    log = (folder / "g.log").read_text("utf-8", "replace")
    failed = {keys[int(n) - start - 1] for n in re.findall(r"^\./g\.tex:(\d+): ", log, re.M)}
    text = subprocess.run(
        ["pdftotext", "-raw", "g.pdf", "-"], cwd=folder, capture_output=True, text=True
    ).stdout
    pages = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "g.pdf").pages)
    found = [
        {int(n): part for n, part in re.findall(r"Q(\d+)Qa(.*?)aQ", layer, re.S)}
        for layer in (text, pages)
    ]
    return {
        key: (None, None) if key in failed else (found[0].get(i), found[1].get(i))
        for i, key in enumerate(keys)
    }


def measure(
    ways: Mapping[str, Iterable[str]], reads_as: Mapping[str, str], folder: Path
) -> dict[str, str]:
    """Return each character that can be set, with the first way that can everywhere."""
    from cvtex.latex.fonts import declare

    preamble = declare((), (), "pdflatex")
    left = {f"{c} {i}": way for c in ways for i, way in enumerate(ways[c])}
    for font in FONTS.values():
        for shape in SHAPES:
            read = read_back(left, font, shape, folder, preamble)
            for key, pair in read.items():
                wanted = unicodedata.normalize("NFC", reads_as.get(key[0], key[0]))
                if any(unicodedata.normalize("NFC", got or "") != wanted for got in pair):
                    sys.stderr.write(f"{font} {shape} {left[key]} {pair}\n")
                    del left[key]
    best: dict[str, str] = {}
    for key, way in left.items():
        best.setdefault(key[0], way)
    return best


def main() -> None:
    """Print the table."""
    from cvtex.latex.glyphs import READS_AS

    with tempfile.TemporaryDirectory() as scratch:
        table = measure(candidates(), READS_AS, Path(scratch))
    typed = "".join(c for c, way in table.items() if way == c)
    for start in range(0, len(typed), 80):
        sys.stdout.write(f'    "{typed[start : start + 80]}"\n')
    for character, way in table.items():
        if way != character:
            sys.stdout.write(f'    "{character}": r"{way}",\n')


if __name__ == "__main__":
    main()
