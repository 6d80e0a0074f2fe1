r"""Jake's résumé and its model by sb2nov: an article with `\resumeSubheading` and the like.

Which argument is the date, and which the employer, differs between the two: the date tells.
"""

from __future__ import annotations

import re

from cvtex.import_.latex.build import Builder, Entry, Line
from cvtex.import_.latex.scan import Call, Document, Value
from cvtex.import_.latex.text import Prose, plain
from cvtex.import_.values import iso, keywords, put, split_range

BASE = {
    "section": "m", "resumeSubheading": "mmmm", "resumeHeading": "mmmm",
    "resumeSubSubheading": "mm", "resumeProjectHeading": "mm", "resumeItem": "m",
    "resumeSubItem": "m", "resumeSubHeadingListStart": "", "resumeSubHeadingListEnd": "",
    "resumeItemListStart": "", "resumeItemListEnd": "", "vspace": "m", "begin itemize": "o",
    "begin tabular*": "mm",
}  # fmt: skip


def signatures(document: Document) -> dict[str, str]:
    r"""Return the commands with as many arguments as the document defines them with."""
    found = dict(BASE)
    for name in ("resumeItem", "resumeSubItem", "resumeItemNH", "resumePOR"):
        if name in document.definitions:
            found[name] = "m" * document.definitions[name][0]
    return found


def one(call: Call, build: Builder) -> bool:
    """Take a call of these documents; tells whether it was one."""
    name = call.name
    if name == "section":
        build.section(build.plain(call.arg(0)))
    elif name in ("resumeSubheading", "resumeHeading"):
        build.found.append(_entry(call, build))
    elif name == "resumeSubSubheading":
        title, dates = (build.plain(value) for value in call.args)
        last = build.found[-1] if build.found else None
        role = Entry(title=title, dates=dates)
        (last.roles if isinstance(last, Entry) else build.found).append(role)
    elif name == "resumeProjectHeading":
        build.found.append(_project(call, build))
    elif name in ("resumeItem", "resumeItemNH") and build.found:
        build.text(_bullet(call, build))
    elif name in ("resumeSubItem", "resumeItem"):
        shown = [build.prose(value) for value in call.args]
        if len(shown) == 2:
            label = " ".join(shown[0].paragraphs)
            build.found.append(Line(label, " ".join(shown[1].paragraphs)))
        else:
            build.text(shown[0])
    elif name == "vspace":
        call.arg(0).take()
    else:
        return name in BASE
    return True


def _entry(call: Call, build: Builder) -> Entry:
    texts = [plain(value, build.definitions) for value in call.args]
    dated = [n for n, text in enumerate(texts) if _is_date(text)]
    date = dated[-1] if dated else 3
    url = build.named(call.arg(0))[1] or build.named(call.arg(2))[1]
    if date == 1:  # title, date, employer, place
        title, dates, organization, place = texts
    else:  # employer, place, title, date
        organization, place, title, dates = texts
    return Entry(title=title, organization=organization, url=url, dates=dates, place=place)


def _is_date(text: str) -> bool:
    start, end = split_range(text)
    return bool(iso(start) or iso(end) or re.search(r"\b(19|20)\d\d\b", text))


def _project(call: Call, build: Builder) -> Entry:
    head, dates = call.args
    parts = re.split(r"\s*\$\s*(?:\||\\mid|\\cdot)\s*\$\s*|\s*\\textbar\s*", head.tex)
    name = build.named(Value(parts[0], head.source, f"{head.path}.name", head.ledger))
    entry = Entry(title=name[0], url=name[1], dates=build.plain(dates))
    head.divide()
    rest = [
        plain(Value(part, head.source, head.path, head.ledger), build.definitions)
        for part in parts[1:]
    ]
    entry.keywords = [word for part in rest for word in keywords(part)]
    return entry


def _bullet(call: Call, build: Builder) -> Prose:
    shown = [build.prose(value) for value in call.args]
    if len(shown) == 2:
        label, text = (" ".join(part.paragraphs) for part in shown)
        return Prose(items=[f"**{label}**: {text}"])
    return Prose(items=[*shown[0].paragraphs, *shown[0].items])


def head(text: Value, build: Builder) -> None:
    """Take the head, which is written by hand: a name in large type, then contacts.

    What is no name, number or address is listed: as the place, where it reads like one.
    """
    basics = build.result.basics
    tex = text.divide()
    for match in re.finditer(r"\\href\s*\{([^{}]*)\}\s*(?=\{)", tex):
        _contact(match[1].replace("\\", ""), basics, build)
    size = r"\\(?:Huge|huge|LARGE|Large)\s*(?:\\scshape|\\bfseries)?\s*\{?([^{}\\$|&]+)"
    if name := re.search(size, tex):
        basics["name"] = " ".join(name[1].split())
        tex = tex.replace(name[1], " ")
    for piece in re.split(r"\$\s*(?:\||\\mid|\\cdot)\s*\$|\\\\|&|\\hfill|\\textbar|\\quad", tex):
        value = Value(re.sub(r"\[[-\w.]+\]", "", piece), text.source, "head", text.ledger)
        shown = plain(value, build.definitions).strip("{} ")
        if not re.search(r"\w", shown) or "\\href" in piece or "begin{" in shown:
            continue
        phone = re.search(r"\+?\(?\d[\d ().-]{6,}\d", shown)
        mail = re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", shown)
        site = re.search(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", shown)
        if phone:
            basics.setdefault("phone", phone[0])
        elif mail:
            basics.setdefault("email", mail[0])
        elif re.fullmatch(r"[^\d]+, [^\d]+", shown) and "location" not in basics:
            basics["location"] = shown
            text.ledger.note(value.path, value.scalar, "taken for the place where the person lives")
        elif site:
            _contact(site[0], basics, build)
        else:
            text.ledger.taken.pop(id(value.scalar), None)
            value.lose("a piece of the head by hand")


def _contact(url: str, basics: dict[str, object], build: Builder) -> None:
    if url.startswith("mailto:"):
        put(basics, email=url.removeprefix("mailto:"))
    elif url.startswith("tel:"):
        return
    elif match := re.search(r"(linkedin|github|gitlab)\.com/(?:in/)?([^/?#]+)", url):
        build.profile(match[1], match[2], url)
    elif "url" not in basics:
        basics["url"] = url


def skills(text: Value, build: Builder) -> None:
    r"""Take lines such as `\textbf{Languages}{: Java, Python} \\`; others are paragraphs."""
    for line in re.split(r"\\\\", text.divide()):
        match = re.search(r"\\textbf\s*\{([^{}]*)\}\s*\{?\s*:?\s*([^{}]*)\}?", line)
        if match:
            label = Value(match[1], text.source, text.path, text.ledger)
            body = Value(match[2], text.source, text.path, text.ledger)
            shown = plain(label, build.definitions).rstrip(": ")
            build.found.append(Line(shown, plain(body, build.definitions).lstrip(": ")))
        elif re.search(r"\w", re.sub(r"\\[A-Za-z]+\*?", "", line)):
            build.text(build.prose(Value(line, text.source, text.path, text.ledger)))
