"""The words of each language: complete, and with patterns that work."""

import pytest

from cvtex import source
from cvtex.source import languages
from cvtex.source.vocabulary import SECTIONS

ENGLISH = source.words("en")


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_is_whole(code):
    words = source.words(code)
    assert (words.code, len(words.months)) == (code, 12)
    assert set(words.sections) == set(SECTIONS)
    assert set(words.words) == set(ENGLISH.words)
    assert set(words.dates) == {"year", "month", "day"}
    for name, pattern in {**words.dates, "page": words.words["page"]}.items():
        assert languages.pattern_fault(name, pattern) is None
        pattern.format(year=2021, month="May", day=5, page=1, pages=2)


def test_words_of_the_citations():
    from cvtex.citation.arrange import KINDS, STATES
    from cvtex.citation.catalogue import MEANINGS

    for word, english in [*KINDS.values(), *STATES.values(), *MEANINGS.items()]:
        assert ENGLISH.words[word] == english


def test_english_and_german():
    assert ENGLISH.months[:5] == ("Jan", "Feb", "Mar", "Apr", "May")
    assert ENGLISH.degree == ("", " in ", "")
    assert ENGLISH.words["keywords"] == "Technical Skills"
    german = source.words("de")
    assert german.months[2] == "März"
    assert (german.words["present"], german.babel) == ("heute", "ngerman")


def test_regions_fall_back():
    british = source.words("en-GB")
    assert (british.code, british.babel) == ("en-GB", "british")
    assert british.dates["day"] == "{day} {month} {year}"
    assert british.sections == ENGLISH.sections
    assert source.words("de_AT").code == "de-AT"
    assert source.words("en-ZA").babel == "english"
    assert not languages.is_known("fr") and not languages.is_known("../en")
    with pytest.raises(KeyError):
        source.words("fr")


def test_words_of_ones_own():
    over = {
        "present": "ongoing",
        "work": "Jobs",
        "month": "{month}/{year}",
        "degree": "{studyType}: {area}",
    }
    words = source.words("en", over)
    assert words.words["present"] == "ongoing"
    assert words.sections["work"] == "Jobs"
    assert words.dates["month"] == "{month}/{year}"
    assert words.degree == ("", ": ", "")
    assert source.words("en") == ENGLISH


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("month", "{moon}"),
        ("year", "{year.__class__}"),
        ("day", "{day"),
        ("present", "{}"),
        ("degree", "{area} {studyType}"),
        ("degree", "{studyType}"),
    ],
)
def test_faulty_patterns(name, pattern):
    assert languages.pattern_fault(name, pattern)
