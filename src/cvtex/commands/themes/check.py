"""`cvtex themes check`: a theme held against what every theme must do."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex.commands import progress, say
from cvtex.diagnostics import CvtexError, error
from cvtex.toolchains import OWN

if TYPE_CHECKING:
    from cvtex.latex.themes import ThemeFolder


def check(theme: str, path: Path, *, engines: Sequence[str] = (), quick: bool = False) -> int:
    """Build samples with a theme, print what is wrong with each, return 1 if anything is.

    Every engine that the theme declares and that is here is tried, or those given;
    `quick` stops after the whole sample. A theme that nobody trusts is run in a process of its
    own that can do no harm, where the system can confine one.
    """
    from cvtex import toolchain
    from cvtex.contract import audit, checks, confined, letters, poppler, samples
    from cvtex.latex.themes import find

    folder = find(theme, path if path.is_dir() else path.parent)
    if confined.is_needed(folder):
        return _confined(folder, engines, quick)
    deeds = audit.watch(folder.folder)
    kind = folder.load()
    if absent := [name for name in poppler.PROGRAMS if not shutil.which(name)]:
        message = f"{', '.join(absent)} cannot be found, with which PDFs are read"
        raise CvtexError([error(message, hint="install poppler-utils (so Debian calls it)")])
    refused = kind.refusals()
    if engines and set(engines) <= set(refused):
        why = "; ".join(f"{name} ({refused[name]})" for name in engines)
        raise CvtexError([error(f"the theme {folder.name} cannot be set by {why}")])
    chains = toolchain.find()
    here = samples.engines(kind, chains, engines)
    usable = [name for name in here if not engines or name in engines]
    if not usable:
        hint = "run `cvtex doctor` to see what lacks"
        raise CvtexError([error(f"no engine is here that can set {folder.name}", hint=hint)])
    todo = list(samples.trials(folder.name, kind.Options, usable))
    todo = todo[: len(usable)] if quick else todo
    found: dict[str, list[str]] = {}
    noted: dict[str, None] = {}
    claimed = False
    step = progress()
    try:
        for number, trial in enumerate(todo, 1):
            step(f"{number} of {len(todo)}: {trial}")
            with tempfile.TemporaryDirectory(prefix="cvtex-check-") as place:
                sample, notes, why = samples.build(trial, folder, here[trial.engine], Path(place))
                noted |= dict.fromkeys(f"{note.message}" for note in notes)
                # Sorted by place, what is at the right stands between lines that wrap, and a
                # wide space parts columns.
                layout = trial.sample != "long" and not trial.overrides
                claimed = claimed or bool(sample and sample.theme.reads_by_line())
                faults = checks.faults(sample, layout) if sample else [f"no PDF: {why}"]
                for fault in faults:
                    found.setdefault(fault, []).append(str(trial))
        for letter, engine in [] if quick else letters.tried(usable):
            step(f"the letter {letter}")
            with tempfile.TemporaryDirectory(prefix="cvtex-check-") as place:
                for fault in letters.faults(letter, engine, folder, here[engine], Path(place)):
                    found.setdefault(fault, []).append(f"letter {letter}, {engine}")
    finally:
        step("")
    for deed, places in deeds.items():
        found[f"it {deed}, where a theme writes LaTeX and no more"] = places
    for note in noted:
        say(f"note: {note}")
    for fault, where in found.items():
        more = f" and {len(where) - 1} more" if len(where) > 1 else ""
        say(f"{fault}  ({where[0]}{more})")
    if claimed and not find_spec("pdfminer"):
        click.echo("not tried: whether pdfminer reads it by the line (pip install pdfminer.six)")
    if not poppler.tells_addresses():
        click.echo("not tried: links (Poppler before 21.11 does not tell them)")
    own = [chain.name for chain in chains if chain.name in OWN]
    for name in engines or (*kind.engines(), *dict.fromkeys([*refused, *own])):
        if name not in here:
            why = f" (unfit: {refused[name]})" if name in refused else ""
            if name in own and not why:
                why = f" (say --engine {name})"
            say(f"not tried: {name}{why}")
    tried = f"{len(todo)} sample{'' if len(todo) == 1 else 's'}"
    wrong = f"{len(found)} problem{'' if len(found) == 1 else 's'}" if found else "no problems"
    say(f"{folder.name}: {tried} in {', '.join(usable)}: {wrong}")
    return 1 if found else 0


def _confined(theme: ThemeFolder, engines: Sequence[str], quick: bool) -> int:
    """Check a theme in a confined process, print what that prints, return its status."""
    from cvtex.contract import confined
    from cvtex.toolchain import sandbox

    say(f"note: nobody has said that {theme.name} may be trusted: it is run confined "
        f"({sandbox.described()})")  # fmt: skip
    ended = confined.check(theme, engines, quick, say)
    if ended.reason or ended.status is None or ended.status < 0:
        raise CvtexError([error(f"the check of {theme.name} ended: {ended.reason or 'killed'}")])
    return ended.status
