"""What can be wrong, and where: the first floor, known to all others.

Problems are values. A stage returns them beside its result or raises them
once, together, in a `CvtexError`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from cvtex import names
from cvtex.private import PREFIX
from cvtex.records import dataclass
from cvtex.veil import PRIVATE, Veil


class Severity(StrEnum):
    """How much a diagnostic weighs; only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in an input file.

    `file` is the path from the project's root, with forward slashes (or the
    name of an environment variable). `line` and `column` count from 1 in
    characters; 0 means the whole file or line. `end` is the last line of what
    stands there, 0 where that is the same line. What comes from the private
    overlay is `private`, and its text is never shown.
    """

    file: str
    line: int = 0
    column: int = 0
    end: int = 0
    private: bool = False

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return place


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One complaint: lower case, no full stop, with a hint where there is one.

    `excerpt` is the input line, filled in by `with_excerpts` at the end. `others` are the
    further places of the same complaint, where it was `gathered`.
    """

    severity: Severity
    message: str
    source: Source | None = None
    hint: str | None = None
    excerpt: str | None = None
    others: tuple[Source, ...] = ()

    def json(self, prefix: str = "") -> dict[str, object]:
        """Return the same for machines, with absent parts left out; `prefix` goes before the
        name of a file."""
        place = self.source
        return {
            "severity": str(self.severity),
            "message": self.message,
            **({"file": _file(place, prefix)} if place else {}),
            **({"line": place.line} if place and place.line else {}),
            **({"column": place.column} if place and place.column else {}),
            **({"hint": self.hint} if self.hint else {}),
        }


class CvtexError(Exception):
    """Every problem of one run, at least one of them an error."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(format_diagnostic(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let another process have it with its diagnostics."""
        return type(self), (self.diagnostics,)


class UsageError(CvtexError):
    """The program was called wrongly: exit status 2."""


def error(message: str, source: Source | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(Severity.ERROR, message, source, hint)


def warning(message: str, source: Source | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that does not stop the build (unless `--strict`)."""
    return Diagnostic(Severity.WARNING, message, source, hint)


def note(message: str, source: Source | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that only tells."""
    return Diagnostic(Severity.NOTE, message, source, hint)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether one of them stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def with_excerpts(
    diagnostics: Iterable[Diagnostic], inputs: Mapping[str, str], secrets: Iterable[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics in reading order, with input lines, and redacted.

    `inputs` holds each input's text by its `Source.file`. A line of a private
    input is shown as `‹private›`; so is each of the `secrets` (the private
    values) and each word of one, wherever a message, hint or line quotes it.
    """
    redact = Veil(secrets, inputs.values()).hide
    split: dict[str, list[str]] = {}
    printed: dict[tuple[str, int], str] = {}  # many are told of one line
    shown = []
    for d in dict.fromkeys(diagnostics):
        excerpt = redact(d.excerpt) if d.excerpt is not None else None
        place = d.source
        if excerpt is None and place and place.line:
            if place.private:
                excerpt = PRIVATE
            elif place.file in inputs:
                if place.file not in split:
                    split[place.file] = inputs[place.file].splitlines()
                lines = split[place.file]
                at = (place.file, place.line)
                if at not in printed and place.line <= len(lines):
                    printed[at] = redact(names.masked(lines[place.line - 1]))
                excerpt = printed.get(at)
        shown.append(
            dataclasses.replace(
                d,
                message=redact(d.message),
                hint=redact(d.hint) if d.hint else None,
                excerpt=excerpt,
            )
        )
    nowhere = Source("")
    return tuple(sorted(shown, key=lambda d: (d.source or nowhere, d.severity)))


MANY = 3
"""From how many places more than this on a complaint is told once."""


def gathered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics, the same complaint about many places as one, at the first.

    The same are those of one severity, message and hint; what stands at up to `MANY`
    places stays as it is.
    """
    same: dict[tuple[str, str, str | None], list[Diagnostic]] = {}
    for d in diagnostics:
        same.setdefault((d.severity, d.message, d.hint), []).append(d)
    result = []
    for several in same.values():
        places = tuple(d.source for d in several[1:] if d.source)
        if len(several) > MANY and len(places) == len(several) - 1:
            result.append(dataclasses.replace(several[0], others=places))
        else:
            result += several
    return tuple(result)


def format_diagnostic(diagnostic: Diagnostic, prefix: str = "") -> str:
    """Return it as printed: `file:line:column: severity: message`, line, caret, hint.

    `prefix` is the way from the working directory to the project's root, set
    before a file so that editors and CI logs can open it.
    """
    place = diagnostic.source
    head = f"{diagnostic.severity}: {names.printable(diagnostic.message)}"
    if place:
        before = "" if place.file.startswith("/") or not _is_file(place) else prefix
        head = names.printable(f"{before}{place}") + f": {head}"
    lines = [head]
    if diagnostic.others:
        lines[0] += f" ({len(diagnostic.others) + 1} places)"
    if diagnostic.excerpt is not None and diagnostic.excerpt.strip():
        excerpt, column = window(diagnostic.excerpt, place.column if place else 0)
        lines.append(f"    {excerpt}")
        if place and column and not place.private:
            pad = "".join("\t" if c == "\t" else " " for c in excerpt[: column - 1])
            lines.append(f"    {pad}^")
    if diagnostic.others:
        shown = names.printable(", ".join(f"{prefix}{o}" for o in diagnostic.others[: MANY - 1]))
        rest = len(diagnostic.others) - (MANY - 1)
        lines.append(f"  also: {shown}" + (f" and {rest} more" if rest > 0 else ""))
    if diagnostic.hint:
        lines.append(f"  hint: {names.printable(diagnostic.hint)}")
    return "\n".join(lines)


def format_annotation(diagnostic: Diagnostic, prefix: str = "") -> str:
    """Return it as a command of GitHub's workflows, which shows it at its line of a change.

    `prefix` is the way from the repository's root to the project's. Its form is that of
    GitHub's "Workflow commands": a line `::error file=…,line=…,col=…::message`, in which
    `%`, line ends and, in properties, `:` and `,` stand encoded.
    """
    place = diagnostic.source
    text = diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")
    if diagnostic.others:
        text += "\nalso: " + ", ".join(f"{prefix}{other}" for other in diagnostic.others)
    properties = {}
    if place and _is_file(place):
        properties = {"file": _file(place, prefix), "line": place.line, "col": place.column}
    elif place:
        text = f"{place}: {text}"
    level = "notice" if diagnostic.severity is Severity.NOTE else diagnostic.severity
    given = ",".join(
        f"{key}={_encoded(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value
    )
    return f"::{level}{' ' if given else ''}{given}::{_encoded(text)}"


def _is_file(place: Source) -> bool:
    """Tell whether a place is in a file, not in an option, a command or a variable."""
    return not place.file.startswith(("--", "cvtex ", PREFIX))


def _file(place: Source, prefix: str) -> str:
    """Return a place's file, with what goes before its name where it is one by a relative path."""
    return place.file if place.file.startswith("/") or not _is_file(place) else prefix + place.file


def _encoded(text: str) -> str:
    """Return text as it stands in a workflow command, on one line and without control."""
    lines = [names.printable(line).replace("%", "%25") for line in text.split("\n")]
    return "%0A".join(lines)


def window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """Return at most `width` characters of the line around a column, and the column in it."""
    line = line.rstrip()
    if len(line) <= width:
        return line, column
    start = max(0, min(column - 1 - width // 2, len(line) - width))
    part = line[start : start + width]
    column -= start
    if start:
        part, column = "…" + part, column + 1
    return part + ("…" if start + width < len(line) else ""), column
