"""The words of each language: complete, and with patterns that work."""

import dataclasses
import datetime
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from cvtex import source
from cvtex.dateforms import shown, written_out
from cvtex.latex import Options, Setting, Theme
from cvtex.model import Date
from cvtex.source import languages
from cvtex.source.records import words as language_words
from cvtex.source.records.synonyms import SECTIONS
from shared import ROOT

ENGLISH = source.words("en")


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_is_whole(code: str) -> None:
    words, table = source.words(code), language_words._table(code)
    assert (words.code, len(words.months), len(words.long_months)) == (code, 12, 12)
    assert language_words.lacking(code) == ()
    assert set(table.sections) == set(SECTIONS)
    assert set(table.words) == set(ENGLISH.words)
    assert set(table.dates) - set(languages.OPTIONAL) == set(ENGLISH.dates)
    for name, pattern in {**words.dates, "page": words.words["page"]}.items():
        assert languages.pattern_fault(name, pattern) is None
        said = {"place": "Kiel", "date": "2021", "other": "2022", "season": "Fall", "quarter": 3}
        pattern.format(year=2021, month="May", day=5, page=1, pages=2, **said)


WHOLE = {"sk", "lt", "bg"}
"""Languages in which CLDR has a month in numbers beside a year, and a CV its name."""

OURS = {
    **{(code, 9): "Sep." for code in ("de", "de-AT", "de-CH")},  # as Duden has it; CLDR: Sept.
}


REGIONS = [region for code in languages.codes() for region in language_words.regions(code)]


@pytest.mark.parametrize("code", [*languages.codes(), *REGIONS])
def test_dates_are_those_of_cldr(code: str) -> None:
    """Months, whole months, the order of a date and its signs; less "year" behind Slavic ones."""
    babel = pytest.importorskip("babel.dates")
    words = source.words(code)
    locale = code.replace("-", "_")

    def theirs(skeleton: str, month: int) -> Any:
        day = datetime.date(2020, month, 17)
        said = babel.format_skeleton(skeleton, day, locale=locale)
        return unicodedata.normalize("NFKC", re.sub(r"\s(г\.|р\.)$", "", said))

    for month in range(1, 13):
        date = Date(2020, month, 17)
        if (code, month) in OURS:
            assert words.months[month - 1] == OURS[code, month]
            continue
        assert shown(date, words) == theirs("yMMMM" if code in WHOLE else "yMMM", month)
        if code not in {*WHOLE, "cs", "fi"}:  # CLDR has the day and a number; a CV the month's name
            assert shown(date, words, "full") == theirs("yMMMd", month)
        long = babel.format_date(datetime.date(2020, month, 17), "long", locale=locale)
        long = unicodedata.normalize("NFKC", long)
        names = {"year": 2020, "month": words.long_months[month - 1], "day": 17}
        assert words.dates["longDay"].format(**names) == long
        if code in {*WHOLE, "cs", "fi"}:
            assert shown(date, words, "full") == long.removesuffix(" г.")
    form: Any
    for skeleton, form, exact in (("yM", "numbers", Date(2020, 11)), ("yMd", "numbers", date)):
        if (code, exact.day) == ("en-CA", 17):
            continue  # the national standard (CAN/CSA-Z234.4), as CLDR has it of a month
        month = exact.month
        said = re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", theirs(skeleton, month))
        assert shown(exact, words, form) == said
    if code != "hu":  # a year has its stop before a month, alone it has none (rule 297)
        assert shown(Date(2020), words) == theirs("y", 1)


def said(code: str, *dates: str) -> list[str]:
    """Return dates as a language says them."""
    return [shown(Date.parse(date), source.words(code)) for date in dates]


@pytest.mark.parametrize(
    ("code", "since_month", "since_year", "until_month", "until_year"),
    [
        ("en", "since May 2019", "since 2019", "until May 2019", "until 2019"),
        ("de", "seit Mai 2019", "seit 2019", "bis Mai 2019", "bis 2019"),
        ("it", "da mag 2019", "dal 2019", "fino a mag 2019", "fino al 2019"),
        ("fr", "depuis mai 2019", "depuis 2019", "jusqu’en mai 2019", "jusqu’en 2019"),
        ("cs", "od května 2019", "od 2019", "do května 2019", "do 2019"),
        ("sk", "od mája 2019", "od 2019", "do mája 2019", "do 2019"),
        ("ru", "с мая 2019", "с 2019", "до мая 2019", "до 2019"),
        ("lt", "nuo 2019 m. gegužės", "nuo 2019", "iki 2019 m. gegužės", "iki 2019"),
        ("lv", "kopš 2019. g. maija", "kopš 2019. g.", "līdz 2019. g. maijam", "līdz 2019. g."),
        ("fi", "toukokuusta 2019 alkaen", "vuodesta 2019", "toukokuuhun 2019 asti",
         "vuoteen 2019 asti"),
        ("hu", "2019. máj. óta", "2019 óta", "2019. máj.-ig", "2019-ig"),
        ("sr", "од маја 2019.", "од 2019.", "до маја 2019.", "до 2019."),
        ("ja", "2019年5月から", "2019年から", "2019年5月まで", "2019年まで"),
    ],
)  # fmt: skip
def test_cases_of_months(code: str, since_month: str, since_year: str, until_month: str,
                         until_year: str) -> None:  # fmt: skip
    dates = ("since 2019-05", "since 2019", "until 2019-05", "until 2019")
    assert said(code, *dates) == [since_month, since_year, until_month, until_year]


@pytest.mark.parametrize(
    ("code", "said"),
    [("fr", "1er mars 2026"), ("it", "1º mar 2026"), ("pt-BR", "1º de mar. de 2026"),
     ("en", "Mar 1, 2026"), ("de", "1. März 2026")],
)  # fmt: skip
def test_the_first_of_a_month(code: str, said: str) -> None:
    first, words = Date(2026, 3, 1), source.words(code)
    assert shown(first, words, "full") == said
    assert ("1º" in written_out(first, words)) == (code in ("it", "pt-BR"))
    assert "01" in shown(first, words, "numbers")


def test_cases_of_ones_own() -> None:
    may = Date.parse("since 2019-05")
    months = {"months": tuple("abcdefghijkl")}
    assert shown(may, source.words("cs", months)) == "od e 2019"
    assert shown(may, source.words("cs", {"sinceMonths": tuple("ABCDEFGHIJKL")})) == "od E 2019"
    year = Date.parse("since 2019")
    assert shown(year, source.words("it", {"since": "inizio {date}"})) == "inizio 2019"
    assert shown(year, source.words("en", {"sinceYear": "as of {year}"})) == "as of 2019"


def test_the_british_write_otherwise() -> None:
    words = source.words("en-GB")
    assert words.months[8] == "Sept"
    assert words.publications["mathesis"] == "Master’s dissertation"


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-CN", "zh"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sr_Cyrl", "sr"),
        ("nn", None),
        ("../en", None),
    ],
)
def test_which_file_has_the_words(code: str, file: str) -> None:
    assert languages.file_of(code) == file


def test_words_of_the_citations() -> None:
    from cvtex.citation.arrange import KINDS, STATES
    from cvtex.citation.catalogue import MEANINGS

    for word, english in [*KINDS.values(), *STATES.values(), *MEANINGS.items()]:
        assert ENGLISH.words[word] == english


def test_what_a_language_lacks_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_english_and_german() -> None:
    assert ENGLISH.months[:5] == ("Jan", "Feb", "Mar", "Apr", "May")
    assert ENGLISH.degree == ("", " in ", "")
    assert ENGLISH.words["keywords"] == "Technical Skills"
    german = source.words("de")
    assert german.months[2] == "März"
    assert (german.words["present"], german.babel) == ("heute", "ngerman")


def test_regions_fall_back() -> None:
    british = source.words("en-GB")
    assert (british.code, british.babel) == ("en-GB", "british")
    assert british.dates["day"] == "{day} {month} {year}"
    assert british.sections == ENGLISH.sections
    assert source.words("de_AT").code == "de-AT"
    assert source.words("en-ZA").babel == "english"
    assert not languages.is_known("tlh") and not languages.is_known("../en")
    with pytest.raises(KeyError):
        source.words("tlh")


def dated(language: str, form: Any, *dates: Any, **over: Any) -> Any:
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
        ("en-CA", "2020, Apr 2020, Apr 7, 2020, Present", "2020, 2020-04, 2020-04-07, Present"),
        ("de", "2020, Apr. 2020, 7. Apr. 2020, heute", "2020, 04/2020, 07.04.2020, heute"),
        ("de-AT", "2020, Apr. 2020, 7. Apr. 2020, heute", "2020, 04/2020, 07.04.2020, heute"),
    ],
)
def test_forms_of_dates(language: str, full: str, numbers: str) -> None:
    assert ", ".join(dated(language, "full", *DATES)) == full
    assert ", ".join(dated(language, "numbers", *DATES)) == numbers
    assert dated(language, "years", *DATES) == ["2020", "2020", "2020", full.split(", ")[-1]]


def test_a_form_of_ones_own() -> None:
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
def test_a_range_whose_ends_read_alike_is_one_date(
    form: Any, start: str, end: str, shown: str
) -> None:
    theme = Theme(Options(dates=form), Setting(engine="pdflatex", words=ENGLISH))
    ends = (Date.parse(date) if date else None for date in (start, end))
    assert theme.dates(*ends) == (rf"\mbox{{{shown}}}" if shown else None)


def test_words_of_ones_own() -> None:
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
def test_faulty_patterns(name: str, pattern: str) -> None:
    assert languages.pattern_fault(name, pattern)


def test_a_language_that_is_not_there(tmp_path: Path) -> None:
    cv = tmp_path / "cv.yaml"
    months = tuple(f"Mis{number}" for number in range(1, 13))
    cv.write_text(f"""
basics: {{name: A}}
work: [{{name: B, startDate: 2020-02}}]
meta:
  language: cy
  words: {{babel: welsh, months: [{", ".join(months)}], present: presennol, vol: cyf.}}
""")
    reading = source.read(source.find(cv, public=True, environ={}))
    (told,) = reading.diagnostics
    assert "words are English: cvtex does not know the language" in told.message
    assert "meta.words can give longMonths, degree, year, month" in (told.hint or "")
    assert reading.resume is not None
    meta = reading.resume.meta
    words = source.words(meta.language, meta.words)
    assert (words.code, words.babel, words.months) == ("cy", "welsh", months)
    assert (words.words["present"], words.words["page"]) == ("presennol", ENGLISH.words["page"])
    assert words.publications["vol"] == "cyf."
    assert shown(Date.parse("2020-02-03"), words) == "Mis2 2020"
    missing = language_words.lacking("cy", meta.words)
    assert {"work", "eds", "season"} <= set(missing) and not {"present", "vol"} & set(missing)


WELSH = ROOT / "tests" / "tongues" / "welsh.yaml"


def test_a_language_that_is_not_there_given_whole() -> None:
    """Every word of Welsh by `meta.words`: nothing is told, and its dates are those of CLDR."""
    babel = pytest.importorskip("babel.dates")
    reading = source.read(source.find(WELSH, public=True, environ={}))
    assert reading.diagnostics == () and reading.resume
    meta = reading.resume.meta
    assert language_words.lacking("cy", meta.words) == ()
    words = source.words(meta.language, meta.words)
    same = {name for name in ENGLISH.words if words.words[name] == ENGLISH.words[name]}
    assert same == {"etAl", "labelled", "listed", "placeAndDate"}
    for month in range(1, 13):
        day = datetime.date(2020, month, 17)
        assert shown(Date(2020, month), words) == babel.format_skeleton("yMMM", day, locale="cy")
        long = babel.format_date(day, "long", locale="cy")
        assert written_out(Date(2020, month, 17), words) == long


def test_months_of_ones_own_are_twelve(tmp_path: Path) -> None:
    cv = tmp_path / "cv.yaml"
    cv.write_text("basics: {name: A}\nmeta: {words: {months: [a, b], work: [c], dayMonths: d}}\n")
    reading = source.read(source.find(cv, public=True, environ={}))
    assert [d.message for d in reading.diagnostics] == [
        "months takes a list of twelve names",
        "work takes a text",
        "dayMonths takes a list of twelve names",
    ]


def test_codes_as_bcp_47_writes_them() -> None:
    typed = ("DE_ch", "zh-hant-tw", "SR-latn", "es-419", "en", "ca-Valencia")
    canonical = ["de-CH", "zh-Hant-TW", "sr-Latn", "es-419", "en", "ca-valencia"]
    assert [languages.canonical(code) for code in typed] == canonical
