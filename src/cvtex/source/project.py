"""Which files belong to a build. Cheap: it lists folders and reads nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from cvtex.diagnostics import CvtexError, Diagnostic, Source, error, warning
from cvtex.private import PREFIX, VARIABLES
from cvtex.records import dataclass, field
from cvtex.source.listing import (
    YAML,
    alike,
    entries,
    is_language,
    odd_names,
    own_files,
    sections_in_language,
    sections_of,
    without_hidden,
)


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
        complaints += odd_names([path], path.parent)
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
        return own_files(
            path, without_hidden(path, entries(path, name), complaints), trust, complaints
        )

    in_data = listed("data")
    tongues = [file for file in in_data if file.is_dir() and is_language(file.name)]
    sections, overlay = sections_of([file for file in in_data if file not in tongues], complaints)
    translations = {
        folder.name: sections_in_language(folder.name, listed(f"data/{folder.name}"), complaints)
        for folder in tongues
    }
    in_bib, in_letters = listed("bib"), listed("data/letters")
    bibs = tuple(p for p in in_bib if p.suffix.lower() == ".bib")
    own = tuple(p for p in listed("styles") if p.suffix in (".yaml", ".csl"))
    letters = {
        file.stem: file
        for file in in_letters
        if file.suffix in YAML and not file.stem.endswith(".example")
    }
    complaints += alike(path, "bib", bibs, in_bib)
    complaints += alike(path, "data/letters", letters.values(), in_letters)
    translated = [file for files in translations.values() for file in files.values()]
    complaints += odd_names([*sections.values(), *translated, *bibs, *own, *letters.values()], path)
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
