"""Case 08: what comes with a project is read by no engine, whatever its name and place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from safety.places import Place
from shared import Program, words

# Names that engines, formats, drivers, packages, fonts and latexmk ask for by themselves.
TEX = (
    *("geometry.cfg", "hyperref.cfg", "color.cfg", "graphics.cfg", "fontenc.cfg", "inputenc.cfg"),
    *("microtype.cfg", "babel.cfg", "bblopts.cfg", "language.dat", "language.def", "hyphen.cfg"),
    *("fonttext.cfg", "fontmath.cfg", "preload.cfg", "texsys.cfg", "size10.clo", "size11.clo"),
    *("article.cls", "geometry.sty", "hyperref.sty", "xcolor.sty", "graphicx.sty", "expl3.sty"),
    *("expl3-code.tex", "l3backend-pdftex.def", "pdftex.def", "xetex.def", "luatex.def"),
    *("t1lmr.fd", "t1enc.def", "utf8.def", "ts1enc.def", "hpdftex.def", "puenc.def", "pd1enc.def"),
    *("latex.ltx", "pdflatex.ini", "pdftexconfig.tex", "lualatex.ini", "xelatex.ini"),
    *("cvbase.sty", "cvpages.sty", "cvclassic.sty", "cvtex-before.tex", "cv.cfg"),
    *("cv.aux", "cv.out", "cv.toc", "cv.bbl", "cv.lof", "cv.nav", "cv.brf", "cv.xdy"),
)
LUA = (
    *("lualibs.lua", "luaotfload-main.lua", "luaotfload.lua", "luaotfload.conf", "texmflua.lua"),
    *("ltluatex.lua", "expl3.lua", "luatexbase.lua", "cv.lua", "lualatex.lua", "texlua.lua"),
    *("luaotfload-init.lua", "fontloader.lua", "luaotfloadrc.lua", "luaharfbuzz.lua"),
)
OTHER = {
    ".latexmkrc": "system('touch {home}/ran');",
    "latexmkrc": "system('touch {home}/ran');",
    "LatexMk": "system('touch {home}/ran');",
    ".luaotfloadrc": "[misc]\nlog-level = 9\n",
    "texmf.cnf": "shell_escape = t\nopenout_any = a\nopenin_any = a\n",
    "dvipdfmx.cfg": 'D  "touch {home}/ran"\n',
    "pdftex.cfg": "output_format 1\n",
    "pdftex.map": "lmr10 LMRoman10-Regular <nothing.pfb\n",
    "psfonts.map": "lmr10 LMRoman10-Regular <nothing.pfb\n",
    "cv.fmt": "no format",
    "pdflatex.fmt": "no format",
    "lualatex.fmt": "no format",
    "fonts.conf": "<?xml version='1.0'?><fontconfig><dir>{home}</dir></fontconfig>",
    "cv.synctex.gz": "x",
    "Tectonic.toml": "[doc]\nname='x'\n",
    "ls-R": "% ls-R -- maintained by MakeTeXls-R; do not change it.\n./:\ngeometry.cfg\n",
    "sitecustomize.py": "open('{home}/ran', 'w')",
    "usercustomize.py": "open('{home}/ran', 'w')",
    "click.py": "open('{home}/ran', 'w')",
    "yaml.py": "open('{home}/ran', 'w')",
    "pylatex.py": "open('{home}/ran', 'w')",
    "pdflatex": "#!/bin/sh\ntouch {home}/ran\n",
    "xelatex": "#!/bin/sh\ntouch {home}/ran\n",
    "lualatex": "#!/bin/sh\ntouch {home}/ran\n",
    "latexmk": "#!/bin/sh\ntouch {home}/ran\n",
    "kpsewhich": "#!/bin/sh\ntouch {home}/ran\n",
    "git": "#!/bin/sh\ntouch {home}/ran\n",
    "python3": "#!/bin/sh\ntouch {home}/ran\n",
    "setpriv": "#!/bin/sh\ntouch {home}/ran\n",
}
NOTES = (".fast", ".direct", ".guess", ".lua/luaotfload-names.lua", ".ahead-1-aa/cv.tex", ".lock")
READ = "PLANTED"


def plants(home: Path) -> dict[str, str]:
    """Return each planted file's text: raw TeX or Lua that shows, or a program that runs."""
    shows = (
        r"\typeout{PLANTED}\AtBeginDocument{PLANTED}"
        rf"\immediate\openout9={home}/ran \immediate\write9{{x}}\immediate\closeout9"
    )
    lua = f"texio.write_nl('PLANTED') io.open('{home}/ran', 'w'):write('x')"
    found = dict.fromkeys(TEX, shows) | dict.fromkeys(LUA, lua)
    found |= {name: text.replace("{home}", str(home)) for name, text in OTHER.items()}
    return found | dict.fromkeys(NOTES, '{"engine": "/tmp/planted", "epoch": 1}')


def plant(folder: Path, home: Path) -> int:
    count = 0
    for name, text in plants(home).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)
        count += 1
    return count


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex", "latexmk"])
def test_08_nothing_that_is_planted_is_read(place: Place, cvtex: Program, engine: str) -> None:
    options = ["--no-cache"] if engine == "latexmk" else ["--engine", engine]
    clean = place.project.parent / "clean"
    (clean / "data").mkdir(parents=True)
    (clean / "data/basics.yaml").write_text("name: Ada Example\n")
    assert cvtex("build", *options, cwd=clean).status == 0
    folders = ("build/classic", "build", ".", "data", "bib", "build/.state", "themes")
    planted = sum(plant(place.project / folder, place.home) for folder in folders)
    assert planted > 7 * 100
    by = "lualatex latexmk" if engine == "lualatex" else f"{engine} latexmk"
    (place.project / "build/classic/.made-by").write_text(f"{by}\n")
    path = f".:build:{os.environ['PATH']}"
    run = cvtex("build", *options, cwd=place.project, PATH=path)
    assert place.harm() == []
    assert run.status == 0, run.err
    assert READ not in run.err
    pdf = place.project / "build/classic.pdf"
    assert READ not in words(pdf)
    assert READ not in (place.project / "build/classic/cv.log").read_text(errors="replace")
    assert pdf.read_bytes() == (clean / "build/classic.pdf").read_bytes()


@pytest.mark.tex
def test_08_the_second_build_reads_no_plant_either(place: Place, cvtex: Program) -> None:
    assert cvtex("build", cwd=place.project).status == 0
    good = (place.project / "build/classic.pdf").read_bytes()
    assert cvtex("build", "--set", "basics.label=x", cwd=place.project).status == 0
    plant(place.project / "build/classic", place.home)
    assert cvtex("build", cwd=place.project).status == 0
    (place.project / "data/basics.yaml").write_text("name: Ada Example\n\n")
    assert cvtex("build", cwd=place.project).status == 0
    assert (place.project / "build/classic.pdf").read_bytes() == good
    assert place.harm() == []
