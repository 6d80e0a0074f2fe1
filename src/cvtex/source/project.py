"""Which files belong to a build. Cheap: it lists folders and reads nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex import names
from cvtex.diagnostics import CvtexError, Diagnostic, Source, error, warning
from cvtex.private import PREFIX, VARIABLES
from cvtex.records import dataclass, field
from cvtex.source.languages import is_known, is_tag, split
from cvtex.trust import VARIABLE, is_trusted

YAML = (".yaml", ".yml")
_SILENT = (*YAML, ".png", ".jpg", ".jpeg", ".pdf")
_HIDDEN = re.compile(r"\.[^\W_]")
_EDITORS = ("~", ".bak", ".swp", ".orig", ".tmp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The inputs of one build, known by their paths.

    `root` is the folder that every `Source.file` counts from. `single` is the
    one file where the source is no folder. `data` holds the sections' files by
    section name, `bib` the `.bib` files, `styles` its own citation styles,
    `overlay` the private file. `variables` are the private environment
    variables that are set. A `public` project has neither overlay nor variables.
    `language` is the code of the language that was asked for, "" for the one in the data;
    `translations` has, by language, the files of `data/<language>/` by section; none of a
    folder that is still empty.
    `letters` are the files of letters by name; `letter` is the one that is read, and `series`
    the CSV and the number of its row (from 1) that fills it.
    `diagnostics` tells what the listing found.
    """

    root: Path
    single: Path | None = None
    data: Mapping[str, Path]
    bib: tuple[Path, ...] = ()
    styles: tuple[Path, ...] = ()
    overlay: Path | None = None
    variables: Mapping[str, str]
    overrides: tuple[str, ...] = ()
    public: bool = False
    language: str = ""
    letters: Mapping[str, Path]
    letter: str = ""
    series: tuple[Path, int] | None = None
    translations: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    def files(self) -> list[Path]:
        """Return the files that are read (not the image that the data may name)."""
        overlay = [self.overlay] if self.overlay else []
        letters = self.letters.values() if self.letter else ()
        series = self.series[:1] if self.series else ()
        translated = [path for files in self.translations.values() for path in files.values()]
        own = [*self.data.values(), *translated, *overlay, *self.bib, *self.styles]
        return [*own, *letters, *series]

    def folders(self) -> list[Path]:
        """Return the folders whose listing decides which files those are; one may be to come."""
        if self.single:
            return []
        names = ["data", "bib", "styles", *(f"data/{code}" for code in self.translations)]
        names += ["data/letters"] if self.letter else []
        return [self.root / name for name in names]

    def name(self, path: Path) -> str:
        """Return a file's name in a `Source`: from the root, with forward slashes.

        What is not UTF-8 in it stands there as its bytes are written: `\\xff`.
        """
        return os.fsencode(path.relative_to(self.root).as_posix()).decode(errors="backslashreplace")


def find(
    path: Path,
    *,
    public: bool,
    overrides: Sequence[str] = (),
    trust: bool = False,
    language: str = "",
    environ: Mapping[str, str] = os.environ,
) -> Project:
    """Return the project at a path: a folder with `data/`, or one YAML or JSON file.

    Reads no file. Raises `CvtexError` where there is no such thing. Of `environ`
    only `CVTEX_PRIVATE_PHONE`, `…_EMAIL` and `…_ADDRESS` matter. With `trust`, or where the
    user has trusted the folder before, links may lead out of it.
    """
    variables, complaints = ({}, []) if public else _variables(environ)
    if path.is_file():
        if path.suffix.lower() not in (*YAML, ".json"):
            hint = None
            if path.suffix.lower() in (".tex", ".ltx", ".zip", ".pdf"):
                hint = f"`cvtex import {path.name}` makes a project of a file of another tool"
            message = "a source is a folder, or a YAML or JSON file"
            raise CvtexError([error(message, Source(path.name), hint)])
        complaints += _odd([path], path.parent)
        return Project(
            root=path.parent,
            single=path,
            data={"": path},
            variables=variables,
            overrides=tuple(overrides),
            public=public,
            language=language,
            letters={},
            diagnostics=tuple(complaints),
        )
    if not path.is_dir():
        raise CvtexError([error(f"there is no file or folder {path}")])
    if not (path / "data").is_dir():
        raise CvtexError([error(f"there is no folder data/ in {path}", hint=_instead(path))])

    def listed(name: str) -> list[Path]:
        return _own(path, _seen(path, _listed(path, name), complaints), trust, complaints)

    in_data = listed("data")
    tongues = [file for file in in_data if file.is_dir() and _is_language(file.name)]
    sections, overlay = _sections([file for file in in_data if file not in tongues], complaints)
    translations = {
        folder.name: _translated(folder.name, listed(f"data/{folder.name}"), complaints)
        for folder in tongues
    }
    bibs = tuple(p for p in listed("bib") if p.suffix.lower() == ".bib")
    own = tuple(p for p in listed("styles") if p.suffix in (".yaml", ".csl"))
    letters = {
        file.stem: file
        for file in listed("data/letters")
        if file.suffix in YAML and not file.stem.endswith(".example")
    }
    translated = [file for files in translations.values() for file in files.values()]
    complaints += _odd([*sections.values(), *translated, *bibs, *own, *letters.values()], path)
    return Project(
        root=path,
        data=sections,
        bib=bibs,
        styles=own,
        translations=translations,
        overlay=None if public else overlay,
        variables=variables,
        overrides=tuple(overrides),
        public=public,
        language=language,
        letters=letters,
        diagnostics=tuple(complaints),
    )


def _odd(files: Iterable[Path], root: Path) -> list[Diagnostic]:
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


def _listed(root: Path, name: str) -> list[Path]:
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


def _seen(root: Path, files: list[Path], complaints: list[Diagnostic]) -> list[Path]:
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


def _own(root: Path, files: list[Path], trust: bool, complaints: list[Diagnostic]) -> list[Path]:
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


def _is_language(name: str) -> bool:
    return is_known(name) or (is_tag(name) and len(split(name)[0]) == 2)


def _translated(code: str, files: Sequence[Path], complaints: list[Diagnostic]) -> dict[str, Path]:
    """List `data/<language>/`: the files of the sections that differ as a whole."""
    sections, private = _sections(files, complaints, f"data/{code}")
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


def _sections(
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
        elif (
            first := overlay if file.stem.lower() == "private" else sections.get(file.stem)
        ) is not None:
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


def _variables(environ: Mapping[str, str]) -> tuple[dict[str, str], list[Diagnostic]]:
    complaints = [
        warning(f"no private value has this name; known are {', '.join(VARIABLES)}", Source(name))
        for name in sorted(environ)
        if name.startswith(PREFIX) and name not in VARIABLES
    ]
    return {name: environ[name] for name in VARIABLES if environ.get(name)}, complaints


def _instead(path: Path) -> str:
    """Return what to do in a folder that is no project."""
    if path.name == "data" or (path / "basics.yaml").is_file():
        return "give the folder that holds data/, not data/ itself"
    for name in ("resume.json", "resume.yaml", "cv.yaml", "cv.json"):
        if (path / name).is_file():
            return f"did you mean cvtex build {path / name}?"
    return "cvtex new DIR makes a new project"
