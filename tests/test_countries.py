"""Countries in places: their names in the CV's language, for which Babel has CLDR's."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from cvtex import countries
from cvtex.model import Location, Text
from shared import Program

LANGUAGES = sorted(
    path.stem for path in (Path(countries.__file__).parent / "languages").glob("*.yaml")
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_are_those_of_cldr(language: str) -> None:
    known = Locale.parse(language.replace("-", "_")).territories
    found = {code: countries.name(code, language) for code in ("DE", "US", "GB", "IN", "CH", "JP")}
    assert found == {code: known[code] for code in found}


@pytest.mark.parametrize(
    ("code", "language", "called"),
    [
        ("DE", "de-AT", "Deutschland"),
        ("de", "en", "Germany"),
        ("PT", "zh-Hant", "葡萄牙"),
        ("DEU", "en", None),
        ("UK", "en", None),
        ("XX", "en", None),
        ("DE", "tlh", None),
        ("DE", "fil", None),
        ("Germany", "en", None),
    ],
)
def test_a_code_that_is_none_has_no_name(code: str, language: str, called: str | None) -> None:
    assert countries.name(code, language) == called


def test_an_address_has_the_country_s_name_where_it_says_more_than_the_city() -> None:
    def line(city: str, code: str, region: str | None = None) -> str:
        place = Location(
            city=Text(city), country_code=Text(code), region=Text(region) if region else None
        )
        return ", ".join(countries.line(place, "en"))

    assert line("Berlin", "DE") == "Berlin, Germany"
    assert line("Austin", "US", "TX") == "Austin, TX, United States"
    assert line("Leeds", "UK") == "Leeds, UK"
    assert line("Singapore", "SG") == "Singapore, SG"
    assert line("Paris", "France") == "Paris, France"


def test_a_cv_says_it_in_its_language_and_a_place_in_one_text_stays(
    cvtex: Program, tmp_path: Path
) -> None:
    (tmp_path / "cv.yaml").write_text(
        "basics: {name: Ada, location: {city: Wien, postalCode: '1010', countryCode: AT}}\n"
        "work: [{name: Mills, startDate: '2020', location: 'Bonn, DE'}]\n"
        "meta: {language: de}\n",
        encoding="utf-8",
    )
    done = cvtex("build", "cv.yaml", "--no-pdf", "--theme", "classic", cwd=tmp_path)
    assert done.status == 0, done.err
    tex = (tmp_path / "build/cv/classic/cv.tex").read_text("utf-8")
    assert "1010 Wien, Österreich" in tex and "Bonn, DE" in tex
    assert cvtex("export", "text", "cv.yaml", "-o", "-", cwd=tmp_path).out.count("Österreich") == 1
