"""TeX of a field to Unicode, and to TeX that is safe in every engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cvtex.diagnostics import Severity
from cvtex.source.bibtex.escape import escape, escape_address
from cvtex.source.bibtex.symbols import FORBIDDEN
from cvtex.source.bibtex.tex import rich

UNICODE = {
    r"\'e": "é", r"\'{e}": "é", r"{\'e}": "é", r"{\'{e}}": "é", r"\'{\i}": "í", r"{\'\i}": "í",
    r"\`a": "à", r"\^o": "ô", r"\~n": "ñ", r'\"u': "ü", r'{\"{u}}': "ü", r'\"{\i}': "ï",
    r"\=a": "ā", r"\.z": "ż", r"\u{g}": "ğ", r"\u g": "ğ", r"\v{C}": "Č", r"\v C": "Č",
    r"\H{o}": "ő", r"\c{c}": "ç", r"\c c": "ç", r"\k{a}": "ą", r"\r{a}": "å", r"\d{s}": "ṣ",
    r"\b{d}": "ḏ", r"\t{oo}": "o͡o", r"\textcommabelow{s}": "ș", r"\^{\j}": "ĵ", r"\v{\i}": "ǐ",
    r"\o": "ø", r"\O{}": "Ø", r"\l": "ł", r"{\L}": "Ł", r"\ae": "æ", r"\AE": "Æ", r"\oe": "œ",
    r"\OE": "Œ", r"\aa": "å", r"\AA": "Å", r"\ss": "ß", r"Stra\ss e": "Straße", r"\i": "ı",
    r"\dj": "đ", r"\DH": "Ð", r"\th": "þ", r"\ng": "ŋ", r"\ij": "ĳ", r"G\"odel": "Gödel",
    r"Erd\H os": "Erdős", r"{\AA}ngstr{\"o}m": "Ångström", r"\'Emile": "Émile",
    r"Nov\'ak": "Novák", r"\v{S}\v{c}epin": "Ščepin", r"Mart{\'\i}nez": "Martínez",
    r"---": "—", r"3--5": "3–5", r"``a''": "“a”", r"`a'": "‘a’", r"d'Ys": "d’Ys",
    r"?`Que?": "¿Que?", r"!`Ay!": "¡Ay!", r"a~b": "a\u00a0b", r"\&": "&", r"\%": "%",
    r"\$5": "$5", r"\#1": "#1", r"a\_b": "a_b", r"\{x\}": "{x}", r"A \& B": "A & B",
    r"A & B": "A & B", r"100%": "100%", r"#1": "#1", r"a_b": "a_b", r"2^n": "2^n",
    r"\textasciitilde u": "~u", r"\~{}u": "~u", r"\textbackslash": "\\", r"\ldots": "…",
    r"\LaTeX": "LaTeX", r"{\LaTeX} x": "LaTeX x", r"\TeX\ x": "TeX x", r"{\TeX}book": "TeXbook",
    r"\BibTeX": "BibTeX", r"\S": "§", r"\pounds": "£", r"\copyright": "©", r"\textregistered": "®",
    r"\texttrademark": "™", r"\textdegree": "°", r"\texteuro": "€", r"\euro{}": "€",
    r"\guillemotleft": "«", r"\glqq": "„", r"\enquote{x}": "“x”", r"\textless": "<",
    r"$\alpha$": "α", r"$x^2$": "x²", r"H$_2$O": "H₂O", r"$10^{-3}$": "10⁻³", r"$\ell_1$": "ℓ₁",
    r"$n \times m$": "n × m", r"$^\circ$C": "°C", r"$\mathbb{R}^n$": "Rⁿ", r"$\hat{x}$": "x̂",
    r"$\frac{1}{2}$": "1⁄2", r"\(x\)": "x", r"\alpha": "α", r"\ensuremath{\beta}": "β",
    r"\emph{x} y": "x y", r"{\em x} y": "x y", r"{\bf x}y": "xy", r"\textsc{Ab}": "Ab",
    r"\textsuperscript{th}": "th", r"{\noopsort{1973b}}1973": "1973", r"\mbox{a b}": "a b",
    r"\url{http://a.b/~c_d%20}": "http://a.b/~c_d%20", r"\href{http://a.b}{c}": "c",
    r"\textcolor{red}{x}": "x", r"\-a\-b": "ab", r"a\,b": "a\u2009b", r"a\/b": "ab", r"\ a": "a",
    r"\foreignlanguage{german}{x}": "x", r"\uppercase{x}": "x", r"{{X}}": "X",
    r"\protect\LaTeX": "LaTeX",
}  # fmt: skip


@pytest.mark.parametrize(("tex", "text"), UNICODE.items(), ids=list(UNICODE))
def test_to_unicode(tex: str, text: str) -> None:
    read, findings = rich(tex)
    assert (read.text, findings) == (text, ())


@pytest.mark.parametrize(
    ("tex", "safe"),
    {
        "A & B_c 5% #1 x^2": r"A \& B\_c 5\% \#1 x\textasciicircum{}2",
        r"\emph{a} {\em b} {\it c}": r"\emph{a} {\emph{b}} {\textit{c}}",
        r"{Wi-Fi} and $x_1$": r"{Wi-Fi} and $x_{1}$",
        r"costs $5": r"costs \$5",
        r"a } b { c": "a  b { c}",
        r"$x^a^b$": "$x^{a}{}^{b}$",
        r"$\frac$": r"$\frac{}{}$",
        r"$\left( x$": "$( x$",
        r"$\sqrt x$ é $é$": r"$\sqrt{x}$ é $\mbox{é}$",
        r"\url{http://a.b/c_d%20#e}": r"\href{http://a.b/c\_d\%20\#e}{http://a.b/c\_d\%20\#e}",
        r"-{}-": r"-{}-",
        r"[x]": r"{[}x{]}",
    }.items(),
)
def test_to_safe_tex(tex: str, safe: str) -> None:
    assert rich(tex)[0].tex == re.sub(" +", " ", safe)


def test_an_unknown_command_keeps_its_argument() -> None:
    read, (finding,) = rich(r"The \foo{bar} \baz")[0], rich(r"The \foo{bar}")[1]
    assert read.text == "The bar"
    assert (finding.severity, finding.token) == (Severity.WARNING, r"\foo")
    assert finding.message == r"the command \foo is not known; its argument is kept"


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_primitives_are_errors(name: str) -> None:
    for field in (f"\\{name}{{x}}", f"$\\{name} x$", f"{{\\emph{{\\{name}}}}}"):
        read, findings = rich(field)
        assert findings and findings[0].severity is Severity.ERROR
        assert f"\\{name}" not in (read.tex or "")


@pytest.mark.parametrize("field", ["^^5cinput{x}", "$^^5cinput{x}$", "^^M", "\\emph{^^41}"])
def test_hidden_characters_are_errors(field: str) -> None:
    read, findings = rich(field)
    assert any(f.severity is Severity.ERROR for f in findings)
    assert "^^" not in (read.tex or "")


WILD = st.lists(
    st.one_of(
        st.sampled_from([
            "\\", "{", "}", "$", "$$", "&", "#", "%", "_", "^", "~", "^^", "'", "`", '"', "-", "--",
            "\\'", "\\v", "\\i", "\\em", "\\emph", "\\frac", "\\sqrt[3]", "\\left(", "\\right)",
            "\\left", "\\mathbb", "\\input", "\\def", "\\unknown", "\\url", "\\href", "\\(", "\\)",
            "\\textsuperscript", "\\mbox", "\\ensuremath", "\\alpha", "\\LaTeX", "\\\\", "[", "]",
            "\\begin{x}", "\\end{document}", "\\noopsort", "\\t", "\\hat", "\\big", "\\&", "\\%",
            "\\$", "\\{", "\\}", "\\-", "\\,", "\\/", "é", "ß", "a", "B", " ", "1", ",,", "<", ">",
            "http://a.b/c%20", "\\verb|x|", "\\char", "\\mathop", "\\over", "\\choose", "\\bar x",
            "\\SS", "\\textcolor", "\\MakeUppercase", "\\underline", "\\texttt", "\\stackrel",
        ]),
        st.text(alphabet="abc XYZ.,;:!?()'-–", max_size=6),
    ),
    max_size=14,
).map("".join)  # fmt: skip


def balanced(tex: str) -> bool:
    """Braces nest, and formulas open and close outside them or within."""
    bare = re.sub(r"\\[^A-Za-z]", "", tex)
    depth = 0
    for sign in bare:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0 and bare.count("$") % 2 == 0


@settings(max_examples=600, deadline=None)
@given(WILD)
@example("\\(\\\\\\\\)")
@example("$x\\ $")
def test_what_comes_out_is_safe(field: str) -> None:
    read, _ = rich(field)
    assert read.tex is not None and balanced(read.tex)
    outside = re.sub(r"\\(?:[A-Za-z]+|.)", "", re.sub(r"(?<!\\)\$.*?(?<!\\)\$", "", read.tex))
    assert not re.search(r"[&#%_^\"<>|`'\\]", outside)
    assert unicodedata.is_normalized("NFC", read.text)


@settings(max_examples=600, deadline=None)
@given(WILD)
@example("$\\''$")
@example("$ '$")
def test_reading_what_came_out_gives_the_same(field: str) -> None:
    once = rich(field)[0]
    twice, findings = rich(once.tex or "")
    assert (twice.tex, findings) == (once.tex, ())


@settings(deadline=None)
@given(st.text())
def test_literal_text_comes_back(text: str) -> None:
    text = " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())
    assert rich(escape(text))[0].text == re.sub("[\u202f]", "\u2009", text)


@pytest.mark.parametrize("opening", ["{", "\\emph{", "\\'", "\\em ", "$\\sqrt{", "\\left(", "${"])
def test_deep_nesting_ends_well(opening: str) -> None:
    assert balanced(rich(opening * 5000)[0].tex or "")


def test_addresses_keep_what_a_uri_may_hold() -> None:
    assert escape_address("https://a.b/c_d%20e?f=1&g=~h#i$é") == (
        r"https://a.b/c\_d\%20e?f=1\&g=~h\#i\%24\%C3\%A9"
    )


FONTS = {
    "pdflatex": r"\usepackage[T1]{fontenc}\usepackage{lmodern}",
    "xelatex": r"\usepackage{fontspec}\setmainfont{lmroman10-regular.otf}[Ligatures=TeXOff]",
    "lualatex": r"\usepackage{fontspec}\setmainfont{lmroman10-regular.otf}[Ligatures=TeXOff]",
}


@pytest.mark.tex
@pytest.mark.parametrize("engine", FONTS)
def test_every_engine_sets_what_comes_out(engine: str, tmp_path: Path) -> None:
    if not shutil.which(engine):
        pytest.skip(f"there is no {engine}")
    import random

    chosen = random.Random(20)
    parts = [*UNICODE, r"\input{x}", r"\foo{y}", "$5", "^^5c", r"$\left( a$", r"x^2 $y'_1'$", "}{"]
    fields = ["".join(chosen.choices(parts, k=4)) for _ in range(1500)] + list(UNICODE)
    lines = [rich(field)[0].tex for field in fields]
    (tmp_path / "x.tex").write_text(
        rf"\documentclass{{article}}{FONTS[engine]}\usepackage{{hyperref}}\begin{{document}}"
        + "\n"
        + "\n\n".join(rf"\textbf{{{line}}}" for line in lines)
        + "\n\\end{document}\n",
        "utf-8",
    )
    subprocess.run(
        [engine, "-interaction=nonstopmode", "-file-line-error", "x.tex"],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=False,
    )
    log = (tmp_path / "x.log").read_text("utf-8", "replace")
    errors = re.findall(r"x\.tex:(\d+): (.*)", log)
    # which characters a font has is found elsewhere, before TeX runs
    assert [e for e in errors if "Unicode character" not in e[1]] == []
