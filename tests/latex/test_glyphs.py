"""The pass that helps each engine with the characters it cannot set as typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cvtex.latex import text
from cvtex.latex.fonts import GAP, LATIN_MODERN, Fallback, FontFamily, declare
from cvtex.latex.glyphs import PDFLATEX, READS_AS, script_of, set_glyphs, settable

FALLBACKS = (
    Fallback(script="cyrillic", file="DejaVuSerif.ttf"),
    Fallback(script="greek", file="DejaVuSerif.ttf"),
    Fallback(script="han", file="DroidSansFallbackFull.ttf"),
    Fallback(script="hangul", file="NanumGothic.ttf"),
    Fallback(script="latin", file="DejaVuSans.ttf", characters=frozenset("ⱥ")),
    Fallback(script="symbols", file="DejaVuSans.ttf", characters=frozenset("✓★")),
    Fallback(script="symbols", file="Symbola.ttf", characters=frozenset("🚀"), part=1),
)


def test_the_table_has_what_a_cv_in_a_western_language_needs() -> None:
    assert set("äöüßÄÖÜéèêàçñøåłŁőşğİıčřžŠ€£©®™°·×½–—‘’“”„«»…•†§¶→←±") <= settable()
    assert set("abc~\\\u00a0\u202f") <= settable()


def test_the_table_lacks_what_readers_get_wrong() -> None:
    assert not set("șțāĢĐ²◯✓Иא漢") & settable()


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        ("R&D – 5 € · Łódź", r"R\&D~– 5~€ · Łódź"),
        ("−5 … ≥ 3", r"\textminus{}5 ... \ensuremath{\geq} 3"),
        ("10\u202fkm", r"10\,km"),
        ("α-Fe", r"\ensuremath{\alpha}-Fe"),
    ],
)
def test_pdflatex(value: str, tex: str) -> None:
    assert set_glyphs(text.literal(value), "pdflatex") == tex


def test_comments_are_left_alone() -> None:
    tex = "%% begin data/€−Иван.yaml:1\n−5\n%% end"
    assert set_glyphs(tex, "pdflatex") == "%% begin data/€−Иван.yaml:1\n\\textminus{}5\n%% end"
    assert set_glyphs(tex, "xelatex", FALLBACKS) == tex
    assert set_glyphs(r"100\% Иван", "xelatex", FALLBACKS) == r"100\% \cvtexcyrillic{Иван}"


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        ("Иван Петров, Москва", r"\cvtexcyrillic{Иван Петров}, \cvtexcyrillic{Москва}"),
        ("Ελλάς", r"\cvtexgreek{Ελλάς}"),
        ("Иван Ελλάς", r"\cvtexcyrillic{Иван} \cvtexgreek{Ελλάς}"),
        ("и\u0306ога", "\\cvtexcyrillic{и\u0306ога}"),
        ("山田 太郎 (Taro)", r"\cvtexhan{山田} \cvtexhan{太郎} (Taro)"),
        ("用Python编写。", r"\cvtexhan{用}\cvtexgap{}Python\cvtexgap{}\cvtexhan{编写。}"),
        ("a Wⱥrd!", r"a \cvtexlatin{Wⱥrd}!"),
        (
            "能、C、“用”（x）",
            r"\cvtexhan{能、}\cvtexgap{}C\cvtexhan{、}\cvtexgap{}“\cvtexhan{用}”\cvtexgap{}\cvtexhan{（}x\cvtexhan{）}",
        ),
        ("김 철수, 서울", r"\cvtexhangul{김 철수}, \cvtexhangul{서울}"),
        ("✓ ★ 🚀 done", r"\cvtexsymbols{✓ ★} \cvtexsymbolsx{🚀} done"),
        ("Größe – “q”", "Größe – “q”"),
        ("5\u2009%", r"5\,%"),
        ("❤\ufe0f", "❤"),
    ],
)
@pytest.mark.parametrize("engine", ["xelatex", "lualatex"])
def test_fallbacks(engine: str, value: str, tex: str) -> None:
    assert set_glyphs(value, engine, FALLBACKS) == tex


def test_macros_and_their_arguments() -> None:
    tex = r"\textbf{Иван}\href{https://example.org/\%D0\_x}{Сайт}\\Иван"
    wanted = (
        r"\textbf{\cvtexcyrillic{Иван}}\href{https://example.org/\%D0\_x}"
        r"{\cvtexcyrillic{Сайт}}\\\cvtexcyrillic{Иван}"
    )
    assert set_glyphs(tex, "lualatex", FALLBACKS) == wanted


@given(st.text(alphabet="ИванΕλ山田ⱥé✓🚀 ab\\{}%\n-\u0301", max_size=30))
@example("\\" * 10 + "a-a" + "\\" * 6)  # a long word has places to break: macros of its own
def test_only_macros_are_added(value: str) -> None:
    literal = text.literal(value)
    macros = "|".join(fallback.macro[1:] for fallback in FALLBACKS)
    tex = set_glyphs(literal, "xelatex", FALLBACKS).replace(rf"{GAP}{{}}", "")
    assert re.sub(rf"\\(?:{macros})\{{([^{{}}]*)\}}", r"\1", tex) == literal


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("é", "latin"),
        ("Ж", "cyrillic"),
        ("ά", "greek"),
        ("漢", "han"),
        ("の", "han"),
        ("ー", "han"),
        ("。", "han"),
        ("！", "han"),
        ("김", "hangul"),
        ("ש", "hebrew"),
        ("ก", "thai"),
        ("–", "common"),
        ("µ", "common"),
        ("ª", "common"),
        ("×", "common"),
        ("ℕ", "symbols"),
        ("ʰ", "symbols"),
        ("✓", "symbols"),
        ("→", "symbols"),
        ("🚀", "symbols"),
        ("𝒜", "symbols"),
        ("\u0301", "common"),
    ],
)
def test_script_of(character: str, script: str) -> None:
    assert script_of(character) == script


def test_declare_names_every_role() -> None:
    heros = FontFamily(
        role="sans",
        regular="texgyreheros-regular.otf",
        bold="texgyreheros-bold.otf",
        italic="texgyreheros-italic.otf",
        bold_italic="texgyreheros-bolditalic.otf",
    )
    tex = declare((heros,), FALLBACKS[:1], "xelatex")
    assert r"\setmainfont{lmroman10-regular.otf}" in tex
    assert r"\setsansfont{texgyreheros-regular.otf}" in tex
    assert r"\setmonofont{lmmono10-regular.otf}" in tex
    assert r"\newfontfamily\cvtexfontcyrillic{DejaVuSerif.ttf}" in tex
    assert len(LATIN_MODERN) == 3


def test_what_reads_otherwise_is_in_the_table() -> None:
    assert set(READS_AS) <= set(PDFLATEX)


def test_a_word_or_a_name_is_never_in_two_faces() -> None:
    own = Fallback(script="latin", file="", family="lmr", characters=frozenset("ễŊ’"))

    def set_(text: str, *names: str) -> str:
        return set_glyphs(text, "pdflatex", (own,), names)

    name = "Nguyễn Văn An"
    assert set_("Met An and Nguyễn at sea") == r"Met An and \cvtexlatin{Nguyễn} at sea"
    assert set_(rf"\cvname{{{name}}}", name) == rf"\cvname{{\cvtexlatin{{{name}}}}}"
    assert set_(r"\cvname{Nguyễn Văn}{An}", name) == (
        r"\cvname{\cvtexlatin{Nguyễn Văn}}{\cvtexlatin{An}}"
    )
    assert set_(f"by {name}, An Other", name) == rf"by \cvtexlatin{{{name}}}, An Other"
    assert set_("An", "Ann Smith") == "An"
    assert set_("a vendor’s test") == r"a \cvtexlatin{vendor’s} test"
    assert set_("Ŋ-Smith") == r"\cvtexlatin{Ŋ-Smith}"
