"""Likely causes of YAML syntax errors that lie in the layout: colons, brackets, indentation."""

from __future__ import annotations

import re
from typing import Any

from cvtex.records import dataclass

QUOTE = "put the whole value in quotes"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A syntax error as it is shown; `quotes` tells that the hint repeats the input."""

    message: str
    line: int
    column: int
    hint: str | None = None
    quotes: bool = False


def colon(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """A colon too many or too few."""
    here = lines[line]
    if "mapping values are not allowed" in problem:
        key = re.match(r"[\s-]*(?:\"[^\"]*\"|'[^']*'|[^:\s][^:]*?)\s*:\s+", here[:column])
        if key:
            begin = key.end()
            if item := re.match(r"\s*- (?=[A-Z]|[^:]* )", here):
                begin = item.end()  # no key of ours has a capital or a space
            return Explanation(
                "a colon and a space inside a value",
                line + 1,
                column + 1,
                in_quotes(here, begin),
                quotes=True,
            )
        above = line_above(lines, line)
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
            if indent(here) > indent(lines[above]) and ":" in lines[above]:
                return Explanation(
                    "this key is indented below a key that already has a value",
                    line + 1,
                    indent(here) + 1,
                    "give it the same indentation as the key above",
                )
            return Explanation(
                "a key cannot follow here: the line above is a text of its own",
                line + 1,
                indent(here) + 1,
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
    if "sequence entries are not allowed" in problem:
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
            in_quotes(here, column),
            quotes=True,
        )
    return None


def closed(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """Text after a closing quote or bracket, and brackets that are not closed."""
    here = lines[line]
    before = here[:column].rstrip()
    if "did not find expected" not in problem and "expected" not in problem:
        return None
    in_flow = "flow" in context
    if in_flow and here[column : column + 1] in ("'", '"'):
        return Explanation("a comma is missing here", line + 1, column + 1)
    if before[-1:] in ("'", '"') and column < len(here.rstrip()) and here[column] != "#":
        end = len(before)
        if here[column] == ",":
            return Explanation(
                "a comma after the closing quote",
                line + 1,
                column + 1,
                "a list stands in brackets; a text with quotes in quotes of the other kind",
            )
        return Explanation(
            "text after the closing quote",
            line + 1,
            column + 1,
            "put the whole value in quotes of the other kind"
            if not re.match(r"\w", here[end:]) or before[-1:] == '"'
            else "inside '…' an apostrophe is written ''",
        )
    if alias := re.search(r"(?:^|\s)(\*\S+)$", before):
        return Explanation(
            f"text after the alias {alias[1]}",
            line + 1,
            column + 1,
            in_quotes(here, alias.start(1)),
            quotes=True,
        )
    if before[-1:] in ("]", "}") and not in_flow and column < len(here.rstrip()):
        opening = {"]": "[", "}": "{"}[before[-1]]
        at = re.match(r"\s*(?:- +)*(?:[^\s:\[{]+\s*:\s+)?", here)
        begin = at.end() if at else 0
        return Explanation(
            f"text after the closing {before[-1]}",
            line + 1,
            column + 1,
            in_quotes(here, begin) if here[begin : begin + 1] == opening else QUOTE,
            quotes=True,
        )
    if in_flow and start is not None:
        opening = lines[start.line][start.column : start.column + 1]
        return Explanation(
            f"this {opening} is not closed, or a comma is missing in it",
            start.line + 1,
            start.column + 1,
            in_quotes(lines[start.line], start.column, "if it is text, "),
            quotes=True,
        )
    return None


def layout(
    lines: list[str], line: int, column: int, problem: str, context: str, start: Any
) -> Explanation | None:
    """Lines that do not align."""
    here = lines[line]
    if "block collection" in context or "block mapping" in context or "block sequence" in context:
        begin = indent(here)
        if here[column : column + 1] == ":":
            return Explanation("a key is missing before the colon", line + 1, column + 1)
        if start is not None and begin == start.column == column:
            if lines[start.line][start.column : start.column + 1] == "-":
                return Explanation(
                    "a list and keys are mixed",
                    line + 1,
                    column + 1,
                    'every item of a list begins with "- "; its keys are indented below the first',
                )
            if here[begin : begin + 1] == "-":
                return Explanation(
                    "a list item among keys",
                    line + 1,
                    column + 1,
                    "a list stands below its key; keys and items are not mixed",
                )
        if column == begin:
            return Explanation(
                "the indentation of this line fits no line above",
                line + 1,
                column + 1,
                "keys of one record, and items of one list, begin in the same column",
            )
    return None


def line_above(lines: list[str], line: int) -> int | None:
    """Return the number of the nearest line above that has more than a comment, or None."""
    for number in range(line - 1, -1, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            return number
    return None


def indent(line: str) -> int:
    """Return how many spaces and tabs a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def in_quotes(line: str, at: int, lead: str = "") -> str:
    """Return a hint with the value from a column on, in quotes that fit."""
    value = line[at:].rstrip()
    if len(value) > 60:
        return f"{lead}put the whole value in quotes"
    if '"' not in value and "\\" not in value:
        return f'{lead}write "{value}"'
    return f"{lead}write '" + value.replace("'", "''") + "'"
