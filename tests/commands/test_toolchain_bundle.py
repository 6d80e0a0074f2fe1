"""`cvtex toolchain bundle`: what goes into it, and what is said to be left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cvtex import cli
from cvtex.toolchain.setup import bundle
from cvtex.toolchain.setup.bundle import BundleReport
from shared import Program

OWN = """\
from cvtex import latex
class Theme(latex.shipped_theme("classic")):
    Options = latex.Options
    def class_options(self): return ("a4paper",)
    def preamble(self): return []
    def basics(self, basics): return []
    def entry(self, entry): return latex.literal("an entry")
    def heading(self, section): return []
    def line(self, label, body): return latex.literal("a line")
    def items(self, bodies): return list(bodies)
    def fonts(self): return ()
    def furniture(self): return ()
"""
UNFIT = OWN + '    unfit = {"tectonic": "it asks for a font by name"}\n'


@pytest.fixture
def bundled(
    tmp_path: Path, cvtex: Program, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Sequence[Path]]:
    """A project with two themes, of which Tectonic cannot set one; and what was bundled."""
    assert cvtex("new", tmp_path / "cv").status == 0
    for name, code in (("mine", UNFIT), ("yours", OWN)):
        folder = tmp_path / "cv/themes" / name
        folder.mkdir(parents=True)
        (folder / "theme.py").write_text(code)
    monkeypatch.chdir(tmp_path / "cv")
    monkeypatch.setenv("CVTEX_TRUST", "1")
    seen: dict[str, Sequence[Path]] = {}

    def make(samples: Sequence[Path], output: Path, step: object) -> BundleReport:
        seen["samples"] = [folder for folder in samples if (folder / "cv.tex").is_file()]
        return BundleReport(output=output, files=1, size=1, digest="")

    monkeypatch.setattr(bundle, "make", make)
    return seen


def test_a_theme_that_is_left_out_is_named(
    bundled: dict[str, Sequence[Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["toolchain", "bundle", "-o", "x", "--theme", "mine", "--theme", "yours"]
    assert cli.cvtex.main(command, standalone_mode=False) == 0
    told = capsys.readouterr()
    why = "the theme mine cannot be set by tectonic (it asks for a font by name)"
    assert told.err.count(f"warning: not in the bundle: mine: {why}\n") == 1
    assert "  hint: it is set by pdflatex, xelatex, lualatex\n" in told.err
    assert "yours" not in told.err
    names = {folder.name for folder in bundled["samples"]}
    assert {"yours", "yours dates=years"} <= names, names
    assert any("paper=letter" in name for name in names), names
    assert any(name.startswith("yours language=de") for name in names), names
    assert not any(name.startswith("mine") for name in names)


def test_nothing_left_to_bundle_is_an_error(
    bundled: dict[str, Sequence[Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["toolchain", "bundle", "-o", "x", "--theme", "mine"]
    assert cli.cvtex.main(command, standalone_mode=False) == 1
    assert "error: not in the bundle: mine: the theme mine cannot" in capsys.readouterr().err
    assert not bundled
