"""What is asked for: the project, and its variants, letters and languages by name."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from cvtex.diagnostics import (
    CvtexError,
    error,
)
from cvtex.request import (
    ALL,
    RELEASE,
    Request,
)

if TYPE_CHECKING:
    from cvtex.source import Project


def variants(request: Request, project: Project | None = None) -> tuple[str, ...]:
    """Return the names of the variants that are asked for, each once; "" is the whole CV.

    Raises `CvtexError` where all are asked for and there are none.
    """
    names = request.variants or ("",)
    if names[0] in (ALL, RELEASE) or ALL in names:
        from cvtex import source

        resume = source.read(project or project_of(request), cache=request.cache).resume
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

        whole = project or project_of(dataclasses.replace(request, letters=()))
        resume = source.read(whole, cache=request.cache).resume
        asked = resume.meta.release.letters if resume else ()
    if ALL not in asked:
        return tuple(map(str, dict.fromkeys(asked)))
    from cvtex.source.letters.typed import sent

    names = sent(project or project_of(request))
    if not names:
        hint = "`cvtex letter --new NAME` begins one"
        raise CvtexError([error("there are no letters", hint=hint)])
    return names


def languages(request: Request, project: Project | None = None) -> tuple[str, ...]:
    """Return the codes of the languages that are asked for, each once; "" is the data's own.

    Raises `CvtexError` where all are asked for and the data names none.
    """
    if not request.languages:
        return ("",)
    from cvtex import source
    from cvtex.source.languages import canonical

    if ALL not in request.languages:
        return tuple(dict.fromkeys(map(canonical, request.languages)))

    asked = project or project_of(dataclasses.replace(request, languages=()))
    resume = source.read(asked, cache=request.cache).resume
    if resume is None:
        return ("",)
    if not resume.meta.languages:
        hint = "write meta.languages: [en, de], the first one first"
        raise CvtexError([error("the data names no languages", hint=hint)])
    return tuple(dict.fromkeys(map(canonical, resume.meta.languages)))


def project_of(request: Request) -> Project:
    """Return the project that a request names; raises `CvtexError` where there is none."""
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
