"""Citation styles as data: a YAML file each, read once and compiled to templates.

A template is text with
- `{field}` or `{field:form}`: a value, set in a form (`sentence`, `initial`, …);
- `[…]`: set only if every field directly in it has a value; `[a|b]`: the first
  that can be set; `\\[` is a bracket;
- `<i>…</i>`, `<b>…</b>`: italic and bold.

A `{field}` is one of the style's own `parts`, else one of `values`, else the
publication's field of that (biblatex) name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "styles"


@dataclass(frozen=True, slots=True)
class Literal:
    """Letters of the style."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A value's place."""

    name: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """`[a|b]`: alternatives, of which the first complete one is set."""

    alternatives: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """`<i>…</i>`."""

    kind: str
    nodes: tuple[Node, ...]


Node = Literal | Field | Group | Markup
Template = tuple[Node, ...]

_TOKEN = re.compile(
    r"\\(.)|\{([\w+-]+)((?::[\w-]+)*)\}|</?([ib])>|[\[\]|]|[^\\{<\[\]|]+|.", re.DOTALL
)


def compile_template(source: str) -> Template:
    """Return a template's nodes; ValueError says what is wrong with it."""
    tokens = list(_TOKEN.finditer(source))
    nodes, at = _nodes(tokens, 0, "")
    if at < len(tokens):
        raise ValueError(f"'{tokens[at][0]}' closes nothing in: {source}")
    return nodes


def _nodes(tokens: list[re.Match[str]], at: int, end: str) -> tuple[Template, int]:
    """Compile up to one of the tokens in `end`, which is left for the caller."""
    nodes: list[Node] = []
    while at < len(tokens):
        token = tokens[at]
        text = token[0]
        if text == "]" or (text == "|" and end == "]") or (text.startswith("</") and token[4]):
            break
        at += 1
        if token[1]:
            nodes.append(Literal(token[1]))
        elif token[2]:
            forms = tuple(form for form in token[3].split(":") if form)
            nodes.append(Field(token[2], forms))
        elif token[4]:
            inner, at = _nodes(tokens, at, f"</{token[4]}>")
            if at >= len(tokens) or tokens[at][0] != f"</{token[4]}>":
                raise ValueError(f"{text} is never closed")
            at += 1
            nodes.append(Markup(token[4], inner))
        elif text == "[":
            alternatives = []
            while True:
                inner, at = _nodes(tokens, at, "]")
                alternatives.append(inner)
                if at >= len(tokens) or tokens[at][0] not in "]|":
                    raise ValueError("a [ is never closed")
                at += 1
                if tokens[at - 1][0] == "]":
                    break
            nodes.append(Group(tuple(alternatives)))
        else:
            nodes.append(Literal(text))
    return tuple(nodes), at


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """How names are set, and lists of them.

    `order`: `family-given`, `given-family`, or `first-inverted` (only the first
    family-given). `given`: `initials` or `full`; an initial ends in `initial_end`,
    `initial_space` stands between two, `hyphen` in `J.-P.`. `family_end` stands
    between family and given name. Lists: `between` names, `last` before the last
    of three or more, `two` between two. More than `most` names are cut to
    `shown`, followed by `et_al`; with `final`, `final` and the last name follow.
    """

    order: str = "family-given"
    given: str = "initials"
    initial_end: str = "."
    initial_space: str = " "
    hyphen: str = "-"
    family_end: str = ", "
    suffix_start: str = ", "
    suffix_last: bool = True
    between: str = ", "
    last: str = ", "
    two: str = ", "
    et_al: str = ", et al."
    et_al_one: str = ""
    final: str = ""
    most: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A citation style.

    `types` has a template a type of publication, with `default` for the others;
    `parts` named templates, `names` a form a list (`authors`, `editors`, …, with
    `default`), `links` the labels of links by kind, `signs` the signs of marks,
    `words` what the style calls things, each one word or `[one, several]`.
    """

    name: str
    title: str
    names: Mapping[str, NameForm]
    types: Mapping[str, Template]
    parts: Mapping[str, Template]
    links: Mapping[str, str]
    signs: Mapping[str, str]
    words: Mapping[str, str | tuple[str, str]] = field(default_factory=dict)
    quotes: tuple[str, str, str, str] = ("“", "”", "‘", "’")
    numbering: str = ""


def names() -> tuple[str, ...]:
    """Return the names of the styles that come with cvtex."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


@lru_cache(maxsize=32)
def load(name: str, folder: Path = SHIPPED) -> Style:
    """Return a style by name; ValueError if there is none, or it is none."""
    if not re.fullmatch(r"[\w-]+", name) or not (path := folder / f"{name}.yaml").is_file():
        raise ValueError(f"there is no citation style {name}")
    return read(path.read_text("utf-8"), name)


def read(text: str, name: str) -> Style:
    """Return the style that a YAML text describes."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(text, loader)
    forms: dict[str, Any] = data.get("names", {})
    default = forms.get("default", {})
    return Style(
        name=name,
        title=data.get("title", name),
        names={
            role: NameForm(**{**default, **form})
            for role, form in ({"default": {}} | forms).items()
        },
        types={kind: compile_template(source) for kind, source in data["types"].items()},
        parts={part: compile_template(source) for part, source in data.get("parts", {}).items()},
        links=data.get("links", {}),
        signs=data.get("signs", {}),
        words={
            key: tuple(word) if isinstance(word, list) else word
            for key, word in data.get("words", {}).items()
        },
        quotes=tuple(data.get("quotes", "“”‘’")),
        numbering=data.get("numbering", ""),
    )
