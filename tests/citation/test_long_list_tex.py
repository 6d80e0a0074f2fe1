"""A list of 300 publications, set by each engine, with no character lost."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex import source
from cvtex.citation import catalogue, names
from cvtex.latex import text
from cvtex.model import Basics, PublicationSettings, Text
from cvtex.source.bibtex import read
from shared import ENGINES, Program, often

FONTS = {
    "pdflatex": r"\usepackage[T1]{fontenc}\usepackage{lmodern}\input{glyphtounicode}"
    r"\pdfgentounicode=1",
    "xelatex": r"\usepackage{fontspec}\setmainfont{lmroman10-regular.otf}"
    r"[BoldFont=lmroman10-bold.otf,ItalicFont=lmroman10-italic.otf,Ligatures={TeXOff,NoCommon}]",
    "lualatex": r"\usepackage{fontspec}\setmainfont{lmroman10-regular.otf}"
    r"[BoldFont=lmroman10-bold.otf,ItalicFont=lmroman10-italic.otf,Ligatures=TeXOff]",
}
PEOPLE = (
    r"{\v{C}}apek, Karel",
    r"{\L}ukasiewicz, Jan",
    r"Erd{\H o}s, P{\'a}l",
    "Krishna*, Shubham",
    "O'Brien, Conan",
    "van der Berg, Jan",
    r"Strau{\ss}, Ren{\'e}e",
    "{The CMS & ATLAS Collaborations}",
    "García Márquez, Gabriel",
)
WORDS = (
    "Learning", "of", r"$\alpha$-stable", "{BERT}", "100%", "A & B", r"\emph{in vivo}", "R&D",
    "C#", "``quoted''", "2--3", "why?", r"$x^2_i$", r"\LaTeX", "a_b", "naïve", "[sic]", "it's",
)  # fmt: skip


def bib(count: int) -> str:
    """Return a `.bib` of so many entries of all common types, each with a number in its title."""
    chosen = random.Random(3)
    entries = []
    types = "article inproceedings book incollection phdthesis techreport misc software dataset"
    for number in range(count):
        kind = types.split(" ")[number % 9]
        people = " and ".join(chosen.choices(PEOPLE, k=chosen.randint(1, 5)))
        title = " ".join(chosen.choices(WORDS, k=6))
        entries.append(
            f"@{kind}{{k{number}, author = {{{people}}}, title = {{{title} {{Q{number}q}}}},\n"
            f"  journal = {{J. of {chosen.choice(WORDS)}}}, booktitle = {{Proc. & Co}},\n"
            f"  school = {{Uni Tübingen}}, institution = {{MPI}}, publisher = {{Press}},\n"
            f"  year = {1990 + number % 35},"
            f" volume = {number % 20}, pages = {{{number}--{number + 9}}},\n"
            f"  doi = {{10.1000/a_b{number}}}, codeurl = {{https://x.org/~a/b_c%20d#{number}}}}}\n"
        )
    return "".join(entries)


@pytest.mark.tex
@pytest.mark.parametrize("engine", FONTS)
def test_three_hundred_entries(engine: str, tmp_path: Path) -> None:
    if not shutil.which(engine):
        pytest.skip(f"there is no {engine}")
    publications, diagnostics = read(bib(300), "a.bib")
    assert not diagnostics
    owner = Basics(name=Text("Shubham Krishna"))
    lines = []
    for style in names():
        settings = PublicationSettings(style=Text(style), group_by="type", numbering="down")
        some = publications if style == "plain" else publications[:36]
        listed = catalogue(some, settings, owner, source.words("en"))
        items = [item for group in listed.groups for item in group.items]
        assert len(items) == len(some)
        lines += [text.spans(item.spans) for item in items]
    (tmp_path / "x.tex").write_text(
        rf"\documentclass{{article}}{FONTS[engine]}\usepackage[hidelinks]{{hyperref}}"
        + "\\begin{document}\\raggedright\n"
        + "\n\n".join(lines)
        + "\n\\end{document}\n",
        "utf-8",
    )
    subprocess.run(
        [engine, "-interaction=nonstopmode", "-file-line-error", "x.tex"],
        cwd=tmp_path, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    log = (tmp_path / "x.log").read_text("utf-8", "replace")
    assert re.findall(r"^x\.tex:\d+: .*|Missing character.*", log, re.MULTILINE) == []
    subprocess.run(["pdftotext", "-raw", "x.pdf"], cwd=tmp_path, check=True, timeout=60)
    shown = unicodedata.normalize("NFKC", (tmp_path / "x.txt").read_text("utf-8"))
    for number in range(300):
        assert len(re.findall(rf"Q{number}q", shown)) == (len(names()) if number < 36 else 1)
    for word in ("Čapek", "Łukasiewicz", "Erdős", "Strauß", "García Márquez", "O’Brien", "C#"):
        assert word in shown.replace("\n", " ")


@pytest.mark.tex
@pytest.mark.parametrize("engine", often(zip(ENGINES), lambda engine: engine == "pdflatex"))
def test_three_hundred_entries_in_a_cv(
    engine: str,
    tmp_path: Path,
    cvtex: Program,
    engine_options: Callable[[str], list[str]],
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "bib").mkdir()
    (tmp_path / "data" / "basics.yaml").write_text("name: Shubham Krishna\n")
    (tmp_path / "data" / "meta.yaml").write_text(
        "theme: linear\npublications: {groupBy: type, numbering: down, maxAuthors: 3}\n"
    )
    (tmp_path / "bib" / "publications.bib").write_text(bib(300), "utf-8")
    done = cvtex("build", *engine_options(engine), cwd=tmp_path)
    assert done.status == 0, done.err
    told = cvtex("publications", cwd=tmp_path).out.replace("**", "")
    pdf = tmp_path / "build" / "linear.pdf"
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()

    def squeeze(text: str) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

    page = squeeze(shown)
    formula = re.compile(r"[$^α]|LaTeX")  # text of a kind that `told` has in another form
    lines = [line for line in told.splitlines() if "Q" in line and not formula.search(line)]
    lost = [line for line in lines if squeeze(line) not in page]
    assert len(lines) > 50
    assert told.count("Q") == shown.count("Q") >= 300
    assert not lost
