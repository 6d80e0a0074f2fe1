"""The line from a project to its PDFs: read, render, compile, publish.

Disk is touched at both ends; what lies between takes and returns values.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvtex import exposure, filenames, freshness, output, workplace
from cvtex.diagnostics import (
    CvtexError,
    Diagnostic,
    Severity,
    Source,
    UsageError,
    error,
    has_errors,
    note,
    warning,
    with_excerpts,
)
from cvtex.records import dataclass, field
from cvtex.request import (
    ALL,
    RELEASE,
    Built,
    Request,
    Result,
    as_data,
    from_data,
    is_many,
    key_of,
    pdf_of,
    work_folder,
)
from cvtex.toolchains import NAMES

if TYPE_CHECKING:
    from cvtex.compiling import Fitted
    from cvtex.fitting import Wanted
    from cvtex.manuscript import Manuscript
    from cvtex.model import Letter, Resume
    from cvtex.pdf.lines import Paragraph
    from cvtex.preparation import Prepared
    from cvtex.source import Project, Reading
    from cvtex.toolchain import Outcome, Toolchain, Waiting

EPOCH = 946684800
"""The document's date where nobody gives one (2000-01-01): equal inputs, equal bytes."""

Progress = Callable[[str], None]


class UnsettledError(Exception):
    """The inputs are still changing: what was read of them is not to be built."""


def build(
    request: Request,
    progress: Progress = lambda step: None,
    ahead: Waiting | None = None,
    is_settled: Callable[[], bool] = lambda: True,
) -> Result:
    """Build what is asked, unless the same build is there already.

    `ahead` is an engine that was started for this and is ended here. Raises
    `CvtexError` with every problem if there is an error (with `strict`, a warning
    counts as one), and `UnsettledError` if `is_settled`, which is asked when all is read and
    nothing written, says no. PDFs that were there before are then untouched.
    """
    folder = work_folder(request)
    record = freshness.record_path(str(folder), key_of(request))
    try:
        if (known := freshness.load(record)) and (request.held or not known["held"]):
            return from_data(known)
        # TeX loads while the data is read.
        ahead = ahead or start_ahead(request, freshness.last(record))
        return _build(request, folder, record, progress, ahead, is_settled)
    finally:
        if ahead:
            ahead.stop()


def variants(request: Request, project: Project | None = None) -> tuple[str, ...]:
    """Return the names of the variants that are asked for, each once; "" is the whole CV.

    Raises `CvtexError` where all are asked for and there are none.
    """
    names = request.variants or ("",)
    if names[0] in (ALL, RELEASE) or ALL in names:
        from cvtex import source

        resume = source.read(project or _project(request), cache=request.cache).resume
        if resume is None:
            return ("",)
        if names[0] == RELEASE:
            named = tuple(dict.fromkeys(resume.meta.release.variants)) or ("",)
            if ALL not in named:
                return named
        names = tuple(resume.meta.variants)
        if not names:
            hint = "write data/variants.yaml"
            raise CvtexError([error("there are no variants", hint=hint)])
    return tuple(dict.fromkeys(names))


def letters(request: Request, project: Project | None = None) -> tuple[str, ...]:
    """Return the names of the letters that are asked for, each once.

    All are those to be sent: none that others extend and fill; `RELEASE` stands for those that
    the data names there. Raises `CvtexError` where all are asked for and there are none.
    """
    asked = request.letters
    if RELEASE in asked:
        from cvtex import source

        whole = project or _project(dataclasses.replace(request, letters=()))
        resume = source.read(whole, cache=request.cache).resume
        asked = resume.meta.release.letters if resume else ()
    if ALL not in asked:
        return tuple(map(str, dict.fromkeys(asked)))
    from cvtex.source.letters.typed import sent

    names = sent(project or _project(request))
    if not names:
        hint = "`cvtex letter --new NAME` begins one"
        raise CvtexError([error("there are no letters", hint=hint)])
    return names


def languages(request: Request, project: Project | None = None) -> tuple[str, ...]:
    """Return the codes of the languages that are asked for, each once; "" is the data's own.

    Raises `CvtexError` where all are asked for and the data names none.
    """
    if ALL not in request.languages:
        return tuple(dict.fromkeys(request.languages)) or ("",)
    from cvtex import source

    asked = project or _project(dataclasses.replace(request, languages=()))
    resume = source.read(asked, cache=request.cache).resume
    if resume is None:
        return ("",)
    if not resume.meta.languages:
        hint = "write meta.languages: [en, de], the first one first"
        raise CvtexError([error("the data names no languages", hint=hint)])
    return tuple(map(str, dict.fromkeys(resume.meta.languages)))


def _read(request: Request, project: Project, variant: str = "") -> Reading:
    """Return what was read of a project, as the variant has it.

    Of what goes with a letter alone that is the head.
    """
    from cvtex import source

    reading = source.read(project, cache=request.cache, variant=variant)
    _stop_at_foreign(project, reading)
    resume = reading.resume
    if resume is None or has_errors(reading.diagnostics):
        return reading
    from cvtex import select

    if reading.variant:
        resume = select.select(resume, reading.variant).resume
    if reading.letter:
        resume = select.sender(resume, reading.letter, request.with_cv)
        reading = _with_date(reading, reading.letter)
    return dataclasses.replace(reading, resume=resume)


FOREIGN = {"cv", "content", "sections"}
"""Keys of other tools' files, one of which each of those has that `import_` tells by them."""


def _stop_at_foreign(project: Project, reading: Reading) -> None:
    """Raise `CvtexError` for one file that another tool wrote, which is not built as it is."""
    if not project.single or not reading.tree or not FOREIGN & reading.tree.pairs.keys():
        return
    from cvtex import import_

    name = import_.recognise(reading.tree)
    if name in ("", "JSON Resume"):
        return
    file = project.single.name
    hint = f"`cvtex import {file} -o my-cv` makes a project of it"
    raise CvtexError([error(f"this is a file of {name}", Source(file), hint)])


def _with_date(reading: Reading, letter: Letter) -> Reading:
    """Return what was read with the document's date for that of a letter that has none."""
    if letter.date:
        return reading
    import datetime

    from cvtex.model import Date

    when = epoch(reading)
    day = datetime.datetime.fromtimestamp(when, datetime.UTC).date()
    if when != EPOCH:
        dated = dataclasses.replace(letter, date=Date.parse(day.isoformat()))
        return dataclasses.replace(reading, letter=dated)
    hint = "write `date: 2026-03-05` in the letter, or meta.lastModified"
    undated = warning("the letter has no date", letter.source, hint)
    return dataclasses.replace(reading, diagnostics=(*reading.diagnostics, undated))


def start_ahead(request: Request, last: dict[str, Any] | None) -> Waiting | None:
    """Start the engine that a build will probably need, after the result of the last one."""
    built = last["built"] if last and request.pdf and request.cache else []
    if len(built) != 1 or built[0]["toolchain"] not in NAMES:
        return None
    from cvtex import toolchain

    document = built[0]
    edition = filenames.edition(document["theme"], document["variant"], request.language)
    if document["letter"]:
        edition = filenames.letter(document["letter"], request.language, request.with_cv)
    place = workplace.find(work_folder(request), edition)
    if place is None:
        return None
    return toolchain.start_ahead(document["toolchain"], document["engine"], place)


def _build(
    request: Request,
    folder: Path,
    record: str,
    progress: Progress,
    ahead: Waiting | None,
    is_settled: Callable[[], bool],
) -> Result:
    """Build what is asked, and keep the record of it.

    What is wrong with one variant does not stop the others.
    """
    from cvtex import crew

    project = _project(request)
    # Known as they were before they were read: what changes meanwhile is news to the next build.
    inputs = freshness.contents(str(file) for file in project.files())
    folders = freshness.names(str(folder) for folder in project.folders())
    exposed = () if project.single else exposure.exposed(project.root)
    parts = _parts(request, project, exposed)
    for part in parts:
        part.prepare()
    if not is_settled():
        raise UnsettledError
    builds, left_out = _set_apart(request, [one for part in parts for one in part.builds])
    if request.held and (last := freshness.last(record)):
        held = {one["tex"]: one["density"] for one in last["built"]}
        builds = [
            dataclasses.replace(one, held=held.get(str(folder / one.prepared.edition / "cv.tex")))
            for one in builds
        ]
    extra = freshness.contents(str(file) for themed in builds for file in themed.prepared.inputs)
    if request.pdf and request.output:
        if is_many(request):
            request.output.mkdir(parents=True, exist_ok=True)
        for themed in builds:
            read = [*project.files(), *themed.prepared.inputs]
            output.check_target(pdf_of(request, folder, themed.prepared.edition), b"%PDF", read)
    if request.pdf and len(builds) > 1:
        output.check_distinct(pdf_of(request, folder, one.prepared.edition) for one in builds)
    built = []
    stamped = [str(file) for file in exposure.watched(project.root)] if exposed else []

    def make(themed: ThemeBuild) -> Made:
        with output.locked(folder, themed.prepared.edition, progress):
            return _make(request, folder, themed, progress, ahead)

    for themed, made in zip(builds, crew.each(make, builds), strict=True):
        lacking = _not_found(themed, made.problems) if "all" in request.themes else None
        if made.built is None and lacking:
            left_out.append(lacking)
            continue
        [part] = [part for part in parts if part.reading is themed.reading]
        part.found += made.problems
        part.failed = part.failed or made.built is None
        stamped += made.files
        if made.built:
            built.append(made.built)
    told = [part.told(request.strict) for part in parts]
    shown = tuple(dict.fromkeys([*(d for part in told for d in part), *left_out]))
    if any(part.failed for part in parts) or has_errors(shown):
        raise CvtexError(shown)
    if left_out and not built:
        raise CvtexError([dataclasses.replace(d, severity=Severity.ERROR) for d in left_out])
    whole = Result(built=tuple(built), diagnostics=shown)
    if left_out:
        return whole  # what they lack may come, and no file would tell
    freshness.save(
        record,
        as_data(whole),
        inputs=inputs | extra,
        folders=folders
        | freshness.names(str(one) for themed in builds for one in themed.prepared.folders),
        stamped=dict.fromkeys(stamped),
    )
    return whole


def _parts(request: Request, project: Project, exposed: Sequence[Diagnostic]) -> list[_Part]:
    """Return all that is asked for, read: variants, or letters, or those of a series, each in
    every language."""
    parts = []
    for code in languages(request, project):
        asked = dataclasses.replace(request, languages=(code,) if code else ())
        spoken = dataclasses.replace(project, language=code)
        read = [
            (_read(asked, spoken, name), name, "")
            for name in (() if request.letters else variants(asked, spoken))
        ]
        for name in letters(asked, spoken):
            for written, filled in _of_series(asked, dataclasses.replace(spoken, letter=name)):
                reading = _read(asked, filled)
                read.append((reading, reading.variant, written))
        parts += [
            _Part(
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
class _Part:
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
        if has_errors(self.found) or (request.strict and _has_warnings(self.found)):
            self.builds = []

    def told(self, strict: bool) -> tuple[Diagnostic, ...]:
        """Return the diagnostics as they are shown."""
        try:
            return _stop_at_errors(self.found, self.reading, strict)
        except CvtexError as failure:
            return failure.diagnostics


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one document: None where it failed; the files known by their stamps."""

    built: Built | None
    files: Sequence[str]
    problems: Sequence[Diagnostic]


def _set_apart(
    request: Request, builds: list[ThemeBuild]
) -> tuple[list[ThemeBuild], list[Diagnostic]]:
    """Of all themes, return those that TeX Live has the files of, and what the others lack.

    One that was named is not left out: there the lack is an error.
    """
    if "all" not in request.themes:
        return builds, []
    from cvtex import toolchain

    required: dict[str, set[str]] = {}
    for themed in builds:
        if themed.toolchain:
            required.setdefault(themed.toolchain.name, set()).update(themed.prepared.requires)
    absent = {name: set(toolchain.lacking(name, files)) for name, files in required.items()}
    lacking = {
        themed.prepared.theme: [f for f in themed.prepared.requires if f in absent[by.name]]
        for themed in builds
        if (by := themed.toolchain)
    }
    left_out = [_lacks(theme, files) for theme, files in lacking.items() if files]
    return [themed for themed in builds if not lacking.get(themed.prepared.theme)], left_out


def _lacks(theme: str, files: Sequence[str], hint: str | None = None) -> Diagnostic:
    """Return what is said of a theme that is left out."""
    hint = hint or f"run `cvtex toolchain install --theme {theme}`"
    return warning(f"{theme} is left out: TeX has no {', '.join(files)}", hint=hint)


def _not_found(themed: ThemeBuild, problems: Sequence[Diagnostic]) -> Diagnostic | None:
    """Return what is said of a theme whose files TeX did not find."""
    for problem in problems:
        for file in themed.prepared.requires:
            if file in problem.message:
                return _lacks(themed.prepared.theme, [file], problem.hint)
    return None


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

    project = _project(request)
    found: list[Diagnostic] = []
    prepared: list[Prepared] = []
    readings: list[Reading] = []
    exposed = () if project.single else exposure.exposed(project.root)
    for part in _parts(dataclasses.replace(request, pdf=False), project, exposed):
        part.prepare()
        found += part.told(strict=False)
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
    project = _project(every)
    if project.letters or "letters" in project.data or project.single:
        from cvtex.source.letters.typed import sent

        names = sent(project)
        if names:
            found += check(dataclasses.replace(every, letters=names)).diagnostics
    return tuple(dict.fromkeys(found))


def _project(request: Request) -> Project:
    from cvtex import source

    project = source.find(
        request.path,
        public=request.public,
        overrides=request.overrides,
        trust=request.trust,
        language=request.language,
    )
    if not request.letters:
        return project
    # a letter on its own lists no publications
    project = dataclasses.replace(project, letter=request.letters[0])
    if request.series:
        project = dataclasses.replace(project, series=(request.series.absolute(), 0))
    return project if request.with_cv else dataclasses.replace(project, bib=(), styles=())


def read(request: Request) -> Resume:
    """Return the CV's records; raises `CvtexError` if there is an error in them."""

    project = _project(request)
    [name] = variants(request, project)
    reading = _read(request, project, name)
    _stop_at_errors(reading.diagnostics, reading, strict=False)
    assert reading.resume is not None
    return reading.resume


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


def _chosen(reading: Reading, project: Project, found: list[Diagnostic]) -> str:
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
    from cvtex import manuscript, preparation, toolchain
    from cvtex.latex import themes

    written = manuscript.of(project, reading, variant)
    if written is None:
        return []
    names = request.themes or (_chosen(reading, project, found),)
    if "all" in names:
        names = tuple(themes.themes(project.root))
    chains = toolchain.find(request.toolchain, request.bundle) if request.pdf else ()
    available = preparation.engines(chains, request.engine, request.pdf)
    if request.pdf and not available:
        found.append(preparation.no_toolchain(request.toolchain, request.engine))
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


def _make(
    request: Request,
    folder: Path,
    themed: ThemeBuild,
    progress: Progress,
    ahead: Waiting | None,
) -> Made:
    """Write one theme's LaTeX, compile it and publish the PDF."""
    from cvtex import compiling, finishing, fitting, pdf, toolchain

    prepared, reading = themed.prepared, themed.reading
    name = themed.toolchain.name if themed.toolchain else ""
    mode = output.PRIVATE if reading.secrets else output.PUBLIC
    changes = [note(said) for said in output.outgrown(folder, prepared)]
    tex = output.write(folder, prepared, name, mode)
    if themed.toolchain is None:
        only_tex = Built(
            theme=prepared.theme,
            engine=prepared.engine,
            toolchain="",
            tex=tex,
            pdf=None,
            pages=0,
            variant=prepared.variant,
            letter=prepared.letter,
        )
        return Made(only_tex, [str(tex)], changes)
    loose = "" if toolchain.is_confined() else ", not confined"
    progress(f"{prepared.theme}: {prepared.engine} ({name}{loose})")
    if finishing.is_needed(request, prepared):
        pdf.preload()
    found, wanted = _pressed(request, folder, themed, progress, ahead)
    outcome, whole = found.compiled.outcome, prepared
    prepared = found.compiled.prepared
    if prepared is not whole:
        tex = output.write(folder, prepared, name, mode)
    output.show_log(folder, prepared.edition, outcome.log, mode)
    problems = [*changes, *_diagnose(outcome, prepared, reading), *found.problems]
    failed = has_errors(problems) or not found.compiled.data
    if failed or (request.strict and _has_warnings(problems)):
        return Made(None, [], problems)
    done, doubts, places = finishing.finish(
        found.compiled.data, prepared, reading, request, epoch(reading)
    )
    problems += doubts
    if has_errors(doubts) or (request.strict and _has_warnings(problems)):
        return Made(None, [], problems)
    if wanted and places:
        from cvtex.pdf import lines

        empty = lines.empty(places.words, compiling.height(prepared))
        problems += fitting.underfull(outcome.pages, empty, wanted, prepared.edition)
    target = pdf_of(request, folder, prepared.edition)
    own = None if request.output else filenames.above(folder)
    output.put(target, done, within=own, mode=output.PUBLIC if request.output else mode)
    limit = reading.resume.meta.page_limit if reading.resume else None
    if limit and outcome.pages > limit and not prepared.letter:
        where = _line_of(reading, "pageLimit")
        hint = "shorten the text, or raise meta.pageLimit"
        message = f"the CV has {outcome.pages} pages in {prepared.edition}, the limit is {limit}"
        problems.append(warning(message, where, hint))
    document = Built(
        theme=prepared.theme,
        variant=prepared.variant,
        letter=prepared.letter,
        engine=prepared.engine,
        toolchain=name,
        tex=tex,
        pdf=target,
        pages=outcome.pages,
        density=found.density,
        held=found.held,
    )
    programs = [themed.toolchain.program, *themed.toolchain.engines.values()]
    read = (*programs, *outcome.reads, tex, target)
    return Made(document, [str(file) for file in read], problems)


def _pressed(
    request: Request,
    folder: Path,
    themed: ThemeBuild,
    progress: Progress,
    ahead: Waiting | None = None,
) -> tuple[Fitted, Wanted | None]:
    """Compile one document as it is asked for; return what came of it, and the pages wanted."""
    from cvtex import compiling, fitting

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
        )
        if wanted:
            found = compiling.fitted(press, prepared, wanted, themed.held, themed.renew)
        else:
            found = compiling.Fitted(compiled=press.run(prepared))
    return found, wanted


def lines(request: Request, progress: Progress = lambda step: None) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a CV in one theme with their lines, measured from the PDF.

    Publishes nothing. Raises `CvtexError` where the CV cannot be built; one that is too
    long for the pages asked for is measured at its closest.
    """
    from cvtex import compiling, finishing
    from cvtex.pdf import lines

    project = _project(request)
    part, *others = _parts(request, project, ())
    if others:
        hint = "name one --variant and one --language"
        raise UsageError([error("the lines of one CV are shown", hint=hint)])
    part.prepare()
    _stop_at_errors(part.found, part.reading, strict=False)
    [themed, *_] = part.builds
    folder = work_folder(request)
    with output.locked(folder, themed.prepared.edition, progress):
        found, _ = _pressed(part.request, folder, themed, progress)
    compiled = found.compiled
    if not compiled.data:
        problems = _diagnose(compiled.outcome, compiled.prepared, part.reading)
        _stop_at_errors(problems, part.reading, strict=False)
    located = finishing.located(compiled.data, compiled.prepared)
    is_prose = compiling.prose(compiled.prepared.resume).__contains__
    return tuple(lines.paragraphs(located, is_prose))


def _diagnose(outcome: Outcome, prepared: Prepared, reading: Reading) -> list[Diagnostic]:
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


def epoch(reading: Reading) -> int:
    """Return the document's date: `SOURCE_DATE_EPOCH`, `meta.lastModified`, or a fixed one."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not re.fullmatch(r"\d{1,12}", given, re.ASCII) or int(given) > 253402300799:
            hint = "seconds since 1970, such as `git log -1 --format=%ct` prints"
            raise CvtexError([error(f"SOURCE_DATE_EPOCH is {given!r}, no date", hint=hint)])
        return int(given)
    stamp = reading.resume.meta.last_modified if reading.resume else None
    if stamp:
        import datetime

        with contextlib.suppress(ValueError):
            when = datetime.datetime.fromisoformat(stamp)
            if when.tzinfo is None:
                when = when.replace(tzinfo=datetime.UTC)
            return max(0, int(when.timestamp()))
    return EPOCH


def _line_of(reading: Reading, key: str) -> Source | None:
    """Return the line of a key of `meta`, for values that carry no source themselves."""
    if reading.resume is None or not reading.resume.meta.source.file:
        return None
    where = reading.resume.meta.source
    lines = reading.inputs.get(where.file, "").splitlines()
    for number, line in enumerate(lines[max(0, where.line - 1) :], max(1, where.line)):
        if key in line:
            return Source(where.file, number, line.index(key) + 1)
    return where


def _has_warnings(found: Sequence[Diagnostic]) -> bool:
    return any(d.severity is Severity.WARNING for d in found)


def _stop_at_errors(
    found: Sequence[Diagnostic], reading: Reading, strict: bool
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics as shown; raise them if one of them, or `strict`, stops the build."""
    shown = with_excerpts(found, reading.inputs, reading.secrets)
    warnings = sum(d.severity is Severity.WARNING for d in shown)
    if strict and warnings and not has_errors(shown):
        them = "a warning" if warnings == 1 else f"{warnings} warnings"
        shown = (*shown, error(f"{them}, and --strict lets none pass"))
    if has_errors(shown):
        raise CvtexError(shown)
    return shown
