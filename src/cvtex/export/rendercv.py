"""What a CV prints as RenderCV's YAML, valid for RenderCV 2 (https://docs.rendercv.com).

RenderCV knows nine kinds of entries, one kind a section, and writes Markdown. All that is
printed stands in the file; what lost its own place there is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cvtex import dateforms, model
from cvtex.contacts import account, kind_of
from cvtex.diagnostics import Diagnostic, Source, note
from cvtex.latex import markup
from cvtex.latex.render import Content
from cvtex.model import Date, Place, Prose, Resume, Text, Words
from cvtex.source.syntax.yaml_writer import dump as yaml

THEMES = {"classic": "classic", "moderncv": "moderncv", "jake": "sb2nov", "harvard": "harvard"}
"""RenderCV's theme that is nearest to one of ours; else `classic`."""
LANGUAGES = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "da": "danish", "hu": "hungarian", "id": "indonesian",
    "ja": "japanese", "ko": "korean", "zh": "mandarin_chinese", "nb": "norwegian_bokmål",
    "ru": "russian", "tr": "turkish", "vi": "vietnamese", "hi": "hindi",
}  # fmt: skip
NETWORKS: Mapping[str, tuple[str, str, str]] = {
    "linkedin": ("LinkedIn", "linkedin.com/in/", r".+"),
    "github": ("GitHub", "github.com/", r".+"),
    "gitlab": ("GitLab", "gitlab.com/", r".+"),
    "instagram": ("Instagram", "instagram.com/", r".+"),
    "orcid": ("ORCID", "orcid.org/", r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"),
    "mastodon": ("Mastodon", "", r"@[^@]+@[^@]+"),
    "researchgate": ("ResearchGate", "researchgate.net/profile/", r".+"),
    "youtube": ("YouTube", "youtube.com/@", r"[^@].*"),
    "googlescholar": ("Google Scholar", "scholar.google.com/citations?user=", r".+"),
    "telegram": ("Telegram", "t.me/", r".+"),
    "leetcode": ("Leetcode", "leetcode.com/u/", r".+"),
    "x": ("X", "x.com/", r".+"),
    "bluesky": ("Bluesky", "bsky.app/profile/", r".+"),
    "reddit": ("Reddit", "reddit.com/user/", r".+"),
}
"""RenderCV's networks by our names: their own name, where they lie, what a user name is."""
Fields = dict[str, Any]


def dump(
    resume: Resume, contents: Sequence[Content], words: Words
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the YAML file, and a note of each thing that lost its own place."""
    made = _Writer(resume, words)
    cv = made.head()
    sections: dict[str, Any] = {}
    if resume.basics.summary:
        sections["Summary"] = made.texts(resume.basics.summary)
    for content in contents:
        title, number = made.plain(content.section.title), 1
        while title in sections:
            number += 1
            title = f"{made.plain(content.section.title)} {number}"
        if entries := made.section(content):
            sections[title] = entries
    if resume.meta.footer:
        made.tell("the text at the foot is left out", resume.meta.footer)
    if sections:
        cv["sections"] = sections
    whole: Fields = {"cv": cv, "design": {"theme": THEMES.get(resume.meta.theme, "classic")}}
    code = str(resume.meta.language).partition("-")[0]
    if code in LANGUAGES:
        whole["locale"] = {"language": LANGUAGES[code]}
    else:
        made.tell(f"RenderCV has no words in {code}", resume.meta.language)
    text = f"# Written by cvtex export rendercv: what the CV prints.\n{yaml(whole)}"
    return text.encode(), tuple(made.notes)


class _Writer:
    def __init__(self, resume: Resume, words: Words) -> None:
        self.resume, self.words = resume, words
        self.notes: list[Diagnostic] = []

    def tell(self, what: str, where: Text | Source | None) -> None:
        source = where.source if isinstance(where, Text) else where
        self.notes.append(note(what, source if source and source.file else None))

    # --- texts ----------------------------------------------------------------------------

    def plain(self, value: str | None) -> str:
        """Return a literal value as it reads."""
        if isinstance(value, Text) and value.tex:
            from cvtex.source.bibtex.tex import rich

            return rich(str(value))[0].text
        return str(value or "")

    def literal(self, value: str | None, url: str | None = None) -> str:
        """Return a literal value as Markdown that reads the same, leading somewhere."""
        said = self.plain(value)
        if said and markup.plain(Prose(said)) != said:
            said = re.sub(r"([\\`*_\[\]])", r"\\\1", said)
        return f"[{said}]({url})" if url and said else said

    def prose(self, value: Prose) -> str:
        """Return prose; " - " would begin a bullet below a bullet there."""
        if value.tex:
            return self.literal(value)
        return str(value)

    def bullet(self, highlight: model.Highlight, deep: bool = False) -> str:
        """Return a bullet with those below it after " - ", all on one level."""
        said = " ".join(self.prose(highlight.text).split()).replace(" - ", r" \- ")
        for below in highlight.highlights:
            if deep:
                self.tell("bullets stand on two levels at most", below.text)
            said += f" - {self.bullet(below, deep=True)}"
        return said

    def texts(self, value: Prose) -> list[str]:
        return [self.prose(value)] if value.tex else re.split(r"\n\s*\n", str(value).strip())

    def place(self, place: Place | None) -> str:
        if isinstance(place, model.Location):
            return ", ".join(map(self.literal, place.line))
        return self.literal(place)

    def dates(self, start: Date | None, end: Date | None) -> Fields:
        """Return the dates: ends where both are ISO 8601, else the words that are printed."""
        ends = dateforms.ends(start, end)
        if not ends:
            return {}
        exact = [_exact(one) for one in ends]
        if len(ends) == 2 and all(exact) and exact[0] != "present":
            until = {"end_date": exact[1]} if end else {}  # without one it is now, there too
            return {"start_date": exact[0], **until}
        if len(ends) == 1 and exact[0] and exact[0] != "present":
            return {"date": exact[0]}
        said = [dateforms.shown(one, self.words) for one in ends]
        return {"date": dateforms.span(said[0], said[-1])}

    def common(self, record: Any, bullets: Sequence[str] = (), before: str = "") -> Fields:
        """Return what most entries have: dates, place, summary, highlights."""
        start = getattr(record, "start_date", None)
        end = getattr(record, "end_date", None) or getattr(record, "date", None)
        summary = getattr(record, "summary", None)
        said = [before] if before else []
        said += [self.prose(summary)] if summary else []
        highlights = [self.bullet(one) for one in getattr(record, "highlights", ())]
        found = {
            **self.dates(start, end),
            "location": self.place(getattr(record, "location", None)),
            "summary": "\n\n".join(said),
            "highlights": [*highlights, *bullets],
        }
        return {key: value for key, value in found.items() if value}

    def labelled(self, key: str, values: Sequence[Text]) -> list[str]:
        """Return values as one more bullet after the language's word, and say so."""
        if not values:
            return []
        self.tell(f"{key} stand among the highlights", values[0])
        return [f"{self.words.words[key]}: {', '.join(map(self.literal, values))}"]

    def joined(self, what: str, *values: Text | None) -> str:
        """Return values in a row that have no place of their own, and say so."""
        there = [value for value in values if value]
        if there:
            self.tell(f"{what} stands in the summary", there[0])
        return ", ".join(map(self.literal, there))

    # --- the head -------------------------------------------------------------------------

    def head(self) -> Fields:
        basics = self.resume.basics
        found: Fields = {
            "name": self.literal(basics.name),
            "headline": self.literal(basics.label),
            "location": self.place(basics.location),
        }
        if isinstance(basics.location, model.Location):
            self.tell("the parts of the address are one line", basics.location.source)
        more: list[Fields] = []
        if basics.email:
            found["email"] = str(basics.email)
        if basics.phone and re.fullmatch(r"\+[\d\s()-]{7,}", basics.phone):
            found["phone"] = str(basics.phone)
        elif basics.phone:
            self.tell("a phone number without +49 or the like is a connection", basics.phone)
            more.append({"placeholder": str(basics.phone), "url": None,
                         "fontawesome_icon": "phone"})  # fmt: skip
        if basics.url:
            found["website"] = str(basics.url)
        social, others = self._profiles()
        found |= {"social_networks": social, "custom_connections": [*more, *others]}
        if basics.image:
            self.tell("the photo is left out: name its file in `photo`", basics.image)
        return {key: value for key, value in found.items() if value}

    def _profiles(self) -> tuple[list[Fields], list[Fields]]:
        social, others = [], []
        for profile in self.resume.basics.profiles:
            name, where, form = NETWORKS.get(kind_of(profile.network), ("", "", ""))
            user, url = str(profile.username or ""), account(profile)
            bare = re.sub(r"^https?://(www\.)?", "", url or "").rstrip("/")
            is_theirs = not where or not profile.url or bare == where + user
            if name and re.fullmatch(form, user) and is_theirs:
                social.append({"network": name, "username": user})
                continue
            if profile.network and name != profile.network:
                self.tell(f"RenderCV has no network {profile.network}", profile.network)
            shown = user or (url.shown if url else "")
            named = f"{profile.network}: {shown}" if profile.network else shown
            link = str(url) if url else None
            others.append({"placeholder": named, "url": link, "fontawesome_icon": "link"})
        return social, others

    # --- sections -------------------------------------------------------------------------

    def section(self, content: Content) -> list[Any]:
        section = content.section
        if section.summary and not section.records:
            return self.spoken(section.summary)
        if section.summary:
            self.tell(f"the text under the title {section.title} is left out", section.summary)
        records: Sequence[Any] = section.records
        if section.kind == "publications":
            return [self.publication(one) for one in records if isinstance(one, model.Publication)]
        if section.kind in ("skills", "languages", "interests"):
            return self.lines(records, _LINES[section.kind])
        if section.kind == "projects" and not any(map(_is_dated, records)):
            return [self.project(one)["name"] for one in records]
        return [entry for record in records for entry in MAKERS[section.kind](self, record)]

    def spoken(self, text: Prose) -> list[Any]:
        """Return a text as entries: a list as bullets or numbers, else its paragraphs."""
        blocks = [] if text.tex else list(markup.blocks(text))
        if len(blocks) == 1 and isinstance(blocks[0], markup.Listing):
            key = "bullet" if blocks[0].number is None else "number"
            rows = re.split(r"^(?:[-*+]|\d+[.)])\s+", str(text).strip(), flags=re.MULTILINE)[1:]
            return [{key: " ".join(row.split())} for row in rows]
        return list(self.texts(text))

    def lines(
        self, records: Sequence[Any], line: Callable[[_Writer, Any], tuple[str, str]]
    ) -> list[Any]:
        """Return lines of a label and details; where one lacks a side, all are texts."""
        pairs = [line(self, record) for record in records]
        if all(label and details for label, details in pairs):
            return [{"label": label, "details": details} for label, details in pairs]
        for record in records:
            self.tell("lines are texts, as one of them has no details", record.source)
        marked = ((f"**{label}**" if label else "", details) for label, details in pairs)
        return [": ".join(filter(None, pair)) for pair in marked]

    def work(self, work: model.Work) -> Iterator[Fields]:
        about = self.prose(work.description) if work.description else ""
        if about:
            self.tell("description stands in the summary", work.description)
        if len(work.positions) > 1:
            self.tell("each position is an entry of its own", work.source)
        for post in work.positions or (work,):
            posts = filter(None, (self.literal(post.position), self.literal(post.team)))
            if post.team:
                self.tell("team stands behind the position", post.team)
            entry = {
                "company": self.literal(work.name, work.url),
                "position": ", ".join(posts),
                **self.common(post, self.labelled("keywords", post.keywords), about),
            }
            if work.location and "location" not in entry:
                entry["location"] = self.place(work.location)
            about = ""
            yield entry

    def volunteer(self, post: model.Volunteer) -> Iterator[Fields]:
        yield {
            "company": self.literal(post.organization, post.url),
            "position": self.literal(post.position),
            **self.common(post),
        }

    def education(self, one: model.Education) -> Iterator[Fields]:
        degree = {"degree": self.literal(one.study_type)} if one.study_type and one.area else {}
        if one.study_type and not one.area:
            self.tell("a degree without a subject is the area", one.study_type)
        more = self.labelled("score", [one.score] if one.score else [])
        more += self.labelled("courses", one.courses)
        yield {
            "institution": self.literal(one.institution, one.url),
            "area": self.literal(one.area or one.study_type),
            **degree,
            **self.common(one, more),
        }

    def project(self, project: model.Project) -> Fields:
        about = self.joined("what is said of the project", project.type, *project.roles)
        entity = self.joined("entity", project.entity) if project.name else ""
        said = [part for part in (entity, about) if part]
        if _is_dated(project):
            text = [self.prose(project.description)] if project.description else []
            bullets = self.labelled("keywords", project.keywords)
            before = "\n\n".join(filter(None, [", ".join(said), *text]))
            name = self.literal(project.name or project.entity, project.url)
            return {"name": name, **self.common(project, bullets, before)}
        if project.location or project.url:
            self.tell("place and address stand behind the text", project.source)
        said += [self.place(project.location)] if project.location else []
        said += self.labelled("keywords", project.keywords)
        said += [f"[{project.url.shown}]({project.url})"] if project.url else []
        text = [self.prose(project.description)] if project.description else []
        return {"name": " ".join([*text, *([f"({'; '.join(said)})"] if said else [])])}

    def normal(self, record: Any, name: Text | None, about: str) -> Iterator[Fields]:
        yield {
            "name": self.literal(name, getattr(record, "url", None)),
            **self.common(record, (), about),
        }

    def reference(self, one: model.Reference) -> Iterator[Fields]:
        said = [self.joined("what is said of a reference", one.position, one.company,
                            one.relationship, one.email, one.phone)]  # fmt: skip
        said += [self.prose(one.reference)] if one.reference else []
        summary = "\n\n".join(filter(None, said))
        yield {"name": self.literal(one.name), **({"summary": summary} if summary else {})}

    def publication(self, one: model.Publication) -> Fields:
        links = {link.label: link.url for link in one.links if link.url}
        doi = next((u for u in links.values() if u and u.startswith("https://doi.org/10.")), "")
        url = next((u for u in links.values() if u and u.startswith("http")), "")
        homes = ("journaltitle", "journal", "booktitle", "publisher", "institution", "school")
        home = next((one.fields[name].text for name in homes if name in one.fields), "")
        authors = [_name(name) for name in one.authors or one.editors]
        found: Fields = {"title": self.literal(one.title.text)}
        found["authors"] = [*authors, *(["et al."] if one.more_authors else [])]
        found |= {"journal": self.literal(home)} if home else {}
        if doi:
            found["doi"] = doi.removeprefix("https://doi.org/")
        elif url:
            found["url"] = url
        if one.date:
            found |= self.dates(None, one.date)
        if one.summary:
            found["summary"] = self.prose(one.summary)
        if set(one.fields) - {*homes, "doi", "url", "eprint", "eprinttype"}:
            self.tell("volume, pages and such of a publication are left out", one.source)
        return found


def _is_dated(record: Any) -> bool:
    """Tell whether a project is more than a description."""
    dated = record.start_date or record.end_date
    return bool(record.name or record.entity or dated or record.highlights)


def _exact(date: Date) -> str:
    """Return a date as RenderCV calculates with it; "" for one that only words can say."""
    if date.is_present:
        return "present"
    said = (date.text, date.season, date.sense, date.other, date.end)
    if any(said) or not date.year:
        return ""
    return "-".join([f"{date.year:04}", *(f"{n:02}" for n in (date.month, date.day) if n)])


def _name(name: model.Name) -> str:
    if name.literal:
        return name.family.text
    parts = (name.given.text, name.prefix.text, name.family.text, name.suffix.text)
    return " ".join(filter(None, parts))


def _skill(made: _Writer, skill: model.Skill) -> tuple[str, str]:
    name, level = made.literal(skill.name), made.literal(skill.level)
    if level:
        made.tell("level stands behind the name", skill.level)
    label = f"{name} ({level})" if name and level else name or level
    return label, ", ".join(map(made.literal, skill.keywords))


_LINES: Mapping[str, Callable[[_Writer, Any], tuple[str, str]]] = {
    "skills": _skill,
    "languages": lambda made, one: (made.literal(one.language), made.literal(one.fluency)),
    "interests": lambda made, one: (
        made.literal(one.name), ", ".join(map(made.literal, one.keywords)),
    ),
}  # fmt: skip
MAKERS: Mapping[str, Callable[[_Writer, Any], Iterator[Fields]]] = {
    "work": _Writer.work,
    "volunteer": _Writer.volunteer,
    "education": _Writer.education,
    "projects": lambda made, one: iter([made.project(one)]),
    "awards": lambda made, one: made.normal(one, one.title, made.joined("awarder", one.awarder)),
    "certificates": lambda made, one: made.normal(
        one, one.name, made.joined("issuer", one.issuer)
    ),
    "memberships": lambda made, one: made.normal(
        one, one.organization, made.joined("role", one.role)
    ),
    "patents": lambda made, one: made.normal(
        one, one.name,
        made.joined("what is said of a patent", one.office, one.number, one.status, *one.inventors),
    ),
    "grants": lambda made, one: made.normal(
        one, one.name,
        made.joined("what is said of a grant", one.funder, one.role, one.amount, one.number),
    ),
    "references": _Writer.reference,
}  # fmt: skip
