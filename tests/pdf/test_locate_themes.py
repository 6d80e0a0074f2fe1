"""Every text of every theme: from its place on the page to its line, and from its line back.

A word of its own is typed at the end of each text of a CV that has all fields. Where it is on the
pages is said by Poppler, on which line it was typed by the file.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml

from cvtex import pipeline
from cvtex.diagnostics import Source
from cvtex.pdf.locate import Map
from cvtex.request import Request
from shared import ROOT

SAMPLES = ROOT / "src" / "cvtex" / "samples"
PROSE = {"summary", "description", "highlights", "text", "reference"}
TEXTS = PROSE | {
    *("name", "position", "team", "area", "studyType", "institution", "organization", "publisher"),
    *("title", "awarder", "issuer", "office", "funder", "amount", "role", "roles", "entity"),
    *("keywords", "courses", "inventors", "company", "relationship", "language", "label"),
}
"""Keys whose values are set as they are typed. A section's `title` is a text, too."""
NAME = 3
"""The line of the name."""
RARE = pytest.mark.rare
CELLS = [
    pytest.param(name, "", marks=RARE if name in ("banner", "bold", "harvard") else ())
    for name in sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))
]
CELLS += [pytest.param("moderncv", style) for style in ("casual", "classic")]
CELLS += [pytest.param("moderncv", style, marks=RARE) for style in ("fancy", "oldstyle")]
"""Themes, and a style of each."""


def texts(node: yaml.Node | None, key: str = "") -> Iterator[yaml.ScalarNode]:
    """Yield the texts below a node that stand on one line."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value not in ("meta", "aliases"):
                yield from texts(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from texts(item, key)
    elif isinstance(node, yaml.ScalarNode) and key in TEXTS and node.style != "|":
        yield node


def numbered(text: str) -> tuple[str, dict[str, int]]:
    """Return a CV with a word of its own at the end of each text, and the line of each word."""
    lines = {}
    found = sorted(texts(yaml.compose(text)), key=lambda node: -node.start_mark.index)
    for number, node in enumerate(found):
        word = "Q" + "".join("abcdefghkm"[int(digit)] for digit in f"{number:03}") + "w"
        end = node.end_mark.index - (node.style in ("'", '"'))
        text = f"{text[:end]} {word}{text[end:]}"
        lines[word] = node.start_mark.line + 1
    return text, lines


def on_pages(pdf: Path) -> Iterator[tuple[int, float, float, str]]:
    """Yield page, middle from the left and from below, and text of each word, by Poppler."""
    done = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, text=True
    )
    box = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    for page, part in enumerate(done.stdout.split("<page ")[1:]):
        height = float(re.findall(r'height="(.*?)"', part)[0])
        for left, top, right, bottom, word in box.findall(part):
            across = (float(left) + float(right)) / 2
            yield page, across, height - (float(top) + float(bottom)) / 2, unescape(word)


@pytest.mark.tex
@pytest.mark.parametrize(("theme", "style"), CELLS)
def test_every_text_leads_to_its_line_and_back(
    theme: str, style: str, tmp_path: Path, maps: list[Map]
) -> None:
    source, lines = numbered((SAMPLES / "full.yaml").read_text("utf-8"))
    assert len(lines) > 100
    if style:
        options = f"\nmeta:\n  themes: {{{theme}: {{style: {style}}}}}\n"
        source = source.replace("\nmeta:\n", options)
    (tmp_path / "cv.yaml").write_text(source, "utf-8")
    shutil.copy(SAMPLES / "photo.png", tmp_path)
    pdf = tmp_path / "cv.pdf"
    request = Request(
        path=tmp_path / "cv.yaml", themes=(theme,), engine="pdflatex", output=pdf, public=True
    )
    pipeline.build(request)
    [found] = maps
    seen: set[str] = set()
    wrong: list[tuple[object, ...]] = []
    for page, x, y, text in on_pages(pdf):
        for word in re.findall(r"q[a-m]{3}w", text.casefold()):
            seen.add(word)
            line = lines[word.capitalize()]
            came = found.at(page, x, y)
            value = came and came[1]
            # a work is one text, as the citation style has it, of all lines of its record
            first, last = (value.source.line, value.source.end) if value else (0, 0)
            is_it = first <= line <= max(first, last) and value and word in value.text.casefold()
            if not is_it and not (page and line == NAME):  # a running head
                wrong.append((text, line, value and (value.source.line, value.text)))
            back = "".join(p.word.text for p in found.places(Source("cv.yaml", line)))
            if word not in back.casefold():
                wrong.append((text, line, "and back"))
    assert wrong == [], wrong
    assert {word for word in lines if word.casefold() not in seen} == set()
