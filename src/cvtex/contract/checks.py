"""Samples built with a theme, and what is wrong with their PDFs, seen through Poppler."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cvtex import preparation, source, toolchain
from cvtex.contract.expected import links, shown, squeeze, unexplained
from cvtex.diagnostics import Diagnostic
from cvtex.latex import Options, Setting, Theme
from cvtex.latex.themes import ThemeFolder
from cvtex.model import Date, Education, Project, Resume, Volunteer, Work
from cvtex.toolchain import Toolchain

LEAST_OVERFULL = 2  # points; what is less is not seen
MOST_SHOWN = 5
EPOCH = 946684800
POPPLER = ("pdftotext", "pdffonts", "pdfinfo")
VALUES: Mapping[str, Sequence[str]] = {"Length": ["15mm"], "Colour": ["7A1F2B"], "Text": ["-"]}
"""What an option of a type without words of its own is tried with."""


Dated = Work | Volunteer | Education | Project


@dataclass(frozen=True, slots=True)
class Trial:
    """A sample to build: a file of `samples()`, an engine, values set over it."""

    sample: str
    engine: str
    overrides: tuple[str, ...] = ()

    def __str__(self) -> str:
        choices = [one.rpartition(".")[2] for one in self.overrides]
        return ", ".join([self.engine, self.sample, *choices])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A built sample: the text of its pages in the order of the file, and sorted by place."""

    resume: Resume
    theme: Theme
    pdf: Path
    log: str
    pages: tuple[str, ...]
    layout: str


def samples() -> Path:
    """Return the folder of the samples: `full`, `long`, `smallest`, `scholar`."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "samples"
    return inside if inside.is_dir() else package.parents[1] / "tests" / "samples"


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
    from cvtex.source.reader import keys

    default = options()
    alone: list[tuple[str, ...]] = []
    rest: list[list[str]] = []
    for key, (field, hint, _) in keys(options).items():  # type: ignore[arg-type]
        place = f"meta.themes.{name}.{key}"
        kinds = [part for part in typing.get_args(hint) if isinstance(part, type)] or [hint]
        if hint is bool:
            alone.append((f"{place}={str(not getattr(default, field)).lower()}",))
        elif typing.get_origin(hint) is typing.Literal:
            words = [word for word in typing.get_args(hint) if word != getattr(default, field)]
            rest.append([f"{place}={word}" for word in words])
        else:
            named = VALUES.get(getattr(kinds[0], "__name__", ""), ())
            rest.append([f"{place}={value}" for value in named])
    return alone + [tuple(filter(None, row)) for row in itertools.zip_longest(*rest)]


def build(
    trial: Trial, theme: ThemeFolder, chain: Toolchain, folder: Path
) -> tuple[Sample | None, list[Diagnostic], str]:
    """Build a sample in a folder; the theme was loaded before, so it is trusted.

    Returns it, what there was to say of the data, and why there is none.
    """
    place = samples() / f"{trial.sample}.yaml"
    project = source.find(place, public=False, overrides=trial.overrides, environ={})
    reading = source.read(project)
    assert reading.resume, reading.diagnostics
    named = str(theme.folder.resolve())
    prepared, problems = preparation.prepare(
        project, reading, named, engine=trial.engine, available=(trial.engine,), trust=True
    )
    if prepared is None:
        return None, problems, "it cannot be rendered"
    for file, origin in prepared.files.items():
        shutil.copyfile(origin, folder / file)
    (folder / "cv.tex").write_text(prepared.tex, encoding="utf-8")
    # what is compiled once is not worth a precompiled preamble
    keep = not trial.overrides
    outcome = toolchain.compile(chain, trial.engine, folder, epoch=EPOCH, cache=keep)
    if not (outcome.ok and outcome.pdf):
        said = [message.text for message in outcome.messages if message.severity == "error"]
        return None, problems, outcome.reason or "; ".join(said[:2]) or "TeX failed"
    kind = theme.load(trust=True)
    options, _ = source.options(reading.resume.meta.themes.get(theme.name), kind.Options)
    words = source.words(reading.resume.meta.language)
    sample = Sample(
        resume=reading.resume,
        theme=kind(options, Setting(engine=trial.engine, words=words)),  # type: ignore[arg-type]
        pdf=outcome.pdf,
        log=outcome.log,
        pages=tuple(pdftotext(outcome.pdf, "-raw").split("\f")[:-1]),
        layout=pdftotext(outcome.pdf),
    )
    return sample, problems, ""


def faults(sample: Sample, layout: bool = True) -> Iterator[str]:
    """Yield what is wrong with a sample; with `layout` also as a reader sorts it by place."""
    resume, theme = sample.resume, sample.theme
    stream = "\n".join(sample.pages)
    everything = list(shown(resume, theme))
    wanted = [title for title, _ in everything]
    wanted += [value for _, records in everything for record in records for value in record]
    for layer in (stream, sample.layout)[: 1 + layout]:
        squeezed = squeeze(layer)
        yield from _told("not in the text", [v for v in wanted if squeeze(v) not in squeezed])
        extra = unexplained(layer, resume, theme)
        yield from _told("neither in the data nor in furniture()", extra)
    yield from _told("out of order", disordered(everything, squeeze(stream)))
    if not squeeze(stream).startswith(squeeze(resume.basics.name)):
        yield "the name is not what is read first"
    yield from _told("broken over lines", broken_dates(resume, theme, stream))
    titles = {squeeze(title) for title, _ in everything[1:]}
    for page in sample.pages:
        lines = [line for line in page.splitlines() if line.strip()]
        if lines and squeeze(lines[-1]) in titles:
            yield f"a page ends with a section's title: {lines[-1].strip()}"
    there = addresses(sample.pdf)
    if there is not None:
        yield from _told("not linked", sorted(links(resume) - there))
        yield from _told("linked, but not in the data", sorted(there - links(resume)))
    yield from _told("fonts", font_faults(sample.pdf))
    wide = sorted({size for size in overfull(sample.log) if size > LEAST_OVERFULL}, reverse=True)
    yield from _told("boxes that are too full, by points", map(str, wide))
    lost = re.findall(r"^Missing character: There is no (.+?) in font", sample.log, re.M)
    yield from _told("not in the font", dict.fromkeys(lost))


def disordered(everything: Sequence[tuple[str, list[list[str]]]], layer: str) -> list[str]:
    """Return titles and records that do not follow the one before them, as the data have it."""
    found, place = [], 0
    for title, records in everything:
        start = layer.find(squeeze(title), place)
        if start < 0:
            found.append(title)
            continue
        place = start
        for record in records:
            starts = [layer.find(squeeze(value), place) for value in record]
            if any(start < 0 for start in starts):
                found.append(record[0])
            else:
                place = max(place, min(starts, default=place))
    return found


def broken_dates(resume: Resume, theme: Theme, stream: str) -> list[str]:
    """Return the ranges of dates that are there, but on no line of their own."""
    lines = [squeeze(line) for line in stream.splitlines()]
    found = []
    dated: tuple[Dated, ...] = (
        *resume.work,
        *resume.volunteer,
        *resume.education,
        *resume.projects,
    )
    for record in dated:
        start, end = record.start_date, record.end_date or Date.PRESENT
        if start is None or start == end:
            continue
        said = f"{theme.date(start)} {theme.options.date_separator} {theme.date(end)}"
        wanted = squeeze(said)
        if wanted in "".join(lines) and not any(wanted in line for line in lines):
            found.append(said)
    return found


def pdftotext(pdf: Path, *options: str) -> str:
    """Return the text as Poppler orders it: by columns and lines, or `-raw` as in the stream."""
    return _poppler("pdftotext", "-enc", "UTF-8", *options, str(pdf), "-") or ""


def font_faults(pdf: Path) -> list[str]:
    """Return each font that is bitmapped, not embedded, or without its Unicode map."""
    found = []
    for line in (_poppler("pdffonts", str(pdf)) or "").splitlines()[2:]:
        # name, type, encoding, emb, sub, uni, object: of these only the type has spaces
        row = re.match(r"(\S+)\s+(.+?)\s+\S+\s+(yes|no)\s+(?:yes|no)\s+(yes|no)\s", line)
        if row is None:
            continue
        found += [f"{row[1]}: Type 3"] if row[2] == "Type 3" else []
        found += [f"{row[1]}: not embedded"] if row[3] == "no" else []
        found += [f"{row[1]}: no ToUnicode"] if row[4] == "no" else []
    return found


def addresses(pdf: Path) -> set[str] | None:
    """Return what the PDF links to; None where Poppler is older than 21.11 and cannot tell."""
    told = _poppler("pdfinfo", "-url", str(pdf))
    if told is None:
        return None
    return {line.split(None, 2)[2] for line in told.splitlines()[1:] if line.count(" ") >= 2}


def overfull(log: str) -> list[float]:
    """Return by how many points each overfull box of a log is too wide or too high."""
    return [float(size) for size in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt", log)]


def _poppler(*command: str) -> str | None:
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _told(what: str, found: typing.Iterable[str]) -> Iterator[str]:
    values = [" ".join(str(value).split()) for value in found]
    if values:
        more = f" and {len(values) - MOST_SHOWN} more" if len(values) > MOST_SHOWN else ""
        yield f"{what}: {'; '.join(values[:MOST_SHOWN])}{more}"
