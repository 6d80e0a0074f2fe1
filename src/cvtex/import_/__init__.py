"""Other tools' files as a project of cvtex, with an account of every value.

An importer is a module with `recognises` and `read`, and a row in `FORMATS`. It takes values
from a `Given`, which knows at the end what nobody took.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cvtex import disk
from cvtex.diagnostics import CvtexError, Diagnostic, Source, error
from cvtex.records import dataclass

if TYPE_CHECKING:
    from cvtex.import_.project import Imported
    from cvtex.source.syntax.nodes import Node

__all__ = ["FORMATS", "Format", "read", "recognise"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of trees (YAML or JSON) that can be imported: its name and its module."""

    name: str
    module: str


FORMATS: tuple[Format, ...] = (
    Format("RenderCV", "rendercv"),
    Format("YAMLResume", "yamlresume"),
    Format("Reactive Resume", "reactive_resume"),
    Format("JSON Resume", "json_resume"),
)
"""The formats of trees, asked in this order: the last one is recognised by the least."""

LATEX = {".tex", ".ltx", ".latex"}
KNOWN = (
    "JSON Resume, RenderCV, YAMLResume and Reactive Resume (YAML or JSON), LinkedIn's data"
    " export (ZIP), LaTeX by moderncv, Awesome-CV, AltaCV or Jake's résumé, and a PDF that"
    " cvtex built with --embed"
)


def recognise(root: Node) -> str:
    """Return the name of the format of a tree; "" for none."""
    from cvtex.import_.ledger import Given, Ledger

    given = Given(root, "", Ledger())
    return next((f.name for f in FORMATS if _module(f).recognises(given)), "")


def read(path: Path, known: Mapping[str, Any]) -> Imported:
    """Return what a file of another tool says, in cvtex's words.

    `known` has the names of `themes` and `languages` that are here. Raises `CvtexError`
    where the file cannot be read, or is of no format that cvtex knows.
    """
    from cvtex.import_ import linkedin
    from cvtex.import_.ledger import Given, Ledger

    if not path.exists():
        raise CvtexError([error("there is no such file", Source(path.name))])
    if not path.is_file() and not path.is_dir():
        message = f"it is {disk.described(path.stat().st_mode)}: a file or a folder is wanted"
        raise CvtexError([error(message, Source(path.name))])
    ledger = Ledger()
    if path.suffix.lower() in LATEX:
        from cvtex.import_ import latex

        result = latex.read(path, ledger, known)
    elif linkedin.recognises(path):
        result = linkedin.read(Given.root(linkedin.load(path), ledger))
    elif path.is_dir():
        result = _tree(_folder(path), path, ledger, known)
    elif path.suffix.lower() == ".pdf":
        result = _pdf(path, ledger, known)
    else:
        result = _tree(_file(path), path.parent, ledger, known)
    ledger.close()
    return result


def _pdf(path: Path, ledger: Any, known: Mapping[str, Any]) -> Imported:
    """Return the CV whose data a PDF of cvtex holds."""
    from cvtex.pdf import readback
    from cvtex.source.syntax import json_text
    from cvtex.source.syntax.nodes import Problems

    files = readback.attached(path)
    if isinstance(files, str):
        raise CvtexError([error(f"the PDF cannot be read: {files}", Source(path.name))])
    if "resume.json" not in files:
        hint = "a PDF of cvtex holds its data where it was built with --embed; no other PDF is read"
        raise CvtexError([error("this PDF holds no data of cvtex", Source(path.name), hint)])
    problems = Problems()
    text = files["resume.json"].decode("utf-8", "replace")
    node = json_text.read(text, f"{path.name}/resume.json", problems)
    if node is None:
        raise CvtexError(problems.diagnostics)
    return _tree(node, path.parent, ledger, known)


def _tree(root: Node, folder: Path, ledger: Any, known: Mapping[str, Any]) -> Imported:
    from cvtex.import_.ledger import Given
    from cvtex.source import extension
    from cvtex.source.syntax.nodes import Map

    if halves := list(_halves(root)):
        raise CvtexError(halves)
    bibs: dict[str, str] = {}
    whole = isinstance(root, Map) and root.get("meta", extension.EXTENSION, extension.WHOLE)
    if isinstance(root, Map) and not whole:
        root = extension.extended(root, "publications.bib", bibs)  # a JSON Resume of cvtex's own
    given = Given.root(root, ledger)
    for row in FORMATS:
        module = _module(row)
        if module.recognises(given):
            result = cast("Imported", module.read(given, folder, known))
            result.files_made |= {f"bib/{name}": text.encode() for name, text in bibs.items()}
            return result
    place = Source(root.source.file)
    message = f"this is no {'file' if place.file else 'folder'} that cvtex can import"
    raise CvtexError([error(message, place if place.file else None, f"known are {KNOWN}")])


def _halves(node: Node) -> Iterator[Diagnostic]:
    """Yield an error for each text with half a surrogate pair, such as JSON's `"\\ud83d"` is: a
    character that another program has cut in two, and that no file can hold."""
    from cvtex.source.syntax.nodes import List, Scalar

    if isinstance(node, Scalar):
        if half := next((letter for letter in node.text if "\ud800" <= letter <= "\udfff"), ""):
            message = f"half a surrogate pair (U+{ord(half):04X}) is no character"
            yield error(message, node.source, "write the whole character, or take it out")
        return
    inner = node.items if isinstance(node, List) else itertools.chain(*node.pairs.values())
    for part in inner:
        yield from _halves(part)


def _file(path: Path) -> Node:
    """Return the tree of a YAML or JSON file."""
    from cvtex.source.syntax import files, json_text, yaml_text
    from cvtex.source.syntax.nodes import Problems

    problems = Problems()
    text = files.load(path, path.name, problems)
    node: Node | None = None
    if text is not None and path.suffix.lower() == ".json":
        node = json_text.read(text, path.name, problems)
    elif text is not None and path.suffix.lower() in (".yaml", ".yml"):
        node = yaml_text.read(text, path.name, problems)
    elif text is not None:
        hint = f"known are {KNOWN}"
        problems.error("this is no file that cvtex can import", Source(path.name), hint)
    if node is None:
        raise CvtexError(problems.diagnostics or [error("the file is empty", Source(path.name))])
    return node


def _folder(path: Path) -> Node:
    """Return a folder of parts (`work.json`, `basics.yaml`, …) as one tree."""
    from cvtex.source.syntax.nodes import Map, Scalar

    parts: Sequence[Path] = sorted(
        file for file in path.iterdir() if file.suffix.lower() in (".json", ".yaml", ".yml")
    )
    pairs = {}
    for part in parts:
        node = _file(part)
        inside = node.get(part.stem) if isinstance(node, Map) else None
        pairs[part.stem] = (Scalar(part.stem, node.source), inside or node)
    return Map(pairs, Source(""))


def _module(row: Format) -> Any:
    from importlib import import_module

    return import_module(f"cvtex.import_.{row.module}")
