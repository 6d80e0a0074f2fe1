"""What is on its way: each variant or letter in each language, rendered in each theme."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cvtex.diagnostics import (
    CvtexError,
    Diagnostic,
    UsageError,
    error,
    has_errors,
    warning,
)
from cvtex.pipeline.asked import languages, letters, variants
from cvtex.pipeline.reading import has_warnings, read_part, stop_at_errors
from cvtex.records import dataclass, field
from cvtex.request import (
    Request,
)

if TYPE_CHECKING:
    from cvtex.model import Resume
    from cvtex.pipeline.manuscript import Manuscript
    from cvtex.pipeline.preparation import Prepared
    from cvtex.source import Project, Reading
    from cvtex.toolchain import Toolchain


def parts_of(request: Request, project: Project, exposed: Sequence[Diagnostic]) -> list[Part]:
    """Return all that is asked for, read: variants, or letters, or those of a series, each in
    every language."""
    parts = []
    for code in languages(request, project):
        asked = dataclasses.replace(request, languages=(code,) if code else ())
        spoken = dataclasses.replace(project, language=code)
        read = [
            (read_part(asked, spoken, name), name, "")
            for name in (() if request.letters else variants(asked, spoken))
        ]
        for name in letters(asked, spoken):
            for written, filled in _of_series(asked, dataclasses.replace(spoken, letter=name)):
                reading = read_part(asked, filled)
                read.append((reading, reading.variant, written))
        parts += [
            Part(
                request=asked,
                project=spoken,
                reading=reading,
                variant=variant,
                letter=written,
                found=list(exposed),
            )
            for reading, variant, written in read
        ]
    return parts


def _of_series(request: Request, project: Project) -> Iterator[tuple[str, Project]]:
    """Yield each letter that is made of one, under the name of its file: one, or one a row."""
    if not request.series:
        yield project.letter, project
        return
    from cvtex.source import series
    from cvtex.source.syntax.nodes import Problems

    path, problems = request.series.absolute(), Problems()
    rows = series.read(path, project.root, problems)
    if problems.diagnostics:
        raise CvtexError(problems.diagnostics)
    for number, row in enumerate(rows, 1):
        yield f"{project.letter}-{row.name}", dataclasses.replace(project, series=(path, number))


@dataclass(slots=True, kw_only=True)
class Part:
    """One variant or letter in one language on its way: what was asked for, what was read of it,
    what is wrong, what is to be built."""

    request: Request
    project: Project
    reading: Reading
    variant: str
    found: list[Diagnostic]
    letter: str = ""
    builds: list[ThemeBuild] = field(default_factory=list)
    failed: bool = False

    def prepare(self) -> None:
        """Render it in every theme; where there is an error, nothing of it is built."""
        request, project = self.request, self.project
        self.found[:0] = self.reading.diagnostics
        try:
            self.builds = [
                dataclasses.replace(
                    themed,
                    prepared=dataclasses.replace(
                        themed.prepared, letter=self.letter, with_cv=request.with_cv
                    ),
                )
                for themed in _prepare(request, project, self.reading, self.variant, self.found)
            ]
        except UsageError:
            raise
        except CvtexError as failure:
            self.found += failure.diagnostics
        if has_errors(self.found) or (request.strict and has_warnings(self.found)):
            self.builds = []

    def shown(self, strict: bool) -> tuple[Diagnostic, ...]:
        """Return the diagnostics as they are shown."""
        try:
            return stop_at_errors(self.found, self.reading, strict)
        except CvtexError as failure:
            return failure.diagnostics


@dataclass(frozen=True, slots=True)
class ThemeBuild:
    """A CV rendered in one theme, and what compiles it; None where no PDF is wanted."""

    prepared: Prepared
    reading: Reading
    toolchain: Toolchain | None
    renew: Callable[[Resume], Prepared | None]
    """Renders the same CV with less in it."""
    held: int | None = None
    """The density of the last build, where it is to be kept."""


def chosen(reading: Reading, project: Project, found: list[Diagnostic]) -> str:
    """Return the theme that the data names; a JSON Resume may name one of another tool."""
    from cvtex.latex import themes
    from cvtex.model import Meta

    assert reading.resume is not None
    theme = reading.resume.meta.theme
    foreign = theme.source.file in reading.lenient and theme not in themes.themes(project.root)
    if not foreign:
        return theme
    default = Meta().theme
    message = f"{theme!r} is no theme of cvtex, {default} is taken"
    found.append(warning(message, theme.source, "choose one with --theme"))
    return default


def _prepare(
    request: Request, project: Project, reading: Reading, variant: str, found: list[Diagnostic]
) -> list[ThemeBuild]:
    """Render every theme asked for; problems go to `found`."""
    from cvtex import toolchain
    from cvtex.latex import themes
    from cvtex.pipeline import engines, manuscript, preparation

    written = manuscript.of(project, reading, variant)
    if written is None:
        return []
    names = request.themes or (chosen(reading, project, found),)
    if "all" in names:
        names = tuple(themes.themes(project.root))
    chains = toolchain.find(request.toolchain, request.bundle) if request.pdf else ()
    available = engines.available(chains, request.engine)
    if request.pdf and not available:
        found.append(engines.none_available(request.toolchain, request.engine))
    if chains:
        _check_raw_tex(request, project, reading)
    runners = {engine: chain.name for engine, chain in available.items()}

    def prepare(written: Manuscript, name: str) -> tuple[Prepared | None, Sequence[Diagnostic]]:
        prepared, problems = preparation.prepare(
            written, name, engine=request.engine, available=runners, trust=request.trust
        )
        if prepared:
            prepared = dataclasses.replace(prepared, language=request.language)
        return prepared, problems

    builds = []
    for name in dict.fromkeys(names):
        prepared, problems = prepare(written, name)
        found += problems

        def renew(resume: Resume, name: str = name) -> Prepared | None:
            # the photo has the name by which TeX reads it: the data's own is in the reading
            assert reading.resume
            basics = dataclasses.replace(resume.basics, image=reading.resume.basics.image)
            rest = dataclasses.replace(resume, basics=basics)
            less = manuscript.of(project, dataclasses.replace(reading, resume=rest), variant)
            return prepare(less, name)[0] if less else None

        if prepared:
            builds.append(ThemeBuild(prepared, reading, available.get(prepared.engine), renew))
    return builds


def _check_raw_tex(request: Request, project: Project, reading: Reading) -> None:
    """Raise `UsageError` for raw TeX that nothing confines and nobody trusts."""
    from cvtex import model, toolchain, trust

    if toolchain.is_confined() or request.trust or trust.is_trusted(project.root):
        return
    texts = model.texts((reading.resume, reading.letter))
    raw = next((text for text in texts if text.tex), None)
    if raw is not None:
        message = "raw TeX (!tex) could read and write your files, as no sandbox is here"
        raise UsageError([error(message, raw.source, trust.HINT)])
