"""A series of letters: a table (CSV) whose columns are values and whose rows are letters."""

from __future__ import annotations

import csv
import functools
import io
import os
import re
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from cvtex import filenames
from cvtex.diagnostics import Diagnostic, Source
from cvtex.model import Text
from cvtex.records import dataclass
from cvtex.source.syntax.files import load
from cvtex.source.syntax.nodes import Problems, quoted

MOST = 10_000  # rows
SEPARATORS = ",;\t"
"""What parts the columns: that of these which the first line has most of."""


@dataclass(frozen=True, slots=True)
class Row:
    """One letter of a series: what its file is called by, and the values of its columns."""

    name: str
    values: Mapping[str, Text]


def read(path: Path, root: Path, problems: Problems) -> tuple[Row, ...]:
    """Return the rows of a table in UTF-8 (RFC 4180), whose first line names the columns.

    A row is named after its first column; of equal names the later ones get numbers.
    """
    name = _shown(path, root)
    text = load(path, name, problems)
    if text is None:
        return ()
    rows, found = _read(text, name)
    problems.diagnostics += found
    return rows


@functools.lru_cache(maxsize=1)  # each letter of a series asks for its row
def _read(text: str, name: str) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """Return the rows of a table, and what is wrong with it."""
    problems = Problems()
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: dict[str, Row] = {}
    columns: list[str] = []
    numbers: dict[str, int] = {}
    begun = 1
    try:
        for cells in reader:
            source, begun = Source(name, begun), reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells, source, problems)
                if not columns:
                    break
            elif len(cells) != len(columns):
                message = f"this row has {len(cells)} values, and there are {len(columns)} columns"
                hint = f"a value that holds {separator!r} stands in double quotes"
                problems.error(message, source, hint)
            elif len(rows) >= MOST:
                problems.error(f"a series has {MOST:,} rows at most", source)
                break
            else:
                values = {
                    column: Text(cell.strip(), source)
                    for column, cell in zip(columns, cells, strict=True)
                }
                row = _name(cells[0], rows, numbers)
                rows[row] = Row(row, values)
    except csv.Error as failure:
        problems.error(f"this is no table: {failure}", Source(name, reader.line_num or 1))
    if not rows and not problems.diagnostics:
        problems.error("this table has no rows", Source(name), "its first line names the columns")
    return tuple(rows.values()), tuple(problems.diagnostics)


def _columns(cells: Sequence[str], source: Source, problems: Problems) -> list[str]:
    found: dict[str, None] = {}
    for cell in cells:
        name = cell.strip()
        if not re.fullmatch(r"[A-Za-z_][\w-]*", name):
            hint = "a column is named by one word, which stands in the letter as {word}"
            problems.error(f"{quoted(name, source)} cannot be a column's name", source, hint)
            return []
        if name in found:
            problems.error(f"two columns are named {quoted(name, source)}", source)
            return []
        found[name] = None
    return [*found]


def _name(cell: str, rows: Container[str], numbers: dict[str, int]) -> str:
    """Return a name that no row has yet; `numbers` are the last ones of names that some have."""
    name = free = filenames.word(cell) or "row"
    while free in rows:
        numbers[name] = numbers.get(name, 1) + 1
        free = f"{name}-{numbers[name]}"
    return free


def _shown(path: Path, root: Path) -> str:
    """Return how messages name the table: from the project, if it lies there."""
    shown = os.path.relpath(path, root)
    return str(path) if shown.startswith("..") else shown.replace(os.sep, "/")
