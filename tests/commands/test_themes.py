"""`cvtex themes`: every theme with what its options take; making, checking and picturing one."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex import cli, source
from cvtex.pipeline import manuscript, preparation
from shared import ROOT, Program, own_theme, words

OWN = """\
'''mine: it is what it is.'''
from dataclasses import dataclass
from typing import Literal
from cvtex import latex

@dataclass(frozen=True, slots=True, kw_only=True)
class Options(latex.Options):
    first_page: Literal["left", "right"] = "left"
    edge: latex.Length | None = None
    columns: int = 2
    lists: tuple[latex.Length, ...] = ()

class Theme(latex.Theme):
    summary = "mine"
    requires = ("nowhere.sty",)
    unfit = {"pdflatex": "its fonts are OpenType", "xelatex": "it is written in Lua"}
    Options = Options
"""
GUIDE = ROOT / "docs/themes.md"
SHIPPED = {path.parent.name for path in (ROOT / "themes").glob("*/theme.py")}


@pytest.fixture
def mine(tmp_path: Path, cvtex: Program, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, and the current folder."""
    assert cvtex("new", tmp_path / "cv").status == 0
    monkeypatch.chdir(tmp_path / "cv")
    return tmp_path / "cv"


@pytest.mark.tex
def test_lists_the_shipped_themes_and_ones_own(
    tmp_path: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    own_theme(tmp_path, OWN)
    assert cli.cvtex.main(["themes", str(tmp_path)], standalone_mode=False) == 0
    told = capsys.readouterr()
    assert told.err == ""
    table, _, hint = told.out.partition("\n\n")
    assert set(re.findall(r"^(\w+)  +\S", table, re.M)) == SHIPPED | {"mine"}
    assert len(table.splitlines()) == len(SHIPPED) + 1
    assert "\nmine      mine (project); lacks nowhere.sty\n" in table + "\n"
    assert hint == "`cvtex themes show academic` shows one whole, with its options\n"


@pytest.mark.tex
def test_shows_what_is_in_the_way_and_what_options_take(
    tmp_path: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    place = own_theme(tmp_path, OWN)
    show = ["themes", "show", "mine", "--project", str(tmp_path)]
    assert cli.cvtex.main(show, standalone_mode=False) == 0
    told = capsys.readouterr().out
    facts = [line for line in told.splitlines() if not re.match(" {10}", line)]
    assert facts[:16] == [
        "mine: mine",
        f"  from {place} (project)",
        "  set by no engine that is here",
        "  with another TeX also by lualatex",
        "  not by wheel: its fonts are OpenType",
        "  not by tectonic: it is written in Lua",
        "  not by pdflatex: its fonts are OpenType",
        "  not by xelatex: it is written in Lua",
        "  lacks nowhere.sty (cvtex toolchain install texlive --theme mine)",
        "    paper          a4 | letter  [a4]",
        "    dates          months | full | numbers | years  [months]",
        "    dateSeparator  text  [–]",
        "    addresses      true | false  [false]",
        "    firstPage      left | right  [left]",
        "    edge           length",
        "    columns        number  [2]",
    ]


COMMON = (
    "paper dates dateSeparator addresses font fontSize margin accent links density spacing photo \
justified hyphenation pageNumbers"
)


def test_what_every_shipped_theme_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """As docs/looks.md has it."""
    cli.cvtex.main(["themes", "--format", "json"], standalone_mode=False)
    told = {theme["name"]: theme for theme in json.loads(capsys.readouterr().out)}
    for name in SHIPPED:
        assert set(COMMON.split()) <= {option["name"] for option in told[name]["options"]}
    readme = (ROOT / "docs/looks.md").read_text("utf-8")
    [said] = re.findall(r"^Every theme takes (.*?); a wrong", readme, re.M | re.S)
    assert set(re.findall(r"`(\w+)`", said)) >= set(COMMON.split())


@pytest.mark.tex
def test_tells_machines_the_same(
    tmp_path: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    own_theme(tmp_path, OWN)
    assert cli.cvtex.main(["themes", "--format", "json", str(tmp_path)], standalone_mode=False) == 0
    told = {theme["name"]: theme for theme in json.loads(capsys.readouterr().out)}
    mine = told["mine"]
    assert (mine["origin"], mine["engines"], mine["here"]) == ("project", ["lualatex"], [])
    assert mine["unfit"]["tectonic"] == "it is written in Lua"
    assert mine["lacking"] == ["nowhere.sty"]
    lists: dict[str, Any] = {
        "name": "lists",
        "takes": "a list of length",
        "default": [],
        "meaning": None,
    }
    assert mine["options"][-1] == lists
    assert told["classic"]["origin"] == "shipped"
    assert Path(told["classic"]["folder"]).samefile(ROOT / "themes/classic")


def test_shows_one_whole(
    tmp_path: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    own_theme(tmp_path, OWN)
    show = ["themes", "show", "mine", "--project", str(tmp_path)]
    assert cli.cvtex.main(show, standalone_mode=False) == 0
    told = capsys.readouterr().out
    assert told.startswith("mine: mine\n")
    paper = "    paper          a4 | letter  [a4]\n                   The size of the page.\n"
    assert f"{paper}    dates " in told
    assert told.endswith("\nmine: it is what it is.\n")
    assert cli.cvtex.main([*show, "--format", "json"], standalone_mode=False) == 0
    assert json.loads(capsys.readouterr().out)["about"] == "mine: it is what it is."
    assert cli.cvtex.main(["themes", "show", "clasic"], standalone_mode=False) == 1
    assert "did you mean classic?" in capsys.readouterr().err


def test_a_theme_that_does_not_load_hides_no_other(
    tmp_path: Path, cvtex: Program, trusting: None
) -> None:
    own_theme(tmp_path / "cv", "import nothing_of_this_name\n")
    for where, seen in (("cv", tmp_path), (tmp_path / "cv", tmp_path), (".", tmp_path / "cv")):
        done = cvtex("themes", where, cwd=seen)
        assert done.status == 1
        at = "" if where == "." else "cv/"
        assert done.err.startswith(f"{at}themes/mine/theme.py:1: error: the theme cannot be loaded")
        assert "\nclassic " in done.out
        assert "Traceback" not in done.err


def test_a_method_that_fails_or_lacks_is_an_error_at_its_line(
    mine: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "from cvtex import latex\nclass Theme(latex.Theme):\n    def basics(self, basics):\n"
    own_theme(mine, code + "        return basics.nothing\n")
    assert cli.cvtex.main(["validate", "--theme", "mine"], standalone_mode=False) == 1
    told = capsys.readouterr().err
    assert "themes/mine/theme.py:4: error: the theme mine cannot set this CV: " in told
    assert "no attribute 'nothing'" in told
    wrong = code + "        return []\n    def fonts(self):\n        return 1 / 0\n"
    (mine / "themes/mine/theme.py").write_text(wrong)
    for verb in (["validate", "--theme", "mine"], ["themes"], ["doctor"]):
        assert cli.cvtex.main(verb, standalone_mode=False) == 1
        told = capsys.readouterr().err
        assert "themes/mine/theme.py:6: error: the theme mine cannot set this CV: Zero" in told
    (mine / "themes/mine/theme.py").write_text(code + "        return []\n")
    assert cli.cvtex.main(["validate", "--theme", "mine"], standalone_mode=False) == 1
    assert "cannot set this CV: it has no method 'line'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("declared", "message", "hint"),
    [
        ("rule = True", "7: error: rule has no type, so it is no option", "`rule: bool = True`"),
        ("w: latex.Length", "7: error: the option w has no default", "or `| None` and None"),
        ("size: float = 1.5", "7: error: the option size is of a type that no ", "bool, int, "),
        ("kinds: list[str] = ()", "7: error: the option kinds is of a type", "a tuple[…, ...]"),
        ("side: Literal['a', 'b'] = 'c'", "7: error: the option side is 'c' by", "one of a, b"),
    ],
)
def test_an_option_that_cannot_be_one(
    declared: str,
    message: str,
    hint: str,
    mine: Path,
    trusting: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = (
        "from dataclasses import dataclass\nfrom typing import Literal\nfrom cvtex import latex\n\n"
    )
    decorator = "@dataclass(frozen=True, slots=True, kw_only=True)\n"
    body = f"class Options(latex.Options):\n    {declared}\n"
    theme = "class Theme(latex.shipped_theme('classic')):\n    Options = Options\n"
    place = own_theme(mine, head + decorator + body + theme)
    assert cli.cvtex.main(["validate", "--theme", "mine"], standalone_mode=False) == 1
    told = capsys.readouterr().err
    assert f"themes/mine/theme.py:{message}" in told
    assert hint in told.partition("hint: ")[2]
    (place / "theme.py").write_text(f"{head}\n{body.replace(declared, 'x: bool = True')}{theme}")
    assert cli.cvtex.main(["validate", "--theme", "mine"], standalone_mode=False) == 1
    told = capsys.readouterr().err
    assert "themes/mine/theme.py:7: error: Options is no dataclass, so x is no option" in told


def test_options_of_a_theme_that_there_is_not(mine: Path, cvtex: Program) -> None:
    meta = mine / "data/meta.yaml"
    meta.write_text(meta.read_text() + "themes:\n  clasic: {margin: 20mm}\n  linear: {}\n")
    done = cvtex("validate", cwd=mine)
    assert done.status == 0
    line = len(meta.read_text().splitlines()) - 1
    assert done.err.startswith(f"data/meta.yaml:{line}:11: warning: there is no theme 'clasic'\n")
    assert "hint: did you mean classic?\n" in done.err
    twice = cvtex("build", "--no-pdf", "--theme", "classic", "--theme", "linear", cwd=mine)
    assert twice.err.count("there is no theme 'clasic'") == 1


def test_a_verb_that_there_is_not(mine: Path, cvtex: Program) -> None:
    done = cvtex("themes", "chek", "mine", cwd=mine)
    assert (done.status, done.out) == (2, "")
    said = "'chek' is neither a path nor one of list, show, new, check, preview"
    assert said in " ".join(done.err.split())


# --- engines that cannot -----------------------------------------------------------------

UNFIT = """\
from cvtex import latex
class Theme(latex.shipped_theme("classic")):
    unfit = {"pdflatex": "its fonts are OpenType", "tectonic": "it asks for a font by name"}
"""


@pytest.mark.tex
def test_what_cannot_set_a_theme_is_said_with_the_reason(
    mine: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    own_theme(mine, UNFIT)

    def run(*words: str) -> tuple[int, str, str]:
        status = cli.cvtex.main([*words], standalone_mode=False)
        return (status, *capsys.readouterr())

    said = "error: the theme mine cannot be set by pdflatex (its fonts are OpenType)"
    hint = "hint: it is set by xelatex, lualatex"
    for more in ([], ["--no-pdf"]):
        build = ("build", "--theme", "mine", "--engine", "pdflatex", *more)
        status, out, err = run(*build)
        assert (status, out, err.splitlines()) == (1, "", [said, f"  {hint}"])
    status, _, err = run("themes", "check", "mine", "--engine", "pdflatex")
    assert (status, said in err) == (1, True)
    status, out, _ = run("doctor")
    [line] = [line for line in out.splitlines() if line.startswith("  mine ")]
    why = "not by pdflatex: its fonts are OpenType; not by tectonic: it asks for a font by name"
    assert line.endswith(why)
    assert "built by xelatex, lualatex;" in line
    [told] = [t for t in json.loads(run("doctor", "--format", "json")[1])["themes"]
              if t["name"] == "mine"]  # fmt: skip
    assert told["unfit"] == {
        "wheel": "its fonts are OpenType",
        "pdflatex": "its fonts are OpenType",
        "tectonic": "it asks for a font by name",
    }
    assert "\n  not by pdflatex: its fonts are OpenType\n" in run("themes", "show", "mine")[1]
    status, out, _ = run("build", "--theme", "mine", "--no-pdf")
    assert (status, out) == (0, "build/mine/cv.tex\n")
    assert "fontspec" in (mine / "build/mine/cv.tex").read_text()


def test_where_only_unfit_engines_are_here(mine: Path, trusting: None) -> None:
    own_theme(mine, UNFIT)
    project = source.find(mine, public=True)
    written = manuscript.of(project, source.read(project))
    assert written

    def refusal(available: dict[str, str]) -> str:
        prepared, [problem] = preparation.prepare(written, "mine", available=available)
        assert prepared is None
        return problem.message

    by_tectonic = {"xelatex": "tectonic"}
    reason = "tectonic (it asks for a font by name)"
    assert refusal(by_tectonic) == f"the theme mine cannot be set by {reason}"
    both = refusal({"pdflatex": "latexmk", **by_tectonic})
    assert both == f"the theme mine cannot be set by pdflatex (its fonts are OpenType); {reason}"
    here = {"pdflatex": "latexmk", "xelatex": "latexmk"}
    prepared, _ = preparation.prepare(written, "mine", available=here)
    assert prepared and prepared.engine == "xelatex"


def test_an_engine_that_there_is_not(mine: Path, trusting: None, cvtex: Program) -> None:
    own_theme(mine, UNFIT.replace('"pdflatex"', '"pdftex"'))
    done = cvtex("themes", "show", "mine", cwd=mine)
    assert done.status == 1
    assert "themes/mine/theme.py: error: unfit names 'pdftex', which is no engine" in done.err


# --- all of them ---------------------------------------------------------------------------


LACKING = """\
from pylatex import Package
from cvtex import latex
class Theme(latex.shipped_theme('classic')):
    requires = ('nowhere.sty',)
    def preamble(self):
        return [*super().preamble(), Package('nowhere')]
"""


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", pytest.param("tectonic", marks=pytest.mark.rare)])
def test_all_leaves_out_what_tex_lacks(
    engine: str,
    mine: Path,
    trusting: None,
    cvtex: Program,
    engine_options: Callable[[str], list[str]],
) -> None:
    """TeX Live is asked before; of Tectonic nobody knows before it has tried."""
    place = own_theme(mine, LACKING)
    command = ("build", "--theme", "all", *engine_options(engine))
    done = cvtex(*command, cwd=mine)
    assert done.status == 0, done.err
    assert set(done.out.split()) == {f"build/{name}.pdf" for name in SHIPPED}
    assert "warning: mine is left out: TeX has no nowhere.sty\n" in done.err
    brings = {"pdflatex": "install --theme mine`\n", "tectonic": "bundle`\n"}[engine]
    assert re.search(rf"^  hint: .*`cvtex toolchain {brings}", done.err, re.M), done.err
    # It is tried again, though nothing of the project has changed.
    (place / "nowhere.sty").write_text("")
    assert "build/mine.pdf" in cvtex(*command, cwd=mine).out


@pytest.mark.tex
def test_one_that_is_named_is_not_left_out(mine: Path, trusting: None, cvtex: Program) -> None:
    own_theme(mine, LACKING)
    done = cvtex("build", "--theme", "mine", "--theme", "classic", cwd=mine)
    assert done.status == 1
    assert "error: LaTeX does not find the file nowhere.sty" in done.err


# --- new ------------------------------------------------------------------------------


@pytest.mark.parametrize("base", [None, *sorted(SHIPPED)])
def test_new_writes_a_theme_that_sets_the_cv(
    base: str | None, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    based = ["--based-on", base] if base else []
    assert cli.cvtex.main(["themes", "new", "my-own", *based], standalone_mode=False) == 0
    told = capsys.readouterr()
    assert told.out == "themes/my-own\n"
    assert told.err == "now: cvtex build --theme my-own\n"
    code = (mine / "themes/my-own/theme.py").read_text()
    assert '"""my-own: ' in code
    if base:
        copied = {path.name for path in (ROOT / "themes" / base).iterdir() if path.is_file()}
        assert {path.name for path in (mine / "themes/my-own").iterdir()} == copied
        assert f"meta.themes.{base}" not in code
    else:
        assert "starter" not in code
        assert "cvtex.records" not in code  # which is no part of what a theme may rely on
        assert 40 <= len(code.splitlines()) <= 50
    build = ["build", "--no-pdf", "--theme", "my-own"]
    assert cli.cvtex.main(build, standalone_mode=False) == 0
    assert capsys.readouterr().out == "build/my-own/cv.tex\n"
    files = [*(mine / "themes/my-own").glob("*.sty")]
    styles = {path.stem for path in files}
    written = (mine / "build/my-own/cv.tex").read_text()
    loaded = "".join(path.read_text() for path in files)  # by one of them
    written += loaded.replace("RequirePackage", "usepackage")
    named = re.findall(r"\\usepackage(?:\[.*?\])?\{(.*?)\}", written)
    assert styles <= {name for several in named for name in several.split(",")}


@pytest.mark.parametrize(
    ("name", "status", "message"),
    [
        ("there", 1, "themes/there: error: it is there already"),
        ("classic", 1, "themes/classic: error: cvtex ships a theme classic"),
        ("../up", 2, "a theme's name is of letters a-z, digits and single hyphens"),
        ("A", 2, "a theme's name is of letters"),
        ("", 2, "a theme's name is of letters"),
    ],
)
def test_new_overwrites_nothing(
    name: str, status: int, message: str, mine: Path, cvtex: Program
) -> None:
    (mine / "themes/there").mkdir(parents=True)
    done = cvtex("themes", "new", name, cwd=mine)
    assert (done.status, done.out) == (status, "")
    assert message in done.err
    assert [path.name for path in mine.rglob("themes/*")] == ["there"]
    assert not list((mine / "themes/there").iterdir())


def test_new_is_not_based_on_what_nobody_trusts(mine: Path, cvtex: Program) -> None:
    own_theme(mine, OWN)
    done = cvtex("themes", "new", "yours", "--based-on", "mine", cwd=mine)
    assert (done.status, "there is no theme 'mine'" in done.err) == (1, True)


# --- check ----------------------------------------------------------------------------


@pytest.mark.tex
def test_check_passes_what_new_writes(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.cvtex.main(["themes", "new", "mine"], standalone_mode=False) == 0
    capsys.readouterr()
    check = ["themes", "check", "mine", "--quick"]
    status = cli.cvtex.main(check, standalone_mode=False)
    told = capsys.readouterr().out
    *untried, last = told.splitlines()
    assert last == "mine: 3 samples in pdflatex, xelatex, lualatex: no problems"
    assert all(line == "not tried: tectonic (say --engine tectonic)" for line in untried)
    assert status == 0


FAULTY = """\
from pylatex import Command, NoEscape, Package
from cvtex import latex

class Theme(latex.ArticleTheme):
    style = "cvbase"
    def basics(self, basics):
        return NoEscape("Said by the theme\\\\par " + latex.literal(basics.name) + "\\\\par")
    def heading(self, section):
        return Command("section*", latex.literal(section.title))
    def entry(self, entry):
        rows = (entry.title, entry.subtitle, entry.place, *entry.body)
        parts = str(entry.dates).replace("mbox", "parbox{1sp}") if entry.dates else ""
        return NoEscape(" ".join([*map(str, filter(None, rows)), parts, "\\\\par"]))
"""


@pytest.mark.tex
def test_check_says_what_is_missing(
    mine: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    own_theme(mine, FAULTY)
    check = ["themes", "check", "mine", "--engine", "pdflatex", "--quick"]
    status = cli.cvtex.main(check, standalone_mode=False)
    told = capsys.readouterr().out
    assert status == 1, told
    for said in (
        "not in the text: Research Engineer & C++ Developer; zoe_angstroem@example.org; ",
        "neither in the data nor in furniture(): Said; by; theme",
        "the name is not what is read first",
        "not linked: https://github.com/zoe-aa; ",
        "boxes that are too full, by points: ",
        "broken over lines: ",
        "mine: 1 sample in pdflatex: ",
    ):
        assert re.search(f"^{re.escape(said)}", told, re.M), told


OPENING = """\
from pathlib import Path
from cvtex import latex
COLOUR = Path(__file__).with_name("colour.txt").read_text()
class Theme(latex.shipped_theme("classic")):
    def heading(self, section):
        open(__file__).close()
        return super().heading(section)
"""


@pytest.mark.tex
def test_check_says_what_a_theme_opens(
    mine: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    place = own_theme(mine, OPENING)
    (place / "colour.txt").write_text("blue")
    check = ["themes", "check", "mine", "--engine", "pdflatex", "--quick"]
    assert cli.cvtex.main(check, standalone_mode=False) == 1
    told = capsys.readouterr().out
    for name, line in (("colour.txt", 3), ("theme.py", 6)):
        assert f"/{name}, where a theme writes LaTeX and no more  (theme.py:{line})\n" in told
    assert "mine: 1 sample in pdflatex: 2 problems\n" in told


LIAR = """\
from cvtex import latex
class Theme(latex.shipped_theme("academic")):
    def reads_by_line(self):
        return True
"""


@pytest.mark.tex
def test_check_proves_that_a_theme_reads_by_the_line(
    mine: Path, trusting: None, capsys: pytest.CaptureFixture[str]
) -> None:
    own_theme(mine, LIAR)
    check = ["themes", "check", "mine", "--engine", "pdflatex", "--quick"]
    assert cli.cvtex.main(check, standalone_mode=False) == 1
    told = capsys.readouterr().out
    said = r'^not read by the line \(pdfminer\): ".+" where the file has ".+"  \(pdflatex, full\)$'
    assert re.search(said, told, re.M), told
    assert re.search(r"^mine: 1 sample in pdflatex: \d problems?$", told, re.M), told


def test_check_without_poppler_says_what_brings_it(
    mine: Path, cvtex: Program, tmp_path: Path
) -> None:
    done = cvtex("themes", "check", "classic", cwd=mine, PATH=str(tmp_path))
    assert done.status == 1
    assert "error: pdftotext, pdffonts, pdfinfo cannot be found" in done.err
    assert "hint: install poppler-utils" in done.err


# --- preview --------------------------------------------------------------------------


def test_the_gallery_has_every_theme_and_is_small() -> None:
    pictures = {path.stem: path.stat().st_size for path in (ROOT / "docs/gallery").glob("*.png")}
    listed = yaml.safe_load((ROOT / "docs/gallery/variations.yaml").read_text("utf-8"))
    variations = [Path(one["picture"]).stem for one in listed]
    assert sorted(variations) == [f"{name}-{n}" for name in sorted(SHIPPED) for n in (1, 2, 3)]
    assert set(pictures) == {*SHIPPED, *variations, "publications"}
    assert max(pictures.values()) < 100_000
    shown = (ROOT / "README.md").read_text("utf-8")
    assert all(f"docs/gallery/{name}.png" in shown for name in SHIPPED)


def size(picture: Path) -> tuple[int, int]:
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@pytest.mark.tex
def test_preview_of_one_and_of_several(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = ["themes", "preview", "classic", "-o", "one.png", "--width", "210"]
    assert cli.cvtex.main(one, standalone_mode=False) == 0
    assert capsys.readouterr().out == "one.png\n"
    assert size(mine / "one.png") == (210, 297)
    two = ["themes", "preview", "classic", "linear", "-o", "out/two.png", "--width", "210"]
    assert cli.cvtex.main(two, standalone_mode=False) == 0
    width, height = size(mine / "out/two.png")
    assert width == 2 * 210 + 3 * (210 // 18)
    assert 297 < height < 350
    assert not (mine / "build").exists()


# --- themes of installed packages -------------------------------------------------------


@pytest.mark.tex
def test_a_theme_of_an_installed_package(mine: Path, cvtex: Program, tmp_path: Path) -> None:
    """A package with an entry point is found, needs no trust, and builds a CV."""
    source = tmp_path / "package"
    (source / "cvtex_theme_ash").mkdir(parents=True)
    [pyproject] = re.findall(r"^```toml\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)
    (source / "pyproject.toml").write_text(pyproject)
    (source / "cvtex_theme_ash/__init__.py").touch()
    for file in ("theme.py", "cvlinear.sty"):
        shutil.copy(ROOT / "themes/linear" / file, source / "cvtex_theme_ash")
    site = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--target", str(site), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    done = cvtex("build", "--theme", "ash", cwd=mine, PYTHONPATH=str(site))
    assert (done.status, done.out) == (0, "build/ash.pdf\n"), done.err
    assert "Lindqvist" in words(mine / "build/ash.pdf")
    listed = json.loads(cvtex("themes", "--format", "json", PYTHONPATH=str(site)).out)
    [ash] = [theme for theme in listed if theme["name"] == "ash"]
    assert (ash["origin"], ash["folder"]) == ("installed", str(site / "cvtex_theme_ash"))
