"""`.bib` text to publications, and every problem at its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex.diagnostics import Severity
from cvtex.model import Date, Link, Name, Prose, Publication, PublicationRecord, Rich, Text, Url
from cvtex.source.bibtex import decode, from_record, read, read_all
from cvtex.source.bibtex.owner import own


def one(text: str) -> Publication:
    """Return the only entry of a text that has nothing wrong."""
    publications, diagnostics = read(text, "a.bib")
    assert diagnostics == ()
    (publication,) = publications
    return publication


def complaints(text: str) -> list[str]:
    """Return what is wrong, as `line:column severity message`."""
    _, diagnostics = read(text, "a.bib")
    return [
        f"{d.source.line}:{d.source.column} {d.severity} {d.message}"
        for d in diagnostics
        if d.source
    ]


def spoken(name: Name) -> str:
    """Return a name's four parts."""
    parts = (name.given, name.prefix, name.family, name.suffix)
    return "|".join(part.text for part in parts)


def test_values_strings_and_months() -> None:
    text = """@string{nips = "Neur" # {IPS}}
@InProceedings{a, title = {A {"} b} # " c",
  booktitle = nips # { Workshops}, YEAR = 2020, month = 12 # "~" # dec, pages = "3--15",
}"""
    publication = one(text)
    assert publication.type == "inproceedings"
    assert publication.title.text == 'A " b c'
    assert publication.fields["booktitle"].text == "NeurIPS Workshops"
    assert publication.date == Date(2020, 12, 12)
    assert publication.fields["pages"].text == "3–15"
    assert (publication.source.line, publication.source.end) == (2, 4)


def test_marks_of_files_and_lines() -> None:
    data = "\ufeff@misc{a, title = {x\r\n y}}\r\n".encode()
    text, diagnostics = decode(data, "a.bib")
    assert (text, diagnostics) == ("@misc{a, title = {x\n y}}\n", ())
    assert one(text).title.text == "x y"


def test_latin_1_is_read_with_a_warning_at_its_line() -> None:
    text, (diagnostic,) = decode("@misc{a,\ntitle = {Gödel}}".encode("latin-1"), "a.bib")
    assert "Gödel" in text
    assert (str(diagnostic.source), diagnostic.severity) == ("a.bib:2", Severity.WARNING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "@misc{a,\n  author = {A B}\n  title = {T},\n}",
            ["2:17 warning a comma is missing after the field author"],
        ),
        (
            "@misc{a,\n  title = {T},\n\n@misc{b, title = {U}}",
            ["1:1 warning the entry a is not closed before the next one"],
        ),
        (
            "@misc{a, title = {T}}\n@misc{b,\n title = {U",
            ["3:10 error this brace is never closed"],
        ),
        ('@misc{a, title = "T}\n', ["1:18 error this quotation mark is never closed"]),
        ("@misc{a, title = {T}\n", ["1:1 warning the entry a is never closed"]),
        ("@misc{a, title {T}}", ["1:10 error a field is expected here, not 'title {T}}'"]),
        ("@misc{a, title = , note = {N}}", ["1:18 error a value is expected here"]),
        ("@misc{a, journal = jfoo}",
         ["1:20 warning the abbreviation 'jfoo' is not defined; its name is set"]),
        (
            "@misc{a, note = {1}}\n@misc{a, note = {2}}",
            ["2:1 warning the entry a is given again; the one of line 1 is used"],
        ),
        (
            "@misc{a, note = {1},\n Note = {2}}",
            ["2:2 warning the field note is given twice; the first is used"],
        ),
        ("@misc{a,, title = {T}}", ["1:9 warning there is a comma too many"]),
        ("@misc{title = {T}}", ["1:1 warning the entry has no key"]),
        (
            "@misc{a, title = {A\n B \\foo{C}}}",
            ["2:4 warning the command \\foo is not known; its argument is kept"],
        ),
        ("@misc{a, title = {\\input{x}}}", ["1:19 error \\input may not stand in a .bib field"]),
        ("@misc{a, note = {^^5cinput}}", ["1:18 error ^^ may not stand in a .bib field"]),
        (
            "@misc{a, author = {A, B, C, D}}",
            ["1:19 warning a name has too many commas: A, B, C, D"],
        ),
        ("@misc{a, date = {2020-13}}", ["1:17 warning there is no date 2020-13"]),
        ("@misc{a, date = {5/20}}", ["1:17 warning the date '5/20' is not understood"]),
        ("@misc{a, year = 20, month = jan}", ["1:17 warning there is no year '20'"]),
        ("@misc{a, year = 2020, month = 13}", ["1:31 warning there is no month '13'"]),
        ("@misc{a, title = {costs $5}}", ["1:25 warning a $ has no partner"]),
        ("@misc{a, crossref = {b}}", ["1:21 warning there is no entry b to take fields from"]),
        (
            "@misc{a, url = {javascript:alert(1)}}",
            ["1:16 warning a link may not use the scheme javascript:: javascript:alert(1)"],
        ),
        (
            '@preamble{"\\def\\x{}"}',
            ["1:1 note the @preamble is not used: cvtex runs no TeX of a .bib file"],
        ),
        ("@misc{a, title = {x\u202ey}}", [
            "1:20 error an override of the writing direction (U+202E) shows a text other than it is"
        ]),
    ],
)  # fmt: skip
def test_every_problem_stands_at_its_line(text: str, expected: list[str]) -> None:
    assert complaints(text) == expected


def test_one_bad_entry_loses_no_other() -> None:
    text = """@misc{a, title = {A}}
@misc{b, title = {B}, note = {never closed
@misc{c, title = {C}}
@misc{d title = {D}}
@misc{e, title = {E}, note = "{" }
@misc{f, title = {F}}
"""
    publications, diagnostics = read(text, "a.bib")
    assert [p.title.text for p in publications if p.key in set("acf")] == ["A", "C", "F"]
    assert len(diagnostics) >= 3


def test_what_a_splitter_stumbles_over() -> None:
    text = """Text between, an address a@b.org (home), and
@comment{ @misc{no, title = {x}} }
@article(a,
  % a comment, of no effect
  abstract = {A line
@article{that = looks like an entry}},
  title = "{Quote {"} saint} and {"x"}",
  note  = {unbalanced \\{ brace}}, year = 2020)
@misc {b , title="B"}"""
    publications, diagnostics = read(text, "a.bib")
    assert [p.key for p in publications] == ["a", "b"]
    assert publications[0].title.text == 'Quote " saint and "x"'
    assert diagnostics == ()


@pytest.mark.parametrize(
    ("typed", "parts"),
    {
        "Ada Lovelace": "Ada||Lovelace|",
        "Lovelace, Ada": "Ada||Lovelace|",
        "Ludwig van Beethoven": "Ludwig|van|Beethoven|",
        "van der Berg, Jan": "Jan|van der|Berg|",
        "King, Jr., Martin Luther": "Martin Luther||King|Jr.",
        "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin": (
            "Charles Louis Xavier Joseph|de la|Vallée Poussin|"
        ),
        "{The CMS Collaboration}": "||The CMS Collaboration|",
        "{\\'E}variste Galois": "Évariste||Galois|",
        "Émile Zola": "Émile||Zola|",
        "\\'Emile Zola": "Émile||Zola|",
        "\\v{C}apek, K.": "K.||Čapek|",
        "Špela Žižek": "Špela||Žižek|",
        "Jean-luc Picard": "Jean-luc||Picard|",
        "Ngo Bao Ch\\^au": "Ngo Bao||Châu|",
        "Mu\\~noz, J": "J||Muñoz|",
        "J.~P. Serre": "J. P.||Serre|",
        "Smith,": "||Smith|",
        "Plato": "||Plato|",
        "given=Hans, family=Harman": "Hans||Harman|",
        "family=Buren, given=Jan, prefix=van, useprefix=true": "Jan|van|Buren|",
        '"family=Simon, Ltd", given=Ab': "Ab||Simon, Ltd|",
    }.items(),
)
def test_names(typed: str, parts: str) -> None:
    (name,) = one(f"@misc{{a, author = {{{typed}}}}}").authors
    assert spoken(name) == parts


def test_lists_of_names() -> None:
    publication = one(
        "@book{a, author = {A B and {C and D} AND\n E F and others}, editor = {G H},"
        " translator = {I J}}"
    )
    assert [spoken(n) for n in publication.authors] == ["A||B|", "||C and D|", "E||F|"]
    assert publication.more_authors
    assert [n.literal for n in publication.authors] == [False, True, False]
    assert [spoken(n) for n in publication.editors] == ["G||H|"]
    assert [spoken(n) for n in publication.people["translator"]] == ["I||J|"]


@pytest.mark.parametrize(
    "typed",
    [
        "Krishna*, S and Doe, J",
        "Krishna, S* and Doe, J",
        "S Krishna$^*$ and Doe, J",
        "S Krishna\\textsuperscript{*} and Doe, J",
        "S Krishna{$^{*}$} and Doe, J",
        "Krishna, S$^\\ast$ and Doe, J",
    ],
)
def test_a_star_at_a_name_is_a_mark(typed: str) -> None:
    one_name, other = one(f"@misc{{a, author = {{{typed}}}}}").authors
    assert (spoken(one_name), one_name.marks) == ("S||Krishna|", frozenset({"star"}))
    assert other.marks == frozenset()


def test_annotations() -> None:
    publication = one(
        "@misc{a, author = {A B and C D and E F}, author+an = {1=equal, me; 3:family=student},"
        ' author+an:role = {2="corresponding"}}'
    )
    assert [set(a.marks) for a in publication.authors] == [
        {"equal", "me"}, {"corresponding"}, {"student"},
    ]  # fmt: skip


def test_addresses_are_no_tex() -> None:
    publication = one(
        "@article{a, url = {https://x.org/a_b%20c?x=1&y=#z}, doi = {10.1000/a_b<1>},"
        " eprint = {2101.00001}, archiveprefix = {arXiv}, codeurl = {https://github.com/a/b}}"
    )
    assert publication.links == (
        Link("url", "https://x.org/a_b%20c?x=1&y=#z"),
        Link("doi", "https://doi.org/10.1000/a_b%3C1%3E"),
        Link("arxiv", "https://arxiv.org/abs/2101.00001"),
        Link("code", "https://github.com/a/b"),
    )


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("url = {\\url{http://a.b/\\~{}c\\_d}}", [Link("url", "http://a.b/~c_d")]),
        ("doi = {https://doi.org/10.1/x}", [Link("doi", "https://doi.org/10.1/x")]),
        ("journal = {arXiv preprint arXiv:1701.00160}",
         [Link("arxiv", "https://arxiv.org/abs/1701.00160")]),
        ("addendum = {[Paper Link]}", [Link("Paper Link")]),
        ("addendum = {[Paper]}, url = {a.org}", [Link("Paper", "https://a.org", "url")]),
        ("pdf = {files/x.pdf}", []),
    ],
)  # fmt: skip
def test_links(fields: str, links: list[Link]) -> None:
    assert list(one(f"@article{{a, {fields}}}").links) == links


PROCEEDINGS = """@inproceedings{p, title = {Paper}, crossref = {c}, xdata = {x}}
@proceedings{c, title = {Conference}, subtitle = {S}, year = 2020, editor = {E F}, note = {N}}
@xdata{x, publisher = {ACM}, series = {LNCS}}
"""


def test_inheritance_by_biblatexs_rules() -> None:
    publication = one(PROCEEDINGS)  # what others inherit from is not listed itself
    texts = {name: rich.text for name, rich in publication.fields.items()}
    assert texts == {
        "booktitle": "Conference", "booksubtitle": "S", "publisher": "ACM", "series": "LNCS",
    }  # fmt: skip
    assert publication.title.text == "Paper"
    assert publication.date == Date(2020)
    assert [spoken(e) for e in publication.editors] == ["E||F|"]


def test_bibtexs_booktitle_of_the_parent_goes_first() -> None:
    publication = one(
        "@inproceedings{p, title = {P}, crossref = {C}}\n"
        "@book{c, title = {Whole}, booktitle = {Short}, options = {skipbib=true}}"
    )
    assert publication.fields["booktitle"].text == "Short"


def test_several_files_are_one_bibliography() -> None:
    found, diagnostics = read_all({
        "papers.bib": "@inproceedings{p, title = nm, crossref = {c}}\n@misc{q, note = {1}}",
        "strings.bib": "@string{nm = {Name}}\n@proceedings{c, title = {C}}\n\n@misc{q, note = {2}}",
    })  # fmt: skip
    publications = own(found, None)
    assert [(p.key, p.title.text) for p in publications] == [("p", "Name"), ("q", "")]
    assert publications[0].fields["booktitle"].text == "C"
    assert [f"{d.source}: {d.message}" for d in diagnostics] == [
        "strings.bib:4:1: the entry q is given again; the one of line 2 of papers.bib is used"
    ]


def test_the_author_of_a_book_is_that_of_its_parts() -> None:
    publication = one(
        "@inbook{p, title = {P}, crossref = {b}}@book{b, author = {A, B}, title = {Whole}}"
    )
    assert [spoken(a) for a in publication.authors] == ["B||A|"]
    assert publication.fields["booktitle"].text == "Whole"


def test_circles_of_inheritance_end() -> None:
    found = complaints("@misc{a, crossref = {b}}\n@misc{b, crossref = {a}}")
    assert found == ["2:21 warning the entry a takes fields from itself"]


@pytest.mark.parametrize(
    ("fields", "date", "end", "year"),
    [
        ("date = {2020-05-03}", Date(2020, 5, 3), None, None),
        ("date = {2019-12/2020-01}", Date(2019, 12), Date(2020, 1), None),
        ("date = {2020/}", Date(2020), None, None),
        ("date = {1723~}", Date(1723), None, None),
        ("date = {2020-21}", Date(2020, season="spring"), None, None),
        (
            "date = {2020-23/2021-24}",
            Date(2020, season="autumn"),
            Date(2021, season="winter"),
            None,
        ),
        ("date = {2020-35}", Date(2020, season="q3"), None, None),
        ("date = {2020-41}", Date(2020), None, None),
        ("year = {2020}, month = {Fall}", Date(2020, season="fall"), None, None),
        ("year = {2020}, month = mar, day = 4", Date(2020, 3, 4), None, None),
        ("year = {2020}, month = {3}", Date(2020, 3), None, None),
        ("year = {2020}, month = {March}", Date(2020, 3), None, None),
        ("year = {2020}, month = jul # { 4}", Date(2020, 7, 4), None, None),
        ("year = {{\\noopsort{1973b}}1973}", Date(1973), None, None),
        ("year = {in press}", None, None, "in press"),
        ("year = {2020a}", Date(2020), None, "2020a"),
    ],
)
def test_dates(fields: str, date: Date | None, end: Date | None, year: str | None) -> None:
    publication = one(f"@misc{{a, {fields}}}")
    assert (publication.date, publication.end_date) == (date, end)
    assert publication.fields.get("year", Rich("")).text == (year or "")


@pytest.mark.parametrize(
    ("typed", "kind", "subtype"),
    [
        ("phdthesis", "thesis", "phdthesis"),
        ("mastersthesis", "thesis", "mathesis"),
        ("techreport", "report", "techreport"),
        ("conference", "inproceedings", ""),
        ("www", "online", ""),
        ("software", "software", ""),
        ("myowntype", "myowntype", ""),
    ],
)
def test_types(typed: str, kind: str, subtype: str) -> None:
    publication = one(f"@{typed}{{a, title = {{T}}, school = {{U}}}}")
    assert publication.type == kind
    assert publication.fields.get("type", Rich("")).text == subtype
    assert publication.fields["institution"].text == "U"


def test_keywords_and_selected() -> None:
    publication = one("@misc{a, keywords = {one, two words; three}, selected = {true}}")
    assert publication.keywords == {"one", "two words", "three"}
    assert publication.selected


def test_a_record_of_yaml_is_literal() -> None:
    record = PublicationRecord(
        name=Text("50% & more"),
        authors=(Text("Ada Lovelace*"), Text("Krishna, S"), Text("et al.")),
        publisher=Text("ACM"),
        release_date=Date(2020, 5),
        url=Url("https://a.org"),
        summary=Prose("S"),
        type=Text("article"),
    )
    publication = from_record(record)
    assert publication.title == Rich("50% & more")
    assert [spoken(a) for a in publication.authors] == ["Ada||Lovelace|", "S||Krishna|"]
    assert publication.authors[0].marks == {"star"}
    assert publication.more_authors
    assert publication.type == "article"
    assert publication.links == (Link("url", "https://a.org"),)
    assert publication.summary == "S"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["@misc{a,", "@article(", "@string{x = ", "@comment{", "@", "title", " = ", "{", "}",
             '"', "#", ",", ")", "author", "A and B", "\n", "%", "\\", "x", "12", "crossref = {a}",
             "year = 2020", "xdata", "@preamble{", "date={1/2/3}", "\x00", "\u202e", "é"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_no_input_breaks_the_reader(text: str) -> None:
    publications, diagnostics = read(text, "a.bib")
    lines = text.count("\n") + 1
    assert all(d.source and 1 <= d.source.line <= lines for d in diagnostics)
    assert all(1 <= p.source.line <= lines for p in publications)


def test_a_command_at_the_end_of_a_join_has_its_place() -> None:
    text = "@misc{a, title = {a} # {\\oddity}}"
    assert complaints(text)[0].startswith(f"1:{text.index('oddity')} ")


def test_two_names_at_an_ampersand_are_both_whole() -> None:
    [publication], _ = read("@misc{a, title = {T}, author = {Ann Lee & Bob Ray}}", "a.bib")
    assert [spoken(name) for name in publication.authors] == ["Ann||Lee|", "Bob||Ray|"]
    [publication], _ = read(r"@misc{a, title = {T}, author = {{Lee \& Sons}}}", "a.bib")
    assert [spoken(name) for name in publication.authors] == ["||Lee & Sons|"]
