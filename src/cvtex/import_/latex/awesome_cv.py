"""The class awesome-cv (https://github.com/posquit0/Awesome-CV)."""

from __future__ import annotations

from cvtex.import_.latex.build import Builder
from cvtex.import_.latex.records import Entry, Line
from cvtex.import_.latex.scan import Call
from cvtex.import_.latex.text import escaped
from cvtex.import_.values import put

NETWORKS = (
    "github", "gitlab", "linkedin", "twitter", "x", "skype", "reddit", "medium", "kaggle",
    "hackerrank", "telegram", "whatsapp", "mastodon", "bluesky", "orcid", "bitbucket",
)  # fmt: skip
SIGNATURES = {
    "name": "mm", "position": "m", "address": "m", "mobile": "m", "email": "m", "homepage": "m",
    **dict.fromkeys(NETWORKS, "m"), "stackoverflow": "mm", "googlescholar": "mm",
    "dateofbirth": "m", "extrainfo": "m", "quote": "m", "photo": "om", "makecvheader": "o",
    "makecvfooter": "mmm", "cvsection": "m", "cvsubsection": "m", "cventry": "mmmmm",
    "cvsubentry": "mmmm", "cvskill": "mm", "cvhonor": "mmmm", "recipient": "mm", "letterdate": "m",
    "lettertitle": "m", "letteropening": "m", "letterclosing": "m", "letterenclosure": "om",
    "lettersection": "m", "makelettertitle": "", "makeletterclosing": "", "colorlet": "mm",
    "definecolor": "mmm", "setbool": "mm", "renewcommand": "mm", "geometry": "m",
    "usepackage": "om", "documentclass": "om", "fontdir": "o",
}  # fmt: skip
SILENT = {"colorlet", "definecolor", "setbool", "renewcommand", "geometry", "usepackage",
          "makecvheader", "makecvfooter", "fontdir", "documentclass"}  # fmt: skip


def take(call: Call, build: Builder) -> None:
    """Take a call of the class."""
    basics = build.result.basics
    name = call.name
    simple = {"position": "label", "address": "location", "mobile": "phone", "email": "email",
              "homepage": "url"}  # fmt: skip
    if name == "name":
        basics["name"] = " ".join(filter(None, (build.plain(value) for value in call.args)))
    elif name in simple:
        read = build.url if name == "homepage" else build.plain
        put(basics, **{simple[name]: read(call.arg(0))})
    elif name in NETWORKS:
        build.account(name, build.plain(call.arg(0)))
    elif name in ("stackoverflow", "googlescholar"):
        number, shown = (build.plain(value) for value in call.args)
        if name == "googlescholar":
            url = f"https://scholar.google.com/citations?user={number}"
            build.result.profile(name, shown or number, url if shown else "")
        else:
            url = f"https://stackoverflow.com/users/{number}"
            build.result.profile(name, shown or number, url if shown else "")
    elif name in ("dateofbirth", "extrainfo"):
        build.result.profile("Born" if name == "dateofbirth" else "", build.plain(call.arg(0)))
    elif name == "quote":
        build.found += build.prose(call.arg(0)).paragraphs
    elif name == "photo":
        for option in call.options:
            option.lay_aside("how the page looks")
        build.photo(call.arg(0))
    elif name == "cvsection":
        build.section(build.plain(call.arg(0)))
    elif name == "cvsubsection":
        build.subsection(build.plain(call.arg(0)))
    elif name == "cventry":
        title, organization, place, dates, text = call.args
        shown, url = build.named(organization)
        build.found.append(
            Entry(
                title=build.plain(title), organization=shown, url=url, place=build.plain(place),
                dates=build.plain(dates), text=build.prose(text),
            )
        )  # fmt: skip
    elif name == "cvsubentry":
        title, _, dates, text = call.args
        role = Entry(title=build.plain(title), dates=build.plain(dates), text=build.prose(text))
        role.extra = build.plain(call.arg(1))
        last = build.found[-1] if build.found else None
        (last.roles if isinstance(last, Entry) else build.found).append(role)
    elif name == "cvskill":
        label, body = (build.plain(value) for value in call.args)
        build.found.append(Line(label, escaped(body), body))
    elif name == "cvhonor":
        said = [build.plain(value) for value in call.args]
        entry = Entry(title=said[0], organization=said[1], place=said[2], dates=said[3])
        build.found.append(entry)
    elif name in SILENT:
        for value in (*call.args, *call.options):
            value.lay_aside("how the page looks")
