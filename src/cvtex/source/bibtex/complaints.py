"""What is wrong in one `.bib` file, gathered by offset into its text."""

from __future__ import annotations

import bisect
import re

from cvtex.diagnostics import Diagnostic, Severity, Source

MANY = 997
"""How many problems of one file are told: 1000 with their count and what is said of it all."""


class Complaints:
    """Diagnostics of one file. Places go in as offsets and come out as lines."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.found: list[Diagnostic] = []
        self.doubts: list[Diagnostic] = []
        self.untold = 0
        self.expanded = 0
        self._braces: dict[int, int] | None = None
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect.bisect_right(self._starts, offset)

    def place(self, offset: int) -> Source:
        """Return the line and column of an offset, both from 1."""
        line = self.line(offset)
        return Source(self.file, line, offset - self._starts[line - 1] + 1)

    def braces(self) -> dict[int, int]:
        """Return where each opening brace's partner stands; those without one are left out."""
        if self._braces is None:
            self._braces, opened = {}, []
            for brace in re.finditer(r"[{}]", self.text):
                if brace[0] == "{":
                    opened.append(brace.start())
                elif opened:
                    self._braces[opened.pop()] = brace.start()
        return self._braces

    def doubt(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note what was read as it was likely meant: for `cvtex publications check` alone."""
        self.doubts.append(Diagnostic(Severity.WARNING, message, self.place(offset), hint))

    def error(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note what stops the build."""
        self._add(Severity.ERROR, message, offset, hint)

    def warning(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note what does not."""
        self._add(Severity.WARNING, message, offset, hint)

    def note(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note what only tells."""
        self._add(Severity.NOTE, message, offset, hint)

    def _add(self, severity: Severity, message: str, offset: int, hint: str | None) -> None:
        if len(self.found) >= MANY:
            self.untold += 1
        else:
            self.found.append(Diagnostic(severity, message, self.place(offset), hint))

    def errors(self) -> int:
        """Return how many errors were told."""
        return sum(found.severity is Severity.ERROR for found in self.found)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong; where there are more than `MANY` problems, first how many more."""
        if not self.untold:
            return tuple(self.found)
        more = f"{self.untold} more problems in this file"
        return (Diagnostic(Severity.ERROR, more, Source(self.file)), *self.found)
