"""The steps of the action: `python3 steps.py install`, then `check`, then `build`.

What the workflow gives comes by the environment: CVTEX_PATH, CVTEX_THEME, CVTEX_VARIANT,
CVTEX_LANGUAGE, CVTEX_LETTERS, CVTEX_FORMATS (lists, separated by spaces, commas or lines),
CVTEX_PUBLIC, CVTEX_STRICT, CVTEX_TRUSTED (`true` or `false`), CVTEX_TOOLCHAIN and CVTEX_OUTPUT.
No value reaches a shell. Nothing is needed but Python's own library.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

SOURCE = Path(__file__).resolve().parents[3]
"""The checkout of cvtex that the action came with."""
PLACE = Path(os.environ.get("RUNNER_TEMP") or "/tmp") / "cvtex-action"
"""Where the environment of Python is made."""
FORMS = (
    *("pdf", "png", "overleaf", "json-resume", "rendercv", "text", "markdown", "html", "docx"),
    *("bib", "csl-json"),
)
"""What `cvtex export` writes, but letters."""
ANNOTATED = ("--format", "github")
EXTRAS = {"docx": "docx"}
"""What a form needs beside cvtex: the name of an extra."""
THEMES = """
import sys, cvtex
for variant in sys.argv[2:] or [""]:
    print(cvtex.read(sys.argv[1], variant=variant, public=True).meta.theme)
"""
"""A program that prints the theme of each variant, as the data have it."""


def given(name: str) -> list[str]:
    """Return the values of a list that the workflow gives."""
    return re.split(r"[\s,]+", os.environ.get(f"CVTEX_{name}", "").strip()) if text(name) else []


def text(name: str) -> str:
    """Return a value that the workflow gives."""
    return os.environ.get(f"CVTEX_{name}", "").strip()


def flag(name: str) -> bool:
    """Return whether the workflow says `true`; anything but that and `false` ends the run."""
    value = text(name) or "false"
    if value not in ("true", "false"):
        refuse(f"the input {name.lower()} takes true or false, not {value!r}")
    return value == "true"


def refuse(message: str) -> NoReturn:
    """End the run with an annotation."""
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(sign, code)
    sys.exit(f"::error::{message}")


def source() -> str:
    """Return the path of the CV, such that no option is read in it; it must be there."""
    path = text("PATH") or "."
    if not Path(path).exists():
        refuse(f"the input path names nothing that is there: {path}")
    return str(Path.cwd() / path) if path.startswith("-") else path


def forms() -> list[str]:
    """Return the forms that are asked for, each of which there must be."""
    for name in given("FORMATS"):
        if name not in FORMS:
            refuse(f"the input formats takes {', '.join(FORMS)}, not {name}")
    return given("FORMATS")


def options(*names: str) -> list[str]:
    """Return options of the command line, each value with its own."""
    return [f"--{name.lower()}={value}" for name in names for value in given(name)]


def run(command: Sequence[str | Path], *, ask: bool = False) -> str:
    """Run a program; end with its exit status where it fails; return what it prints, if asked."""
    surely = os.environ | ({"CVTEX_TRUST": "1"} if flag("TRUSTED") else {})
    done = subprocess.run(
        [str(part) for part in command],
        env=surely,
        stdout=subprocess.PIPE if ask else None,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def cvtex() -> Path:
    """Return the program that `install` has installed."""
    return PLACE / "bin" / "cvtex"


def install() -> None:
    """Install the cvtex that the action came with, and a TeX that sets what is asked for.

    Python runs isolated (`-I`): no `pip/` or `cvtex.py` of the repository is taken for its own.
    """
    run([sys.executable, "-I", "-m", "venv", PLACE])
    python = PLACE / "bin" / "python"
    extras = sorted({EXTRAS[name] for name in forms() if name in EXTRAS})
    wanted = f"{SOURCE}[{','.join(extras)}]" if extras else str(SOURCE)
    run([python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted])
    themes = given("THEME")
    if not themes:
        variants = [name for name in given("VARIANT") if name != "all"]
        done = subprocess.run(
            [str(python), "-I", "-c", THEMES, source(), *variants],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # `check` tells it at its line
            text=True,
            check=False,
        )
        themes = sorted(set(done.stdout.split()))
    shipped = {path.parent.name for path in (SOURCE / "themes").glob("*/theme.py")}
    asked = [f"--theme={name}" for name in themes if name in shipped]
    for code in given("LANGUAGE"):
        if code != "all":
            asked.append(f"--language={code}")
    run([cvtex(), "toolchain", "install", *given("TOOLCHAIN"), *asked])


def check() -> None:
    """Tell every problem of the data at its line; fail where there is an error."""
    strict = ["--strict"] if flag("STRICT") else []
    run([cvtex(), "validate", source(), *ANNOTATED, privacy(), *strict])


def build() -> None:
    """Build what is asked for into the folder, and hand on the paths."""
    cv, wanted, folder = source(), forms(), Path(text("OUTPUT") or "cv")
    folder.mkdir(parents=True, exist_ok=True)
    asked = [privacy(), *options("LANGUAGE")]
    choice = options("VARIANT")
    into = ["--ascii", f"--output={folder}/"]
    printed = ""
    for theme in given("THEME") or [""]:
        themed = [f"--theme={theme}"] if theme else []
        place = into
        if len(given("THEME")) > 1:
            (folder / Path(theme).name).mkdir(exist_ok=True)
            place = ["--ascii", f"--output={folder / Path(theme).name}/"]
        command = [cvtex(), "export", "pdf", cv, *ANNOTATED, *asked, *themed, *choice, *place]
        printed += run(command, ask=True)
    sys.stdout.write(printed)
    sys.stdout.flush()
    if letters := given("LETTERS"):
        names = [] if letters == ["all"] else letters
        run([cvtex(), "export", "letter", "--project", cv, *ANNOTATED, *asked, *into, "--", *names])
    for form in wanted:
        if form != "pdf":
            one = given("THEME")[:1] if form in ("overleaf", "png") else []
            themed = [f"--theme={one[0]}"] if one else []
            run([cvtex(), "export", form, cv, *asked, *themed, *choice, *into])
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hand_on("folder", str(folder))
    hand_on("files", "\n".join(map(str, files)))
    hand_on("pdf", printed.partition("\n")[0])


def privacy() -> str:
    """Return whether private fields are left out, as an option."""
    return "--public" if flag("PUBLIC") else "--private"


def hand_on(name: str, value: str) -> None:
    """Give a value to the steps that follow, whatever is in it."""
    end = f"end-{secrets.token_hex(16)}"
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
        outputs.write(f"{name}<<{end}\n{value}\n{end}\n")


if __name__ == "__main__":
    {"install": install, "check": check, "build": build}[sys.argv[1]]()
