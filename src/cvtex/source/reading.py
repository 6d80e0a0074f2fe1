"""A project's files -> one `Resume`, with every complaint in one pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.diagnostics import Diagnostic, Source, error
from cvtex.model import Basics, CustomSection, Letter, Meta, Resume
from cvtex.records import dataclass, field
from cvtex.source import overlay
from cvtex.source.project import Project
from cvtex.source.publications import load as load_publications
from cvtex.source.publications import publications
from cvtex.source.records.check_resume import check_resume
from cvtex.source.records.scalars import WRONG
from cvtex.source.records.sections import is_own, read_custom, read_section, unknown_section
from cvtex.source.records.synonyms import TOP
from cvtex.source.syntax.cached import tree_of
from cvtex.source.syntax.files import load
from cvtex.source.syntax.nodes import (
    Map,
    Node,
    Problems,
    absent,
    keys,
    scalars,
)
from cvtex.source.translations import OPTION, translated, with_language
from cvtex.source.trees import data_of, private_of, where_to_start

MANY = 1000
"""How many diagnostics of one file are kept."""


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
    root, broken = data_of(project, inputs, bibs, problems)
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
            return tree_of(path.suffix.lower(), text, name, problems)

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
    for over in private_of(project, problems, secrets):
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
        problems.error("there are no basics", root.source, where_to_start(project))
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
