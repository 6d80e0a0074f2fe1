"""What TeX's messages mean to somebody who never wrote LaTeX, and what to do."""

from __future__ import annotations

import re

from cvtex.toolchain.model import Message

EXPLAINED: tuple[tuple[str, str, str | None], ...] = (
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
    (
        r"Font shape `[^']*/(?:l|sb)/",
        "the theme sets light or semibold type, of which no font is made, so another is used",
        "if it extends a theme of cvtex, say `weights = None` in its theme.py",
    ),
    (r"Font shape", "the font has no such shape, so another is used", None),
)
"""Patterns of what TeX says, what each means, and what to do; {near} is what TeX showed."""


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


def hint_of(message: Message) -> str | None:
    """Return what to do about a message, None where that is not known."""
    known = _explanation(message)
    return known[1] if known else None


def _explanation(message: Message) -> tuple[str, str | None] | None:
    return next(
        ((plain, hint) for pattern, plain, hint in EXPLAINED if re.search(pattern, message.text)),
        None,
    )
