"""The choice of engine and fonts, and reading font files."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.latex.fonts import FontFamily, declare
from cvtex.latex.glyphs import PDFLATEX, set_glyphs
from cvtex.latex.typefaces import TYPEFACES
from cvtex.pipeline import manuscript
from cvtex.toolchain.fonts import choice, covering, files, sources
from cvtex.toolchain.fonts.choice import Choice, choose, named
from cvtex.toolchain.fonts.files import code_points, coverage, locate
from cvtex.toolchain.fonts.stand_ins import FONTS, SYMBOLS, for_script
from prepared import none_here

ALL = ("pdflatex", "lualatex", "xelatex")
HEROS = FontFamily(
    role="sans",
    regular="texgyreheros-regular.otf",
    bold="texgyreheros-bold.otf",
    italic="texgyreheros-italic.otf",
    bold_italic="texgyreheros-bolditalic.otf",
)


def typed(value: str) -> dict[str, Source]:
    return {c: Source("data/basics.yaml", 1, i) for i, c in enumerate(value, 7)}


def with_letters(value: str) -> dict[str, Source]:
    """The characters of a text as a CV's are found: letters with their marks as well."""
    found: dict[str, Source] = {}
    manuscript._add(found, value, Source("data/basics.yaml", 1, 7), {})
    return found


def chosen(value: str, wanted: str = "auto", available: tuple[str, ...] = ALL) -> Choice:
    choice = choose(typed(value), wanted, available)
    if not isinstance(choice, Choice):
        none_here(choice)
    assert isinstance(choice, Choice), choice
    return choice


def refused(
    value: str, wanted: str = "auto", available: tuple[str, ...] = ALL
) -> tuple[Diagnostic, ...]:
    found = choose(typed(value), wanted, available)
    assert isinstance(found, tuple)
    assert all(d.severity is Severity.ERROR and d.source for d in found)
    return found


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a single font file."""
    monkeypatch.setattr(choice, "locate", lambda name: None)
    monkeypatch.setattr(covering, "locate", lambda name: None)


RICHER = ("cmun", "Free", "NotoSansCJK", "NotoSerifCJK")


@pytest.fixture
def few_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with the fonts that every CV's needs bring, and none of the better ones."""
    found = choice.locate
    for module in (choice, covering):
        monkeypatch.setattr(
            module, "locate", lambda name: None if name.startswith(RICHER) else found(name)
        )


def test_a_face_of_the_same_design_is_preferred() -> None:
    cyrillic = {
        "lmroman10-regular.otf": "fonts-cmu",
        "lmsans10-regular.otf": "fonts-cmu",
        "texgyretermes-regular.otf": "fonts-freefont-otf",
        "texgyrepagella-regular.otf": "fonts-dejavu-core",
    }
    for like, package in cyrillic.items():
        first = for_script("cyrillic", "sans" in like, like)[0]
        assert first.package == package
        assert first.italic or package == "fonts-dejavu-core"


def test_chinese_and_japanese_have_forms_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "locate", Path)
    monkeypatch.setattr(covering, "locate", Path)
    has = {True: frozenset(map(ord, "山田")), False: frozenset(map(ord, "abc"))}
    monkeypatch.setattr(covering, "coverage", lambda path: has["CJK" in path.name])
    for language, index in {"ja": 0, "ko": 1, "zh": 2, "zh-Hant": 3, "de": 0}.items():
        found = choose(typed("山田"), "xelatex", ("xelatex",), (), language)
        assert isinstance(found, Choice)
        (han,) = found.fallbacks
        assert (han.file, han.bold) == ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")
        assert han.index == index


def test_pdflatex_sets_what_it_can() -> None:
    assert chosen("Jürgen Łukasz – 5 €") == Choice(engine="pdflatex")
    assert chosen("") == Choice(engine="pdflatex")
    assert chosen("".join(PDFLATEX)).engine == "pdflatex"


@pytest.mark.usefixtures("few_fonts")
def test_another_engine_sets_the_rest_and_says_so() -> None:
    choice = chosen("Иван ș")
    assert choice.engine == "lualatex"
    (greek,) = choice.fallbacks
    assert (greek.script, greek.file, greek.bold) == (
        "cyrillic",
        "DejaVuSerif.ttf",
        "DejaVuSerif-Bold.ttf",
    )
    assert [path.name for path in choice.files] == ["DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"]
    assert all(path.is_file() for path in choice.files)
    messages = [str(d.message) for d in choice.notes]
    assert messages == [
        "lualatex sets this CV: pdflatex cannot set И (U+0418 CYRILLIC CAPITAL LETTER I)",
        "Cyrillic is set in DejaVuSerif.ttf (fonts-dejavu-core)",
    ]
    assert choice.notes[0].source == Source("data/basics.yaml", 1, 7)


def test_latin_modern_needs_no_help_with_romanian() -> None:
    choice = chosen("Ștefan Nguyễn", available=("xelatex",))
    assert choice == Choice(engine="xelatex")


def test_the_order_of_engines_is_the_order_of_preference() -> None:
    assert chosen("Иван", available=("xelatex", "lualatex")).engine == "xelatex"
    assert chosen("é", available=("xelatex", "pdflatex")).engine == "xelatex"
    # pdfTeX's table has it; XeTeX would need another font.
    assert chosen("α", available=("xelatex", "pdflatex")).engine == "pdflatex"


def test_a_wanted_engine_is_taken() -> None:
    assert chosen("é", "lualatex").engine == "lualatex"
    assert chosen("é", "pdflatex").engine == "pdflatex"
    assert not chosen("é", "xelatex").notes


@pytest.mark.usefixtures("few_fonts")
def test_a_sans_theme_gets_a_sans_font() -> None:
    choice = choose(typed("Иван"), "auto", ALL, (HEROS,))
    assert isinstance(choice, Choice)
    assert choice.fallbacks[0].file == "DejaVuSans.ttf"


@pytest.mark.usefixtures("few_fonts")
def test_a_letter_whose_mark_the_face_does_not_place_stands_in_another() -> None:
    """Source Sans has ọ and U+0300, but no anchor for both: the grave would hang beside it."""
    family = TYPEFACES["source-sans"].family
    assert family
    found = choose(with_letters("Adébáyọ̀, n̂"), "auto", ALL, (family,))
    assert isinstance(found, Choice)
    (latin,) = found.fallbacks
    assert (latin.file, latin.bold) == ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    assert latin.characters == {"ọ̀"}
    assert set_glyphs("Ms Adébáyọ̀ n̂", "xelatex", (latin,)) == r"Ms \cvtexlatin{Adébáyọ̀} n̂"
    assert "-ccmp" in declare((family,), (latin,), "xelatex")
    upright = sources.find("source-sans", family.regular)
    assert upright
    assert [covering.places(upright, letter) for letter in ("r̥", "n̂", "ọ̀", "☃̀")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.usefixtures("few_fonts")
def test_a_mark_that_lies_before_its_origin_is_placed_over_small_letters() -> None:
    """As Latin Modern's, which have no anchors."""
    roman = locate("lmroman10-regular.otf")
    assert roman
    assert covering.places(roman, "ọ̀")
    assert not covering.places(roman, "Ẹ̀")
    assert not covering.places(roman, "r̥")
    found = choose(with_letters("Ọ̀yọ́"), "auto", ALL)
    assert isinstance(found, Choice)
    assert [fallback.characters for fallback in found.fallbacks] == [{"Ọ̀"}]


@pytest.mark.usefixtures("no_fonts")
def test_a_mark_that_no_font_has_is_named() -> None:
    found = choose(with_letters("r̥ṣi"), "auto", ALL)
    assert isinstance(found, tuple)
    (problem,) = found
    assert problem.message == "no font here has (U+0325 COMBINING RING BELOW)"


@pytest.mark.usefixtures("few_fonts")
def test_chinese_and_symbols() -> None:
    choice = chosen("山田の✓★")
    by_script = {fallback.script: fallback for fallback in choice.fallbacks}
    assert by_script["han"].file == "DroidSansFallbackFull.ttf"
    assert by_script["han"].bold is None
    assert not by_script["han"].characters  # the whole script
    assert by_script["symbols"].characters == frozenset("✓★")


def test_pdflatex_alone() -> None:
    (problem,) = refused("Jānis", available=("pdflatex",))
    assert problem.message == "pdflatex cannot set ā (U+0101 LATIN SMALL LETTER A WITH MACRON)"
    assert problem.source == Source("data/basics.yaml", 1, 8)
    assert problem.hint == "lualatex or xelatex can: run `cvtex toolchain install --engine xelatex`"
    (problem,) = refused("Jānis", wanted="pdflatex")
    assert problem.hint == "use --engine auto, or lualatex or xelatex"


@pytest.mark.usefixtures("no_fonts")
def test_no_font() -> None:
    (problem,) = refused("김철수")
    assert problem.message == "no font here has 김 (U+AE40 HANGUL SYLLABLE GIM), nor 철 수"
    assert problem.hint == "install fonts-noto-cjk or fonts-nanum"


@pytest.mark.usefixtures("no_fonts")
def test_no_font_for_cyrillic() -> None:
    (problem,) = refused("Иван")
    assert problem.hint == "install fonts-dejavu-core or fonts-noto-core"


@pytest.mark.usefixtures("no_fonts")
def test_without_font_files_latin_modern_is_known() -> None:
    """As with Tectonic alone, whose fonts lie in its bundle."""
    assert chosen("Łódź Ștefan “q” – • € ≥", available=("xelatex",)) == Choice(engine="xelatex")


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("🚀", "install fonts-symbola"),
        ("✓", "install fonts-dejavu-core or fonts-symbola or fonts-noto-core"),
        ("✓🚀", "install fonts-symbola"),
        ("🏆🕹", "install fonts-symbola or fonts-noto-core"),
        ("🫠✓", "no font that cvtex knows has 🫠; write it otherwise"),
        ("🯊🤖", "install fonts-dejavu-core and fonts-symbola and fonts-noto-core"),
    ],
)
def test_only_packages_that_have_all_symbols_are_offered(said: str, hint: str) -> None:
    (problem,) = refused(said)
    assert problem.hint == hint


def test_what_is_known_of_symbols_is_so() -> None:
    """The table against the fonts that are here."""
    for font in FONTS["symbols"]:
        if path := locate(font.regular):
            signs = {c for c in coverage(path) if unicodedata.category(chr(c))[0] == "S"}
            assert {c for c in signs if c > 0x2000} <= set(code_points(SYMBOLS[font.package]))


@pytest.mark.usefixtures("no_fonts")
def test_each_line_has_its_own_complaint() -> None:
    places = {"김": Source("a.yaml", 1, 2), "철": Source("a.yaml", 4, 1), "🚀": Source("b.yaml", 1)}
    found = choose(places, "auto", ALL)
    assert isinstance(found, tuple)
    assert {(d.source.file, d.source.line) for d in found if d.source} == {
        ("a.yaml", 1),
        ("a.yaml", 4),
        ("b.yaml", 1),
    }


@pytest.mark.parametrize(("value", "script"), [("שלום", "Hebrew"), ("سلام", "Arabic")])
def test_right_to_left(value: str, script: str) -> None:
    (problem,) = refused(value)
    assert problem.message.startswith(f"cvtex cannot set {script} yet")


def test_an_unknown_script() -> None:
    (problem,) = refused("ก")
    assert problem.hint == "cvtex knows no fonts for Thai; write it in another script"


def test_named() -> None:
    assert named("ā") == "ā (U+0101 LATIN SMALL LETTER A WITH MACRON)"
    assert named("\u0301") == "(U+0301 COMBINING ACUTE ACCENT)"
    assert named("\u200b") == "(U+200B ZERO WIDTH SPACE)"


def test_locate() -> None:
    found = files.locate("DejaVuSans.ttf")
    assert found
    assert found.name == "DejaVuSans.ttf"
    assert files.locate("NoSuchFont.ttf") is None
    assert files.locate("--version.ttf") is None
    assert files.locate("") is None


@pytest.mark.tex
def test_tex_fonts_are_found() -> None:
    assert files.locate("lmroman10-regular.otf")


def test_coverage_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = files.locate("DejaVuSans.ttf")
    assert path
    files._coverage.cache_clear()
    codes = files.coverage(path)
    assert {0x41, 0x416, 0x2713} <= codes
    assert 0x6F22 not in codes
    (kept,) = (tmp_path / "cvtex" / "coverage").iterdir()
    files._coverage.cache_clear()
    monkeypatch.setattr(files, "_read", lambda path: pytest.fail("read again"))
    assert files.coverage(path) == codes
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for damage in ("", "41-5a", "zz .", "\x00"):
        kept.write_text(damage)
        files._coverage.cache_clear()
        assert files.coverage(path) == codes


def test_coverage_of_what_is_no_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert files.coverage(tmp_path / "none.ttf") == frozenset()
    for content in (b"", b"no font", b"OTTO" + bytes(100), b"\0\1\0\0" + os.urandom(200)):
        path = tmp_path / "bad.ttf"
        path.write_bytes(content)
        files._coverage.cache_clear()
        assert files.coverage(path) == frozenset()


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    path = files.locate("DejaVuSans.ttf")
    assert path
    files._coverage.cache_clear()
    assert 0x41 in files.coverage(path)


@given(st.frozensets(st.integers(0, 0x10FFFF)))
def test_ranges_round_trip(codes: frozenset[int]) -> None:
    assert frozenset(files.code_points(files.ranges(codes))) == codes
