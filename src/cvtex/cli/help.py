"""How verbs are found and explained: groups, whole summaries, examples, near misses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from cvtex.filenames import SOURCES

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Make your CV": (
        "new",
        "import",
        "build",
        "letter",
        "watch",
        "validate",
        "variants",
        "lines",
    ),
    "Hand it out": ("export", "extract", "batch"),
    "Its parts": ("themes", "publications", "languages"),
    "This machine": ("doctor", "toolchain", "cache", "schema", "completion"),
}
"""The verbs as `cvtex --help` lists them; those of no group follow under OTHERS."""
OTHERS = "More"

MEANT: Mapping[str, str] = {
    **dict.fromkeys(("init", "create", "start", "setup", "scaffold", "quickstart"), "new"),
    **dict.fromkeys(("make", "compile", "render", "run", "generate", "latex", "tex"), "build"),
    **dict.fromkeys(("convert", "migrate", "from"), "import"),
    **dict.fromkeys(("serve", "preview", "live", "dev"), "watch"),
    **dict.fromkeys(("check", "lint", "verify", "test"), "validate"),
    **dict.fromkeys(("pdf", "release", "publish"), "export pdf"),
    **dict.fromkeys(("letters", "cover", "coverletter", "cover-letter"), "letter"),
    **dict.fromkeys(("overleaf", "zip"), "export overleaf"),
    **dict.fromkeys(("theme", "template", "templates", "style", "styles"), "themes"),
    **dict.fromkeys(("bib", "bibliography", "pubs", "papers"), "publications"),
    **dict.fromkeys(("language", "locales", "locale"), "languages"),
    **dict.fromkeys(("install", "texlive"), "toolchain install"),
    **dict.fromkeys(("bundle",), "toolchain bundle"),
    **dict.fromkeys(("clean", "clear"), "cache clear"),
    **dict.fromkeys(("info", "status", "diagnose"), "doctor"),
    **dict.fromkeys(("completions", "complete"), "completion"),
    **dict.fromkeys(("help",), "--help"),
    **dict.fromkeys(("version",), "--version"),
}
"""What other tools call a verb, and what it is here."""


HELP = ("-h", "--help")


class Helped(click.Command):
    """A command that takes HELP, whatever context asks it first: click makes that option once."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return HELP, in its order; of the context, which may have no parent, nothing is asked."""
        return list(HELP)


class Verb(Helped):
    """A command whose help ends with examples: the lines below `Examples:` in its docstring."""

    def __init__(self, *given: Any, examples: Sequence[str] = (), **more: Any) -> None:
        self.examples = tuple(examples)
        super().__init__(*given, **more)

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the summary, whole: the first paragraph up to its full stop."""
        return summary(self.help or "")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(self.examples, formatter)


_NOT_LOADED = click.Command("")


class Later(dict[str, click.Command]):
    """Verbs by their names, each of which is loaded when it is asked for.

    `homes` tells the room of a folder of modules that each is in.
    """

    def __init__(self, folder: str, homes: Mapping[str, str]) -> None:
        super().__init__(dict.fromkeys(homes, _NOT_LOADED))
        self.folder, self.homes = folder, homes

    def __getitem__(self, name: str) -> click.Command:
        verb = super().__getitem__(name)
        if verb is _NOT_LOADED:
            from importlib import import_module

            room, _, own = self.homes[name].partition(".")
            verb = getattr(import_module(f"{self.folder}.{room}"), own or name)
            self[name] = verb
        return verb

    def get(self, name: str, default: Any = None) -> Any:
        """Return a verb, loaded, or the default where there is none of that name."""
        return self[name] if name in self else default  # noqa: SIM401

    def items(self) -> Any:
        """Return all names with their verbs, loaded."""
        return {name: self[name] for name in self}.items()

    def values(self) -> Any:
        """Return all verbs, loaded."""
        return {name: self[name] for name in self}.values()


class Verbs(Helped, click.Group):
    """A group of verbs that lists whole summaries, and knows what a misspelt one meant.

    `groups` are the titles under which it lists them, `meant` other names of its verbs.
    """

    command_class = Verb

    def __init__(
        self,
        *given: Any,
        examples: Sequence[str] = (),
        groups: Mapping[str, tuple[str, ...]] | None = None,
        meant: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.examples, self.groups, self.meant = tuple(examples), groups or {}, meant or {}
        super().__init__(*given, **more)

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the summary, whole."""
        return summary(self.help or "")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which they were declared."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with their summaries; those of the program in groups."""
        left = [name for name in self.commands if not self.commands[name].hidden]
        widest = max(map(len, left), default=0)
        for title, names in self._groups(left):
            with formatter.section(title):
                rows = [(n.ljust(widest), self.commands[n].get_short_help_str()) for n in names]
                formatter.write_dl(rows)

    def _groups(self, names: Sequence[str]) -> list[tuple[str, list[str]]]:
        found = [(title, [n for n in group if n in names]) for title, group in self.groups.items()]
        grouped = {name for _, group in found for name in group}
        rest = [name for name in names if name not in grouped]
        found.append((OTHERS if found else "Verbs", rest))
        return [(title, group) for title, group in found if group]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(self.examples, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is called, or fail with the one that may be meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            ctx.fail(f"there is no verb {name!r}{self._advice(ctx, name)}")
        return super().resolve_command(ctx, args)

    def _advice(self, ctx: click.Context, name: str) -> str:
        own = ctx.command_path
        if guess := nearest(name, self.commands, self.meant):
            return f"; did you mean `{own} {guess}`?"
        if ctx.parent is None and (Path(name, "data").is_dir() or Path(name).suffix in SOURCES):
            return f"; did you mean `{own} build {name}`?"
        return f"; there are {', '.join(n for n in self.commands if not self.commands[n].hidden)}"


class Listing(Verbs):
    """A group that lists where no verb of it is named: `cvtex themes [PATH]`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the verb `list` before what is no verb."""
        if not args or args[0] not in {*self.commands, *HELP}:
            if args and not args[0].startswith("-") and not Path(args[0]).exists():
                guess = nearest(args[0], self.commands, {})
                advice = f"; did you mean {guess}?" if guess else ""
                verbs = ", ".join(self.commands)
                ctx.fail(f"{args[0]!r} is neither a path nor one of {verbs}{advice}")
            args = ["list", *args]
        return super().parse_args(ctx, args)


def verbs(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, each with its whole name: `cvtex export pdf`."""
    yield name, command
    if isinstance(command, click.Group):
        for child, below in command.commands.items():
            yield from verbs(below, f"{name} {child}")


def nearest(name: str, known: Mapping[str, object], meant: Mapping[str, str]) -> str | None:
    """Return what a misspelt verb may mean, None where nothing is near."""
    word = name.lower()
    if word in known:
        return word
    if word in meant:
        return meant[word]
    import difflib

    near = difflib.get_close_matches(word, [*known, *meant], 1, cutoff=0.7)
    return meant.get(near[0], near[0]) if near else None


def summary(text: str) -> str:
    """Return the first sentence of a help text."""
    first = " ".join(text.strip().partition("\n\n")[0].split())
    return first.partition(". ")[0].rstrip(".")


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """Write lines that can be typed, as they stand."""
    if examples:
        with formatter.section("Examples"):
            for example in examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")
