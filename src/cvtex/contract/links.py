"""Every address that a CV's data lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from cvtex.contract import data as source
from cvtex.contract.data import PROSE

ACCOUNTS = {
    "GitHub": "https://github.com/{}",
    "Mastodon": "https://{1}/@{0}",
    "ORCID": "https://orcid.org/{}",
}
"""Where the accounts of the samples are that are given by a name."""


def source_address(profile: Mapping[str, Any]) -> str:
    """Return a profile's address as it is shown: without scheme, `www.` and last slash."""
    return re.sub(r"^https?://(www\.)?", "", profile.get("url", "")).removesuffix("/")


def links(value: Any, key: str = "") -> Iterator[str]:
    """Yield every address that the data give, as a PDF writes it."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if not name.startswith("x-"):
                yield from links(part, name)
        if key == "profiles" and not value.get("url") and value.get("network") in ACCOUNTS:
            yield ACCOUNTS[value["network"]].format(*value["username"].lstrip("@").split("@"))
    elif isinstance(value, list):
        for part in value:
            yield from links(part, key)
    elif not value:
        return
    elif key == "url":
        scheme = "" if re.match(r"[a-z]+:", value) else "https://"
        yield address(scheme + value)
    elif key == "email":
        yield f"mailto:{value}"
    elif key == "phone":
        yield "tel:" + "".join(c for c in value if c in "+0123456789")
    elif key in PROSE:
        yield from map(address, source.targets(value))


def address(url: str) -> str:
    """Return an address with all that is no part of a URL percent-encoded."""
    return quote(url, safe="%:/?#[]@!$&'()*+,;=-._~")
