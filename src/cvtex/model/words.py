"""What a language calls things."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.records import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a language calls things; one data file a language (`cvtex/languages/`).

    `code` is the BCP 47 tag for the PDF, `babel` the name babel knows. `months`
    are twelve short names, `day_months` those beside a day, `long_months` the whole ones beside
    a day, `since_months` and `until_months` those after these words; `dates` has the patterns
    `year`, `month`, `day` and `longDay`, `numericMonth` and `numericDay` for months by number,
    with `{year}`, `{month}`, `{day}`, and those of what else is said of a date (`season`,
    `expected`, …).
    `sections` has a title a section name.
    `degree` is what stands before, between and after study type and area.
    `words` has the rest: `present`, `keywords`, `courses`, `score`, …; `publications` those
    of citations: `in`, `eds`, `vol`, `phdthesis`, …
    """

    code: str
    babel: str
    months: tuple[str, ...]
    long_months: tuple[str, ...] = ()
    day_months: tuple[str, ...] = ()
    since_months: tuple[str, ...] = ()
    until_months: tuple[str, ...] = ()
    dates: Mapping[str, str]
    sections: Mapping[str, str]
    degree: tuple[str, str, str]
    words: Mapping[str, str]
    publications: Mapping[str, str] = field(default_factory=dict)

    def day(self, number: int) -> str:
        """Return a day beside a month's name: the first is `1er` in French."""
        return self.dates.get("firstDay", "1") if number == 1 else str(number)

    @property
    def colon(self) -> str:
        """What stands between a label and its text: `: `, French ` : `, Chinese `：`."""
        return re.split(r"\{label\}|\{text\}", self.words.get("labelled", "{label}: {text}"))[1]

    @property
    def comma(self) -> str:
        """What stands between keywords: `, `, Japanese `、`."""
        return re.split(r"\{first\}|\{second\}", self.words.get("listed", "{first}, {second}"))[1]
