"""What is on the pages is never called lost; what is not on them always is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cvtex import pipeline
from cvtex.diagnostics import Source
from cvtex.pdf import locate
from cvtex.pdf.locate import Found, Map, Placed
from cvtex.pdf.showing import Word
from cvtex.request import Request
from shared import ROOT

WORDS = st.sampled_from(
    ["a", "A", "Go", "Go!", "C", "C++", "C#", "R", "I", "in", "it's", "2019", "2020", "x86-64",
     "well-known", "engine", "engineer", "Engineering", "non-stop", "-", "@ada", "ada", "Größe",
     "state-of-the-art", "representation", "reading", "of", "the"]
)  # fmt: skip
TEXTS = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=3).map(" ".join),
    st.lists(WORDS, min_size=4, max_size=9).map(" ".join),
)


@dataclass(frozen=True)
class Value:
    text: str
    source: Source
    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Group:
    source: Source
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Page:
    """A CV's records, and the values in the order in which a theme sets them."""

    groups: tuple[Group, ...]
    order: tuple[Value, ...]
    width: int
    divided: bool

    def words(self, but: Value | None = None) -> list[Placed]:
        """Return what is on the page, in lines so many letters wide; words may be divided."""
        found: list[Placed] = []
        x = y = 0
        for value in self.order:
            for word in value.text.split() if value is not but else ():
                for part in self._parts(word, self.width - x):
                    if x and x + len(part) > self.width:
                        x, y = 0, y - 12
                    box = (6.0 * x, 6.0 * (x + len(part)), float(y), 10.0)
                    found.append(Placed(0, Word(part, box[0], box[1], box[2], box[3], "F", (0,))))
                    x += len(part) + 1
        return found

    def _parts(self, word: str, room: int) -> list[str]:
        if "-" in word[1:-1] and len(word) > room > word.index("-", 1):
            at = word.index("-", 1) + 1
            return [word[:at], word[at:]]
        if self.divided and word.isalpha() and len(word) > 6 and len(word) > room > 4:
            return [word[: room - 2] + "-", word[room - 2 :]]
        return [word]


@st.composite
def pages(draw: st.DrawFn) -> Page:
    groups = []
    for line, texts in enumerate(draw(st.lists(st.lists(TEXTS, min_size=1, max_size=4),
                                               min_size=1, max_size=6)), 1):  # fmt: skip
        source = Source("data/work.yaml", line)
        groups.append(Group(source, tuple(Value(text, source, ((text,),)) for text in texts)))
    records = [group.values for group in groups]
    if draw(st.booleans()):  # a column at the side is read first
        records = [*records[len(records) // 2 :], *records[: len(records) // 2]]
    order = tuple(value for values in records for value in draw(st.permutations(values)))
    return Page(tuple(groups), order, draw(st.integers(24, 60)), draw(st.booleans()))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(pages())
def test_nothing_on_the_page_is_lost(page: Page) -> None:
    found = locate.locate(page.words(), page.groups)
    assert [value.text for value in found.lost] == []


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(pages(), st.integers(0, 100))
def test_what_is_not_on_the_page_is_lost(page: Page, number: int) -> None:
    gone = page.order[number % len(page.order)]
    assume(gone.text.strip(" -"))  # hyphens may be those that end another text, or divide a word
    assert locate.locate(page.words(but=gone), page.groups).lost


RARE = pytest.mark.rare
ODD = Path(__file__).with_name("odd.yaml")
THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))
CELLS = [
    theme if theme in ("classic", "moderncv", "sidebar") else pytest.param(theme, marks=RARE)
    for theme in THEMES
]


@pytest.mark.tex
@pytest.mark.parametrize("theme", CELLS)
def test_odd_values_are_found_and_missed(theme: str, tmp_path: Path, maps: list[Map]) -> None:
    data = yaml.safe_load(ODD.read_text("utf-8"))
    data["meta"]["themes"] = {theme: {"hyphenation": True, "addresses": True}}
    (tmp_path / "cv.yaml").write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    request = Request(path=tmp_path / "cv.yaml", themes=(theme,), engine="pdflatex",
                      output=tmp_path / "cv.pdf")  # fmt: skip
    pipeline.build(request)
    [found] = maps
    assert not found.lost
    unmissed = [gone for gone in found.found if not is_missed(found, gone, mentions(found, gone))]
    # The theme itself says "Technical Skills", and from when to when several positions were held;
    # a hyphen alone may be the one that ends another text.
    allowed = {"Skills", "2010 – Present", "-"} | SAID_AGAIN.get(theme, set())
    assert {gone.value.text for gone in unmissed} <= allowed
    for gone in unmissed:
        if gone.value.text in SAID_AGAIN.get(theme, ()):
            assert is_missed(found, gone, mentions(found, gone, everywhere=True)), gone


# The grid has a level in each of its five columns, and is of the "… Reference for Languages".
SAID_AGAIN = {"europass": {"Languages", "C2", "B1"}}


def mentions(found: Map, gone: Found, everywhere: bool = False) -> set[int]:
    """Return the places of a value's words, or of all words that are the same."""
    words = {n for first, stop in gone.stretches for n in range(first, stop)}
    said = {found.words[n].word.text.casefold() for n in words}
    same = (n for n, placed in enumerate(found.words) if placed.word.text.casefold() in said)
    return words.union(same) if everywhere else words


def is_missed(found: Map, gone: Found, words: set[int]) -> bool:
    """Tell whether a value without its words is lost, or shares them with another."""
    others = (one for one in found.found if one is not gone)
    if any(words.intersection(range(*place)) for one in others for place in one.stretches):
        return True
    left = [placed for number, placed in enumerate(found.words) if number not in words]
    return bool(locate.locate(left, found.groups).lost)
