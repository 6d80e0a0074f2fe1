"""Source marks: written by `mark`, read back by `locator`."""

from __future__ import annotations

from cvtex.diagnostics import Source
from cvtex.latex.marks import locator, mark


def test_a_line_is_placed_in_the_innermost_mark() -> None:
    inner = mark(Source("data/work.yaml", 4, 3, 9), "one\ntwo")
    outer = mark(Source("data/work.yaml", 1, 1, 20), "head\n" + inner + "tail")
    locate = locator("before\n" + outer + "after")
    assert locate(1) is None
    assert locate(3) == Source("data/work.yaml", 1, 0, 20)
    assert locate(5) == Source("data/work.yaml", 4, 0, 9)
    assert locate(6) == Source("data/work.yaml", 4, 0, 9)
    assert locate(8) == Source("data/work.yaml", 1, 0, 20)
    assert locate(10) is None
    assert locate(0) is None
    assert locate(99) is None


def test_a_file_with_a_colon_and_no_line_comes_back() -> None:
    assert locator(mark(Source("--set a:b"), "x"))(2) == Source("--set a:b", 0, 0, 0)


def test_nothing_is_marked_where_there_is_no_place() -> None:
    assert mark(Source(""), "x") == "x"
    assert mark(Source("f", 1), "  \n") == "  \n"
