"""cvtex: a LaTeX CV compiler. Career data in YAML and BibTeX in, a PDF out.

As a library::

    import cvtex

    result = cvtex.build("my-cv", theme="moderncv")
    print(result.built[0].pdf)

Every function takes the path of a project folder, or of one YAML or JSON file,
and raises `CvtexError` with all problems at once. A theme that the project itself
brings is a program, and runs with `trust=True` or from a folder that the user has
trusted before; else `UntrustedError` is raised, a `CvtexError`. What a call does not
need is not imported.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from cvtex.diagnostics import CvtexError, Diagnostic
    from cvtex.model import Resume
    from cvtex.request import Request, Result
    from cvtex.trust import UntrustedError

__all__ = [
    "CvtexError",
    "Diagnostic",
    "Resume",
    "UntrustedError",
    "build",
    "read",
    "render",
    "validate",
]

_HOMES = {
    "CvtexError": "cvtex.diagnostics",
    "Diagnostic": "cvtex.diagnostics",
    "Resume": "cvtex.model",
    "UntrustedError": "cvtex.trust",
}


def read(
    path: str | os.PathLike[str] = ".",
    *,
    variant: str = "",
    language: str = "",
    public: bool = False,
    overrides: Sequence[str] = (),
) -> Resume:
    """Return the CV as records, or what a variant keeps of it.

    `overrides` are as of `--set`: `basics.label=Engineer`.
    """
    from cvtex import pipeline

    given = tuple(overrides)
    asked = _request(
        path,
        variants=_names(variant),
        languages=_names(language),
        public=public,
        overrides=given,
    )
    return pipeline.read(asked)


def validate(
    path: str | os.PathLike[str] = ".",
    *,
    theme: str | Sequence[str] = (),
    variant: str | Sequence[str] = (),
    language: str | Sequence[str] = (),
    public: bool = False,
    trust: bool = False,
) -> tuple[Diagnostic, ...]:
    """Return every problem of the data, without running TeX; raises nothing for them."""
    from cvtex import pipeline

    asked = _request(
        path,
        theme,
        variants=_names(variant),
        languages=_names(language),
        public=public,
        trust=trust,
    )
    return pipeline.check_all(asked)


def render(
    path: str | os.PathLike[str] = ".",
    *,
    theme: str = "",
    variant: str = "",
    language: str = "",
    engine: str = "auto",
    public: bool = False,
    trust: bool = False,
) -> str:
    """Return the CV's LaTeX in a theme (default: the one in the data)."""
    from cvtex import pipeline

    request = _request(
        path,
        theme,
        variants=_names(variant),
        languages=_names(language),
        engine=engine,
        public=public,
        trust=trust,
        pdf=False,
    )
    return pipeline.check(request, strict=True).prepared[0].tex


def build(
    path: str | os.PathLike[str] = ".",
    *,
    theme: str | Sequence[str] = (),
    variant: str | Sequence[str] = (),
    language: str | Sequence[str] = (),
    letters: Sequence[str] = (),
    with_cv: bool = False,
    series: Path | None = None,
    output: Path | None = None,
    pdf: bool = True,
    engine: str = "auto",
    toolchain: str = "auto",
    standard: str | None = None,
    fit: int | None = None,
    embed: bool = False,
    overrides: Sequence[str] = (),
    public: bool = False,
    strict: bool = False,
    trust: bool = False,
    bundle: str | None = None,
    cache: bool = True,
    folder: Path | None = None,
) -> Result:
    """Build the PDFs and return where they are; each word means what it does in `cvtex build`.

    `variant` names variants, or is `all`; without it the whole CV is built. `language` has
    codes of languages, or is `all` of those in `meta.languages`. `letters` are built instead of
    the CV, or before it (`with_cv`), each for every row of the table `series`, if there is one.
    TeX works in `folder`, if not in the project's `build/`.
    """
    from cvtex import pipeline

    asked = _request(
        path,
        theme,
        variants=_names(variant),
        languages=_names(language),
        letters=tuple(letters),
        with_cv=with_cv,
        series=series,
        output=output,
        pdf=pdf,
        engine=engine,
        toolchain=toolchain,
        standard=standard,
        fit=fit,
        embed=embed,
        overrides=tuple(overrides),
        public=public,
        strict=strict,
        trust=trust,
        bundle=bundle,
        cache=cache,
        folder=folder,
    )
    return pipeline.build(asked)


def _request(
    path: str | os.PathLike[str], theme: str | Sequence[str] = (), **asked: Any
) -> Request:
    from pathlib import Path

    from cvtex.request import Request

    return Request(path=Path(path), themes=_names(theme), **asked)


def _names(given: str | Sequence[str]) -> tuple[str, ...]:
    return ((given,) if given else ()) if isinstance(given, str) else tuple(given)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("cvtex")
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cvtex' has no attribute {name!r}")
