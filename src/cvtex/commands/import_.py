"""`cvtex import`: another tool's file as a project, with an account of every value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvtex import disk, trust
from cvtex.commands import report, say
from cvtex.diagnostics import CvtexError, Source, error, has_errors

if TYPE_CHECKING:
    from cvtex.import_.ledger import Entry
    from cvtex.import_.project import Imported

SHOWN = 5
"""How many places of one reason are printed; `--format json` has them all."""


def import_(file: Path, folder: Path | None = None, *, form: str = "text") -> int:
    """Write what a file of another tool says as a project; print its folder and what was lost.

    `file` is a file, a ZIP or a folder; `folder` must be new or empty, and is by default
    named after the file. Nothing is written where there is an error (`CvtexError`).
    """
    from cvtex import import_ as importers
    from cvtex.latex import themes
    from cvtex.source import languages

    target = folder if folder is not None else Path(f"{_slug(file)}-cv")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        hint = "nothing was written; name a new or empty folder with -o"
        raise CvtexError([error(f"{target} is not empty", hint=hint)])
    known = {"themes": frozenset(themes.themes(None)), "languages": frozenset(languages.codes())}
    imported = importers.read(file, known)
    files = _files(imported)
    if strange := [name for name in files if not _is_plain(name)]:
        source = Source(file.name)
        raise CvtexError(
            error(f"what would be {name!a} there is no file of a project", source)
            for name in strange
        )
    for name, content in files.items():
        disk.write(target / name, content, within=target)
    # raw TeX of somebody else is asked for where nothing confines it
    if not (target / "themes").exists() and not any(b"!tex" in data for data in files.values()):
        trust.remember(target)
    return _tell(imported, target, form)


def _is_plain(path: str) -> bool:
    """Tell whether a path stays in the project, by parts that every system takes as names."""
    parts = path.split("/")
    return not any(part.startswith(".") for part in parts[1:]) and all(
        part.strip(". ") and part.isprintable() and not {"\\", ":"} & {*part} for part in parts
    )


def _slug(file: Path) -> str:
    return re.sub(r"[^\w.-]+", "-", file.stem).strip("-.") or "imported"


def _files(imported: Imported) -> dict[str, bytes]:
    """Return every file of the project by its path."""
    from cvtex.commands.sample_files import PLACES, SAMPLE, schemas
    from cvtex.import_ import project

    texts = project.texts(imported)
    texts |= schemas(texts)
    found = {name: text.encode() for name, text in texts.items()}
    for name in ("gitignore", "data/private.example.yaml"):
        place = SAMPLE / name
        found[PLACES.get(name, name)] = place.read_bytes()
    found |= imported.files_made
    for name, origin in imported.files.items():
        try:
            found[name] = disk.read(origin, disk.LARGEST_FOR_TEX)
        except OSError as failure:
            message = f"cannot read it: {failure.strerror}"
            raise CvtexError([error(message, Source(str(origin)))]) from failure
    return found


def _tell(imported: Imported, target: Path, form: str) -> int:
    """Print the account: what was kept, what has another form, what is lost and why. The status
    is 1 where the project has errors, as where the source names nobody."""
    ledger = imported.ledger
    if form == "json":
        account = {
            "format": imported.format,
            "folder": str(target),
            "kept": ledger.kept,
            "changed": [_data(entry) for entry in ledger.changed],
            "lost": [_data(entry) for entry in ledger.lost],
            "settings": [_data(entry) for entry in ledger.settings],
        }
        click.echo(json.dumps(account, indent=2, ensure_ascii=False))
    else:
        say(target)
        counts = f"{ledger.kept} values kept, {len(ledger.changed)} in another form"
        counts += f", {len(ledger.lost)} lost"
        if ledger.settings:
            many = "s" if len(ledger.settings) > 1 else ""
            counts += f", {len(ledger.settings)} setting{many} left out"
        say(f"{imported.format}: {counts}", err=True)
        _list("in another form", ledger.changed)
        _list("lost", ledger.lost)
        _list("left out", ledger.settings)
        say(f"now: cvtex build {_quoted(target)}", err=True)
    problems = _problems(target)
    report(problems, target)
    return 1 if has_errors(problems) else 0


def _problems(target: Path) -> list[Any]:
    """Return what `cvtex validate` says of the new project."""
    from cvtex.pipeline import check
    from cvtex.request import Request

    try:
        return list(check(Request(path=target)).diagnostics)
    except CvtexError as failure:
        return list(failure.diagnostics)


def _list(title: str, entries: Iterable[Entry]) -> None:
    by_reason: dict[str, list[Entry]] = {}
    for entry in entries:
        by_reason.setdefault(entry.what, []).append(entry)
    for reason, found in by_reason.items():
        say(f"{title}: {reason}", err=True)
        for entry in found[:SHOWN]:
            became = f" → {_short(entry.now)}" if entry.now else ""
            say(f"  {entry.source}: {entry.path}: {_short(entry.value)}{became}", err=True)
        if len(found) > SHOWN:
            click.echo(f"  and {len(found) - SHOWN} more (--format json has all)", err=True)


def _short(text: str) -> str:
    value = " ".join(text.split())
    return f"{value[:59]}…" if len(value) > 60 else value


def _data(entry: Entry) -> Mapping[str, Any]:
    return {
        "file": entry.source.file,
        "line": entry.source.line,
        "path": entry.path,
        "value": entry.value,
        "what": entry.what,
        **({"now": entry.now} if entry.now else {}),
    }


def _quoted(folder: Path) -> str:
    import shlex

    return shlex.quote(str(folder))
