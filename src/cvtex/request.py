"""What a build is asked for and what it gives, as values and as plain data."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from cvtex import filenames
from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.records import dataclass, field

ALL = filenames.ALL
RELEASE = "meta.release"
"""Stands for the variants that the data names there (no name of a variant has a dot)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What `cvtex build` was asked for. No `themes` means the one in the data."""

    path: Path = Path()
    themes: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    """The variants to build, or `ALL`, or `RELEASE`; the whole CV where there is none."""
    engine: str = "auto"
    toolchain: str = "auto"
    output: Path | None = None
    pdf: bool = True
    overrides: tuple[str, ...] = ()
    public: bool = False
    strict: bool = False
    bundle: str | None = None
    cache: bool = True
    trust: bool = False
    """Whether a theme that the project brings may run."""
    folder: Path | None = None
    """Where TeX works, if not in the project's `build/`."""
    languages: tuple[str, ...] = ()
    """The codes of the languages that the CV is set in, or `ALL` of those that the data names;
    the one in the data where there is none."""
    standard: str | None = None
    """What the PDF is to be (`pdf.facts.Standard`), if not what the data says."""
    fit: int | None = None
    """How many pages the CV is to have, if not what the data says."""
    held: bool = False
    """Whether the density of the last build is kept while the pages fit (a watch)."""
    embed: bool = False
    """Whether the data goes into the PDF, also if the data does not say so."""
    letters: tuple[str, ...] = ()
    """The letters to build instead of the CV, or `ALL`, or `RELEASE`."""
    with_cv: bool = False
    """Whether the CV stands behind the letter in one PDF."""
    series: Path | None = None
    """A table each of whose rows fills the one letter that is asked for."""

    @property
    def language(self) -> str:
        """The one language that is asked for, "" for the one in the data or for several."""
        only = self.languages[0] if len(self.languages) == 1 else ""
        return "" if only == ALL else only


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One theme's result. `pdf` is None without a PDF; `unchanged` says nothing had to be done."""

    theme: str
    engine: str
    toolchain: str
    tex: Path
    pdf: Path | None
    pages: int
    unchanged: bool = False
    variant: str = ""
    letter: str = ""
    density: int | None = None
    """The density that was found for it, None where no pages were asked for."""
    held: bool = False
    """Whether that is the one of the build before, which need not be the loosest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build made, and the diagnostics that did not stop it."""

    built: tuple[Built, ...]
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def work_folder(request: Request) -> Path:
    """Return the folder in which a request is built."""
    return request.folder or filenames.build_folder(request.path)


def pdf_of(request: Request, folder: Path, edition: str) -> Path:
    """Return where the PDF of an edition (a theme, in a variant; a letter) is published."""
    name = f"{edition}.pdf"
    if request.output is None:
        return folder / name
    name = name.rpartition("/")[2]
    many = is_many(request)
    return request.output / name if many else filenames.place(request.output, name)


def is_many(request: Request) -> bool:
    """Tell whether several PDFs are asked for."""
    return _what(request) != ""


def _what(request: Request) -> str:
    """Return of what there are several, "" where one PDF is asked for."""
    if request.series is not None:
        return "letters"
    asked = {
        "languages": request.languages,
        "letters": request.letters,
        "variants": request.variants,
        "themes": request.themes,
    }
    several = {ALL, RELEASE}
    return next((w for w, names in asked.items() if len(names) > 1 or several & {*names}), "")


def why_not(request: Request) -> str | None:
    """Return why what is asked cannot be: many PDFs and one file to write them to."""
    target, what = request.output, _what(request)
    is_file = target and not target.is_dir() and (target.suffix == ".pdf" or target.exists())
    if is_file and what:
        return f"there are several {what}, and {target} is one file; name a folder"
    return None


def key_of(request: Request) -> dict[str, Any]:
    """Return a request as plain data, the same for the same work done."""
    return {
        "path": str(request.path.absolute()),
        "cwd": str(Path.cwd()),
        "themes": list(request.themes),
        "variants": list(request.variants),
        "engine": request.engine,
        "toolchain": request.toolchain,
        "output": str(request.output),
        "pdf": request.pdf,
        "overrides": list(request.overrides),
        "public": request.public,
        "strict": request.strict,
        "bundle": request.bundle,
        "cache": request.cache,
        "folder": str(request.folder),
        "standard": request.standard,
        "languages": list(request.languages),
        "embed": request.embed,
        "letters": list(request.letters),
        "with_cv": request.with_cv,
        "series": str(request.series and request.series.absolute()),
        "fit": request.fit,
    }


def as_data(result: Result) -> dict[str, Any]:
    """Return a result as plain data."""
    return {
        "built": [
            {
                "theme": b.theme,
                "engine": b.engine,
                "toolchain": b.toolchain,
                "tex": str(b.tex),
                "pdf": str(b.pdf) if b.pdf else None,
                "pages": b.pages,
                "variant": b.variant,
                "letter": b.letter,
                "density": b.density,
                "held": b.held,
            }
            for b in result.built
        ],
        "diagnostics": [dataclasses.asdict(d) for d in result.diagnostics],
        "held": any(document.held for document in result.built),
    }


def from_data(known: dict[str, Any]) -> Result:
    """Return a result that was kept as plain data."""
    built = tuple(
        Built(
            theme=b["theme"],
            engine=b["engine"],
            toolchain=b["toolchain"],
            tex=Path(b["tex"]),
            pdf=Path(b["pdf"]) if b["pdf"] else None,
            pages=b["pages"],
            variant=b["variant"],
            letter=b["letter"],
            density=b["density"],
            held=b["held"],
            unchanged=True,
        )
        for b in known["built"]
    )
    shown = tuple(
        Diagnostic(
            Severity(d["severity"]),
            d["message"],
            Source(**d["source"]) if d["source"] else None,
            d["hint"],
            d["excerpt"],
        )
        for d in known["diagnostics"]
    )
    return Result(built=built, diagnostics=shown)
