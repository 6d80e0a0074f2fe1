"""Words of citations in every language, held against the locales of the Citation Style Language.

citeproc-py ships them; where a locale has no word (it repeats the English one) or a rarer one,
the table below says what stands here instead.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from citation.test_bib_cases import STYLES
from cvtex import source
from cvtex.citation import local
from cvtex.citation.catalogue import catalogue
from cvtex.citation.styles import find
from cvtex.model import Basics, Publication, PublicationSettings, Text
from cvtex.source import languages
from cvtex.source.bibtex import read_all
from shared import ROOT

OTHERS = [code for code in languages.codes() if code != "en"]
LOCALES = {
    "en": "en-US",
    "pt": "pt-PT",
    "zh": "zh-CN",
    "zh-Hant": "zh-TW",
    "sr": "sr-Cyrl-RS",
    "sr-Latn": "sr-Latn-RS",
}
TERMS = {
    "edn": [("edition", "short")],
    "eds": [("editor", "short")],
    "trs": [("translator", "short")],
    "in": [("in", "long")],
    "vol": [("volume", "short"), ("volume", "long")],
    "no": [("issue", "short"), ("number", "short")],
    "pp": [("page", "short")],
    "undated": [("no date", "short")],
    "accessed": [("accessed", "long"), ("retrieved", "long")],
    "available": [("available at", "long")],
    "presentedAt": [("presented at", "long")],
    "inpress": [("in press", "long")],
    "versionWord": [("version", "long")],
    "online": [("online", "long")],
    "and": [("and", "long")],
    "etAl": [("et-al", "long")],
}
"""Our words, and the terms of CSL that say the same."""

OWN = {
    "en": {"presentedAt"},
    "de": {
        "presentedAt",
        "etAl",
    },  # "et al."; CSL: "u. a."; "gehalten auf der" wants a feminine noun
    # "en prensa", as Spanish journals write; CSL: "en imprenta", and "accedido", no such verb
    "es": {"inpress", "accessed"},
    "it": {"no"},  # "n.", CSL: "fasc."
    # "№", "αρ.", which are of patents and reports, too; CSL has the word for an issue alone
    **{code: {"no"} for code in ("bg", "ru")},
    "el": {"online", "no"},  # "διαδικτυακά"; CSL: "published in digital form"
    "eu": {"presentedAt"},  # CSL has a suffix
    "hr": {"no"},  # "br." is a number, "izd." an edition
    "lt": {"online"},  # "interneto prieiga"; CSL: "interactive"
    "lv": {"edn", "online"},  # "izd." is an edition, "red." an editor; CSL lacks an accent
    "ro": {"accessed"},  # "accesat la", which a date can follow
    "ja": {"in"},  # "所収"; CSL: the Latin "in"
    # two particles, of which the word before chooses one; "and others"; adjectives before a date
    "ko": {"and", "etAl", "accessed"},
    "sr": {"no", "etAl"},  # as in Croatian; CSL has "and others" in full
    "sr-Latn": {"no", "etAl"},
    "tr": {"presentedAt", "versionWord"},  # CSL: "name of the programme:", and a loan-word
    "uk": {
        "available",
        "presentedAt",
        "inpress",
        "online",
        "no",
    },  # the neuter, which suits any work; "друк"
    "zh": {"inpress"},  # "印刷中", as journals write; CSL: "sent to print"
    "zh-Hant": {"edn", "trs"},  # "版" counts editions, "本" copies; "譯", CSL: "translator"
}
"""Words in which we differ from the locale, each with its reason."""


SPACE = "{http://purl.org/net/xbiblio/csl}"


def locale(code: str) -> Any:
    """Return CSL's locale of a language."""
    citeproc = pytest.importorskip("citeproc")
    from lxml import etree

    folder = Path(citeproc.__file__).parent / "data" / "locales"
    known = sorted(file.stem[8:] for file in folder.glob("locales-*.xml"))
    wanted = LOCALES.get(code) or next(
        (name for name in (f"{code}-{code.upper()}", code) if name in known),
        next((name for name in known if name.startswith(f"{code}-")), ""),
    )
    if not wanted:
        pytest.skip(f"CSL has no locale {code}")
    return etree.parse(folder / f"locales-{wanted}.xml").getroot()


def terms(code: str, bare: bool = True) -> dict[tuple[str, str], set[str]]:
    """Return CSL's words of a language, by name and form; `bare` without spaces and stops."""
    found: dict[tuple[str, str], set[str]] = {}
    for term in locale(code).iter(f"{SPACE}term"):
        words = [child.text for child in term] or [term.text]
        key = (term.get("name"), term.get("form", "long"))
        found.setdefault(key, set()).update(plain(w) if bare else w for w in words if w)
    return found


def plain(word: str) -> str:
    return re.sub(r"第|제|\{\}\.?|[\s\u00a0]|[.:]$", "", word).replace("º", "o").casefold()


@pytest.mark.parametrize("code", languages.codes())
def test_words_as_csl_has_them(code: str) -> None:
    theirs, english = terms(code), terms("en")
    own = source.words(code)
    ours = {**own.words, **own.publications}
    for name, wanted in TERMS.items():
        if name in OWN.get(code, ()):
            continue
        known = {word for term in wanted for word in theirs.get(term, ())}
        foreign = {word for term in wanted for word in english.get(term, ())}
        if not known or (code != "en" and known <= foreign):
            continue  # not translated there
        said = {plain(word) for word in ours[name].split("|")}
        near = {w for w in said if any(w.startswith(k) or k.startswith(w) for k in known)}
        assert near, (code, name, ours[name], known)


QUOTES = {"el": "‘|’", "sk": "“|”"}
"""Where CSL has other quotation marks than the language's own."""


@pytest.mark.parametrize("code", languages.codes())
def test_quotation_marks_as_csl_has_them(code: str) -> None:
    theirs = terms(code, bare=False)
    marks = [next(iter(theirs[f"{side}-quote", "long"])) for side in ("open", "close")]
    ours = source.words(code).publications["quotes"]
    assert (ours == "|".join(marks)) == (code not in QUOTES), marks
    assert code not in QUOTES or QUOTES[code] == "|".join(marks)
    inside = locale(code).find(f"{SPACE}style-options").get("punctuation-in-quote") == "true"
    assert inside == (code in local.INSIDE)


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_word_of_citations(code: str) -> None:
    from cvtex.source.records.words import _table

    assert set(_table(code).publications) == set(_table("en").publications)


FULL = """author={Xx, Yy and Zz, Qq}, editor={Ee, Ff and Gg, Hh}, translator={Tt, Uu}, title={Ttt},
journaltitle={Jjj}, booktitle={Bbb}, publisher={Ppp}, location={Lll}, institution={Iii}, volume={3},
number={4}, pages={10--19}, edition={2}, date={2020-03-03}, note={Nnn}, series={Sss}, version={7},
urldate={2021-02-03}, url={https://x.org}, eventtitle={Eve}, venue={Vvv}, holder={{Hol}},
eid={e1}, pagetotal={5}, collaboration={Col}, pubstate={inpress}"""
TYPES = (
    "article inproceedings incollection book thesis phdthesis mastersthesis report techreport "
    "online software dataset patent unpublished misc talk preprint collection"
)


BARE = ("de", "fr", "ja", "ru")
"""Languages in which works without authors and numbers are tried, too: styles differ in what they
say then, languages do not."""


@pytest.mark.parametrize(
    ("code", "gone"),
    [*((code, "") for code in (*OTHERS, "cy")), *((code, "author|number") for code in BARE)],
)
def test_no_english_word_in_another_language(code: str, gone: str) -> None:
    language = source.words(code, welsh() if code == "cy" else None)
    english, local = source.words("en").publications, language.publications
    own = {part.casefold() for word in local.values() for part in word.split("|")}
    words = [word for word in english.values() if "|" not in word and len(word) > 4]
    for style in STYLES:
        words += [word for word in find(style).words.values() if "|" not in word and len(word) > 4]
    foreign = {w.casefold() for w in words} - own
    foreign = {w for w in foreign if not any(w in mine for mine in own)}
    foreign_word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(foreign)))})(?!\w)")
    for style in STYLES:
        settings = PublicationSettings(style=Text(style))
        for group in catalogue(every_type(gone), settings, Basics(name=Text("")), language).groups:
            for item in group.items:
                line = "".join(span.text.text for span in item.spans)
                assert not foreign_word.search(line.casefold()), (style, line)


def welsh() -> Mapping[str, str | tuple[str, ...]]:
    """Return the words of a language without a file, as a CV gives them."""
    project = source.find(ROOT / "tests" / "tongues" / "welsh.yaml", public=True, environ={})
    resume = source.read(project).resume
    assert resume
    return resume.meta.words


@functools.cache
def every_type(gone: str) -> tuple[Publication, ...]:
    """Return a publication of each type, without the fields that are `gone`."""
    fields = re.sub(rf"\b(?:{gone})=\{{[^{{}}]*\}},?\s*", "", FULL) if gone else FULL
    entries = [f"@{kind}{{{kind}, {fields}}}" for kind in TYPES.split(" ")]
    return read_all({"x.bib": "\n".join(entries)})[0]


def line(code: str, bib: str, style: str = "ieee", **settings: Any) -> str:
    """Return the one publication of a list as it is set in a language."""
    chosen = PublicationSettings(style=Text(style), **settings)
    found = catalogue(
        read_all({"x.bib": bib})[0], chosen, Basics(name=Text("")), source.words(code)
    )
    return "".join(s.text.text for s in found.groups[0].items[0].spans).replace("\u00a0", " ")


THREE = "author={Ab, C and De, F and Gh, I}, title={T}"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "C. Ab, F. De, and I. Gh, “T,” J, vol. 3, no. 4, pp. 5–6."),
        ("de", "C. Ab, F. De und I. Gh, „T“, J, Bd. 3, Nr. 4, S. 5–6."),
        ("fr", "C. Ab, F. De et I. Gh, « T », J, vol. 3, nᵒ 4, p. 5–6."),
        ("hu", "C. Ab, F. De és I. Gh, „T”, J, 3. köt., 4. sz., 5–6. o."),
        ("zh", "C. Ab, F. De 和 I. Gh, 《T》, J, 第3卷, 第4期, 第5–6页."),
        ("ja", "C. Ab, F. De と I. Gh, 「T」, J, 3巻, 4号, 5–6ページ."),
    ],
)
def test_a_citation_in_a_language(code: str, said: str) -> None:
    entry = f"@article{{a, {THREE}, journal={{J}}, volume=3, number=4, pages={{5-6}}}}"
    assert line(code, entry) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Ab C, et al. “T.”"),
        ("en", "Ab C, and 2 others. “T.”"),
        ("de", "Ab C und 2 weitere. „T“."),
        ("ja", "Ab C ほか2名. 「T」."),
    ],
)
def test_how_many_others(code: str, said: str) -> None:
    bib, others = f"@misc{{a, {THREE}}}", "et al." not in said
    assert line(code, bib, "plain", max_authors=1, count_others=others) == said


def test_the_colon_of_a_language() -> None:
    bib = "@book{a, title={T: S}, publisher={P}, location={L}, year=2020}"
    assert line("fr", bib) == "T: S. L\u00a0: P, 2020.".replace("\u00a0", " ")
    assert line("zh", bib) == "T: S. L：P, 2020."


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "1st ed., 2nd ed., 4th ed."),
        ("de", "1. Aufl., 2. Aufl., 4. Aufl."),
        ("fr", "1ʳᵉ éd., 2ᵉ éd., 4ᵉ éd."),
        ("sv", "1:a uppl., 2:a uppl., 4:e uppl."),
        ("uk", "1-ше вид., 2-ге вид., 4-те вид."),
        ("ko", "제1판, 제2판, 제4판"),
    ],
)
def test_editions(code: str, said: str) -> None:
    for number, each in zip((1, 2, 4), said.split(", "), strict=True):
        assert f", {each}" in line(code, f"@book{{a, title={{T}}, edition={number}, year=2020}}")


def test_a_report_without_a_type() -> None:
    bib = "@report{a, title={T}, number=7}"
    assert [line(code, bib) for code in ("en", "de")] == ["“T,” Rep. 7.", "„T“, Bericht 7."]
    assert "编号 7" in line("zh", "@patent{a, title={T}, number=7}", "apa")
