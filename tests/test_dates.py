"""Dates as people write them: read, sorted, and set in the CV's language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cvtex import source
from cvtex.dateforms import bounds, ends, shown
from cvtex.dates import Date
from cvtex.datewords import MONTHS, SEASONS, SENSES
from cvtex.latex import Options, Setting, Theme, shipped_theme
from cvtex.latex.pieces import dumps
from cvtex.model import Position, Text, Work
from cvtex.source.schema.schema import schema

ENGLISH, GERMAN, BRITISH = map(source.words, ("en", "de", "en-GB"))


@pytest.mark.parametrize(
    ("typed", "english", "german", "iso"),
    [
        ("2023-09-01", "Sep 2023", "Sep. 2023", "2023-09-01"),
        ("2023-09/2023-12", "Sep 2023 – Dec 2023", "Sep. 2023 – Dez. 2023", "2023-09"),
        ("Fall 2023", "Fall 2023", "Herbst 2023", "2023-23"),
        ("autumn 2023", "Autumn 2023", "Herbst 2023", "2023-23"),
        ("Summer 2020", "Summer 2020", "Sommer 2020", "2020-22"),
        ("Herbst 2023", "Autumn 2023", "Herbst 2023", "2023-23"),
        ("Q3 2021", "Q3 2021", "3. Quartal 2021", "2021-35"),
        ("2021-Q3", "Q3 2021", "3. Quartal 2021", "2021-35"),
        ("3. Quartal 2021", "Q3 2021", "3. Quartal 2021", "2021-35"),
        ("expected May 2027", "expected May 2027", "voraussichtlich Mai 2027", "2027-05"),
        ("May 2027 (expected)", "expected May 2027", "voraussichtlich Mai 2027", "2027-05"),
        ("voraussichtlich 2027-05", "expected May 2027", "voraussichtlich Mai 2027", "2027-05"),
        ("since 2019", "since 2019", "seit 2019", "2019"),
        ("2019 or 2020", "2019 or 2020", "2019 oder 2020", "2019"),
        ("ca. 2019", "ca. 2019", "ca. 2019", "2019~"),
        ("until March 2020", "until Mar 2020", "bis März 2020", "2020-03"),
        ("Sept. 5th, 2020", "Sep 2020", "Sep. 2020", "2020-09-05"),
        ("5. März 2020", "Mar 2020", "März 2020", "2020-03-05"),
        ("2019–2021", "2019 – 2021", "2019 – 2021", "2019"),
        ("2019/..", "2019 – Present", "2019 – heute", "2019"),
        ("Summer 2019 to present", "Summer 2019 – Present", "Sommer 2019 – heute", "2019-22"),
        ("../2020", "until 2020", "bis 2020", "2020"),
        ("2020/2020", "2020", "2020", "2020"),
    ],
)
def test_words(typed: str, english: str, german: str, iso: str) -> None:
    date = Date.parse(typed)
    assert (shown(date, ENGLISH), shown(date, GERMAN), date.edtf) == (english, german, iso)


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("automne 2023", "Autumn 2023"),
        ("depuis mars 2019", "since Mar 2019"),
        ("2019 ou 2020", "2019 or 2020"),
        ("1er août 2020", "Aug 2020"),
        ("primavera de 2021", "Spring 2021"),
        ("março de 2021", "Mar 2021"),
        ("desde enero de 2020", "since Jan 2020"),
        ("prévu en mai 2027", "expected May 2027"),
        ("T3 2021", "Q3 2021"),
        ("tot mei 2020", "until May 2020"),
    ],
)
def test_words_of_other_languages(typed: str, english: str) -> None:
    assert shown(Date.parse(typed), ENGLISH) == english


def test_a_region_keeps_the_words_that_were_typed() -> None:
    assert shown(Date.parse("Fall 2023"), BRITISH) == "Fall 2023"
    assert shown(Date.parse("Fall 2023"), source.words("en", {"fall": "Autumn"})) == "Autumn 2023"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("full", "Sep 1, 2016 – Aug 31, 2018 · Fall 2023 · expected May 5, 2027 · 2019 or 2020"),
        ("months", "Sep 2016 – Aug 2018 · Fall 2023 · expected May 2027 · 2019 or 2020"),
        ("numbers", "09/01/2016 – 08/31/2018 · Fall 2023 · expected 05/05/2027 · 2019 or 2020"),
        ("years", "2016 – 2018 · 2023 · expected 2027 · 2019 or 2020"),
    ],
)
def test_forms(form: str, expected: str) -> None:
    typed = ("2016-09-01/2018-08-31", "Fall 2023", "expected 2027-05-05", "2019 or 2020")
    dates = [shown(Date.parse(one), ENGLISH, form) for one in typed]  # type: ignore[arg-type]
    assert " · ".join(dates) == expected


def test_they_sort_by_time() -> None:
    typed = "2019 · until 2020 · Spring 2020 · 2020-03-01 · Q2 2020 · 2020-05 · Summer 2020 · \
Fall 2020 · expected 2020-10 · Winter 2020 · since 2021 · present"
    dates = [Date.parse(one) for one in typed.split(" · ")]
    assert [d.moment for d in dates] == [d.moment for d in sorted(dates)]
    own = Date.worded(Text("Easter term"), Date.parse("2020-04"))
    assert Date(2020, 3, 31) < own < Date(2020, 5)
    assert Date.worded(Text("Easter 2020")).moment == (2020, 0, 0)
    assert Date.worded(Text("long ago")) < Date(1)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-03", None, r"\mbox{Mar 2020 – Present}"),
        ("2016-09-01", "2018-08-31", r"\mbox{Sep 2016 – Aug 2018}"),
        ("2016-09-01", "2016-09-30", r"\mbox{Sep 2016}"),
        ("Summer 2019", "Summer 2019", r"\mbox{Summer 2019}"),
        ("since 2019", None, r"\mbox{since 2019}"),
        ("since 2019", "present", r"\mbox{since 2019}"),
        ("expected May 2027", None, r"\mbox{expected May 2027}"),
        ("ca. 2019", None, r"\mbox{ca. 2019 –{}} \mbox{Present}"),
        ("2023-09/2023-12", None, r"\mbox{Sep 2023 – Dec 2023}"),
        ("Fall 2023", "expected May 2027", r"\mbox{Fall 2023 –{}} \mbox{expected May 2027}"),
        (None, "2019 or 2020", r"\mbox{2019 or 2020}"),
        (None, None, None),
    ],
)
def test_start_and_end(start: str | None, end: str | None, expected: str | None) -> None:
    theme = Theme(Options(), Setting(engine="pdflatex", words=ENGLISH))
    assert theme.dates(*(one and Date.parse(one) for one in (start, end))) == expected  # type: ignore[arg-type]


def test_ones_own_words_stand_as_they_are() -> None:
    theme = Theme(Options(dates="years"), Setting(engine="pdflatex", words=GERMAN))
    own = Date.worded(Text("Summers of 2019 & 2020"))
    assert theme.dates(own, None) == r"Summers of 2019 \& 2020"
    assert theme.dates(own, Date.PRESENT) == r"Summers of 2019 \& 2020 – heute"


POINTS = st.one_of(
    st.builds(Date, st.integers(1900, 2100)),
    st.builds(Date, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds(Date, st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28)),
    st.builds(
        Date, st.integers(1900, 2100), season=st.sampled_from([*SEASONS.values(), "q1", "q4"])
    ),
)
SAID = st.builds(
    lambda date, sense: Date(date.year, date.month, date.day, date.season, sense),
    POINTS,
    st.sampled_from(["", *SENSES.values()]),
)


@st.composite
def dates(draw: st.DrawFn) -> Date:
    def one() -> Date:
        date = draw(SAID)
        other = draw(st.none() | SAID)
        return Date(date.year, date.month, date.day, date.season, date.sense, other)

    start, end = one(), draw(st.none() | st.just(Date.PRESENT)) or one()
    if draw(st.booleans()) or (not end.is_present and end.latest < start.earliest):
        return start
    return Date(start.year, start.month, start.day, start.season, start.sense, start.other, end)


@given(dates())
@example(Date(2020, season="q1", end=Date(2020, season="q1")))
def test_what_it_says_is_read_as_the_same_date(date: Date) -> None:
    assert Date.parse(str(date)) == date
    assert re.fullmatch(DATE, str(date)) or re.fullmatch(DATE, str(date).capitalize())


@given(dates(), dates(), dates())
def test_the_order_is_one(one: Date, two: Date, three: Date) -> None:
    assert (one < two) + (two < one) + (one == two) == 1
    assert not (one < two < three) or one < three
    assert one.earliest <= one.latest or one.other


READ = ("de", "en", "es", "fr", "it", "nl", "pt")
"""The languages whose dates in words are read."""


@given(
    dates(),
    st.sampled_from([source.words(code) for code in READ]),
    st.sampled_from(["full", "months"]),
)
def test_what_is_set_can_be_typed(date: Date, words, form: str) -> None:  # type: ignore[no-untyped-def]
    """What a CV shows of a date is a date again, of the same time as far as it is shown."""
    said = shown(date, words, form)  # type: ignore[arg-type]
    said = said.replace(words.words["present"], "present")
    assert shown(Date.parse(said), words, form) == shown(date, words, form)  # type: ignore[arg-type]


@given(st.text(st.sampled_from("0123456789-/~ .QqFfal eptrsinc"), max_size=24))
def test_whatever_is_typed_is_a_date_or_a_complaint(typed: str) -> None:
    try:
        date = Date.parse(typed)
    except ValueError as stop:
        assert re.match(r"a date is written|there is no|.* is before ", str(stop))
    else:
        assert Date.parse(str(date)) == date
        assert re.fullmatch(DATE, " ".join(typed.lower().split()).replace("q", "Q"))


DATE = schema("awards")["$defs"]["Date"]["anyOf"][0]["pattern"].strip("^$")


@pytest.mark.parametrize(
    "typed",
    [name.title() + " 2020" for names in MONTHS.values() for name in names]
    + [f"{name.title()} 2020" for name in SEASONS]
    + [f"{name} 2020" for name in SENSES]
    + ["since 2019", "Since 2019", "2019 – Fall 2020", "3. Quartal 2021", "Q3/2021", "May 5, 2020"]
    + ["2023-09/2023-12", "2019/..", "../2020", "Sept. 2020", "May 2027 (expected)", "2019~"]
    + ["1º gen 2020", "1° mag 2020", "1er mai 2020"],
)
def test_editors_take_what_is_read(typed: str) -> None:
    assert re.fullmatch(DATE, typed)
    assert Date.parse(typed)


@pytest.mark.parametrize("typed", ["sometime", "31.12.2020", "2022/3", "12/2021", "Easter 2020"])
def test_editors_refuse_what_is_not_read(typed: str) -> None:
    assert not re.fullmatch(DATE, typed)
    with pytest.raises(ValueError, match="a date is written"):
        Date.parse(typed)


def test_the_schema_knows_dates_in_ones_own_words() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft202012Validator(schema("awards"))
    assert check.is_valid([{"title": "A", "date": {"text": "Easter", "sort": 2020}}])
    assert not check.is_valid([{"title": "A", "date": {"sort": 2020}}])
    assert not check.is_valid([{"title": "A", "date": {"text": "Easter", "when": 2020}}])


def test_publications_count_them(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """They sort among papers, and stand in the citation, in the CV's language."""
    releases = [
        "2020-06", "Fall 2020", "expected May 2027", "2019 or 2020", "2018-03/2019-02",
        {"text": "Ostern 2017"}, {"text": "once upon a time"},
    ]  # fmt: skip
    works = [{"name": f"W{n}", "releaseDate": date} for n, date in enumerate(releases)]
    cv = {
        "basics": {"name": "A B"},
        "publications": works,
        "meta": {"language": "de", "publications": {"style": "plain"}},
    }
    (tmp_path / "cv.json").write_text(json.dumps(cv))
    reading = source.read(source.find(tmp_path / "cv.json", public=True, environ={}))
    assert not reading.diagnostics and reading.resume
    from cvtex.latex.render import contents

    [content] = contents(reading.resume, GERMAN)
    assert content.listed
    lines = [
        "".join(span.text.text for span in item.spans)
        for group in content.listed.groups
        for item in group.items
    ]
    found = [re.sub(r"[“”„.]", "", line) for line in lines]
    assert [line[:2] for line in found] == ["W6", "W2", "W1", "W0", "W3", "W4", "W5"]
    for number, said in enumerate(
        ["2020", "2020", "voraussichtlich 2027", "2019 oder 2020", "2018–2019", "Ostern 2017"]
    ):
        assert said in next(line for line in found if line.startswith(f"W{number}"))


FOLDERS = (Path(__file__).parents[1] / "themes").glob("*/theme.py")
THEMES = sorted(path.parent.name for path in FOLDERS)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_sets_them(name: str) -> None:
    """In words, in German, and with days only where they are asked for."""
    kind = shipped_theme(name)
    work = Work(
        name=Text("Acme"),
        positions=(
            Position(start_date=Date.parse("Fall 2023"), end_date=Date.parse("expected May 2027")),
            Position(start_date=Date.parse("2016-09-01"), end_date=Date.parse("2018-08-31")),
            Position(start_date=Date.parse("since 2019")),
            Position(start_date=Date.worded(Text("Ostern & Pfingsten 2020"))),
        ),
    )
    months, full = kind.Options(dates="months"), kind.Options(dates="full")
    for options, days in ((months, "Sep. 2016 "), (full, "1. Sep. 2016 ")):
        made = kind(options, Setting(engine="pdflatex", words=GERMAN))
        tex = dumps(made.work(work))
        between = options.date_separator
        for said in ("Herbst 2023", "voraussichtlich Mai 2027", "{seit 2019}",
                     r"Ostern \& Pfingsten 2020", f"{{{days}{between} ",):  # fmt: skip
            assert said in tex


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019-03", "2020-05", "2019-03 2020-05"),
        ("2019-03", None, "2019-03 present"),
        ("2019/2020-05", None, "2019 2020-05"),
        ("since 2019", None, "2019 present"),
        ("Fall 2019", "expected May 2027", "Fall 2019 expected 2027-05"),
        ("expected 2027", None, None),
    ],
)
def test_what_lies_between(start: str, end: str | None, expected: str | None) -> None:
    """The span of several roles of one employer is never longer than what was said."""
    found = bounds(Date.parse(start), end and Date.parse(end))  # type: ignore[arg-type]
    assert (" ".join(map(str, found)) if found else None) == expected


def test_tex_in_ones_own_words_passes() -> None:
    theme = Theme(Options(), Setting(engine="pdflatex", words=ENGLISH))
    own = Date.worded(Text(r"\textsc{mmxx}", tex=True))
    assert theme.dates(None, own) == r"\textsc{mmxx}"


def test_the_ends_of_what_is_set() -> None:
    assert ends(Date(2020), None) == (Date(2020), Date.PRESENT)
    assert ends(None, Date(2020)) == (Date(2020),)
    assert ends(None, None) == ()
