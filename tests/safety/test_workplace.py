"""TeX works in a folder of cvtex's own: what is planted is not read, and nothing crosses from
one project to another. Cases 04, 08, 22 and 28."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cvtex import toolchain, workplace
from cvtex.toolchain.texlive import passes
from shared import Program, words

TEX = r"\AtBeginDocument{PLANTED}"
PLANTS = {
    **dict.fromkeys(
        (
            *("geometry.cfg", "hyperref.cfg", "size10.clo", "size11.clo", "article.cls", "cv.aux"),
            *("cv.out", "cv.toc", "color.cfg", "graphics.cfg", "fontenc.cfg", "texsys.cfg"),
            *("t1enc.def", "ts1enc.def", "ot1lmr.fd", "cv.cfg", "cv.ini", "hyphen.cfg"),
            *("url.cfg", "xkeyval.tex", "fontspec.cfg", "latex.ltx", "cvextra.sty", "ltnews.cfg"),
        ),
        TEX,
    ),
    **dict.fromkeys(
        ("lualibs.lua", "luaotfload-main.lua", "luaotfload.conf", ".texlua", "luatexbase.lua"),
        'tex.print("PLANTED")',
    ),
    "latexmkrc": "system('touch ran');",
    ".latexmkrc": "system('touch ran');",
    "texmf.cnf": "shell_escape = t\nopenout_any = a\n",
    "dvipdfmx.cfg": 'D "touch ran"\n',
    "cv.fmt": "no format",
    "cv.fdb_latexmk": "# no rules\n",
    "pdftex.map": "none none <none\n",
    "cv.synctex.gz": "none",
    ".fast": '{"fmt": "/bin/sh", "epoch": 0}',
    ".direct": '{"engine": "/bin/sh", "epoch": 0}',
    ".made-by": "pdflatex latexmk\n",
}


def project(folder: Path, text: str = "name: Good\n") -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data/basics.yaml").write_text(text)
    return folder


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_08_what_is_planted_is_not_read(engine: str, tmp_path: Path, cvtex: Program) -> None:
    if engine not in toolchain.find("latexmk")[0].engines:
        pytest.skip(f"there is no {engine}")
    here = project(tmp_path / "p")
    for place in (here, here / "data", here / "build", here / "build/classic"):
        place.mkdir(exist_ok=True)
        for name, content in PLANTS.items():
            if not (place.name == "data" and name.endswith((".cfg", ".cnf"))):
                (place / name).write_text(content)
    run = cvtex("build", "--engine", engine, cwd=here, TEXINPUTS=f"{here}:", TEXMFCNF=str(here))
    assert run.status == 0, run.err
    assert "PLANTED" not in words(here / "build/classic.pdf")
    assert "Good" in words(here / "build/classic.pdf")
    assert not list(tmp_path.rglob("ran"))


@pytest.mark.tex
def test_04_one_cv_changes_no_other(tmp_path: Path, cvtex: Program) -> None:
    evil = (
        r"x\immediate\openout15=cv.aux \immediate\write15{\unexpanded{\AtBeginDocument{PRISON}"
        r"\gdef \@abspage@last{1}}}\immediate\closeout15 "
    )
    here = project(tmp_path / "evil", f"name: Mallory\nsummary: !tex '{evil}'\n")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    cvtex("build", cwd=here, **cache)
    for number in range(2):
        other = project(tmp_path / f"other{number}")
        assert cvtex("build", cwd=other, **cache).status == 0
        assert "PRISON" not in words(other / "build/classic.pdf")
    # nor a project of the same place that has come in its stead
    (here / "build").rename(tmp_path / "old")
    again = project(here)
    assert cvtex("build", cwd=again, **cache).status == 0
    assert "PRISON" not in words(again / "build/classic.pdf")


def test_04_a_guess_is_numbers() -> None:
    good = b"\\relax \n\\gdef \\@abspage@last{3}\n"
    assert passes.written(passes.understood(good) or []) == good
    for bad in (
        good + b"\\AtBeginDocument{x}\n",
        b"\\relax \\evil\n",
        b"\\gdef \\@abspage@last{3}\\evil\n",
        b"\\gdef \\@abspage@last{\\evil}\n",
        b"\\gdef \\@abspage@last{3}",
        b"",
    ):
        assert not passes.understood(bad)
    for damaged in ([[99, 0]], [["x", 1]], [[1]], "no list", [[1, "\\evil"]]):
        assert passes.written(damaged) == b""  # type: ignore[arg-type]


@pytest.mark.tex
def test_28_lua_leaves_nothing_for_others(tmp_path: Path, cvtex: Program) -> None:
    if "lualatex" not in toolchain.find("latexmk")[0].engines:
        pytest.skip("there is no lualatex")
    lua = r"""\directlua{
  for _,v in ipairs{os.getenv("TEXMFVAR"),os.getenv("TEXMFCACHE")} do
  for p in string.gmatch(v,"[^:]+") do pcall(function()
  lfs.mkdir(p.."/tex") lfs.mkdir(p.."/tex/latex")
  local f=io.open(p.."/tex/latex/geometry.cfg","w")
  f:write(string.char(92).."AtBeginDocument"..string.char(123).."HIJACKED"..string.char(125))
  f:close() end) end end}""".replace("\n", " ")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    here = project(tmp_path / "evil", f"name: Mallory\nsummary: !tex '{lua}'\n")
    assert cvtex("build", "--engine", "lualatex", cwd=here, **cache).status == 0
    shared = tmp_path / "cache/cvtex/lua-fonts"
    assert not list(shared.rglob("geometry.cfg"))
    other = project(tmp_path / "other")
    assert cvtex("build", "--engine", "lualatex", cwd=other, **cache).status == 0
    assert "HIJACKED" not in words(other / "build/classic.pdf")
    (other / "data/basics.yaml").write_text("name: Good\nlabel: changed\n")
    assert cvtex("build", "--engine", "lualatex", cwd=other, **cache).status == 0
    assert "HIJACKED" not in words(other / "build/classic.pdf")


@pytest.mark.tex
def test_22_one_lualatex_stops_no_other(tmp_path: Path, cvtex: Program) -> None:
    if "lualatex" not in toolchain.find("latexmk")[0].engines:
        pytest.skip("there is no lualatex")
    endless = project(tmp_path / "endless", "name: A\nsummary: !tex '\\def\\x{\\x}\\x'\n")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "cvtex", "build", "--engine", "lualatex"]
    looping = subprocess.Popen(
        command,
        cwd=endless,
        env=os.environ | cache,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not list((tmp_path / "cache/cvtex/runs").glob("*/cv.log")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert (
            cvtex("build", "--engine", "lualatex", cwd=project(tmp_path / "good"), **cache).status
            == 0
        )
    finally:
        looping.terminate()
        looping.wait()


def test_only_what_was_given_is_there(tmp_path: Path) -> None:
    place = tmp_path / "run"
    place.mkdir()
    for name in ("cv.aux", "evil.cfg", "geometry.cfg", "cv.pdf", "cv.evil", ".fast"):
        (place / name).write_text("old")
    (place / "folder").mkdir()
    (place / "cv.out").symlink_to("/etc/passwd")
    workplace.fill(place, {"cv.tex": b"new"}, "pdflatex latexmk")
    assert sorted(p.name for p in place.iterdir()) == [".made-by", "cv.tex"]
    for name in ("cv.aux", "evil.cfg"):
        (place / name).write_text("old")
    (place / "cv.toc").symlink_to("/etc/passwd")
    workplace.fill(place, {"cv.tex": b"new"}, "pdflatex latexmk")
    assert sorted(p.name for p in place.iterdir()) == [".made-by", "cv.aux", "cv.tex"]
    workplace.fill(place, {"cv.tex": b"new"}, "xelatex latexmk")
    assert sorted(p.name for p in place.iterdir()) == [".made-by", "cv.tex"]


def test_a_copied_build_folder_is_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    build = tmp_path / "p/build"
    with workplace.entered(build, "classic") as place:
        assert place.stat().st_mode & 0o777 == 0o700
    assert workplace.find(build, "classic") == place
    with workplace.entered(build, "classic") as again:
        assert again == place
    copy = tmp_path / "q/build"
    (copy / "classic").mkdir(parents=True)
    (copy / "classic/.run").write_bytes((build / "classic/.run").read_bytes())
    assert workplace.find(copy, "classic") is None
    (build / "classic/.run").unlink()
    assert workplace.find(build, "classic") is None
    (build / "classic/.run").symlink_to(copy / "classic/.run")
    assert workplace.find(build, "classic") is None
