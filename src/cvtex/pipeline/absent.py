"""Themes that are left out of all themes, as TeX has not what they need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cvtex.diagnostics import (
    Diagnostic,
    warning,
)
from cvtex.pipeline.parts import ThemeBuild
from cvtex.request import (
    Request,
)

if TYPE_CHECKING:
    pass


def set_apart(
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


def not_found(themed: ThemeBuild, problems: Sequence[Diagnostic]) -> Diagnostic | None:
    """Return what is said of a theme whose files TeX did not find."""
    for problem in problems:
        for file in themed.prepared.requires:
            if file in problem.message:
                return _lacks(themed.prepared.theme, [file], problem.hint)
    return None
