"""How dates read in the languages of the samples, stated a second time on purpose."""

from __future__ import annotations

from collections.abc import Callable

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "en-GB": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
LONG_MONTHS = (
    "January February March April May June July August September October November December"
    " Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
"""The months as citation styles write them out."""
DAYS = {
    "en": "{month} {day}, {year}",
    "en-GB": "{day} {month} {year}",
    "de": "{day}. {month} {year}",
    "fr": "{day} {month} {year}",
}
NUMBERED_DAYS = {
    "en": "{mm}/{dd}/{year}",
    "en-GB": "{dd}/{mm}/{year}",
    "de": "{dd}.{mm}.{year}",
    "fr": "{dd}/{mm}/{year}",
}

SAID = {
    "en": {"Fall": "Fall", "expected": "expected"},
    "de": {"Fall": "Herbst", "expected": "voraussichtlich"},
    "fr": {"Fall": "automne", "expected": "prévu en"},
}
"""What the samples say of dates, by language."""


def dates(code: str, form: str, present: str) -> Callable[[str], str]:
    """Return how a date of the data reads in a language, by the option `dates`."""
    base = code.partition("-")[0]

    def shown(value: str) -> str:
        if value == "present":
            return present
        first, space, rest = value.partition(" ")
        if space:
            said = shown(rest)
            named = first == "Fall" and form == "years"
            return said if named else f"{SAID.get(base, SAID['en'])[first]} {said}"
        year, month, day = (*value.split("-"), "", "")[:3]
        month_name = MONTHS.get(code, MONTHS[base]).split()[int(month) - 1] if month else ""
        if form == "years" or not month:
            return year
        if form == "numbers":
            if not day:
                return f"{month}/{year}"
            pattern = NUMBERED_DAYS.get(code, NUMBERED_DAYS[base])
            return pattern.format(year=year, mm=month, dd=day)
        if form == "months" or not day:
            return f"{month_name} {year}"
        pattern = DAYS.get(code, DAYS[base])
        return pattern.format(year=year, month=month_name, day=int(day))

    return shown
