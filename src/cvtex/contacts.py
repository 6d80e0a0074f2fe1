"""Ways to reach a person: telephone numbers as links, networks and the addresses of accounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

from cvtex.model import Email, Profile, Url
from cvtex.records import dataclass

# --- telephones ---------------------------------------------------------------------------

_KEYS = {letter: str(2 + n) for n, row in enumerate(
    ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")) for letter in row}  # fmt: skip
"""The digit on whose key a letter stands (ITU E.161)."""
_EXTENSION = re.compile(
    r"[\s,;]*(?:\b(?:extension|ext|ex|x|durchwahl|dw|poste|app|int)\.?|(?<=\d)x|#)[\s:.]*(\d{1,8})$",
    re.IGNORECASE,
)


def telephone(typed: str) -> str | None:
    """Return the link that dials a number (RFC 3966), None where there is no single plain one.

    An extension becomes `;ext=`, letters the digits of their keys ("+1-800-FLOWERS"), and a
    0 in brackets behind a country's code, which is not dialled from abroad, is left out.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    text = re.sub(r"^tel:", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^[^\W\d_][^\d+(]{0,20}?(?::|\.|(?=\s*[+(\d]))\s*(?=[+(\d])", "", text)
    extension = ""
    if found := _EXTENSION.search(text):
        extension, text = f";ext={found[1]}", text[: found.start()].strip()
    if text.startswith(("+", "00")):
        text = re.sub(r"\(\s*0\s*\)", "", text)
    if re.search(r"[A-Z]{3}", text) and re.fullmatch(r"\+?[\dA-Z\s().-]+", text):
        text = "".join(_KEYS.get(character, character) for character in text)
    if not re.fullmatch(r"\+?[\d\s()/.\u2010-\u2015-]+", text):
        return None
    parts = [re.sub(r"\D", "", part) for part in re.split(r"/| {3,}", text)]
    digits = "".join(str(unicodedata.digit(c)) for c in "".join(parts))
    if len([part for part in parts if len(part) >= 7]) > 1 or not 3 <= len(digits) <= 15:
        return None  # two numbers, or none: E.164 has at most fifteen digits
    return f"tel:{'+' if text.startswith('+') else ''}{digits}{extension}"


def mail_link(mail: Email) -> str | None:
    """Return the link that writes to an address, None where it is none.

    A `resume.json` may hold one that is none ("ana at example.org"); it is shown as it stands.
    """
    try:
        return f"mailto:{Email.parse(mail)}"
    except ValueError:
        return None


# --- networks -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Network:
    """A network: where the account of a name is, and what such a name looks like.

    `address` holds `{}` for the name. `aliases` are other spellings of the network's name,
    as `kind_of` has them.
    """

    address: str
    name: str = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?"
    aliases: tuple[str, ...] = ()


_DIGITS = r"[0-9]{1,12}"
_DOMAIN = r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
NETWORKS: Mapping[str, Network] = {
    "artstation": Network("https://www.artstation.com/{}"),
    "arxiv": Network("https://arxiv.org/a/{}", r"[a-z-]{1,40}_[a-z]_[0-9]{1,3}"),
    "behance": Network("https://www.behance.net/{}"),
    "bitbucket": Network("https://bitbucket.org/{}/"),
    "bluesky": Network("https://bsky.app/profile/{}", _DOMAIN, ("bsky",)),
    "codeberg": Network("https://codeberg.org/{}"),
    "codeforces": Network("https://codeforces.com/profile/{}"),
    "codepen": Network("https://codepen.io/{}"),
    "codewars": Network("https://www.codewars.com/users/{}"),
    "dblp": Network("https://dblp.org/pid/{}", r"[A-Za-z0-9]{1,6}/[A-Za-z0-9-]{1,20}"),
    "devto": Network("https://dev.to/{}", aliases=("dev",)),
    "dockerhub": Network("https://hub.docker.com/u/{}", aliases=("docker",)),
    "dribbble": Network("https://dribbble.com/{}", aliases=("dribble",)),
    "facebook": Network("https://www.facebook.com/{}"),
    "flickr": Network("https://www.flickr.com/people/{}", r"[A-Za-z0-9_@-]{1,64}"),
    "github": Network("https://github.com/{}", r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})"),
    "gitlab": Network("https://gitlab.com/{}"),
    "googlescholar": Network(
        "https://scholar.google.com/citations?user={}", r"[A-Za-z0-9_-]{12}", ("scholar",)
    ),
    "hackernews": Network("https://news.ycombinator.com/user?id={}"),
    "hackerrank": Network("https://www.hackerrank.com/profile/{}"),
    "hashnode": Network("https://hashnode.com/@{}"),
    "huggingface": Network("https://huggingface.co/{}"),
    "inspire": Network("https://inspirehep.net/authors/{}", _DIGITS, ("inspirehep",)),
    "instagram": Network("https://www.instagram.com/{}"),
    "kaggle": Network("https://www.kaggle.com/{}"),
    "keybase": Network("https://keybase.io/{}"),
    "leetcode": Network("https://leetcode.com/u/{}"),
    "linkedin": Network("https://www.linkedin.com/in/{}", r"[\w-]{3,100}"),
    "mastodon": Network("https://{1}/@{0}", rf"@?([A-Za-z0-9_.-]{{1,64}})@({_DOMAIN})"),
    "matrix": Network("https://matrix.to/#/@{0}:{1}", rf"@?([A-Za-z0-9_.=/-]{{1,64}}):({_DOMAIN})"),
    "medium": Network("https://medium.com/@{}"),
    "openreview": Network("https://openreview.net/profile?id={}", r"~[\w-]{1,80}[0-9]{1,3}"),
    "orcid": Network("https://orcid.org/{}", r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]"),
    "osf": Network("https://osf.io/{}", r"[a-z0-9]{5}"),
    "pinterest": Network("https://www.pinterest.com/{}"),
    "reddit": Network("https://www.reddit.com/user/{}"),
    "researchgate": Network("https://www.researchgate.net/profile/{}", r"[\w-]{3,100}"),
    "scopus": Network("https://www.scopus.com/authid/detail.uri?authorId={}", _DIGITS),
    "semanticscholar": Network("https://www.semanticscholar.org/author/{}", _DIGITS),
    "soundcloud": Network("https://soundcloud.com/{}"),
    "sourcehut": Network("https://sr.ht/~{}", aliases=("srht",)),
    "stackexchange": Network("https://stackexchange.com/users/{}", _DIGITS),
    "stackoverflow": Network("https://stackoverflow.com/users/{}", _DIGITS),
    "substack": Network("https://{}.substack.com", r"[A-Za-z0-9-]{1,63}"),
    "telegram": Network("https://t.me/{}", r"[A-Za-z][A-Za-z0-9_]{3,31}"),
    "threads": Network("https://www.threads.net/@{}"),
    "tiktok": Network("https://www.tiktok.com/@{}"),
    "twitch": Network("https://www.twitch.tv/{}"),
    "x": Network("https://x.com/{}", r"[A-Za-z0-9_]{1,15}", ("twitter", "xtwitter", "twitterx")),
    "vimeo": Network("https://vimeo.com/{}"),
    "webofscience": Network("https://www.webofscience.com/wos/author/record/{}"),
    "xing": Network("https://www.xing.com/profile/{}", r"[\w-]{3,100}"),
    "youtube": Network("https://www.youtube.com/@{}"),
}
"""The networks whose accounts are found by a name, by `kind_of`."""
_ALIASES = {alias: kind for kind, network in NETWORKS.items() for alias in network.aliases}
WEB = frozenset({"", "blog", "homepage", "page", "personalwebsite", "portfolio", "site", "web",
                 "website", "webseite", "www"})  # fmt: skip
"""What people call a page of their own: no network."""


def kind_of(network: str | None) -> str:
    """Return a network's name in small ASCII letters and digits; `web` for a page of one's own.

    "Stack Overflow" is `stackoverflow`, "Twitter" is `x`.
    """
    bare = re.sub(r"[^a-z0-9]", "", (network or "").lower())
    return "web" if bare in WEB else _ALIASES.get(bare, bare)


def account(profile: Profile) -> Url | None:
    """Return the address of an account: the one given, or that of its name at a known network."""
    if profile.url or not profile.username:
        return profile.url
    network = NETWORKS.get(kind_of(profile.network))
    typed = profile.username.strip()
    if network is None:
        return None
    name = typed if network.name.startswith("@?") else typed.removeprefix("@")
    match = re.fullmatch(network.name, name)
    if not match or (network is NETWORKS["orcid"] and not is_orcid(name)):
        return None
    parts = match.groups() or (match[0],)
    address = network.address.format(*(quote(part, safe="/~@") for part in parts))
    return Url(address, profile.username.source)


def is_orcid(identifier: str) -> bool:
    """Tell whether an ORCID's check digit is right (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in identifier.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return identifier[-1:].upper() == ("X" if check == 10 else str(check))


def shown(profile: Profile) -> str:
    """Return an account as a reader is shown it: its address where that says all, else
    "Network: name"."""
    url = account(profile)
    address = url.shown if url else ""
    network, name = profile.network or "", profile.username or ""
    host = re.sub(r"[^a-z0-9.]", "", address.partition("/")[0].lower())
    if url and not name:
        says_all = not network or kind_of(network) in ("web", *host.split("."))
        return address if says_all else f"{network}: {address}"
    renamed = kind_of(network) != re.sub(r"[^a-z0-9]", "", network.lower())  # Twitter is x.com
    says_all = network.lower() in host or (renamed and kind_of(network) in host.split("."))
    if url and says_all and name.removeprefix("@").casefold() in address.casefold():
        return address
    return ": ".join(part for part in (network, name) if part)
