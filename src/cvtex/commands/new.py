"""`cvtex new`: a CV project of one's own, with a small complete sample."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from cvtex.diagnostics import CvtexError, Source, error

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
WORKFLOW = ".github/workflows/release.yml"
PLACES = {"gitignore": ".gitignore", "release.yml": WORKFLOW}
"""Where a file of the sample goes, if that is not its own name."""


def new(folder: Path, ci: str | None) -> int:
    """Write the sample project to `folder`, print what to do next, return the exit status.

    `ci` is "github" for a workflow that releases the PDF, or None. Writes
    nothing and raises `CvtexError` if a file of that name is there already.
    """
    files = sample(ci)
    taken = [name for name in files if (folder / name).exists()]
    if folder.exists() and not folder.is_dir():
        raise CvtexError([error(f"{folder} is a file", hint="name a new folder")])
    if taken:
        hint = "nothing was written; name a new folder, or move the old file away"
        found = [error("there is such a file already", Source(name), hint) for name in taken]
        raise CvtexError(found)
    try:
        for name, text in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as failure:
        message = f"cannot write {failure.filename}: {failure.strerror}"
        raise CvtexError([error(message)]) from failure
    click.echo(folder)
    if folder.resolve() != Path.cwd():
        click.echo(f"now: cd {folder} && cvtex build", err=True)
    return 0


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
    from cvtex.source.schema import schema

    found = {}
    for name, text in files.items():
        first = text.partition("\n")[0]
        if name.startswith("data/") and "$schema=../" in first:
            place = first.partition("$schema=../")[2].strip()
            found[place] = json.dumps(schema(Path(place).stem), indent=1) + "\n"
    return found


def requirement() -> str:
    """Return the line for pip that brings this cvtex: its repository and commit if it was
    installed from one (PEP 610), else its version."""
    from importlib.metadata import distribution

    package = distribution("cvtex")
    wanted = f"cvtex=={package.version}"
    origin = json.loads(package.read_text("direct_url.json") or "{}")
    if vcs := origin.get("vcs_info"):
        wanted = f"cvtex @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return f"# The cvtex that .github/workflows/release.yml builds with.\n{wanted}\n"
