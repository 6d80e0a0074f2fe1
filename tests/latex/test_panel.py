"""Which sections stand on a panel, and which records stay together."""

from __future__ import annotations

import pytest
from pylatex import NoEscape

from cvtex import model
from cvtex.latex.panel import FULL, Column, choose, points, together
from cvtex.latex.pieces import Item
from cvtex.latex.ties import ended, undivided
from cvtex.model import Section, Text

PANEL, MAIN = Column(134, 720, 9, 80), Column(364, 760, 10, 50)


def section(name: str, *records: model.Record) -> Section:
    return Section(name=name, title=Text(name), kind=name, records=records)  # type: ignore[arg-type]


def skills(number: int) -> Section:
    words = tuple(Text(f"Language{n}") for n in range(6))
    return section(
        "skills", *(model.Skill(name=Text(f"Group {n}"), keywords=words) for n in range(number))
    )


def work(number: int) -> Section:
    bullets = tuple(model.Highlight(text=model.Prose("word " * 30)) for _ in range(4))
    job = model.Work(name=Text("Mill"), position=Text("Miller"), highlights=bullets)
    return section("work", *[job] * number)


AWARDS = section("awards", *[model.Award(title=Text("A prize"), awarder=Text("Some body"))] * 2)
SCHOOL = section(
    "education",
    *[model.Education(institution=Text("A university"), study_type=Text("Master of Arts"))] * 2,
)
LANGUAGES = section("languages", model.Language(language=Text("Dutch"), fluency=Text("C1")))
INTERESTS = section("interests", model.Interest(name=Text("Bees"), keywords=(Text("honey"),)))


def height(sections: list[Section], column: Column, *, aside: bool) -> float:
    return column.taken + sum(column.of(one, aside) for one in sections)


def test_a_short_panel_takes_short_sections() -> None:
    """On one page both columns end nearer to each other than they did."""
    sections = [work(4), SCHOOL, AWARDS, skills(1)]
    chosen = choose(sections, PANEL, MAIN)
    assert set(chosen) == {"skills", "awards"}  # posts and degrees are what parsers look for
    aside = [one for one in sections if one.name in chosen]
    rest = [one for one in sections if one.name not in chosen]
    before = height(sections[:3], MAIN, aside=False) - height(sections[3:], PANEL, aside=True)
    after = height(rest, MAIN, aside=False) - height(aside, PANEL, aside=True)
    assert abs(after) < abs(before)


@pytest.mark.parametrize("groups", range(1, 12))
def test_no_section_is_moved_to_a_panel_that_is_full(groups: int) -> None:
    sections = [work(9), SCHOOL, AWARDS, skills(groups), LANGUAGES, INTERESTS]
    chosen = choose(sections, PANEL, MAIN)
    aside = [one for one in sections if one.name in chosen]
    assert {"skills", "languages"} <= set(chosen)
    if len(chosen) > 2:
        assert height(aside, PANEL, aside=True) <= FULL * PANEL.height


def test_what_a_panel_has_no_room_for_goes_to_the_main_column() -> None:
    assert "interests" in choose([work(9), skills(5), INTERESTS], PANEL, MAIN)
    assert "interests" not in choose([work(9), skills(10), INTERESTS], PANEL, MAIN)


def test_heights_grow_with_the_text() -> None:
    assert PANEL.of(skills(2), aside=True) > PANEL.of(skills(1), aside=True)
    assert MAIN.of(work(1), aside=False) > 8 * MAIN.leading
    assert PANEL.lines("") == 0 and PANEL.lines("one") == 1
    assert PANEL.lines("word " * 60) > 2 * MAIN.lines("word " * 60)


@pytest.mark.parametrize(("length", "of"), [("10mm", 28.45), ("1in", 72.27), ("9.5pt", 9.5)])
def test_lengths_in_points(length: str, of: float) -> None:
    assert points(length) == pytest.approx(of, rel=0.001)


def items(of: Section) -> list[Item]:
    return [Item(record, NoEscape(f"{n}")) for n, record in enumerate(of.records)]


def test_few_rows_are_not_divided() -> None:
    first, second = together(items(AWARDS), MAIN)
    assert first.body.startswith(r"\cvfollowed{") and second.body == "1"


def test_a_short_last_record_does_not_stand_alone() -> None:
    short = model.Work(name=Text("Mill"), position=Text("Apprentice"))
    jobs = section("work", *work(2).records, short)
    first, second, third = together(items(jobs), MAIN)
    assert first.body == "0" and second.body.startswith(r"\cvfollowed{")
    assert third.body == "\\cvtie\n2"
    assert [item.body for item in together(items(work(3)), MAIN)] == ["0", "1", "2"]  # a long one


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("A paragraph that is long enough to end", "A paragraph that is long enough to~end"),
        ("Too short to", "Too short to"),
        (r"A paragraph that ends with \emph{two words}", None),
        ("A paragraph that ends with Datenschutzgrundverordnungen", None),
    ],
)  # fmt: skip
def test_a_last_line_is_no_single_word(typed: str, set_as: str | None) -> None:
    assert ended(NoEscape(typed)) == (set_as or typed)


def test_an_address_is_divided_after_its_commas() -> None:
    typed = NoEscape("Oranienburger Straße 87, 10178 Berlin,~DE")
    assert undivided(typed) == "Oranienburger~Straße~87, 10178~Berlin,~DE"
    assert undivided(NoEscape("1 Road, 2 Town, Norway")) == "1~Road, 2~Town,~Norway"
    long = NoEscape("The Department of Earth Science and Oceanography, Bergen")
    assert undivided(long) == long
