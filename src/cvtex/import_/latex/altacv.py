"""The class altacv (https://github.com/liantze/AltaCV)."""

from __future__ import annotations

from cvtex.import_.latex.build import Builder, Entry, Line
from cvtex.import_.latex.scan import Call
from cvtex.import_.values import put

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
}  # fmt: skip
INFO = {
    "email": "m", "phone": "m", "homepage": "m", "location": "m", "mailaddress": "m",
    **dict.fromkeys(NETWORKS, "m"), "printinfo": "mmo", "NewInfoField": "mmo",
}  # fmt: skip
SILENT = {
    "columnratio", "AtBeginEnvironment", "definecolor", "colorlet", "renewcommand", "usepackage",
    "documentclass", "geometry", "RequirePackage", "setlength", "hspace", "nocite", "mynames",
    "printbibliography", "defaultfontfeatures", "setmainfont", "setsansfont",
}  # fmt: skip


def one(call: Call, build: Builder) -> bool:
    """Take a call of the class; tells whether it was one."""
    basics = build.result.basics
    name = call.name
    if name == "name":
        basics["name"] = build.plain(call.arg(0))
    elif name == "tagline":
        put(basics, label=build.plain(call.arg(0)))
    elif name in ("photo", "photoL", "photoR"):
        call.arg(0).take()
        build.photo(build.plain(call.arg(1)).split(",")[0])
    elif name == "personalinfo":
        _info(call, build)
    elif name in ("cvsection", "cvsubsection"):
        for option in call.options:
            option.take()
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
        call.arg(0).take()
        said = "; ".join(build.prose(call.arg(2)).paragraphs)
        build.found.append(Line(build.plain(call.arg(1)), said))
    elif name == "cvtag":
        build.found.append(build.plain(call.arg(0)))
    elif name == "cvskill":
        call.arg(1).lose("a level in points: cvtex has words for it (fluency, level)")
        build.found.append(Line(build.plain(call.arg(0)), ""))
    elif name == "cvref":
        person, institute, mail, where = call.args
        parts = [build.plain(institute), build.plain(mail), build.plain(where)]
        build.found.append(Line(build.plain(person), ", ".join(filter(None, parts))))
    elif name == "addbibresource":
        build.bibliography(build.plain(call.arg(0)))
    elif name == "wheelchart":
        call.arg(0).take(), call.arg(1).take()
        call.arg(2).lose("a chart: write what it says as entries")
    elif name in SILENT:
        for value in (*call.args, *call.options):
            value.take()
    else:
        return name in SIGNATURES
    return True


def _info(call: Call, build: Builder) -> None:
    r"""Take the contacts that stand in `\personalinfo`."""
    basics = build.result.basics
    inner = call.arg(0)
    start = build.document.text.find(inner.tex, build.document.text.find(r"\personalinfo"))
    inner.take()
    simple = {"email": "email", "phone": "phone", "homepage": "url", "location": "location"}
    found = build.document.calls(INFO, inner.ledger, start, start + len(inner.tex))
    for info in found:
        if info.name in simple:
            put(basics, **{simple[info.name]: build.plain(info.arg(0))})
        elif info.name in NETWORKS:
            network = info.name.replace("xtwitter", "x")
            build.profile(network, build.plain(info.arg(0)))
        elif info.name == "mailaddress":
            where = build.plain(info.arg(0))
            basics["location"] = ", ".join(filter(None, [where, basics.get("location")]))
        elif info.name == "printinfo":
            info.arg(0).take()
            shown = build.plain(info.arg(1))
            url = build.plain(info.options[0]) if info.options else ""
            basics.setdefault("profiles", []).append(put({}, username=shown, url=url))
