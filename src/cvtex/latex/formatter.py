"""Setting values: texts, links, dates, places, contacts as LaTeX.

Every theme has these as its own methods, and may set one of them otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from pylatex import NoEscape

from cvtex import countries, dateforms, model
from cvtex.contacts import account, kind_of, mail_link, shown, telephone
from cvtex.latex import text
from cvtex.latex.markup import Listing
from cvtex.latex.pieces import Bullet, Contact, Latex, Options, Setting, TextList
from cvtex.model import Date, Place, Prose, Text

_CODE = 2
"""Letters of a country's code (ISO 3166-1 alpha-2)."""


class Formatter:
    """What a theme's methods set records with."""

    options: Options
    setting: Setting

    def word(self, key: str) -> NoEscape:
        """Return one of the language's words as LaTeX (`present`, `keywords`, …)."""
        return text.literal(self.setting.words.words[key])

    def hyphenation(self) -> list[Latex]:
        """Return the lines for the preamble that load the language's rules of dividing words.

        Where TeX has no patterns of the language, or the language no name, words stay whole.
        """
        name = self.setting.words.babel
        if not name:
            return [NoEscape(r"\AtBeginDocument{\language\csname l@nohyphenation\endcsname}")]
        return [NoEscape(r"\usepackage{babel}"), NoEscape(rf"\babelprovide[import,main]{{{name}}}")]

    def text(self, value: str | None) -> NoEscape | None:
        """Return a literal value as LaTeX, None for None."""
        return text.literal(value) if value else None

    def linked(self, value: Text | None, url: model.Url | None) -> NoEscape | None:
        """Return a literal value that links to an address; without a value the address.

        With the option `addresses` the address follows the value, after a bar.
        """
        if url is None:
            return self.text(value)
        link = text.href(url, text.literal(value or url.shown))
        if not (value and self.options.addresses) or url.shown == value:
            return link
        address = text.href(url, text.literal(url.shown))
        return NoEscape(rf"{link}\cvbetween\cvmark{{P}}\textmd{{{address}}}")

    def with_note(self, value: Text | None, remark: Text | None) -> NoEscape | None:
        """Return "value (remark)", or the one that is there."""
        if value and remark:
            return NoEscape(f"{text.literal(value)} ({text.literal(remark)})")
        return self.text(value or remark)

    def labelled(self, key: str, values: Sequence[Text]) -> tuple[NoEscape, ...]:
        """Return "Label: a, b" with one of the language's words, nothing for nothing."""
        return (self.with_word(key, [text.literal(value) for value in values]),) if values else ()

    def roles(self, project: model.Project) -> list[NoEscape]:
        """Return a project's type and roles."""
        values = [*([project.type] if project.type else []), *project.roles]
        return [text.literal(value) for value in values]

    def degree(self, education: model.Education) -> NoEscape | None:
        """Return "Master of Science in Physics" by the language's pattern, or the part there is."""
        if education.study_type and education.area:
            before, between, after = self.setting.words.degree
            return NoEscape(
                text.literal(before) + text.literal(education.study_type) + text.literal(between)
                + text.literal(education.area) + text.literal(after)
            )  # fmt: skip
        return self.text(education.study_type or education.area)

    def paragraphs(self, *values: Prose | None, soft: str = "") -> tuple[NoEscape, ...]:
        """Return prose as paragraphs; a list among them is a `TextList`.

        `soft` is what a line's end in a paragraph is; "" makes it a break.
        """
        return tuple(
            self._list(block) if isinstance(block, Listing) else block
            for value in values
            if value
            for block in text.blocks(value, soft)
        )

    def _list(self, listing: Listing) -> TextList:
        bullets = _bullets(listing)
        return TextList(self.listing(bullets), bullets)

    def listing(self, bullets: Sequence[Bullet]) -> NoEscape:
        """Return a list that stands among the paragraphs of a text, as LaTeX."""
        lines = []
        for bullet in bullets:
            sign = f"[{bullet.number}.]" if bullet.number else ""
            below = f"\n{self.listing(bullet.bullets)}" if bullet.bullets else ""
            lines.append(rf"\item{sign} {bullet.text}{below}")
        return NoEscape("\n".join((r"\begin{itemize}", *lines, r"\end{itemize}")))

    def bullets(self, highlights: Sequence[model.Highlight]) -> tuple[Bullet, ...]:
        """Return highlights as bullets, nested as they are."""
        return tuple(Bullet(text.prose(h.text), self.bullets(h.highlights)) for h in highlights)

    def pieces(self, values: Sequence[Text]) -> tuple[NoEscape, ...]:
        """Return literal values one by one."""
        return tuple(text.literal(value) for value in values)

    def with_word(self, key: str, pieces: Sequence[NoEscape]) -> NoEscape:
        """Return pieces in a row after one of the language's words: "Courses: Optics"."""
        colon = text.join(("", ""), self.setting.words.colon)
        return NoEscape(f"{self.word(key)}{colon}{self.listed(pieces)}")

    def listed(self, pieces: Sequence[NoEscape]) -> NoEscape:
        """Return pieces in a row, parted as the language parts keywords."""
        return NoEscape(text.join(("", ""), self.setting.words.comma).join(pieces))

    def place(self, place: Place | None) -> NoEscape | None:
        """Return a place as one line, with the country's name in the CV's language."""
        if place is None:
            return None
        language = self.setting.words.code
        parts = (place,) if isinstance(place, str) else countries.line(place, language)
        if len(parts) > 1 and len(parts[-1]) == _CODE:  # a country's code stands with its city
            return NoEscape(rf"{text.join(parts[:-1])},~{text.literal(parts[-1])}")
        return text.join(parts) if parts else None

    def contacts(self, basics: model.Basics) -> tuple[Contact, ...]:
        """Return the ways to reach the person, in reading order: phone, mail, profiles, web."""
        contacts = []
        if basics.phone:
            number = telephone(basics.phone)
            contacts.append(Contact(kind="phone", text=text.literal(basics.phone), url=number))
        if basics.email:
            mail = text.literal(basics.email)
            contacts.append(Contact(kind="email", text=mail, url=mail_link(basics.email)))
        for profile in basics.profiles:
            kind, url = kind_of(profile.network), account(profile)
            contacts.append(Contact(kind=kind, text=text.literal(shown(profile)), url=url))
        if basics.url:
            site = text.literal(basics.url.shown)
            contacts.append(Contact(kind="web", text=site, url=basics.url))
        return tuple(contacts)

    def reference_contacts(self, reference: model.Reference) -> list[NoEscape]:
        """Return how somebody who gives a reference is reached, each with its link."""
        mail, phone = reference.email, reference.phone
        ways = ((mail, mail and mail_link(mail)), (phone, phone and telephone(phone)))
        linked = [(text.literal(shown), link) for shown, link in ways if shown]
        return [text.href(link, shown) if link else shown for shown, link in linked]

    def date(self, date: Date) -> str:
        """Return a date in the language's form, as the option `dates` has it."""
        options = self.options
        return dateforms.shown(date, self.setting.words, options.dates, options.date_separator)

    def span(self, positions: Sequence[model.Position]) -> NoEscape | None:
        """Return the dates from the first day of several positions to the last, or None."""
        spans = [dateforms.bounds(p.start_date, p.end_date) for p in positions if p.start_date]
        if len(spans) < 2 or len(spans) < len(positions) or None in spans:
            return None
        starts, ends = zip(*filter(None, spans), strict=True)
        return self.dates(min(starts), max(ends))

    def dates(self, start: Date | None, end: Date | None) -> NoEscape | None:
        """Return a date or range as one piece; an open start runs until now.

        It is unbreakable, but for a range of ends that are long ("Summer 2025 – expected
        May 2027"), which may break between them, and for dates in the person's own words.
        A range whose ends read alike ("2020" and "2020") is one date.
        """
        ends = dateforms.ends(start, end)
        if not ends:
            return None
        separator = self.options.date_separator
        if any(end.text is not None for end in ends):  # which may be tagged `!tex`
            shown = [self.date(end) if end.text is None else end.text for end in ends]
            return text.join(shown, f" {separator} ")
        said = [self.date(end) for end in ends]
        whole = said[0] if len(said) == 1 else dateforms.span(said[0], said[1], separator)
        if len(said) == 1 or whole == said[0] or not any(map(_is_long, ends)):
            return NoEscape(r"\mbox{" + text.literal(whole) + "}")
        pieces = (f"{said[0]} {separator}", said[1])
        return NoEscape(" ".join(r"\mbox{" + text.literal(piece) + "}" for piece in pieces))


def _is_long(date: Date) -> bool:
    return bool(date.season or date.sense or date.other or date.end)


def _bullets(listing: Listing) -> tuple[Bullet, ...]:
    """Return the items of a list in prose as bullets, numbered where they are."""
    number = listing.number
    return tuple(
        Bullet(
            text.pieces(item.pieces),
            tuple(bullet for inner in item.listings for bullet in _bullets(inner)),
            None if number is None else NoEscape(number + count),
        )
        for count, item in enumerate(listing.items)
    )
