"""One section of a source: a list of records, a record, or a section of the user's own."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, Literal

from cvtex.diagnostics import Source, note
from cvtex.model import (
    KINDS,
    Basics,
    CustomSection,
    Kind,
    ListSettings,
    Meta,
    Prose,
    PublicationGroup,
    PublicationMetrics,
    Text,
    Unread,
)
from cvtex.model.parts import source_field
from cvtex.records import dataclass
from cvtex.source.project import Project
from cvtex.source.publications import publications
from cvtex.source.records.convert import converter, list_of
from cvtex.source.records.keys import keys as record_keys
from cvtex.source.records.scalars import WRONG
from cvtex.source.records.synonyms import NAMES, TOP
from cvtex.source.syntax.nodes import Map, Node, Problems, Scalar, quoted

RECORDS: Mapping[str, Any] = {name: row.typed for name, row in KINDS.items()}
"""The type of what is typed in each kind of section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom:
    """The form of a custom section; its entries are read once its kind is known."""

    title: Text
    summary: Prose | None = None
    kind: Kind = "projects"
    entries: Unread | None = None
    group_by: Literal["none", "type", "year", "status", "keyword"] | None = None
    groups: tuple[PublicationGroup, ...] = ()
    numbering: Literal["none", "up", "down"] | None = None
    number_groups: bool | None = None
    selected: bool | None = None
    keywords: tuple[Text, ...] = ()
    max_authors: int | None = None
    legend: bool | None = None
    metrics: PublicationMetrics | None = None
    source: Source = source_field()


def is_own(name: str, node: Node) -> bool:
    """Tell whether a section has the form of the user's own: a title, and entries of a kind.

    It may bear the name of a kind that JSON Resume does not have: the CV may be older than
    that kind. Then it stays what it is.
    """
    if not isinstance(node, Map) or not {"title", "entries"} & node.pairs.keys():
        return False
    return name not in TOP or any(row.name == name for row in KINDS.values() if not row.standard)


def read_section(name: str, node: Node, problems: Problems) -> Any:
    """Read a section whose name cvtex knows."""
    if name == "basics":
        return converter(Basics)(node, name, problems)
    if name == "meta":
        return converter(Meta)(node, name, problems)
    if isinstance(node, Map) and list(node.pairs) == [name]:
        problems.error(
            f"the key {name} is one too many: the file's name says it",
            node.source,
            f"take the line away and begin with the list of {name}",
        )
        return WRONG
    if isinstance(node, Map) and {"title", "entries"} & node.pairs.keys():
        problems.error(
            f"{name} takes a list of records alone",
            node.source,
            f"its title and text are set in meta.sections: `- {name}: My title`",
        )
        return WRONG
    return list_of(RECORDS[name])(node, name, problems)


def read_custom(name: str, key: Scalar, node: Map, problems: Problems) -> CustomSection | None:
    """Read a section of the user's own making."""
    if not re.fullmatch(r"\w[\w-]*", name):
        problems.error(
            f"{quoted(name, key.source)} cannot be a section's name",
            key.source,
            "it is made of letters, digits and hyphens",
        )
        return None
    shown = "entries" if key.source.private else name
    head = converter(Custom)(node, f"the section {quoted(name, key.source)}", problems)
    if head is WRONG:
        return None
    entries: Any = ()
    if head.entries:
        entries = list_of(RECORDS[head.kind])(head.entries.node, shown, problems)
        if entries is WRONG:
            return None
    if name in RECORDS and head.kind != name:
        hint = f"for the keys of cvtex's own {name} say `kind: {name}`: " + _own_keys(name)
        problems.diagnostics.append(note(f"{shown} are read as {head.kind}", head.source, hint))
    if head.kind == "publications":
        entries = publications(entries, {}, problems)
    return CustomSection(
        name=name,
        title=head.title,
        summary=head.summary,
        kind=head.kind,
        entries=entries,
        list_settings=_list_settings(head, node, problems),
        source=head.source,
    )


def _list_settings(head: Custom, node: Map, problems: Problems) -> ListSettings:
    """Return how a section of publications is set; other kinds have no such keys."""
    own = {part.name for part in dataclasses.fields(ListSettings)}
    typed = {name: value for name in own if (value := getattr(head, name)) not in (None, ())}
    if head.kind != "publications" and typed:
        keys = [key for key in node.pairs if snake(key) in typed]
        for key in keys:
            problems.error(
                f"{key} is for sections of publications",
                node.pairs[key][0].source,
                "say `kind: publications`, or take it out",
            )
        return ListSettings()
    return ListSettings(**typed)


def snake(key: str) -> str:
    """Return a key of the data as the name of a field: `groupBy` as `group_by`."""
    return re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), key)


def _own_keys(name: str) -> str:
    """Return the keys that the records of a kind have, and those of projects do not."""
    own, projects = (record_keys(RECORDS[kind]) for kind in (name, "projects"))
    return ", ".join(key for key in own if key not in projects)


def unknown_section(key: Scalar, node: Node, project: Project, problems: Problems) -> None:
    """Complain of a section that is neither the standard's nor of the form of an own one."""
    guess = problems.guess(key.text, list(TOP), NAMES)
    if project.single or key.source.line or key.source.file.startswith("--set"):
        hint = f"did you mean {guess}?" if guess else None
    else:
        hint = f"did you mean data/{guess}.yaml?" if guess else None
    own = f"a section of your own has a title and entries of a kind ({', '.join(KINDS)})"
    problems.doubt(f"unknown section {quoted(key.text, key.source)}", key.source, hint or own)
