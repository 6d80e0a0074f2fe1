"""A project's files -> one `Resume`, with every complaint in one pass."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.diagnostics import Diagnostic, Source, error, has_errors
from cvtex.model import Basics, CustomSection, Letter, Meta, Resume
from cvtex.records import dataclass, field
from cvtex.source import overlay
from cvtex.source.project import Project
from cvtex.source.publications import load as load_publications
from cvtex.source.publications import publications
from cvtex.source.records.check_resume import check_resume
from cvtex.source.records.scalars import WRONG
from cvtex.source.records.sections import is_own, read_custom, read_section, unknown_section
from cvtex.source.records.synonyms import SECTIONS, TOP
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.files import load
from cvtex.source.syntax.nodes import (
    List,
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    called,
    keys,
    scalars,
)
from cvtex.source.translations import OPTION, in_languages, translated, with_language

MANY = 1000
"""How many diagnostics of one file are kept."""

MOST_TREES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read.

    `resume` holds all that was sound; it is None where not even a name could
    be read. Whether it may be built is for `diagnostics` to say. `inputs` has
    the text of each public file by its `Source.file`; `secrets` the private
    values, which nothing may show; `lenient` the files that keep to JSON Resume
    rather than to cvtex's rules. `variant` is the one that was laid over the data, and
    `letter` the letter that was asked for. `tree` is all of the data as it was typed, in every
    language and variant, private values laid over it; `bibs` the text of each bibliography.
    """

    resume: Resume | None
    diagnostics: tuple[Diagnostic, ...]
    inputs: Mapping[str, str]
    secrets: tuple[str, ...]
    lenient: frozenset[str] = frozenset()
    variant: str = ""
    letter: Letter | None = None
    tree: Map | None = None
    bibs: Mapping[str, str] = field(default_factory=dict)


def read(project: Project, *, cache: bool = False, variant: str = "") -> Reading:
    """Read a project's inputs. Touches the disk, raises nothing on bad input.

    With `cache`, a bibliography that is as it was comes from the user's cache. What a
    `variant` says otherwise is laid over the data, below private values and `--set`.
    """
    problems = Problems(list(project.diagnostics))
    inputs: dict[str, str] = {}
    bibs: dict[str, str] = {}
    root, broken = _data(project, inputs, bibs, problems)
    whole: Node = root
    language = project.language
    letters = None
    if project.letter:
        from cvtex.source.letters import load as load_letters

        def tree(path: Path, name: str) -> Node | None:
            text = load(path, name, problems)
            if text is None:
                return None
            inputs[name] = text
            return _tree(path.suffix.lower(), text, name, problems)

        letters = load_letters(root, project, tree, problems)
        root = letters.placed(root)
        language, variant = language or letters.language(), variant or letters.variant()
    asked = language
    if "variants" in root.pairs or variant:
        from cvtex.source import variants

        root = variants.placed(root, problems)
        language = language or variants.language(root, variant)
    root = translated(root, language, project.overrides, problems)
    if variant:
        root = variants.laid(root, variant, problems)
        if asked:  # that of the variant is not the one that was asked for
            root = with_language(root, asked, Source(OPTION))
    secrets: list[str] = []
    for over in _private(project, problems, secrets):
        secrets += [s.text for s in scalars(over)] + list(keys(over))
        merged = overlay.merge(root, over)
        assert isinstance(merged, Map)
        root, whole = merged, overlay.merge(whole, over)
    for typed in project.overrides:
        root = overlay.override(root, typed, problems)
    typed_letters = root.get("letters")
    if typed_letters:
        root = Map({k: pair for k, pair in root.pairs.items() if k != "letters"}, root.source)
    letter = letters.read(typed_letters, problems) if letters and typed_letters else None
    inline = typed_letters.pairs if isinstance(typed_letters, Map) else {}
    for path in project.bib:
        name = project.name(path)
        if (text := load_publications(path, name, problems)) is not None:
            inputs[name] = bibs[name] = text
    resume = _resume(root, bibs, broken, project, problems, cache)
    if resume and resume.meta.release.letters:
        from cvtex.source.letters import check_released

        check_released(resume.meta.release.letters, [*project.letters, *inline], problems)
    styles = {}
    for path in project.styles:
        name = project.name(path)
        if (text := load(path, name, problems)) is not None:
            inputs[name] = styles[name if path.suffix == ".csl" else path.stem] = text
    if resume and styles:
        resume = dataclasses.replace(resume, styles=styles)
    return Reading(
        resume=resume,
        diagnostics=_enough(problems.diagnostics),
        inputs=inputs,
        secrets=tuple(dict.fromkeys(secrets)),
        lenient=frozenset(n for n in inputs if problems.is_lenient(Source(n))),
        variant=variant,
        letter=letter,
        tree=whole if isinstance(whole, Map) else None,
        bibs=bibs,
    )


def _enough(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics, each once, and of one file no more than can be read."""
    shown: list[Diagnostic] = []
    counts: dict[str, int] = {}
    for d in dict.fromkeys(diagnostics):
        file = d.source.file if d.source else ""
        counts[file] = counts.get(file, 0) + 1
        if counts[file] <= MANY:
            shown.append(d)
    shown += [
        error(f"{count - MANY} more problems in this file", Source(file))
        for file, count in counts.items()
        if count > MANY
    ]
    return tuple(shown)


def _data(
    project: Project, inputs: dict[str, str], bibs: dict[str, str], problems: Problems
) -> tuple[Map, frozenset[str]]:
    """Return the sections as one mapping, and the names of those that could not be read."""
    pairs: dict[str, tuple[Scalar, Node]] = {}
    broken = set()
    translations: dict[str, dict[str, Node]] = {}
    files = [("", section, path) for section, path in project.data.items()]
    files += [
        (code, section, path)
        for code, sections in project.translations.items()
        for section, path in sections.items()
    ]
    for code, section, path in files:
        name = project.name(path)
        text = load(path, name, problems)
        before = len(problems.diagnostics)
        node: Node | None = None
        if text is not None:
            inputs[name] = text
            node = _tree(path.suffix.lower(), text, name, problems)
            if isinstance(node, Map) and "$schema" in node.pairs:
                node = _without_schema(node, project, problems)
        if project.single:
            if isinstance(node, Map):
                return extended(node, name, bibs), frozenset()
            if node is not None and not absent(node):
                hint = _start(project) if path.parent.name == "data" else None
                problems.error(
                    f"a CV is a mapping of sections, not {called(node)}", node.source, hint
                )
                return Map({}, Source(name)), frozenset(TOP)
            failed = text is None or has_errors(problems.diagnostics[before:])
            return Map({}, Source(name)), frozenset(TOP if failed else ())
        if node is None and (text is None or has_errors(problems.diagnostics[before:])):
            broken.add(section)
        elif node is not None and not absent(node):
            key = Scalar(section, Source(name))
            if code:
                translations.setdefault(section, {})[code] = node
                pairs.setdefault(section, (key, Map({}, Source(name))))
            else:
                pairs[section] = (key, node)
    if translations:
        return in_languages(Map(pairs, Source("data")), translations, problems), frozenset(broken)
    return Map(pairs, Source("data")), frozenset(broken)


EXTENSION = "x-cvtex"
"""The key of `meta` in which cvtex's own JSON Resume has what the standard cannot say."""


WHOLE = "data"
"""The key in that of all of the data, as it was typed: what `--private` exports."""
TEX = "!tex"
"""The key of a mapping that stands there for a text that was tagged `!tex`."""


def extended(root: Map, name: str, bibs: dict[str, str]) -> Map:
    """Return a CV with its `meta.x-cvtex` laid over it; a bibliography there goes to `bibs`."""
    meta = root.get("meta")
    more = meta.get(EXTENSION) if isinstance(meta, Map) else None
    if not isinstance(more, Map):
        return root
    bibliography = more.get("bibliography")
    if isinstance(bibliography, Scalar):
        bibs[name] = bibliography.text
    if isinstance(whole := more.get(WHOLE), Map):
        if isinstance(files := more.get("bib"), Map):
            found = {key: node for key, (_, node) in files.pairs.items()}
            bibs |= {key: node.text for key, node in found.items() if isinstance(node, Scalar)}
        return typed(whole)
    pairs = {key: pair for key, pair in more.pairs.items() if key != "bibliography"}
    assert isinstance(meta, Map)
    rest = {key: pair for key, pair in meta.pairs.items() if key != EXTENSION}
    standard = {**root.pairs, "meta": (root.pairs["meta"][0], Map(rest, meta.source))}
    merged = overlay.merge(Map(standard, root.source), Map(pairs, more.source))
    assert isinstance(merged, Map)
    return merged


def typed(node: Map) -> Map:
    """Return a tree from JSON with the texts that were tagged `!tex` as such."""
    found = _typed(node)
    return found if isinstance(found, Map) else node


def _typed(node: Node) -> Node:
    if isinstance(node, List):
        return List(tuple(map(_typed, node.items)), node.source, node.flow)
    if isinstance(node, Map):
        tex = node.get(TEX)
        if isinstance(tex, Scalar) and len(node.pairs) == 1:
            return Scalar(tex.text, tex.source, tex.style, True, tex.raw)
        pairs = {name: (key, _typed(value)) for name, (key, value) in node.pairs.items()}
        return Map(pairs, node.source, node.flow)
    return node


def _without_schema(node: Map, project: Project, problems: Problems) -> Map:
    """Return a file's mapping without `$schema`, which is for editors.

    One file that names the schema of JSON Resume is read as a `resume.json` is.
    """
    pairs = dict(node.pairs)
    _, named = pairs.pop("$schema")
    if project.single and isinstance(named, Scalar) and re.search(_STANDARD, named.text, re.I):
        problems.lenient.add(node.source.file)
    return Map(pairs, node.source, node.flow)


_STANDARD = "jsonresume|json-resume|resume-schema"

_trees: dict[tuple[str, str, str], Node] = {}
"""The trees of sound public texts that were read of late: a watch reads most of them again."""


def _tree(suffix: str, text: str, name: str, problems: Problems) -> Node | None:
    """Return the tree of a text, None where it has none."""
    key = (suffix, name, text)
    if key in _trees:
        return _trees[key]
    before = len(problems.diagnostics), len(problems.dead)
    if suffix == ".json":
        from cvtex.source.syntax import json_text

        node = json_text.read(text, name, problems)
    else:
        node = yaml_text.read(text, name, problems)
    if node is not None and before == (len(problems.diagnostics), len(problems.dead)):
        if len(_trees) >= MOST_TREES:
            _trees.clear()
        _trees[key] = node
    return node


def _private(project: Project, problems: Problems, secrets: list[str]) -> list[Map]:
    """Return what is laid over the data: the private file, then the environment.

    The lines of a private file that is no sound mapping go to `secrets` as they stand.
    """
    over: list[Map] = []
    if project.overlay:
        name = project.name(project.overlay)
        text = load(project.overlay, name, problems, private=True)
        node = yaml_text.read(text, name, problems, private=True) if text else None
        if isinstance(node, Map):
            over.append(node)
        elif text:
            secrets += [part for line in text.split("\n") for part in (line, *line.split(":"))]
        if node is not None and not isinstance(node, Map) and not absent(node):
            problems.error(
                f"the private file is a mapping of sections, not {called(node)}",
                node.source,
                "write `basics:` and the private fields indented below it",
            )
    if project.variables:
        over.append(overlay.variables(project.variables))
    return over


def _resume(
    root: Map,
    bibs: Mapping[str, str],
    broken: frozenset[str],
    project: Project,
    problems: Problems,
    cache: bool,
) -> Resume | None:
    values: dict[str, Any] = {}
    custom: list[CustomSection] = []
    for name, (key, node) in root.pairs.items():
        if name.startswith("x-") or absent(node):
            continue
        if name in TOP and not is_own(name, node):
            value = read_section(name, node, problems)
            if value is not WRONG:
                values[name] = value
        elif is_own(name, node):
            assert isinstance(node, Map)
            section = read_custom(name, key, node, problems)
            if section:
                custom.append(section)
            else:
                broken |= {name}
        else:
            unknown_section(key, node, project, problems)
    basics: Basics | None = values.get("basics")
    records = values.get("publications", ())
    values["publications"] = publications(records, bibs, problems, cache, basics)
    typed = root.get("basics")
    if "basics" not in broken and (typed is None or absent(typed)):
        problems.error("there are no basics", root.source, _start(project))
    values["meta"], values["basics"] = check_resume(
        values.get("meta", Meta()),
        basics,
        custom,
        _names(root) | broken,
        root,
        project.root,
        problems,
        cache,
    )
    if basics is None:
        return None
    return Resume(**values, custom=tuple(custom))


def _names(root: Map) -> set[str]:
    return {name for name in root.pairs if not name.startswith(("x-", "$"))}


def _start(project: Project) -> str:
    if project.single:
        if project.single.parent.name == "data" and project.single.stem in SECTIONS:
            return "give the project's folder instead of one of its files"
        return "a CV has at least basics with a name"
    return "write data/basics.yaml with at least a name"
