"""`cvtex toolchain`: bring a TeX toolchain, or bundle one for offline use."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

import click

from cvtex.commands import progress, report, say
from cvtex.commands.doctor import needs_of
from cvtex.diagnostics import CvtexError, Diagnostic, Severity, error, warning
from cvtex.toolchains import OWN, ROWS

if TYPE_CHECKING:
    from cvtex.latex import Theme
    from cvtex.latex.themes import ThemeFolder
    from cvtex.toolchain import Progress
    from cvtex.toolchain.fonts.faces import Face
    from cvtex.toolchain.setup.doctor import Needs


def install(
    name: str | None,
    *,
    themes: Sequence[str] = (),
    engines: Sequence[str] = (),
    languages: Sequence[str] = (),
    path: Path = Path(),
) -> int:
    """Install `texlive` or `tectonic`, print its programs, return the exit status.

    Without a name: nothing if what is here will do, else TeX Live where cvtex
    may install packages, else Tectonic. TeX Live gets what the themes, the engines and
    the scripts of the languages need besides the base.
    """
    from cvtex.latex.themes import find
    from cvtex.toolchain.setup import install as installation

    wanted = [needs_of(find(theme, _root(path))) for theme in themes]
    faces = _faces(languages)
    if faces and not {"xelatex", "lualatex"} & set(engines):
        engines = (*engines, "xelatex")
    lacking = tuple(face.package for face in faces if not face.best)
    if name is None and not lacking and _will_do(wanted, engines):
        return _show()
    step = progress()
    try:
        installation.bring(name, lambda: (*_packages(wanted, engines), *lacking), _announced(step))
    finally:
        step("")
    if absent := [face for face in _faces(languages) if face.path is None]:
        packages = " ".join(dict.fromkeys(face.package for face in absent))
        hint = f"on Debian: apt-get install {packages}"
        raise CvtexError(
            [error(f"no font here sets {face.script.capitalize()}", hint=hint) for face in absent]
        )
    return _show()


def _faces(languages: Sequence[str]) -> list[Face]:
    """Return the faces for the scripts of some languages, as they are here now."""
    if not languages:
        return []
    from cvtex import source
    from cvtex.source.languages import is_known
    from cvtex.toolchain.fonts.faces import face, script
    from cvtex.toolchain.fonts.files import look_anew

    if unknown := [code for code in languages if not is_known(code)]:
        hint = "`cvtex languages` lists them"
        raise CvtexError(
            [error(f"cvtex does not know the language {code}", hint=hint) for code in unknown]
        )
    look_anew()
    scripts = dict.fromkeys(script(source.words(code)) for code in languages)
    return [face(name) for name in scripts if name]


def _root(path: Path) -> Path:
    return (path if path.is_dir() else path.parent).absolute()


def _packages(wanted: Sequence[Needs], engines: Sequence[str]) -> tuple[str, ...]:
    from cvtex.toolchain.setup import doctor, install

    more = [p for needs in wanted for p in doctor.debian(needs, engines)]
    return tuple(dict.fromkeys([*install.packages(engines), *more]))


def _will_do(wanted: Sequence[Needs], engines: Sequence[str]) -> bool:
    """Tell whether a toolchain is here that runs the engines and has the themes' files."""
    from cvtex.toolchain import find
    from cvtex.toolchain.setup import doctor

    for toolchain in find():
        has_engines = all(engine in toolchain.engines for engine in engines)
        files = [file for needs in wanted for file in needs.requires]
        if has_engines and (not ROWS[toolchain.name].installs or not doctor.missing(files)):
            return True
    return False


def _announced(step: Progress) -> Progress:
    """Return what shows the steps: the first as a line of its own, since it takes long."""
    first = [True]

    def tell(what: str) -> None:
        if first.pop() if first else False:
            say(what, err=True)
        else:
            step(what)

    return tell


def _show() -> int:
    from cvtex.toolchain import find

    found = find()
    for toolchain in found:
        say(toolchain.program)
    return 0 if found else 1


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
    from cvtex.latex.themes import find
    from cvtex.latex.themes import themes as known
    from cvtex.toolchain.setup import bundle as bundling

    here = _root(path)
    names = themes or tuple(known(here))
    step = _announced(progress())
    step("rendering samples")
    skipped: dict[tuple[str, str], Diagnostic] = {}
    with tempfile.TemporaryDirectory(prefix="cvtex-samples-") as scratch:
        samples: list[Path] = []
        for name in names:
            theme = find(name, here)
            for choices in _variants(theme.name, theme.load()):
                shown = (choice.removeprefix("meta.").rpartition(".")[2] for choice in choices)
                folder = Path(scratch) / " ".join([theme.name, *shown])
                faults = _write(choices, theme, folder)
                for fault in faults:
                    message = f"not in the bundle: {folder.name}: {fault.message}"
                    skipped.setdefault((name, fault.message), warning(message, hint=fault.hint))
                samples += [] if faults else [folder]
        if not samples:
            raise CvtexError(
                [dataclasses.replace(d, severity=Severity.ERROR) for d in skipped.values()]
            )
        try:
            bundled = bundling.make(samples, output, step)
        except OSError as problem:
            hint = "`cvtex toolchain install texlive --engine xelatex` brings one"
            here_too = isinstance(problem, FileNotFoundError) and problem.errno is None
            raise CvtexError([error(str(problem), hint=hint if here_too else None)]) from problem
        finally:
            step("")
    left_out = [warning(f"not in the bundle: {problem}") for problem in bundled.problems]
    report([*skipped.values(), *left_out], here)
    click.echo(f"{bundled.files} files, {bundled.size / 1e6:.1f} MB", err=True)
    say(output)
    return 0


def _variants(name: str, theme: type[Theme]) -> Iterator[tuple[str, ...]]:
    """Yield overrides that between them make a theme load all that it ever loads.

    The defaults, each option with each other value that it can have, and a language
    other than English with all switches on.
    """
    from cvtex.latex import CARRIED
    from cvtex.source.records.convert import camel, words_of

    place = f"meta.themes.{name}"
    hints = get_type_hints(theme.Options)
    switches: list[str] = []
    yield ()
    for option in dataclasses.fields(theme.Options):
        kind = hints[option.name]
        key = f"{place}.{camel(option.name)}"
        if kind is bool:
            switches.append(f"{key}=true")
            yield (f"{key}={'false' if option.default else 'true'}",)
        else:
            words = [word for word in words_of(kind) if word not in CARRIED]  # none of TeX's
            yield from ((f"{key}={word}",) for word in words if word != option.default)
    yield ("meta.language=de", *switches)


def _languages() -> str:
    """Return TeX that makes babel load what it has of each language."""
    from cvtex import source
    from cvtex.source import languages

    names = dict.fromkeys(source.words(code).babel for code in languages.codes())
    return "".join(rf"\babelprovide[import]{{{name}}}" + "\n" for name in names)


def _write(overrides: Sequence[str], theme: ThemeFolder, folder: Path) -> tuple[Diagnostic, ...]:
    """Write the sample CV in a theme to a folder; or return why Tectonic cannot set it."""
    from cvtex import manuscript, preparation, source
    from cvtex.commands.new import SAMPLE
    from cvtex.toolchain.setup.bundle import TOOLCHAIN

    project = source.find(SAMPLE, public=True, overrides=overrides)
    sample = manuscript.of(project, source.read(project))
    assert sample, "the sample of `cvtex new` can be read"
    prepared, found = preparation.prepare(
        sample, theme, available={OWN[TOOLCHAIN]: TOOLCHAIN}, trust=True
    )
    if prepared is None:
        return tuple(d for d in found if d.severity is Severity.ERROR)
    folder.mkdir()
    body, end, rest = prepared.tex.rpartition(r"\end{document}")
    if r"\babelprovide[" in body and any("meta.language=" in one for one in overrides):
        body = body.replace(r"\begin{document}", _languages() + r"\begin{document}", 1)
    (folder / "cv.tex").write_text(f"{body}{FORMULAS}\n{end}{rest}", encoding="utf-8")
    for name, content in prepared.beside().items():
        (folder / name).write_bytes(content)
    return ()
