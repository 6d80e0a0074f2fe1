"""What a YAML syntax error most likely comes from, in words that help.

PyYAML says where it stopped and what it missed; a person wants to know which
character to change. Each rule looks at the message and at the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

QUOTE = "put the whole value in quotes"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A syntax error as it is shown; `quotes` tells that the hint repeats the input."""

    message: str
    line: int
    column: int
    hint: str | None = None
    quotes: bool = False


def explain(text: str, stop: Any) -> Explanation:
    """Return the likely cause of a `yaml.MarkedYAMLError` in a text, lines from 1."""
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
    if tab := _tab(lines, line, column, problem):
        return tab
    start = stop.context_mark
    for rule in (_scalar, _colon, _closed, _layout):
        if found := rule(lines, line, column, problem, context, start):
            return found
    plain = re.sub(r"^(did not find expected|expected)", "here is missing:", problem)
    return Explanation(f"this is not YAML: {plain}", line + 1, column + 1, _odd_start(here))


def _tab(lines: list[str], line: int, column: int, problem: str) -> Explanation | None:
    here = lines[line] if lines else ""
    indentation = re.match(r"[ \t]*", here)
    spaces = indentation[0] if indentation else ""
    if "\t" not in spaces or column > len(spaces):
        return None
    if "tab" not in problem and "cannot start any token" not in problem:
        return None
    return Explanation(
        "a tab in the indentation",
        line + 1,
        spaces.index("\t") + 1,
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
            _in_quotes(lines[start.line], at),
            quotes=True,
        )
    if "an alias" in context or "an anchor" in context or "a tag" in context:
        at = start.column
        sign = lines[start.line][at : at + 1]
        if sign == "*" and re.match(r"\*\s", lines[start.line][at:]):
            return Explanation(
                'a "* " begins no list item in YAML', start.line + 1, at + 1, 'write "- " instead'
            )
        return Explanation(
            f"a value may not begin with {sign} unless it is in quotes",
            start.line + 1,
            at + 1,
            _in_quotes(lines[start.line], at),
            quotes=True,
        )
    if "cannot start any token" in problem or "expected node content" in problem:
        sign = here[column : column + 1]
        if sign and not sign.isspace():
            return Explanation(
                f"a value may not begin with {sign} unless it is in quotes",
                line + 1,
                column + 1,
                _in_quotes(here, column),
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
            _in_quotes(here, column),
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


def _colon(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """A colon too many or too few."""
    here = lines[line]
    if "mapping values are not allowed" in problem:
        key = re.match(r"[\s-]*(?:\"[^\"]*\"|'[^']*'|[^:\s][^:]*?)\s*:\s+", here[:column])
        if key:
            return Explanation(
                "a colon and a space inside a value",
                line + 1,
                column + 1,
                _in_quotes(here, key.end()),
                quotes=True,
            )
        above = _above(lines, line)
        if above is not None:
            missing = re.match(r"([\s-]*[A-Za-z][\w-]*:)(?!//)(\S.*)", lines[above])
            if missing:
                return Explanation(
                    "a space is missing after the colon",
                    above + 1,
                    missing.end(1),
                    f"write {missing[1].strip(' -')} {missing[2]}",
                    quotes=True,
                )
            if _indent(here) > _indent(lines[above]) and ":" in lines[above]:
                return Explanation(
                    "this key is indented below a key that already has a value",
                    line + 1,
                    _indent(here) + 1,
                    "give it the same indentation as the key above",
                )
            return Explanation(
                "a key cannot follow here: the line above is a text of its own",
                line + 1,
                _indent(here) + 1,
                "the line above has no key, or its colon lacks a space",
            )
        return Explanation("a colon where none can stand", line + 1, column + 1, QUOTE)
    if "could not find expected ':'" in problem and start is not None:
        first = lines[start.line]
        if re.match(r"\s*-[^\s-]", first):
            return Explanation(
                "a space is missing after the dash",
                start.line + 1,
                first.index("-") + 1,
                "a list item begins with a dash and a space",
            )
        missing = re.match(r"\s*[A-Za-z][\w-]*:(?=\S)(?!//)", first)
        if missing:
            return Explanation(
                "a space is missing after the colon", start.line + 1, missing.end(), None
            )
        return Explanation(
            "this line has no key",
            start.line + 1,
            start.column + 1,
            "a text of several lines is indented deeper than its key; "
            "a key is followed by a colon and a space",
        )
    if "block sequence entries are not allowed" in problem:
        return Explanation(
            'a "- " where no list can begin',
            line + 1,
            column + 1,
            "a list begins on the line below its key; "
            "put the value in quotes if the dash belongs to it",
        )
    if "mapping keys are not allowed" in problem:
        return Explanation(
            'a value may not begin with "? " unless it is in quotes',
            line + 1,
            column + 1,
            _in_quotes(here, column),
            quotes=True,
        )
    return None


def _closed(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """Text after a closing quote or bracket, and brackets that are not closed."""
    here = lines[line]
    before = here[:column].rstrip()
    if "did not find expected" not in problem and "expected" not in problem:
        return None
    in_flow = "flow" in context
    if before[-1:] in ("'", '"') and column < len(here.rstrip()) and here[column] not in "#,":
        end = len(before)
        return Explanation(
            "text after the closing quote",
            line + 1,
            column + 1,
            "put the whole value in quotes of the other kind"
            if not re.match(r"\w", here[end:]) or before[-1:] == '"'
            else "inside '…' an apostrophe is written ''",
        )
    if before[-1:] in ("]", "}") and not in_flow and column < len(here.rstrip()):
        opening = {"]": "[", "}": "{"}[before[-1]]
        at = re.match(r"\s*(?:- +)*(?:[^\s:\[{]+\s*:\s+)?", here)
        begin = at.end() if at else 0
        return Explanation(
            f"text after the closing {before[-1]}",
            line + 1,
            column + 1,
            _in_quotes(here, begin) if here[begin : begin + 1] == opening else QUOTE,
            quotes=True,
        )
    if in_flow and start is not None:
        opening = lines[start.line][start.column : start.column + 1]
        return Explanation(
            f"this {opening} is not closed, or a comma is missing in it",
            start.line + 1,
            start.column + 1,
            _in_quotes(lines[start.line], start.column, "if it is text, "),
            quotes=True,
        )
    return None


def _layout(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """Lines that do not align."""
    here = lines[line]
    if "block collection" in context or "block mapping" in context or "block sequence" in context:
        indent = _indent(here)
        if start is not None and indent == start.column == column:
            if lines[start.line][start.column : start.column + 1] == "-":
                return Explanation(
                    "a list and keys are mixed",
                    line + 1,
                    column + 1,
                    'every item of a list begins with "- "; its keys are indented below the first',
                )
            if here[indent : indent + 1] == "-":
                return Explanation(
                    "a list item among keys",
                    line + 1,
                    column + 1,
                    "a list stands below its key; keys and items are not mixed",
                )
        if column == indent:
            return Explanation(
                "the indentation of this line fits no line above",
                line + 1,
                column + 1,
                "keys of one record, and items of one list, begin in the same column",
            )
    return None


def _above(lines: list[str], line: int) -> int | None:
    for number in range(line - 1, -1, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            return number
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _in_quotes(line: str, at: int, lead: str = "") -> str:
    """Return a hint with the value from a column on, in quotes that fit."""
    value = line[at:].rstrip()
    if len(value) > 60:
        return f"{lead}put the whole value in quotes"
    if '"' not in value and "\\" not in value:
        return f'{lead}write "{value}"'
    return f"{lead}write '" + value.replace("'", "''") + "'"


def _odd_start(line: str) -> str | None:
    value = re.match(r"[\s-]*(?:[^\s:]+:\s+)?(?P<sign>[\[\]{}&*!|>%@`])", line)
    return f"{QUOTE} if it begins with {value['sign']}" if value else None
