"""`dataclass` as in the standard library, but cheap to declare.

The standard one writes and compiles six functions for every class: a hundred
classes cost more than all else that a build imports. Here all classes share
functions that go by the list of fields. What is declared is the same, to type
checkers too, and `dataclasses.fields`, `replace` and `asdict` work on it.
"""

from __future__ import annotations

import dataclasses
import inspect  # dataclasses has loaded it already
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from operator import attrgetter, ge, gt, le, lt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None,
        *,
        frozen: bool = False,
        slots: bool = False,
        kw_only: bool = False,
        order: bool = False,
    ) -> Any:
        """Make a class a dataclass; the options mean what they mean in the standard library."""

        def make(cls: type) -> type:
            return _make(cls, frozen, slots, kw_only, order)

        return make if cls is None else make(cls)


__all__ = ["dataclass", "field"]

OFTEN = 200
"""Instances after which a class is worth an `__init__` of its own."""

_REGULAR = dataclasses._FIELD  # type: ignore[attr-defined]


def _make(cls: type, frozen: bool, slots: bool, kw_only: bool, order: bool) -> type:
    fields: dict[str, Field[Any]] = {}
    for base in reversed(cls.__mro__[1:]):
        fields |= getattr(base, "__dataclass_fields__", {})
    own: list[str] = []
    for name, annotation in inspect.get_annotations(cls).items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        given = cls.__dict__.get(name, MISSING)
        declared: Field[Any] = given if isinstance(given, Field) else field(default=given)
        if declared.default.__class__.__hash__ is None:
            raise ValueError(f"mutable default of {name}: use default_factory")
        declared.name, declared.type = name, annotation
        declared._field_type = _REGULAR  # type: ignore[attr-defined]
        declared.kw_only = kw_only if declared.kw_only is MISSING else declared.kw_only
        fields[name] = declared
        own.append(name)
        if isinstance(given, Field) and not slots:  # a slot needs the place
            if declared.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, declared.default)
    every = tuple(fields.values())
    methods: dict[str, Any] = {
        "__init__": _init(every),
        "__signature__": _SIGNATURE,
        "__replace__": _replace,
        "__repr__": _repr,
        "__eq__": _eq,
        "__dataclass_fields__": fields,
        "__dataclass_params__": SimpleNamespace(
            init=True, repr=True, eq=True, order=order, unsafe_hash=False, frozen=frozen
        ),
        "__match_args__": tuple(f.name for f in every if f.init and not f.kw_only),
        "_names": tuple(f.name for f in every),
        "_compared": _getter([f.name for f in every if f.compare]),
        "_shown": tuple(f.name for f in every if f.repr),
    }
    if frozen:
        methods |= {"__setattr__": _setattr, "__delattr__": _delattr, "__hash__": _hash}
        if slots:
            methods |= {"__getstate__": _getstate, "__setstate__": _setstate}
    else:
        methods["__hash__"] = None
    if order:
        methods |= _ORDER
    written = cls.__dict__
    methods = {
        name: method
        for name, method in methods.items()
        if name not in written or (name == "__hash__" and "__eq__" not in written)
    }
    if slots:
        return _with_slots(cls, own, methods)
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def _with_slots(cls: type, own: list[str], methods: dict[str, Any]) -> type:
    """Return the class anew with slots for its own fields, and with methods."""
    inherited = {
        name for base in cls.__mro__[1:-1] for name in getattr(base, "__slots__", ()) or ()
    }
    body = {
        name: value
        for name, value in cls.__dict__.items()
        if name not in own and name not in ("__dict__", "__weakref__")
    }
    body |= methods
    body["__slots__"] = tuple(name for name in own if name not in inherited)
    qualname = cls.__qualname__
    slotted: type = type(cls)(cls.__name__, cls.__bases__, body)
    slotted.__qualname__ = qualname
    return slotted


def _getter(names: list[str]) -> Any:
    """Return what gives the values of the fields as a tuple."""
    if len(names) > 1:
        return staticmethod(attrgetter(*names))
    return staticmethod(lambda record: tuple(getattr(record, name) for name in names))


class _Signature:
    """What `inspect.signature` and `pydoc` show of a record; made when somebody asks."""

    def __get__(self, record: Any, kind: type) -> inspect.Signature:
        init: Any = kind.__init__  # type: ignore[misc]
        if not hasattr(init, "by_fields"):  # written by hand
            written = inspect.signature(init)
            return written.replace(parameters=[*written.parameters.values()][1:])
        fields = [f for f in dataclasses.fields(kind) if f.init]
        return inspect.Signature(
            [_parameter(f) for f in sorted(fields, key=lambda f: bool(f.kw_only))],
            return_annotation=None,
        )


_SIGNATURE = _Signature()


def _parameter(field: Field[Any]) -> inspect.Parameter:
    """Return a field as a parameter; a default that a function makes is shown as `<factory>`."""
    default: Any = inspect.Parameter.empty
    if field.default is not MISSING:
        default = field.default
    elif field.default_factory is not MISSING:
        default = dataclasses._HAS_DEFAULT_FACTORY  # type: ignore[attr-defined]
    kinds = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(
        field.name, kinds[bool(field.kw_only)], default=default, annotation=field.type
    )


_set = object.__setattr__


def _init(every: tuple[Field[Any], ...]) -> Any:
    """Return an `__init__` that goes by the fields, and is compiled once it is used often."""
    positional: tuple[str, ...] = ()
    filled: tuple[Any, ...] = ()
    calls = 0

    def __init__(self: Any, /, *args: Any, **given: Any) -> None:  # noqa: N807
        nonlocal calls, positional, filled
        if not calls:  # many classes have no instance in most runs
            positional = tuple(f.name for f in every if f.init and not f.kw_only)
            filled = tuple((f.name, f.init, f.default, f.default_factory) for f in every)
        calls += 1
        if calls == OFTEN:
            home = next(k for k in type(self).__mro__ if vars(k).get("__init__") is __init__)
            home.__init__ = _compiled(every)  # type: ignore[misc]
        if len(args) > len(positional):
            kind = type(self).__name__
            raise TypeError(f"{kind} takes {len(positional)} positional arguments, not {len(args)}")
        for name, value in zip(positional, args, strict=False):
            if name in given:
                raise TypeError(f"{type(self).__name__} got two values for {name!r}")
            given[name] = value
        used = 0
        for name, is_given, default, factory in filled:
            if name in given and is_given:
                _set(self, name, given[name])
                used += 1
            elif default is not MISSING:
                _set(self, name, default)
            elif factory is not MISSING:
                _set(self, name, factory())
            elif is_given:
                raise TypeError(f"{type(self).__name__} lacks {name!r}")
        if used != len(given):
            wrong = sorted(given.keys() - {name for name, is_given, *_ in filled if is_given})
            raise TypeError(f"{type(self).__name__} has no {', '.join(wrong)}")
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    __init__.by_fields = True  # type: ignore[attr-defined]
    return __init__


def _compiled(every: tuple[Field[Any], ...]) -> Any:
    """Return the `__init__` that the standard library would write."""
    known: dict[str, Any] = {"_put": _set, "_missing": MISSING}
    before: list[str] = []
    after: list[str] = []
    body: list[str] = []
    for number, item in enumerate(every):
        value = item.name
        given = item.name
        if item.default is not MISSING:
            known[f"_default{number}"] = item.default
            given += f"=_default{number}"
            value = value if item.init else f"_default{number}"
        elif item.default_factory is not MISSING:
            known[f"_make{number}"] = item.default_factory
            given += "=_missing"
            default = f"_make{number}()"
            value = f"({default} if {value} is _missing else {value})" if item.init else default
        elif not item.init:
            continue
        if item.init:
            (after if item.kw_only else before).append(given)
        body.append(f" _put(_self, {item.name!r}, {value})")
    parameters = ", ".join(["_self", "/", *before, *(["*", *after] if after else [])])
    body.append(" if hasattr(_self, '__post_init__'): _self.__post_init__()")
    exec("\n".join([f"def __init__({parameters}):", *body]), known)
    known["__init__"].by_fields = True
    return known["__init__"]


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _ordering(holds: Callable[[Any, Any], bool]) -> Any:
    """Return the method that compares two records of one class by their fields, in order."""

    def compare(self: Any, other: Any) -> Any:
        if type(other) is not type(self):
            return NotImplemented
        return holds(self._compared(self), other._compared(other))

    return compare


_ORDER = {f"__{holds.__name__}__": _ordering(holds) for holds in (lt, le, gt, ge)}


def _setattr(self: Any, name: str, value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _replace(self: Any, /, **changes: Any) -> Any:
    return dataclasses.replace(self, **changes)


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self._names]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self._names, state, strict=True):
        _set(self, name, value)
