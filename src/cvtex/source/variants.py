"""`variants.yaml`: what a variant lays over the data before it is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from cvtex import select
from cvtex.diagnostics import Source
from cvtex.model import KINDS, Text, Variant
from cvtex.source import overlay
from cvtex.source.records.convert import converter
from cvtex.source.records.scalars import WRONG
from cvtex.source.records.synonyms import NAMES, SECTIONS
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    nearest,
    quoted,
    scalars,
)

FACTS = {
    "startDate": "a date",
    "endDate": "a date",
    "date": "a date",
    "releaseDate": "a date",
    "position": "a job title",
    "studyType": "a degree",
    "area": "a degree",
    "institution": "a school",
    "organization": "an organisation",
    "score": "a grade",
}
"""Keys whose values are facts, which do not differ from one reader to another."""


def placed(root: Map, problems: Problems) -> Map:
    """Return the data with `variants` where `meta` has them: `variants.yaml` is a part of it."""
    if "variants" not in root.pairs:
        return root
    key, node = root.pairs["variants"]
    meta = root.pairs.get("meta")
    pairs = {name: pair for name, pair in root.pairs.items() if name != "variants"}
    inner = dict(meta[1].pairs) if meta and isinstance(meta[1], Map) else {}
    if "variants" in inner:
        problems.error("variants stand in meta, too", inner["variants"][0].source, "keep one")
        return Map(pairs, root.source)
    if isinstance(node, Map) and list(node.pairs) == ["variants"]:
        problems.error(
            "the key variants is one too many: the file's name says it",
            node.source,
            "take the line away and begin with the name of a variant",
        )
        return Map(pairs, root.source)
    source = meta[1].source if meta and isinstance(meta[1], Map) else node.source
    head = meta[0] if meta else Scalar("meta", key.source)
    pairs["meta"] = (head, Map({**inner, "variants": (key, node)}, source))
    return Map(pairs, root.source)


def language(root: Map, name: str) -> str:
    """Return the language in which a variant wants the CV, "" where it says nothing of it."""
    known = read(root, Problems())
    try:
        names = select.chain(known, name) if name else ()
    except (KeyError, ValueError):  # which `laid` tells
        return ""
    for each in reversed(names):
        over = known[each].meta
        asked = over.node.get("language") if over and isinstance(over.node, Map) else None
        if isinstance(asked, Scalar):
            return asked.text.strip()
    return ""


def laid(root: Map, name: str, problems: Problems) -> Map:
    """Return the data with a variant's `data` and `meta` laid over it, first what it extends.

    Complains of a variant that there is not, and of each fact that is changed.
    """
    known = read(root, Problems())  # what is wrong with them is told when `meta` is read
    try:
        names = select.chain(known, name)
    except KeyError as lacking:
        [missing] = lacking.args
        asked = (v.extends for v in known.values() if v.extends and v.extends == missing)
        named = name.source if isinstance(name, Text) and missing == name else None
        source = next((text.source for text in asked), named or Source("--variant"))
        guess = nearest(missing, known, {})
        hint = f"did you mean {guess}?" if guess else "known are " + ", ".join(known)
        problems.error(
            f"there is no variant {quoted(missing, source)}",
            source,
            hint if known else "write data/variants.yaml",
        )
        return root
    except ValueError as circle:
        problems.error(f"variants extend one another: {circle}", known[name].source)
        return root
    for each in names:
        variant = known[each]
        _check(each, variant, root, problems)
        for unread, top in ((variant.data, None), (variant.meta, "meta")):
            over = unread.node if unread else None
            if isinstance(over, Map):
                if top:
                    over = Map({top: (Scalar(top, over.source), over)}, over.source)
                merged = _merge(root, over, (), problems)
                assert isinstance(merged, Map)
                root = merged
            elif isinstance(over, List) or (isinstance(over, Scalar) and over.text.strip()):
                problems.error("what a variant lays over the data is a mapping", over.source)
    return root


def _check(name: str, variant: Variant, root: Map, problems: Problems) -> None:
    """Complain of sections that there are not, and of what cannot be counted."""
    sections = [name for name in (*SECTIONS, *root.pairs) if name not in ("basics", "meta")]
    for hidden in variant.hide:
        if hidden not in sections:
            _unknown(hidden, hidden.source, sections, problems)
    typed = root.get("meta", "variants", name, "most")
    keys = typed.pairs if isinstance(typed, Map) else {}
    for limit, most in variant.most.items():
        place = keys[limit][0].source if limit in keys else variant.source
        section, _, part = limit.partition(".")
        if section not in sections:
            _unknown(section, place, sections, problems)
        elif part and part not in (lists := _lists(section, root)):
            guess = nearest(part, lists, {})
            hint = f"did you mean {section}.{guess}?" if guess else None
            known = f"known are {', '.join(lists)}" if lists else f"{section} can be counted"
            message = f"{section} has no list {quoted(part, place)} to count"
            problems.error(message, place, hint or known)
        elif most < 0:
            problems.error(f"most of {limit} is 0 or more", place)


def _lists(section: str, root: Map) -> list[str]:
    """Return the lists within the records of a section that can be counted."""
    kind = root.get(section, "kind")
    named = kind.text.strip() if isinstance(kind, Scalar) else "projects"
    row = KINDS.get(section) or KINDS.get(named)
    fields = [field.name for field in dataclasses.fields(row.record)] if row else []
    return [name for name in select.LISTS if name in fields]


def _unknown(name: str, source: Source, sections: list[str], problems: Problems) -> None:
    guess = nearest(name, sections, NAMES)
    hint = f"did you mean {guess}?" if guess in sections else None
    problems.error(f"unknown section {quoted(name, source)}", source, hint)


def read(root: Map, problems: Problems) -> Mapping[str, Variant]:
    """Return the variants of the data, as far as they can be read."""
    node = root.get("meta", "variants")
    if not isinstance(node, Map):
        return {}
    found = converter(Mapping[str, Variant])(node, "variants", problems)
    return {} if found is WRONG else found


def _merge(base: Node, over: Node, path: tuple[str, ...], problems: Problems) -> Node:
    """Return `over` laid over `base`; a mapping reaches the records of a list by their ids."""
    if isinstance(base, List) and isinstance(over, Map):
        items = list(base.items)
        ids = {_id(item): number for number, item in enumerate(items)}
        twice = [_id(item) for n, item in enumerate(items) if ids[_id(item)] != n and _id(item)]
        for name, (key, value) in over.pairs.items():
            if name not in ids or not name:
                guess = nearest(name, [i for i in ids if i], {})
                problems.error(
                    f"no record of {'.'.join(path)} has the id {quoted(name, key.source)}",
                    key.source,
                    f"did you mean {guess}?" if guess else "give the record an id",
                )
                continue
            if name in twice:
                message = f"two records of {'.'.join(path)} have the id {quoted(name, key.source)}"
                problems.error(message, key.source, "give each an id of its own")
            items[ids[name]] = _merge(items[ids[name]], value, (*path, name), problems)
        return List(tuple(items), base.source)
    if isinstance(base, Map) and isinstance(over, Map):
        pairs = dict(base.pairs)
        for name, (key, value) in over.pairs.items():
            if name in pairs:
                old = pairs[name][1]
                _tell_fact(name, old, value, path, problems)
                pairs[name] = (pairs[name][0], _merge(old, value, (*path, name), problems))
            else:
                _tell_fact(name, Scalar("", value.source), value, path, problems)
                pairs[name] = (key, value)
        return Map(pairs, base.source, base.flow)
    if isinstance(base, List) and isinstance(over, List):
        _tell_list(base, over, path, problems)
    return overlay.merge(base, over, path)


def _tell_fact(name: str, old: Node, new: Node, path: tuple[str, ...], problems: Problems) -> None:
    """Tell of a fact of a record that a variant changes."""
    fact = "an employer" if name == "name" and path[:1] == ("work",) else FACTS.get(name)
    if not fact or not path or path[0] in ("basics", "meta"):
        return
    before, after = ([text.text for text in scalars(node)] for node in (old, new))
    if before != after and not (absent(old) and absent(new)):
        problems.warning(
            f"the variant changes {fact} of {'.'.join(path)}: {name}",
            new.source,
            "a fact is the same for every reader",
        )


def _tell_list(base: List, over: List, path: tuple[str, ...], problems: Problems) -> None:
    """Tell of the facts in a list of records that no record had before it was replaced."""
    for item in over.items:
        for name, (_, value) in item.pairs.items() if isinstance(item, Map) else ():
            known = {
                old.text
                for before in base.items
                if isinstance(before, Map)
                for old in scalars(before.pairs[name][1] if name in before.pairs else before)
            }
            if isinstance(value, Scalar) and value.text not in known:
                _tell_fact(name, Scalar("", value.source), value, path, problems)


def _id(node: Node) -> str:
    found = node.get("id") if isinstance(node, Map) else None
    return found.text.strip() if isinstance(found, Scalar) else ""
