"""The head of a CV as RenderCV has it: contacts, and accounts at the networks that it knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex import model
from cvtex.contacts import account, kind_of
from cvtex.export.rendercv.writer import Fields, Writer

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


def head(writer: Writer) -> Fields:
    """Return the name, the contacts and the accounts."""
    basics = writer.resume.basics
    found: Fields = {
        "name": writer.literal(basics.name),
        "headline": writer.literal(basics.label),
        "location": writer.place(basics.location),
    }
    if isinstance(basics.location, model.Location):
        writer.tell("the parts of the address are one line", basics.location.source)
    more: list[Fields] = []
    if basics.email:
        found["email"] = str(basics.email)
    if basics.phone and re.fullmatch(r"\+[\d\s()-]{7,}", basics.phone):
        found["phone"] = str(basics.phone)
    elif basics.phone:
        writer.tell("a phone number without +49 or the like is a connection", basics.phone)
        more.append({"placeholder": str(basics.phone), "url": None,
                     "fontawesome_icon": "phone"})  # fmt: skip
    if basics.url:
        found["website"] = str(basics.url)
    social, others = _profiles(writer)
    found |= {"social_networks": social, "custom_connections": [*more, *others]}
    if basics.image:
        writer.tell("the photo is left out: name its file in `photo`", basics.image)
    return {key: value for key, value in found.items() if value}


def _profiles(writer: Writer) -> tuple[list[Fields], list[Fields]]:
    social, others = [], []
    for profile in writer.resume.basics.profiles:
        name, where, form = NETWORKS.get(kind_of(profile.network), ("", "", ""))
        user, url = str(profile.username or ""), account(profile)
        bare = re.sub(r"^https?://(www\.)?", "", url or "").rstrip("/")
        is_theirs = not where or not profile.url or bare == where + user
        if name and re.fullmatch(form, user) and is_theirs:
            social.append({"network": name, "username": user})
            continue
        if profile.network and name != profile.network:
            writer.tell(f"RenderCV has no network {profile.network}", profile.network)
        shown = user or (url.shown if url else "")
        named = f"{profile.network}: {shown}" if profile.network else shown
        link = str(url) if url else None
        others.append({"placeholder": named, "url": link, "fontawesome_icon": "link"})
    return social, others
