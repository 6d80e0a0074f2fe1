"""`cvtex themes`: the themes that a CV can be set in; below it the verbs of making one."""

from __future__ import annotations

import inspect
import json
import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvtex.commands import report, say
from cvtex.diagnostics import CvtexError
from cvtex.trust import UntrustedError, may_ask

if TYPE_CHECKING:
    from cvtex.latex.themes import ThemeFolder

Facts = Mapping[str, Any]
"""What is said of a theme, as plain data."""


def themes(path: Path, form: str = "text") -> int:
    """Print a line for each theme of the project at `path`: its name, what it is, and what is
    in its way here; as JSON all that `show` says of one.

    Returns 0, or 1 if a theme does not load, which hides no other. Raises
    `UntrustedError` at the end for one that may not run.
    """
    from cvtex.latex import themes as latex_themes

    found = list(latex_themes.themes(_root(path)).values())
    rows, refusal, status = _facts(found, path)
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for line in _table(rows):
            say(line)
    if refusal:
        raise refusal
    return status


def show(name: str, path: Path, form: str = "text") -> int:
    """Print all there is to say of one theme; return the exit status."""
    from cvtex.latex.themes import find

    folder = find(name, _root(path))
    folder.load()
    [facts], _, status = _facts([folder], path)
    if form == "json":
        click.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return status
    say("\n".join(_lines(facts)))
    if facts["about"]:
        click.echo(f"\n{facts['about']}")
    return status


def _facts(
    found: Sequence[ThemeFolder], path: Path
) -> tuple[list[Facts], UntrustedError | None, int]:
    """Return what is known of each theme, the first that may not run, and the exit status."""
    from cvtex import toolchain
    from cvtex.commands.doctor import needs_of
    from cvtex.toolchain.setup.doctor import support

    refusal, status, needs = None, 0, {}
    for folder in found:
        try:
            needs[folder.name] = needs_of(folder)
        except UntrustedError as failure:
            if may_ask():
                raise
            refusal = refusal or failure
        except CvtexError as failure:
            report(failure.diagnostics, path)
            status = 1
    states = {state.name: state for state in support(toolchain.find(), needs)}
    rows: list[Facts] = []
    for folder in found:
        if folder.name in states:
            state = states[folder.name]
            row = _of_class(folder, state.engines)
            row |= {"lacking": list(state.lacking), "command": state.command}
            rows.append(row)
    return rows, refusal, status


def _of_class(folder: ThemeFolder, engines: Sequence[str]) -> dict[str, Any]:
    from cvtex.source.schema.options import options_of

    kind = folder.load(trust=True)
    module = inspect.getmodule(kind)
    return {
        "name": folder.name,
        "summary": kind.summary,
        "origin": "project" if folder.owner else "shipped" if folder.is_shipped() else "installed",
        "folder": str(folder.folder),
        "engines": list(kind.engines()),
        "unfit": dict(kind.refusals()),
        "here": list(engines),
        "photo": kind.sets_photo,
        "requires": list(kind.requires),
        "packages": list(kind.packages),
        "options": [
            {
                "name": option.key,
                "takes": takes(option.hint),
                "default": option.default,
                "meaning": option.meaning,
            }
            for option in options_of(kind.Options)
        ],
        "about": inspect.cleandoc((module and module.__doc__) or ""),
    }


def _table(rows: Sequence[Facts]) -> Iterator[str]:
    """Yield a line for each theme."""
    width = max((len(facts["name"]) for facts in rows), default=0)
    for facts in rows:
        origin = "" if facts["origin"] == "shipped" else f" ({facts['origin']})"
        way = ""
        if facts["lacking"]:
            way = f"; lacks {', '.join(facts['lacking'])}"
        elif not facts["here"]:
            way = "; no engine that sets it is here"
        yield f"{facts['name']:{width}}  {facts['summary']}{origin}{way}".rstrip()
    if rows:
        yield f"\n`cvtex themes show {rows[0]['name']}` shows one whole, with its options"


def _lines(facts: Facts) -> Iterator[str]:
    """Yield all that is said of a theme, one line a fact and two an option."""
    yield f"{facts['name']}: {facts['summary']}".rstrip(": ")
    yield f"  from {facts['folder']} ({facts['origin']})"
    here = [name for name in facts["engines"] if name in facts["here"]]
    here += [name for name in facts["here"] if name not in here]
    yield f"  set by {', '.join(here) or 'no engine that is here'}"
    if absent := [name for name in facts["engines"] if name not in facts["here"]]:
        yield f"  with another TeX also by {', '.join(absent)}"
    for engine, why in facts["unfit"].items():
        yield f"  not by {engine}: {why}"
    if facts["lacking"]:
        hint = f" ({facts['command']})" if facts["command"] else ""
        yield f"  lacks {', '.join(facts['lacking'])}{hint}"
    width = max((len(option["name"]) for option in facts["options"]), default=0)
    for option in facts["options"]:
        shown = _shown(option["default"])
        default = f"  [{shown}]" if shown else ""
        yield f"    {option['name']:{width}}  {option['takes']}{default}"
        if option["meaning"]:
            yield f"    {'':{width}}  {option['meaning']}"


def takes(hint: Any) -> str:
    """Return what may be typed for a type: its words, or what it is called."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " | ".join(map(str, inner))
    if origin in (typing.Union, types.UnionType):
        return " | ".join(takes(part) for part in inner if part is not type(None))
    if getattr(hint, "__name__", "") == "OwnFace":
        return "{name: …, files: …}"
    if origin is tuple:
        return f"a list of {takes(inner[0])}"
    if hint is bool:
        return "true | false"
    named = {int: "number", str: "text"}.get(hint, hint.__name__)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", named).lower()


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _root(path: Path) -> Path:
    return path if path.is_dir() else path.parent
