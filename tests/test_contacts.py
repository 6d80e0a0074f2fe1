"""Telephones dial what is meant, names at networks find their accounts, addresses are readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex import source
from cvtex.contacts import (
    NETWORKS,
    account,
    is_orcid,
    kind_of,
    mail_link,
    shown,
    telephone,
)
from cvtex.latex import Options, Setting, Theme, shipped_theme
from cvtex.latex.pieces import dumps
from cvtex.model import Basics, Email, Profile, Prose, Reference, Text, Url

ROOT = Path(__file__).parents[1]
ICONS = (ROOT / "src/cvtex/latex/shared/cvicons.sty").read_text()


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("+49 30 23125 000", "tel:+493023125000"),
        ("020 7946 0958 ext. 9999", "tel:02079460958;ext=9999"),
        ("+1 (512) 555-0142 x12", "tel:+15125550142;ext=12"),
        ("555-0142x12", "tel:5550142;ext=12"),
        ("+49 30 1234 Durchwahl 56", "tel:+49301234;ext=56"),
        ("+1-800-FLOWERS", "tel:+18003569377"),
        ("1-800-GO-FEDEX", "tel:18004633339"),
        ("+49 (0)30 23125 000", "tel:+493023125000"),
        ("030/1234567", "tel:0301234567"),
        ("Mobile: +44 7700 900123", "tel:+447700900123"),
        ("Tel. 030 123 456", "tel:030123456"),
        ("tel:+4930123456", "tel:+4930123456"),
        ("+1–555–010–9999", "tel:+15550109999"),
        ("\uff0b49 30 123", "tel:+4930123"),
        ("٠١٢٣٤٥٦٧", "tel:01234567"),
        ("112", "tel:112"),
        ("+86 138 0000 0000 / +1 555 000 0000", None),
        ("+1 555 000 0000, +1 555 111 1111", None),
        ("+49 30 123456 or 0171 1234567", None),
        ("on request", None),
        ("0800 reimann", None),
        ("+1 234 567 890 123 4567", None),
        ("1", None),
    ],
)
def test_telephones(typed: str, dialled: str | None) -> None:
    assert telephone(typed) == dialled


@given(st.text(st.sampled_from("+0123456789 ()-/.xetE#,AZ"), max_size=30))
def test_what_is_dialled_is_a_number(typed: str) -> None:
    """By the form of RFC 3966, and with no digit that was not typed (or stands for a letter)."""
    dialled = telephone(typed)
    if dialled is not None:
        assert re.fullmatch(r"tel:\+?\d{3,15}(;ext=\d{1,8})?", dialled)
        assert len(re.sub(r"\D", "", dialled)) <= len(re.sub(r"[^0-9A-Za-z]", "", typed))


@pytest.mark.parametrize(
    ("network", "name", "address"),
    [
        ("GitHub", "anam", "https://github.com/anam"),
        ("Git Hub", "@anam", "https://github.com/anam"),
        ("ORCID", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("ORCID", "0000-0002-1825-0098", None),
        ("LinkedIn", "ana-müller-123", "https://www.linkedin.com/in/ana-m%C3%BCller-123"),
        ("LinkedIn", "Ana Müller", None),
        ("Mastodon", "@ana@social.example", "https://social.example/@ana"),
        ("Mastodon", "ana", None),
        ("Matrix", "@ana:chat.example", "https://matrix.to/#/@ana:chat.example"),
        ("Twitter", "@ana", "https://x.com/ana"),
        ("Stack Overflow", "ana", None),
        ("Stack Overflow", "1234567", "https://stackoverflow.com/users/1234567"),
        ("Google Scholar", "Ana Müller", None),
        ("Bluesky", "ana.bsky.social", "https://bsky.app/profile/ana.bsky.social"),
        ("GitHub", "a/../b", None),
        ("GitHub", "a?b#c", None),
        ("Ana's wiki", "ana", None),
    ],
)
def test_accounts(network: str, name: str, address: str | None) -> None:
    assert account(Profile(network=Text(network), username=Text(name))) == address


def test_there_are_forty_networks_and_each_is_one() -> None:
    assert len(NETWORKS) >= 40
    for kind, network in NETWORKS.items():
        assert kind_of(kind) == kind and "{" in network.address
        assert Url.parse(network.address.format("a", "b")).startswith("https://")
        assert all(kind_of(alias) == kind for alias in network.aliases)


def test_an_icon_is_of_its_own_network_or_there_is_none() -> None:
    drawn = set(re.findall(r"\\newcommand\*{\\cvicon@(\w+)}", ICONS)) - {
        "set",
        "box",
        "hole",
        "disc",
    }
    assert {"phone", "email", "web", "github", "mastodon", "x"} <= drawn
    assert drawn - {"phone", "email", "web", "place", "dates"} <= NETWORKS.keys()
    assert r"\cvicon@web}{\csname" not in ICONS


@pytest.mark.parametrize(
    ("network", "name", "url", "read"),
    [
        ("GitHub", "anam", None, "github.com/anam"),
        ("LinkedIn", None, "https://www.linkedin.com/in/ana-m%C3%BCller-123",
         "linkedin.com/in/ana-müller-123"),
        ("Website", None, "https://mueller.example.org", "mueller.example.org"),
        ("Portfolio", None, "https://ana.example.org/", "ana.example.org"),
        ("Our wiki", None, "https://w.example.org/", "Our wiki: w.example.org"),
        ("Mastodon", "@ana@social.example", None, "Mastodon: @ana@social.example"),
        ("Google Scholar", "Ana", "https://scholar.google.com/citations?user=a1",
         "Google Scholar: Ana"),
        ("Stack Overflow", "ana", "https://stackoverflow.com/users/1/ana", "Stack Overflow: ana"),
        ("Twitter", "ana", None, "x.com/ana"),
        (None, "ana", "https://a.example/ana", "a.example/ana"),
        (None, "ana", None, "ana"),
    ],
)  # fmt: skip
def test_what_a_reader_is_shown(
    network: str | None, name: str | None, url: str | None, read: str
) -> None:
    profile = Profile(
        network=None if network is None else Text(network),
        username=None if name is None else Text(name),
        url=url and Url(url),  # type: ignore[arg-type]
    )
    assert shown(profile) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://a.example/m%C3%BCller", "a.example/müller"),
        ("https://a.example/a%20b%2Fc%25", "a.example/a%20b%2Fc%25"),
        ("https://a.example/%7Eada/", "a.example/~ada"),
        ("https://a.example/%FF%FE", "a.example/%FF%FE"),
        ("https://xn--mller-kva.example/", "müller.example"),
        ("https://xn--.example/", "xn--.example"),
        ("https://de.wikipedia.org/wiki/%E6%97%A5%E6%9C%AC", "de.wikipedia.org/wiki/日本"),
    ],
)
def test_addresses_are_readable(typed: str, read: str) -> None:
    assert Url(typed).shown == read


def test_the_check_digit_of_an_orcid() -> None:
    """The examples of ORCID's own page on its identifiers, and one digit changed."""
    for known in ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"):
        assert is_orcid(known)
    assert not is_orcid("0000-0002-1825-0096")


def setting() -> Setting:
    return Setting(engine="pdflatex", words=source.words("en"))


def test_addresses_in_the_text() -> None:
    name, url = Text("Flowmeter"), Url("https://code.example.org/flow")
    plain = Theme(Options(), setting()).linked(name, url)
    assert plain == r"\href{https://code.example.org/flow}{Flowmeter}"
    printed = Theme(Options(addresses=True), setting()).linked(name, url)
    assert printed is not None and printed.startswith(plain) and r"{code.\cvtexbreak" in printed
    assert Theme(Options(addresses=True), setting()).linked(None, url) is not None
    assert shipped_theme("linear").Options().addresses


def test_a_mail_address_that_is_none_is_no_link() -> None:
    assert mail_link(Email("ada@example.org")) == "mailto:ada@example.org"
    assert mail_link(Email("ada at example.org")) is None
    theme = Theme(Options(), setting())
    [contact] = theme.contacts(Basics(name=Text("Ada"), email=Email("ada at example.org")))
    assert (contact.text, contact.url) == ("ada at example.org", None)
    assert theme.reference_contacts(Reference(email=Email("ada at x"))) == ["ada at x"]


def test_references() -> None:
    theme = shipped_theme("classic")
    made = theme(theme.Options(), setting())
    whole = dumps(
        made.reference(
            Reference(
                name=Text("Karin Berg"),
                position=Text("Head of Department"),
                company=Text("North University"),
                relationship=Text("my supervisor"),
                email=Email("karin@example.org"),
                phone=Text("+46 70 000 00 00"),
                reference=Prose("She *knows*."),
            )
        )
    )
    for part in ("Karin Berg", "Head of Department, North University", "my supervisor",
                 r"\href{mailto:karin@example.org}", r"\href{tel:+46700000000}",
                 r"\emph{knows}"):  # fmt: skip
        assert part in whole
    plain = dumps(made.reference(Reference(name=Text("Karin"), reference=Prose("Yes."))))
    assert plain == r"\cvline{Karin}{Yes.}"


def test_two_numbers_are_none_though_they_are_short() -> None:
    assert telephone("712 3456 / 712 3457") is None
    assert telephone("712 3456 / 12") == "tel:712345612"
