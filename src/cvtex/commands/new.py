"""`cvtex new`: a CV project of one's own, with a small complete sample."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from cvtex import disk, trust
from cvtex.commands import say
from cvtex.diagnostics import CvtexError, Source, error

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
WORKFLOW = ".github/workflows/release.yml"
PLACES = {"gitignore": ".gitignore", "release.yml": WORKFLOW}
"""Where a file of the sample goes, if that is not its own name."""
ELSEWHERE = """\
# The release workflow takes this version from PyPI. You have yours from a file: if it is
# not on PyPI, name its repository here: cvtex @ git+https://example.org/cvtex.git@v0.1.0
"""


def new(folder: Path, ci: str | None) -> int:
    """Write the sample project to `folder`, print what to do next, return the exit status.

    `ci` is "github" for a workflow that releases the PDF, or None. Writes
    nothing and raises `CvtexError` if a file of that name is there already.
    """
    files = sample(ci)
    taken = _taken(folder, files)
    if folder.exists() and not folder.is_dir():
        raise CvtexError([error(f"{folder} is a file", hint="name a new folder")])
    if taken:
        hint = "nothing was written; name a new folder, or move the old file away"
        found = [error("there is such a file already", Source(name), hint) for name in taken]
        raise CvtexError(found)
    try:
        for name, text in files.items():
            disk.write(folder / name, text.encode(), within=folder)
    except OSError as failure:
        message = f"cannot write {failure.filename}: {failure.strerror}"
        raise CvtexError([error(message)]) from failure
    if not (folder / "themes").exists():
        trust.remember(folder)  # what it will hold is the user's own work
    say(folder)
    if ELSEWHERE in files.get("requirements.txt", ""):
        click.echo("look at requirements.txt: is this cvtex on PyPI?", err=True)
    if folder.resolve() != Path.cwd():
        say(f"now: cd {folder} && cvtex build", err=True)
    return 0


def _taken(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return what stands in the way: files of the same names, and files where a folder must be."""
    wanted = [Path(name) for name in files]
    names = {p for name in wanted for p in name.parents if (folder / p).is_file()}
    names |= {name for name in wanted if os.path.lexists(folder / name)}
    return sorted(name.as_posix() for name in names)


def sample(ci: str | None) -> Mapping[str, str]:
    """Return the sample project: the text of each file by its path."""
    files = {}
    for path in sorted(p for p in SAMPLE.rglob("*") if p.is_file()):
        name = path.relative_to(SAMPLE).as_posix()
        files[PLACES.get(name, name)] = path.read_text(encoding="utf-8")
    if ci is None:
        del files[WORKFLOW]
    else:
        files["requirements.txt"] = requirement()
    return files | schemas(files)


def schemas(files: Mapping[str, str]) -> dict[str, str]:
    """Return the schemas that the editor lines of the data files name, for use with no network."""
    from cvtex.commands.schema import for_new

    found = {}
    for name, text in files.items():
        first = text.partition("\n")[0]
        if name.startswith("data/") and "$schema=../" in first:
            place = first.partition("$schema=../")[2].strip()
            found[place] = json.dumps(for_new(Path(place).stem), indent=1) + "\n"
    return found


def requirement() -> str:
    """Return the text of requirements.txt: the cvtex that the workflow builds with."""
    from importlib.metadata import distribution

    package = distribution("cvtex")
    origin = json.loads(package.read_text("direct_url.json") or "{}")  # PEP 610
    if vcs := origin.get("vcs_info"):
        return f"cvtex @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}\n"
    wanted = f"cvtex=={package.version}\n"
    return ELSEWHERE + wanted if origin else wanted
