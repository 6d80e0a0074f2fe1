"""Which characters a text may hold, and what becomes of the others.

After the measurements in the project's paper on PDF quality: control
characters end a TeX run, invisible ones vanish or become boxes, and overrides
of the writing direction make a text read otherwise than it is.
"""

from __future__ import annotations

import re
import unicodedata

from cvtex.diagnostics import Severity
from cvtex.records import dataclass

# What may need a change: everything but printable ASCII, line feeds, and the
# Latin letters that are already composed.
_SUSPECT = re.compile(r"[^\n -~\u00a0-\u00ac\u00ae-\u02ff]")

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_SPACES = dict.fromkeys(
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u200a\u2028\u2029\u205f",
    " ",
)
_REPLACED = str.maketrans(_LIGATURES | _SPACES)

_NAMES = {
    "\x7f": "a delete character",
    "\u00ad": "a soft hyphen",
    "\u061c": "an Arabic letter mark",
    "\u200b": "a zero-width space",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark",
}
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A character that was left out, or that must not be there.

    `occurrence` counts, from 0, how often the same character came before.
    """

    character: str
    occurrence: int
    severity: Severity
    message: str


def normalise(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text as it can be set, and what was found in it.

    In Unicode's form NFC. Tabs, carriage returns and other separators become
    spaces; line feeds stay. Presentation-form ligatures (U+FB00 to U+FB06)
    become letters. Left out with a warning: control characters, soft hyphens,
    zero-width and other invisible characters, private-use characters and
    noncharacters. Errors: NUL, U+FFFD, lone surrogates, and the overrides of
    the writing direction (U+202D, U+202E).
    """
    if not _SUSPECT.search(text):
        return text, ()
    signs: list[str] = []
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for character in text.translate(_REPLACED):
        verdict = _judge(character)
        if verdict is None:
            signs.append(character)
            continue
        occurrence = seen.get(character, 0)
        seen[character] = occurrence + 1
        findings.append(Finding(character, occurrence, *verdict))
    return unicodedata.normalize("NFC", "".join(signs)), tuple(findings)


def name(character: str) -> str:
    """Return how a message names a character: a name and its code point."""
    code = f"U+{ord(character):04X}"
    if character in _NAMES:
        return f"{_NAMES[character]} ({code})"
    category = unicodedata.category(character)
    if category == "Cc":
        return f"a control character ({code})"
    if category == "Co":
        return f"a private-use character ({code})"
    if category == "Cn":
        return f"an unassigned character ({code})"
    return f"{unicodedata.name(character, 'a character').lower()} ({code})"


def _judge(character: str) -> tuple[Severity, str] | None:
    if " " <= character <= "~" or character == "\n":
        return None
    code = ord(character)
    if character == "\0":
        return Severity.ERROR, "a NUL character (U+0000) in the text"
    if code == 0xFFFD:
        return Severity.ERROR, "a replacement character (U+FFFD): a letter was lost here before"
    if 0xD800 <= code <= 0xDFFF:
        return Severity.ERROR, f"half a surrogate pair (U+{code:04X}) is no character"
    if code in (0x202D, 0x202E):
        return (
            Severity.ERROR,
            f"an override of the writing direction (U+{code:04X}) shows a text other than it is",
        )
    category = unicodedata.category(character)
    nothing = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    if category in ("Cc", "Co") or nothing or _INVISIBLE.match(character):
        return Severity.WARNING, f"{name(character)} is left out"
    return None
