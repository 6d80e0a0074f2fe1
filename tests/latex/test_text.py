"""Values as LaTeX, without TeX: what is written, and what is never written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatex.utils import NoEscape

from cvtex.citation.span import Span
from cvtex.diagnostics import Source
from cvtex.latex import text
from cvtex.model import Prose, Rich, Text

ANYTHING = st.text(
    alphabet=st.one_of(
        st.sampled_from("\\{}$&#%_^~\"'`<>|-–‐?!,[]@=*;:/()‘’“”… \n\taZ9é"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]),
    ),
    max_size=60,
)
MARKUP = {r"\emph", r"\textbf", r"\texttt", r"\href"}


def control_sequences(tex: str) -> set[str]:
    """Return the control sequences of LaTeX, read as TeX reads them."""
    return set(re.findall(r"\\(?:[A-Za-z@]+|[\s\S])", tex))


def check_harmless(tex: str, allowed: set[str]) -> None:
    assert control_sequences(tex) <= allowed
    bare = re.sub(r"\\(?:[A-Za-z@]+|[\s\S])", "", tex)
    assert not re.search(r"[\\$&#%_^\n]", bare)
    depth = 0
    for c in bare:
        depth += {"{": 1, "}": -1}.get(c, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.match(r"[\[*]", tex)  # no optional argument, no starred form


ESCAPED = {way.removesuffix("{}") for way in text.ESCAPES.values()} - {"~"} | {
    r"\cvtexbreak",
    r"\cvtexjoint",
}


@given(ANYTHING)
def test_a_literal_brings_no_control_sequence_of_its_own(value: str) -> None:
    check_harmless(text.literal(value), ESCAPED)


@given(ANYTHING)
def test_prose_brings_only_its_markup(value: str) -> None:
    tex = text.prose(Prose(value))
    check_harmless(re.sub(r"(\\href\{)[^{}]*(\})", r"\1\2", tex), ESCAPED | MARKUP)


@given(ANYTHING)
def test_an_address_is_a_uri(value: str) -> None:
    address = text.address("https://example.org/" + value)
    assert re.fullmatch(r"[A-Za-z0-9._~:/?#@!&'()*+,;=%-]+", address)
    assert not re.search(r"%(?![0-9A-Fa-f]{2})", address)
    assert address.count("#") <= 1


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        ("C#, C++, R&D", r"C\#, C++, R\&D"),
        ("100% for $5M", r"100\% for \$5M"),
        ("a_b@x.org ~/x", r"a\_b@x.org \textasciitilde{}/x"),
        ("2019-2021, well-known", "2019-2021, well-known"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("don't 'quote'", r"don’t \textquotesingle{}quote\textquotesingle{}"),
        ("Python | Go", "Python | Go"),
        ("[Link] and [Link]", "{[}Link] and [Link]"),
        ("*", "{*}"),
        ("a,", "a,{}"),
        ("-x", "{}-x"),
        ("30\u00a0km", "30~km"),
        ("two\nlines", "two lines"),
        ("one\n\n two", "one two"),
        ("L’Oréal – “x”", "L’Oréal~– “x”"),
        ("", ""),
    ],
)
def test_literal(value: str, tex: str) -> None:
    assert text.literal(value) == tex
    assert isinstance(text.literal(value), NoEscape)


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        ("NOK 48 million", "NOK~48~million"),
        ("€2.49 million, € 3 Mio.", "€2.49~million, €~3~Mio."),
        ("99.995 % of 2 Millionen", r"99.995~\% of 2~Millionen"),
        ("10+ million\nusers, 3 thousand", "10+~million users, 3~thousand"),
        ("BITV 2.0, WCAG 2.2.", "BITV~2.0, WCAG~2.2."),
        ("Livres ; « Pourquoi ? » : oui !", "Livres~; «~Pourquoi~?~»~: oui~!"),
        ("Architect – Professional, 2019 – 2021", "Architect~– Professional, 2019 – 2021"),
        ("ISO 27001; iOS 17", "ISO~27001; iOS~17"),
        ("20 °C, 5 GB, 30 km/h", "20~°C, 5~GB, 30~km/h"),
        ("in 2020 millionaires", "in 2020 millionaires"),
        ("2020 % 3", r"2020~\% 3"),
        ("in 2020 $5 and 8 people", r"in 2020 \$5 and 8 people"),
        ("PUBLICATIONS 2024", "PUBLICATIONS 2024"),
        ("IBAN 12345678901234", "IBAN 12345678901234"),
        ("Go 1.2 and x86 K", "Go 1.2 and x86 K"),
    ],
)
def test_a_number_and_its_unit_are_on_one_line(value: str, tex: str) -> None:
    assert text.literal(value) == tex
    assert text.prose(value) == tex


def test_what_other_programs_read_has_no_breaks_and_ties() -> None:
    value = "1.2 million & more of state-of-the-art-and-beyond"
    assert text.unbroken(value) == r"1.2 million \& more of state-of-the-art-and-beyond"
    assert text.literal(value) != text.unbroken(value)


def test_tex_passes_as_it_is() -> None:
    assert text.literal(Text(r"\LaTeX{} *x*", tex=True)) == r"\LaTeX{} *x*"
    assert text.prose(Prose(r"\LaTeX{} *x*", tex=True)) == r"\LaTeX{} *x*"
    assert text.paragraphs(Prose("$a$\n\n$b$", tex=True)) == ("$a$\n\n$b$",)


def test_prose() -> None:
    value = Prose("*Deep* **Learning** `--f_x` [a & b](https://x.org/a_b?c=1&d=%20#e)")
    assert text.prose(value) == (
        r"\emph{Deep} \textbf{Learning} \texttt{-{}-f\_x} "
        r"\href{https://x.org/a\_b?c=1\&d=\%20\#e}{a \& b}"
    )


def test_code_keeps_its_straight_apostrophe() -> None:
    assert text.prose(Prose("`don't`")) == r"\texttt{don\textquotesingle{}t}"


def test_paragraphs() -> None:
    assert text.paragraphs(Prose("one\ntwo\n\n  \n*three*\n")) == (
        r"one\newline{}two",
        r"\emph{three}",
    )
    assert text.prose(Prose("one\n\ntwo")) == "one two"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a_b~c%20d?x=1&y=2#frag", None),
        ("https://example.org/\\input{x}", "https://example.org/%5Cinput%7Bx%7D"),
        ("https://example.org/ü/漢", "https://example.org/%C3%BC/%E6%BC%A2"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
        ("https://[2001:db8::1]:80/[x]", "https://[2001:db8::1]:80/%5Bx%5D"),
        ("https://example.org/$5#a#b", "https://example.org/%245#a%23b"),
        ("https://example.org/%zz", "https://example.org/%25zz"),
        ("mailto:a+b_c@example.org", None),
        ("tel:+493023125000", None),
    ],
)
def test_address(url: str, address: str | None) -> None:
    assert text.address(url) == (url if address is None else address)


def test_join() -> None:
    assert text.join(["R&D", "a,", "[x]"]) == r"R\&D, a,{}, {[}x]"
    assert text.join(["a", "b"], " | ") == "a | b"
    assert text.join([]) == ""


def test_optional() -> None:
    assert text.optional(text.literal("a")) == "a"
    assert text.optional(text.literal("a]b")) == "{a]b}"


def test_spans() -> None:
    line = [
        Span(text=Rich("Krishna S"), bold=True),
        Span(text=Rich("*, et al. ")),
        Span(text=Rich("E = mc^2", r"$E = mc^2$"), italic=True),
        Span(text=Rich("[Link]"), url="https://example.org/a_b"),
        Span(text=Rich("x"), underline=True),
    ]
    assert text.spans(line) == (
        r"\textbf{Krishna S}*, et al. \emph{$E = mc^2$}"
        r"\href{https://example.org/a\_b}{[Link]}\underline{x}"
    )


@pytest.mark.parametrize(
    ("value", "language", "capitals"),
    [
        ("Straße", "de", "STRASSE"),
        ("istanbul ıslak", "tr", "İSTANBUL ISLAK"),
        ("istanbul", "en", "ISTANBUL"),
        ("Γιώργος Ευφυΐα, ἄνθρωπος", "en", "ΓΙΩΡΓΟΣ ΕΥΦΥΪΑ, ΑΝΘΡΩΠΟΣ"),
        ("Γιώργος née é", "el", "ΓΙΩΡΓΟΣ NÉE É"),
        ("5 µm", "en", "5 µM"),
    ],
)
def test_upper(value: str, language: str, capitals: str) -> None:
    assert text.upper(value, language) == capitals


def test_upper_keeps_the_place() -> None:
    source = Source("data/basics.yaml", 1, 7)
    value = text.upper(Text("Jane", source))
    assert isinstance(value, Text)
    assert (value, value.source) == ("JANE", source)
