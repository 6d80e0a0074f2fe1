"""What counts as a mutant: `make mutants` measures code, not types, texts and tables."""

import pytest

from mutation.operators import changes


def changed(text: str) -> set[str]:
    """Return each changed text of a module, without the lines that stay."""
    found = set()
    for change in changes(text.encode()):
        new = change.applied(text.encode()).decode()
        compile(new, "module.py", "exec")
        found.add(f"{change.old} -> {change.new}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = a < b", {"a < b -> a <= b"}),
        ("x = 'ä' + y", {"'ä' + y -> ('ä' - y)"}),
        ("x = 3", {"3 -> 4"}),
        ("x = True", {"True -> False"}),
        ("x = a and b", {"a and b -> (a or b)"}),
        ("if a: b()", {"a -> (not (a))", "b() -> pass"}),
        ("if a == b: c = d", {"a == b -> a != b"}),
        ("if not a: c = d", {"not a -> (a)"}),
        ("if a < b: c = d", {"a < b -> a <= b", "a < b -> (not (a < b))"}),
        ("def f(a: int = 1) -> bool | None: return a", {"1 -> 2", "a -> None"}),
        ("for a in b:\n  break", {"break -> continue"}),
    ],
)
def test_what_runs_is_changed(text: str, expected: set[str]) -> None:
    assert changed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"""What 1 + 1 is."""',
        "x: Literal[1, 2] = y",
        "__slots__ = ('a', 1)",
        "if TYPE_CHECKING:\n  x = 1",
        "class A(Protocol):\n  b: int = 1",
        "@dataclass(frozen=True)\nclass A(B, total=False): c: int",
        "@functools.lru_cache(maxsize=8)\ndef f(): yield a",
        "x = cast(int, 1)",
        "Kind = str | None",
        "Kinds = Work | Letter",
        "run(a, timeout=10)",
        "x = zip(a, b, strict=True)",
        "TABLE = {'a': (1, 2, INK), 'b': (3, 4, INK), 'c': (5, 6, INK)}",
    ],
)
def test_what_no_test_can_see_is_not(text: str) -> None:
    found = changed(text)
    assert not found - {"run(a, timeout=10) -> pass"}
