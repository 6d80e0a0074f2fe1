"""What each TeX command in a `.bib` field comes to, by the tables of `symbols`.

Each function is called with the reader behind the command's name, and reads its
arguments.
"""

from __future__ import annotations

import re
import unicodedata

from cvtex.source.bibtex import maths_symbols, symbols
from cvtex.source.bibtex.escape import Both, escape, escape_address, join
from cvtex.source.bibtex.journals import MACROS
from cvtex.source.bibtex.tex_reader import Reader


def control(reader: Reader, name: str | None, sign: str | None) -> Both:
    """Read a command, of letters or of one sign."""
    return control_word(reader, name) if sign is None else control_symbol(reader, sign)


def control_word(reader: Reader, name: str | None) -> Both:
    """Read a command of letters, by the tables."""
    if name is None:
        return "", ""  # a backslash at the very end
    if name in symbols.ACCENTS:
        return accent(reader, name)
    if name in MACROS:
        reader.skip_empty_group()
        return MACROS[name][0], escape(MACROS[name][0])
    if name in symbols.SYMBOLS:
        reader.skip_empty_group()
        text = symbols.SYMBOLS[name]
        return text, escape(text)
    if name in symbols.LOGOS:
        reader.skip_empty_group()
        return symbols.LOGOS[name], f"\\{name}{{}}"
    if name in symbols.WRAPPERS:
        text, tex = reader.argument()
        return text, f"\\{symbols.WRAPPERS[name]}{{{tex}}}"
    if name in symbols.SWITCHES:
        return switch(reader, symbols.SWITCHES[name])
    if name in symbols.QUOTES:
        before, after = symbols.QUOTES[name]
        text, tex = reader.argument()
        return before + text + after, escape(before) + tex + escape(after)
    if name in symbols.SHOWN:
        return shown(reader, *symbols.SHOWN[name])
    if name in symbols.ADDRESSES:
        return address(reader, name)
    if name in symbols.IGNORED:
        return "", ""
    return other(reader, name)


def other(reader: Reader, name: str) -> Both:
    """Read what is left: formulas outside `$`, and commands that are not known."""
    if name == "ensuremath":
        return reader.formula(reader.raw_argument())
    if name in ("begin", "end"):
        environment = reader.raw_argument()
        reader.unknown(f"{name}{{{environment}}}", False)
        return "", ""
    if name in maths_symbols.WRAPPERS:
        arguments = (reader.raw_argument() for _ in range(maths_symbols.WRAPPERS[name]))
        return reader.formula(f"\\{name}" + "".join(f"{{{argument}}}" for argument in arguments))
    if name in maths_symbols.SYMBOLS or name in maths_symbols.ALIASES:
        return reader.formula(f"\\{name}")
    reader.unknown(name, name in symbols.FORBIDDEN)
    return "", ""


def control_symbol(reader: Reader, sign: str) -> Both:
    """Read a command of one sign: an accent, a space, a formula, the sign itself."""
    if sign in symbols.ACCENTS:
        return accent(reader, sign)
    if sign in "([":
        end = -1
        if sign not in reader.unfenced:
            end = reader.field.find("\\)" if sign == "(" else "\\]", reader.at)
        if end < 0:
            reader.unfenced.add(sign)  # there is none behind either
            return "", ""
        inner, reader.at = reader.field[reader.at : end], end + 2
        return reader.formula(inner)
    if sign == "-":
        return "", "\\-"
    text = symbols.PUNCTUATION.get(sign, "" if sign in ")]" else sign)
    return text, escape(text)


def accent(reader: Reader, name: str) -> Both:
    """Read an accent's argument, and set the accent on its first letter."""
    text, tex = reader.argument()
    if not text.strip():
        bare = {"textcommabelow": ""}.get(name, name if len(name) == 1 else "")
        bare = bare if not bare.isalpha() else ""
        return bare + text, escape(bare) + tex
    base = {"ı": "i", "ȷ": "j"}.get(text[0], text[0]) + text[1:]
    decomposed = unicodedata.normalize("NFD", base)
    end = 1
    while end < len(decomposed) and unicodedata.combining(decomposed[end]):
        end += 1
    accented = decomposed[:end] + symbols.ACCENTS[name] + decomposed[end:]
    composed = unicodedata.normalize("NFC", accented)
    return composed, escape(composed)


def switch(reader: Reader, wrapper: str) -> Both:
    """Read the rest of the group, which a declaration rules."""
    pieces: list[Both] = []
    while reader.at < len(reader.field) and reader.field[reader.at] != "}":
        pieces.append(reader.piece())
    text, tex = join(pieces)
    return text, f"\\{wrapper}{{{tex.strip()}}}" if tex.strip() else ""


def shown(reader: Reader, count: int, index: int) -> Both:
    """Read `count` arguments and return one of them."""
    arguments = [reader.argument() for _ in range(count)]
    return arguments[index] if arguments and index >= 0 else ("", "")


def address(reader: Reader, name: str) -> Both:
    """Read `\\url{…}` or `\\href{…}{…}` into a link."""
    url = re.sub(r"\\([%&#_{}~$])", r"\1", reader.raw_argument())
    target = f"https://doi.org/{url}" if name == "doi" else url
    text, tex = reader.argument() if name == "href" else (url, escape(url))
    if name == "path" or not re.match(r"(https?|ftp|mailto|doi):", target, re.IGNORECASE):
        return text, tex
    return text, f"\\href{{{escape_address(target)}}}{{{tex}}}"
