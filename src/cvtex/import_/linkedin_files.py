"""The files of LinkedIn's data export: a ZIP of CSV files, or a folder of them, as nodes."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from pathlib import Path

from cvtex import disk
from cvtex.diagnostics import CvtexError, Source, error
from cvtex.source.syntax.nodes import List, Map, Node, Scalar

FILES = (
    "Profile", "Profile Summary", "Positions", "Education", "Skills", "Languages",
    "Certifications", "Projects", "Publications", "Patents", "Honors", "Volunteering", "Courses",
    "Test_Scores", "Organizations", "Email Addresses", "PhoneNumbers", "Phone Numbers",
    "Recommendations_Received",
)  # fmt: skip
"""The files that hold what a CV says; all others of the export (messages, …) are not opened."""
COLUMNS = (
    "First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary",
    "Industry", "Zip Code", "Geo Location", "Twitter Handles", "Websites", "Profile Summary",
    "Company Name", "Title", "Description", "Location", "Started On", "Finished On",
    "School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities", "Name",
    "Proficiency", "Url", "Authority", "License Number", "Published On", "Publisher",
    "Patent Number", "Application Number", "Country", "Filed On", "Issued On", "Inventors",
    "Role", "Cause", "Number", "Date", "Score", "Position", "Email Address", "Confirmed",
    "Primary", "Updated On", "Extension", "Type", "Company", "Job Title", "Text",
    "Creation Date", "Status",
)  # fmt: skip
"""The heads of columns, which are known in capital and small letters."""
LARGEST = 5_000_000
"""Bytes that a file of the export may have, unpacked."""
_KNOWN = {column.casefold(): column for column in COLUMNS}
_SEPARATORS = ",;\t"


def recognises(path: Path) -> bool:
    """Tell whether a ZIP or a folder has LinkedIn's files."""
    return bool({"Profile.csv", "Positions.csv"} & {Path(name).name for name in _names(path)})


def load(path: Path) -> Node:
    """Return the rows of the export as nodes: a list of rows for each file, by its name."""
    pairs = {}
    for name in _names(path):
        stem = Path(name).stem
        if stem in FILES and name.endswith(".csv") and stem not in pairs:
            file = f"{path.name}/{Path(name).name}"
            key = Scalar(stem, Source(file))
            pairs[stem] = (key, _rows(_decoded(_content(path, name), file), file))
    return Map(pairs, Source(path.name))


def _names(path: Path) -> list[str]:
    if path.is_dir():
        return sorted(file.name for file in path.glob("*.csv"))
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def _content(path: Path, name: str) -> bytes:
    """Return the bytes of a file, of which no more are unpacked than it may have."""
    place = Source(f"{path.name}/{name}")
    try:
        if path.is_dir():
            content = disk.read(path / name, LARGEST)
        else:
            with zipfile.ZipFile(path) as archive, archive.open(name) as packed:
                content = packed.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise CvtexError([error("the ZIP is damaged", place, "fetch it again")]) from None
    except (RuntimeError, NotImplementedError):
        hint = "unpack it, and import the folder"
        raise CvtexError([error("the ZIP cannot be unpacked here", place, hint)]) from None
    except OSError as failure:
        raise CvtexError([error(f"cannot read it: {failure.strerror}", place)]) from None
    if len(content) > LARGEST:
        raise CvtexError([error(f"the file has more than {LARGEST:,} bytes", place)])
    return content


def _decoded(content: bytes, file: str) -> str:
    codec = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(codec)
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        hint = "LinkedIn writes UTF-8: import the ZIP as it came"
        raise CvtexError([error("the text is not UTF-8", Source(file, line), hint)]) from None


def _rows(text: str, file: str) -> List:
    """Return the rows of a CSV file under its heads; LinkedIn sets remarks above some heads.

    A cell without a head, and one whose head was there before, has the number of its column.
    """
    lines = io.StringIO(text, newline="").readlines()
    skipped = 0
    if lines and lines[0].startswith("Notes"):
        skipped = next((n + 1 for n, line in enumerate(lines) if not line.strip()), 0)
    head = lines[skipped] if skipped < len(lines) else ""
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO("".join(lines[skipped:]), newline=""), delimiter=separator)
    rows: list[Node] = []
    heads: list[str] = []
    line = 0
    try:
        for row in reader:
            place = Source(file, skipped + line + 1, 1)
            line = reader.line_num
            if not heads:
                heads = [_KNOWN.get(cell.strip().casefold(), cell.strip()) for cell in row]
                continue
            cells: dict[str, tuple[Scalar, Node]] = {}
            for number, cell in enumerate(row):
                name = heads[number] if number < len(heads) else ""
                name = name if name and name not in cells else f"column {number + 1}"
                cells[name] = (Scalar(name, place), Scalar(cell, place, '"'))
            if any(cell.strip() for cell in row):
                rows.append(Map(cells, place))
    except csv.Error as failure:
        place = Source(file, skipped + reader.line_num)
        raise CvtexError([error(f"this is no CSV: {failure}", place)]) from None
    return List(tuple(rows), Source(file))
