"""Hold two versions of cvtex against each other: every PDF's bytes and every message.

    python tests/benchmarks/same_bytes.py BEFORE AFTER [--bundle FOLDER] [--only WORD …]

BEFORE and AFTER are programs (`.venv/bin/cvtex` of two work trees). Each builds every
sample in every theme with every engine, and CVs that hold the faulty TeX of
`tests/logs/`; what differs is printed, and the status is 1. The builds are new ones, then
changed ones: the second takes the way of an engine that has been there before. Then each
validates every bad input of `tests/errors/`, and what it says of each is compared.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("full", "long", "smallest", "scholar")
ENGINES = ("pdflatex", "xelatex", "lualatex", "tectonic")


def main() -> int:
    """Compare and print; return 1 where something differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--bundle", help="Tectonic's; without one it is left out")
    parser.add_argument("--only", nargs="*", default=[], help="words that a case must hold")
    parser.add_argument("--inputs", type=Path, default=ROOT / "tests", help="samples/ and logs/")
    asked = parser.parse_args()
    differ = number = 0
    with tempfile.TemporaryDirectory(prefix="cvtex-same-") as scratch:
        for name, command in cases(asked.inputs, asked.bundle):
            if not all(word in name for word in asked.only):
                continue
            programs = (asked.before.resolve(), asked.after.resolve())
            before, after = (results(p, asked.inputs, command, Path(scratch)) for p in programs)
            number += 1
            if before != after:
                differ += 1
                print(f"{name}:", flush=True)
                for was, now in zip(before, after, strict=True):
                    print(f"  before {was[:600]!r}\n  after  {now[:600]!r}", flush=True)
        for case in bad_inputs():
            if not all(word in f"errors {case.name}" for word in asked.only):
                continue
            was, now = (said(p.resolve(), case, scratch) for p in (asked.before, asked.after))
            number += 1
            if was != now:
                differ += 1
                shown = f"  before {was[:600]!r}\n  after  {now[:600]!r}"
                print(f"errors {case.name}:\n{shown}", flush=True)
    print(f"{number} cases, {differ} differ")
    return 1 if differ else 0


def cases(inputs: Path, bundle: str | None) -> Iterator[tuple[str, list[str]]]:
    """Yield a name and the arguments of `cvtex build` for each case."""
    themes = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.py"))
    for engine in ENGINES:
        options = ["--toolchain", "latexmk", "--engine", engine]
        if engine == "tectonic":
            if not bundle:
                continue
            options = ["--toolchain", "tectonic", "--bundle", bundle]
        for theme in themes:
            for sample in SAMPLES:
                yield f"{sample} {theme} {engine}", ["--theme", theme, *options, sample]
    for file in sorted((inputs / "logs").glob("*.tex")):
        for engine in ENGINES[:3]:
            command = ["--theme", "classic", "--engine", engine, f"!{file.stem}"]
            yield f"{file.stem} in a summary, {engine}", command


def results(program: Path, inputs: Path, command: list[str], scratch: Path) -> list[str]:
    """Return what a new build and a changed one gave: status, messages, the PDF's hash."""
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        folder = Path(place) / "cv"
        folder.mkdir()
        shutil.copy(_samples(inputs) / "photo.png", folder)
        file = folder / "cv.yaml"
        text = source(inputs, command[-1])
        found = []
        for round_ in ("", "x-round: 2\n"):
            file.write_text(text + round_, encoding="utf-8")
            home = scratch / f"home-{hashlib.sha256(str(program).encode()).hexdigest()[:8]}"
            environ = {
                **{k: v for k, v in os.environ.items() if not k.startswith("CVTEX")},
                "XDG_CACHE_HOME": str(home / "cache"),
                "XDG_STATE_HOME": str(home / "state"),
            }
            ran = subprocess.run(
                [program, "build", "cv.yaml", *command[:-1]],
                cwd=folder,
                env=environ,
                capture_output=True,
                text=True,
                check=False,
            )
            told = re.sub(r"\d+(?:\.\d+)? s\b", "N s", ran.stderr)
            told = told.replace(str(home), "HOME").replace(place, "PLACE")
            made = sorted(folder.glob("build/**/*.pdf"))
            pdfs = [p for p in made if p.name != "cv.pdf"]
            digests = [hashlib.sha256(p.read_bytes()).hexdigest()[:12] for p in pdfs]
            found.append(f"{ran.returncode} {digests} {told.strip()}")
        return found


def bad_inputs() -> list[Any]:
    """Return the cases of bad input (`tests/cases.py`)."""
    sys.path.insert(0, str(ROOT / "tests"))
    return list(import_module("cases").cases())


def said(program: Path, case: Any, scratch: str) -> str:
    """Return what `validate` says of a bad input, and its status."""
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        path = import_module("cases").write(case, Path(place)).relative_to(place)
        command = [str(program), "validate", str(path)]
        command += [word for value in case.overrides for word in ("--set", value)]
        command += ["--public"] if case.public else []
        environ = {k: v for k, v in os.environ.items() if not k.startswith("CVTEX")} | case.environ
        ran = subprocess.run(
            command, cwd=place, env=environ, capture_output=True, text=True, check=False
        )
        return f"{ran.returncode} {ran.stdout}{ran.stderr}".replace(place, "PLACE")


def _samples(inputs: Path) -> Path:
    """Return the folder of the samples: that of older versions, or today's."""
    older = inputs / "samples"
    return older if older.is_dir() else ROOT / "src" / "cvtex" / "samples"


def source(inputs: Path, sample: str) -> str:
    """Return a sample's text, or a CV whose summary is raw TeX (`!` and a file of logs/)."""
    if not sample.startswith("!"):
        return (_samples(inputs) / f"{sample}.yaml").read_text("utf-8")
    tex = (inputs / "logs" / f"{sample[1:]}.tex").read_text("utf-8")
    body = tex.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    indented = "\n".join("    " + line for line in body.strip().splitlines()) or "    x"
    return f"basics:\n  name: Ada Example\n  summary: !tex |\n{indented}\n"


if __name__ == "__main__":
    sys.exit(main())
