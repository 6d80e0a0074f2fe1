"""`cvtex themes preview`: the first page of the CV in each theme, as one picture."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from cvtex import programs
from cvtex.commands import progress, report, say
from cvtex.diagnostics import CvtexError, error

COLUMNS = 3
PAGE = 210  # millimetres: the width at which a page stands in the grid
GAP = 12  # millimetres
LABEL = 14  # millimetres below a page, for the theme's name
SHEET = r"""\documentclass{article}
\usepackage[paperwidth=%(width)dmm,paperheight=%(height)dmm,margin=0mm]{geometry}
\usepackage{graphicx}
\usepackage{xcolor}
\usepackage{lmodern}
\renewcommand{\familydefault}{\sfdefault}
\setlength{\parindent}{0pt}\setlength{\unitlength}{1mm}\setlength{\fboxsep}{0pt}
\setlength{\fboxrule}{.7mm}
\pagestyle{empty}
\begin{document}
\begin{picture}(%(width)d,0)
%(pages)s
\end{picture}
\end{document}
"""
# One page: its lower left corner, its file, and its name below.
# A page that sets no colour takes the one around it.
PUT = r"""\put(%(x)d,%(y)d){\fcolorbox{black!25}{white}{\color{black}%%
  \includegraphics[page=1,width=%(page)dmm,height=%(tall)dmm,keepaspectratio]{%(file)s}}}
\put(%(x)d,%(below)d){\fontsize{32}{36}\selectfont %(name)s}"""


def preview(
    names: Sequence[str], path: Path, *, output: Path, width: int = 420, public: bool = True
) -> int:
    """Make the picture of the themes named, or of all; print its path, return the exit status.

    One theme's picture is its page alone, `width` pixels wide; several stand in a grid
    with their names. Without what is private if `public`.
    """
    from cvtex.output import put
    from cvtex.pipeline import build
    from cvtex.request import Request

    if shutil.which("pdftoppm") is None:
        hint = "install poppler-utils (so Debian calls it)"
        raise CvtexError([error("pdftoppm cannot be found, which makes the picture", hint=hint)])
    if output.suffix.lower() != ".png":
        raise click.BadParameter(f"{output} does not end in .png")
    step = progress()
    with tempfile.TemporaryDirectory(prefix="cvtex-preview-") as scratch:
        place = Path(scratch)
        request = Request(
            path=path, themes=tuple(names) or ("all",), public=public, folder=place / "build"
        )
        try:
            result = build(request, step)
            report([d for d in result.diagnostics if "left out" in d.message], path)
            pages = {document.theme: document.pdf for document in result.built if document.pdf}
            if len(pages) == 1:
                [sheet], across = pages.values(), width
            else:
                sheet, columns = _grid(pages, place / "grid")
                across = round(width * (columns * (PAGE + GAP) + GAP) / PAGE)
            picture = _picture(sheet, across, place / "picture")
        finally:
            step("")
        put(output, picture.read_bytes())
    say(output)
    return 0


def _grid(pages: dict[str, Path], folder: Path) -> tuple[Path, int]:
    """Return a PDF of one page with the first pages in rows, and the number of columns."""
    from cvtex import latex, toolchain
    from cvtex.pipeline import EPOCH

    columns = min(COLUMNS, len(pages))
    rows = math.ceil(len(pages) / columns)
    tall = 297  # of a page of A4; letter is shorter
    height = rows * (tall + LABEL + GAP) + GAP
    folder.mkdir()
    lines = []
    for number, (name, pdf) in enumerate(pages.items()):
        file = f"page{number}.pdf"
        shutil.copyfile(pdf, folder / file)
        row, column = divmod(number, columns)
        y = height - (row + 1) * (tall + GAP + LABEL) + LABEL - height
        x = GAP + column * (PAGE + GAP)
        lines.append(
            PUT
            % {
                "x": x, "y": y, "below": y - LABEL + 2, "page": PAGE, "tall": tall, "file": file,
                "name": latex.literal(name),
            }
        )  # fmt: skip
    sizes = {"width": columns * (PAGE + GAP) + GAP, "height": height}
    (folder / "cv.tex").write_text(SHEET % {**sizes, "pages": "\n".join(lines)}, "utf-8")
    chain = toolchain.find()[0]
    engine = next(iter(chain.engines))
    outcome = toolchain.compile(chain, engine, folder, epoch=EPOCH)
    if not (outcome.ok and outcome.pdf):
        why = outcome.reason or "; ".join(message.text for message in outcome.messages[:1])
        raise CvtexError([error(f"the pages could not be put on one sheet: {why}")])
    return outcome.pdf, columns


def _picture(pdf: Path, width: int, stem: Path) -> Path:
    """Return page 1 of a PDF as a PNG of that many pixels across."""
    command = ["pdftoppm", "-f", "1", "-l", "1", "-singlefile", "-png"]
    command += ["-scale-to-x", str(width), "-scale-to-y", "-1", str(pdf), str(stem)]
    done = programs.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        message = f"pdftoppm: {done.stderr.strip() or done.returncode}"
        raise CvtexError([error(message)])
    return stem.with_suffix(".png")
