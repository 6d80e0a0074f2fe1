"""Which engines can set a CV in a theme, here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from cvtex.diagnostics import Diagnostic, Source, error
from cvtex.toolchains import OWN, ROWS

if TYPE_CHECKING:
    from cvtex.latex import FontFamily, Options, Theme
    from cvtex.latex.pieces import Engine
    from cvtex.model import Words
    from cvtex.toolchain import Toolchain


def available(toolchains: Sequence[Toolchain], wanted: str) -> dict[str, Toolchain]:
    """Return which toolchain runs each engine, engines in the order of preference;
    empty where none is there."""
    found: dict[str, Toolchain] = {}
    for toolchain in toolchains:
        for engine in toolchain.engines:
            if wanted in ("auto", engine):
                found.setdefault(engine, toolchain)
    return found


def none_available(toolchain: str, engine: str) -> Diagnostic:
    """Return the complaint that nothing here can make the PDF, with the command that helps."""
    what = "TeX toolchain" if toolchain == "auto" else toolchain
    if toolchain in OWN:
        row = ROWS[toolchain]
        return error(f"there is no {row.title} on this machine", hint=f"run `{row.brought}`")
    command = "cvtex toolchain install"
    if engine != "auto":
        what += f" with {engine}"
        command += " texlive" + (f" --engine {engine}" if engine != "pdflatex" else "")
    return error(f"there is no {what} on this machine", hint=f"run `{command}`")


def able(kind: type[Theme], available: Mapping[str, str]) -> tuple[Engine, ...]:
    """Return the engines that can set a theme, by what runs them here."""
    refused = kind.refusals()
    return tuple(
        cast("Engine", engine)
        for engine, by in available.items()
        if not {engine, by} & set(refused)
    )


def families(
    kind: type[Theme], options: Options, words: Words, able: Sequence[Engine]
) -> tuple[FontFamily, ...]:
    """Return the font families that a theme is set in by the engines that are `able` to set it.

    pdfLaTeX is asked only where there is no other: it takes from them what TeX lacks alone.
    """
    from cvtex.latex import Setting

    asked = next((engine for engine in able if engine != "pdflatex"), able[0])
    return kind(options, Setting(engine=asked, words=words)).fonts()


def refusal(
    name: str, kind: type[Theme], available: Mapping[str, str], where: Source | None
) -> Diagnostic:
    """Return the complaint that no engine of those can set a theme, with the theme's reasons."""
    refused = kind.refusals()
    tried = dict.fromkeys(e if e in refused else by for e, by in available.items())
    why = "; ".join(f"{engine} ({refused[engine]})" for engine in tried)
    others = kind.engines()
    hint = f"it is set by {', '.join(others)}" if others else None
    return error(f"the theme {name} cannot be set by {why}", where, hint)
