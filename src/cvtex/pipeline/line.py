"""The line itself: all that is asked is read, then rendered in every theme, then made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex import exposure, freshness, output
from cvtex.diagnostics import (
    CvtexError,
    Diagnostic,
    Severity,
    has_errors,
)
from cvtex.pipeline.absent import not_found, set_apart
from cvtex.pipeline.asked import project_of
from cvtex.pipeline.making import IsSettled, Made, Progress, UnsettledError, make
from cvtex.pipeline.parts import Part, ThemeBuild, parts_of
from cvtex.request import (
    Request,
    Result,
    as_data,
    is_many,
    pdf_of,
)

if TYPE_CHECKING:
    from cvtex.source import Project
    from cvtex.toolchain import Waiting


def build_anew(
    request: Request,
    folder: Path,
    record: str,
    progress: Progress,
    ahead: Waiting | None,
    is_settled: IsSettled,
) -> Result:
    """Build what is asked, and keep the record of it.

    What is wrong with one variant does not stop the others.
    """
    project = project_of(request)
    # Known as they were before they were read: what changes meanwhile is news to the next build.
    inputs = freshness.contents(str(file) for file in project.files())
    folders = freshness.names(str(folder) for folder in project.folders())
    exposed = () if project.single else exposure.exposed(project.root)
    parts = parts_of(request, project, exposed)
    for part in parts:
        part.prepare()
    if not is_settled(False):
        raise UnsettledError
    builds, left_out = set_apart(request, [build for part in parts for build in part.builds])
    if request.held:
        builds = _with_last_densities(builds, folder, record)
    inputs |= freshness.contents(str(file) for build in builds for file in build.prepared.inputs)
    if request.pdf:
        _check_targets(request, folder, project, builds)
    stamped = [str(file) for file in exposure.watched(project.root)] if exposed else []
    documents = []
    results = _each(request, folder, builds, progress, ahead, is_settled)
    for themed, document in zip(builds, results, strict=True):
        lacking = not_found(themed, document.problems) if "all" in request.themes else None
        if document.built is None and lacking:
            left_out.append(lacking)
            continue
        [part] = [part for part in parts if part.reading is themed.reading]
        part.found += document.problems
        part.failed = part.failed or document.built is None
        stamped += document.files
        if document.built:
            documents.append(document.built)
    result = Result(built=tuple(documents), diagnostics=_shown(request, parts, left_out))
    if left_out and not documents:
        raise CvtexError([dataclasses.replace(d, severity=Severity.ERROR) for d in left_out])
    if left_out:
        return result  # what they lack may come, and no file would tell
    others = (str(folder) for build in builds for folder in build.prepared.folders)
    freshness.save(
        record,
        as_data(result),
        inputs=inputs,
        folders=folders | freshness.names(others),
        stamped=dict.fromkeys(stamped),
    )
    return result


def _with_last_densities(
    builds: Sequence[ThemeBuild], folder: Path, record: str
) -> list[ThemeBuild]:
    """Return what is to be built with the densities of the last build, which a watch keeps."""
    last = freshness.last(record) or {"built": ()}
    held = {document["tex"]: document["density"] for document in last["built"]}
    return [
        dataclasses.replace(build, held=held.get(str(folder / build.prepared.edition / "cv.tex")))
        for build in builds
    ]


def _check_targets(
    request: Request, folder: Path, project: Project, builds: Sequence[ThemeBuild]
) -> None:
    """Refuse to write a PDF over what is none, over what was read, or over another one."""
    targets = [pdf_of(request, folder, build.prepared.edition) for build in builds]
    if request.output:
        if is_many(request):
            request.output.mkdir(parents=True, exist_ok=True)
        for build, target in zip(builds, targets, strict=True):
            output.check_target(target, b"%PDF", [*project.files(), *build.prepared.inputs])
    if len(targets) > 1:
        output.check_distinct(targets)


def _each(
    request: Request,
    folder: Path,
    builds: Sequence[ThemeBuild],
    progress: Progress,
    ahead: Waiting | None,
    is_settled: IsSettled,
) -> Iterator[Made]:
    """Make each document, several at a time where there are several."""
    from cvtex import crew

    def locked(themed: ThemeBuild) -> Made:
        with output.locked(folder, themed.prepared.edition, progress):
            return make(request, folder, themed, progress, ahead, is_settled)

    yield from crew.each(locked, builds)


def _shown(
    request: Request, parts: Sequence[Part], left_out: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return all that there is to say, each once; raise it where a part failed."""
    found = [problem for part in parts for problem in part.shown(request.strict)]
    shown = tuple(dict.fromkeys([*found, *left_out]))
    if any(part.failed for part in parts) or has_errors(shown):
        raise CvtexError(shown)
    return shown
