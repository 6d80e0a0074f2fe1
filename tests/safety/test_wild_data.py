"""Whatever the data and the options say, what comes of it is LaTeX or complaints: no traceback."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cvtex import source
from cvtex.diagnostics import CvtexError, format_diagnostic, with_excerpts
from cvtex.latex import themes
from cvtex.model import KINDS, Basics, Meta
from cvtex.pipeline import manuscript, preparation
from cvtex.source.records.convert import keys
from cvtex.source.schema.options import options_of

OPTIONS = {name: options_of(folder.load().Options) for name, folder in themes.themes(None).items()}
PIECES = ("a", "Ä", " ", "\n", "\n\n", "*", "**", "_", "`", "[x](y.example)", "[", "](", "<b>",
          "&amp;", "\\", "{", "}", "$", "%", "#", "~", "^", '"', "- ", "1. ", "--", "2020", "-05",
          "2020-13", "present", "Fall 2020", "https://", "é", "\u200b", "\u202e", "😀", "中",
          "שלום", "true", "10", "mm", "null", "{lastModified}")  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers(-1, 3000),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["en", "de", "text", "title", "city", "url", "x-a"]), inner,
                      max_size=2),
    max_leaves=4,
)  # fmt: skip


def records(kind: type) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(list(keys(kind))), VALUES, max_size=4)


SECTIONS = {
    name: st.lists(records(row.typed) | TEXTS, max_size=2) | VALUES for name, row in KINDS.items()
}
WHOLE = st.fixed_dictionaries(
    {"basics": records(Basics).map(lambda found: {**found, "name": "Ada"})},
    optional={**SECTIONS, "meta": records(Meta), "talks": VALUES},
)


@st.composite
def optioned(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    theme = draw(st.sampled_from(sorted(OPTIONS)))
    names = [option.key for option in OPTIONS[theme]]
    return theme, draw(st.dictionaries(st.sampled_from(names), VALUES, max_size=3))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WHOLE, optioned(), st.sampled_from([".json", ".yaml"]), st.sampled_from(["", "de", "xx"]))
@example({"basics": {"name": "Ada"}, "meta": {"languages": ["en", "en", ""]}}, ("classic", {}),
         ".yaml", "")  # fmt: skip
def test_no_traceback(
    whole: dict[str, Any], chosen: tuple[str, dict[str, Any]], ending: str, language: str
) -> None:
    theme, options = chosen
    if options and isinstance(whole.setdefault("meta", {}), dict):
        whole["meta"] = {**whole["meta"], "themes": {theme: options}}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"cv{ending}")
        file.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")  # is YAML too
        reading = source.read(source.find(file, public=True, language=language, environ={}))
        found = list(reading.diagnostics)
        if written := manuscript.of(source.find(file, public=True, environ={}), reading):
            try:
                _, problems = preparation.prepare(written, theme)
                found += problems
            except CvtexError as stop:
                found += stop.diagnostics
        for diagnostic in with_excerpts(found, reading.inputs, reading.secrets):
            assert format_diagnostic(diagnostic)
