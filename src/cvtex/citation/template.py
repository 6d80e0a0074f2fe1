"""Templates: the small language that citation styles are written in.

- `{field}` or `{field:form}`: a value, set in a form (`sentence`, `short`, …);
- `[…]`: set only if every field directly in it has a value; `[a|b]`: the first
  alternative that can be set; `\\[` is a bracket;
- `<i>…</i>`, `<b>…</b>`: italic and bold.
"""

from __future__ import annotations

import re

from cvtex.records import dataclass

_TOKEN = re.compile(
    r"\\(.)|\{([\w+-]+)((?::[\w-]+)*)\}|</?([ib])>|[\[\]|]|[^\\{<\[\]|]+|.", re.DOTALL
)


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
    """`<i>…</i>` (`i`) or `<b>…</b>` (`b`)."""

    kind: str
    nodes: tuple[Node, ...]


Node = Literal | Field | Group | Markup


@dataclass(frozen=True, slots=True)
class Template:
    """A template, compiled."""

    nodes: tuple[Node, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Template:
        """Compile a template; ValueError says what is wrong with it."""
        tokens = list(_TOKEN.finditer(text))
        nodes, at = _nodes(tokens, 0, "")
        if at < len(tokens):
            raise ValueError(f"the {tokens[at][0]} closes nothing")
        return cls(nodes)


def _nodes(tokens: list[re.Match[str]], at: int, end: str) -> tuple[tuple[Node, ...], int]:
    """Compile up to a token that closes something, which is left for the caller."""
    nodes: list[Node] = []
    while at < len(tokens):
        token = tokens[at]
        text = token[0]
        if text == "]" or (text == "|" and end == "]") or (token[4] and text.startswith("</")):
            break
        at += 1
        if token[1]:
            nodes.append(Literal(token[1]))
        elif token[2]:
            nodes.append(Field(token[2], tuple(form for form in token[3].split(":") if form)))
        elif token[4]:
            inner, at = _nodes(tokens, at, text)
            if at >= len(tokens) or tokens[at][0] != f"</{token[4]}>":
                raise ValueError(f"a {text} is never closed")
            at += 1
            nodes.append(Markup(token[4], inner))
        elif text == "[":
            alternatives = []
            closed = ""
            while closed != "]":
                inner, at = _nodes(tokens, at, "]")
                alternatives.append(inner)
                closed = tokens[at][0] if at < len(tokens) else ""
                if closed not in ("]", "|"):
                    raise ValueError("a [ is never closed")
                at += 1
            nodes.append(Group(tuple(alternatives)))
        else:
            nodes.append(Literal(text))
    return tuple(nodes), at
