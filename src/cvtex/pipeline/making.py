"""One document: its LaTeX written, compiled, finished and published."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import filenames, output, workplace
from cvtex.diagnostics import (
    Diagnostic,
    error,
    has_errors,
    note,
    warning,
)
from cvtex.pipeline import writing
from cvtex.pipeline.parts import ThemeBuild
from cvtex.pipeline.reading import epoch, has_warnings, line_of
from cvtex.records import dataclass
from cvtex.request import (
    Built,
    Request,
    pdf_of,
)

if TYPE_CHECKING:
    from cvtex.pipeline.compiling import Fitted
    from cvtex.pipeline.fitting import Wanted
    from cvtex.pipeline.preparation import Prepared
    from cvtex.source import Reading
    from cvtex.toolchain import Outcome, Waiting


Progress = Callable[[str], None]
IsSettled = Callable[[bool], bool]
"""See `cvtex.pipeline.build`."""


class UnsettledError(Exception):
    """The inputs are still changing: what was read of them is not to be built."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one document: None where it failed; the files known by their stamps."""

    built: Built | None
    files: Sequence[str]
    problems: Sequence[Diagnostic]


def make(
    request: Request,
    folder: Path,
    themed: ThemeBuild,
    progress: Progress,
    ahead: Waiting | None,
    is_settled: IsSettled,
) -> Made:
    """Write one theme's LaTeX, compile it and publish the PDF."""
    from cvtex import pdf, toolchain
    from cvtex.pipeline import compiling, finishing, fitting

    prepared, reading = themed.prepared, themed.reading
    name = themed.toolchain.name if themed.toolchain else ""
    mode = output.PRIVATE if reading.secrets else output.PUBLIC
    changes = [note(said) for said in writing.outgrown(folder, prepared)]
    if themed.toolchain is None:
        tex = writing.write(folder, prepared, name, mode)
        return Made(_document(prepared, tex), [str(tex)], changes)
    loose = "" if toolchain.is_confined() else ", not confined"
    progress(f"{prepared.theme}: {prepared.engine} ({name}{loose})")

    def beside_tex() -> None:
        if finishing.is_needed(request, prepared):
            pdf.preload()  # not before TeX has begun, for it holds up all else
        writing.write(folder, prepared, name, mode)

    found, wanted = pressed(request, folder, themed, progress, ahead, beside_tex)
    outcome, whole = found.compiled.outcome, prepared
    prepared = found.compiled.prepared
    tex = folder / prepared.edition / "cv.tex"
    if prepared is not whole:
        writing.write(folder, prepared, name, mode)
    writing.show_log(folder, prepared.edition, outcome.log, mode)
    problems = [*changes, *diagnose(outcome, prepared, reading), *found.problems]
    failed = has_errors(problems) or not found.compiled.data
    if failed or (request.strict and has_warnings(problems)):
        return Made(None, [], problems)
    done, doubts, places = finishing.finish(
        found.compiled.data, prepared, reading, request, epoch(reading)
    )
    problems += doubts
    if has_errors(doubts) or (request.strict and has_warnings(problems)):
        return Made(None, [], problems)
    if wanted and places:
        from cvtex.pdf import lines

        empty = lines.empty(places.words, compiling.height(prepared))
        problems += fitting.underfull(outcome.pages, empty, wanted, prepared.edition)
    elif places and outcome.pages > 1 and not prepared.letter:
        from cvtex.pdf import lines

        few = lines.on_last(places.words)
        problems += fitting.nearly_empty(outcome.pages, few, prepared.edition)
    if not is_settled(True):
        raise UnsettledError
    target = pdf_of(request, folder, prepared.edition)
    own = None if request.output else filenames.above(folder)
    output.put(target, done, within=own, mode=output.PUBLIC if request.output else mode)
    problems += _beyond_limit(outcome.pages, prepared, reading)
    document = dataclasses.replace(
        _document(prepared, tex),
        toolchain=name,
        pdf=target,
        pages=outcome.pages,
        density=found.density,
        held=found.held,
    )
    programs = [themed.toolchain.program, *themed.toolchain.engines.values()]
    read = (*programs, *outcome.reads, tex, target)
    return Made(document, [str(file) for file in read], problems)


def _document(prepared: Prepared, tex: Path) -> Built:
    """Return what is known of a document of which there is only the LaTeX."""
    return Built(
        theme=prepared.theme,
        variant=prepared.variant,
        letter=prepared.letter,
        engine=prepared.engine,
        toolchain="",
        tex=tex,
        pdf=None,
        pages=0,
    )


def _beyond_limit(pages: int, prepared: Prepared, reading: Reading) -> list[Diagnostic]:
    """Return the warning of a CV that has more pages than `meta.pageLimit`, if it has."""
    limit = reading.resume.meta.page_limit if reading.resume else None
    if not limit or pages <= limit or prepared.letter:
        return []
    message = f"the CV has {pages} pages in {prepared.edition}, the limit is {limit}"
    hint = "shorten the text, or raise meta.pageLimit"
    return [warning(message, line_of(reading, "pageLimit"), hint)]


def pressed(
    request: Request,
    folder: Path,
    themed: ThemeBuild,
    progress: Progress,
    ahead: Waiting | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> tuple[Fitted, Wanted | None]:
    """Compile one document as it is asked for; return what came of it, and the pages wanted.

    `meanwhile` is done beside TeX.
    """
    from cvtex.pipeline import compiling, fitting

    prepared, reading = themed.prepared, themed.reading
    assert themed.toolchain and reading.resume
    wanted = None if prepared.letter else fitting.wanted(reading.resume, request.fit)
    with workplace.entered(folder, prepared.edition, private=bool(request.folder)) as place:
        press = compiling.Press(
            toolchain=themed.toolchain,
            place=place,
            epoch=epoch(reading),
            bundle=request.bundle,
            cache=request.cache,
            progress=lambda step: progress(f"{prepared.theme}: {prepared.engine}, {step}"),
            ahead=ahead,
            meanwhile=meanwhile,
        )
        if wanted:
            found = compiling.fitted(press, prepared, wanted, themed.held, themed.renew)
        else:
            found = compiling.Fitted(compiled=press.run(prepared))
    return found, wanted


def diagnose(outcome: Outcome, prepared: Prepared, reading: Reading) -> list[Diagnostic]:
    """Return what TeX complained about, at the user's lines."""
    found: list[Diagnostic] = []
    if outcome.messages:
        from cvtex import model, toolchain
        from cvtex.latex.marks import locator

        values = model.texts((reading.resume, reading.letter))
        locate = locator(prepared.tex)
        found += toolchain.diagnose(outcome.messages, prepared.tex, locate, values)
    if outcome.reason:
        found.append(error(f"{prepared.theme}: {outcome.reason}"))
    elif not outcome.ok and not has_errors(found):
        hint = f"see build/{prepared.edition}/cv.log"
        found.append(error(f"{prepared.theme}: {prepared.engine} failed", hint=hint))
    return found
