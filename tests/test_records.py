"""`cvtex.records.dataclass` does what the standard library's does."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import pydoc
import re
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cvtex
from cvtex import model, records


@records.dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    tags: tuple[str, ...] = records.field(default_factory=tuple)
    note: str = records.field(default="", compare=False, repr=False)
    KIND: ClassVar[str] = "point"

    def double(self) -> int:
        return self.x * 2


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Named(Point):
    name: str
    size: int = 0


@records.dataclass(slots=True)
class Loose:
    x: int
    y: list[int] = records.field(default_factory=list)

    def __post_init__(self) -> None:
        self.x += 1


@records.dataclass(frozen=True, slots=True, order=True)
class Ordered:
    x: int
    y: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mixed(Named):
    """A standard one below one of ours, as in a theme of somebody's own."""

    extra: int = 5


def twin(kind: type, **options: Any) -> type:
    """Return the same class made by the standard library."""
    body = {n: v for n, v in vars(kind).items() if n in ("__annotations__", "__post_init__")}
    for field in dataclasses.fields(kind):
        given = {n: getattr(field, n) for n in ("default", "default_factory", "compare", "repr")}
        given = {n: v for n, v in given.items() if v is not dataclasses.MISSING}
        if field.name in body["__annotations__"]:
            body[field.name] = dataclasses.field(**given)
    body["__qualname__"], body["__module__"] = kind.__qualname__, kind.__module__
    return dataclasses.dataclass(**options)(type(kind.__name__, kind.__bases__, body))


TWINS: dict[type, type] = {
    Point: twin(Point, frozen=True, slots=True),
    Named: twin(Named, frozen=True, slots=True, kw_only=True),
    Loose: twin(Loose, slots=True),
    Ordered: twin(Ordered, frozen=True, slots=True, order=True),
}


def _in_one_line(text: str) -> str:
    """Return a text without spaces, bars and quotes: pydoc folds long signatures (Python 3.13), and
    shows types without quotes (3.14)."""
    return re.sub(r"[\s|']", "", text)


@pytest.mark.parametrize("kind", TWINS, ids=lambda kind: kind.__name__)
def test_what_a_record_takes_can_be_asked(kind: type) -> None:
    """`pydoc cvtex.model` is where a theme's author reads what a record holds."""
    assert inspect.signature(kind) == inspect.signature(TWINS[kind])
    shown = pydoc.plain(pydoc.render_doc(kind))
    assert _in_one_line(str(inspect.signature(kind))) in _in_one_line(shown)
    for _ in range(2 * records.OFTEN):  # it has an `__init__` of its own by then
        first = kind(**{f.name: 1 for f in dataclasses.fields(kind) if f.name in ("x", "name")})
    assert inspect.signature(kind) == inspect.signature(TWINS[kind])
    again = first.__replace__(x=7)
    assert again == dataclasses.replace(first, x=7)
    if sys.version_info >= (3, 13):
        assert copy.replace(first, x=7) == again


def test_an_init_written_by_hand_is_shown_as_it_is() -> None:
    assert str(inspect.signature(model.Rich)) == "(text: 'str', tex: 'str | None' = None) -> 'None'"
    assert list(inspect.signature(Mixed).parameters)[:2] == ["x", "y"]


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in vars(model).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    ],
    ids=lambda kind: kind.__name__,
)
def test_each_record_of_the_model_says_what_it_is(kind: type) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}("), "what the standard library writes"
    assert list(inspect.signature(kind).parameters) == [
        f.name for f in sorted(dataclasses.fields(kind), key=lambda f: bool(f.kw_only))
    ]


def outcome(call: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "ok", call()
    except (TypeError, dataclasses.FrozenInstanceError, AttributeError) as failure:
        return "fails", type(failure).__name__


@pytest.mark.parametrize("often", [False, True])
@given(
    kind=st.sampled_from(list(TWINS)),
    args=st.lists(st.integers(), max_size=5),
    kwargs=st.dictionaries(
        st.sampled_from(["x", "y", "tags", "note", "name", "size", "odd", "self"]), st.integers()
    ),
)
def test_the_same_instances(
    often: bool, kind: type, args: list[int], kwargs: dict[str, int]
) -> None:
    if often:
        for _ in range(records.OFTEN if kind.__init__.__closure__ else 0):  # type: ignore[misc]
            outcome(lambda: kind(x=1, name="n") if kind is Named else kind(1))
        assert not kind.__init__.__closure__  # type: ignore[misc]
    ours = outcome(lambda: kind(*args, **kwargs))
    theirs = outcome(lambda: TWINS[kind](*args, **kwargs))
    assert ours[0] == theirs[0]
    if ours[0] == "fails":
        assert ours == theirs
        return
    one, two = ours[1], theirs[1]
    assert repr(one) == repr(two)
    assert dataclasses.asdict(one) == dataclasses.asdict(two)
    assert one == kind(*args, **kwargs) and one != two
    assert outcome(lambda: hash(one))[0] == outcome(lambda: hash(two))[0]
    assert outcome(lambda: setattr(one, "x", 9))[0] == outcome(lambda: setattr(two, "x", 9))[0]
    assert outcome(lambda: setattr(one, "new", 9))[0] == "fails"
    assert kind.__match_args__ == TWINS[kind].__match_args__  # type: ignore[attr-defined]
    assert kind.__slots__ == TWINS[kind].__slots__  # type: ignore[attr-defined]


@given(st.tuples(st.integers(), st.text()), st.tuples(st.integers(), st.text()))
def test_order(one: tuple[int, str], two: tuple[int, str]) -> None:
    assert (Ordered(*one) < Ordered(*two)) == (one < two)
    assert (Ordered(*one) >= Ordered(*two)) == (one >= two)
    with pytest.raises(TypeError):
        Ordered(1) < 3  # type: ignore[operator]  # noqa: B015


def test_what_the_standard_library_does_with_them() -> None:
    point = Named(x=1, name="n", note="aside")
    assert dataclasses.replace(point, y=7) == Named(x=1, y=7, name="n")
    assert [f.name for f in dataclasses.fields(Named)] == ["x", "y", "tags", "note", "name", "size"]
    assert pickle.loads(pickle.dumps(point)) == point == copy.deepcopy(point)
    assert pickle.loads(pickle.dumps(point)).note == "aside"
    assert point.double() == 2 and Point.KIND == "point"
    assert hash(Point(1)) == hash(Point(1, note="another"))
    assert Loose(1).x == 2 and Loose(1).y is not Loose(1).y
    mixed = Mixed(x=1, name="n")
    assert mixed.extra == 5 and mixed == Mixed(x=1, name="n", note="aside")
    assert dataclasses.replace(mixed, extra=6).extra == 6
    match point:
        case Named(x, y):
            assert (x, y) == (1, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.x
    with pytest.raises(ValueError, match="mutable default"):

        @records.dataclass
        class Wrong:
            items: list[int] = []  # noqa: RUF012


WORKING = {
    "import_.latex.build": {"Builder"},
    "import_.latex.records": {"Entry", "Line", "Referee", "Tags"},
    "import_.latex.scan": {"Value", "Call"},
    "import_.latex.prose": {"Prose"},
    "import_.ledger": {"Ledger"},
    "import_.project": {"Imported"},
    "pdf.letters": {"Search"},
    "pdf.structure": {"Content", "Element", "_Level"},
    "pipeline.compiling": {"Press"},
    "pipeline.parts": {"Part"},
    "source.bibtex.scan": {"Block"},
    "source.syntax.json_text": {"_Scan"},
    "source.syntax.nodes": {"Problems"},
    "source.translations": {"_Choice"},
    "toolchain.texlive.ahead_pdflatex": {"Ahead"},
    "toolchain.texlive.ahead_unicode": {"Ahead"},
    "toolchain.texlive.pdflatex": {"_Run"},
}
"""What is filled in step by step, by module; every other record never changes."""


def _declared() -> dict[str, set[type]]:
    """Return the records that each module of the package declares."""
    found: dict[str, set[type]] = {}
    for module in pkgutil.walk_packages(cvtex.__path__, "cvtex."):
        if module.name.endswith("__main__") or ".sample." in module.name:
            continue
        for item in vars(importlib.import_module(module.name)).values():
            if isinstance(item, type) and dataclasses.is_dataclass(item):
                found.setdefault(item.__module__, set()).add(item)
    return found


def test_records_never_change_and_have_slots() -> None:
    for module, kinds in _declared().items():
        if module.partition(".")[0] != "cvtex" or "starter" in module:
            continue
        open_ = WORKING.get(module.removeprefix("cvtex."), set())
        for kind in kinds:
            assert "__slots__" in vars(kind), kind
            frozen = kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
            assert frozen or kind.__name__ in open_, f"{kind} could be changed; if it must: WORKING"
