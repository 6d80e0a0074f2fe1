"""`cvtex new`: a CV project of one's own, with a small complete sample."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from cvtex import disk, trust
from cvtex.commands import say
from cvtex.commands.sample_files import (
    ELSEWHERE,
    IGNORED,
    REQUIREMENTS,
    WORKFLOW,
    sample,
    texts,
    workflow,
)
from cvtex.diagnostics import CvtexError, Source, error
from cvtex.filenames import SOURCES
from cvtex.source.languages import is_known

KEPT = ("README.md", IGNORED)
"""What a new repository has already: the one is left as it is, to the other lines are added."""
LISTED = "`cvtex languages` lists those that it knows"
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
    if not there and language != "en" and texts(language) is None:
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
