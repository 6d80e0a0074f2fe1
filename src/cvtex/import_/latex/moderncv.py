"""The class moderncv (its user guide), with the commands of its 1.x."""

from __future__ import annotations

import re

from cvtex.import_.latex.build import Builder
from cvtex.import_.latex.records import Entry, Line
from cvtex.import_.latex.scan import Call
from cvtex.import_.latex.text import escaped, plain_text
from cvtex.import_.values import Record, put

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
    "signature": "mm", "postscript": "m",
    "setlength": "mm", "definecolor": "mmm", "renewcommand": "mm", "usepackage": "om",
    "documentclass": "om", "pagestyle": "m", "nopagenumbers": "",
}  # fmt: skip
SILENT = {
    "setlength", "definecolor", "renewcommand", "usepackage", "pagestyle", "documentclass",
    "bibliographystyle", "nocite", "cvskillhead", "cvskilllegend",
}  # fmt: skip
"""Commands that only say how the page looks."""
STYLES = {"banking", "casual", "classic", "fancy", "oldstyle"}
LOOK = "how the page looks"
COLOURS = {"black", "blue", "burgundy", "green", "grey", "orange", "purple", "red"}


def take(call: Call, build: Builder) -> None:
    """Take a call of the class."""
    basics = build.result.basics
    name = call.name
    if name in ("name", "firstname", "lastname", "familyname"):
        parts = [basics.get("name", ""), *(build.plain(value) for value in call.args)]
        basics["name"] = " ".join(part for part in parts if part)
    elif name == "title":
        put(basics, label=build.plain(call.arg(0)))
    elif name == "address":
        _address(call, build)
    elif name in ("phone", "mobile", "fax"):
        _phone(call, build)
    elif name == "email":
        put(basics, email=build.plain(call.arg(0)))
    elif name == "homepage":
        put(basics, url=build.url(call.arg(0)))
    elif name == "social":
        kind = build.plain(call.options[0]) or "web"
        url = build.url(call.options[1])
        build.account(kind, build.plain(call.arg(0)), url)
    elif name == "photo":
        for option in call.options:
            option.lay_aside(LOOK)
        build.photo(call.arg(0))
    elif name in ("moderncvstyle", "moderncvtheme"):
        style = call.arg(0).tex.strip()
        for option in call.options:
            if option.tex.strip() in COLOURS:
                _options(build)["colour"] = build.plain(option)
            option.lay_aside(LOOK)
        build.result.meta["theme"] = "moderncv"
        if style in STYLES:
            _options(build)["style"] = build.plain(call.arg(0))
        else:
            call.arg(0).became("a style that the theme moderncv does not have", "casual")
    elif name == "moderncvcolor":
        colour = call.arg(0)
        if colour.tex.strip() in COLOURS:
            _options(build)["colour"] = build.plain(colour)
        else:
            colour.became("the nearest colour of the theme", "blue")
    elif name == "quote":
        _options(build)["quote"] = build.plain(call.arg(0))
    elif name in ("born", "extrainfo"):
        build.result.profile("Born" if name == "born" else "", build.plain(call.arg(0)))
    elif name in ("section", "subsection"):
        for option in call.options:
            option.lay_aside(LOOK)
        title = build.plain(call.arg(0))
        build.section(title) if name == "section" else build.subsection(title)
    elif name == "bibliography":
        build.bibliography(call.arg(0))
        build.publications()
    elif name in SILENT:
        for value in (*call.args, *call.options):
            value.lay_aside(LOOK)
    else:
        _content(call, build)


def _content(call: Call, build: Builder) -> None:
    name = call.name
    for option in call.options if name.startswith("cv") else ():
        option.lay_aside(LOOK)
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
        shown, said, beside = (build.plain(value) for value in call.args)
        build.found.append(Line(shown, escaped(said), said, beside))
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
        said = build.plain(remark)
        parts = [build.plain(area).rstrip(": "), build.plain(skill)]
        points = f"{level.became('a level in words', f'{level.tex.strip()}/5')}/5" if level else ""
        build.found.append(Line(": ".join(filter(None, parts)), escaped(said), said, points))
        years.lose("years of a skill: write them into its level")


def _line(call: Call, build: Builder, number: int) -> None:
    label, body = call.args[number], call.args[number + 1]
    if label or body:
        shown = build.plain(label)
        text = build.prose(body)
        if shown:
            literal = plain_text(body.tex, build.definitions)[0]
            build.found.append(Line(re.sub(r":$", "", shown), text.row, literal))
        else:
            build.text(text)


def _phone(call: Call, build: Builder) -> None:
    kind = call.options[0].tex.strip() if call.options else call.name
    for option in call.options:
        option.lay_aside("the kind of a phone number, which is an icon there")
    number = build.plain(call.arg(0)).replace("\u00a0", " ")
    build.phone(number, {"fax": "Fax", "mobile": "Mobile"}.get(kind, "Phone"))


def _options(build: Builder) -> dict[str, str]:
    options: dict[str, str] = build.result.meta.setdefault("themes", {}).setdefault("moderncv", {})
    return options


def _address(call: Call, build: Builder) -> None:
    """Take an address: one line, or a street, a town with its code, and a country."""
    parts = [build.plain(value) for value in call.args]
    place: Record = put({}, address=parts[0])
    if match := re.fullmatch(r"((?:[A-Z]{1,2}-)?\d[\d ]{2,7}) (\D+)", parts[1]):
        place |= {"postalCode": match[1], "city": match[2]}
    put(place, **({} if "city" in place else {"city": parts[1]}), region=parts[2])
    if place:
        build.result.basics["location"] = place if len(place) > 1 else next(iter(place.values()))
