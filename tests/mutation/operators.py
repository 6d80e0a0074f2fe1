"""Which mutants a module has: the same code with one thing changed that a test could see.

A comparison, a number, a truth value, an operator, a condition, a value that is returned, a
statement left out. What the syntax tells to be no code, or to change nothing that can be seen, has
none: types and what only a type checker reads, docstrings, texts and tables of constants (they are
data), how a dataclass or a cache is stored, how long something is waited for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REPLACED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
DECLARED = {"__all__", "__slots__", "__match_args__"}
OF_TYPES = {"annotation", "returns", "type_comment", "type_params", "bases", "keywords"}
STORAGE = {"dataclass", "cache", "lru_cache", "cached_property", "overload"}
UNSEEN_CALLS = {"TypeVar", "cast", "NewType", "sleep", "warn"}
UNSEEN_ARGUMENTS = {"timeout", "maxsize", "stacklevel", "buffering", "strict"}
BUILT_IN = {"str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "set", "frozenset"}
DATA = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.Name)
SMALLEST_TABLE = 8
"""So many constants at the top of a module are a table of data."""


@dataclass(frozen=True)
class Change:
    """A piece of one line (lines from 1, columns in bytes from 0), and its new text.

    `begin` is the first line of the statement it stands in; `in_function` is false where only an
    import runs it.
    """

    line: int
    start: int
    end: int
    old: str
    new: str
    begin: int
    in_function: bool

    def applied(self, text: bytes) -> bytes:
        """Return the text of the module with this change."""
        lines = text.splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.start] + self.new.encode() + line[self.end :]
        return b"".join(lines)


def changes(text: bytes) -> Iterator[Change]:
    """Yield all changes of a module's text that stand on one line, in the order of its syntax."""
    lines = text.splitlines()
    for node, begin, in_function in _code(ast.parse(text), 1, False):
        for place, new in _mutated(node):
            if place.lineno != place.end_lineno or place.end_col_offset is None:
                continue
            start, end = place.col_offset, place.end_col_offset
            old = lines[place.lineno - 1][start:end].decode()
            if old != new:
                yield Change(place.lineno, start, end, old, new, begin, in_function)


def _mutated(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield what is changed at a node, and what it becomes."""
    match node:
        case ast.Compare(left, [op], [right]) if type(op) in COMPARED:
            yield node, ast.unparse(ast.Compare(left, [COMPARED[type(op)]()], [right]))
        case ast.BoolOp(op, values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield node, f"({ast.unparse(ast.BoolOp(other, values))})"
        case ast.UnaryOp(ast.Not(), operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.BinOp(left, op, right) if type(op) in REPLACED:
            yield node, f"({ast.unparse(ast.BinOp(left, REPLACED[type(op)](), right))})"
        case ast.Constant(bool() as value):
            yield node, repr(not value)
        case ast.Constant(int() as value):
            yield node, repr(value + 1)
        case ast.If(test) | ast.IfExp(test) | ast.While(test) if not _is_turned(test):
            yield test, f"(not ({ast.unparse(test)}))"
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield value, "None"
        case ast.Expr(ast.Call()):
            yield node, "pass"
        case ast.Break():
            yield node, "continue"
        case ast.Continue():
            yield node, "break"


def _is_turned(test: ast.expr) -> bool:
    """Tell whether the negation of a condition is the mutant of a comparison, or of a `not`."""
    match test:
        case ast.Compare(ops=[op]):
            return not isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE)
        case ast.UnaryOp(ast.Not()):
            return True
    return False


def _code(node: ast.AST, begin: int, in_function: bool) -> Iterator[tuple[ast.AST, int, bool]]:
    """Yield the nodes that run and matter, where their statement begins, whether in a function."""
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for key, value in ast.iter_fields(node):
        if key in OF_TYPES and not isinstance(node, ast.Call):
            continue
        inside = in_function or (is_function and key == "body")
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_unseen(child, inside):
                line = child.lineno if isinstance(child, ast.stmt) else begin
                yield child, line, inside
                yield from _code(child, line, inside)


def _is_unseen(node: ast.AST, in_function: bool) -> bool:
    """Tell whether nothing in a node is code that a test could see."""
    match node:
        case ast.JoinedStr() | ast.Expr(ast.Constant()):
            return True
        case ast.If(ast.Name("TYPE_CHECKING")):
            return True
        case ast.If(ast.Compare(ast.Name("__name__"))):
            return True
        case ast.Assign([ast.Name(name)]) if name in DECLARED:
            return True
        case ast.ClassDef(bases=bases) if any(_name(base) == "Protocol" for base in bases):
            return True
        case ast.Call(function) if _name(function) in STORAGE | UNSEEN_CALLS:
            return True
        case ast.Expr(ast.Call(function)) if _name(function) in UNSEEN_CALLS:
            return True
        case ast.keyword(arg=name) if name in UNSEEN_ARGUMENTS:
            return True
        case ast.BinOp(left, ast.BitOr(), right) if _is_a_type(left) and _is_a_type(right):
            return True
        case ast.Tuple() | ast.List() | ast.Set() | ast.Dict() if not in_function:
            parts = [part for part in ast.walk(node) if isinstance(part, ast.expr)]
            constants = sum(isinstance(part, ast.Constant) for part in parts)
            return constants >= SMALLEST_TABLE and all(isinstance(part, DATA) for part in parts)
    return False


def _is_a_type(node: ast.expr) -> bool:
    """Tell whether an expression is a type, or a union of some, and no number or set of flags."""
    match node:
        case ast.BinOp(left, ast.BitOr(), right):
            return _is_a_type(left) and _is_a_type(right)
        case ast.Constant(None):
            return True
        case ast.Name(name) | ast.Attribute(attr=name):
            return name in BUILT_IN or (name[:1].isupper() and not name.isupper())
        case ast.Subscript(value):
            return _is_a_type(value)
    return False


def _name(node: ast.AST) -> str:
    """Return the last name of a dotted one, or of what it is called or taken from."""
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value) | ast.Call(value):
            return _name(value)
    return ""
