"""What is wrong in one `.bib` file, gathered by offset into its text."""

from __future__ import annotations

import bisect
import re

from cvtex.diagnostics import Diagnostic, Severity, Source


class Complaints:
    """Diagnostics of one file. Places go in as offsets and come out as lines."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.found: list[Diagnostic] = []
        self.doubts: list[Diagnostic] = []
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
        self.found.append(Diagnostic(Severity.ERROR, message, self.place(offset), hint))

    def warning(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note what does not."""
        self.found.append(Diagnostic(Severity.WARNING, message, self.place(offset), hint))

    def note(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note what only tells."""
        self.found.append(Diagnostic(Severity.NOTE, message, self.place(offset), hint))
