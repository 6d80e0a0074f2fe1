"""RenderCV 1.x and 2.x (https://docs.rendercv.com): `cv`, `design`, `locale`, `settings`.

All its texts are Markdown. A section is a list of entries of one of nine kinds, told by
their keys; highlights below highlights stand in one text, parted by " - ".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cvtex.import_.bibliography import entry
from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, date, keywords, named, put, span

NETWORKS: Mapping[str, str] = {
    "LinkedIn": "https://linkedin.com/in/",
    "GitHub": "https://github.com/",
    "GitLab": "https://gitlab.com/",
    "IMDB": "https://imdb.com/name/",
    "Instagram": "https://instagram.com/",
    "ORCID": "https://orcid.org/",
    "StackOverflow": "https://stackoverflow.com/users/",
    "ResearchGate": "https://researchgate.net/profile/",
    "YouTube": "https://youtube.com/@",
    "Google Scholar": "https://scholar.google.com/citations?user=",
    "Telegram": "https://t.me/",
    "WhatsApp": "https://wa.me/",
    "Leetcode": "https://leetcode.com/u/",
    "X": "https://x.com/",
    "Bluesky": "https://bsky.app/profile/",
    "Reddit": "https://reddit.com/user/",
}
"""Where RenderCV's networks lie: what it writes before a user name."""

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
THEMES = {
    "classic": "classic",
    "sb2nov": "jake",
    "engineeringresumes": "jake",
    "engineeringclassic": "classic",
    "moderncv": "moderncv",
    "harvard": "harvard",
}
"""The nearest of our themes, where it is shipped; else `classic`."""
LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "danish": "da", "hungarian": "hu", "indonesian": "id",
    "japanese": "ja", "korean": "ko", "mandarin_chinese": "zh", "norwegian_bokmål": "nb",
    "russian": "ru", "turkish": "tr", "polish": "pl", "swedish": "sv", "vietnamese": "vi",
}  # fmt: skip
PAPERS = {"us-letter": "letter", "letterpaper": "letter", "a4": "a4", "a4paper": "a4"}


def recognises(root: Given) -> bool:
    """Tell whether this is RenderCV's: a `cv` with a name or sections."""
    return root["cv"].is_map and bool({"name", "sections"} & set(root["cv"].keys))


def read(root: Given, folder: Path, known: Mapping[str, Any]) -> Imported:
    """Return the CV of a RenderCV file; `folder` is its own, for the photo.

    `known` has the names of `themes` and `languages` that cvtex has here.
    """
    result = Imported("RenderCV", ledger=root.ledger)
    cv = root["cv"]
    _head(cv, folder, result)
    sections = cv["sections"]
    for title in sections.keys:
        _section(title, sections[title], result)
    _design(root["design"], result, known["themes"])
    _locale(root["locale"], result, known["languages"])
    root["settings"].lose("a setting of the program RenderCV")
    root["rendercv_settings"].lose("a setting of the program RenderCV")
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
            else:
                link = {"email": f"mailto:{text}", "phone": f"tel:{text}"}.get(key, text)
                profile: Record = {"network": key.capitalize(), "username": text, "url": link}
                basics.setdefault("profiles", []).append(profile)
    photo = cv["photo"]
    if photo and not re.match(r"https?://", photo.peek()):
        file = Path(photo.text())
        result.files[f"data/{file.name}"] = folder / file
        basics["image"] = file.name
    else:
        photo.lose("a photo is a file in the project, not an address: save it and name it")
    for one in cv["social_networks"].items():
        network, user = one["network"].text(), one["username"].text()
        put_profile(basics, network, user)
    for one in cv["custom_connections"].items():
        profile = put({}, username=named(one["placeholder"])[0], url=one["url"].text())
        one["fontawesome_icon"].lose("an icon's name: cvtex draws its own")
        if profile:
            basics.setdefault("profiles", []).append(profile)


def put_profile(basics: Record, network: str, user: str) -> None:
    """Add a profile in a network, with the address that its user name makes."""
    profile = put({}, network=network, username=user)
    if network == "Mastodon" and user.count("@") == 2:
        _, name, host = user.split("@")
        profile["url"] = f"https://{host}/@{name}"
    elif network in NETWORKS:
        profile["url"] = NETWORKS[network] + user
    basics.setdefault("profiles", []).append(profile)


def heading(title: str) -> str:
    """Return a section's title as RenderCV shows it: `selected_honors` is "Selected Honors"."""
    if " " in title or title != title.lower():
        return title
    small = {"a", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "like",
             "near", "nor", "of", "off", "on", "onto", "or", "over", "so", "than", "that",
             "to", "upon", "when", "with", "yet"}  # fmt: skip
    words = title.split("_")
    return " ".join(w if w in small and n else w.capitalize() for n, w in enumerate(words))


def kind_of(item: Given) -> str:
    """Return the kind of an entry by the keys that it has."""
    keys = set(item.keys)
    for key, kind in (
        ("company", "experience"), ("institution", "education"), ("authors", "publication"),
        ("label", "one-line"), ("bullet", "bullet"), ("number", "number"),
        ("reversed_number", "reversed_number"), ("name", "normal"), ("title", "publication"),
        ("position", "experience"),
    ):  # fmt: skip
        if key in keys:
            return kind
    return "text" if item.is_text else "unknown"


def _section(title: str, entries: Given, result: Imported) -> None:
    items = entries.items()
    kinds = [kind_of(item) for item in items]
    shown = heading(title)
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    if not items:
        return
    first = kinds[0]
    if set(kinds) == {"text"} and slug in SUMMARIES and "summary" not in result.basics:
        texts = [prose(item) for item in items]
        result.basics["summary"] = "\n\n".join(texts)
        return
    ours = SECTIONS.get(slug) or SECTIONS.get(slug.rpartition("_")[2], "")  # "Side Projects"
    if first == "publication" and set(kinds) == {"publication"}:
        for item in items:
            result.bib.append(_publication(item, result))
        if "publications" not in result.order:
            result.order.append("publications")
            if shown != "Publications":
                result.titles["publications"] = shown
        return
    if ours and set(kinds) <= FITTING.get(ours, set()) and ours not in result.sections:
        result.add(ours, [MAKERS[ours](item) for item in items], shown)
        return
    kind = {"experience": "work", "education": "education", "one-line": "skills"}.get(
        first, "projects"
    )
    if len(set(kinds)) > 1:
        kind = "projects"
    makers = {"experience": _work, "education": _education, "one-line": _skill}
    records: list[Any] = []
    for item, one in zip(items, kinds, strict=True):
        if one in ("text", "bullet", "number", "reversed_number"):
            records.append(prose(item if one == "text" else item[one]))
        elif kind == "projects":
            records.append(_project(item))
        else:
            records.append(makers[one](item))
    result.own(shown, kind, records)


def prose(given: Given) -> str:
    """Take a text in Markdown; what stood on lines of its own is a paragraph of its own."""
    return given.text()


def _common(item: Given, record: Record) -> Record:
    span(record, date(item["start_date"]), date(item["end_date"]))
    if item["date"]:
        when = date(item["date"])
        record.pop("startDate", None)
        record["endDate"] = when
    put(record, location=named(item["location"])[0], summary=prose(item["summary"]))
    highlights = [highlight(one) for one in item["highlights"].items()]
    return put(record, highlights=highlights)


def highlight(given: Given) -> Any:
    """Take a highlight; " - " begins one that stands below it."""
    first, *below = re.split(r"\s+- ", given.text())
    return {"text": first, "highlights": below} if below else first


def _work(item: Given) -> Record:
    name, url = named(item.first("company", "name"))
    position, _ = named(item["position"])
    return _common(item, put({}, name=name, position=position, url=url or item["url"].text()))


def _volunteer(item: Given) -> Record:
    record = _work(item)
    return {"organization" if key == "name" else key: value for key, value in record.items()}


def _education(item: Given) -> Record:
    name, url = named(item["institution"])
    area, _ = named(item["area"])
    degree, _ = named(item.first("degree", "study_type"))
    record = put({}, institution=name, studyType=degree, area=area, url=url or item["url"].text())
    return _common(item, record)


def _project(item: Given) -> Record:
    if item.is_text or "bullet" in item.keys:
        return {"description": prose(item if item.is_text else item["bullet"])}
    name, url = named(item.first("name", "company", "institution", "label", "title"))
    record = _common(item, put({}, name=name, url=url or item["url"].text()))
    for key in ("position", "degree", "area"):
        if value := named(item[key])[0]:
            record.setdefault("roles", []).append(value)
    if item["details"]:
        record["description"] = prose(item["details"])
    if "summary" in record:
        record["description"] = record.pop("summary")
    return record


def _skill(item: Given) -> Record:
    name, _ = named(item["label"])
    details = item["details"]
    if re.search(r"[*_`\[]", details.peek()):
        shown, _ = named(details)
        return put({}, name=name, keywords=keywords(shown))
    return put({}, name=name, keywords=keywords(details.text()))


def _language(item: Given) -> Record:
    return put({}, language=named(item["label"])[0], fluency=named(item["details"])[0])


MAKERS: Mapping[str, Callable[[Given], Record]] = {
    "work": _work, "education": _education, "projects": _project, "volunteer": _volunteer,
    "skills": _skill, "languages": _language, "interests": _skill,
}  # fmt: skip


def _publication(item: Given, result: Imported) -> str:
    authors = []
    for author in item["authors"].items():
        written = author.peek()
        name = markup_free(written)
        author.text()
        authors.append(name)
        if name != written and name != result.basics.get("name"):
            aliases = result.basics.setdefault("aliases", [])
            if name not in aliases:
                aliases.append(name)
    title, url = named(item["title"])
    when = date(item["date"])
    fields: dict[str, str] = {"title": title, "author": " and ".join(authors)}
    put(
        fields,
        journal=named(item["journal"])[0],
        date=when if isinstance(when, str) else (when or {}).get("text"),
        doi=item["doi"].text(),
        url=url or item["url"].text(),
        note=named(item["summary"])[0],
    )
    return entry("article" if "journal" in fields else "misc", fields, result.bib)


def markup_free(written: str) -> str:
    """Return a name without the stars that mark it."""
    return written.strip().strip("*_").strip()


def _design(design: Given, result: Imported, themes: frozenset[str]) -> None:
    theme = design["theme"]
    ours = "classic"
    if theme:
        near = THEMES.get(theme.peek(), "classic")
        ours = near if near in themes else "classic"
        if ours == theme.peek():
            theme.text()
        else:
            theme.became(f"the nearest theme is {ours}")
    result.meta["theme"] = ours
    options: Record = {}
    page = design["page"]
    if (paper := page["size"]) and paper.peek() in PAPERS:
        options["paper"] = PAPERS[paper.text()]
    colour = design["colors"].first("section_titles", "name", "connections")
    if (match := re.fullmatch(r"rgb\((\d+), ?(\d+), ?(\d+)\)", colour.peek())) and int(
        match[1]
    ) < 256:
        options["accent"] = "".join(f"{min(int(part), 255):02X}" for part in match.groups())
        colour.became(f"the accent is {options['accent']}")
    if options:
        result.meta["themes"] = {ours: options}
    design.lose("a measure or template of RenderCV's own themes")


def _locale(locale: Given, result: Imported, languages: frozenset[str]) -> None:
    name = locale["language"]
    code = LANGUAGES.get(name.peek().lower(), name.peek() if len(name.peek()) == 2 else "")
    if code in languages:
        result.meta["language"] = code
        name.text() if code == name.peek() else name.became(f"language: {code}")
    else:
        name.lose("a language that cvtex does not have; meta.words can complete one")
    locale.lose("a word or form of the language: cvtex has its own, meta.words changes them")
