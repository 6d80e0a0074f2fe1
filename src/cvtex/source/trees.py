"""The texts of a project's files as one tree, and the private values that are laid over it."""

from __future__ import annotations

import re

from cvtex.diagnostics import Source, has_errors
from cvtex.source import overlay
from cvtex.source.extension import extended
from cvtex.source.project import Project
from cvtex.source.records.synonyms import SECTIONS, TOP
from cvtex.source.syntax import yaml_text
from cvtex.source.syntax.cached import tree_of
from cvtex.source.syntax.files import load
from cvtex.source.syntax.nodes import (
    Map,
    Node,
    Problems,
    Scalar,
    absent,
    called,
)
from cvtex.source.translations import in_languages


def data_of(
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
            node = tree_of(path.suffix.lower(), text, name, problems)
            if isinstance(node, Map) and "$schema" in node.pairs:
                node = _without_schema(node, project, problems)
        if project.single:
            if isinstance(node, Map):
                return extended(node, name, bibs), frozenset()
            if node is not None and not absent(node):
                hint = where_to_start(project) if path.parent.name == "data" else None
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


def private_of(project: Project, problems: Problems, secrets: list[str]) -> list[Map]:
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


def where_to_start(project: Project) -> str:
    """Return the hint for a CV without a name."""
    if project.single:
        if project.single.parent.name == "data" and project.single.stem in SECTIONS:
            return "give the project's folder instead of one of its files"
        return "a CV has at least basics with a name"
    return "write data/basics.yaml with at least a name"
