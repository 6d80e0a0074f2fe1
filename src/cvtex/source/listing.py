"""What a project's folders hold: the files that are read, and what is told of the others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from cvtex import names
from cvtex.diagnostics import CvtexError, Diagnostic, Source, error, warning
from cvtex.source.languages import is_known, is_tag, split
from cvtex.trust import VARIABLE, is_trusted

YAML = (".yaml", ".yml")
_SILENT = (*YAML, ".png", ".jpg", ".jpeg", ".pdf")
_HIDDEN = re.compile(r"\.[^\W_]")
_MEANT = {
    "bib": (".bib", (*YAML, ".json", ".bibtex", ".biblatex", ".ris", ".enw", ".nbib")),
    "data/letters": (".yaml", (*YAML, ".json", ".md", ".txt")),
}
"""Folders, the ending of what is read there, and others that somebody may take for it."""
_EDITORS = ("~", ".bak", ".swp", ".orig", ".tmp")


def odd_names(files: Iterable[Path], root: Path) -> list[Diagnostic]:
    """Return errors of names that cannot be seen whole, in a terminal or in TeX's comments."""
    return [
        error(
            "this file's name has a character that cannot be seen, or is not in UTF-8",
            Source(file.relative_to(root).as_posix()),
            "give it a name of letters, digits and hyphens",
        )
        for file in files
        if not names.is_plain(file.name)
    ]


def entries(root: Path, name: str) -> list[Path]:
    """Return what is in a folder of the project, in order of name; nothing if it is not there.

    Raises `CvtexError` where there is something of that name that cannot be listed: a
    folder that may not be read is not an empty one.
    """
    folder = root / name
    if not os.path.lexists(folder):
        return []
    try:
        return sorted(folder.iterdir())
    except OSError as failure:
        message = f"this folder cannot be read: {failure.strerror}"
        raise CvtexError([error(message, Source(name))]) from failure


def without_hidden(root: Path, files: list[Path], complaints: list[Diagnostic]) -> list[Path]:
    """Return the files whose names begin with no dot; told of the others are those that have an
    input's ending, but for what editors and systems leave (`.#a.yaml`, `._a.yaml`)."""
    complaints += [
        warning(
            "this file is not read: its name begins with a dot",
            Source(file.relative_to(root).as_posix()),
            f"if it belongs to the CV, name it {file.name[1:]}",
        )
        for file in files
        if file.suffix.lower() in (*YAML, ".bib")
        and _HIDDEN.match(file.name)
        and names.is_plain(file.name)
    ]
    return [file for file in files if not file.name.startswith(".")]


def own_files(
    root: Path, files: list[Path], trust: bool, complaints: list[Diagnostic]
) -> list[Path]:
    """Return the files that are the project's own: none that a link makes of another's.

    What a CV reads ends in its messages and its PDF, and a CV may be somebody else's.
    """
    home = Path(os.path.realpath(root))
    strange = [file for file in files if not Path(os.path.realpath(file)).is_relative_to(home)]
    if not strange or trust or is_trusted(root):
        return files
    hint = f"put the file itself there, or say --trust (or {VARIABLE}=1) if the link is yours"
    complaints += [
        error("a link leads out of the project", Source(file.relative_to(root).as_posix()), hint)
        for file in strange
    ]
    return [file for file in files if file not in strange]


def is_language(name: str) -> bool:
    """Tell whether a folder of this name in `data/` holds translations."""
    return is_known(name) or (is_tag(name) and len(split(name)[0]) == 2)


def sections_in_language(
    code: str, files: Sequence[Path], complaints: list[Diagnostic]
) -> dict[str, Path]:
    """List `data/<language>/`: the files of the sections that differ as a whole."""
    sections, private = sections_of(files, complaints, f"data/{code}")
    for name in ("meta", "variants"):
        if sections.pop(name, None):
            place = Source(f"data/{code}/{name}.yaml")
            complaints.append(
                error(
                    f"{name} is the same in all languages", place, f"write it in data/{name}.yaml"
                )
            )
    if private:
        place = Source(f"data/{code}/{private.name}")
        complaints.append(error("private values stand in data/private.yaml alone", place))
    return sections


def sections_of(
    files: Sequence[Path], complaints: list[Diagnostic], where: str = "data"
) -> tuple[dict[str, Path], Path | None]:
    """List `data/`, or a language's folder in it: the sections' files in order of name, and
    the private overlay.

    Letters are in a folder of their own.
    """
    sections: dict[str, Path] = {}
    overlay: Path | None = None
    for file in files:
        name = file.name
        if name.startswith("#") or name.endswith(_EDITORS):
            continue
        place = Source(f"{where}/{name}")
        is_overlay = file.stem.lower() == "private"
        if file.is_dir() and name == "letters":
            continue
        if file.is_dir():
            complaints.append(
                warning("a folder in data/ is not read", place, "a section is one file")
            )
        elif file.suffix not in _SILENT:
            hint = "a section is written in a file that ends in .yaml"
            if file.suffix == ".json":
                hint = f"a JSON file is a source of its own: cvtex build data/{name}"
            complaints.append(warning("this file is not read", place, hint))
        elif file.suffix not in YAML or file.stem.endswith(".example"):
            continue
        elif (first := overlay if is_overlay else sections.get(file.stem)) is not None:
            complaints.append(
                error(
                    f"this section stands in two files, {first.name} and {name}",
                    place,
                    "keep one of them",
                )
            )
        elif is_overlay:
            overlay = file
        else:
            sections[file.stem] = file
    return sections, overlay


def alike(root: Path, where: str, read: Iterable[Path], files: Iterable[Path]) -> list[Diagnostic]:
    """Return warnings of what somebody may think is read: files of a like ending, and folders
    that hold such files."""
    ending, like = _MEANT[where]
    found = []
    for file in set(files) - set(read):
        name = file.name
        is_folder = file.is_dir()
        if is_folder:
            meant = _holds(file, ending)
        else:
            meant = file.suffix.lower() in (ending, *like) and not file.stem.endswith(".example")
        if meant and not name.startswith("#"):
            what = f"a folder in {where}/" if is_folder else "this file"
            hint = f"what is read lies in {where}/ itself, and ends in {ending}"
            found.append(warning(f"{what} is not read", Source(f"{where}/{name}"), hint))
    return sorted(found, key=lambda told: told.source.file if told.source else "")


def _holds(folder: Path, ending: str) -> bool:
    try:
        return any(inner.suffix.lower() == ending for inner in folder.iterdir())
    except OSError:
        return False
