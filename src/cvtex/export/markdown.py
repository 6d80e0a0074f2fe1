"""The CV as CommonMark (https://spec.commonmark.org) that also reads well on GitHub."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cvtex.export.document import (
    BREAK,
    Block,
    Bullet,
    Cited,
    Document,
    Entry,
    Group,
    Inline,
    Item,
    Line,
    Listing,
    Point,
    Remark,
    Run,
    Section,
    items_in_row,
)
from cvtex.latex.text import address


def write(document: Document) -> str:
    """Return the text; a renderer shows each letter as it is in the CV."""
    parts = [f"# {inline((Run(document.name),))}"]
    if document.label:
        parts.append(inline((Run(document.label, strong=True),)))
    contacts = [inline((Run(c.text, url=c.url),)) for c in document.contacts]
    if document.place:
        contacts.insert(0, inline((Run(document.place),)))
    if contacts:
        parts.append(" · ".join(contacts))
    parts += _blocks(document.summary)
    for section in document.sections:
        parts += _section(section)
    if document.footer:
        parts += ["---", *_blocks(document.footer)]
    return _joined(parts) + "\n"


_OF_A_LIST = re.compile(r" *(?:-|\d+\.) ")


def _joined(parts: Iterable[str]) -> str:
    """Return blocks one below the other; a list after a list stays one of its own."""
    whole = ""
    for part in parts:
        last = whole.rpartition("\n\n")[2]
        if _OF_A_LIST.match(part) and _OF_A_LIST.match(last):
            whole += "\n\n<!-- -->"
        whole += f"\n\n{part}" if whole else part
    return whole


def _section(section: Section) -> Iterator[str]:
    yield f"## {inline((Run(section.title),))}"
    yield from _blocks(section.summary)
    for kind, items in items_in_row(section.items):
        if kind in (Line, Point):
            yield "\n".join(map(_item, items))
        elif kind is Cited:
            cited = [item for item in items if isinstance(item, Cited)]
            yield "\n".join(_cited(item, _counts_up(cited)) for item in cited)
        else:
            yield from map(_item, items)


def _counts_up(cited: Sequence[Cited]) -> bool:
    """Tell whether a list of CommonMark would number the items as they are numbered."""
    numbers = [item.number for item in cited]
    if not all(re.fullmatch(r"[0-9]{1,8}", number) for number in numbers):
        return False
    return [int(n) for n in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))


def _cited(item: Cited, counted: bool) -> str:
    sign = f"{item.number}. " if counted else "- "
    named = (Run(f"{item.number}. "),) if item.number and not counted else ()
    return "\n\n".join((sign + inline((*named, *item.text)), *_indented(item.body, sign)))


def _item(item: Item) -> str:
    match item:
        case Entry():
            return _joined(_entry(item, "###"))
        case Line():
            label = tuple(Run(run.text, strong=True, url=run.url) for run in item.label)
            colon = (Run(item.colon),) if label and item.body else ()
            return f"- {inline((*label, *colon, *item.body))}"
        case Point():
            return f"- {inline(item.text)}"
        case Cited():
            return _cited(item, counted=False)
        case Group():
            return f"### {inline((Run(item.title),))}"
        case Remark():
            return inline(item.text)


def _entry(entry: Entry, level: str) -> Iterator[str]:
    head = entry.title or entry.subtitle
    below: list[Inline] = []
    if entry.title and entry.subtitle:
        below.append(tuple(Run(run.text, strong=True, url=run.url) for run in entry.subtitle))
    if entry.detail:
        below.append(entry.detail)
    if head:
        yield f"{level} {inline(head)}"
    when = " · ".join(filter(None, (entry.dates, entry.place)))
    lines = [_row(below)] if below else []
    lines += [inline((Run(when, emphasis=True),))] if when else []
    if lines:
        yield "\\\n".join(lines)
    yield from _blocks(entry.body)
    bullets = list(entry.bullets)
    for labelled in entry.labelled:
        colon = labelled.colon.rstrip()
        label = Run(labelled.label + colon, emphasis=True)
        bullets.append(Bullet((label, Run(labelled.colon.removeprefix(colon) + labelled.text))))
    if bullets:
        yield "\n".join(_list(Listing(tuple(bullets))))
    for role in entry.roles:
        yield from _entry(role, level + "#")


def _row(parts: Sequence[Inline]) -> str:
    return ", ".join(map(inline, parts))


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield "\n".join(_list(block)) if isinstance(block, Listing) else inline(block)


def _indented(blocks: Sequence[Block], sign: str) -> Iterator[str]:
    for block in _blocks(blocks):
        yield re.sub(r"(?m)^(?=.)", " " * len(sign), block)


def _list(listing: Listing) -> Iterator[str]:
    for count, bullet in enumerate(listing.bullets):
        sign = "- " if listing.first is None else f"{listing.first + count}. "
        pad = " " * len(sign)
        lines = inline(bullet.text).split("\n")
        yield "\n".join([sign + lines[0], *(pad + line for line in lines[1:])])
        for inner in bullet.lists:
            yield from (re.sub(r"(?m)^(?=.)", pad, line) for line in _list(inner))


# --- texts --------------------------------------------------------------------------------

_ALWAYS = re.compile(r"[\\`*\[\]<>~$]|&(?=#?\w{1,32};)|(?<![^\W_])_|_(?![^\W_])")
_AT_START = re.compile(
    r"^([ \t]*)(?:(#(?=#*(?:\s|$))|[+=-](?=\s|$|[=-]))|(\d{1,9})([.)])(?=\s|$|[=-]))"
)


def inline(text: Inline) -> str:
    """Return a text in a row; what it begins with is never taken for a list or a title."""
    said = ""
    for url, group in groupby(text, key=lambda run: run.url):
        inner = _styled(tuple(group), said)
        if url and said.endswith("!"):  # before a link it would make a picture of it
            said = f"{said[:-1]}\\!"
        said += f"[{inner}]({_target(url)})" if url else inner
    lines = said.split("\n")
    return "\n".join(_AT_START.sub(_escaped_start, line) for line in lines)


def _escaped_start(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"


def _target(url: str) -> str:
    target = address(url)
    return f"<{target}>" if re.search(r"[()\\]", target) else target


def _styled(runs: Inline, before: str) -> str:
    said = ""
    for number, run in enumerate(runs):
        if run == BREAK:
            said = said.rstrip(" ") + "\\\n"
            continue
        follower = runs[number + 1] if number + 1 < len(runs) else Run("")
        after = "*" if _is_styled(follower) else "`" if follower.code else follower.text[:1]
        said += _run(run, (before + said)[-1:], after)
    return said


def _is_styled(run: Run) -> bool:
    return run.strong or run.emphasis or run.underline


def _run(run: Run, before: str, after: str) -> str:
    """Return one run with its marks; HTML's where CommonMark's would not be seen as such."""
    core = run.text.strip()
    if not core:
        return run.text
    start = run.text[: len(run.text) - len(run.text.lstrip())]
    end = run.text[len(run.text.rstrip()) :]
    escaped = _ALWAYS.sub(r"\\\g<0>", core)
    said = escaped
    if run.code:
        is_apart = "`" not in (start[-1:] or before, end[:1] or after)
        defines = run.url and "]" in core  # `[a]: b` is a definition, also within backticks
        said = _code(core) if is_apart and not defines else f"<code>{escaped}</code>"
    said = f"<ins>{said}</ins>" if run.underline else said
    stars = ("**" if run.strong else "") + ("*" if run.emphasis else "")
    if stars:
        outside = (start[-1:] or before, end[:1] or after)
        if _flanks(outside, said):
            said = f"{stars}{said}{stars[::-1]}"
        else:
            said = f"<em>{said}</em>" if run.emphasis else said
            said = f"<strong>{said}</strong>" if run.strong else said
    return start + said + end


def _flanks(outside: tuple[str, str], inside: str) -> bool:
    """Tell whether stars between these characters open and close (CommonMark 6.2)."""
    first, last = inside[0], inside[-1]
    opens = not _is_punctuation(first) or _is_free(outside[0])
    closes = not _is_punctuation(last) or _is_free(outside[1])
    return opens and closes and "*" not in outside


def _is_free(character: str) -> bool:
    return not character or character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _code(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
