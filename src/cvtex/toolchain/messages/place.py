"""TeX's messages brought back to the lines that the user wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cvtex.diagnostics import Diagnostic, Source
from cvtex.model import Text
from cvtex.toolchain.model import Message

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
        "choose another font in the theme's options, or write it otherwise",
    ),
    (
        r"Unicode character",
        "pdfLaTeX cannot set the character {near}",
        "--engine lualatex or xelatex can, with a font that has it",
    ),
    (
        r"Missing \$ inserted|Missing \{ inserted",
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
        "a brace { is opened and not closed, near “{near}”",
        "count the braces in the raw TeX there",
    ),
    (
        r"forgotten \$",
        "a brace } stands where there is no {, or a $ has no partner",
        "count the braces and dollars in the raw TeX there",
    ),
    (
        r"Missing \} inserted",
        "a brace { is opened and not closed",
        "count the braces in the raw TeX there",
    ),
    (
        r"Too many \}'s|Extra \}",
        "a brace } is closed that was not opened",
        "count the braces in the raw TeX there",
    ),
    (r"missing \\item", "a list has text before its first \\item, or no \\item at all", None),
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
        "a line is too wide and sticks out into the margin, at “{near}”",
        "shorten it, or let it break: a long word or address does not",
    ),
    (r"Overfull \\vbox", "a page is too full", None),
    (
        r"`.*' results in NEGATIVE",
        "the margins leave no room for the text",
        "choose smaller ones: the theme's option margin",
    ),
    (r"Font shape", "the font has no such shape, so another is used", None),
)
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
    hint = message.hint or _hint(message)
    if message.text.startswith("Undefined control sequence") and not typed:
        hint = f"your data holds no {message.near}: the theme's LaTeX does"
    return Diagnostic(message.severity, explain(message), place, hint)


def explain(message: Message) -> str:
    """Return what a message means in plain words, with TeX's own in parentheses."""
    said = f"TeX in {message.file}" if message.file else "TeX"
    known = _explanation(message)
    if known is None:
        return f"{said} says: {message.text}".rstrip(". ")
    words = known[0].replace("{near}", message.near).strip()
    if not message.near:
        words = re.sub(r",? (?:near|at) “”$|,? at$|:$", "", words)
    return f"{words} ({said}: {message.text.strip().removeprefix('LaTeX Error: ')})"


def _hint(message: Message) -> str | None:
    known = _explanation(message)
    return known[1] if known else None


def _explanation(message: Message) -> tuple[str, str | None] | None:
    return next(
        ((plain, hint) for pattern, plain, hint in _EXPLAINED if re.search(pattern, message.text)),
        None,
    )


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
