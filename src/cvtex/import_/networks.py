"""Accounts as other tools write them: a network, a name there, an address that the tool makes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.contacts import NETWORKS, account, kind_of
from cvtex.import_.values import Record, put
from cvtex.model import Profile, Text

NAMES: Mapping[str, str] = {
    "arxiv": "arXiv", "battlenet": "Battle.net", "dblp": "dblp", "devto": "DEV",
    "dockerhub": "Docker Hub", "github": "GitHub", "gitlab": "GitLab",
    "googlescholar": "Google Scholar", "hackernews": "Hacker News", "hackerrank": "HackerRank",
    "huggingface": "Hugging Face", "imdb": "IMDb", "inspire": "INSPIRE", "leetcode": "LeetCode",
    "linkedin": "LinkedIn", "openreview": "OpenReview", "orcid": "ORCID", "osf": "OSF",
    "playstation": "PlayStation", "researchgate": "ResearchGate", "researcherid": "ResearcherID",
    "semanticscholar": "Semantic Scholar", "simplex": "SimpleX", "soundcloud": "SoundCloud",
    "sourcehut": "SourceHut", "stackexchange": "Stack Exchange",
    "stackoverflow": "Stack Overflow", "tiktok": "TikTok", "webofscience": "Web of Science",
    "whatsapp": "WhatsApp", "x": "X", "xing": "XING", "youtube": "YouTube",
    **{name: name.capitalize() for name in (
        "behance", "bitbucket", "bluesky", "codeberg", "discord", "facebook", "instagram",
        "kaggle", "mastodon", "matrix", "medium", "reddit", "scopus", "signal", "skype", "steam",
        "telegram", "threads", "threema", "twitch", "vimeo", "xbox")},
}  # fmt: skip
"""Networks by `contacts.kind_of`, as they write themselves."""

ADDRESSES: Mapping[str, str] = {
    "linkedin": "https://linkedin.com/in/",
    "github": "https://github.com/",
    "gitlab": "https://gitlab.com/",
    "imdb": "https://imdb.com/name/",
    "instagram": "https://instagram.com/",
    "orcid": "https://orcid.org/",
    "stackoverflow": "https://stackoverflow.com/users/",
    "researchgate": "https://researchgate.net/profile/",
    "youtube": "https://youtube.com/@",
    "googlescholar": "https://scholar.google.com/citations?user=",
    "telegram": "https://t.me/",
    "whatsapp": "https://wa.me/",
    "leetcode": "https://leetcode.com/u/",
    "x": "https://x.com/",
    "bluesky": "https://bsky.app/profile/",
    "reddit": "https://reddit.com/user/",
}
"""What stands before a name in the links that the other tools make."""

NUMBERS = {"phone", "mobile", "fax", "whatsapp", "signal"}
"""Accounts whose name is a telephone number."""


def profile(network: str, user: str, url: str = "") -> Record:
    """Return an account under the name that people know its network by.

    It has no address of its own where cvtex makes the same one of the name.
    """
    kind = kind_of(network)
    shown = NAMES.get(kind, network)
    if kind == "web":
        return put({}, network=network, username=user, url=url)
    if kind in NETWORKS and not NETWORKS[kind].name.startswith("@?"):
        user = user.removeprefix("@")
    if user and not url:
        known = account(Profile(network=Text(shown), username=Text(user)))
        name = re.sub(r"\D", "", user) if kind == "whatsapp" else user
        url = "" if known or kind not in ADDRESSES else ADDRESSES[kind] + name
    return put({}, network=shown, username=user, url=url)


def is_number(given: object) -> bool:
    """Tell whether a profile is a telephone number, which most people keep to themselves."""
    if not isinstance(given, dict):
        return False
    kind = kind_of(str(given.get("network", "")))
    return kind in NUMBERS or str(given.get("url", "")).startswith("tel:")
