"""Every theme sets letters: read back, tagged, the address in the envelope's window."""

import re
from pathlib import Path
from typing import Any

import pytest

import cvtex
from cvtex import toolchain
from cvtex.contract import letters, samples
from cvtex.contract.poppler import boxes, pdftotext
from cvtex.latex import Theme, themes
from cvtex.request import Result
from shared import KIN, often, own_theme

pytestmark = pytest.mark.tex
NAMES = sorted(themes.themes(None))


def engine(kind: type[Theme]) -> tuple[str, toolchain.Toolchain]:
    """Return the first engine that sets a theme here, and what runs it."""
    here = samples.engines(kind, toolchain.find(), ())
    if not here:
        pytest.skip("no engine is here")
    return next(iter(here.items()))


@pytest.mark.parametrize("name", often(zip(NAMES), lambda name: name not in KIN))
def test_a_theme_sets_letters(name: str, tmp_path: Path) -> None:
    folder = themes.find(name, tmp_path)
    by, chain = engine(folder.load())
    for letter in letters.NAMES:
        place = tmp_path / letter
        place.mkdir()
        assert list(letters.faults(letter, by, folder, chain, place)) == []


PLAIN = r"""
from cvtex import latex
from cvtex.latex import literal
from pylatex import NoEscape

class Theme(latex.Theme):
    def preamble(self):
        return [NoEscape(r"\usepackage{lmodern}"), NoEscape(r"\usepackage{hyperref}")]

    def basics(self, basics):
        parts = [literal(v) for v in (basics.name, basics.label, basics.email) if v]
        return NoEscape(r"\noindent\cvmark{H1}\textbf{" + ", ".join(parts) + r"}\par")
"""
BODY = """\
date: 2026-03-05
place: Oslo
subject: Pumps
body: |
  I build pumps.

  Good ones.
"""


def letter(tmp_path: Path, text: str, **asked: Any) -> Result:
    """Build one letter of a project, and return what was built."""
    from PIL import Image

    folder = tmp_path / "data" / "letters"
    folder.mkdir(parents=True)
    for name in ("me.png", "sign.png"):
        Image.new("RGB", (60, 20), "navy").save(tmp_path / name)
    (tmp_path / "data" / "basics.yaml").write_text(
        "name: Grace Example\nlabel: Engineer\nemail: grace@example.org\nimage: me.png\n"
    )
    (tmp_path / "data" / "interests.yaml").write_text("- name: Whist\n")
    (folder / "acme.yaml").write_text(text)
    return cvtex.build(tmp_path, letters=("acme",), **asked)


def test_american_form_signature_and_cv(tmp_path: Path) -> None:
    text = (
        BODY
        + "to: {name: Ms Jones, address: [1 Main Street]}\nsignature: sign.png\nclosing: Bye,\n"
    )
    result = letter(
        tmp_path,
        text,
        overrides=("meta.themes.classic.paper=letter",),
        with_cv=True,
        standard="archive",
    )
    [built] = result.built
    assert [d.message for d in result.diagnostics] == []
    assert built.pdf is not None
    assert (built.pdf.name, built.pages) == ("acme.cv.pdf", 2)
    read = pdftotext(built.pdf, "-raw")
    order = ["grace example", "march 5, 2026", "ms jones", "re: pumps", "good ones.", "bye,"]
    found = re.findall("|".join(order), read.lower())
    assert found == [*order, *["grace example"] * 3]  # the signature, the CV, its foot
    left = {round(x) for word, (x, *_) in boxes(built.pdf) if word in ("Oslo,", "Re:", "Good")}
    assert left == {72}, "all stands an inch from the left"


def test_a_theme_of_ones_own_sets_a_letter_for_nothing(tmp_path: Path) -> None:
    own_theme(tmp_path, PLAIN)
    text = BODY + "to: {organization: ACME}\nsignature: sign.png\n"
    [built] = letter(tmp_path, text, theme="mine", trust=True).built
    assert built.pdf is not None
    assert "Re: Pumps" in pdftotext(built.pdf)
    assert built.pages == 1


def test_an_error_of_tex_is_told_at_the_line_of_the_letter(tmp_path: Path) -> None:
    with pytest.raises(cvtex.CvtexError) as stop:
        letter(tmp_path, BODY + "ps: !tex 'Here \\undefinedmacro is.'\n", trust=True)
    [found] = [d for d in stop.value.diagnostics if "undefinedmacro" in d.message]
    assert found.source is not None
    assert (found.source.file, found.source.line) == ("data/letters/acme.yaml", 8)
