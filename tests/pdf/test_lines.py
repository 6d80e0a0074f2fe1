"""The lines of paragraphs: how many they are, how full, and what they take of a page."""

from __future__ import annotations

import pytest

from cvtex.diagnostics import Source
from cvtex.pdf import lines, readback
from cvtex.pdf.lines import Paragraph
from cvtex.pdf.locate import Found, Map, Placed
from cvtex.pdf.showing import Word


def word(
    text: str, x: float, y: float, page: int = 0, width: float = 20, glued: bool = False
) -> Placed:
    return Placed(page, Word(text, x, x + width, y, 10, "F", (0,), glued))


def shown(rows: list[list[Placed]]) -> list[str]:
    return [" ".join(placed.word.text for placed in row) for row in rows]


@pytest.mark.parametrize(
    ("place", "is_new"),
    [
        ((50, 700, 0), False),
        ((50, 705.9, 0), False),  # a raised letter
        ((50, 706.1, 0), True),
        ((50, 693.9, 0), True),
        ((11, 700, 0), False),  # an accent set over the last letters
        ((9, 700, 0), True),  # the column beside begins on the same height
        ((50, 700, 1), True),
    ],
)
def test_a_line_ends_where_the_next_word_is_elsewhere(
    place: tuple[float, float, int], is_new: bool
) -> None:
    x, y, page = place
    found = lines.in_lines([word("a", 20, 700), word("b", x, y, page)])
    assert shown(found) == (["a", "b"] if is_new else ["a b"])


def test_text_of_large_letters_may_be_raised_more() -> None:
    large = Placed(0, Word("A", 20, 40, 700, 30, "F", (0,)))
    assert len(lines.in_lines([large, word("b", 50, 717)])) == 1
    assert len(lines.in_lines([word("b", 50, 717), large])) == 1


SOURCE = Source("data/work.yaml", 3)


def located(*rows: tuple[str, list[Placed]]) -> Map:
    """Return a map in which each text is shown by some words."""

    class Value:
        def __init__(self, text: str) -> None:
            self.text, self.source, self.ways = text, SOURCE, ((text,),)

    words: list[Placed] = []
    found = []
    for text, its in rows:
        found.append(Found(Value(text), 0, ((len(words), len(words) + len(its)),)))
        words += its
    return Map(tuple(words), (), tuple(found), ())


def test_a_paragraph_tells_how_full_its_last_line_is() -> None:
    """Against the widest of its column: another paragraph, if that is indented no more."""
    wide = [word("One", 100, 700, width=200), word("two", 100, 688, width=50)]
    wide += [word("glu", 150, 688, width=25), word("ed", 175, 688, width=25, glued=True)]
    indented = [word("More", 139, 660, width=361)]
    other = [word("Side", 400, 640, width=90)]
    wider = [word("Wide", 370, 620, width=130)]
    rows = ("one", wide), ("more", indented), ("side", other), ("wider", wider)
    found = lines.paragraphs(located(*rows), lambda source: True)
    assert [(p.text, p.page, p.lines, p.last, round(p.fill, 3)) for p in found] == [
        ("one", 0, 2, ("two", "glued"), 0.25),
        ("more", 0, 1, ("More",), 1),
        ("side", 0, 1, ("Side",), 0.9),
        ("wider", 0, 1, ("Wide",), 1),
    ]
    assert lines.paragraphs(located(("one", wide)), lambda source: False) == []


def test_paragraphs_come_as_they_are_read() -> None:
    first, second = word("first", 0, 700), word("second", 0, 600, page=1)
    where = located(("a", [first]), ("b", [second]), ("nothing", []))
    turned = Map(where.words, (), where.found[::-1], ())
    assert [(p.text, p.page) for p in lines.paragraphs(turned, lambda source: True)] == [
        ("a", 0),
        ("b", 1),
    ]


@pytest.mark.parametrize(
    ("count", "last", "fill", "may"),
    [
        (2, ("a", "few"), 0.9, True),
        (2, ("more", "than", "few"), 0.9, False),
        (2, ("more", "than", "few"), 0.24, True),
        (2, ("more", "than", "few"), 0.25, False),
        (1, ("a",), 0.1, False),  # nothing is left of it then
    ],
)
def test_a_line_can_be_won(count: int, last: tuple[str, ...], fill: float, may: bool) -> None:
    paragraph = Paragraph(source=SOURCE, text="x", page=0, lines=count, fill=fill, last=last)
    assert paragraph.may_win() is may


def test_what_wins_a_line_is_its_letters_and_the_spaces_before() -> None:
    paragraph = Paragraph(source=SOURCE, text="x", page=0, lines=2, fill=0, last=("the", "end"))
    assert paragraph.advice() == "its last line is “the end”: 8 characters less save a line"


def test_lines_that_are_too_much_are_counted_once() -> None:
    page = [word("a", 0, 700), word("b", 50, 700, 1), word("c", 80, 700.2, 1), word("d", 0, 688, 1)]
    page.append(word("e", 0, 700, 2))
    assert [lines.beyond(page, pages) for pages in (0, 1, 2, 3)] == [4, 3, 1, 0]


def test_lines_beside_each_other_are_two() -> None:
    page = [word("a", 0, 700), word("b", 0, 700, 1), word("c", 50, 700, 1), word("d", 10, 700, 1)]
    assert lines.on_last(page) == 2
    assert lines.on_last(page[:1]) == 1
    assert lines.on_last([]) == 0


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ([], 1),
        ([word("head", 0, 740), word("foot", 0, 50)], 0),
        ([word("head", 0, 740)], 1),  # its only line is its first
        ([word("head", 0, 740), word("middle", 0, 400)], 0.5),
        ([word("head", 0, 740), word("foot", 0, 50), word("next", 0, 740, 1)], 0.986),
        ([word("head", 0, 740), word("foot", 0, 20), word("next", 0, 385, 1)], 0.5),
    ],
)
def test_which_part_of_the_last_page_is_empty(words: list[Placed], part: float) -> None:
    """Its foot is as far from the paper's edge as its head, or where a page before ends."""
    assert lines.empty(words, 800) == pytest.approx(part, abs=0.015)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((45, 700), "a b"),
        ((45, 704.9), "a b"),
        ((45, 705.1), "a\nb"),
        ((45, 694.9), "a\nb"),
        ((31, 700), "a b"),
        ((29, 700), "a\nb"),
    ],
)
def test_a_page_is_read_line_by_line(place: tuple[float, float], text: str) -> None:
    words = [word("a", 20, 700).word, word("b", *place).word]
    assert readback.text(words) == text
    assert readback.text([words[0], words[1]._replace(glued=True)]) == text.replace(" ", "")
    assert readback.text([]) == ""
