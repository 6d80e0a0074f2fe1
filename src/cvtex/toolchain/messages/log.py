"""A TeX log read into messages: what went wrong, and the line that TeX named.

TeX itself writes `! text` (with `-file-line-error`, `file:line: text`), then
the places it was in, innermost first, each broken after the last token read;
the last is `l.N` with the line of the file (TeX by Topic, ch. 34). LaTeX's own
warnings begin `LaTeX Warning:` or `Package name Warning:` and go on in lines
that begin `(name)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cvtex.diagnostics import Severity
from cvtex.toolchain.messages.debian import brought_by
from cvtex.toolchain.model import JOB, Message

FOLD = 79  # TeX's max_print_line, which Tectonic does not let one change
LONGEST = 2000  # characters of a line that are looked at
NO_PAGES = "No pages of output"
NO_FONT = "Missing character: text without a font"
CONTEXT = 60  # lines after an error in which its place is looked for

_START = re.compile(
    r"(?P<file>[^\s:!(][^:\n]{0,300}\.\w{1,12}):(?P<line>\d{1,9}): (?P<text>.*)"
    r"|!(?:pdfTeX|LuaTeX|luatex) error:? ?(?P<engine>.*)"
    r"|! ?(?P<bare>.*)"
)
_MAY_START = re.compile(r"!|[^\s:!(][^:\n]{0,300}\.\w{1,12}:\d{1,9}: ")
_PLACE = re.compile(r"l\.(\d{1,9}) ?(.*)")
_CONTEXT = re.compile(r"<[\w ]{1,30}\*?>|\\\S{1,80} .{0,80}->")
_WARNING = re.compile(
    r"(?P<who>LaTeX(?: Font|3)?|(?:Package|Class|Module) (?P<name>\S{1,60})) Warning: (?P<text>.*)"
)
_BOX = re.compile(
    r"Overfull \\(?P<box>[hv])box \((?P<points>[\d.]{1,12})pt too (?:wide|high)\)"
    r"(?P<rest>.*)"
)
_LINES = re.compile(r"at lines? (\d{1,9})")
_MISSING = re.compile(
    r"Missing character: There is no (?P<what>.{1,40}?) "
    r"(?:\((?P<code>U\+[0-9A-F]{4,6})\) )?in font (?P<font>.{1,300})"
)
_GROUP = re.compile(r"### .{1,60} group \(level \d+\) entered at line (\d{1,9})")
_INPUT_LINE = re.compile(r" on input line (\d{1,9})\.?$")
_PAGES = re.compile(r"Output written on \S{1,300} \((\d{1,9}) pages?[,)]")
_TOKEN = re.compile(r"(\\[A-Za-z@]+|\\.|\S)\s*$")
_CODE = re.compile(r"Unicode character (\S{1,4}) \((U\+[0-9A-F]{4,6})\)")
_QUOTED = re.compile(r"`([^'\n]{1,120})'|\"([^\"\n]{1,120})\"")
_NOT_FOUND = re.compile(
    r"File `([^']{1,200})' not found|The font \"([^\"]{1,200})\" cannot be found"
    r"|language definition file (\S{1,80}\.ldf) was not found"
)

# Warnings that say nothing to the author of a CV.
_IDLE = re.compile(
    r"Rerun|rerun|There were (?:undefined|multiply)|Some font shapes were not available"
    r"|Size substitutions|Token not allowed in a PDF string|Option .* has already been used"
    r"|Command \\\w+\s+has changed|You have requested|Unused global option"
)
# What geometry only warns of: every page would be wrong.
_NO_ROOM = re.compile(r"results in NEGATIVE")
_WORTH = re.compile(r"undefined|multiply defined|Font shape|No hyphenation patterns|not found")


def read(text: str, *, folded: bool) -> tuple[Message, ...]:
    """Return what a log says, each thing once, in its order.

    `folded` tells that the engine cut its lines at 79 columns (Tectonic).
    Takes any text and raises nothing; its time grows with the text's length.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if folded:
        lines = unfold(lines)
    lines = [line[:LONGEST] for line in lines]
    found = tuple(dict.fromkeys(_messages(lines)))
    if not found and not pages(text) and "Here is how much of " in text[-65536:]:
        found = (Message(Severity.ERROR, NO_PAGES),)  # LuaTeX does not say so
    if no_room := tuple(m for m in found if _NO_ROOM.search(m.text)):
        return no_room  # no line fits then, which is no news
    # These follow from other errors: they are news only where nothing else is wrong.
    causes = tuple(m for m in found if m.text not in (NO_PAGES, NO_FONT))
    return causes if any(m.severity is Severity.ERROR for m in causes) else found


def pages(text: str) -> int:
    """Return how many pages the log says were written, 0 if none."""
    at = text.rfind("Output written on ")
    if at < 0:
        return 0
    found = _PAGES.match(text[at : at + 500].replace("\n", ""))
    return int(found[1]) if found else 0


def unfold(lines: list[str]) -> list[str]:
    """Return the lines as they were before TeX cut them at 79 columns."""
    whole: list[str] = []
    parts: list[str] = []
    for line in lines:
        if parts and (line.startswith("! ") or _PLACE.match(line)):
            whole.append("".join(parts))  # a line that is 79 long by itself
            parts = []
        parts.append(line)
        # XeTeX counts characters in some texts and bytes in others.
        if FOLD not in (len(line), len(line.encode("utf-8", "replace"))):
            whole.append("".join(parts))
            parts = []
    return [*whole, "".join(parts)] if parts else whole


def _messages(lines: list[str]) -> Iterator[Message]:
    runaway = ""
    begun = False
    for i, line in enumerate(lines):
        if not line:
            continue
        if line.startswith("Runaway "):
            runaway = lines[i + 1] if i + 1 < len(lines) else ""
        elif line.startswith("Missing character: "):
            if message := _missing(line):
                yield message
        elif line.startswith("Overfull "):
            if message := _box(line, lines[i + 1] if i + 1 < len(lines) else ""):
                yield message
        elif _MAY_START.match(line):
            if message := _error(lines, i, runaway):
                runaway = ""
                yield message
        elif "Warning: " in line[:100]:
            if message := _warning(lines, i):
                # Before the document begins, the line is one of the file that warns.
                yield message if begun else replace(message, line=None)
        elif line.startswith("\\openout") and f"{JOB}.aux" in line:
            begun = True
        elif line.startswith("No pages of output"):
            yield Message(Severity.ERROR, NO_PAGES)
        elif line.startswith("### ") and (group := _GROUP.match(line)):
            yield Message(
                Severity.WARNING, "a group that begins here has no end", int(group[1]), near="{"
            )


def _error(lines: list[str], start: int, runaway: str) -> Message | None:
    found = _START.match(lines[start])
    if not found:
        return None
    text = found["text"] or found["engine"] or found["bare"] or ""
    if "==> Fatal error occurred" in text or not text.strip():
        return None
    text, after = _continued(lines, start, text)
    line = int(found["line"]) if found["line"] else None
    place, first, shown = _place(lines, after)
    if line is None:
        line = place
    file = (found["file"] or "").removeprefix("./") or None
    if file == f"{JOB}.tex":
        file = None
    if text.startswith("Emergency stop"):
        # What follows another error; alone, it is a file that has no end.
        earlier = any(_MAY_START.match(before) for before in lines[max(start - 12, 0) : start])
        if earlier:
            return None
    missing = _NOT_FOUND.search(text)
    if missing and line is None:
        line = _stopped(lines, after)
    near = _near(text, first, shown, runaway)
    hint = brought_by(not_found(text)) if missing else None
    return Message(Severity.ERROR, text, None if file else line, file, near, hint)


def not_found(text: str) -> str:
    """Return the file that a message says was not found, "" if it says no such thing."""
    missing = _NOT_FOUND.search(text)
    return (missing[1] or missing[2] or missing[3]) if missing else ""


def _continued(lines: list[str], start: int, text: str) -> tuple[str, int]:
    """Return a message with the lines that go on with it, and where it ends."""
    at = start + 1
    while at < len(lines) and at < start + 8:
        rest = re.match(r"(?:\(\S{1,60}\)\s+| {15})(\S.*)", lines[at])
        if not rest or not re.match(r"(?:LaTeX|Package|Class|Module)\b", text):
            break
        text = f"{text.rstrip()} {rest[1].strip()}"
        at += 1
    return text.strip().rstrip("."), at


def _place(lines: list[str], start: int) -> tuple[int | None, str, str]:
    """Return the line number of `l.N`, and two contexts: the innermost, and the innermost
    that shows what stands in the file (an argument, or `l.N` itself)."""
    first = argument = ""
    for line in lines[start : start + CONTEXT]:
        if found := _PLACE.match(line):
            return int(found[1]), first or found[2], argument or found[2]
        if line.startswith("!") or _MAY_START.match(line):
            break
        if _CONTEXT.match(line):
            first = first or line
            if line.startswith("<argument>"):
                argument = argument or line.removeprefix("<argument>")
    return None, first, argument


def _stopped(lines: list[str], start: int) -> int | None:
    """Return the line at which TeX stopped after a file was not found: where it asked for it."""
    for line in lines[start : start + 8]:
        found = _START.match(line) if _MAY_START.match(line) else None
        if found and found["line"]:
            return int(found["line"])
    return None


def _near(text: str, first: str, shown: str, runaway: str) -> str:
    """Return the token or text that TeX showed at a fault."""
    if character := _CODE.search(text):
        return character[1]
    if runaway:
        # "{Oh no \\par Text": what was typed, as far as TeX shows it as it was
        return re.sub(r"^(?:->)?[{\s]*|(?<=...)[\s}]*\\.*", "", runaway[:200])[:60].strip()
    if text.startswith("Undefined control sequence"):
        token = _TOKEN.search(first)
        return token[1] if token else ""
    if character := re.search(r"character (\S)$", text):
        return character[1]
    if quoted := _QUOTED.search(text):
        return quoted[1] or quoted[2]
    if named := re.search(r"\\(?:begin|end)\s?\{[^}]{1,60}\}|\\[A-Za-z@]{2,60}", text):
        return named[0].replace(" ", "")
    token = _TOKEN.search(shown)
    return token[1] if token else ""


def _missing(line: str) -> Message | None:
    found = _MISSING.match(line)
    if not found:
        return None
    character = found["what"]
    if found["font"].startswith("nullfont"):
        return Message(Severity.ERROR, NO_FONT)
    named = f"{character} ({found['code']})" if found["code"] else character
    font = found["font"].removesuffix("!")
    return Message(
        Severity.ERROR, f"Missing character: There is no {named} in font {font}", near=character
    )


def _box(line: str, shown: str) -> Message | None:
    found = _BOX.match(line)
    try:
        if not found or float(found["points"]) <= 2:
            return None
    except ValueError:
        return None
    at = _LINES.search(found["rest"])
    way = "wide" if found["box"] == "h" else "high"
    text = f"Overfull \\{found['box']}box: {float(found['points']):.1f}pt too {way}"
    # What sticks out stands at the line's end: "\T1/lmr/m/n/10 Av-ery-long|[]"
    words = re.sub(r"\\\S+/\S+ ?|\[\]|\|", "", shown).split() if way == "wide" else []
    near = words[-1].removesuffix("-") if words else ""
    return Message(Severity.WARNING, text, int(at[1]) if at else None, near=near)


def _warning(lines: list[str], start: int) -> Message | None:
    found = _WARNING.search(lines[start])
    if not found:
        return None
    text = found["text"]
    name = found["name"] or ("Font" if found["who"] == "LaTeX Font" else "LaTeX")
    for line in lines[start + 1 : start + 8]:
        if not line.startswith(f"({name})"):
            break
        text += " " + line[len(name) + 2 :].strip()
    if _IDLE.search(text):
        return None
    at = _INPUT_LINE.search(text.rstrip())
    text = _INPUT_LINE.sub("", text.rstrip()).strip().rstrip(".")
    quoted = _QUOTED.search(text)
    worth = found["who"].startswith("LaTeX") or _WORTH.search(text)
    severity = Severity.WARNING if worth else Severity.NOTE
    return Message(
        Severity.ERROR if _NO_ROOM.search(text) else severity,
        text if name in ("LaTeX", "Font") else f"{name}: {text}",
        int(at[1]) if at else None,
        near=(quoted[1] or quoted[2]) if quoted else "",
    )
