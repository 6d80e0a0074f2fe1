"""What a YAML syntax error most likely comes from, in words that help.

PyYAML says where it stopped and what it missed; a person wants to know which
character to change. Each rule looks at the message and at the line.
"""

from __future__ import annotations

import re
from typing import Any

from cvtex.source.syntax.yaml_layout import (
    QUOTE,
    Explanation,
    closed,
    colon,
    in_quotes,
    indent,
    layout,
)


def explain(text: str, stop: Any, opened: Any = None, last: Any = None) -> Explanation:
    """Return the likely cause of a `yaml.MarkedYAMLError` in a text.

    `opened` is the mark of the innermost bracket that is open, `last` the event
    of the last scalar before the error.
    """
    lines = text.split("\n")
    problem = str(stop.problem or "")
    context = str(stop.context or "")
    mark = stop.problem_mark or stop.context_mark
    line, column = mark.line, mark.column
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line].strip()):
        # at the end of the file: the last line that has something
        line = max((n for n, content in enumerate(lines) if content.strip()), default=0)
        column = len(lines[line].rstrip()) if lines else 0
    here = lines[line] if lines else ""
    if tab := _tab(lines, line):
        return tab
    if last is not None and last.style in ("'", '"') and _ends_here(last, line, column):
        return Explanation(
            f"the quote that is opened here ends on line {line + 1}",
            last.start_mark.line + 1,
            last.start_mark.column + 1,
            "close it where the text ends",
        )
    start = opened if "flow" in context and opened else stop.context_mark
    for rule in (_scalar, colon, closed, layout):
        if found := rule(lines, line, column, problem, context, start):
            return found
    if "document start" in problem:
        return Explanation("something stands after the end of the YAML", line + 1, column + 1)
    plain = re.sub(r"^(did not find expected|expected)", "here is missing:", problem)
    return Explanation(f"this is not YAML: {plain}", line + 1, column + 1, _odd_start(here))


def _ends_here(last: Any, line: int, column: int) -> bool:
    begin, end = last.start_mark, last.end_mark
    return bool(begin.line < line == end.line and end.column <= column)


def _tab(lines: list[str], line: int) -> Explanation | None:
    match = re.match(r" *(\t)", lines[line] if lines else "")
    if not match:
        return None
    return Explanation(
        "a tab in the indentation",
        line + 1,
        match.end(),
        "YAML is indented by spaces; set your editor to insert them",
    )


def _scalar(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """What goes wrong inside one value, or at its first character."""
    here = lines[line]
    if "quoted scalar" in context:
        if "escape" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
            return _escape(lines, line, column, problem)
        return Explanation(
            "a quote is opened here and never closed",
            start.line + 1,
            start.column + 1,
            "close it, or leave the quotes away; inside '…' an apostrophe is written ''",
        )
    if "block scalar" in context:
        at = start.column
        sign = lines[start.line][at : at + 1]
        if "tab" in problem or start.line != line:
            return None
        return Explanation(
            f"a value may not begin with {sign} unless a text on the lines below follows",
            start.line + 1,
            at + 1,
            in_quotes(lines[start.line], at),
            quotes=True,
        )
    if "an alias" in context or "an anchor" in context or "a tag" in context:
        at = start.column
        sign = lines[start.line][at : at + 1]
        if at == indent(lines[start.line]) and re.match(r"\*\s", lines[start.line][at:]):
            return Explanation(
                'a "* " begins no list item in YAML', start.line + 1, at + 1, 'write "- " instead'
            )
        return Explanation(
            f"a value may not begin with {sign} unless it is in quotes",
            start.line + 1,
            at + 1,
            in_quotes(lines[start.line], at),
            quotes=True,
        )
    if re.search("cannot start any token|expected (?:the )?node content", problem):
        sign = here[column : column + 1]
        if sign and not sign.isspace():
            return Explanation(
                f"a value may not begin with {sign} unless it is in quotes",
                line + 1,
                column + 1,
                in_quotes(here, column),
                quotes=True,
            )
    if "directive" in context:
        return Explanation(
            "a line may not begin with % unless it is in quotes",
            start.line + 1,
            start.column + 1,
            "a comment begins with #",
        )
    if "undefined tag handle" in problem:
        return Explanation(
            "a value may not begin with ! unless it is in quotes",
            line + 1,
            column + 1,
            in_quotes(here, column),
            quotes=True,
        )
    return None


def _escape(lines: list[str], line: int, column: int, problem: str) -> Explanation:
    here = lines[line]
    escape = here[column : column + 2]
    if not escape.startswith("\\"):
        column = max(here.rfind("\\", 0, column + 1), 0)
        escape = here[column : column + 2]
    if escape in ("\\u", "\\U") and re.match(r"\\u[dD][89a-fA-F]", here[column:]):
        return Explanation(
            "half a surrogate pair is no character in YAML",
            line + 1,
            column + 1,
            "type the character itself",
        )
    return Explanation(
        f"{escape} is no escape of YAML",
        line + 1,
        column + 1,
        "in double quotes a backslash is written \\\\; in single quotes it stands for itself",
    )


def _odd_start(line: str) -> str | None:
    value = re.match(r"[\s-]*(?:[^\s:]+:\s+)?(?P<sign>[\[\]{}&*!|>%@`])", line)
    return f"{QUOTE} if it begins with {value['sign']}" if value else None
