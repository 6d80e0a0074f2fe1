"""Dates as people write them in a CV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import total_ordering
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from cvtex.records import dataclass
from cvtex.texts import Text

if TYPE_CHECKING:
    from cvtex.datewords import Said

Season = Literal["", "spring", "summer", "autumn", "fall", "winter", "q1", "q2", "q3", "q4"]
Sense = Literal["", "expected", "since", "until", "about"]

_BEGINS: Mapping[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season sorts (of the northern year; only the order relies on it)."""
_CODES: Mapping[str, int] = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ISO = re.compile(r"([0-9]{4})(?:-([0-9][0-9]))?(?:-([0-9][0-9]))?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Date:
    """When something was, as exactly as it was said.

    A year, a month or a day (`2021`, `2021-12`, `2021-12-05`), a `season` or quarter
    of a year, or `present`. `sense` is what was said of it ("expected May 2027"),
    `other` the second of two ("2019 or 2020"), `end` the end of a range written as
    one ("2023-09/2023-12"). `text` is a date in words of the person's own, which are
    set as they are; then year, month and day (0 where unknown) only say where it sorts.

    Sorts by time, `present` last, a year before its months.
    """

    year: int
    month: int = 0
    day: int = 0
    season: Season = ""
    sense: Sense = ""
    other: Date | None = None
    end: Date | None = None
    text: Text | None = None
    PRESENT: ClassVar[Date]

    @classmethod
    def parse(cls, text: str) -> Date:
        """Read `present`, an ISO 8601 date, whole or cut after year or month, or words.

        Words are those of any language that cvtex knows: "Fall 2023", "seit 2019".
        Raises `ValueError` for what is no date.
        """
        text = text.strip()
        match = _ISO.fullmatch(text)
        if match is None:
            if text.lower() == "present":
                return cls.PRESENT
            from cvtex import datewords

            return _dated(datewords.parse(text))
        month, day = (int(part) if part else None for part in match.groups()[1:])
        return cls.checked(int(match[1]), month, day)

    @classmethod
    def checked(cls, year: int, month: int | None = None, day: int | None = None) -> Date:
        """Return a date that is in the calendar; raises `ValueError` if it is not."""
        if not year:
            raise ValueError("there is no year 0000")
        if month is None:
            return cls(year)
        if not 1 <= month <= 12:
            raise ValueError(f"there is no month {month:02}")
        if day is None:
            return cls(year, month)
        import datetime

        try:
            datetime.date(year, month, day)
        except ValueError:
            raise ValueError(f"there is no day {day:02} in {year:04}-{month:02}") from None
        return cls(year, month, day)

    @classmethod
    def worded(cls, text: Text, sort: Date | None = None) -> Date:
        """Return a date in one's own words; without `sort` a year in them says where it sorts."""
        if sort is None:
            found = re.search(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text)
            sort = cls(int(found[0]) if found else 0)
        return cls(sort.year, sort.month, sort.day, sort.season, text=text)

    @property
    def is_present(self) -> bool:
        """Tell whether this is no date but "until now"."""
        return self.year == 9999 and self.month == 99

    @property
    def moment(self) -> tuple[int, int, int]:
        """Year, month and day by which it sorts, 0 for what is not known."""
        quarter = int(self.season[1]) * 3 - 2 if self.season.startswith("q") else 0
        return self.year, self.month or quarter or _BEGINS.get(self.season, 0), self.day

    @property
    def earliest(self) -> tuple[int, int, int]:
        """The first day that it may mean. A season is no more exact than its year."""
        year, month, day = (self.year, 0, 0) if self.season in _BEGINS else self.moment
        return year, month or 1, day or 1

    @property
    def latest(self) -> tuple[int, int, int]:
        """The last day that it may mean."""
        for later in (self.end, self.other):
            if later:
                return later.latest
        if self.season.startswith("q"):
            return self.year, int(self.season[1]) * 3, 31
        return self.year, self.month or 12, self.day or 31

    @property
    def edtf(self) -> str:
        """The date by EDTF (ISO 8601-2), as biblatex reads it: a season is a month from 21 on."""
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        said = "-".join(parts[: 1 + bool(self.month) + bool(self.day)])
        if self.season:
            code = _CODES.get(self.season) or 32 + int(self.season[1])
            said = f"{self.year:04}-{code}"
        return said + "~" * (self.sense == "about")

    def __lt__(self, other: Date) -> bool:
        return (self.moment, str(self)) < (other.moment, str(other))

    def __str__(self) -> str:
        """Return it as it can be typed: what `parse` reads as the same date (but for `text`)."""
        if self.is_present:
            return "present"
        if self.text is not None:
            return str(self.text)
        said = self.edtf.rstrip("~")
        if self.season:
            said = f"{self.season.capitalize()} {self.year:04}"
        if self.sense:
            said = f"{self.sense} {said}"
        if self.other:
            said += f" or {self.other}"
        return f"{said}/{self.end}" if self.end else said


Date.PRESENT = Date(9999, 99, 99)


def _dated(said: Said) -> Date:
    if said.point == "present":
        return Date.PRESENT
    point = Date.parse(said.point)
    date = Date(
        point.year,
        point.month,
        point.day,
        cast(Season, said.season),
        cast(Sense, said.sense),
        _dated(said.other) if said.other else None,
        _dated(said.end) if said.end else None,
    )
    end = date.end
    if end and not end.is_present and end.latest < date.earliest:
        raise ValueError(f"{end} is before {said.point}")
    return date
