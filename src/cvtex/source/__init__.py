"""Reading what the user wrote: YAML, JSON and BibTeX -> records, with positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvtex.source.project import Project, find

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar

    from cvtex.diagnostics import Diagnostic
    from cvtex.model import Unread, Words
    from cvtex.source.reading import Reading

    T = TypeVar("T")

__all__ = ["Project", "Reading", "find", "options", "read", "words"]


def read(project: Project, *, cache: bool = False, variant: str = "") -> Reading:
    """Read a project's inputs: the CV, every complaint, and the texts they point into.

    With `cache`, a bibliography that is as it was comes from the user's cache. What a
    `variant` says otherwise is laid over the data; what it leaves out is for `select`.
    """
    from cvtex.source.reading import read as read_project

    return read_project(project, cache=cache, variant=variant)


def options(
    unread: Unread | None, kind: type[T], name: str = "the options"
) -> tuple[T, tuple[Diagnostic, ...]]:
    """Read a theme's options as a dataclass whose fields all have defaults.

    `unread` is what stands in `meta.themes` under the theme's name, None where
    nothing does. A faulty option keeps its default. The module of `kind` must
    be in `sys.modules`: its type hints are looked up there.
    """
    from cvtex.source.records.convert import options as read_options
    from cvtex.source.syntax.nodes import Problems

    problems = Problems()
    value = read_options(unread, kind, name, problems)
    return value, tuple(problems.diagnostics)


def words(code: str, over: Mapping[str, str | tuple[str, ...]] | None = None) -> Words:
    """Return the words of a language code (`en`, `de`, `en-GB`), some replaced by `over`.

    Raises `KeyError` where there is no file for the language; `read` has
    complained of that already.
    """
    from cvtex.source.records.words import words as read_words

    return read_words(code, over)


def __getattr__(name: str) -> object:
    if name == "Reading":
        from cvtex.source.reading import Reading

        return Reading
    raise AttributeError(name)
