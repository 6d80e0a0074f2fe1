"""Files of questions and answers: what the program makes of many small inputs.

A question is a line, or several, behind `> `; the lines below it, to the next question, are the
answer as it was when somebody last read it. `pytest --renew` writes the answers anew, and the
difference is read before it is committed. A line behind `# ` says what the next ones are about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).parent / "expected" / "answers"


def check(name: str, answer: Callable[[str], Iterable[str]], renew: bool) -> None:
    """Compare the answers of a file with those of today, or write them anew."""
    file = FOLDER / f"{name}.txt"
    before = file.read_text("utf-8")
    lines: list[str] = []
    for kind, group in groupby(before.splitlines(), lambda line: line[:1]):
        if kind == "#":
            lines += group
        elif kind == ">":
            asked = list(group)
            question = "\n".join(line[2:] for line in asked)
            said = (line.replace("\n", "⏎") for line in answer(question))
            lines += [*asked, *(f"  {line}".rstrip() for line in said), ""]
    now = "\n".join(lines)
    if renew:
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text("utf-8")
