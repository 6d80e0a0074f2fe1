"""RenderCV 1.x and 2.x (https://docs.rendercv.com): `cv`, `design`, `locale`, `settings`.

All its texts are Markdown. A section is a list of entries of one of nine kinds, told by
their keys; highlights below highlights stand in one text, parted by " - ".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported, picture
from cvtex.import_.rendercv_design import design, locale
from cvtex.import_.rendercv_entries import MAKERS, kind_of, project, prose, publication
from cvtex.import_.values import named, put

SECTIONS = {
    "experience": "work", "work": "work", "work_experience": "work", "employment": "work",
    "professional_experience": "work", "education": "education", "projects": "projects",
    "publications": "publications", "volunteer": "volunteer", "volunteering": "volunteer",
    "volunteer_experience": "volunteer", "skills": "skills", "technologies": "skills",
    "technical_skills": "skills", "languages": "languages", "interests": "interests",
}  # fmt: skip
"""Which of cvtex's sections a title means, if its entries are of the fitting kind."""

FITTING = {
    "work": {"experience"}, "education": {"education"}, "projects": {"normal", "text", "bullet"},
    "volunteer": {"experience", "normal"}, "skills": {"one-line"}, "languages": {"one-line"},
    "interests": {"one-line"},
}  # fmt: skip
"""The kinds of RenderCV's entries that may stand in each of them."""

SUMMARIES = {"summary", "about", "about_me", "profile", "objective", "professional_summary"}
KINDS = {"experience": "work", "education": "education", "one-line": "skills"}
"""The kind of a section of the user's own, if all its entries are of one kind; else projects."""


def recognises(root: Given) -> bool:
    """Tell whether this is RenderCV's: a `cv` with a name or sections."""
    return bool({"name", "sections"} & set(root["cv"].keys))


def read(root: Given, folder: Path, known: Mapping[str, Any]) -> Imported:
    """Return the CV of a RenderCV file; `folder` is its own, for the photo.

    `known` has the names of `themes` and `languages` that cvtex has here.
    """
    result = Imported("RenderCV", ledger=root.ledger)
    cv = root["cv"]
    _head(cv, folder, result)
    sections = cv["sections"]
    publications = [
        title for title in sections.keys
        if {kind_of(item) for item in sections[title].items()} == {"publication"}
    ]  # fmt: skip
    for title in sections.keys:
        if title in publications:
            _publications(title, sections[title], result, len(publications) > 1)
        else:
            _section(title, sections[title], result)
    design(root["design"], result, known["themes"])
    locale(root["locale"], result, known["languages"])
    locale(root["locale_catalog"], result, known["languages"])
    for key in ("settings", "rendercv_settings"):
        root[key].lay_aside("a setting of the program RenderCV")
    return result


def _head(cv: Given, folder: Path, result: Imported) -> None:
    basics = result.basics
    name, _ = named(cv["name"])
    label, _ = named(cv.first("headline", "label"))
    place, _ = named(cv["location"])
    put(basics, name=name, label=label, location=place)
    for key, ours in (("email", "email"), ("phone", "phone"), ("website", "url")):
        for number, value in enumerate(cv[key].items()):
            text = value.text().removeprefix("tel:")
            if number == 0:
                basics[ours] = text
            elif key == "website":
                result.profile("", "", text)
            elif key == "phone":
                result.profile("Phone", text)
            else:
                result.profile("Email", text, f"mailto:{text}")
    photo = cv["photo"]
    if photo and (found := picture(folder, photo.peek())):
        result.files[f"data/{found.name}"] = found
        basics["image"] = found.name
        photo.text()
    else:
        photo.lose("a photo is a file beside this one: save it in data/ and name it in image")
    for network in cv["social_networks"].items():
        result.profile(network["network"].text(), network["username"].text())
    for connection in cv["custom_connections"].items():
        result.profile("", named(connection["placeholder"])[0], connection["url"].text())
        connection["fontawesome_icon"].lay_aside("an icon's name: cvtex draws its own")


def heading(title: str) -> str:
    """Return a section's title as RenderCV shows it: `selected_honors` is "Selected Honors"."""
    if " " in title or title != title.lower():
        return title
    small = {"a", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "like",
             "near", "nor", "of", "off", "on", "onto", "or", "over", "so", "than", "that",
             "to", "upon", "when", "with", "yet"}  # fmt: skip
    words = title.split("_")
    return " ".join(w if w in small and n else w.capitalize() for n, w in enumerate(words))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


def _section(title: str, entries: Given, result: Imported) -> None:
    items = entries.items()
    kinds = [kind_of(item) for item in items]
    if not items:
        return
    slug, shown, all_kinds = _slug(title), heading(title), set(kinds)
    if all_kinds == {"text"} and slug in SUMMARIES and "summary" not in result.basics:
        result.basics["summary"] = "\n\n".join(map(prose, items))
        return
    ours = SECTIONS.get(slug) or SECTIONS.get(slug.rpartition("_")[2], "")  # "Side Projects"
    if ours in FITTING and all_kinds <= FITTING[ours] and ours not in result.sections:
        result.add(ours, [MAKERS[ours](item) for item in items], shown)
    elif all_kinds == {"number"}:
        result.own(shown, "projects", [], _numbered(items))
    elif len(all_kinds) == 1 and kinds[0] in KINDS:
        kind = KINDS[kinds[0]]
        result.own(shown, kind, [MAKERS[kind](item) for item in items])
    else:
        for item, kind in zip(items, kinds, strict=True):
            if kind in ("number", "reversed_number"):
                item[kind].became("a bullet, without its number")
        result.own(shown, "projects", [found for item in items if (found := project(item))])


def _numbered(items: list[Given]) -> str:
    """Take numbered entries as a list in a text, which counts as they do."""
    rows = []
    for number, item in enumerate(items, 1):
        sign = f"{number}. "
        rows.append(sign + prose(item).replace("\n", "\n" + " " * len(sign)))
    return "\n".join(rows)


def _publications(title: str, entries: Given, result: Imported, grouped: bool) -> None:
    """Take a section of publications into the `.bib`; several become groups of one list."""
    slug, shown = _slug(title).replace("_", "-"), heading(title)
    for item in entries.items():
        result.bib.append(publication(item, result, slug if grouped else ""))
    if "publications" not in result.order:
        result.order.append("publications")
        if shown != "Publications" and not grouped:
            result.titles["publications"] = shown
    if grouped:
        settings = result.meta.setdefault("publications", {"style": "full", "groups": []})
        settings["groups"].append({"title": shown, "keywords": [slug]})
