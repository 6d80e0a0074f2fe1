"""The samples that a theme is tried with, and building them."""

from __future__ import annotations

import contextlib
import itertools
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from cvtex import source, toolchain
from cvtex.contract import data
from cvtex.contract.expected import of
from cvtex.contract.poppler import pdftotext
from cvtex.contract.wanted import Expected
from cvtex.diagnostics import Diagnostic
from cvtex.latex import CARRIED, Options, Setting, Theme
from cvtex.latex.themes import ThemeFolder
from cvtex.pdf import finish
from cvtex.pipeline import manuscript, preparation
from cvtex.toolchain import Toolchain
from cvtex.toolchains import OWN, engine_of

OWN_FACE = "source-sans"
"""A face that comes with cvtex, and not with TeX."""
EPOCH = 946684800
VALUES: Mapping[str, Sequence[str]] = {
    "Length": ["15mm"],
    "ColumnWidth": ["50mm"],
    "Colour": ["7A1F2B"],
    "Density": ["64", "26"],
    "FontSize": ["9.5pt", "12pt"],
    "Text": ["-"],
    "Prose": ["Said *twice* & with care, and once more, so that it takes more than a line"],
}
"""What an option of a type without words of its own is tried with."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A sample to build: a file of `samples()`, an engine or the toolchain that brings
    its own, values set over it."""

    sample: str
    engine: str
    overrides: tuple[str, ...] = ()

    def __str__(self) -> str:
        choices = [override.rpartition(".")[2] for override in self.overrides]
        return ", ".join([self.engine, self.sample, *choices])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A built sample: the text of its pages in the order of the file, and sorted by place.

    `by_place` has the readers that sort, by name, where the theme has it that all read alike.
    """

    expected: Expected
    theme: Theme
    pdf: Path
    log: str
    pages: tuple[str, ...]
    layout: str
    by_place: Mapping[str, str]
    unmarked: tuple[str, ...] = ()
    """What keeps it from being PDF/UA."""


def samples() -> Path:
    """Return the folder of the samples: `full`, `long`, `smallest`, `scholar`."""
    return Path(__file__).resolve().parents[1] / "samples"


def engines(
    theme: type[Theme], chains: Sequence[Toolchain], named: Sequence[str] = ()
) -> dict[str, Toolchain]:
    """Return what is here of the engines that a theme declares, and what runs each.

    A toolchain that brings its own stands for it, where it has a bundle, is named, or no other
    is here.
    """
    system = [chain for chain in chains if chain.name not in OWN]
    found: dict[str, Toolchain] = {}
    for chain in system:
        found |= {name: chain for name in theme.engines() if name in chain.engines}
    for chain in chains:
        name = chain.name
        wanted = chain.bundle or name in named or not (system or found)
        if name in OWN and wanted and name not in theme.refusals():
            found[name] = chain
    return found


def trials(name: str, options: type[Options], engines: Sequence[str]) -> Iterator[Trial]:
    """Yield what a theme is tried with: the whole sample in each engine first, then names
    alone, words that fit no line, a scholar's list, German, each choice of each option."""
    for sample in ("full", "long", "smallest"):
        yield from (Trial(sample, engine) for engine in engines)
    yield Trial("scholar", engines[0])
    yield Trial("full", engines[0], ("meta.language=de",))
    yield from (Trial("full", engines[0], choices) for choices in rounds(name, options))


def rounds(name: str, options: type[Options]) -> list[tuple[str, ...]]:
    """Return sets of choices, so that each choice that is no default stands in one of them.

    The switches, and only they, stand alone: two of them could hide each other.
    """
    from cvtex.source.records.convert import keys, words_of

    default = options()
    alone: list[tuple[str, ...]] = []
    rest: list[list[str]] = []
    for key, (field, hint, _) in keys(options).items():  # type: ignore[arg-type]
        place = f"meta.themes.{name}.{key}"
        kinds = [part for part in typing.get_args(hint) if isinstance(part, type)] or [hint]
        if hint is bool:
            alone.append((f"{place}={str(not getattr(default, field)).lower()}",))
        elif known := words_of(hint):
            others = CARRIED - {OWN_FACE}  # one of the faces that TeX lacks stands for all
            words = [word for word in known if word not in others]
            words = [word for word in words if word != getattr(default, field)]
            rest.append([f"{place}={word}" for word in words])
        else:
            named = VALUES.get(getattr(kinds[0], "__name__", ""), ())
            rest.append([f"{place}={value}" for value in named])
    together = [tuple(filter(None, row)) for row in itertools.zip_longest(*rest)]
    small = f"meta.themes.{name}.titles=small-caps"  # in a face that has them
    if any(small in row for row in together):
        together = [tuple(choice for choice in row if choice != small) for row in together]
        alone.append((small, f"meta.themes.{name}.font={OWN_FACE}"))
    return alone + together


def build(
    trial: Trial, theme: ThemeFolder, chain: Toolchain, folder: Path
) -> tuple[Sample | None, list[Diagnostic], str]:
    """Build a sample in a folder; the theme was loaded before, so it is trusted.

    Returns it, what there was to say of the data, and why there is none.
    """
    place = samples() / f"{trial.sample}.yaml"
    project = source.find(place, public=False, overrides=trial.overrides, environ={})
    reading = source.read(project)
    written = manuscript.of(project, reading)
    assert reading.resume and written, reading.diagnostics
    engine = engine_of(trial.engine)
    prepared, problems = preparation.prepare(
        written, theme, engine=engine, available={engine: chain.name}, trust=True
    )
    if prepared is None:
        return None, problems, "it cannot be rendered"
    for file, content in prepared.beside().items():
        (folder / file).write_bytes(content)
    (folder / "cv.tex").write_text(prepared.tex, encoding="utf-8")
    # what is compiled once is not worth a precompiled preamble
    keep = not trial.overrides
    outcome = toolchain.compile(chain, engine, folder, epoch=EPOCH, cache=keep)
    if not (outcome.ok and outcome.pdf):
        said = [message.text for message in outcome.messages if message.severity == "error"]
        return None, problems, outcome.reason or "; ".join(said[:2]) or "TeX failed"
    kind = theme.load(trust=True)
    options, _ = source.options(reading.resume.meta.themes.get(theme.name), kind.Options)
    words = source.words(reading.resume.meta.language)
    done = finish.finish(outcome.pdf.read_bytes(), prepared.facts, "archive", EPOCH)
    outcome.pdf.write_bytes(done.pdf)
    set_by = kind(options, Setting(engine=engine, words=words))  # type: ignore[arg-type]
    sample = Sample(
        expected=of(data.read(place, trial.overrides), set_by),
        theme=set_by,
        pdf=outcome.pdf,
        log=outcome.log,
        pages=tuple(pdftotext(outcome.pdf, "-raw").split("\f")[:-1]),
        layout=pdftotext(outcome.pdf),
        by_place=by_place(outcome.pdf) if set_by.reads_by_line() else {},
        unmarked=done.not_universal,
    )
    return sample, problems, ""


def by_place(pdf: Path) -> dict[str, str]:
    """Return a PDF's text by each reader that sorts it by place: Poppler, and pdfminer
    (the package pdfminer.six) where it is installed."""
    found = {"Poppler": pdftotext(pdf)}
    with contextlib.suppress(ImportError):
        found["pdfminer"] = import_module("pdfminer.high_level").extract_text(str(pdf))
    return found
