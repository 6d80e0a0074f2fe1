"""Four people of real size in every look: pages, lengths of lines, what ends a page."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from cvtex.latex import themes

PEOPLE = Path(__file__).parents[1] / "people"
LOOKS = [name for name in themes.themes(None) if name != "moderncv"]
STYLES = ("banking", "casual", "classic", "fancy", "oldstyle")
PAGES = {"graduate": 1, "engineer": 2, "professor": 6, "designer": 2}
"""The pages that each person takes at most, in every look."""
MEDIAN, MOST = 93, 102
"""Characters of a full line of text: the middle one of all, and of nine in ten the longest."""
APART = {"sidebar", "banner", "europass", "europass 2013", "moderncv casual", "moderncv fancy"}
"""Looks whose margins at the left and at the right are not of one width, or whose column at the
left is set to its right edge, so that no word begins at the margin."""

Paragraph = list[tuple[float, str]]
"""Lines, each with how far from the page's top it ends, in points, and its words."""


def pages(pdf: Path) -> list[list[Paragraph]]:
    """Return the pages of a PDF, each its blocks of text, as Poppler finds them."""
    command = ["pdftotext", "-bbox-layout", str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        [
            [
                (float(line[1]), unescape(" ".join(re.findall(r">([^<>]+)</word>", line[2]))))
                for line in re.finditer(
                    r'<line [^>]*yMax="([\d.]+)">(.*?)</line>', block, re.DOTALL
                )
            ]
            for block in re.findall(r"<block.*?</block>", page, re.DOTALL)
        ]
        for page in re.findall(r"<page.*?</page>", found, re.DOTALL)
    ]


def full_lines(read: list[list[Paragraph]]) -> list[int]:
    """Return how many characters each line has that its paragraph goes on after, sorted."""
    lines = [text for page in read for block in page for _, text in block[:-1]]
    return sorted(len(line) for line in lines if len(line) > 60)


def beyond(pdf: Path) -> list[str]:
    """Return the words that stand further right than the margin at the left is wide, from the
    right edge of their page."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
    every = [
        (
            float(width[1]),
            [(float(a), float(b), text) for a, b, text in re.findall(words, width[2])],
        )
        for width in re.finditer(r'<page width="([\d.]+)".*?>(.*?)</page>', found, re.DOTALL)
    ]
    left = min(start for _, page in every for start, _, _ in page)
    return [
        unescape(text) for width, page in every for _, end, text in page if end > width - left + 2
    ]


def titles(person: str) -> set[str]:
    """Return the titles of sections that could stand at a page's foot."""
    written = re.findall(r"^title: (.+)$", "\n".join(_data(person)), re.MULTILINE)
    return {title.strip("'\"").casefold() for title in (*written, "Publications", "References")}


def _data(person: str) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((PEOPLE / person / "data").glob("*.yaml"))]


def faults(person: str, look: str, pdf: Path) -> list[str]:
    """Return what is wrong with a person's pages."""
    read, found = pages(pdf), []
    if len(read) > PAGES[person]:
        found.append(f"{look}: {len(read)} pages")
    known = titles(person)
    for number, page in enumerate(read[:-1], 1):
        body = [line for block in page for line in block if "·" not in line[1]]
        _, last = max(body)
        if last.casefold() in known:
            found.append(f"{look}: page {number} ends with {last}")
    lengths = full_lines(read)
    if person == "professor":
        middle, most = lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10]
        if middle > MEDIAN or most > MOST:
            found.append(f"{look}: full lines of {middle}, and up to {most} characters")
    if look not in APART and (words := beyond(pdf)):
        found.append(f"{look}: beyond the right margin stand {words}")
    return found


def built(person: str, cvtex, folder: Path) -> dict[str, Path]:  # type: ignore[no-untyped-def]
    """Build a person in all looks at once; return the PDFs by the name of the look."""
    shutil.copytree(PEOPLE / person, folder, dirs_exist_ok=True)
    chosen = [word for look in LOOKS for word in ("--theme", look)]
    done = cvtex("build", *chosen, "--engine", "auto", "-o", f"{folder}/out/", cwd=folder)
    assert done.status == 0, done.err
    return {look: folder / "out" / f"{look}.pdf" for look in LOOKS}


@pytest.mark.tex
@pytest.mark.parametrize(
    "person",
    ["professor", *(pytest.param(p, marks=pytest.mark.rare) for p in PAGES if p != "professor")],
)
def test_every_look(person: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = built(person, cvtex, tmp_path)
    found = [fault for look, pdf in made.items() for fault in faults(person, look, pdf)]
    assert not found, "; ".join(found)


@pytest.mark.tex
@pytest.mark.rare
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("person", PAGES)
def test_moderncv(person: str, style: str, cvtex, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shutil.copytree(PEOPLE / person, tmp_path, dirs_exist_ok=True)
    chosen = ("--theme", "moderncv", "--set", f"meta.themes.moderncv.style={style}")
    done = cvtex("build", *chosen, "--engine", "auto", "-o", tmp_path / "cv.pdf", cwd=tmp_path)
    assert done.status == 0, done.err
    assert faults(person, f"moderncv {style}", tmp_path / "cv.pdf") == []
