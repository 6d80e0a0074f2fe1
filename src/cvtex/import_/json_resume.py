"""JSON Resume (https://jsonresume.org/schema) in JSON or YAML, with the names of its 0.x too."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from cvtex import model
from cvtex.import_.ledger import Given
from cvtex.import_.project import RESERVED, Imported, picture
from cvtex.import_.values import Record, date, put
from cvtex.model import KINDS
from cvtex.source.extension import EXTENSION, WHOLE, typed
from cvtex.source.records.keys import keys
from cvtex.source.records.synonyms import OLD
from cvtex.source.syntax.nodes import List, Map, Node, Scalar, absent
from cvtex.source.syntax.yaml_writer import Raw

DATES = {"startDate", "endDate", "date", "releaseDate"}
SECTIONS: Mapping[str, Any] = {name: row.typed for name, row in model.KINDS.items()}


def recognises(root: Given) -> bool:
    """Tell whether this is a JSON Resume: `basics`, or sections of the standard."""
    return root["basics"].is_map or any(root[name].is_list for name in SECTIONS)


def read(root: Given, folder: Path, known: Mapping[str, Any]) -> Imported:
    """Return the CV of a JSON Resume; `folder` is its own, for the photo."""
    result = Imported("JSON Resume", ledger=root.ledger)
    if (extension := root["meta"][EXTENSION])[WHOLE].is_map:
        return _whole(root, extension, result)
    for name in root.keys:
        place = root[name]
        if name == "basics":
            _basics(place, folder, result)
        elif name in SECTIONS:
            hint = SECTIONS[name]
            records = [_record(item, hint) for item in place.items()]
            result.add(name, [record for record in records if record])
        elif name == "meta":
            _meta(place, result, known)
        elif name == "$schema":
            place.lay_aside("the schema's address: each file of the project names its own")
        elif place["title"] and (place["entries"].is_list or place["summary"]):
            result.sections[name] = _plain(place)  # a section of one's own, as cvtex has them
        else:
            own(place, result.basics, f"x-{name}")
    return result


def _whole(root: Given, own: Given, result: Imported) -> Imported:
    """Return the CV of an export that holds all of the data: it is what was exported."""
    result.format, result.whole = "cvtex's JSON Resume", True
    tree = own[WHOLE].node
    assert isinstance(tree, Map)
    for name, (_, value) in typed(tree).pairs.items():
        if name == "meta":
            result.meta |= _raw(value)
        else:
            result.sections[name] = _raw(value)
    _keep_order(result)
    for folder in ("bib", "styles"):
        for path in own[folder].keys:
            file = PurePosixPath(path)  # from another machine, so no more than its name counts
            content = own[folder][path].node
            if isinstance(content, Scalar):
                result.files_made[f"{folder}/{file.name}"] = content.text.encode()
    image = result.sections.get("basics", {}).get("image")
    if isinstance(image, str) and (photo := own["image"].peek()):
        with contextlib.suppress(ValueError):
            name = PurePosixPath(image).name
            result.files_made[f"data/{name}"] = base64.b64decode(photo, validate=True)
            result.sections["basics"]["image"] = name
    for path in own["files"].keys:
        if _is_safe(path):
            with contextlib.suppress(ValueError):
                packed = own["files"][path].peek()
                result.files_made.setdefault(path, base64.b64decode(packed, validate=True))
    for _, scalar in root.leaves():  # the rest says the same in the standard's words
        root.ledger.taken[id(scalar)] = scalar
    return result


TAKEN_OVER = {
    *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".svg"),
    *(".pdf", ".eps", ".ps", ".otf", ".ttf", ".pfb", ".afm", ".tfm", ".vf", ".enc", ".map", ".fd"),
    *(".tex", ".sty", ".cls", ".clo", ".def", ".ldf", ".cfg", ".txt", ".csv", ".md"),
}
"""Endings of files that a CV names: pictures, fonts, and what TeX reads."""


def _is_safe(path: str) -> bool:
    """Tell whether a file may be written where an export says: in the project or its data, in
    no folder and under no name that something else is done with."""
    parts = PurePosixPath(path).parts
    hidden = any(part.startswith(".") or "\\" in part or ":" in part for part in parts)
    known = PurePosixPath(path).suffix.lower() in TAKEN_OVER
    return known and not hidden and 0 < len(parts) <= 3 and (
        len(parts) == 1 or parts[0] not in ("/", "themes", "build", "bib", "styles")
    )  # fmt: skip


def _keep_order(result: Imported) -> None:
    """Say in which order the sections of one file came, where those of a folder would not."""
    choices = list(result.meta.get("sections") or ())
    said = {
        name for choice in choices for name in (choice if isinstance(choice, dict) else [choice])
    }
    own = [n for n in result.sections if n not in (*RESERVED, *said) and not n.startswith("x-")]
    if own != sorted(own):
        standard = [name for name in KINDS if name in result.sections and name not in said]
        result.meta["sections"] = [*choices, *standard, *own]


def _raw(node: Node) -> Any:
    """Return a tree as plain data, TeX as such."""
    if isinstance(node, Map):
        return {key: _raw(value) for key, (_, value) in node.pairs.items()}
    if isinstance(node, List):
        return [_raw(item) for item in node.items]
    if node.tex:
        return Raw(node.text)
    return None if absent(node) and node.style == "" else node.text


def own(place: Given, record: Record, key: str) -> None:
    """Keep what cvtex has no place for under a key of the user's own: it is not printed."""
    for path, scalar in place.leaves():
        place.ledger.note(path, scalar, f"kept as {key}, which is not printed")
    if (found := _plain(place)) not in ("", [], {}):
        record[key] = found


def _basics(place: Given, folder: Path, result: Imported) -> None:
    if not place.is_map:
        return
    record = _record(place, model.Basics)
    accounts = place["profiles"].items()
    put(record, profiles=[_record(profile, model.Profile) for profile in accounts])
    image = record.get("image")
    if isinstance(image, str):
        if "://" in image or image.startswith("data:"):
            del record["image"]
            record["x-image"] = image
        elif found := picture(folder, image.removeprefix("file://")):
            result.files[f"data/{found.name}"] = found
            record["image"] = found.name
    result.sections["basics"] = {**record, **result.sections.get("basics", {})}


def _record(place: Given, typed: Any) -> Record:
    """Take a record: known keys as they are, old names under ours, others as `x-…`."""
    if not place.is_map:
        return place.text() if place.is_text else {}  # type: ignore[return-value]
    allowed = keys(typed)
    old = OLD.get(typed.__name__, {})
    record: Record = {}
    for key in place.keys:
        value = place[key]
        if not (value.is_list or value.is_map or value):
            continue
        ours = key if key in allowed else old.get(key, key)
        if ours in DATES and ours in allowed:
            record[ours] = date(value)
        elif ours in allowed:
            record[ours] = _plain(value)
        else:
            own(value, record, key if key.startswith("x-") else f"x-{key}")
    return {key: value for key, value in record.items() if value not in ("", [], {}, None)}


def _plain(place: Given) -> Any:
    """Take all that stands somewhere, as it is, but for what is empty."""
    if place.is_map:
        found = {key: _plain(place[key]) for key in place.keys}
        return {key: value for key, value in found.items() if value not in ("", [], {})}
    if place.is_list:
        return [value for value in map(_plain, place.items()) if value not in ("", [], {})]
    return place.text()


def _meta(place: Given, result: Imported, known: Mapping[str, Any]) -> None:
    theme = place["theme"]
    if theme and theme.peek() not in known["themes"]:
        theme.lose("a theme of another program; cvtex themes lists ours")
    allowed = keys(model.Meta)
    for key in place.keys:
        value = place[key]
        if key in allowed and not (key == "theme" and theme.peek() not in known["themes"]):
            if found := _plain(value):
                result.meta[key] = found
        elif key != "theme":
            own(value, result.meta, f"x-{key}")
