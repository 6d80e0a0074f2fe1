"""TeX's messages brought back to the lines that the user wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cvtex.diagnostics import Diagnostic, Source
from cvtex.model import Text
from cvtex.toolchain import Message

# What TeX says, what that means to someone who never wrote LaTeX, and what to do.
# {near} is the token or text that TeX showed.
_EXPLAINED: tuple[tuple[str, str, str | None], ...] = (
    (
        r"Undefined control sequence",
        "LaTeX does not know the command {near}",
        "is it misspelt, or does it need a package that the theme does not load?",
    ),
    (
        r"Missing character",
        "the font has no character {near}",
        "another font or engine may have it: try --engine lualatex",
    ),
    (
        r"Unicode character",
        "pdfLaTeX cannot set the character {near}",
        "--engine lualatex or xelatex can, with a font that has it",
    ),
    (
        r"Missing \$ inserted|Missing [{}] inserted",
        "LaTeX found mathematics where there should be text, or the reverse, at {near}",
        "in raw TeX write \\_ \\^ \\& \\$ for these characters as text",
    ),
    (
        r"Misplaced alignment tab|Extra alignment tab",
        "LaTeX takes & for a column separator",
        "in raw TeX write \\& for the character",
    ),
    (
        r"macro parameter character",
        "LaTeX takes # for a parameter",
        "in raw TeX write \\# for the character",
    ),
    (
        r"File ended while scanning|Paragraph ended before|Runaway",
        "a brace { is opened and not closed, near {near}",
        "count the braces in the raw TeX there",
    ),
    (r"Too many \}'s|Extra \}", "a brace } is closed that was not opened", None),
    (r"a group that begins here has no end", "a brace { or group is opened and not closed", None),
    (
        r"\\begin\{.*ended by|\\begin\{.*on input line",
        "LaTeX found the end of another environment than the one that is open",
        "every \\begin{x} needs its own \\end{x}",
    ),
    (r"File `.*' not found", "LaTeX does not find the file {near}", None),
    (
        r"Emergency stop",
        "LaTeX came to the end of the file while something was still open",
        "is a brace or an environment not closed in raw TeX?",
    ),
    (
        r"TeX capacity exceeded",
        "the document never ends: LaTeX ran out of its own memory",
        "does a command in raw TeX call itself?",
    ),
    (r"No pages of output", "there is nothing to print", "is the data empty?"),
    (r"Undefined colou?r", "there is no colour {near}", None),
    (
        r"The font \".*\" cannot be found|Font .* not found|not loadable",
        "LaTeX does not find a font",
        "cvtex doctor tells what is missing and how to bring it",
    ),
    (r"Reference `.*undefined", "a reference leads nowhere: {near}", None),
    (r"Citation `.*undefined", "there is no entry for the citation {near}", None),
    (
        r"Overfull \\hbox",
        "a line is too wide and sticks out into the margin",
        "shorten it, or let it break: a long word or address does not",
    ),
    (r"Overfull \\vbox", "a page is too full", None),
    (r"Font shape", "the font has no such shape, so another is used", None),
)
_TABLE = tuple((re.compile(pattern), plain, hint) for pattern, plain, hint in _EXPLAINED)


def diagnose(
    messages: Iterable[Message],
    tex: str,
    locate: Callable[[int], Source | None],
    values: Iterable[Text],
) -> tuple[Diagnostic, ...]:
    """Return the messages as diagnostics; see `cvtex.toolchain.diagnose`."""
    lines = tex.splitlines()
    texts = [value for value in values if value.source.file]
    return tuple(
        dict.fromkeys(
            Diagnostic(
                message.severity,
                explain(message),
                _source(message, lines, locate, texts),
                message.hint or _hint(message),
            )
            for message in messages
        )
    )


def explain(message: Message) -> str:
    """Return what a message means in plain words, with TeX's own in parentheses."""
    said = f"TeX in {message.file}" if message.file else "TeX"
    known = _explanation(message)
    if known is None:
        return f"{said} says: {message.text}"
    words = known[0].replace("{near}", message.near).strip()
    words = words.removesuffix(", near").removesuffix(", at").removesuffix(":")
    return f"{words} ({said}: {message.text.strip()})"


def _hint(message: Message) -> str | None:
    known = _explanation(message)
    return known[1] if known else None


def _explanation(message: Message) -> tuple[str, str | None] | None:
    return next(
        ((plain, hint) for pattern, plain, hint in _TABLE if pattern.search(message.text)), None
    )


def _source(
    message: Message,
    lines: list[str],
    locate: Callable[[int], Source | None],
    values: list[Text],
) -> Source | None:
    line = message.line
    if line is None and message.near:
        line = _find_line(message.near, lines)
    record = locate(line) if line else None
    if record is None:
        if line is None and _is_character(message):
            return next((value.source for value in values if message.near in value), None)
        return None
    within = [value for value in values if _is_within(value.source, record)]
    shown = lines[line - 1] if line and line <= len(lines) else ""
    return _best(message.near, shown, within) or record


def _is_character(message: Message) -> bool:
    return message.text.startswith(("Missing character", "LaTeX Error: Unicode"))


def _find_line(near: str, lines: list[str]) -> int | None:
    """Return the line of cv.tex that shows a text that TeX gave without a line."""
    shown = re.sub(r"\s*\\par\b.*|\\ETC\..*", "", near).strip()
    stem = re.sub(r"\.\w{1,4}$", "", shown)  # a file is asked for without its ending
    for wanted in filter(None, dict.fromkeys((shown, stem))):
        for number, line in enumerate(lines, 1):
            if wanted in line and not line.startswith("%"):
                return number
    return None


def _is_within(place: Source, record: Source) -> bool:
    last = max(record.end, record.line)
    return place.file == record.file and (not record.line or record.line <= place.line <= last)


def _best(near: str, shown: str, values: list[Text]) -> Source | None:
    """Return the place of the value that holds what TeX named, the fullest match first."""
    holding = [value for value in values if near and near in value]
    if not holding:
        return None
    # Raw TeX can hold a command that literal text cannot cause; a value that stands on TeX's
    # line as it was typed is likelier than one that does not.
    best = max(holding, key=lambda value: (value in shown, value.tex, -len(value)))
    return best.source
