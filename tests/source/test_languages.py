"""The words of each language: complete, and with patterns that work."""

import dataclasses

import pytest

from cvtex import source
from cvtex.latex import Options, Setting, Theme
from cvtex.model import Date
from cvtex.source import languages
from cvtex.source.records import words as language_words
from cvtex.source.records.synonyms import SECTIONS

ENGLISH = source.words("en")


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_is_whole(code):
    words, table = source.words(code), language_words._table(code)
    assert (words.code, len(words.months)) == (code, 12)
    assert set(table.sections) == set(SECTIONS)
    assert set(table.words) == set(ENGLISH.words)
    assert set(table.dates) == set(ENGLISH.dates)
    for name, pattern in {**words.dates, "page": words.words["page"]}.items():
        assert languages.pattern_fault(name, pattern) is None
        said = {"date": "2021", "other": "2022", "season": "Fall", "quarter": 3}
        pattern.format(year=2021, month="May", day=5, page=1, pages=2, **said)


def test_words_of_the_citations():
    from cvtex.citation.arrange import KINDS, STATES
    from cvtex.citation.catalogue import MEANINGS

    for word, english in [*KINDS.values(), *STATES.values(), *MEANINGS.items()]:
        assert ENGLISH.words[word] == english


def test_what_a_language_lacks_is_english(monkeypatch):
    whole = language_words._table("de")
    table = dataclasses.replace(
        whole,
        sections={k: v for k, v in whole.sections.items() if k != "awards"},
        words={k: v for k, v in whole.words.items() if k != "score"},
        dates={k: v for k, v in whole.dates.items() if k != "numericDay"},
    )
    monkeypatch.setattr(
        language_words, "_table", {"de": table, "en": language_words._table("en")}.get
    )
    words = source.words("de")
    assert (words.sections["awards"], words.words["score"]) == ("Awards", "Grade")
    assert words.dates["numericDay"] == ENGLISH.dates["numericDay"]
    assert (words.sections["work"], words.words["present"]) == ("Berufserfahrung", "heute")
    assert source.words("de", {"awards": "Preise"}).sections["awards"] == "Preise"


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
    assert not languages.is_known("tlh") and not languages.is_known("../en")
    with pytest.raises(KeyError):
        source.words("tlh")


def dated(language, form, *dates, **over):
    """Return dates as a theme has them."""
    setting = Setting(engine="pdflatex", words=source.words(language, over))
    theme = Theme(Options(dates=form), setting)
    return [theme.date(Date.parse(date)) for date in dates]


DATES = ("2020", "2020-04", "2020-04-07", "present")


@pytest.mark.parametrize(
    ("language", "full", "numbers"),
    [
        ("en", "2020, Apr 2020, Apr 7, 2020, Present", "2020, 04/2020, 04/07/2020, Present"),
        ("en-GB", "2020, Apr 2020, 7 Apr 2020, Present", "2020, 04/2020, 07/04/2020, Present"),
        ("en-CA", "2020, Apr 2020, Apr 7, 2020, Present", "2020, 04/2020, 2020-04-07, Present"),
        ("de", "2020, Apr. 2020, 7. Apr. 2020, heute", "2020, 04/2020, 07.04.2020, heute"),
        ("de-AT", "2020, Apr. 2020, 7. Apr. 2020, heute", "2020, 04/2020, 07.04.2020, heute"),
    ],
)
def test_forms_of_dates(language, full, numbers):
    assert ", ".join(dated(language, "full", *DATES)) == full
    assert ", ".join(dated(language, "numbers", *DATES)) == numbers
    assert dated(language, "years", *DATES) == ["2020", "2020", "2020", full.split(", ")[-1]]


def test_a_form_of_ones_own():
    over = {"numericMonth": "{year}-{month}", "numericDay": "{year}-{month}-{day}"}
    assert dated("de", "numbers", *DATES, **over) == ["2020", "2020-04", "2020-04-07", "heute"]


@pytest.mark.parametrize(
    ("form", "start", "end", "shown"),
    [
        ("full", "2020-03", "2020-05", "Mar 2020 – May 2020"),
        ("full", "2020-03", "2020-03", "Mar 2020"),
        ("years", "2020-03", "2020-05", "2020"),
        ("years", "2019-03", "2020-05", "2019 – 2020"),
        ("numbers", "2020-03", None, "03/2020 – Present"),
        ("numbers", None, "2020-05-01", "05/01/2020"),
        ("numbers", None, None, None),
    ],
)
def test_a_range_whose_ends_read_alike_is_one_date(form, start, end, shown):
    theme = Theme(Options(dates=form), Setting(engine="pdflatex", words=ENGLISH))
    ends = (one and Date.parse(one) for one in (start, end))
    assert theme.dates(*ends) == (rf"\mbox{{{shown}}}" if shown else None)


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
