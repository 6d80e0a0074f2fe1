"""`cvtex toolchain bundle` and `wheel`: what the themes need of TeX Live, for machines without."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_type_hints

import click

from cvtex.commands import progress, report, say
from cvtex.commands.toolchain import announced, root
from cvtex.diagnostics import CvtexError, Diagnostic, Severity, error, warning
from cvtex.toolchains import OWN

if TYPE_CHECKING:
    from cvtex.latex import Theme
    from cvtex.latex.themes import ThemeFolder
    from cvtex.pipeline.manuscript import Manuscript
    from cvtex.toolchain import Progress

SIZES = ("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE")
FORMULA = (
    r"$\alpha x^{2^2}_{i_j}\sum\int\infty\sqrt{\frac12}\mathcal{L}\mathbf{x}\mathrm{d}"
    r"\mathit{a}\mathsf{s}\mathtt{t}\leq\times\to\ell\Bigl(\Bigr)$"
)
FORMULAS = "\n".join(rf"{{\{size} {FORMULA} {{\boldmath {FORMULA}}} \LaTeX\par}}" for size in SIZES)
"""What the title of a paper may hold, in every size: its fonts belong into a bundle."""


def bundle(output: Path, themes: Sequence[str], *, path: Path = Path()) -> int:
    """Make an offline bundle for Tectonic, print its path, return the exit status.

    It holds what the themes need (all of them, if none is named) in every
    language and with every choice that their options offer.
    """
    from cvtex.toolchain.setup import bundle as bundling

    with _samples(themes, bundling.TOOLCHAIN, path, "the bundle") as (samples, step):
        brings = "`cvtex toolchain install texlive --engine xelatex` brings one"
        bundled = _reported(lambda: bundling.make(samples, output, step), brings)
        step("")
    _left_out(bundled.problems, "the bundle", path)
    click.echo(f"{bundled.files} files, {bundled.size / 1e6:.1f} MB", err=True)
    say(output)
    return 0


def wheel(
    output: Path, themes: Sequence[str], platforms: Sequence[str], *, path: Path = Path()
) -> int:
    """Make the wheel `cvtex-tex` for some platforms, print their paths, return the exit status.

    It holds pdfTeX and what the themes need, as a bundle does.
    """
    from cvtex import __version__
    from cvtex.toolchain.setup import wheel as wheels
    from cvtex.toolchain.wheel import TOOLCHAIN

    with _samples(themes, TOOLCHAIN, path, wheels.NAME) as (samples, step):
        brings = "`cvtex toolchain install texlive` brings one"
        wheel = _reported(
            lambda: wheels.make(samples, output, __version__, platforms, step), brings
        )
        step("")
    _left_out(wheel.problems, wheels.NAME, path)
    click.echo(f"{wheel.files} files, {wheel.unpacked / 1e6:.1f} MB unpacked", err=True)
    for file in wheel.wheels:
        click.echo(f"{file.stat().st_size / 1e6:.1f} MB packed", err=True)
        say(file)
    return 0


@contextlib.contextmanager
def _samples(
    themes: Sequence[str], toolchain: str, path: Path, what: str
) -> Iterator[tuple[list[Path], Progress]]:
    """Give samples of the themes, all of them if none is named, as a toolchain sets them; and
    what shows the steps. Tells of those that it cannot set; raises `CvtexError` if it can none."""
    from cvtex.latex.themes import find
    from cvtex.latex.themes import themes as known

    here = root(path)
    step = announced(progress())
    step("rendering samples")
    skipped: dict[tuple[str, str], Diagnostic] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="cvtex-samples-") as scratch:
            samples: list[Path] = []
            for name in themes or tuple(known(here)):
                theme = find(name, here)
                for title, written in _written(theme, theme.load()):
                    folder = Path(scratch) / title
                    faults = _write(written, theme, toolchain, folder)
                    for fault in faults:
                        message = f"not in {what}: {folder.name}: {fault.message}"
                        skipped.setdefault((name, fault.message), warning(message, hint=fault.hint))
                    samples += [] if faults else [folder]
            if not samples:
                raise CvtexError(
                    [dataclasses.replace(d, severity=Severity.ERROR) for d in skipped.values()]
                )
            yield samples, step
    finally:
        step("")
    report(list(skipped.values()), here)


T = TypeVar("T")


def _reported(make: Callable[[], T], brings: str) -> T:
    """Return what was made. Raises `CvtexError` with what `brings` a TeX Live, if that lacks."""
    try:
        return make()
    except OSError as problem:
        here_too = isinstance(problem, FileNotFoundError) and problem.errno is None
        raise CvtexError([error(str(problem), hint=brings if here_too else None)]) from problem


def _left_out(problems: Sequence[str], what: str, path: Path) -> None:
    report([warning(f"not in {what}: {problem}") for problem in problems], root(path))


def _written(theme: ThemeFolder, kind: type[Theme]) -> Iterator[tuple[str, Manuscript]]:
    """Yield what a theme is to set, with a name: the sample CV with each choice that there is, a
    CV of all kinds with a photo, and a letter."""
    from cvtex import select, source
    from cvtex.commands.sample_files import SAMPLE
    from cvtex.contract.samples import samples
    from cvtex.pipeline import manuscript

    for choices in _variants(theme.name, kind):
        shown = [choice.removeprefix("meta.").rpartition(".")[2] for choice in choices]
        project = source.find(SAMPLE, public=True, overrides=choices)
        sample = manuscript.of(project, source.read(project))
        assert sample, "the sample of `cvtex new` can be read"
        yield " ".join([theme.name, *shown]), sample
    project = source.find(samples() / "full.yaml", public=False, environ={})
    full = manuscript.of(project, source.read(project))
    project = source.find(samples() / "letter.yaml", public=False, environ={})
    project = dataclasses.replace(project, letter="en")
    reading = source.read(project)
    assert reading.resume and reading.letter, reading.diagnostics
    sender = select.sender(reading.resume, reading.letter, False)
    letter = manuscript.of(project, dataclasses.replace(reading, resume=sender))
    assert full and letter, "the samples of the contract can be read"
    yield f"{theme.name} all", full
    yield f"{theme.name} letter", letter


def _variants(name: str, theme: type[Theme]) -> Iterator[tuple[str, ...]]:
    """Yield overrides that between them make a theme load all that it ever loads.

    The defaults; the other values of all options, one of each at a time; all switches the
    other way; a language other than English, with all of them on and with other values. Fonts
    stand alone, since what is set in small capitals or another size has files of its own in
    the theme's font. Titles in small capitals are in a font that has some.
    """
    from cvtex.latex import CARRIED, FontSize
    from cvtex.latex.typefaces import WITHOUT_SMALL_CAPS
    from cvtex.source.records.convert import camel, words_of

    place = f"meta.themes.{name}"
    hints = get_type_hints(theme.Options)
    switches: list[str] = []
    turned: list[str] = []
    fonts: list[str] = []
    others: list[list[str]] = []
    for option in dataclasses.fields(theme.Options):
        kind = hints[option.name]
        key = f"{place}.{camel(option.name)}"
        if kind is bool:
            switches.append(f"{key}=true")
            turned.append(f"{key}={'false' if option.default else 'true'}")
        elif kind is FontSize:  # each loads a file of its class
            others.append([f"{key}={size}" for size in ("11pt", "12pt")])
        else:
            words = [word for word in words_of(kind) if word not in CARRIED]  # none of TeX's
            choices = [f"{key}={word}" for word in words if word != option.default]
            if option.name == "font":
                fonts += choices
            else:
                others.append(choices)
    capitals, small = (f"{place}.titles={case}" for case in ("capitals", "small-caps"))
    has_titles = any(small in choices or capitals in choices for choices in others)
    yield ()
    for font in fonts:
        without = font.rpartition("=")[2] in WITHOUT_SMALL_CAPS
        yield (font, capitals) if without and has_titles else (font,)
    rows = [tuple(filter(None, row)) for row in zip_longest(*others)]
    rows = [(*row, f"{place}.font=lmodern") if small in row and fonts else row for row in rows]
    yield from rows
    yield tuple(turned)
    yield ("meta.language=de", *switches)
    yield from (("meta.language=de", *row) for row in rows[:1])


def _languages(tex: str) -> str:
    """Return TeX that makes babel load what it has of each language that a document has not."""
    from cvtex import source
    from cvtex.source import languages

    names = dict.fromkeys(source.words(code).babel for code in languages.codes())
    return "".join(
        rf"\babelprovide[import]{{{name}}}" + "\n" for name in names if f"{{{name}}}" not in tex
    )


def _write(
    sample: Manuscript, theme: ThemeFolder, toolchain: str, folder: Path
) -> tuple[Diagnostic, ...]:
    """Write a sample in a theme to a folder; or return why the toolchain cannot set it."""
    from cvtex.pipeline import preparation

    prepared, found = preparation.prepare(
        sample, theme, available={OWN[toolchain]: toolchain}, trust=True
    )
    if prepared is None:
        return tuple(d for d in found if d.severity is Severity.ERROR)
    folder.mkdir()
    body, end, rest = prepared.tex.rpartition(r"\end{document}")
    if r"\babelprovide[" in body and prepared.facts.language != "en":
        body = body.replace(r"\begin{document}", _languages(body) + r"\begin{document}", 1)
    (folder / "cv.tex").write_text(f"{body}{FORMULAS}\n{end}{rest}", encoding="utf-8")
    for name, content in prepared.beside().items():
        (folder / name).write_bytes(content)
    return ()
