"""`cvtex themes`: every theme with what its options take."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import ROOT, Program

OWN = """\
from dataclasses import dataclass
from typing import Literal
from cvtex import latex

@dataclass(frozen=True, slots=True, kw_only=True)
class Options(latex.Options):
    first_page: Literal["left", "right"] = "left"
    edge: latex.Length | None = None
    lists: tuple[latex.Length, ...] = ()

class Theme(latex.Theme):
    summary = "mine"
    Options = Options
"""


def own(folder: Path, code: str = OWN) -> None:
    (folder / "themes/mine").mkdir(parents=True)
    (folder / "themes/mine/theme.py").write_text(code)


def test_lists_the_shipped_themes_and_ones_own(tmp_path: Path, cvtex: Program) -> None:
    own(tmp_path)
    done = cvtex("themes", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    named = re.findall(r"^(\w+): .", done.out, re.M)
    shipped = {path.parent.name for path in (ROOT / "themes").glob("*/theme.py")}
    assert set(named) == shipped | {"mine"}
    assert done.out.partition("mine: mine\n")[2].splitlines()[:5] == [
        "  paper          a4 | letter  [a4]",
        "  dateSeparator  text  [–]",
        "  firstPage      left | right  [left]",
        "  edge           length",
        "  lists          a list of length",
    ]


def test_a_theme_that_does_not_load_hides_no_other(tmp_path: Path, cvtex: Program) -> None:
    own(tmp_path, "import nothing_of_this_name\n")
    done = cvtex("themes", tmp_path)
    assert done.status == 1
    assert "themes/mine/theme.py:1: error: the theme cannot be loaded" in done.err
    assert "classic: " in done.out
    assert "Traceback" not in done.err
