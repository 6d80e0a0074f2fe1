"""The class altacv (https://github.com/liantze/AltaCV)."""

from __future__ import annotations

import re

from cvtex.import_.latex.build import Builder
from cvtex.import_.latex.records import Entry, Line, Referee, Tags
from cvtex.import_.latex.scan import Call, calls
from cvtex.import_.latex.text import escaped, plain_text
from cvtex.import_.values import put

LOOK = "how the page looks"
NETWORKS = ("github", "linkedin", "twitter", "xtwitter", "gitlab", "mastodon", "orcid")
SIGNATURES = {
    "name": "m", "tagline": "m", "photo": "mm", "photoL": "mm", "photoR": "mm",
    "personalinfo": "m", "cvsection": "om", "cvsubsection": "m", "cvevent": "mmmm",
    "cvachievement": "mmm", "cvtag": "m", "cvskill": "mm", "cvref": "mmmm", "wheelchart": "mmm",
    "divider": "", "switchcolumn": "", "printbibliography": "o", "addbibresource": "m",
    "nocite": "m", "mynames": "m", "makecvheader": "", "columnratio": "m", "newpage": "",
    "AtBeginEnvironment": "mm", "definecolor": "mmm", "colorlet": "mm", "renewcommand": "mm",
    "usepackage": "om", "documentclass": "om", "geometry": "m", "begin paracol": "m",
    "RequirePackage": "om", "setlength": "mm", "hspace": "m", "smallskip": "", "medskip": "",
    "defaultfontfeatures": "m", "setmainfont": "om", "setsansfont": "om",
    "NewInfoField": "mmo",
}  # fmt: skip
INFO = {
    "email": "m", "phone": "m", "homepage": "m", "location": "m", "mailaddress": "m",
    **dict.fromkeys(NETWORKS, "m"), "printinfo": "mmo", "NewInfoField": "mmo",
}  # fmt: skip
SILENT = {
    "columnratio", "AtBeginEnvironment", "definecolor", "colorlet", "renewcommand", "usepackage",
    "documentclass", "geometry", "RequirePackage", "setlength", "hspace", "nocite", "mynames",
    "defaultfontfeatures", "setmainfont", "setsansfont",
    "NewInfoField",
}  # fmt: skip
_NEW_FIELD = re.compile(
    r"\\NewInfoField(\*?)\s*\{\s*(\w+)\s*\}\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*(?:\[([^\]]*)\])?"
)


def take(call: Call, build: Builder) -> None:
    """Take a call of the class."""
    basics = build.result.basics
    name = call.name
    if name == "name":
        basics["name"] = build.plain(call.arg(0))
    elif name == "tagline":
        put(basics, label=build.plain(call.arg(0)))
    elif name in ("photo", "photoL", "photoR"):
        call.arg(0).lay_aside(LOOK)
        build.photo(call.arg(1))
    elif name == "personalinfo":
        _info(call, build)
    elif name in ("cvsection", "cvsubsection"):
        for option in call.options:
            option.lay_aside(LOOK)
        title = build.plain(call.arg(0))
        build.section(title) if name == "cvsection" else build.subsection(title)
    elif name == "cvevent":
        role, organization, dates, place = call.args
        shown, url = build.named(organization)
        build.found.append(
            Entry(
                title=build.plain(role), organization=shown, url=url, dates=build.plain(dates),
                place=build.plain(place),
            )
        )  # fmt: skip
    elif name == "cvachievement":
        call.arg(0).lay_aside(LOOK)
        said, literal = (
            build.prose(call.arg(2)).row,
            plain_text(call.arg(2).tex, build.definitions)[0],
        )
        build.found.append(Line(build.plain(call.arg(1)), said, literal))
    elif name == "cvtag":
        if not build.found or not isinstance(build.found[-1], Tags):
            build.found.append(Tags())
        build.found[-1].words.append(build.plain(call.arg(0)))  # type: ignore[union-attr]
    elif name == "divider":
        if build.found and isinstance(build.found[-1], Tags):
            build.found.append(Tags())
    elif name == "cvskill":
        label, points = call.args
        level = f"{points.tex.strip()}/5"
        points.became("a level in words", level)
        build.found.append(Line(build.plain(label), "", "", level))
    elif name == "cvref":
        build.found.append(Referee(*(build.plain(value) for value in call.args)))
    elif name == "addbibresource":
        build.bibliography(call.arg(0))
    elif name == "printbibliography":
        for option in call.options:
            option.lay_aside("which publications, and how: meta.publications says it")
        build.publications()
    elif name == "wheelchart":
        _chart(call, build)
    elif name in SILENT:
        for value in (*call.args, *call.options):
            value.lay_aside(LOOK)


def _info(call: Call, build: Builder) -> None:
    r"""Take the contacts that stand in `\personalinfo`."""
    basics = build.result.basics
    inner = call.arg(0)
    begin = build.document.text.find(r"\personalinfo")
    start = build.document.text.find(inner.tex, begin) if inner.tex else begin
    inner.divide()
    own, street = _own(build), ""
    fields = {**INFO, **{name: "mm" if link is None else "m" for name, link in own.items()}}
    simple = {"email": "email", "phone": "phone", "homepage": "url", "location": "location"}
    for info in calls(build.document, fields, inner.ledger, start, start + len(inner.tex)):
        if info.name in simple:
            read = build.url if info.name == "homepage" else build.plain
            put(basics, **{simple[info.name]: read(info.arg(0))})
        elif info.name == "NewInfoField":
            for value in (*info.args, *info.options):
                value.lay_aside(LOOK)
        elif info.name in NETWORKS and info.name not in own:
            build.account(info.name, build.plain(info.arg(0)))
        elif info.name in own:
            user, link = build.plain(info.arg(0)), own[info.name]
            url = build.url(info.arg(1)) if link is None else link and link + user
            build.result.profile(info.name, user, url)
        elif info.name == "mailaddress":
            street = build.plain(info.arg(0))
        elif info.name == "printinfo":
            info.arg(0).lay_aside(LOOK)
            shown = build.plain(info.arg(1))
            url = build.url(info.options[0]) if info.options else ""
            build.result.profile("", shown, url)
    if street:
        basics["location"] = put({"address": street}, city=basics.get("location"))


def _own(build: Builder) -> dict[str, str | None]:
    """Return the fields that the document adds, and what their links begin with; None for those
    with a star, which are given a whole link."""
    fields = _NEW_FIELD.finditer(build.document.text)
    return {field[2]: None if field[1] else (field[3] or "").strip() for field in fields}


def _chart(call: Call, build: Builder) -> None:
    """Take a chart as a list: its parts are `share/width/colour/label`."""
    outer, inner, parts = call.args
    for radius in (outer, inner):
        radius.lay_aside(LOOK)
    parts.became("a chart, as a list with its numbers")
    for part in re.split(r",(?![^{}]*\})", parts.tex):
        fields = re.split(r"/(?![^{}]*\})", part.strip())
        if len(fields) == 4:
            label = plain_text(fields[3], build.definitions)[0]
            share = fields[0].strip()
            build.found.append(Line(label, escaped(share), share))
