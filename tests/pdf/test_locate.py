"""Which value each word of a page came from, and what of the data is nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Source
from cvtex.pdf import letters, locate
from cvtex.pdf.locate import Placed
from cvtex.pdf.showing import Word
from shared import Program, own_theme


@dataclass(frozen=True)
class Value:
    text: str
    source: Source = Source("data/work.yaml", 1)
    ways: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Group:
    source: Source
    values: tuple[Value, ...]


def words(text: str) -> tuple[Placed, ...]:
    """Return words on a page, a line each line."""
    found = []
    for number, line in enumerate(text.split("/")):
        for place, word in enumerate(line.split()):
            found.append(
                Placed(0, Word(word, place * 50, place * 50 + 40, -20 * number, 10, "F", (0,)))
            )
    return tuple(found)


def groups(*records: str) -> tuple[Group, ...]:
    """Return records, each its values parted by `;`, on a line of its own."""
    found = []
    for line, record in enumerate(records, 1):
        source = Source("data/work.yaml", line)
        values = tuple(Value(v, source, ((v,),)) for v in record.split(";"))
        found.append(Group(source, values))
    return tuple(found)


def lost(text: str, *records: str) -> list[str]:
    return [value.text for value in locate.locate(words(text), groups(*records)).lost]


@pytest.mark.parametrize(
    ("text", "records", "expected"),
    [
        ("Engineer Acme Ltd. Berlin", ["Engineer;Acme Ltd.;Berlin"], []),
        ("ENGINEER ACME", ["Engineer;Acme"], []),
        ("Engineer", ["Engineer;Acme"], ["Acme"]),
        ("a long re- / presentation of it", ["a long representation of it"], []),
        ("a well- / known thing", ["a well-known thing"], []),
        ("Programming skills", ["Programming skills;C"], ["C"]),  # no letter of another word
        ("Programming in C, Rust", ["Programming;C"], []),
        ("O’Neill", ["O'Neill"], []),
        ("Caf\u0065\u0301", ["Café"], []),
        ("English C2 B1 C1", ["English;C2, B1, C1"], []),  # the cells of a table
        ("Acme once", ["Acme", "Acme"], ["Acme"]),  # two records want it
        ("Same Same Same", ["Same;Same", "Same;Same"], ["Same"]),
        ("Chemistry in Go!", ["Chemistry in Go!;C", "Go"], ["C", "Go"]),  # of other values
        ("a a a Go! a a a Go", ["a a a Go", "a a Go!"], []),  # the first fits at two places
        ("a cross- / platform repre- / sentation", ["a cross-platform representation"], []),
        ("second record here first record here", ["first record here", "second record here"], []),
    ],
)
def test_what_is_nowhere_is_lost(text: str, records: list[str], expected: list[str]) -> None:
    assert lost(text, *records) == expected


def test_the_map_leads_both_ways() -> None:
    page = words("Engineer Acme / built a thing / Engineer Bolt / built another thing")
    where = locate.locate(
        page, groups("Engineer;Acme;built a thing", "Engineer;Bolt;built another thing")
    )
    assert not where.lost
    second = Source("data/work.yaml", 2)
    assert (
        " ".join(p.word.text for p in where.places(second)) == "Engineer Bolt built another thing"
    )
    source, value = where.at(0, 20, -38) or pytest.fail("nothing there")
    assert (source.line, value and value.text) == (2, "Engineer")
    assert where.at(0, 20, -300) is None


RECORDS = st.lists(
    st.lists(st.text("abcde", min_size=1, max_size=18), min_size=1, max_size=4), max_size=5
).map(lambda records: tuple(";".join(values) for values in records))


@given(RECORDS, st.booleans())
def test_a_page_that_has_all_has_lost_nothing(records: tuple[str, ...], apart: bool) -> None:
    """Whatever the values are, also if some are parts of others; no letter is of two of them, and
    the letters of each are its own."""
    page = " / ".join(record.replace(";", " / " if apart else " ") for record in records)
    where = locate.locate(words(page), groups(*records))
    assert not where.lost
    taken = [n for found in where.found for first, stop in found.stretches for n in (first, stop)]
    assert len(where.found) == sum(len(record.split(";")) for record in records)
    assert all(0 <= n <= len(where.words) for n in taken)
    for found in where.found:
        said = "".join(
            where.words[n].word.text for first, stop in found.stretches for n in range(first, stop)
        )
        assert found.value.text in said


@given(RECORDS, st.integers(0, 20))
def test_what_is_taken_from_a_page_is_lost(records: tuple[str, ...], number: int) -> None:
    """A value in letters that nothing else has, wherever it stands."""
    rows = [record.split(";") for record in records] or [["a"]]
    row = rows[number % len(rows)]
    row[number % len(row)] = gone = "xyzxyz zyxzyx"
    page = " / ".join(" ".join(value for value in row if value != gone) for row in rows)
    assert lost(page, *map(";".join, rows)) == [gone]


@pytest.mark.parametrize(
    ("x", "y", "found"),
    [
        (20, 0, "Acme"), (20, 10, "Acme"), (20, 10.1, None), (20, -4, "Acme"), (20, -4.1, None),
        (44, 0, "Acme"), (46, 0, "Bolt"), (110, 0, "Bolt"), (110.1, 0, None), (-20, 0, "Acme"),
        (-20.1, 0, None),
    ],
)  # fmt: skip
def test_a_place_near_a_word_is_the_word_s(x: float, y: float, found: str | None) -> None:
    where = locate.locate(words("Acme Bolt"), groups("Acme", "Bolt"))
    at = where.at(0, x, y)
    assert (at[1].text if at and at[1] else None) == found
    assert where.at(1, x, y) is None


def test_a_line_of_a_file_leads_to_what_was_typed_there() -> None:
    """A value of several lines to each of them, and to no line of another file."""
    place = Source("data/work.yaml", 3, end=5)
    group = Group(place, (Value("some long text", place, (("some long text",),)),))
    where = locate.locate(words("some long text"), (group,))
    shown = {
        line: len(list(where.places(Source("data/work.yaml", line)))) for line in (2, 3, 4, 5, 6)
    }
    assert shown == {2: 0, 3: 3, 4: 3, 5: 3, 6: 0}
    assert not list(where.places(Source("data/other.yaml", 4)))


@given(st.lists(st.none() | st.integers(0, 9), max_size=9))
def test_the_longest_row_that_rises(values: list[int | None]) -> None:
    """Against all rows that there are."""
    found = [values[n] for n in sorted(locate._longest_rise(values))]
    assert all(a is not None and b is not None and a < b for a, b in pairwise(found))
    known = [value for value in values if value is not None]
    longest = max(
        len(row)
        for size in range(len(known) + 1)
        for row in combinations(known, size)
        if all(a < b for a, b in pairwise(row))
    )
    assert len(found) == longest


def test_what_a_theme_adds_belongs_to_the_record_before() -> None:
    page = words("Engineer Acme present / Doctor Bolt")
    where = locate.locate(page, groups("Engineer;Acme", "Doctor;Bolt"))
    source, value = where.at(0, 110, 2) or pytest.fail("nothing there")
    assert (source.line, value) == (1, None)


DROPS = """
import dataclasses
from cvtex import latex

class Theme(latex.shipped_theme("classic")):
    def entry(self, entry):
        return super().entry(dataclasses.replace(entry, place=None))
"""


@pytest.mark.tex
def test_what_a_theme_drops_is_an_error_at_its_line(project: Path, cvtex: Program) -> None:
    own_theme(project, DROPS, "drops")
    (project / "data" / "work.yaml").write_text(
        "- name: Acme\n  position: Engineer\n  location: Xanadu\n  startDate: 2021\n"
    )
    target = project / "build" / "drops.pdf"
    target.parent.mkdir(exist_ok=True)
    before = b"%PDF-1.5 the last good one"
    target.write_bytes(before)
    run = cvtex("build", ".", "--theme", "drops", "--trust", "--engine", "pdflatex", cwd=project)
    assert run.status == 1
    assert "data/work.yaml:3:13: error: the PDF lost “Xanadu”" in run.err
    assert target.read_bytes() == before


def test_greek_capitals_have_no_accents() -> None:
    assert letters.squeeze("ΓΛΩΣΣΕΣ") == letters.squeeze("Γλώσσες")
    assert letters.squeeze("ΜΑΪΟΣ") == letters.squeeze("Μάϊος") != letters.squeeze("Μαιος")
    assert letters.squeeze("é") != letters.squeeze("e")


@pytest.mark.parametrize(
    ("page", "parts", "row", "close"),
    [
        ("ab cd ab", ["cd", "ab"], [(2, 4), (4, 6)], [(2, 4), (4, 6)]),
        ("cd ab", ["ab", "cd"], [(2, 4), (0, 2)], None),  # one stands before another
        ("xabcdx", ["abcd"], [(1, 5)], None),
        ("xabcx abc", ["abc"], [(5, 8)], None),  # so short, a word of its own
        ("xabcx", ["abc"], None, None),
        ("xabcdx abcd", ["abcd"], [(6, 10)], None),  # better a whole word
        ("long word ab", ["long", "ab"], [(0, 4), (8, 10)], [(0, 4), (8, 10)]),
        ("ab long ab long ab", ["long", "ab"], [(2, 6), (6, 8)], [(2, 6), (6, 8)]),
        ("ab ab long", ["ab", "long"], [(0, 2), (4, 8)], [(2, 4), (4, 8)]),
        ("xabcdx abcd long word", ["abcd", "longword"], [(6, 10), (10, 18)], [(6, 10), (10, 18)]),
        ("longwordy xabcdx", ["longwordy", "abcd"], [(0, 9), (10, 14)], [(0, 9), (10, 14)]),
        ("xabcdx longwordy", ["abcd", "longwordy"], [(1, 5), (6, 15)], [(1, 5), (6, 15)]),
        ("longer ab ab", ["ab", "longer"], [(6, 8), (0, 6)], None),
        ("a1 b2", ["a1", "c3"], None, None),
    ],
)
def test_parts_stand_in_a_row(
    page: str, parts: list[str], row: list[tuple[int, int]] | None, close: object
) -> None:
    """Each behind the one before it where it can be; close together if they are several."""
    found = letters.Letters(page.split(), divided=False)
    assert found.row(parts, *found.whole) == row
    assert found.close(parts, *found.whole) == close


def test_letters_that_are_taken_are_free_again_when_they_are_released() -> None:
    found = letters.Letters(["ab", "cd"], divided=False)
    wanted = letters.Search("ab", (("ab",),), 0, None)
    assert found.take(wanted, [(0, 2)])
    assert found.row(["ab"], *found.whole) is None
    assert found.row(["cd"], *found.whole) == [(2, 4)]
    before = [(wanted, wanted.places, wanted.way)]
    found.release(wanted)
    assert found.row(["ab"], *found.whole) == [(0, 2)]
    assert not found.take(wanted, None)
    found.restore(before)
    assert found.row(["ab"], *found.whole) is None and wanted.places == ((0, 2),)


@pytest.mark.parametrize(
    ("stretch", "numbers"), [((0, 2), (0, 1)), ((1, 2), (0, 1)), ((2, 3), (1, 2)), ((1, 6), (0, 3))]
)
def test_letters_know_their_words(stretch: tuple[int, int], numbers: tuple[int, int]) -> None:
    assert letters.Letters(["ab", "cd", "ef"], divided=False).words(*stretch) == numbers


@pytest.mark.parametrize(
    ("page", "part", "places"),
    [
        ("re- presen- tation", "representation", [(0, 16)]),
        ("well- known", "well-known", [(0, 10)]),
        ("re- al", "real", [(0, 5)]),
        ("re- a", "rea", []),  # so short, it is looked for as it is
        ("real re- al", "real", [(0, 4), (4, 9)]),
    ],
)
def test_hyphens_may_divide_a_word(page: str, part: str, places: list[tuple[int, int]]) -> None:
    found = letters.Letters(page.split(), divided=True)
    assert list(dict.fromkeys(found.places(part, *found.whole))) == places
    whole = letters.Letters(page.split(), divided=False)
    assert list(whole.places("representation", *whole.whole)) == []
