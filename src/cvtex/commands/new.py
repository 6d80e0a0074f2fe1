"""`cvtex new`: a CV project of one's own, with a small complete sample."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from cvtex import disk, trust
from cvtex.commands import say
from cvtex.diagnostics import CvtexError, Source, error
from cvtex.filenames import SOURCES
from cvtex.source.languages import file_of, is_known

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
EXAMPLES = SAMPLE.parent / "examples"
"""Projects to learn from, each by its name."""
LANGUAGES = SAMPLE / "languages"
"""The sample's texts in other languages, each by the English one."""
WORKFLOW = ".github/workflows/release.yml"
REQUIREMENTS = ".github/requirements.txt"
IGNORED = ".gitignore"
PLACES = {"gitignore": IGNORED, "release.yml": WORKFLOW}
"""Where a file of the sample goes, if that is not its own name."""
PRIVATE = "data/private.example.yaml"
KEPT = ("README.md", IGNORED)
"""What a new repository has already: the one is left as it is, to the other lines are added."""
ELSEWHERE = """\
# The release workflow takes this version from PyPI. You have yours from a file: if it is
# not on PyPI, name its repository here: cvtex @ git+https://example.org/cvtex.git@v0.1.0
"""
LISTED = "`cvtex languages` lists those that it knows"
CALLED = "called.yml"
"""The workflow for a cvtex whose repository at GitHub is known: it calls the one that is there."""
LARGEST = 1 << 20  # bytes of a file that is looked into
FOLDERS = {"data": (".yaml", ".yml"), "bib": (".bib",)}
"""The folders of a CV, and how the names of its files end."""
_CV = re.compile(r"[\"'](basics)[\"']\s*:|^(basics|cv)\s*:", re.MULTILINE)
_CLASS = re.compile(r"\\documentclass(\[.*?\])?\{(moderncv|awesome-cv|europasscv|altacv|res)\}")


def new(folder: Path, ci: str | None, language: str = "en", example: str = "") -> int:
    """Write the sample project to `folder`, print what to do next, return the exit status.

    `ci` is "github" for a workflow that builds and releases the PDF, or None; where a CV is
    there already nothing but the workflow is written. `language` is that of the sample; where
    there is none in it, the texts are English, and it is told. `example` names a project to
    learn from that is written in its place. Writes nothing and raises
    `CvtexError` where that cannot be: no file is ever overwritten, and no invented person
    is put beside somebody's own data.
    """
    if folder.exists() and not folder.is_dir():
        raise CvtexError([error(f"{folder} is a file", hint="name a new folder")])
    if not is_known(language):
        from cvtex.source.records.words import meant

        message = f"cvtex does not know the language {language}"
        code = meant(language)
        hint = f"did you mean {code}? `cvtex languages` lists them" if code else LISTED
        raise CvtexError([error(message, hint=hint)])
    there = existing(folder)
    if there and ci is None:
        raise CvtexError(
            [error(f"there is a CV here already: {', '.join(there)}", hint=_hint(there))]
        )
    own = _source(there)
    if there and own is None:
        hint = _hint(there)
        raise CvtexError(
            [error(f"cvtex builds none of what is here: {', '.join(there)}", hint=hint)]
        )
    files = workflow(own or ".") if there else sample(ci, language, example)
    files, left, added = _reconciled(folder, files)
    if taken := _taken(folder, files):
        hint = "nothing was written; name a new folder, or move the old file away"
        raise CvtexError([error("there is such a file already", Source(n), hint) for n in taken])
    try:
        for name, text in files.items():
            disk.write(folder / name, text.encode(), within=folder)
        if added:
            with (folder / IGNORED).open("a", encoding="utf-8") as ignored:
                ignored.write(added)
    except OSError as failure:
        message = f"cannot write {failure.filename}: {disk.reason(failure)}"
        raise CvtexError([error(message)]) from failure
    if not there and not (folder / "themes").exists():
        trust.remember(folder)  # what it will hold is the user's own work
    if not there and language != "en" and _texts(language) is None:
        click.echo(f"the sample's texts are English, its words {language}", err=True)
    _tell(folder, there, left, files, added)
    return 0


def _tell(
    folder: Path,
    there: Mapping[str, bool],
    left: Sequence[str],
    files: Mapping[str, str],
    added: str,
) -> None:
    """Print what was written, what was there already, and what to do next."""
    say(folder / WORKFLOW if there else folder)
    if there or left:
        say(f"left as it is: {', '.join([*there, *left])}", err=True)
    if added:
        say(f"lines were added to {IGNORED}, so that git takes nothing private", err=True)
    if ELSEWHERE in files.get(REQUIREMENTS, ""):
        click.echo(f"look at {REQUIREMENTS}: is this cvtex on PyPI?", err=True)
    if there:
        click.echo("now: commit and push it; `git tag v1 && git push --tags` releases", err=True)
    elif folder.resolve() != Path.cwd():
        say(f"now: cd {shlex.quote(str(folder))} && cvtex build", err=True)
    else:
        click.echo("now: cvtex build", err=True)


def existing(folder: Path) -> dict[str, bool]:
    """Return what in a folder is somebody's CV already (data, lists of publications, LaTeX),
    and whether `cvtex build` takes it as it is."""
    found: dict[str, bool] = {}
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if entry.name in FOLDERS and entry.is_dir():
            if any(file.suffix.lower() in FOLDERS[entry.name] for file in entry.iterdir()):
                found[f"{entry.name}/"] = entry.name == "data"
        elif not entry.name.startswith(".") and entry.is_file():
            ending, text = entry.suffix.lower(), _text(entry)
            if ending in SOURCES and (key := _CV.search(text)):
                found[entry.name] = "basics" in key[0]
            elif ending == ".bib" or (ending == ".tex" and _CLASS.search(text)):
                found[entry.name] = False
    return found


def _text(file: Path) -> str:
    try:
        return disk.read(file, LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def _source(there: Mapping[str, bool]) -> str | None:
    """Return what of it `cvtex build` takes: a project, or one file."""
    if "data/" in there:
        return "."
    files = [name for name, builds in there.items() if builds]
    return min(
        files,
        key=lambda name: (Path(name).stem.lower() not in ("resume", "cv"), name),
        default=None,
    )


def _hint(there: Mapping[str, bool]) -> str:
    source = _source(there)
    if source:
        path = "" if source == "." else f" {shlex.quote(source)}"
        return f"`cvtex build{path}` builds it; `cvtex new FOLDER` starts another one"
    files = [name for name in there if Path(name).suffix.lower() in (*SOURCES, ".tex")]
    if files:
        return f"`cvtex import {shlex.quote(files[0])} -o FOLDER` makes a project of it"
    return "`cvtex new FOLDER` starts one beside it; docs/coming-from.md tells how to bring this in"


def _reconciled(folder: Path, files: Mapping[str, str]) -> tuple[dict[str, str], list[str], str]:
    """Return the files that are still to write, those left as they are, and what is to be
    added to a .gitignore that is there."""
    there = [n for n in (*KEPT, REQUIREMENTS) if n in files and _is_plain(folder / n)]
    added = ""
    if IGNORED in there:
        lines = _text(folder / IGNORED).split("\n")
        lacking = [line for line in files[IGNORED].splitlines() if line not in lines]
        added = "".join(f"{line}\n" for line in ["", *lacking]) if lacking else ""
    left = [name for name in there if name != IGNORED or not added]
    return {name: text for name, text in files.items() if name not in there}, left, added


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _taken(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return what stands in the way: files of the same names, and files where a folder must be."""
    wanted = [Path(name) for name in files]
    names = {p for name in wanted for p in name.parents if (folder / p).is_file()}
    names |= {name for name in wanted if os.path.lexists(folder / name)}
    return sorted(name.as_posix() for name in names)


def examples() -> tuple[str, ...]:
    """Return the names of the projects to learn from."""
    return tuple(sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()))


def sample(ci: str | None, language: str = "en", example: str = "") -> Mapping[str, str]:
    """Return the sample project in a language, or an example: the text of each file by its path."""
    files = {}
    for path in sorted(p for p in SAMPLE.rglob("*") if p.is_file() and p.parent != LANGUAGES):
        name = path.relative_to(SAMPLE).as_posix()
        files[PLACES.get(name, name)] = path.read_text(encoding="utf-8")
    del files[WORKFLOW], files[CALLED]
    if example:
        folder = EXAMPLES / example
        files = {name: files[name] for name in (IGNORED, PRIVATE)} | {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    if language != "en":
        files |= _translated(files, language)
    return files | (workflow(".") if ci else {}) | schemas(files)


def _translated(files: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the data in another language; comments, keys and the titles of papers stay."""
    from cvtex.source import words

    own = words(language)
    said = {
        "language: en": f"language: {own.code}",
        "work: Experience": f"work: {own.sections['work']}",
        "Talks": own.words["talks"],
        **(_texts(language) or {}),
    }
    any_of = "|".join(re.escape(phrase) for phrase in sorted(said, key=len, reverse=True))
    text = re.compile(rf"^ *#.*|(?<!\w)(?:{any_of})(?!\w)", re.MULTILINE)
    return {
        name: text.sub(lambda found: said.get(found[0], found[0]), whole)
        for name, whole in files.items()
        if name.startswith("data/")
    }


def _texts(language: str) -> dict[str, str] | None:
    """Return the sample's texts in a language by the English ones, None where there are none."""
    code = file_of(language)
    if code == "en":
        return {}
    file = LANGUAGES / f"{code}.json"
    texts: dict[str, str] | None = json.loads(file.read_text("utf-8")) if file.is_file() else None
    return texts


def workflow(source: str) -> dict[str, str]:
    """Return the workflow that builds and releases the CV at a path, and what it installs.

    A cvtex that was installed from a repository at GitHub is taken from there, at its commit.
    """
    named = json.dumps(source, ensure_ascii=False) if source != "." else "."
    if home := repository():
        text = (
            (SAMPLE / CALLED).read_text(encoding="utf-8").replace("path: . #", f"path: {named} #")
        )
        return {WORKFLOW: text.replace("OWNER/cvtex", home[0]).replace("@REF", f"@{home[1]}")}
    text = (SAMPLE / "release.yml").read_text(encoding="utf-8")
    return {WORKFLOW: text.replace("CV: . #", f"CV: {named} #"), REQUIREMENTS: requirement()}


def repository() -> tuple[str, str] | None:
    """Return the repository at GitHub that this cvtex was installed from (OWNER/NAME), and the
    commit; None where it came from elsewhere."""
    origin = _origin()
    place = re.fullmatch(
        r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", origin.get("url", "")
    )
    commit = origin.get("vcs_info", {}).get("commit_id", "")
    return (place[1], commit) if place and re.fullmatch("[0-9a-f]{40}", commit) else None


def _origin() -> dict[str, Any]:
    """Return what is known of where this cvtex was installed from (PEP 610)."""
    from importlib.metadata import distribution

    known: dict[str, Any] = json.loads(distribution("cvtex").read_text("direct_url.json") or "{}")
    return known


def schemas(files: Mapping[str, str]) -> dict[str, str]:
    """Return the schemas that the editor lines of the data files name, for use with no network."""
    from cvtex.commands.schema import for_new

    found = {}
    for name, text in files.items():
        first = text.partition("\n")[0]
        if name.startswith("data/") and "$schema=../" in first:
            place = first.partition("$schema=")[2].strip().replace("../", "")
            found[place] = json.dumps(for_new(Path(place).stem), indent=1) + "\n"
    return found


def requirement() -> str:
    """Return the text of the requirements: the cvtex that the workflow builds with."""
    from cvtex import __version__

    origin = _origin()
    if vcs := origin.get("vcs_info"):
        return f"cvtex @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}\n"
    wanted = f"cvtex=={__version__}\n"
    return ELSEWHERE + wanted if origin else wanted
