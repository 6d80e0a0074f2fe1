"""What there is to say of a CV without a PDF of it, and of the lines of one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from cvtex import exposure, output
from cvtex.diagnostics import (
    CvtexError,
    Diagnostic,
    UsageError,
    error,
    has_errors,
    with_excerpts,
)
from cvtex.pipeline.asked import project_of
from cvtex.pipeline.making import Progress, diagnose, pressed
from cvtex.pipeline.parts import parts_of
from cvtex.pipeline.reading import stop_at_errors
from cvtex.records import dataclass
from cvtex.request import (
    ALL,
    Request,
    work_folder,
)

if TYPE_CHECKING:
    from cvtex.pdf.lines import Paragraph
    from cvtex.pipeline.preparation import Prepared
    from cvtex.source import Project, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What there is to say without TeX: documents ready to compile, and all problems."""

    prepared: tuple[Prepared, ...]
    diagnostics: tuple[Diagnostic, ...]
    reading: Reading


def check(request: Request, strict: bool = False) -> Checked:
    """Read and render all that is asked, and compile nothing.

    Returns every problem; with `strict` raises `CvtexError` if one is an error.
    """

    project = project_of(request)
    found: list[Diagnostic] = []
    prepared: list[Prepared] = []
    readings: list[Reading] = []
    exposed = () if project.single else exposure.exposed(project.root)
    for part in parts_of(dataclasses.replace(request, pdf=False), project, exposed):
        part.prepare()
        found += part.shown(strict=False)
        prepared += [themed.prepared for themed in part.builds]
        readings.append(part.reading)
    if not request.letters and not request.variants:
        found += _of_variants(project, readings[0])
    shown = tuple(dict.fromkeys(found))
    if strict and has_errors(shown):
        raise CvtexError(shown)
    return Checked(prepared=tuple(prepared), diagnostics=shown, reading=readings[0])


def _of_variants(project: Project, reading: Reading) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the variants of a CV, none of which was asked for."""
    if reading.resume is None or not reading.resume.meta.variants:
        return ()
    from cvtex import source

    found: list[Diagnostic] = []
    for name in reading.resume.meta.variants:
        theirs = source.read(project, variant=name).diagnostics
        found += [d for d in theirs if d not in reading.diagnostics]
    return with_excerpts(dict.fromkeys(found), reading.inputs, reading.secrets)


def check_all(request: Request) -> tuple[Diagnostic, ...]:
    """Return every problem of the CV and of each letter to be sent, and compile nothing."""
    found = [*check(request).diagnostics]
    every = dataclasses.replace(request, letters=(ALL,), variants=())
    project = project_of(every)
    if project.letters or "letters" in project.data or project.single:
        from cvtex.source.letters.typed import sent

        names = sent(project)
        if names:
            found += check(dataclasses.replace(every, letters=names)).diagnostics
    return tuple(dict.fromkeys(found))


def lines(request: Request, progress: Progress = lambda step: None) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a CV in one theme with their lines, measured from the PDF.

    Publishes nothing. Raises `CvtexError` where the CV cannot be built; one that is too
    long for the pages asked for is measured at its closest.
    """
    from cvtex.pdf import lines
    from cvtex.pipeline import compiling, finishing

    project = project_of(request)
    part, *others = parts_of(request, project, ())
    if others:
        hint = "name one --variant and one --language"
        raise UsageError([error("the lines of one CV are shown", hint=hint)])
    part.prepare()
    stop_at_errors(part.found, part.reading, strict=False)
    [themed, *_] = part.builds
    folder = work_folder(request)
    with output.locked(folder, themed.prepared.edition, progress):
        found, _ = pressed(part.request, folder, themed, progress)
    compiled = found.compiled
    if not compiled.data:
        problems = diagnose(compiled.outcome, compiled.prepared, part.reading)
        stop_at_errors(problems, part.reading, strict=False)
    located = finishing.located(compiled.data, compiled.prepared)
    is_prose = compiling.prose(compiled.prepared.resume).__contains__
    return tuple(lines.paragraphs(located, is_prose))
