"""What the contract says of texts, logs, dates and pages that are made by hand: no TeX runs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pikepdf
import pytest

from cvtex import source
from cvtex.contract import cited, data, links, poppler, samples, words
from cvtex.contract.checks import faults
from cvtex.contract.dates import dates
from cvtex.contract.letters import outside
from cvtex.contract.samples import Sample
from cvtex.contract.wanted import Expected, Wanted
from cvtex.latex.letter import address
from prepared import prepare

TEXT = """\
Ada Lee
ada@lee.example.org
Experience
Engine Works 2019 – 2021
Lead Engineer
• Built it of brass
Mill
Miller Jan 2015 – Dec 2018
Languages
Dutch
"""
EXPECTED = Expected(
    sections=(
        ("Ada Lee", (Wanted(values=("ada@lee.example.org",)),)),
        ("Experience", (
            Wanted(values=("Engine Works", "Built it of brass"), ranges=("2019 – 2021",),
                   heads=("Engine Works", "Lead Engineer"), bullet="Built it of brass"),
            Wanted(values=("Mill",), roles=(
                Wanted(values=("Miller",), ranges=("Jan 2015 – Dec 2018",), heads=("Miller",)),
            )),
        )),
        ("Languages", (Wanted(values=("Dutch",)),)),
    ),
    links=frozenset({"mailto:ada@lee.example.org"}),
    explained=frozenset({"lead", "engineer", "miller", "2019", "2021", "jan2015", "dec2018"}),
)  # fmt: skip
MILLIMETRE = 72 / 25.4


def page(folder: Path, *said: tuple[float, float, str], link: str = "") -> Path:
    """Make a PDF of one page of A4 with words at places in millimetres from the upper left."""
    rows = (
        f"BT /F 10 Tf {x * MILLIMETRE} {842 - y * MILLIMETRE} Td ({word}) Tj ET"
        for x, y, word in said
    )
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        font.BaseFont = pikepdf.Name.Helvetica
        if said:
            pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream("\n".join(rows).encode())
        if link:
            action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link))
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
            )
            pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(folder / "page.pdf")
    return folder / "page.pdf"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A sample in which nothing is wrong; its PDF has a link and no font."""
    pdf = page(tmp_path_factory.mktemp("good"), link="mailto:ada@lee.example.org")
    theme = prepare(samples.samples() / "smallest.yaml").set_by
    return Sample(
        expected=EXPECTED, theme=theme, pdf=pdf, log="", pages=(TEXT,), layout=TEXT,
        by_place={"a reader": TEXT},
    )  # fmt: skip


def told(sample: Sample, by_place_too: bool = True, /, **changed: object) -> list[str]:
    return list(faults(dataclasses.replace(sample, **changed), by_place_too))  # type: ignore[arg-type]


def moved(line: str, before: str) -> str:
    """Return the text with a line before another one."""
    lines = [each for each in TEXT.splitlines() if each != line]
    at = next(n for n, each in enumerate(lines) if each.startswith(before))
    return "\n".join([*lines[:at], line, *lines[at:]])


def test_nothing_is_wrong_with_a_good_one(good: Sample) -> None:
    assert told(good) == []
    both = TEXT.split("Mill\n")
    assert told(good, pages=(both[0], f"Mill\n{both[1]}\n\n"), by_place={}) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (TEXT.replace("Dutch", ""),
         ["not in the text: Dutch", "a page ends with a section's title: Languages"]),
        (TEXT.replace("of brass", "ofbrass"),
         ["words without a space between them: ofbrass"]),
        (TEXT.replace("it of brass", "itof brass"),
         ["words without a space between them: itof"]),
        (TEXT.replace("Built it", "Built? it"),
         ["not in the text: Built it of brass", "neither in the data nor in furniture(): Built?"]),
        (TEXT + "one two three four five six seven\n",
         ["neither in the data nor in furniture(): one; two; three; four; five and 2 more"]),
        (TEXT + "one two three four five one\n",
         ["neither in the data nor in furniture(): one; two; three; four; five"]),
        (TEXT.replace("brass", "bra-\nss"),
         ["not in the text: Built it of brass",
          "neither in the data nor in furniture(): bra-; ss"]),
        (moved("• Built it of brass", "Engine"), ["below its own bullets: Engine Works"]),
        (moved("• Built it of brass", "Lead"), []),
        (moved("Ada Lee", "Experience"), ["out of order: ada@lee.example.org",
                                          "the name is not what is read first"]),
        (moved("Dutch", "Experience"), ["out of order: Dutch",
                                        "a page ends with a section's title: Languages"]),
        (moved("Languages", "Experience"), ["out of order: Languages"]),
        (TEXT.replace("2019 – 2021", "2019\n– 2021"), ["broken over lines: 2019 – 2021"]),
        (TEXT.replace("2019 – 2021", "2019"), ["dates that are not in the text: 2019 – 2021"]),
        (TEXT.replace("Jan 2015 – Dec 2018", ""),
         ["dates that are not in the text: Jan 2015 – Dec 2018"]),
    ],
)  # fmt: skip
def test_a_spoilt_text(text: str, wrong: list[str], good: Sample) -> None:
    assert told(good, False, pages=(text,), by_place={}) == wrong
    unordered = ("out of order", "below its", "the name", "dates", "broken", "a page ends")
    in_layout = [fault for fault in wrong if not fault.startswith(unordered)]
    assert told(good, layout=text) == in_layout


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        (TEXT.replace("Engine Works 2019", "Engine 2019 Works"),
         'not read by the line (a reader): "Experience Engine 2019 Works –" where the file has '
         '"Experience Engine Works 2019 –"'),
        (TEXT.replace("Ada Lee", "Lee Ada"),
         'not read by the line (a reader): "Lee Ada ada@lee.example.org" where the file has '
         '"Ada Lee ada@lee.example.org"'),
        (TEXT.replace("Dutch\n", ""),
         'not read by the line (a reader): "2018 Languages" where the file has '
         '"2018 Languages Dutch"'),
        (TEXT.replace("Dutch", "DUT CH"), ""),
    ],
)  # fmt: skip
def test_a_text_that_is_sorted_by_place(other: str, wrong: str, good: Sample) -> None:
    assert told(good, by_place={"a reader": other}) == [wrong] * bool(wrong)


def test_links_marks_and_fonts(good: Sample, tmp_path: Path) -> None:
    other = page(tmp_path, (20, 20, "x"), link="https://x.example.org")
    assert told(good, pdf=other) == [
        "not linked: mailto:ada@lee.example.org",
        "linked, but not in the data: https://x.example.org",
        "fonts: Helvetica: not embedded; Helvetica: no ToUnicode",
    ]
    assert told(good, unmarked=("no\n title",)) == ["no PDF/UA (cvmarks.sty): no title"]


def test_boxes_are_told_from_the_widest_on_and_small_ones_are_not(good: Sample) -> None:
    log = (
        "Overfull \\hbox (2.0pt too wide) in paragraph at lines 1--2\n[]\n\n"
        "Overfull \\hbox (2.01pt too wide) in paragraph at lines 3--4\n"
        "\\T1/lmr/m/n/10 the mill|\n []\n\n"
        "Overfull \\vbox (31.5pt too high) has occurred while \\output is active []\n\n"
        "Missing character: There is no ж in font ec-lmr10!\n"
        "Missing character: There is no ж in font ec-lmbx10!\n"
    )
    said = told(good, log=log)
    assert [fault.partition(": ")[0] for fault in said] == [
        "boxes that are too full, by points", "not in the font",
    ]  # fmt: skip
    sizes = said[0].partition(": ")[2].split("; ")
    assert (sizes[0], sizes[1].partition(" ")[0]) == ("31.5", "2.01")
    assert said[1] == "not in the font: ж"


def test_a_broken_word_is_explained_by_its_whole() -> None:
    def left(layer: str, *explained: str) -> list[str]:
        return words.unexplained(
            layer, Expected(sections=(), links=frozenset(), explained=frozenset(explained))
        )

    assert left("a long er word, • (here)", "a", "longer", "word", "here") == []
    assert left("1 2 3 4 5 6 7 8", "12345678") == []
    assert left("1 2 3 4 5 6 7 8 9", "123456789") == list("123456789")
    assert left("long longer", "longer") == ["long"]
    assert words.joined(("a b c d e", "x")) >= {"ab", "abc", "abcd", "bcde"}
    assert not words.joined(("a b c d e", "x")) & {"a", "x", "abcde", "ac"}
    assert words.squeeze("O’Neill  Á") == "o'neillá"


@pytest.mark.parametrize(
    ("code", "form", "value", "shown"),
    [
        ("en", "months", "present", "now"), ("en", "months", "2019", "2019"),
        ("en", "months", "2019-01", "Jan 2019"), ("en", "months", "2019-12-05", "Dec 2019"),
        ("en", "years", "2019-12-05", "2019"), ("en", "days", "2019-12-05", "Dec 5, 2019"),
        ("en", "days", "2019-12", "Dec 2019"), ("en", "numbers", "2019-12-05", "12/05/2019"),
        ("en", "numbers", "2019-12", "12/2019"), ("en", "numbers", "2019", "2019"),
        ("en-GB", "months", "2019-09", "Sept 2019"), ("en-GB", "days", "2019-09-05", "5 Sept 2019"),
        ("en-GB", "numbers", "2019-09-05", "05/09/2019"),
        ("de", "days", "2019-03-05", "5. März 2019"), ("de", "numbers", "2019-03-05", "05.03.2019"),
        ("de-AT", "months", "2019-03", "März 2019"), ("fr", "days", "2019-08-05", "5 août 2019"),
        ("en", "months", "Fall 2023", "Fall 2023"), ("en", "years", "Fall 2023", "2023"),
        ("de", "months", "Fall 2023", "Herbst 2023"),
        ("en", "months", "expected 2031-05", "expected May 2031"),
        ("fr", "years", "expected 2031-05", "prévu en 2031"),
    ],
)  # fmt: skip
def test_a_date_reads(code: str, form: str, value: str, shown: str) -> None:
    assert dates(code, form, "now")(value) == shown


def test_a_list_of_publications_is_newest_first_by_group() -> None:
    listed = [
        {"name": "a", "type": "article", "releaseDate": "2019"},
        {"name": "b", "type": "book", "releaseDate": "2021-02"}, {"name": "c"},
        {"name": "d", "type": "article", "releaseDate": "2020"},
    ]  # fmt: skip

    def order(**settings: object) -> str:
        return "".join(item["name"] for item in cited.listing(listed, settings))

    assert order() == "bdac"
    groups = [{"types": ["article"]}, {"title": "none"}, {"types": ["book"]}]
    assert order(groups=groups) == "dabc"
    assert order(groups=groups, groupBy="year") == "dabc"
    assert order(groups=groups, groupBy="type") == "bdac"
    publication = {"name": "On mills", "releaseDate": "2021-02", "summary": "Of *wind*",
                   "authors": ["Ada Lee", "Moor, Bo"]}  # fmt: skip
    assert cited.cited(publication).values == ("On mills", "2021", "Lee", "Moor", "Of wind")


def test_every_address_of_the_data() -> None:
    cv = {
        "basics": {
            "email": "ada@lee.example.org", "phone": "+49 (30) 1-2", "url": "lee.example.org/a b",
            "summary": "See [it](https://it.example.org/ü) <https://no.example.org>.",
            "profiles": [
                {"network": "GitHub", "username": "ada"}, {"network": "Other", "username": "ada"},
                {"network": "Mastodon", "username": "@ada@hub.example.org"},
                {"network": "GitHub", "username": "x", "url": "mailto:x@example.org"},
            ],
            "x-own": {"url": "https://own.example.org"},
        },
        "work": [{"highlights": ["[b](https://b.example.org)"], "url": ""}],
    }  # fmt: skip
    assert sorted(links.links(cv)) == [
        "https://b.example.org", "https://github.com/ada", "https://hub.example.org/@ada",
        "https://it.example.org/%C3%BC", "https://lee.example.org/a%20b",
        "mailto:ada@lee.example.org", "mailto:x@example.org", "tel:+493012",
    ]  # fmt: skip
    shown = [links.source_address({"url": url}) for url in
             ("https://www.a.example/b/", "http://a.example", "a.example/www.b")]  # fmt: skip
    assert shown == ["a.example/b", "a.example", "a.example/www.b"]


def test_data_are_read_as_they_are_typed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name, text in {"work": "- {name: no, url: }", "private": "a: 1", "x.example": "a: 1",
                       "meta": "", "talks": "{title: T, entries: [a]}"}.items():  # fmt: skip
        (tmp_path / "data" / f"{name}.yaml").write_text(text)
    read = data.read(tmp_path, ["meta.themes.classic.paper=a4", "meta.hide=[work]"])
    assert read == {
        "work": [{"name": "no", "url": ""}], "talks": {"title": "T", "entries": ["a"]},
        "meta": {"themes": {"classic": {"paper": "a4"}}, "hide": ["work"]},
    }  # fmt: skip
    values: list[object] = [read["work"], read["talks"], {}, None, "text"]
    found = [data.items(value) for value in values]
    assert found == [[{"name": "no", "url": ""}], ["a"], [], [], []]


@pytest.mark.parametrize(("version", "known"), [("21.10.0", 0), ("21.11.0", 1), ("22.2.0", 1)])
def test_an_old_poppler_is_not_asked_for_links(
    version: str, known: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "pdfinfo"
    program.write_text(f"#!/bin/sh\necho 'pdfinfo version {version}' >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    poppler.tells_addresses.cache_clear()
    try:
        assert poppler.tells_addresses() == known
        if not known:
            assert poppler.addresses(tmp_path / "any.pdf") is None
    finally:
        poppler.tells_addresses.cache_clear()


def test_words_have_their_boxes(tmp_path: Path) -> None:
    [(word, (left, top, right, bottom))] = poppler.boxes(page(tmp_path, (20, 30, "a&b")))
    assert word == "a&b"
    assert (round(left / MILLIMETRE), 0 < right - left < 30) == (20, True)
    assert top / MILLIMETRE < 30 <= bottom / MILLIMETRE < 32


def test_an_address_stands_in_the_window_of_the_envelope(tmp_path: Path) -> None:
    """From 20 to 105 mm from the left, 45 to 90 mm from above, the sender in the upper 15 mm."""
    project = source.find(samples.samples() / "letter.yaml", public=False, environ={})
    letter = source.read(dataclasses.replace(project, letter="en")).letter
    assert letter
    terms = source.words("en")
    lines = [line.replace(" ", "") for line in address(letter, terms)]
    good = [(25, 66 + 4 * row, line) for row, line in enumerate(lines)]
    assert 2 <= len(good) <= 6

    def wrong(*said: tuple[float, float, str]) -> list[str]:
        return list(outside(page(tmp_path, *said), letter, terms))

    assert wrong(*good) == []
    beside = (70, 62, "Sender")
    assert wrong(*good, (70, 55, "Sender"), (70, 95, "Below"), (120, 70, "Right")) == []
    assert wrong(*good, (70, 67, "Sender")) == ["in the window beside the address: Sender"]
    assert wrong(*good, beside) == []
    for place in ((15, 65), (25, 93), (25, 45), (103, 65)):
        assert wrong((*place, lines[0]), *good[1:]) == [
            f"not in the window of the envelope: {lines[0]}"
        ]
