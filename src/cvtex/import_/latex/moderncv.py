"""The class moderncv (its user guide), with the commands of its 1.x."""

from __future__ import annotations

import re

from cvtex.import_.latex.build import Builder, Entry, Line
from cvtex.import_.latex.scan import Call
from cvtex.import_.values import put

SIGNATURES = {
    "name": "mm", "firstname": "m", "lastname": "m", "familyname": "m", "title": "m",
    "address": "mmm", "phone": "om", "mobile": "m", "fax": "m", "email": "m", "homepage": "m",
    "social": "oom", "extrainfo": "m", "photo": "oom", "quote": "m", "born": "m",
    "moderncvstyle": "om", "moderncvtheme": "om", "moderncvcolor": "m", "nocite": "m",
    "bibliography": "m", "bibliographystyle": "m", "section": "om", "subsection": "om",
    "cventry": "ommmmmm", "cvitem": "omm", "cvline": "mm", "cvitemwithcomment": "ommm",
    "cvlanguage": "mmm", "cvcomputer": "mmmm", "cvdoubleitem": "ommmm", "cvtripleitem": "ommmmmm",
    "cvlistitem": "om", "cvlistdoubleitem": "omm", "cvcolumn": "omm", "cvskillentry": "ommmmm",
    "cvskilllegend": "ooooooom", "cvskillhead": "ooooo", "makecvtitle": "", "maketitle": "",
    "begin cvcolumns": "", "recipient": "mm", "opening": "m", "closing": "m", "enclosure": "om",
    "date": "m", "makelettertitle": "", "makeletterclosing": "", "subject": "m",
    "setlength": "mm", "definecolor": "mmm", "renewcommand": "mm", "usepackage": "om",
    "documentclass": "om", "pagestyle": "m", "nopagenumbers": "",
}  # fmt: skip
SILENT = {
    "setlength", "definecolor", "renewcommand", "usepackage", "pagestyle", "documentclass",
    "bibliographystyle", "nocite", "cvskillhead", "cvskilllegend",
}  # fmt: skip
"""Commands that only say how the page looks."""
STYLES = {"banking", "casual", "classic", "fancy", "oldstyle"}
COLOURS = {"black", "blue", "burgundy", "green", "grey", "orange", "purple", "red"}


def one(call: Call, build: Builder) -> bool:
    """Take a call of the class; tells whether it was one."""
    basics = build.result.basics
    name = call.name
    if name in ("name", "firstname", "lastname", "familyname"):
        parts = [basics.get("name", ""), *(build.plain(value) for value in call.args)]
        basics["name"] = " ".join(part for part in parts if part)
    elif name == "title":
        put(basics, label=build.plain(call.arg(0)))
    elif name == "address":
        parts = [build.plain(value) for value in call.args if value]
        put(basics, location=", ".join(part for part in parts if part))
    elif name in ("phone", "mobile"):
        _phone(call, build)
    elif name == "email":
        put(basics, email=build.plain(call.arg(0)))
    elif name == "homepage":
        put(basics, url=build.plain(call.arg(0)))
    elif name == "social":
        kind = build.plain(call.options[0]) or "web"
        url = build.plain(call.options[1])
        build.profile(kind, build.plain(call.arg(0)), url)
    elif name == "photo":
        for option in call.options:
            option.take()
        build.photo(build.plain(call.arg(0)))
        if "image" not in basics:
            call.arg(0).ledger.taken.pop(id(call.arg(0).scalar), None)
            call.arg(0).lose("there is no photo of that name beside the document")
    elif name == "moderncvstyle":
        style = build.plain(call.arg(0))
        build.result.meta["theme"] = "moderncv"
        if style in STYLES:
            build.result.meta.setdefault("themes", {}).setdefault("moderncv", {})["style"] = style
    elif name == "moderncvcolor":
        colour = call.arg(0)
        if colour.tex.strip() in COLOURS:
            options = build.result.meta.setdefault("themes", {}).setdefault("moderncv", {})
            options["colour"] = build.plain(colour)
        colour.lose("a colour that the theme moderncv does not have")
    elif name == "quote":
        quote = " ".join(build.prose(call.arg(0)).paragraphs)
        build.result.meta.setdefault("themes", {}).setdefault("moderncv", {})["quote"] = quote
    elif name in ("section", "subsection"):
        for option in call.options:
            option.take()
        title = build.plain(call.arg(0))
        build.section(title) if name == "section" else build.subsection(title)
    elif name == "bibliography":
        for file in build.plain(call.arg(0)).split(","):
            build.bibliography(file)
    elif name in SILENT:
        for value in (*call.args, *call.options):
            value.take()
    else:
        return _content(call, build)
    return True


def _content(call: Call, build: Builder) -> bool:
    name = call.name
    for option in call.options if name.startswith("cv") else ():
        option.take()
    if name == "cventry":
        dates, title, organization, place, extra, body = call.args
        shown, url = build.named(organization)
        build.found.append(
            Entry(
                title=build.plain(title), organization=shown, url=url, dates=build.plain(dates),
                place=build.plain(place), extra=build.plain(extra), text=build.prose(body),
            )
        )  # fmt: skip
    elif name in ("cvitem", "cvline"):
        _line(call, build, 0)
    elif name in ("cvitemwithcomment", "cvlanguage"):
        build.found.append(Line(*(build.plain(value) for value in call.args)))
    elif name in ("cvdoubleitem", "cvtripleitem", "cvcomputer"):
        for number in range(0, len(call.args), 2):
            _line(call, build, number)
    elif name in ("cvlistitem", "cvlistdoubleitem"):
        for value in call.args:
            build.text(build.prose(value))
    elif name == "cvcolumn":
        label = build.plain(call.arg(0))
        build.found.append(Entry(title=label, text=build.prose(call.arg(1))))
    elif name == "cvskillentry":
        area, level, skill, years, remark = call.args
        build.found.append(Line(build.plain(skill), build.plain(remark), build.plain(area)))
        for value in (level, years):
            value.lose("a level in points, or years: cvtex has words for it (level)")
    else:
        return False
    return True


def _line(call: Call, build: Builder, number: int) -> None:
    label, body = call.args[number], call.args[number + 1]
    if label or body:
        text = build.prose(body)
        whole = "; ".join([*text.paragraphs, *map(str, text.items)])
        shown = build.plain(label)
        if shown:
            build.found.append(Line(re.sub(r":$", "", shown), whole))
        else:
            build.text(text)


def _phone(call: Call, build: Builder) -> None:
    basics = build.result.basics
    number = build.plain(call.arg(0)).replace("\u00a0", " ")
    for option in call.options:
        option.lose("the kind of a phone number")
    if "phone" not in basics:
        basics["phone"] = number
    else:
        basics.setdefault("profiles", []).append({"network": "Phone", "username": number})
