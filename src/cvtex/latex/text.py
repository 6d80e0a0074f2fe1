r"""Text as LaTeX: every value on its way into a document passes here.

What comes out reads in the PDF's text layer as the value does, under pdfLaTeX
with T1 fonts and under XeLaTeX and LuaLaTeX with the features that
`fonts.declare` sets, in running text and in (moving) macro arguments. Characters
beyond ASCII stay as they are; `glyphs` sees to those that an engine needs help
with. An optional argument needs braces of its own: see `optional`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from pylatex.utils import NoEscape

from cvtex.citation.span import Span
from cvtex.latex import markup
from cvtex.latex.markup import plain
from cvtex.latex.ties import tied
from cvtex.model import Text

__all__ = [
    "address",
    "apostrophes",
    "href",
    "join",
    "literal",
    "optional",
    "paragraphs",
    "plain",
    "prose",
    "spans",
    "unbroken",
    "upper",
]

# Control words where the character itself is one of TeX's, or of babel's shorthands
# (`"` in German, `<` and `>` in Spanish, `~`), or in T1 the wrong glyph (`'`, "`").
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\u00a0": "~",
}
_ESCAPED = re.compile("|".join(re.escape(c) for c in ESCAPES))
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
# Pairs that T1 fonts set as one glyph: -- –- ,, ‘‘ ’’ ?‘ !‘ (‐ is a hyphen to them)
_LIGATURE = re.compile("(?<=[-–‐])(?=[-‐])|(?<=,)(?=,)|(?<=’)(?=’)|(?<=[‘?!])(?=‘)")
# A value's first character may follow a macro that looks for an argument or a star;
# first and last may stand beside a character that they would form a ligature with.
_FIRST = ("[", "*")
_OPEN_START = ("-", "‐", ",")
_OPEN_END = ("-", "–", "‐", ",")
_SPACE = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")


def literal(value: str) -> NoEscape:
    r"""Return literal text as LaTeX; a value tagged `!tex` as it is.

    An apostrophe between letters is set as ’, a line break as a space. A `]` is
    left alone: see `optional`.
    """
    if isinstance(value, Text) and value.tex:
        return _in_language(NoEscape(value), value)
    return _in_language(_guarded(_escape(apostrophes(value))), value)


def unbroken(value: str) -> NoEscape:
    """Return literal text as any LaTeX reads it: no macro of cvtex's, no space for another."""
    return _guarded(_characters(_SPACE.sub(" ", apostrophes(value))))


def _in_language(tex: NoEscape, value: str) -> NoEscape:
    """Return LaTeX of a value that says its language where it is not the CV's."""
    language = value.language if isinstance(value, Text) else ""
    return NoEscape(rf"\cvlang{{{language}}}{{{tex}}}") if language and tex else tex


def apostrophes(value: str) -> str:
    """Return text with each apostrophe between letters set as ’."""
    return _APOSTROPHE.sub("’", value) if "'" in value else value


def prose(value: str) -> NoEscape:
    """Return prose as one paragraph of LaTeX; its blank lines become spaces."""
    if isinstance(value, Text) and value.tex:
        return _in_language(NoEscape(value), value)
    return _in_language(pieces(markup.parse(value)), value)


def paragraphs(value: str) -> tuple[NoEscape, ...]:
    """Return prose as LaTeX, a paragraph each; a list has one for each of its items."""
    return tuple(
        part
        for block in blocks(value)
        for part in (
            (block,)
            if isinstance(block, str)
            else (_in_language(item, value) for item in _items(block))
        )
    )


def blocks(value: str, soft: str = "") -> tuple[NoEscape | markup.Listing, ...]:
    """Return prose as LaTeX, a paragraph each, and the lists between them as they are.

    `soft` is what a line's end in a paragraph is; "" makes it a break.
    """
    if isinstance(value, Text) and value.tex:
        return (_in_language(NoEscape(value), value),)
    return tuple(
        block if isinstance(block, markup.Listing) else _in_language(pieces(block), value)
        for block in markup.blocks(value, soft)
    )


def pieces(pieces: Sequence[markup.Piece]) -> NoEscape:
    """Return pieces of prose as LaTeX."""
    return _guarded(_set(pieces))


def _items(listing: markup.Listing) -> Iterator[NoEscape]:
    for item in listing.items:
        yield pieces(item.pieces)
        for inner in item.listings:
            yield from _items(inner)


def optional(value: NoEscape) -> NoEscape:
    """Return LaTeX that can stand in an optional argument (`]`, `,` and `=` hidden)."""
    return NoEscape("{" + value + "}") if re.search(r"[\],=]", value) else value


def join(values: Iterable[str], separator: str = ", ") -> NoEscape:
    """Return literal values in a row, parted by a literal separator."""
    # The separator's own spaces count, so it does not go through `literal`.
    return NoEscape(_escape(separator).join(literal(value) for value in values))


def spans(spans: Sequence[Span]) -> NoEscape:
    """Return a citation's spans as LaTeX."""
    line = ""
    for span in spans:
        tex = span.text.tex
        piece = _escape(apostrophes(span.text.text)) if tex is None else tex
        if span.underline:
            piece = rf"\underline{{{piece}}}"
        if span.italic:
            piece = rf"\emph{{{piece}}}"
        if span.bold:
            piece = rf"\textbf{{{piece}}}"
        if span.language:
            piece = rf"\cvlang{{{span.language}}}{{{piece}}}"
        if span.url:
            piece = href(span.url, NoEscape(piece))
        line += piece
    return _guarded(line)


def href(url: str, body: NoEscape) -> NoEscape:
    r"""Return a link: hyperref's `\href`, whole also in macro arguments."""
    target = _ADDRESS.sub(r"\\\g<0>", address(url))
    return NoEscape(rf"\href{{{target}}}{{{body}}}")


_ADDRESS = re.compile(r"[%#&_]")


def address(url: str) -> str:
    """Return an address as the URI that the PDF holds: ASCII, by RFC 3986.

    A host beyond ASCII is written in its IDNA form, all else outside RFC 3986 and
    `$` (which hyperref cannot take) percent-encoded in UTF-8.
    """
    parts = re.fullmatch(
        r"([A-Za-z][A-Za-z0-9+.-]*:)(//[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?", url, re.S
    )
    if not parts:
        return _encoded(url, "/?#:@")
    scheme, authority, path, query, fragment = (part or "" for part in parts.groups())
    if not authority.isascii():
        user, at, host = authority[2:].rpartition("@")
        try:
            authority = "//" + _encoded(user, ":") + at + host.encode("idna").decode()
        except UnicodeError:
            authority = _encoded(authority, "/:@[]")
    else:
        authority = _encoded(authority, "/:@[]")
    return (
        scheme
        + authority
        + _encoded(path, "/:@")
        + query[:1]
        + _encoded(query[1:], "/:@?")
        + fragment[:1]
        + _encoded(fragment[1:], "/:@?")
    )


def _encoded(part: str, also: str) -> str:
    part = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(part, safe="-._~!&'()*+,;=%" + also)


# As text, a pattern is compiled when it is first used; most builds never do.
_GREEK = "[\u0370-\u03ff\u1f00-\u1fff]"
_ACCENTED = "([\u0370-\u03ff]\u0308?)[\u0300\u0301\u0313\u0314\u0342\u0345]+"
_MICRO = "\ufdd0"  # a noncharacter: µ is a unit's, its capital would be the Greek letter


def upper(value: str, language: str = "en") -> str:
    """Return a value in capitals by the rules of a language (an ISO 639-1 code).

    Turkish and Azeri keep their dotted İ, Greek letters lose their accents, a ß
    becomes SS. Never do this in TeX: its tables differ from engine to engine. A
    value tagged `!tex` is returned as it is.
    """
    if isinstance(value, Text) and value.tex:
        return value
    capitals = str(value)
    if language[:2] in ("tr", "az"):
        capitals = capitals.replace("i", "İ")
    if not capitals.isascii() and re.search(_GREEK, capitals):
        letters = re.sub(_ACCENTED, r"\1", unicodedata.normalize("NFD", capitals))
        capitals = unicodedata.normalize("NFC", letters)
    capitals = capitals.replace("µ", _MICRO).upper().replace(_MICRO, "µ")
    return (
        Text(capitals, value.source, language=value.language)
        if isinstance(value, Text)
        else capitals
    )


def _escape(text: str) -> str:
    """Return text with TeX's characters escaped, ligatures broken, long words breakable, and
    numbers tied to their units."""
    tex = _characters(_LONG.sub(_with_breaks, tied(_SPACE.sub(" ", text))))
    return tex.replace(_BREAK, r"\cvtexbreak{}").replace(_JOINT, r"\cvtexjoint{}")


def _characters(text: str) -> str:
    return _LIGATURE.sub("{}", _ESCAPED.sub(lambda m: ESCAPES[m[0]], text))


# A word this long may not fit a line or a narrow column: an address may break at
# its punctuation, best where its parts end, a run of letters anywhere, all without a
# hyphen (`fonts.declare` defines the macros).
_BREAK = "\ufdd1"  # a noncharacter
_JOINT = "\ufdd2"
_PART = re.compile(r"(?<=[A-Za-z0-9]/)(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=@[A-Za-z0-9])")
_LONG = re.compile(r"[^ \u00a0]{20,}")
_POINT = re.compile(
    # Never after a hyphen: readers take one at a line's end out of the word.
    r"(?<=[A-Za-z0-9][._?&=+#%:,;~])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=-[A-Za-z0-9])"
)
_RUN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]{30,}")


def _with_breaks(word: re.Match[str]) -> str:
    points = _POINT.sub(_BREAK, _PART.sub(_JOINT, word[0]))
    return _RUN.sub(lambda run: run[0][:5] + _BREAK.join(run[0][5:-5]) + run[0][-5:], points)


def _guarded(tex: str) -> NoEscape:
    """Return LaTeX that takes nothing from, and gives nothing to, what it stands beside."""
    if tex.startswith(_FIRST):
        tex = "{" + tex[0] + "}" + tex[1:]
    elif tex.startswith(_OPEN_START):
        tex = "{}" + tex
    if tex.endswith(_OPEN_END):
        tex += "{}"
    return NoEscape(tex)


# What Latin Modern's typewriter fonts lack of what its others have.
_UPRIGHT = "[Ĳĳ‱℠™]"
_COMMANDS = {"emphasis": r"\emph", "strong": r"\textbf"}


def _set(pieces: Sequence[markup.Piece]) -> str:
    line = ""
    for piece in pieces:
        match piece.kind:
            case "text":
                line += _escape(apostrophes(piece.text))
            case "code":
                code = re.sub(_UPRIGHT, r"\\textnormal{\g<0>}", _escape(piece.text))
                line += rf"\texttt{{{code}}}"
            case "break":
                line += r"\newline{}"
            case "link":
                line += href(piece.url, NoEscape(_set(piece.pieces)))
            case kind:
                line += f"{_COMMANDS[kind]}{{{_set(piece.pieces)}}}"
    return line
