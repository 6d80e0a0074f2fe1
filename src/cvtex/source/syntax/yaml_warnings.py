"""YAML that is right, and hardly meant so."""

from __future__ import annotations

import re

from cvtex.diagnostics import Source
from cvtex.source.syntax.nodes import Problems

_COMMENT = re.compile(r"[ \t]+#[^\s#!]")
_NO_VALUE = re.compile(r"[ \t]*#[^\s#!]")
_NOTHING = ("Null", "NULL")  # also names of people and firms; `null` and `~` are none
_ODD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\([LNP_fvr])")


def check(text: str, raw: str, end: int, style: str, source: Source, problems: Problems) -> None:
    """Warn of a value that YAML takes in another way than it looks.

    `raw` is the value as it stands in the text, `end` the offset behind it,
    `style` that of `Scalar`. Where `source` has no line (a value from the
    command line), neither has the warning.
    """
    if style == '"' and (escape := _ODD_ESCAPE.search(raw)):
        problems.warning(
            f"\\{escape[1]} in double quotes stands for a character that is not seen",
            source,
            "write a backslash as \\\\, or the text in single quotes",
        )
    if style:
        return
    if raw in _NOTHING:
        problems.warning(
            f"{raw} is YAML's word for nothing, and is left out",
            source,
            f'write "{raw}" in quotation marks if it is a name, or ~ if nothing is meant',
        )
    if comment := (_COMMENT if raw else _NO_VALUE).match(text, end):
        line, column = 0, 0
        if source.line:
            line = source.line + raw.count("\n")
            column = comment.end() - text.rfind("\n", 0, comment.end()) - 2
        problems.warning(
            "what follows # is a comment and not part of the value",
            Source(source.file, line, column, 0, source.private),
            "put the value in quotes if it belongs to it, or a space after the # if not",
        )
    if "\n" in raw and (dash := re.search(r"\n[ ]*- ", raw)):
        line = source.line + raw.count("\n", 0, dash.end()) if source.line else 0
        problems.warning(
            "this begins no list item: it continues the text above",
            Source(source.file, line, len(dash[0]) - 2 if line else 0, 0, source.private),
            "give it the indentation of the other items; "
            "bullets below a bullet are written `- text: …` and `highlights:` under it",
        )
