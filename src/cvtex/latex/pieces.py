"""The pieces that entries are made of: values, dates, places, contacts as LaTeX.

Every theme has them as its own methods, and may set one of them otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from pylatex import NoEscape
from pylatex.base_classes import Environment, LatexObject

from cvtex import dateforms, model
from cvtex.contacts import account, kind_of, mail_link, shown, telephone
from cvtex.latex import text
from cvtex.latex.fonts import Fallback
from cvtex.latex.markup import Listing
from cvtex.latex.measures import Density, FontSize
from cvtex.model import Date, Place, Prose, Text, Words
from cvtex.records import dataclass

Engine = Literal["pdflatex", "xelatex", "lualatex"]
ENGINES: tuple[Engine, ...] = ("pdflatex", "xelatex", "lualatex")

Latex: TypeAlias = "LatexObject | NoEscape | Sequence[Latex]"
"""What a theme's method returns; a list is set piece by piece, each on a line."""


class Block(Environment):  # type: ignore[misc]
    """An environment whose begin, contents and end stand on lines of their own."""

    content_separator = "\n"


class CvRecord(Block):
    r"""`\begin{cvrecord} … \end{cvrecord}` around a record, and within it around each role:
    a short one is not divided by a page's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a theme is set with besides its options."""

    engine: Engine
    words: Words
    fallbacks: tuple[Fallback, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options that every theme has, under `meta.themes.<name>`; a theme adds its own.

    The docstring below a field is what editors and `cvtex themes show` say of the option.
    """

    paper: Literal["a4", "letter"] = "a4"
    """The size of the page."""
    dates: Literal["months", "full", "numbers", "years"] = "months"
    """How dates read: Apr 2020 (also where the data have a day), with the day where they have
    one (full), 04/2020 as the language has it, or 2020."""
    date_separator: Text = Text("–")
    """What stands between the ends of a range of dates."""
    addresses: bool = False
    """Whether the addresses of projects, employers and such are printed behind their names."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet, and those below it; an item of a numbered list has its `number`."""

    text: NoEscape
    bullets: tuple[Bullet, ...] = ()
    number: NoEscape | None = None


class TextList(NoEscape):  # type: ignore[misc]
    """A list among the paragraphs of a text: its LaTeX, for a theme that sets paragraphs alone,
    and its `bullets`, for one that sets them in its own way."""

    bullets: tuple[Bullet, ...]

    def __new__(cls, tex: str, bullets: tuple[Bullet, ...]) -> TextList:
        instance: TextList = super().__new__(cls, tex)
        instance.bullets = bullets
        return instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A way to reach the person. `kind` is `phone`, `email`, `web` or a network's name
    in ASCII letters and digits, lower case (`stackoverflow`), for a theme that draws icons."""

    kind: str
    text: NoEscape
    url: str | None = None


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
        return (NoEscape(f"{self.word(key)}: {text.join(values)}"),) if values else ()

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
        return NoEscape(f"{self.word(key)}: {', '.join(pieces)}")

    def place(self, place: Place | None) -> NoEscape | None:
        """Return a place as one line."""
        if place is None:
            return None
        parts = place.line if isinstance(place, model.Location) else (place,)
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


def dumps(latex: Latex) -> NoEscape:
    """Return a theme's LaTeX as a string, each piece of a list on lines of its own."""
    if isinstance(latex, LatexObject):
        return NoEscape(latex.dumps())
    if isinstance(latex, str):
        return NoEscape(latex)
    pieces = (dumps(piece) for piece in latex)
    return NoEscape("\n".join(piece.rstrip("\n") for piece in pieces if piece.strip()))


def dense(density: str | None, compact: bool) -> list[Latex]:
    r"""Return the command that sets a density (`\cvdensity{40}` of `cvpages.sty`), if one is asked
    for; what is compact has that of half the way."""
    number = density or (Density.COMPACT if compact else "0")
    return [NoEscape(rf"\cvdensity{{{number}}}")] if number != "0" else []


def sized(size: FontSize) -> list[Latex]:
    """Return the lines of the preamble for a size that no class has; none for one that it has."""
    if size == size.of_class:
        return []
    return [NoEscape(r"\usepackage{cvpages}"), NoEscape(rf"\cvfontsize{{{size}}}")]


def comma(*pieces: NoEscape | None) -> NoEscape | None:
    """Return what there is of pieces, parted by commas; None if there is nothing."""
    return NoEscape(", ".join(piece for piece in pieces if piece)) or None
