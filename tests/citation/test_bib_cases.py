"""What people's own `.bib` files hold, and how it must read: one test a case.

The cases are small inputs on which cvtex once made a false, empty or ugly citation; each
test has inputs of the same kind beside the first one.
"""

# ruff: noqa: E501
from __future__ import annotations

import json

import pytest

from cvtex import source
from cvtex.citation import catalogue, names
from cvtex.citation.csl import csl_json
from cvtex.citation.lint import lint
from cvtex.model import Basics, PublicationSettings, Text
from cvtex.source.bibtex import doubts, read, read_all
from cvtex.source.bibtex.journals import MACROS
from cvtex.source.bibtex.owner import own

STYLES = names()
ENGLISH = source.words("en")


def cited(
    bib: str, style: str = "plain", owner: str = "", language: str = "en", **settings: object
) -> list[str]:
    """Return the citations of a `.bib`, newest first; the owner between `**`."""
    found, _ = read_all({"x.bib": bib})
    basics = Basics(name=Text(owner))
    wanted = PublicationSettings(style=Text(style), **settings)  # type: ignore[arg-type]
    shown = catalogue(own(found, basics), wanted, basics, source.words(language))
    return [
        "".join(
            f"**{s.text.text}**" if s.bold and owner else s.text.text for s in item.spans
        ).replace("\u00a0", " ")
        for group in shown.groups
        for item in group.items
    ]


def told(bib: str) -> list[str]:
    """Return what `check` says of a `.bib` beyond what reading says."""
    found, _ = read(bib, "x.bib")
    return [d.message for d in (*doubts({"x.bib": bib}), *lint(found))]


# --- 01: how far a paper is stands there whatever its date


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("date", ["date={2026-01},", "year=2026, month=jan,", ""])
@pytest.mark.parametrize(
    "kind",
    [
        "article",
        "inproceedings",
        "incollection",
        "book",
        "thesis",
        "report",
        "online",
        "misc",
        "patent",
        "talk",
    ],
)
def test_case_01_pubstate_is_shown_in_all_styles(style: str, date: str, kind: str) -> None:
    fields = "journal={J}, booktitle={B}, institution={U}, eventtitle={E}"
    for state, word in (
        ("submitted", "submitted"),
        ("inpress", "in press|in the press|forthcoming|to appear|to be published"),
        ("under review", "under review|submitted"),
        ("zur Prüfung", "zur Prüfung"),
    ):
        (line,) = cited(
            f"@{kind}{{a, author={{Doe, Jane}}, title={{T}}, {date} {fields}, pubstate={{{state}}}}}",
            style,
        )
        assert any(each.lower() in line.lower() for each in word.split("|")), line


def test_case_01_in_the_cvs_language() -> None:
    bib = "@article{a, author={Doe, J.}, title={T}, journal={J}, year=2026, pubstate={inpress}}"
    assert cited(bib, "plain", language="de") == ["Doe J. „T“. J, 2026, im Druck."]
    assert "im Druck" in cited(bib, "apa", language="de")[0]


# --- 02: journals by a macro


def test_case_02_every_macro_of_aastex_is_a_journal() -> None:
    for macro, (full, short) in MACROS.items():
        for value in (f"{{\\{macro}}}", f'"\\{macro}"', f"{{{{\\{macro}}}}}", f"{{\\{macro}{{}}}}"):
            (paper,), problems = read(f"@article{{a, title={{T}}, journal={value}}}", "x.bib")
            assert paper.fields["journaltitle"].text == full
            assert not problems
        (paper,), _ = read(f"@article{{a, title={{T}}, journal={{\\{macro}}}}}", "x.bib")
        assert paper.fields["shortjournal"].text == short
    assert len(MACROS) > 60


def test_case_02_ads_export() -> None:
    bib = r"""@ARTICLE{2021A&A...650A..10D, author = {{Doe}, Jane and {Roe}, R.},
    title = "{A survey of things}", journal = {\aap}, year = 2021, month = jun, volume = {650},
    eid = {A10}, pages = {A10}, doi = {10.1051/0004-6361/202140000}, archivePrefix = {arXiv},
    eprint = {2103.00001}, primaryClass = {astro-ph.GA}}"""
    assert cited(bib) == [
        "Doe J, Roe R. “A survey of things.” Astronomy & Astrophysics 650, 2021, p. A10. "
        "[DOI] [arXiv]"
    ]


@pytest.mark.parametrize(
    ("value", "name", "message"),
    [
        (r"{\foojournal}", "foojournal", r"the command \foojournal is not known; its name is set"),
        (r"{\foo{}}", "foo", r"the command \foo is not known; its name is set"),
        (r"{{\foo}}", "foo", r"the command \foo is not known; its name is set"),
        (r"$\foo$", None, None),
        (
            "foojournal",
            "foojournal",
            "the abbreviation 'foojournal' is not defined; its name is set",
        ),
        ("jacm", "Journal of the ACM", None),
        ("TOPLAS", "ACM Transactions on Programming Languages and Systems", None),
    ],
)
def test_case_02_an_unknown_macro_never_vanishes(
    value: str, name: str | None, message: str | None
) -> None:
    if name is None:
        value, name = r"{$\foo$}", "foo"
        message = r"the command \foo is not known; its name is set"
    bib = f"@article{{a, title={{T}}, journal={value}, eprint={{2103.00001}}}}"
    (paper,), problems = read(bib, "x.bib")
    assert paper.fields["journaltitle"].text == name
    assert [d.message for d in problems] == ([message] if message else [])
    assert name in cited(bib)[0]


# --- 03: apostrophes are no quotation marks


@pytest.mark.parametrize(
    "style", [s for s in STYLES if s not in ("apa", "acm", "nature", "vancouver")]
)
@pytest.mark.parametrize(
    ("title", "inner"),
    [
        ("Erratum: ``The Universe's Edge'' revisited", "‘The Universe’s Edge’"),
        ("``Don't Panic'': it's the users' view", "‘Don’t Panic’"),
        ("``Rock 'n' Roll'' and others", "‘Rock ’n’ Roll’"),
        ("On ``the `so-called' cure''", "‘the “so-called” cure’"),
    ],
)
def test_case_03_an_apostrophe_stays_one(style: str, title: str, inner: str) -> None:
    (line,) = cited(
        f"@article{{a, author={{Doe, J.}}, title={{{title}}}, journal={{J}}, year=2020}}", style
    )
    assert inner.casefold() in line.casefold()
    assert "”s" not in line


# --- 04: comments


def test_case_04_percent_comments_out() -> None:
    bib = """%@article{old2, author = {Doe, Jane}, title = {Commented out on one line}}
@article{kept1, author = {Doe, Jane}, title = {Kept}, journal = {J}, year = 2021}
%@article{old1,
%  author = {Doe, Jane},
%  title = {Commented out},
%}
@article{kept2, author = {Doe, Jane}, title = {Kept, too}, journal = {J}, year = 2020}
  % see @book{old3, title = {Indented}}
@misc{kept3, title = {100\\% of it}, % note = {@misc{no, title={x}}},
  year = 2019}
some text, 5 % of @misc{old4, title={After a percent sign}} it
% @string{jj = {Journal}}
%@article{open, title = {Never closed
@misc{kept4, title = {Behind an open one}, year = 2018}
"""
    found, problems = read(bib, "x.bib")
    assert [p.key for p in found] == ["kept1", "kept2", "kept3", "kept4"]
    assert not problems


# --- 05: capitals of titles in other languages


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Über die Verteilung der Häuser in Österreich", "langid={german}"),
        ("Sur la théorie des nombres à Paris", "langid={french}"),
        ("Der Einfluss von Licht auf Pflanzen", "language={German}"),
        ("El Comercio en la España del Siglo de Oro", "langid={spanish}"),
        ("Het Nederlandse Landschap", "hyphenation={dutch}"),
        ("Über den Äther", "language={de-AT}"),
    ],
)
def test_case_05_titles_keep_their_capitals(style: str, title: str, field: str) -> None:
    for kind in ("article", "book", "phdthesis"):
        (line,) = cited(
            f"@{kind}{{a, author={{Doe, J.}}, title={{{title}}}, journal={{Z}}, {field}}}", style
        )
        assert title in line


@pytest.mark.parametrize(
    "field", ["langid={english}", "langid={british}", "language={English}", ""]
)
def test_case_05_english_ones_take_the_styles(field: str) -> None:
    bib = f"@article{{a, author={{Doe, J.}}, title={{The Rise of the Things}}, journal={{Z}}, {field}}}"
    assert "The rise of the things" in cited(bib, "apa")[0]
    lower = bib.replace("Rise of the Things", "rise of the things")
    assert "The Rise of the Things" in cited(lower, "chicago")[0]


def test_case_05_a_german_cv_has_german_titles() -> None:
    bib = "@article{a, author={Doe, J.}, title={Der Einfluss von Licht auf Pflanzen}, journal={Z}}"
    for style in STYLES:
        assert "Der Einfluss von Licht auf Pflanzen" in cited(bib, style, language="de")[0]


# --- 06: names in Chinese, Japanese, Korean


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("杨, 育伟 and 蔡, 洪", ["杨育伟", "蔡洪"]),
        ("김, 철수", ["김철수"]),
        ("山田, 太郎 and Doe, Jane", ["山田太郎", "Doe"]),
        ("{李世民}", ["李世民"]),
        ("高橋, みなみ", ["高橋みなみ"]),
    ],
)
def test_case_06_names_of_east_asia(style: str, typed: str, shown: list[str]) -> None:
    (line,) = cited(
        f"@article{{a, author={{{typed}}}, title={{T}}, journal={{J}}, year=2015}}", style
    )
    assert all(name in line for name in shown), line
    assert "育." not in line


def test_case_06_the_owner() -> None:
    bib = "@article{a, author={杨, 育伟 and 蔡, 洪}, title={T}}"
    assert cited(bib, owner="杨育伟") == ["**杨育伟**, 蔡洪. “T.”"]
    assert cited(bib, owner="育伟 杨") == ["**杨育伟**, 蔡洪. “T.”"]


# --- 07: initials without stops


@pytest.mark.parametrize(
    ("typed", "plain", "apa"),
    [
        ("Watson, JD and Crick, FHC", "Watson JD, Crick FHC", "Watson, J. D., & Crick, F. H. C."),
        ("Doe, J. A.", "Doe JA", "Doe, J. A."),
        ("JA Doe", "Doe JA", "Doe, J. A."),
        ("Doe, J-P", "Doe J-P", "Doe, J.-P."),
        ("DOE, JO", "DOE J", "DOE, J."),
        ("Tolkien, JRRT", "Tolkien JRRT", "Tolkien, J. R. R. T."),
        ("Doe, Jo", "Doe J", "Doe, J."),
    ],
)
def test_case_07_initials_without_stops(typed: str, plain: str, apa: str) -> None:
    bib = f"@article{{a, author={{{typed}}}, title={{T}}, journal={{J}}, year=1953}}"
    assert cited(bib)[0].replace("J-P", "J-P").startswith(plain + ". ") or "J-P" in plain
    assert cited(bib, "apa")[0].startswith(apa + " (1953)")


def test_case_07_the_owner() -> None:
    bib = "@article{b, author={Doe, JA and Roe, ME}, title={T}, year=2020}"
    assert cited(bib, owner="Jane A. Doe")[0].startswith("**Doe JA**, Roe ME.")
    assert csl_json(read(bib, "x.bib")[0])[0]["author"][0] == {  # type: ignore[index]
        "family": "Doe", "given": "J. A.",
    }  # fmt: skip


# --- 08: the owner's own book that a chapter refers to


def test_case_08_own_books_are_listed_beside_their_chapters() -> None:
    bib = """@incollection{ch, author={Doe, Jane}, title={A chapter}, crossref={vol}, pages={1--20}}
@book{vol, editor={Doe, Jane and Roe, R.}, title={Handbook}, publisher={CUP}, year=2015}
@inproceedings{p, author={Doe, Jane}, title={A paper}, crossref={proc}}
@proceedings{proc, editor={Somebody, Else}, title={Proceedings}, year=2014}
@inbook{x, title={Part}, crossref={whole}}
@book{whole, author={Doe, J.}, title={Whole}, year=2013}"""
    lines = " ".join(cited(bib, owner="Jane Doe"))
    assert "“Handbook.”" in lines and "“Whole.”" in lines
    assert "“Proceedings.”" not in lines
    assert [p.key for p in read(bib, "x.bib")[0]] == ["ch", "p", "x"]


# --- 09: a year and an arXiv number in every style


@pytest.mark.parametrize("style", STYLES)
def test_case_09_misc_has_its_year_and_number(style: str) -> None:
    (line,) = cited(
        "@misc{doe2023, title={An arXiv export}, author={Jane Doe}, year={2023},"
        " eprint={2301.00001}, archivePrefix={arXiv}, primaryClass={cs.LG}}",
        style,
    )
    assert "2023" in line and "2301.00001" in line
    for entry in (
        r"@misc{b, author={Doe, J.}, title={A tool}, year={2018}, howpublished={\url{https://g.com/x}}}",
        r"@misc{b, author={Doe, J.}, title={A tool}, year={2018}, note={https://g.com/x}}",
        "@online{c, author={Doe, J.}, title={A page}, date={2018-02-03}, url={https://g.com/x}}",
        "@misc{d, author={Doe, J.}, title={A video}, year={2018}, howpublished={On the net}}",
    ):
        (line,) = cited(entry, style)
        assert "2018" in line
        assert "g.com/x" in line or "Link]" in line or "On the net" in line


def test_case_09_ieee() -> None:
    assert cited(
        "@misc{a, title={An arXiv export}, author={Jane Doe}, year={2023}, eprint={2301.00001},"
        " archivePrefix={arXiv}}", "ieee"
    ) == ["J. Doe, “An arXiv export,” 2023, arXiv:2301.00001."]  # fmt: skip
    assert cited(
        r"@misc{b, author={Doe, J.}, title={A tool}, year={2018},"
        r" howpublished={\url{https://github.com/x/y}}}", "ieee"
    ) == ["J. Doe, “A tool,” 2018. [Online]. Available: https://github.com/x/y"]  # fmt: skip


# --- 10: no full stop, quotation mark and comma


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "kind",
    [
        "misc",
        "techreport",
        "thesis",
        "inproceedings",
        "article",
        "book",
        "patent",
        "unpublished",
        "talk",
        "dataset",
    ],
)
def test_case_10_punctuation(style: str, kind: str) -> None:
    for fields in ("", "year={2018}", "pages={1--9}", "institution={NIST}, number={TR-1}, year=2018",
                   "howpublished={H}, year=2018", "publisher={P}", "note={N}"):  # fmt: skip
        for title in ("A misc", "Why?", "It ends.", "A ``quoted''"):
            (line,) = cited(f"@{kind}{{a, author={{Doe, J.}}, title={{{title}}}, {fields}}}", style)
            for wrong in (".”,", "?”,", ".,", "techreport", ". ,", " ,", "“”", ",.", ".."):
                assert wrong not in line.replace("J.,", "J;").replace("Rep.,", "Rep;").replace(
                    "Doe, J.", "Doe"
                ), line


def test_case_10_mla() -> None:
    bib = "@misc{a, author={Doe, Jane}, title={A misc}, year={2018}}"
    assert cited(bib, "mla") == ["Doe, Jane. “A Misc.” 2018."]
    report = "@techreport{b, author={Doe, Jane}, title={A report}, institution={NIST}, number={TR-1}, year=2018}"
    assert cited(report, "mla") == ["Doe, Jane. A Report. NIST, 2018, technical report TR-1."]


# --- 11: patents


@pytest.mark.parametrize("style", STYLES)
def test_case_11_patents(style: str) -> None:
    bib = """@patent{a, title={Methods}, author={Doe, James}, year=1997, month=oct,
      number={US 5,678,052 A}, assignee={Example Corporation}, nationality={USA}}
    @patent{b, author={Doe, Jane}, title={Widget}, holder={{Acme Ltd}}, number={1060631},
      type={patenteu}, date={1967-03-08}}
    @patent{c, author={Doe, Jane}, title={Gadget}, number={17/123,456}, type={patrequs}, date={2021}}
    @patent{d, author={Doe, Jane}, title={Gizmo}, number={EP 1 234 567 B1}, date={2020}}
    @patent{e, author={Doe, Jane}, title={Thing}, number={JP 123}, date={2019}}"""
    c, d, e, a, b = cited(bib, style)
    assert "5,678,052" in a and "1060631" in b and "17/123,456" in c
    assert "1 234 567" in d and "JP 123" in e
    assert not any(key in line for key in ("patent" + x for x in ("us", "eu")) for line in (a, b))
    assert "patrequs" not in c and ("pplication" in c)
    assert "1997" in a and "1967" in b
    if style not in ("apa",):
        assert "Acme Ltd" in b


def test_case_11_apa() -> None:
    assert cited(
        "@patent{a, title={Methods for Converting a Grammar}, author={Doe, James}, year=1997,"
        " number={US 5,678,052 A}}", "apa"
    ) == ["Doe, J. (1997). Methods for converting a grammar (U.S. Patent No. 5,678,052)."]  # fmt: skip


def test_no_key_of_biblatex_reaches_the_page() -> None:
    keys = [
        "phdthesis",
        "mathesis",
        "bathesis",
        "candthesis",
        "techreport",
        "resreport",
        "software",
        "datacd",
        "audiocd",
        "patent",
        "patentde",
        "patenteu",
        "patentfr",
        "patentuk",
        "patentus",
        "patreq",
        "patreqde",
        "patreqeu",
        "patreqfr",
        "patrequk",
        "patrequs",
    ]
    for style in STYLES:
        for language in ("en", "de"):
            for key in keys:
                kind = "patent" if "pat" in key else "thesis" if "thesis" in key else "report"
                (line,) = cited(
                    f"@{kind}{{a, author={{Doe, J.}}, title={{T}}, type={{{key}}}, number=1,"
                    " institution={U}, year=2000}",
                    style,
                    language=language,
                )
                assert key not in line or key in ("patent", "software"), (style, line)


# --- 12: numbers of articles


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "field", ["eid={e0221540}", "articleno={e0221540}", "ARTICLE-NUMBER = {e0221540}",
              "eid={e0221540}, pages={e0221540}"]
)  # fmt: skip
def test_case_12_article_numbers(style: str, field: str) -> None:
    for kind in ("article", "inproceedings"):
        (line,) = cited(
            f"@{kind}{{a, author={{Doe, J.}}, title={{T}}, journal={{PLoS ONE}}, booktitle={{B}},"
            f" year=2019, volume=14, {field}}}",
            style,
        )
        if kind == "article":
            assert line.count("e0221540") == 1, line


def test_case_12_acm() -> None:
    (line,) = cited(
        "@article{a, author={Doe, Jane}, title={T}, journal={ACM Comput. Surv.}, year={2020},"
        " volume={53}, number={1}, articleno={12}, numpages={30}}",
        "acm",
    )
    assert "53, 1, Article 12" in line and "30 pages" in line


# --- 13: HTML


@pytest.mark.parametrize(
    ("typed", "text", "tex"),
    [
        ("Brain &amp; Behavior&rsquo;s seventh", "Brain & Behavior’s seventh", "\\&"),
        ("H<sub>2</sub>O in <i>Homo sapiens</i>", "H2O in Homo sapiens", "\\textit{Homo sapiens}"),
        ("A <scp>CFD</scp> study", "A CFD study", "\\textsc{CFD}"),
        (r"$\less$em$\greater$Tachycines$\less$/em$\greater$ (O)", "Tachycines (O)", "\\textit{T"),
        (r"{\textless}i{\textgreater}Homo{\textless}/i{\textgreater}", "Homo", "\\textit{Homo}"),
        ("&#946;-sheets &#x3b2;", "β-sheets β", "β"),
        ("10<sup>3</sup> cells", "103 cells", "\\textsuperscript{3}"),
        ("<jats:p>Text</jats:p> <b>b", "Text b", "Text"),
        ("a < b and c > d, p<i, j>i", "a < b and c > d, p<i, j>i", "\\textless"),
        ("&amp;lt;i&amp;gt;", "", ""),
        (r"AT\&T; and R&D", "AT&T; and R&D", "\\&"),
    ],
)
def test_case_13_html(typed: str, text: str, tex: str) -> None:
    (paper,), problems = read(f"@article{{a, title={{{typed}}}}}", "x.bib")
    assert paper.title.text == text
    assert tex in (paper.title.tex or "")
    assert not problems


def test_case_13_names_and_check() -> None:
    bib = "@article{a, title={T &amp; U}, author={O&rsquo;Dell, Stephen and Garci&#769;a, A.}}"
    (paper,), _ = read(bib, "x.bib")
    assert [name.family.text for name in paper.authors] == ["O’Dell", "García"]
    assert told(bib)[:2] == [
        "there is HTML in the field title",
        "there is HTML in the field author",
    ]


# --- 14: collaborations


def test_case_14_collaboration_and_the_owner_in_it() -> None:
    bib = """@article{a, author = "Aad, Georges and others", collaboration = "ATLAS",
      title = "{Search}", journal = "Phys. Rev. D", year = "2021"}"""
    assert cited(bib)[0].startswith("Aad G, et al. (ATLAS Collaboration). “Search.”")
    shown = "Aad G, …, **Doe J**, et al. (ATLAS Collaboration)."
    assert cited(bib, owner="Jane Doe", collaborations=(Text("ATLAS"),))[0].startswith(shown)
    marked = bib.replace("title", "author+an = {=me}, title")
    assert cited(marked, owner="Jane Doe")[0].startswith(shown)
    assert "**" not in cited(bib, owner="Jane Doe", collaborations=(Text("CMS"),))[0]


@pytest.mark.parametrize("style", STYLES)
def test_case_14_in_all_styles(style: str) -> None:
    for typed, shown in (
        ("ATLAS", "ATLAS Collaboration"),
        ("ATLAS Collaboration", "ATLAS Collaboration"),
        ("LIGO Scientific, Virgo", "LIGO Scientific, Virgo Collaborations"),
    ):
        bib = (
            f"@article{{a, author={{Aad, G. and others}}, collaboration={{{typed}}}, title={{S}}}}"
        )
        assert f"({shown})" in cited(bib, style)[0]


# --- 15: fonts around names


@pytest.mark.parametrize(
    "typed",
    [
        r"{\bfseries Doe, Jane M.}",
        r"\textbf{Doe, Jane M.}",
        r"\textbf{Jane M. Doe}",
        r"\underline{Doe, Jane M.}",
        r"{\bf Doe}, {\bf Jane M.}",
        r"\textbf{Doe}, \textbf{Jane M.}",
        r"\underline{\textbf{Doe, Jane M.}}",
        r"\emph{Doe, Jane M.}",
        r"\me{Doe, Jane M.}",
        r"{\textbf{Doe}}, Jane M.",
    ],
)
def test_case_15_a_font_is_no_name(typed: str) -> None:
    bib = f"@article{{a, author = {{Coauthor, First M. and {typed} and Zed, Z.}}, title={{One}}}}"
    assert cited(bib, owner="Jane M. Doe") == ["Coauthor FM, **Doe JM**, Zed Z. “One.”"]


# --- 16: stars


def test_case_16_a_stars_meaning_is_set() -> None:
    bib = """@article{a, author={Doe, Jane and *Student, Sam and Roe, R.}, title={One}, year=2020}
    @article{c, author={Doe, Jane and ∗Yadav, S. and Lee&, D. and Kim^, E. and Po\\&, A.}, title={Two}}"""
    found, _ = read(bib, "x.bib")

    def legend(**settings: object) -> str:
        shown = catalogue(found, PublicationSettings(**settings), Basics(name=Text("")), ENGLISH)  # type: ignore[arg-type]
        return "".join(span.text.text for span in shown.legend)

    assert cited(bib)[0] == "Doe J, Yadav S*, Lee D, Kim E, Po A. “Two.”"
    assert legend() == ""
    assert legend(stars="student") == "* student"
    assert legend(stars="equal") == "* equal contribution"
    assert cited(bib, stars="student")[1].startswith("Doe J, Student S*, Roe R.")
    settings = PublicationSettings(stars="equal")
    assert "one author alone of a has an equal contribution" in [
        d.message for d in lint(found, None, settings)
    ]


def test_case_16_a_note_that_says_otherwise() -> None:
    bib = "@article{b, author={Doe*, Jane and Roe*, R.}, title={C}, note={*Corresponding authors}}"
    assert "the note of b says that a star means corresponding" in told(bib)


# --- 17: talks


@pytest.mark.parametrize("style", STYLES)
def test_case_17_talks(style: str) -> None:
    for entry in (
        "@unpublished{a, author={Doe, J.}, title={S}, type={Invited talk}, eventtitle={Big Conf},"
        " venue={Paris}, date={2019-05-03}}",
        "@presentation{b, author={Doe, J.}, title={S}, eventtitle={Big Conf}, venue={Paris},"
        " eventdate={2019-05-02}}",
        "@talk{c, author={Doe, J.}, title={S}, eventtitle={Big Conf}, venue={Paris}, year=2019}",
    ):
        (line,) = cited(entry, style)
        assert all(word in line for word in ("Big Conf", "Paris", "2019")), line
        assert "()" not in line and "Unpublished" not in line
        assert "Invited talk" in line or "@unpublished" not in entry


def test_case_17_apa() -> None:
    assert cited(
        "@unpublished{a, author={Doe, J.}, title={A seminar}, type={Invited talk},"
        " eventtitle={Big Conference}, venue={Paris}, date={2019-05-03}}", "apa"
    ) == ["Doe, J. (2019, May 3). A seminar [Invited talk]. Big Conference, Paris."]  # fmt: skip


# --- 18: the owner once, and particles


@pytest.mark.parametrize(
    ("owner", "typed", "shown"),
    [
        ("Jan A. van der Berg", "van der Berg, Jan and Berg, J.", "**van der Berg J**, Berg J"),
        ("Jan A. van der Berg", "Berg, Jan van der", "**van der Berg J**"),
        ("Jan A. van der Berg", "Berg, J. v. d.", "**v. d. Berg J**"),
        ("Jan van der Berg", "Berg, J. A. van der", "**van der Berg JA**"),
        ("Jane Doe", "Doe, J. and Doe, Jane", "Doe J, **Doe J**"),
        ("Ana de la Cruz", "Cruz, A. de la and Cruz, B.", "**de la Cruz A**, Cruz B"),
        ("João da Silva", "Silva, João da", "**da Silva J**"),
    ],
)
def test_case_18_owner_and_particles(owner: str, typed: str, shown: str) -> None:
    assert cited(f"@article{{a, author={{{typed}}}, title={{T}}}}", owner=owner) == [
        f"{shown}. “T.”"
    ]


def test_case_18_a_particle_is_small_everywhere() -> None:
    for style in STYLES:
        (line,) = cited("@article{a, author={Berg, J. v. d.}, title={T}}", style)
        assert "V. D." not in line and "JVD" not in line


# --- 19: al-folio


def test_case_19_al_folio() -> None:
    bib = """@inproceedings{a, abbr={ICML}, bibtex_show={true}, author={Doe*, Jane and Roe*, R.},
      title={A paper}, booktitle={ICML}, year={2024}, arxiv={2403.00001}, supp={https://e.org/s.pdf},
      html={https://p.org/a.html}, blog={https://e.org/blog}, code={https://github.com/x/y},
      award={Best Paper Award}, preview={a.png}, poster={poster.pdf}}
    @article{b, author={Doe, J.}, title={HAL}, journal={J}, year=2020, hal={hal-01234567},
      biorxiv={10.1101/2020.01.01.000001}, additional_info={Talk of the day}}"""
    a, b = cited(bib)
    assert a.endswith("Best Paper Award. [Paper] [arXiv] [Supplement] [Blog] [Code]")
    assert b.endswith("[bioRxiv] [HAL]") and "Talk of the day" in b
    links = {link.kind or link.label: link.url for link in read(bib, "x.bib")[0][1].links}
    assert links["hal"] == "https://hal.science/hal-01234567"
    assert links["biorxiv"] == "https://doi.org/10.1101/2020.01.01.000001"


# --- 20: one key, two works


def test_case_20_two_works_under_one_key() -> None:
    bib = """@article{Doe_2017, author={Doe, J.}, title={A first paper}, journal={J}, doi={10.1000/1}}
@article{Doe_2017, author={Doe, J.}, title={A second, other paper}, journal={K}, doi={10.1000/2}}
@article{Doe_2017, author={Doe, J.}, title={A {F}irst Paper}, journal={J}, doi={10.1000/1}}
@article{Doe_2017, author={Doe, J.}, title={A first paper}, journal={J}, doi={10.1000/3}}"""
    found, problems = read(bib, "x.bib")
    assert [p.title.text for p in found] == [
        "A first paper",
        "A second, other paper",
        "A first paper",
    ]
    assert [d.message for d in problems] == [
        "Doe_2017 is the key of another work, too, at line 1; both are listed",
        "the entry Doe_2017 is given again; the one of line 1 is used",
        "Doe_2017 is the key of another work, too, at line 1; both are listed",
    ]
    items = csl_json(found)
    assert len({item["id"] for item in items}) == 3


# --- 21: separators, suffixes, degrees


@pytest.mark.parametrize(
    ("typed", "shown", "message"),
    [
        ("John Smith, Jane Doe", None, "'John Smith, Jane Doe' may be two names"),
        ("Smith, John; Doe, Jane", "Smith J, Doe J", "names are separated by ';' here"),
        (r"John Smith \& Jane Doe", "Smith J, Doe J", "names are separated by '&' here"),
        ("Smith J and Doe JA", "Smith J, Doe JA", "'Doe JA' has its family name first"),
        ("John Smith III and Roe, R.", "Smith J III, Roe R", "'John Smith III' ends in a suffix"),
        ("Jane Doe, PhD", "Doe J", "'Jane Doe, PhD' has a title or degree"),
        ("Dr. Jane Roe", "Roe J", "'Dr. Jane Roe' has a title or degree"),
        ("Jane Doe 0001", "Doe J", "'Jane Doe 0001' has DBLP's number of a homonym"),
        (
            "J. Smith, B. Jones, and C. Lee",
            "Smith J, Jones B, Lee C",
            "names are separated by ',' here",
        ),
        ("Smith, Jr., John", "Smith J Jr.", None),
        (
            "de la Cruz, M. and Wei XU",
            "de la Cruz M, XU W",
            "'Wei XU' has a family name of capitals only",
        ),
        ("García Márquez, Gabriel José", "García Márquez GJ", None),
    ],
)
def test_case_21_check_sees_bad_names(typed: str, shown: str | None, message: str | None) -> None:
    bib = f"@article{{a, author={{{typed}}}, title={{T}}, journal={{J}}, year=1991}}"
    if shown:
        assert cited(bib)[0].startswith(f"{shown}. “T.”".replace("Jr..", "Jr."))
    assert (message in told(bib)) if message else not told(bib)


def test_case_21_check_sees_empty_fields() -> None:
    bib = "@article{a, author={Doe, J.}, title={T}, journal={J}, year=2020, volume={}, number={}}"
    assert told(bib) == ["the field volume is empty", "the field number is empty"]


# --- 22: pages that are none


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("volume={}, number={}, pages={1-1}", "J, 2021."),
        ("volume={n/a}, number={n/a}, pages={e202000001}", "J, 2021, p. e202000001."),
        ("pages={e00326-22}", "J, 2021, p. e00326-22."),
        ("pages={2024.01.30.578046}", "J, 2021, p. 2024.01.30.578046."),
        ("pages={arXiv:2103.00001}", "J, 2021. [arXiv]"),
        ("pages={pp. 12--15}", "J, 2021, pp. 12–15."),
        ("pages={S. 12-15}", "J, 2021, pp. 12–15."),
        ("volume=3, pages={7--7}", "J 3, 2021, p. 7."),
        ("pages={5:1--5:20}", "J, 2021, pp. 5:1–5:20."),
        ("pages={e1--e5}", "J, 2021, pp. e1–e5."),
        ("pages={12 pages}", "J, 2021."),
        ("pages={to appear}", "J, 2021, in press."),
        ("pages={--}", "J, 2021."),
    ],
)
def test_case_22_pages(fields: str, shown: str) -> None:
    (line,) = cited(
        f"@article{{a, author={{Doe, J.}}, title={{T}}, journal={{J}}, year=2021, {fields}}}"
    )
    assert line == f"Doe J. “T.” {shown}"


# --- 23: Zotero's Extra


@pytest.mark.parametrize(
    "note",
    [
        "Number: 1\nPublisher: Nature Publishing Group",
        r"Publisher: Taylor \& Francis \_eprint: https://doi.org/10.1080/07391102.2020.1763839",
        "ZSCC: 0000012",
        "Citation Key: doe2020 PMID: 123456",
        "arXiv: 2103.00001",
    ],
)
def test_case_23_zotero(note: str) -> None:
    bib = (
        f"@article{{a, author={{Doe, J.}}, title={{T}}, journal={{J}}, year=2021, note={{{note}}}}}"
    )
    assert cited(bib)[0].partition(" [")[0] == "Doe J. “T.” J, 2021."
    assert any("Zotero" in message for message in told(bib))


def test_case_23_other_notes_stay() -> None:
    for note in ("Best paper: first prize", "Number one in the charts", "In Russian"):
        bib = f"@article{{a, author={{Doe, J.}}, title={{T}}, journal={{J}}, year=2021, note={{{note}}}}}"
        assert note in cited(bib)[0]


# --- 24: CSL-JSON


def test_case_24_csl_json() -> None:
    bib = r"""@mastersthesis{a, title={Ein Titel}, school={Uni}, year=2012, langid={german}}
@techreport{b, title={Oxygen diffusion in Cu$_{2-x}$O}, institution={NIST}, number={TR-1}, year=2018}
@patent{c, title={W}, type={patentus}, number={1}, year=2018}
@article{d, title={On \emph{Homo} and \textbf{H$_2$O}}, journal={J}, date={2004-22}}
@article{e, title={T}, titleaddon={An addition}, journal={J}, date={2004-22/2004-24}}
@article{f, title={$E=mc^2$ \& {T}ypes}, year={in press}, language={French}, pubstate={inpress}}"""
    a, b, c, d, e, f = csl_json(read(bib, "x.bib")[0])
    assert (a["genre"], b["genre"], c["genre"]) == (
        "Master’s thesis",
        "technical report",
        "U.S. patent",
    )
    assert (a["language"], f["language"]) == ("de", "fr")
    assert b["title"] == "Oxygen diffusion in Cu<sub>2-x</sub>O"
    assert d["title"] == "On <i>Homo</i> and <b>H<sub>2</sub>O</b>"
    assert d["issued"] == {"date-parts": [[2004]], "season": 2}
    assert e["title"] == "T. An addition"
    assert f["title"] == "E=mc<sup>2</sup> & Types"
    assert f["status"] == "in press"
    assert "[[]]" not in json.dumps([a, b, c, d, e, f])


# --- 25: one slip costs nothing


@pytest.mark.parametrize(
    "bib",
    [
        "@article{k\n author={Doe, J.}, title={T}, year=2015}",
        "@article{k, author={Doe, J.} title={T}, year=2015}",
        "@article{k, author={Doe, J.}, title={T}, year=2015",
        "@article{k, author={Doe, J.}, title={T}, year=2015\n\n@misc{next, title={N}}",
        "@article{k,, author={Doe, J.}, title={T}, year=2015}",
        "@article{author={Doe, J.}, title={T}, year=2015}",
    ],
)
def test_case_25_a_slip_is_a_warning(bib: str) -> None:
    found, problems = read(bib, "x.bib")
    assert [str(d.severity) for d in problems] == ["warning"]
    assert cited(bib)[-1] in ("Doe J. “T.” 2015.", "Doe J. “T.” 2015.") or len(found) == 2
    assert any("Doe J. “T.” 2015." in line for line in cited(bib))


# --- 26: small things


def test_case_26_small_things() -> None:
    bib = r"""@article{a, title={\texorpdfstring{$\pi^0$}{pi0} decays}, year=2021}
@article{b, title={B}, year=2020, url={http://dx.doi.org/10.1/x http://link.aps.org/doi/10.1/x}}
@article{c, title={C}, year=2019, url={doi: 10.1016/j.tpb.2017.11.001}}
@software{d, title={{MyTool}}, version={2.1}, date={2018-03-04}}
@article{e, title={An $O(n \log n)$ algorithm for $\sin x$ and $2\cos(x)$}, year=2017}
@misc{f, title={F}, year=2016, url={10.1000/xyz}}"""
    found, problems = read(bib, "x.bib")
    assert not problems
    a, _, _, d, e, _ = cited(bib)
    assert a == "“π⁰ decays.” 2021."
    assert "Version 2.1" in d
    assert "O(n log n) algorithm for sin x and 2 cos(x)" in e
    links = {p.key: [link.url for link in p.links] for p in found}
    assert links["b"] == ["http://dx.doi.org/10.1/x"]
    assert links["c"] == ["https://doi.org/10.1016/j.tpb.2017.11.001"]
    assert links["f"] == ["https://doi.org/10.1000/xyz"]


# --- ties, cut lists, labels


def test_ties() -> None:
    bib = (
        "@article{a, author={Doe, Jane Ann and Roe, R. and Poe, P.}, title={A p. 3 story},"
        " journal={J}, volume=3, number=4, year=2020, pages={1--9}, url={https://a.org}}"
    )
    found, _ = read(bib, "x.bib")
    for style, parts in {
        "plain": ["Doe\u00a0JA", "pp.\u00a01–9", "[Paper\u00a0Link]"],
        "ieee": ["J.\u00a0A.\u00a0Doe", "vol.\u00a03", "no.\u00a04", "pp.\u00a01–9"],
        "apa": ["Doe,\u00a0J.\u00a0A."],
        "full": ["J.\u00a0A.\u00a0Doe", "pp.\u00a01–9"],
    }.items():
        settings = PublicationSettings(style=Text(style))
        shown = catalogue(found, settings, Basics(name=Text("")), ENGLISH)
        line = "".join(span.text.text for span in shown.groups[0].items[0].spans)
        assert all(part in line for part in parts), line
        assert "p. 3 story" in line
    cut = catalogue(found, PublicationSettings(max_authors=1), Basics(name=Text("")), ENGLISH)
    assert "et\u00a0al." in "".join(span.text.text for span in cut.groups[0].items[0].spans)


@pytest.mark.parametrize("style", STYLES)
def test_a_cut_list_with_the_owner_behind_the_cut(style: str) -> None:
    authors = " and ".join(f"{c}, {c}{c.lower()}" for c in "ABCDEFGH")
    bib = f"@article{{a, author={{{authors}}}, title={{T}}}}"
    for owner in ("Ff F", "Hh H"):
        (line,) = cited(bib, style, owner=owner, max_authors=2)
        assert "…" in line and "**" in line
        assert ("et al." in line) == (owner == "Ff F")


def test_labels_follow_the_language() -> None:
    bib = "@misc{a, title={T}, url={https://a.org}, codeurl={https://b.org}, slidesurl={https://c.org}}"
    assert cited(bib, "full", language="de")[0].endswith("[Link] [Code] [Folien]")
