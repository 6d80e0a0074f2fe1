"""Values through TeX and back: the PDF's text layer reads as they do, in every engine."""

from __future__ import annotations

import random
import re
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pylatex import NoEscape

from cvtex.latex import text
from cvtex.latex.fonts import Fallback, declare
from cvtex.latex.glyphs import set_glyphs
from cvtex.latex.pieces import ENGINES
from cvtex.model import Prose

pytestmark = pytest.mark.tex

OWN = [
    "C#",
    "C++",
    "R&D",
    "100%",
    "$5M",
    "a_b@x.org",
    "~/x",
    "^",
    "|",
    "<>",
    "--",
    "C# C++ R&D 100% $5M a_b@x.org ~/x ^ | <> -- --- \"q\" 'q' `q` \\ \\\\ {x} [y]",
    "".join(chr(c) for c in range(33, 127)),
    "?` !` << >> ,, `` '' \"\" -- --- –- ‘‘x’’ ?‘ !‘ ‐‐",
    "\\input{/etc/passwd}",
    "^^5cinput{/etc/passwd}",
    "\\end{document}",
    "%comment",
    "{unbalanced",
    "}unbalanced",
    "$x$ a_b a^b #1 ##",
    "\\immediate\\write18{id}",
    "\\csname input\\endcsname",
    "a\\\\b \\par \\relax",
    "\\catcode`\\@=11",
    "[opt] *star",
    "*",
    "**",
    "]",
    "\\directlua{os.exit()}",
    "=x",
    "~/home ^ `cmd` $(id)",
    "-",
    ",",
    "ends in -",
    "ends in %",
    "ends in \\",
    "efficient flow, office, affluent, fjord",
    "L’Oréal – “Größe” 3 € 20 °C §5 naïve Łódź Český İstanbul",
    "30\u00a0km",
]
POOL = [
    *"\\{}$&#%_^~\"'`<>|-?!,[]@=*;:/ abcXYZ019",
    *("\\input", "\\end", "^^5c", " -- ", "\\\\", "é", "ß", "–", "’", "‘", "“", "€", "fi"),
]


def hostile(seed: int, count: int) -> list[str]:
    """Return random strings of what TeX makes most of."""
    dice = random.Random(seed)
    found = ("".join(dice.choices(POOL, k=dice.randint(1, 40))).strip() for _ in range(count))
    return [value for value in found if value]


# Babel makes these active for one language or another; a raw one would be an error here.
SHORTHANDS = '"<>'

# Where a theme may put a value; each reads as the value alone.
PLACES: tuple[Callable[[str], str], ...] = (
    lambda tex: tex,
    lambda tex: rf"\textbf{{{tex}}}",
    lambda tex: rf"\begin{{list}}{{}}{{}}\item {tex}" + "\n" + r"\end{list}",
    lambda tex: rf"\begin{{list}}{{}}{{}}\item[{text.optional(NoEscape(tex))}]\end{{list}}",
    lambda tex: rf"\section*{{{tex}}}",
    lambda tex: rf"\pdfbookmark{{{tex}}}{{x}}\takes {tex}",
    lambda tex: r"\mbox{}\\" + "\n" + tex,
    lambda tex: rf"\href{{https://example.org/}}{{{tex}}}",
    lambda tex: rf"\MakeUppercase{{\lowers{{{tex}}}}}",
    lambda tex: rf"\emph{{\takes[x]{tex}}}",
)


def compile_lines(
    engine: str, lines: Sequence[str], folder: Path, fallbacks: Sequence[Fallback] = ()
) -> Path:
    """Set each line of LaTeX as a paragraph after its number; return the PDF."""
    body = "\n\n".join(f"QQ{i}QQ\n\n{line}" for i, line in enumerate(lines))
    document = [
        r"\documentclass{article}",
        declare((), fallbacks, engine),
        r"\usepackage[paperwidth=100cm,paperheight=100cm,margin=1cm]{geometry}",
        r"\usepackage[unicode,hidelinks]{hyperref}",
        r"\pagestyle{empty}\parindent0pt\raggedright",
        r"\newcommand\takes[1][]{}\protected\def\lowers#1{#1}",
        r"\begin{document}",
        *(rf"\catcode`{c}=13 \def{c}{{\shorthand}}" for c in SHORTHANDS),
        set_glyphs(body, engine, fallbacks),
        r"\end{document}",
    ]
    (folder / "t.tex").write_text("\n".join(document), "utf-8")
    done = subprocess.run(
        [engine, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    log = (folder / "t.log").read_text("utf-8", "replace")
    assert done.returncode == 0, re.findall(r"^! .*(?:\n.*){8}", log, re.M)
    assert "Missing character" not in log
    return folder / "t.pdf"


def pdftotext(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def pypdf_text(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def lines_of(layer: str, count: int) -> list[str]:
    """Return what stands after each number in a text layer."""
    found = dict(re.findall(r"QQ(\d+)QQ(.*?)(?=QQ\d+QQ|\Z)", layer, re.S))
    return [flat(found.get(str(i), "")) for i in range(count)]


def flat(value: str) -> str:
    return unicodedata.normalize("NFC", " ".join(value.split()))


def typeset(value: str) -> str:
    """Return how a value reads: an apostrophe between letters is set as ’."""
    return flat(re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", value))


@pytest.mark.parametrize("engine", ENGINES)
def test_round_trip(engine: str, tmp_path: Path) -> None:
    values = OWN + hostile(7, 300)
    lines, wanted = [], []
    for i, value in enumerate(values):
        place = PLACES[i % len(PLACES)]
        if "MakeUppercase" in place("") and value.upper() != value:
            value = "".join(c for c in value if c.upper() == c) or "X"
        lines.append(place(text.literal(value)))
        wanted.append(typeset(value).replace("‐", "-") if engine == "pdflatex" else typeset(value))
    pdf = compile_lines(engine, lines, tmp_path)
    got = lines_of(pdftotext(pdf), len(lines))
    wrong = [(lines[i], got[i], wanted[i]) for i in range(len(lines)) if got[i] != wanted[i]]
    assert not wrong
    # pypdf guesses spaces between words otherwise; letters must agree.
    got = ["".join(line.split()) for line in lines_of(pypdf_text(pdf), len(lines))]
    wanted = ["".join(line.split()) for line in wanted]
    wrong = [(lines[i], got[i], wanted[i]) for i in range(len(lines)) if got[i] != wanted[i]]
    assert not wrong


URLS = [
    "https://example.org/a_b~c%20d?x=1&y=2#frag",
    "https://example.org/\\input{/etc/passwd}",
    "https://example.org/^^5c^^5c",
    "https://example.org/ü/漢?q=$1#%",
    "https://müller.example/a(b)c)",
    "mailto:a+b_c@example.org",
    "https://example.org/'\"[x];!*,=",
    "tel:+493023125000",
]


@pytest.mark.parametrize("engine", ENGINES)
def test_links(engine: str, tmp_path: Path) -> None:
    links = [text.href(url, NoEscape("x")) for url in URLS]
    lines = [*links, *(rf"\section{{\textbf{{{link}}}}}" for link in links)]
    pdf = compile_lines(engine, lines, tmp_path)
    with pikepdf.open(pdf) as opened:
        found = [
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/A" in note
        ]
    assert found == [text.address(url) for url in URLS] * 2


@pytest.mark.parametrize("engine", ENGINES)
def test_markup(engine: str, tmp_path: Path) -> None:
    values = [
        "*Led* a **team of 5**, `--flag_x`, [the paper](https://example.org/a_b) [Link].",
        "**-**-*-* a,`,`,",
        r"\*literal\* & 100% <b>",
        "***both*** *a **b** c*",
        "`code™ \\ {x} ℠`",
    ]
    pdf = compile_lines(engine, [text.prose(Prose(v)) for v in values], tmp_path)
    got = lines_of(pdftotext(pdf), len(values))
    assert got == [typeset(text.plain(Prose(v))) for v in values]
