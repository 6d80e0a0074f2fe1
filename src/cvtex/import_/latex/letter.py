r"""The letters of moderncv and Awesome-CV: what their commands say, and the text between.

A letter's commands may stand before `\makelettertitle`, also before the document begins;
`\makeletterclosing` ends it, and another may follow.
"""

from __future__ import annotations

import re
from typing import Any

from cvtex.import_.latex.build import Builder
from cvtex.import_.latex.prose import pieces, plain
from cvtex.import_.latex.records import written_date
from cvtex.import_.latex.scan import Call, Value
from cvtex.import_.project import picture
from cvtex.import_.values import Record, put
from cvtex.source.letters.filling import PLACE
from cvtex.source.syntax.yaml_writer import Raw

FIELDS = {
    "recipient": "to", "opening": "opening", "letteropening": "opening", "closing": "closing",
    "letterclosing": "closing", "date": "date", "letterdate": "date", "subject": "subject",
    "lettertitle": "subject", "enclosure": "enclosures", "letterenclosure": "enclosures",
    "signature": "signature", "postscript": "ps",
}  # fmt: skip
"""The commands of a letter, and the key that each fills."""
BEGINS = {"recipient", "opening", "makelettertitle"}
"""Commands after which text of the document is text of the letter."""
UNWRITTEN = "a letter without a text: nothing would be printed of it"


class LetterReader:
    """Collects the calls of one letter after another, and makes records of them."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Call]] = []
        self.body: list[tuple[str, Value]] = []
        self.open = False

    def take(self, call: Call, build: Builder, in_body: bool) -> bool:
        """Take a call that is one of a letter; tells whether it was."""
        if call.kind == "command" and call.name in FIELDS:
            self.said.append((FIELDS[call.name], call))
            self.open = self.open or (in_body and call.name in BEGINS)
        elif call.name == "makelettertitle" or (call.kind, call.name) == ("begin", "cvletter"):
            self.open = True
        elif call.name == "makeletterclosing":
            self.finish(build)
        elif call.name == "lettersection" and call.args:
            tex = call.arg(0).tex
            self.body.append((f"\n\n\\textbf{{{tex}}}\n\n", call.arg(0)))
            self.open = True
        elif self.open and call.kind == "text":
            self.body.append((call.arg(0).tex, call.arg(0)))
        else:
            return False
        return True

    def finish(self, build: Builder) -> None:
        """End a letter: write it, or list what it says where it has no text."""
        said, body, begun = self.said, self.body, self.open
        self.said, self.body, self.open = [], [], False
        text = _body(body, build) if begun else ""
        if not text:
            for value in [v for _, call in said for v in (*call.args, *call.options)]:
                value.lose(UNWRITTEN)
            for _, piece in body:
                piece.take()
            return
        record: Record = {}
        for key, call in said:
            for option in call.options:
                option.lay_aside("what enclosures are called: the language says it, or meta.words")
            if key == "to":
                record["to"] = _recipient(call, build)
            elif key == "signature":
                put(record, signature=_signature(call, build))
            elif key == "ps":
                put(record, ps=_filled(build.prose(call.arg(0)).row))
            elif key == "date":
                put(record, date=_date(call.arg(0), build))
            elif key == "enclosures":
                parts = re.split(r",(?![^{]*\})|\\\\", call.arg(0).take())
                put(record, enclosures=[s for p in parts if (s := _said(p, call.arg(0), build))])
            else:
                put(record, **{key: _filled(build.plain(call.arg(0)))})
        order = ("to", "date", "subject", "opening", "body", "closing", "signature", "ps",
                 "enclosures")  # fmt: skip
        record["body"] = text
        letters = build.result.sections.setdefault("letters", {})
        name = f"letter-{len(letters) + 1}" if letters else "letter"
        letters[name] = {key: record[key] for key in order if key in record}


def _signature(call: Call, build: Builder) -> str:
    """Take the picture of a signature, if it lies beside the document."""
    scale, name = call.args
    scale.lay_aside("how large a signature is")
    file = picture(build.document.folder, name.tex.strip())
    if not file:
        name.lose("there is no picture of that name beside the document")
        return ""
    name.take()
    build.result.files[f"data/{file.name}"] = file
    return file.name


def _recipient(call: Call, build: Builder) -> Record:
    name, address = call.args
    first, *rest = _lines(name, build) or [""]
    return put({}, name=first, address=[*rest, *_lines(address, build)])


def _lines(value: Value, build: Builder) -> list[str]:
    parts = re.split(r"\\\\(?:\[[^\]]*\])?|\\newline\b", value.take())
    return [said for part in parts if (said := _said(part, value, build))]


def _said(tex: str, value: Value, build: Builder) -> str:
    piece = Value(tex, value.source, value.path, value.ledger)
    said = plain(piece, build.definitions)
    if value.ledger.everything and value.ledger.everything[-1][1] is piece.scalar:
        value.ledger.everything.pop()  # the whole of it is counted
    return _filled(said)


def _date(value: Value, build: Builder) -> Any:
    if re.fullmatch(r"\s*\\today\s*(\{\})?\s*", value.tex):
        value.lose("the day of the run: a letter without a date has that of the document")
        return None
    return written_date(build.plain(value))


def _body(parts: list[tuple[str, Value]], build: Builder) -> str:
    """Return the text as CommonMark; TeX where it holds what nobody knows."""
    tex = "".join(part for part, _ in parts).strip()
    for _, value in parts:
        value.take()
    if not re.search(r"\w", re.sub(r"\\[A-Za-z@]+\*?|\\.", "", tex)):
        return ""
    found = pieces(tex, build.definitions)
    if found.unknown:
        names = ", ".join(f"\\{name}" for name in dict.fromkeys(found.unknown))
        first = parts[0][1]
        first.ledger.note(first.path, first.scalar, f"kept as TeX, for {names} is not understood")
        return Raw(re.sub(r"\n[ \t]*\n\s*", "\n\n", tex))
    return _filled("\n\n".join(_block(block) for block in found.blocks))


def _block(block: Any, indent: str = "") -> str:
    if isinstance(block, str):
        return block
    rows = []
    numbered, items = block
    for number, item in enumerate(items, 1):
        sign = f"{number}. " if numbered else "- "
        text = item if isinstance(item, str) else item["text"]
        rows.append(indent + sign + text)
        if not isinstance(item, str):
            rows.append(_block((False, item["highlights"]), indent + " " * len(sign)))
    return "\n".join(rows)


def _filled(text: str) -> str:
    """Return a text whose braces are no place for a value."""
    if isinstance(text, Raw):
        return text
    return PLACE.sub(lambda match: "{" * 2 + match[2] + "}" * 2, text)
