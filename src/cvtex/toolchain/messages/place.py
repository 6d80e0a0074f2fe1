"""TeX's messages brought back to the lines that the user wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cvtex.diagnostics import Diagnostic, Source
from cvtex.model import Text
from cvtex.toolchain.messages import explain
from cvtex.toolchain.model import Message

_ANY_VALUE = re.compile(r"^Missing character|Unicode character|^Overfull|not found|^Font shape")
_BRACES = re.compile(
    r"Missing [{}]|Extra \}|Too many \}|File ended|Paragraph ended|group that begins"
)


def diagnose(
    messages: Iterable[Message],
    tex: str,
    locate: Callable[[int], Source | None],
    values: Iterable[Text],
) -> tuple[Diagnostic, ...]:
    """Return the messages as diagnostics; see `cvtex.toolchain.diagnose`."""
    lines = tex.splitlines()
    texts = [value for value in values if value.source.file]
    return tuple(dict.fromkeys(_diagnostic(message, lines, locate, texts) for message in messages))


def _diagnostic(
    message: Message,
    lines: list[str],
    locate: Callable[[int], Source | None],
    values: list[Text],
) -> Diagnostic:
    place, typed = _source(message, lines, locate, values)
    hint = message.hint or explain.hint_of(message)
    if message.text.startswith("Undefined control sequence") and not typed:
        hint = f"your data holds no {message.near}: the theme's LaTeX does"
    return Diagnostic(message.severity, explain.explain(message), place, hint)


def _source(
    message: Message,
    lines: list[str],
    locate: Callable[[int], Source | None],
    values: list[Text],
) -> tuple[Source | None, bool]:
    """Return a message's place in the input, and whether the user typed what TeX named."""
    line = message.line
    if line is None and message.near and not message.file:
        line = _find_line(message.near, lines)
    record = locate(line) if line else None
    if record is None:
        # Without a line, and in a line that no record wrote, a character is still the user's.
        typed = [v for v in values if message.near in v] if _is_character(message) else []
        return (typed[0].source, True) if typed else (None, False)
    within = [value for value in values if _is_within(value.source, record)]
    shown = lines[line - 1] if line and line <= len(lines) else ""
    best = _best(message, shown, within)
    return (best, True) if best else (record, False)


def _is_character(message: Message) -> bool:
    return message.text.startswith(("Missing character", "LaTeX Error: Unicode"))


def _find_line(near: str, lines: list[str]) -> int | None:
    """Return the line of cv.tex that shows a text that TeX gave without a line."""
    stem = re.sub(r"\.\w{1,4}$", "", near)  # a file is asked for without its ending
    for wanted in filter(None, dict.fromkeys((near, stem))):
        for number, line in enumerate(lines, 1):
            if wanted in line and not line.startswith("%"):
                return number
    return None


def _is_within(place: Source, record: Source) -> bool:
    last = max(record.end, record.line)
    return place.file == record.file and (not record.line or record.line <= place.line <= last)


def _best(message: Message, shown: str, values: list[Text]) -> Source | None:
    """Return the place of the value that can have caused a message, the fullest match first.

    Literal text is escaped: only raw TeX can hold a command, or braces that do
    not match. A character that no font has, a line too wide and a file that is
    not there can come from any value.
    """
    near = message.near
    if _ANY_VALUE.search(message.text):
        # TeX shows a word that sticks out with the hyphens that it may be broken at.
        wanted = [near, near.replace("-", "")]
        holding = next((h for word in wanted if word and (h := _holding(word, values))), [])
    else:
        raw = [value for value in values if value.tex]
        holding = [value for value in raw if _is_unbalanced(value, message.text)]
        if not holding and near.strip("{}$"):
            holding = _holding(near, raw)
    if not holding:
        return None
    # A value that stands on TeX's line as it was typed is likelier than one that does not.
    return max(holding, key=lambda value: (value in shown, value.tex, -len(value))).source


def _holding(word: str, values: list[Text]) -> list[Text]:
    return [value for value in values if word in value]


def _is_unbalanced(value: str, text: str) -> bool:
    """Tell whether a value's braces or dollars do not match, if that is what TeX complains of."""
    bare = re.sub(r"\\.", "", value)
    braces = _BRACES.search(text) and bare.count("{") != bare.count("}")
    dollars = "$" in text and bare.count("$") % 2
    return bool(braces or dollars)
