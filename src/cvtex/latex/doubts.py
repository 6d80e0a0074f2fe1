"""Markup that is not read here, or that is read and was hardly meant so: told at its line.

In prose that is HTML, CommonMark's headings, quotations and pictures, signs that emphasis takes
out of the middle of words, and links that a CV may not have. In all other text it is any markup:
names are set letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cvtex.diagnostics import Diagnostic, Severity, Source
from cvtex.latex import markup
from cvtex.model import Email, Prose, Text, Url
from cvtex.source.syntax.nodes import in_json
from cvtex.veil import PRIVATE

Find = Callable[[str, Source], Source]
"""Returns where a part of a value stands, given the place of the value."""

_UNSPACED = "[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""Letters of scripts that part no words by spaces."""
_SUSPECT = re.compile(r"[<&*`\[~]|__|^ {0,3}(?:#|>)|\S[ \t]*\n {0,3}1[.)][ \t]", re.MULTILINE)
_TAG = re.compile(
    r"<!--|</?(?:a|abbr|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s"
    r"|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HEADING = re.compile(r"^ {0,3}(#{1,6}(?=[ \t])|>(?=[ \t]*[^\s\d])|```|~~~)", re.MULTILINE)
_ONE = re.compile(r"\S[ \t]*\n {0,3}(1([.)])[ \t]+[^\s]{1,40})")
"""What would be a list that begins within a paragraph."""
_PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{1,300}\)")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\(([^()\s]{1,300})\)")
_SIGNS = re.compile(
    r"\*\*[^\s*](?:[^*]*[^\s*])?\*\*|`[^\s`](?:[^`]*[^\s`])?`"
    r"|(?<![\w*])\*[^\s*](?:[^*]*[^\s*])?\*(?![\w*])"
)
_BRACE = re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL)
"""A brace of TeX, or what passes over one: a control symbol, a comment."""
_WRITE = {"b": "**…**", "strong": "**…**", "i": "*…*", "em": "*…*", "code": "`…`", "tt": "`…`"}
_LINES = {"br", "p", "div", "li", "ul", "ol"}


def problems(value: Text, find: Find, lenient: bool = False) -> Iterator[Diagnostic]:
    """Yield what is doubtful in a text's markup, and what is wrong with its links.

    `find` tells where a part of the text stands. A link whose target a CV may not have (see
    `model.Url`) is an error, and in a file that is `lenient` a warning: it is set as typed.
    """
    if value.tex:
        yield from _braces(value, find)
        return
    if isinstance(value, Url | Email) or not _SUSPECT.search(value):
        return
    found = _of_prose(value, lenient) if isinstance(value, Prose) else _of_name(value)
    for severity, part, message, hint in found:
        source = value.source
        if hint and in_json(source):
            hint = hint.replace("\\", "\\\\")
        if source.private:
            yield Diagnostic(severity, message.replace(part, PRIVATE), source)
        else:
            yield Diagnostic(severity, message, find(part, source), hint)


Found = tuple[Severity, str, str, str | None]


def _of_prose(value: Prose, lenient: bool) -> Iterator[Found]:
    if "](" in value:
        yield from _links(value, lenient)
    yield from _html("".join(_read_as_text(value)))
    for sign in dict.fromkeys(m[1] for m in _HEADING.finditer(value)):
        what = "heading" if sign[0] == "#" else "quotation" if sign == ">" else "block of code"
        yield _warn(sign, f"{sign} makes no {what} here, and is set as it stands")
    for match in _PICTURE.finditer(value):
        yield _warn(match[0], "a picture in a text is not set", "only basics.image is a picture")
    if (one := _ONE.search(value)) and _is_list_of_one(value):
        escaped = one[1].replace(one[2], "\\" + one[2], 1)
        message = f"a line that begins with 1{one[2]} may begin a numbered list"
        yield _warn(one[1], message, f"write {escaped} where none is meant")
    for paragraph in markup.split(value):
        for said in _taken(markup.parse(paragraph), paragraph):
            hint = f"write `{said}` in backticks" if said[0] == "_" else "write " + _escaped(said)
            yield _warn(said, f"the signs of {_short(said)} are read as emphasis", hint)


def _is_list_of_one(value: Prose) -> bool:
    """Tell whether a text has a numbered list that has but one item."""
    return any(
        isinstance(block, markup.Listing) and block.number == 1 and len(block.items) == 1
        for block in markup.blocks(value)
    )


def _taken(pieces: tuple[markup.Piece, ...], typed: str) -> Iterator[str]:
    """Yield what lost its signs inside a word, between digits, or as a name (`__init__`)."""
    for number, piece in enumerate(pieces):
        if piece.kind not in ("emphasis", "strong"):
            continue
        said = markup.read(piece.pieces)
        before = pieces[number - 1].text[-1:] if number else ""
        after = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
        sign = "*" if piece.kind == "emphasis" else "**"
        if re.fullmatch(r"\w+", said) and f"__{said}__" in typed:
            yield f"__{said}__"
        elif re.match(r"[\w)\]]", before) and re.match(r"[\w(\[]", after):
            if re.match(_UNSPACED, before) and re.match(_UNSPACED, after):
                continue  # which part no words by spaces
            whole = sign + said + sign
            yield whole if whole in typed else said
        yield from _taken(piece.pieces, typed)


def _escaped(said: str) -> str:
    return said.replace("*", "\\*")


def _read_as_text(value: Prose) -> Iterator[str]:
    for paragraph in markup.split(value):
        for piece in markup.walk(markup.parse(paragraph)):
            if piece.kind == "text":
                yield piece.text
        yield "\n"


def _links(value: Prose, lenient: bool) -> Iterator[Found]:
    for paragraph in markup.split(value):
        for piece in markup.walk(markup.parse(paragraph)):
            if piece.title:
                message = f'a link has no room for a title: "{piece.title}"'
                yield _warn(piece.title, message, f"write [text]({piece.url})")
        for url in markup.refused(paragraph):
            try:
                Url.parse(url)
            except ValueError as reason:
                severity = Severity.WARNING if lenient else Severity.ERROR
                hint = r"write \[ where no link is meant"
                yield severity, url, f'link "{url}": {reason}', hint


def _of_name(value: Text) -> Iterator[Found]:
    yield from _html(value)
    if match := _LINK.search(value):
        hint = f"write {match[1]}, and the address as url"
        yield _warn(match[0], f"names have no links: {_short(match[0])} is set as it stands", hint)
    elif match := _SIGNS.search(value):
        hint = "write " + match[0].strip("*`")
        yield _warn(match[0], f"names have no markup: {_short(match[0])} is set as it stands", hint)


def _html(text: str) -> Iterator[Found]:
    """Yield HTML that would be seen: one warning for all tags of a kind."""
    kinds = set()
    for match in _TAG.finditer(text):
        name = re.sub(r"[</]*([A-Za-z0-9]*).*", r"\1", match[0], flags=re.DOTALL).lower()
        if name in kinds:
            continue
        kinds.add(name)
        hint = f"write {_WRITE[name]}" if name in _WRITE else None
        if name == "a":
            hint = "write [text](address)"
        elif name in _LINES:
            hint = "write a line of its own, or an item of highlights"
        yield _warn(match[0], f"HTML is set as it stands: {_short(match[0])}", hint)
    for said in dict.fromkeys(_ENTITY.findall(text)):
        import html

        character = html.unescape(said)
        if character != said:
            hint = f"write {character}" if character.isprintable() else "write the character itself"
            yield _warn(said, f"HTML is set as it stands: {said}", hint)


def _warn(part: str, message: str, hint: str | None = None) -> Found:
    return Severity.WARNING, part, message, hint


def _braces(value: Text, find: Find) -> Iterator[Diagnostic]:
    """Yield an error for raw TeX whose braces do not match: the rest of the CV would be lost."""
    opened: list[int] = []
    for match in _BRACE.finditer(value):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and not opened:
            yield _unmatched(value, match.start(), "a brace } is closed that was not opened", find)
            return
        elif match[0] == "}":
            opened.pop()
    if opened:
        yield _unmatched(value, opened[-1], "a brace { is opened and not closed", find)


def _unmatched(value: Text, at: int, message: str, find: Find) -> Diagnostic:
    source = value.source
    if not source.private:
        source = find(value[at:].split("\n", 1)[0], source)
    return Diagnostic(Severity.ERROR, message, source, "count the braces in the raw TeX there")


def _short(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= 40 else said[:39] + "…"
