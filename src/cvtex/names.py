"""Names of files and values made safe for the place that shows or holds them.

A name in a project may hold any character but `/` and NUL, and may come from somebody
else. There is one function for each place, and each writes every name of that place.
"""

from __future__ import annotations

import re

# Control characters, and what ends a line for some reader, steers a terminal or turns the
# writing direction (UAX 9); a byte that is no UTF-8 is a lone surrogate in Python (PEP 383).
_UNSEEN = (
    "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
# As text: a pattern is compiled when it is first used; most runs never do.
_ODD = f"[{_UNSEEN}]"
_ODD_BUT_TAB = f"(?!\t)[{_UNSEEN}]"
_IN_COMMENT = f"[{_UNSEEN}%:]"
_ENCODED = r"(?:%[0-9A-F]{2})+"
_NOT_IN_MEMBER = f'[{_UNSEEN}\\\\:*?"<>|]'
_NOT_IN_TEX = r"[^A-Za-z0-9._-]"
_PART = r"\w[\w-]{0,99}"


def is_part(name: str) -> bool:
    """Tell whether a name, such as a variant's, can be a part of a file's name."""
    return bool(re.fullmatch(_PART, name))


def is_plain(name: str) -> bool:
    """Tell whether a name holds only characters that can be seen, and is valid UTF-8."""
    return (name.isascii() and name.isprintable()) or not re.search(_ODD, name)


def printable(text: str) -> str:
    """Return a text for a terminal or a log: on one line, nothing in it steers anything.

    What cannot be seen is written as Python's escapes (`\\x1b`); all else stays.
    """
    return text if text.isascii() and text.isprintable() else re.sub(_ODD, _escape, text)


def masked(line: str) -> str:
    """Return an input's line for a terminal: each unseen character as one U+FFFD, so that
    columns stay; tabs stay, too."""
    return re.sub(_ODD_BUT_TAB, "\ufffd", line)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def in_comment(name: str) -> str:
    """Return a name for a comment in TeX or LaTeX source: it ends in the same line.

    What could end the line is percent-encoded, as bytes of UTF-8; so are `%` and `:`,
    which end the name in a source mark. `from_comment` gives the name back.
    """
    return re.sub(_IN_COMMENT, _percent, name)


def _percent(found: re.Match[str]) -> str:
    is_byte = "\udc80" <= found[0] <= "\udcff"  # no other surrogate is ever in a file's name
    encoded = found[0].encode("utf-8", "surrogateescape" if is_byte else "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in encoded)


def from_comment(shown: str) -> str:
    """Return the name of a file that `in_comment` was given."""
    return re.sub(_ENCODED, _from_percent, shown)


def _from_percent(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "surrogateescape")


def for_tex(name: str) -> str:
    """Return a file's name that TeX reads as it stands, in a command's argument too: letters
    and digits of ASCII, dots, hyphens and underscores; never hidden, never empty."""
    return re.sub(_NOT_IN_TEX, "-", name).lstrip(".-") or "file"


def in_zip(path: str) -> str:
    """Return a path for a member of a zip that is handed out, with forward slashes, that lies
    inside whatever folder it is unpacked into, on any system (APPNOTE 4.4.17)."""
    parts = [part for part in path.split("/") if part.strip(". ")]
    return "/".join(re.sub(_NOT_IN_MEMBER, "_", part) for part in parts) or "file"
