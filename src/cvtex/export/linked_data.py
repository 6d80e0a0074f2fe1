"""The person of a CV for search engines, as JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

from cvtex.export.document import Document, Entry, Line, plain


def script(document: Document) -> str:
    """Return what stands in `<script type="application/ld+json">`: no text can end the element."""
    text = json.dumps(person(document), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def person(document: Document) -> dict[str, Any]:
    """Return the person as a `Person`: only what the page itself shows."""
    contacts = document.contacts
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": document.name,
        "jobTitle": document.label,
        "email": [contact.text for contact in contacts if contact.kind == "email"],
        "telephone": [contact.text for contact in contacts if contact.kind == "phone"],
        "url": next((contact.url for contact in contacts if contact.kind == "web"), ""),
        "sameAs": [c.url for c in contacts if c.url and c.kind not in ("email", "phone", "web")],
        "address": document.place,
        "hasOccupation": _occupations(document),
        "alumniOf": _places(document, "education", "EducationalOrganization"),
        "knowsLanguage": _labels(document, "languages"),
        "knowsAbout": _labels(document, "skills"),
        "award": [plain(entry.title) for entry in _entries(document, "awards") if entry.title],
    }
    return {key: _single(value) for key, value in found.items() if value}


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _entries(document: Document, kind: str) -> list[Entry]:
    items = (item for s in document.sections if s.kind == kind for item in s.items)
    return [item for item in items if isinstance(item, Entry)]


def _labels(document: Document, kind: str) -> list[str]:
    items = (item for s in document.sections if s.kind == kind for item in s.items)
    return [plain(i.label or i.body) for i in items if isinstance(i, Line) and (i.label or i.body)]


def _places(document: Document, kind: str, of: str) -> list[dict[str, Any]]:
    places: dict[str, dict[str, Any]] = {}
    for entry in _entries(document, kind):
        if name := plain(entry.title):
            url = {"url": entry.url} if entry.url else {}
            places.setdefault(name, {"@type": of, "name": name, **url})
    return list(places.values())


def _occupations(document: Document) -> list[dict[str, Any]]:
    """Return every post with its dates (schema.org: a Role around what it is of)."""
    found = []
    for entry in _entries(document, "work"):
        for post in entry.roles or (entry,):
            name = plain(post.subtitle)
            if not name:
                continue
            role: dict[str, Any] = {"@type": "Role", "roleName": name}
            if post.start:
                role["startDate"] = post.start
            if post.end:
                role["endDate"] = post.end
            found.append({**role, "hasOccupation": {"@type": "Occupation", "name": name}})
    return found
