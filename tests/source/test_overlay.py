"""Private values and `--set`, laid over the data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvtex import source
from cvtex.model import Location, Text


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(data: Any, private: Any = None, environ: Any = None, overrides: Any = ()) -> Any:
        (tmp_path / "data").mkdir(exist_ok=True)
        for name, text in data.items():
            (tmp_path / "data" / f"{name}.yaml").write_text(text)
        if private:
            (tmp_path / "data" / "private.yaml").write_text(private)
        project = source.find(tmp_path, public=False, overrides=overrides, environ=environ or {})
        reading = source.read(project)
        assert reading.diagnostics == ()
        return reading.resume

    return read


BASICS = """
name: Ada
label: Mathematician
location: London
aliases: [Countess, Lady]
profiles:
  - {network: GitHub, username: ada, url: github.com/ada}
  - {network: ORCID, username: 0000-0001}
"""


def test_mappings_merge_and_lists_are_replaced(read: Callable[..., Any]) -> None:
    resume = read(
        {"basics": BASICS, "work": "- name: A\n- name: B\n"},
        "basics: {phone: 1234, aliases: [Byron]}\nwork: [{name: Secret}]\n",
    )
    assert (resume.basics.name, resume.basics.phone) == ("Ada", "1234")
    assert resume.basics.aliases == ("Byron",)
    assert [work.name for work in resume.work] == ["Secret"]
    assert resume.basics.phone.source.private
    assert not resume.basics.name.source.private


def test_profiles_merge_by_network(read: Callable[..., Any]) -> None:
    resume = read(
        {"basics": BASICS},
        "basics:\n  profiles:\n  - {network: github, username: secret}\n"
        "  - {network: Signal, username: ada.1}\n",
    )
    first, second, third = resume.basics.profiles
    assert (first.username, first.url) == ("secret", "https://github.com/ada")
    assert second.username == "0000-0001"
    assert third.network == "Signal"


def test_an_address_keeps_the_city(read: Callable[..., Any]) -> None:
    resume = read({"basics": BASICS}, environ={"CVTEX_PRIVATE_ADDRESS": "12 St James's Square"})
    assert resume.basics.location == Location(
        address=Text("12 St James's Square"), city=Text("London")
    )
    resume = read({"basics": BASICS}, "basics: {location: {city: Ockham, address: Park}}\n")
    assert resume.basics.location == Location(address=Text("Park"), city=Text("Ockham"))
    resume = read({"basics": BASICS}, "basics: {location: Ockham}\n")
    assert resume.basics.location == "Ockham"


def test_variables(read: Callable[..., Any]) -> None:
    environ = {"CVTEX_PRIVATE_PHONE": "1234", "CVTEX_PRIVATE_EMAIL": "a@b.example", "HOME": "/"}
    basics = read({"basics": BASICS}, "basics: {phone: 99}\n", environ).basics
    assert (basics.phone, basics.email) == ("1234", "a@b.example")
    assert str(basics.phone.source) == "CVTEX_PRIVATE_PHONE"


def test_set(read: Callable[..., Any]) -> None:
    resume = read(
        {"basics": BASICS, "work": "- name: A\n- name: B\n"},
        overrides=(
            "basics.label=C: the language # 1",
            "work.1.position=Engineer",
            "meta.theme=moderncv",
            "meta.sections=[work, {skills: Tools}]",
            "basics.location=",
            "basics.aliases=['A: B', C]",
            "work.0.summary=!tex \\LaTeX",
            "meta.themes.moderncv.color=blue",
        ),
    )
    assert resume.basics.label == "C: the language # 1"
    assert resume.basics.location is None
    assert resume.basics.aliases == ("A: B", "C")
    assert (resume.work[0].position, resume.work[1].position) == (None, "Engineer")
    assert resume.work[0].summary.tex
    assert resume.meta.theme == "moderncv"
    assert [choice.title for choice in resume.meta.sections] == [None, "Tools"]
    assert "moderncv" in resume.meta.themes
