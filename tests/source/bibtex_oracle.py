"""What the installed BibTeX reads from a `.bib`: the truth for fields and names.

A small `.bst` writes every field, and every name as its four parts. Lines that
BibTeX folds at 79 columns start with two spaces and are put together again.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cvtex.source.bibtex.entries import MONTHS

NAME_FIELDS = ("author", "editor")


@dataclass
class Dumped:
    """An entry as BibTeX has it: fields (those that it holds) and names by field."""

    type: str
    fields: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)


def style(fields: Iterable[str], types: Iterable[str]) -> str:
    """Return the `.bst` that writes these fields of entries of these types."""
    declared = sorted(set(fields) | set(NAME_FIELDS))
    lines = ["ENTRY {", *declared, "} {} {}", "INTEGERS { z.n z.i }", "STRINGS { z.s }"]
    for month in MONTHS:
        lines.append(f'MACRO {{{month}}} {{"{month}"}}')
    lines += ["FUNCTION {z.line} { write$ newline$ }"]
    lines += [
        "FUNCTION {z.names}",
        "{ 'z.s := z.s num.names$ 'z.n := #1 'z.i :=",
        "  { z.i z.n #1 + < }",
        "  {",
        '    "N:" z.line',
        *(f'    "{p}" z.s z.i "{{{p}{p}}}" format.name$ * z.line' for p in "fvlj"),
        "    z.i #1 + 'z.i :=",
        "  } while$",
        "}",
    ]
    lines += ["FUNCTION {z.dump}", '{ "E:" cite$ * z.line', '  "T:" type$ * z.line']
    for name in declared:
        lines.append(f'  {name} missing$ \'skip$ {{ "F:{name}=" {name} * z.line }} if$')
    for name in NAME_FIELDS:
        lines.append(f'  {name} empty$ \'skip$ {{ "L:{name}" z.line {name} z.names }} if$')
    lines += ["}"]
    lines += [f"FUNCTION {{{kind}}} {{ skip$ }}" for kind in sorted(set(types) - set(declared))]
    lines += ["READ", "ITERATE {z.dump}", ""]
    return "\n".join(lines)


def dump(
    bib: bytes, fields: Iterable[str], types: Iterable[str], folder: Path
) -> tuple[dict[str, Dumped], int, bool]:
    """Return the entries of a `.bib` by key, as BibTeX reads them in a scratch folder,
    the first line at which it gave up an entry (0: none), and whether that lost all after it."""
    (folder / "x.bib").write_bytes(bib)
    (folder / "x.bst").write_text(style(fields, types), "ascii")
    (folder / "x.aux").write_text("\\citation{*}\n\\bibstyle{x}\n\\bibdata{x}\n", "ascii")
    run = subprocess.run(
        ["bibtex", "-min-crossrefs=99999", "x"],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    output = folder / "x.bbl"
    data = output.read_bytes() if output.exists() else b""
    output.unlink(missing_ok=True)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    lost = re.search(rb"---line (\d+) of file x.bib", run.stdout)
    swallowed = b"Illegal end of database file" in run.stdout
    return read_dump(text), int(lost[1]) if lost else 0, swallowed


def read_dump(text: str) -> dict[str, Dumped]:
    """Return the entries of the output of our `.bst`."""
    entries: dict[str, Dumped] = {}
    entry = Dumped("")
    names: list[list[str]] = []
    for line in text.replace("\n  ", " ").split("\n"):
        if line.startswith("E:"):
            entry = entries[line[2:]] = Dumped("")
        elif line.startswith("T:"):
            entry.type = line[2:]
        elif line.startswith("F:"):
            name, _, value = line[2:].partition("=")
            entry.fields[name] = " ".join(value.split())
        elif line.startswith("L:"):
            names = entry.names[line[2:]] = []
        elif line.startswith("N:"):
            names.append([])
        elif line[:1] and line[0] in "fvlj" and names:
            names[-1].append(" ".join(line[1:].replace("~", " ").split()))
    return entries
