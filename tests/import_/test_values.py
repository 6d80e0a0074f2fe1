"""Values of other tools in cvtex's form, and files of a project that an export may bring."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from cvtex import import_
from cvtex.diagnostics import CvtexError
from cvtex.import_ import html_text, project, values
from cvtex.import_.bibliography import entry
from cvtex.import_.latex.document import Document
from cvtex.import_.networks import is_number, profile

KNOWN = {"themes": frozenset({"classic"}), "languages": frozenset({"en", "de"})}


@pytest.mark.parametrize(
    ("html", "text", "items"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb", []),
        ("<div>a<div>b</div></div><h2>c</h2>d", "a\n\nb\n\nc\n\nd", []),
        ("<p>  a \n b<br>c<br/> d</p>", "a b\nc\nd", []),
        ("<ul><li>a<br>b</li><li><p>c</p><p>d</p></li></ul>e", "e", ["a b", "c d"]),
        ("<ol><li>a<ul><li>b</li></ul></li><li></li></ol>f", "f", ["a", "b"]),
        ("</ul>a<ul><li>b</li></ul></ul>c", "a\n\nc", ["b"]),
        ("<a>x</a> <a href=''>y</a> <a href='https://z.example'>z</a>",
         "x y [z](https://z.example)", []),
        ("<b>a</b> <strong>b</strong> <i>c</i> <em>d</em> <code>e</code>",
         "**a** **b** *c* *d* `e`", []),
        ("a_b*c[d]`e\\f", r"a\_b\*c\[d\]\`e\\f", []),
        ("<span>1 &lt; 2 &amp;</span> &#233;&nbsp;x &", "1 < 2 & é x &", []),
        ("a <", "a <", []),
    ],
)  # fmt: skip
def test_html(html: str, text: str, items: list[str]) -> None:
    assert html_text.markdown(html) == (text, items)


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("a<br>b", True), ("<p class='x'>a", True), ("</li>", True), ("<h2>a</h2>", True),
     ("a < b > c", False), ("<hr>", False), ("<price>", False), ("plain", False), ("", False)],
)  # fmt: skip
def test_what_is_html(text: str, is_html: bool) -> None:
    assert html_text.is_html(text) == is_html


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("5 March 2020", "2020-03-05"), ("March 5, 2020", "2020-03-05"),
        ("5. Mar 2020", "2020-03-05"), ("2nd Feb. 2020", "2020-02-02"), ("dec 2019", "2019-12"),
        ("jan 2019", "2019-01"), ("janv. 2019", "2019-01"), ("Mai 2019", "2019-05"),
        ("12.2019", "2019-12"), ("2019.3.4", "2019-03-04"), ("2019-3", "2019-03"),
        ("2020-05-06T", "2020-05-06"), ("to date", "present"), ("Current.", "present"),
        ("31 Foo 2020", ""), ("Foo 2020", ""), ("Q1 2020", ""), ("since 2019", ""),
        ("about 2019", ""), ("2019/2020", ""), ("13/2020", ""), ("0/2020", ""),
        ("31 February 2020", ""), ("1/1/2020", ""), ("Jan 2020 - Feb 2021", ""), ("2020-1-32", ""),
    ],
)  # fmt: skip
def test_dates(written: str, iso: str) -> None:
    assert values.iso(written) == iso


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Fall 2023", "Fall 2023"), ("since 2019", "since 2019"), ("2019/2020", "2019/2020"),
        ("13/2020", {"text": "13/2020", "sort": "2020"}), ("long ago", {"text": "long ago"}),
        ("in 1999, then 2003", {"text": "in 1999, then 2003", "sort": "2003"}),
        ("flat 12019", {"text": "flat 12019"}),
    ],
)  # fmt: skip
def test_dates_in_words(written: str, date: Any) -> None:
    assert values.in_words(written) == date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a, b;c", ["a", "b", "c"]), ("a (b, c), d", ["a (b, c)", "d"]),
        ("[a, b], c", ["[a, b]", "c"]),
        ("a), b", ["a)", "b"]), (" , a,, ", ["a"]), ("", []), ("{a; (b, c)}", ["{a; (b, c)}"]),
        ("(a, b", ["(a, b"]),
    ],
)  # fmt: skip
def test_keywords(text: str, words: list[str]) -> None:
    assert values.keywords(text) == words


@pytest.mark.parametrize(
    ("network", "user", "url", "found"),
    [
        ("github", "@ada", "", {"network": "GitHub", "username": "ada"}),
        ("LinkedIn", "ada", "", {"network": "LinkedIn", "username": "ada"}),
        ("imdb", "nm1", "", {"network": "IMDb", "username": "nm1",
                             "url": "https://imdb.com/name/nm1"}),
        ("whatsapp", "+49 30 1", "", {"network": "WhatsApp", "username": "+49 30 1",
                                      "url": "https://wa.me/49301"}),
        ("Forge", "ada", "", {"network": "Forge", "username": "ada"}),
        ("", "", "https://a.example", {"url": "https://a.example"}),
        ("github", "", "https://github.com/x", {"network": "GitHub", "url": "https://github.com/x"}),
        ("", "", "", {}),
    ],
)  # fmt: skip
def test_accounts(network: str, user: str, url: str, found: dict[str, str]) -> None:
    assert profile(network, user, url) == found


def test_numbers_are_what_people_keep_to_themselves() -> None:
    given: list[tuple[object, bool]] = [
        ({"network": "Phone"}, True), ({"network": "WhatsApp"}, True),
        ({"network": "GitHub"}, False),
        ({"url": "tel:+49"}, True), ({"url": "https://tel.example"}, False), ("Phone", False),
    ]  # fmt: skip
    assert [is_number(one) for one, _ in given] == [told for _, told in given]
    basics = {"name": "A", "phone": "1", "profiles": [{"network": "Fax"}, {"network": "X"}],
              "location": {"address": "Way 1"}}  # fmt: skip
    assert project.parted(basics) == (
        {"name": "A", "profiles": [{"network": "X"}]},
        {"phone": "1", "profiles": [{"network": "Fax"}], "location": {"address": "Way 1"}},
    )
    assert project.parted({"profiles": [{"network": "Fax"}]}) == (
        {}, {"profiles": [{"network": "Fax"}]})  # fmt: skip
    assert project.parted({"profiles": [{"network": "Fax"}]}, with_profiles=False)[1] == {}
    for place, is_private in (("Way 1, Ulm", True), ("Ulm, 1 Way", True), ("Ulm, Bavaria", False),
                              ("Room 5", False), ("Way 1\nUlm", True)):  # fmt: skip
        assert ("location" in project.parted({"location": place})[1]) == is_private, place


def test_entries_of_a_bibliography_have_keys_of_their_own() -> None:
    fields = {"title": "On the & of Mills", "author": "Ada de Lee and Bo Moll", "date": "May 2019",
              "url": "https://a.example/b_c", "note": ""}  # fmt: skip
    first = entry("misc", fields, [])
    assert first == (
        "@misc{lee2019mills,\n  title = {{On the \\& of Mills}},\n"
        "  author = {Ada de Lee and Bo Moll},\n  date = {May 2019},\n"
        "  url = {https://a.example/b_c},\n}"
    )
    second = entry("misc", fields, [first])
    assert second.startswith("@misc{lee2019mills-2,")
    assert entry("misc", fields, [first, second]).startswith("@misc{lee2019mills-3,")
    others: tuple[dict[str, str], ...] = (
        {"author": "Ångström, Zoë", "year": "2001"},
        {"title": "Why us now"},
        {},
    )
    assert [entry("misc", one, []).partition("\n")[0] for one in others] == [
        "@misc{angstrom2001,", "@misc{entry,", "@misc{entry,",
    ]  # fmt: skip


FILES = {
    "photo.png": True, "data/sign.PNG": True, "data/letters/sign.jpg": True, "fonts/x.otf": True,
    "a/b/c/d.png": False, "../x.png": False, "data/../../x.png": False, "/etc/x.png": False,
    ".git/x.png": False, "data/.x.png": False, "themes/x/a.sty": False, "build/x.pdf": False,
    "bib/x.txt": False, "styles/a.txt": False, "Makefile": False, "x.py": False, "data/x.sh": False,
    "a\\b.png": False, "c:x.png": False, "themes.png": True,
}  # fmt: skip
"""Files that an export names, and whether they are written where it says."""


def test_an_export_brings_files_into_the_project_and_no_others(tmp_path: Path) -> None:
    packed = base64.b64encode(b"x").decode()
    files = dict.fromkeys(FILES, packed) | {"broken.png": "no base64"}
    own = {"data": {"basics": {"name": "A"}}, "files": files}
    (tmp_path / "resume.json").write_text(
        json.dumps({"basics": {"name": "A"}, "meta": {"x-cvtex": own}})
    )
    made = import_.read(tmp_path / "resume.json", KNOWN).files_made
    assert {name for name in made if name != "bib/publications.bib"} == {
        name for name, is_safe in FILES.items() if is_safe
    }


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cv.toml", b"a = 1", "cv.toml: error: this is no file that cvtex can import"),
        ("cv.txt", b"\xff", "cv.txt"),
        ("cv.yaml", b"name: M\xfcller", "cv.yaml:1:8: error: this file is not in UTF-8"),
        ("cv.yml", b"cv: 1", "cv.yml: error: this is no file that cvtex can import"),
        ("cv.yml", b"content: {work: []}", "cv.yml: error: this is no file"),
        ("cv.yml", b"basics: x\nsections: {a: {}}", "cv.yml: error: this is no file"),
        ("cv.yml", b"sections: []", "cv.yml: error: this is no file"),
    ],
)
def test_what_is_no_source(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CvtexError) as caught:
        import_.read(tmp_path / name, KNOWN)
    assert told in str(caught.value)


def test_inputs_are_followed_in_the_folder_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    for name in ("a.tex", "b", "parts/c.tex", "parts/d.tex"):
        (tmp_path / name).write_text(f"({name})\n")
    (tmp_path / "cv.tex").write_text(
        "1 % a comment\n\\input{a} \\input b\n\\import{parts/}{c}\n\\subimport*{parts}{d}"
        "\\include{none}\n5 \\% \\url{a%b}\n\\begin{comment}\nx\n\\end{comment}8"
    )
    document = Document(tmp_path / "cv.tex")
    assert document.text.split() == [
        "1", "(a.tex)", "(b)", "(parts/c.tex)", "(parts/d.tex)", "5", r"\%", r"\url{a%b}", "8",
    ]  # fmt: skip
    assert [(name, str(place)) for name, place in document.missing] == [("none", "cv.tex:4")]
    places = {text: str(document.place(document.text.index(text)))
              for text in ("1", "(a", "(b", "(parts/c", "5", r"\url", "8")}  # fmt: skip
    assert places == {
        "1": "cv.tex:1:1", "(a": "a.tex:1:1", "(b": "b:1:1", "(parts/c": "c.tex:1:1",
        "5": "cv.tex:5:1", r"\url": "cv.tex:5:6", "8": "cv.tex:8:1",
    }  # fmt: skip


@pytest.mark.parametrize(("length", "is_read"), [(50, True), (51, False)])
def test_inputs_within_inputs_end(length: int, is_read: bool, tmp_path: Path) -> None:
    for number in range(length):
        (tmp_path / f"p{number}.tex").write_text(f"\\input{{p{number + 1}}}")
    (tmp_path / f"p{length}.tex").write_text("the end")
    if is_read:
        assert Document(tmp_path / "p0.tex").text == "the end"
    else:
        with pytest.raises(CvtexError, match="the document is too large, or inputs itself"):
            Document(tmp_path / "p0.tex")


def test_a_document_may_be_large_but_not_endless(tmp_path: Path) -> None:
    half = "x" * 500_001
    (tmp_path / "half.tex").write_text(half)
    (tmp_path / "cv.tex").write_text(r"\input{half}\input{half}")
    with pytest.raises(CvtexError, match="the document is too large, or inputs itself"):
        Document(tmp_path / "cv.tex")
    (tmp_path / "cv.tex").write_text(r"\input{half}")
    assert Document(tmp_path / "cv.tex").text == half


def test_a_part_is_in_the_encoding_of_its_document(tmp_path: Path) -> None:
    (tmp_path / "part.tex").write_bytes("Müller".encode("latin-1"))
    (tmp_path / "other.tex").write_bytes(b"\\usepackage[latin2]{inputenc}\xe8")
    (tmp_path / "cv.tex").write_bytes(
        "\\usepackage[latin1]{inputenc}é\n\\input{part} \\input{other}".encode("latin-1")
    )
    text = Document(tmp_path / "cv.tex").text
    assert "Müller" in text and "č" in text
