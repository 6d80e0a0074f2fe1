"""Texts in several languages: of each, the one in the language of the CV.

A mapping is a translation where all its keys are languages of `meta.languages`, and where none
of them but `id` (Indonesian) could be a key of a record; `id` alone is a record's key. What
stands under a language may be a text, or a list as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cvtex.diagnostics import Source
from cvtex.records import dataclass, field
from cvtex.source import overlay
from cvtex.source.languages import canonical, file_of, split
from cvtex.source.syntax.nodes import List, Map, Node, Problems, Scalar, absent

OPTION = "--language"
KEPT = ("x-", "$")
"""What is the user's own, or for editors, is left alone."""


def translated(root: Map, asked: str, overrides: Sequence[str], problems: Problems) -> Map:
    """Return the data in one language: that which was `asked` for, else `meta.language`.

    A text that it lacks is taken in the first language of `meta.languages` that it has,
    which is told once, with all the lines.
    """
    whole, asked = root, canonical(asked)
    for typed in overrides:
        if typed.strip().startswith("meta.language"):
            whole = overlay.override(whole, typed, Problems())
    listed = whole.get("meta", "languages")
    items = listed.items if isinstance(listed, List) else ()
    known = [item.text.strip() for item in items if isinstance(item, Scalar) and not absent(item)]
    named = whole.get("meta", "language")
    code = asked or (named.text.strip() if isinstance(named, Scalar) else "")
    if known:
        code = code or known[0]
        choice = _Choice(tuple(known), _kin(code), _order(code, known))
        pairs = {k: _section(k, pair, choice) for k, pair in root.pairs.items() if k != "letters"}
        _tell(choice, code, problems)
        if "letters" in root.pairs:  # a letter's lines apart: those of the CV are told without it
            choice.lacking.clear()
            pairs["letters"] = _section("letters", root.pairs["letters"], choice)
            _tell(choice, code, problems)
        root = Map(pairs, root.source)
    if asked or (code and not named):
        root = with_language(root, code, Source(OPTION) if asked else root.source)
    return root


@dataclass(slots=True)
class _Choice:
    known: tuple[str, ...]
    kin: tuple[str, str]
    order: tuple[str, ...]
    lacking: list[tuple[Source, str]] = field(default_factory=list)


def in_languages(root: Map, given: Mapping[str, Mapping[str, Node]], problems: Problems) -> Map:
    """Return the data with the sections that stand in folders of languages as translations.

    What stands in no folder of its own is that of the first language of `meta.languages`.
    """
    listed = root.get("meta", "languages")
    items = listed.items if isinstance(listed, List) else ()
    known = [item.text.strip() for item in items if isinstance(item, Scalar)]
    pairs = dict(root.pairs)
    for section, nodes in given.items():
        key, base = pairs[section]
        for code, node in nodes.items():
            if code not in known:
                hint = f"write meta.languages: [{', '.join(dict.fromkeys([*known, *nodes]))}]"
                problems.error(f"the language {code} is not in meta.languages", node.source, hint)
        listed_nodes = {code: node for code, node in nodes.items() if code in known}
        if not isinstance(base, Map) or base.pairs:
            listed_nodes = {**dict.fromkeys(known[:1], base), **listed_nodes}
        if listed_nodes:
            whole = {code: (Scalar(code, n.source), n) for code, n in listed_nodes.items()}
            pairs[section] = (key, Map(whole, key.source))
        elif isinstance(base, Map) and not base.pairs:
            pairs[section] = (key, next(iter(nodes.values())))  # so that no more is told of it
    return Map(pairs, root.source)


def _order(code: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return languages in the order in which a text is looked for: `de-AT`, `de`, then all."""
    near = [other for other in known if _kin(other) == _kin(code)]
    return tuple(dict.fromkeys([*(other for other in known if other == code), *near, *known]))


def _kin(code: str) -> tuple[str, str]:
    """Return what codes of the same words share: language and script (`no` is `nb`, `zh-TW`
    is `zh-Hant`)."""
    return split(file_of(code) or code)[:2]


def _section(name: str, pair: tuple[Scalar, Node], choice: _Choice) -> tuple[Scalar, Node]:
    key, node = pair
    chosen = _by_name if name in ("variants", "letters") else _chosen
    return pair if name.startswith(KEPT) else (key, chosen(node, choice))


def _chosen(node: Node, choice: _Choice) -> Node:
    """Return a node with each translation below it replaced by one of its languages."""
    if isinstance(node, List):
        items = tuple(_chosen(item, choice) for item in node.items)
        return node if items == node.items else List(items, node.source, node.flow)
    if not isinstance(node, Map):
        return node
    if _is_translation(node.pairs, choice.known):
        return _in_one_language(node, choice)
    pairs = {}
    for name, (key, value) in node.pairs.items():
        own = name.startswith(KEPT) or name == "themes"
        chosen = _by_name if name == "variants" else _chosen
        pairs[name] = (key, value if own else chosen(value, choice))
    return Map(pairs, node.source, node.flow)


def _by_name(node: Node, choice: _Choice) -> Node:
    """Return a mapping whose keys are names that the user gave, which may be those of languages."""
    if not isinstance(node, Map):
        return _chosen(node, choice)
    pairs = {name: (key, _chosen(value, choice)) for name, (key, value) in node.pairs.items()}
    return Map(pairs, node.source, node.flow)


def _is_translation(pairs: Mapping[str, tuple[Scalar, Node]], known: Sequence[str]) -> bool:
    return bool(pairs) and all(key in known for key in pairs) and list(pairs) != ["id"]


def _in_one_language(node: Map, choice: _Choice) -> Node:
    given = [code for code in choice.order if code in node.pairs]
    found = next((code for code in given if not absent(node.pairs[code][1])), given[0])
    if _kin(found) != choice.kin:  # one of its kin counts as the one that was asked for
        choice.lacking.append((node.source, found))
        return _named(_chosen(node.pairs[found][1], choice), found)
    return _chosen(node.pairs[found][1], choice)  # of a whole section


def _named(node: Node, language: str) -> Node:
    """Return a text, a list or a whole section that says which language it is in."""
    if isinstance(node, Scalar):
        return replace(node, language=language)
    if isinstance(node, List):
        items = tuple(_named(item, language) for item in node.items)
        return List(items, node.source, node.flow)
    if isinstance(node, Map):
        pairs = {name: (key, _named(v, language)) for name, (key, v) in node.pairs.items()}
        return Map(pairs, node.source, node.flow)
    return node


def _tell(choice: _Choice, code: str, problems: Problems) -> None:
    if not choice.lacking or not (file_of(code) or code in choice.known):
        return  # of a language that is not known more is said elsewhere
    first, _ = choice.lacking[0]
    count = len(choice.lacking)
    taken = ", ".join(dict.fromkeys(found for _, found in choice.lacking))
    lines: dict[str, list[int]] = {}
    for source, _ in choice.lacking:
        lines.setdefault(source.file, []).append(source.line)
    where = "; ".join(
        ": ".join(filter(None, (file, ", ".join(map(str, sorted({n for n in found if n}))))))
        for file, found in lines.items()  # a whole file has no line
    )
    them = "a text is" if count == 1 else f"{count} texts are"
    problems.warning(f"{them} not in {code}, and set in {taken}", first, f"see {where}")


def with_language(root: Map, code: str, source: Source) -> Map:
    """Return the data with a language for the CV's own."""
    meta = root.get("meta")
    pairs = dict(meta.pairs) if isinstance(meta, Map) else {}
    key = root.pairs["meta"][0] if "meta" in root.pairs else Scalar("meta", source)
    pairs["language"] = (Scalar("language", source), Scalar(code, source))
    place = meta.source if meta else source
    return Map({**root.pairs, "meta": (key, Map(pairs, place))}, root.source)
