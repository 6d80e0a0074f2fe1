"""TeX Live's engines, run as often as needed by latexmk."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from cvtex.toolchain import outcome, sandbox
from cvtex.toolchain.engine import run
from cvtex.toolchain.environment import environment
from cvtex.toolchain.landlock import Access
from cvtex.toolchain.model import JOB, Job, Outcome, Toolchain
from cvtex.toolchain.texlive import luafonts

# latexmk's switch for each engine (latexmk manual, "Using latexmk").
SWITCHES = {"pdflatex": "-pdf", "xelatex": "-xelatex", "lualatex": "-lualatex"}

# -norc: no user's or folder's latexmkrc changes the output. -g: run although latexmk believes
# that nothing changed; it does not see SOURCE_DATE_EPOCH. No -halt-on-error: all errors in one
# pass. -bibtex-: cvtex writes the references itself.
OPTIONS = ("-norc", "-g", "-bibtex-", "-recorder", "-interaction=nonstopmode", "-file-line-error")
LATEX_OPTIONS = ("-latexoption=-no-shell-escape",)


# Where Debian keeps TeX Live's files, and its programs.
DEBIAN_TREE = Path("/usr/share/texlive/texmf-dist")
DEBIAN_PROGRAMS = (Path("/usr/bin"), Path("/bin"))


def find() -> list[Toolchain]:
    """Return latexmk with the engines of the PATH, if it and at least one is there."""
    program = shutil.which("latexmk")
    engines = {
        name: Path(found)
        for name in SWITCHES
        if (found := shutil.which(name)) and _is_whole(name, Path(found))
    }
    return [Toolchain("latexmk", Path(program), engines)] if program and engines else []


def _is_whole(name: str, program: Path) -> bool:
    """Tell whether an engine has what it needs to set a font.

    Debian's texlive-latex-base holds LuaLaTeX without its font loader, which
    texlive-luatex brings.
    """
    if name != "lualatex" or program.parent not in DEBIAN_PROGRAMS or not DEBIAN_TREE.is_dir():
        return True
    return (DEBIAN_TREE / "tex" / "luatex" / "luaotfload").is_dir()


def compile(toolchain: Toolchain, job: Job) -> Outcome:
    """Compile `folder/cv.tex` with one engine; see `cvtex.toolchain.compile`."""
    engine, folder = job.engine, job.folder
    if engine not in toolchain.engines:
        return Outcome(False, reason=f"{engine} is not installed")

    def on_line(line: str) -> None:
        if "Font names database not found" in line:
            job.progress(f"{engine} lists the fonts, once")
        # "Run number 2 of rule 'pdflatex'"
        if found := re.match(r"Run number (\d+) of rule '(\w+)'", line):
            job.progress(f"{found[2]}, pass {found[1]}")

    def attempt() -> Outcome:
        ended = run(command, folder, environ, job.limits, on_line, more=more)
        return outcome.judge(ended, folder, reads(folder), folded=False)

    command = [
        str(toolchain.program),
        *OPTIONS,
        SWITCHES[engine],
        *LATEX_OPTIONS,
        f"{JOB}.tex",
    ]
    environ = environment(folder, job.epoch)
    program = toolchain.engines[engine]
    helpers = sandbox.located(program, ("env", "perl", "sh", engine, *sandbox.HELPERS["xelatex"]))
    more = Access(read=(str(luafonts.root()),), programs=tuple(helpers))
    if engine == "lualatex":
        luafonts.prepare(folder, program)
        environ["TEXMFCACHE"] = luafonts.paths(folder, program)
    result = outcome.settle(folder, attempt)
    if engine == "lualatex" and result.ok:
        luafonts.keep(folder, program)
    return result


def reads(folder: Path) -> tuple[str, ...]:
    """Return the files that the last run read but did not write (`-recorder`'s `cv.fls`)."""
    try:
        lines = (folder / f"{JOB}.fls").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ()
    written = {line[7:].removeprefix("./") for line in lines if line.startswith("OUTPUT ")}
    names = dict.fromkeys(
        line[6:].removeprefix("./") for line in lines if line.startswith("INPUT ")
    )
    return tuple(os.path.join(folder, name) for name in names if name not in written)
