"""bold: a large name, light and heavy, with titles and positions in one colour.

The look is that of the class awesome-cv, with colours dark enough to be read; every line of
LaTeX here is ours.
"""

from __future__ import annotations

import re
from typing import Literal

from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Colour,
    Contact,
    CvContacts,
    CvHead,
    CvLabel,
    Entry,
    FontSize,
    Latex,
    Length,
    TypefaceName,
    dataclass,
    literal,
)


class CvName(CommandBase):
    r"""`\cvname{first}{last}`."""


class CvContact(CommandBase):
    r"""`\cvcontact[kind]{text}`; the kind chooses the icon."""


COLOURS = {
    "emerald": "00785F",
    "skyblue": "0271A8",
    "red": "C4301F",
    "indigo": "3949AB",
    "black": "2B2B2B",
}
"""Colours of the name's class, dark enough: each at least 4.5 to 1 on white."""


SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|VI{0,3}|Ph\.? ?D|Dr|M\.?D|M\.?A|M\.?Sc|B\.?Sc|MBA|Esq)\.?")
"""What may stand after a surname."""
PARTICLES = frozenset({"Al", "Ben", "Bin", "El", "Ibn", "La", "Le", "Mac", "Ní", "St.", "Ó"})
"""What begins a surname, beside words in small letters such as `van der`."""


def parted(name: str) -> tuple[str, str]:
    """Return a name in two: what stands before the surname, and the surname with its particles
    and what follows it. Of several surnames it is the last."""
    words = name.split(" ")
    place = len(words) - 1
    while place > 1 and SUFFIX.fullmatch(words[place]):
        place -= 1
    while place > 1 and (words[place - 1] in PARTICLES or words[place - 1].islower()):
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])


@dataclass(frozen=True, slots=True, kw_only=True)
class BoldOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.bold`."""

    font: TypefaceName = "source-sans"
    font_size: FontSize = FontSize("10.5pt")
    margin: Length = Length("17mm")
    colour: Literal["emerald", "skyblue", "red", "indigo", "black"] = "red"
    """The colour of titles and positions."""
    accent: Colour | None = None  # type: ignore[assignment]
    """A colour of your own in place of it: 1F3A5F."""
    capitals: bool = False
    icons: bool = True
    """Whether contacts have icons."""


class Theme(latex.ArticleTheme):
    summary = "a large name, light and heavy; titles and positions in one colour"
    style = "cvbold"
    beside_text = "14.5mm"
    requires = ("pict2e.sty",)
    weights = ("l",)
    employers = True
    together = 6
    divides = True
    rows = "textbf"
    shared = ("cvpages.sty", "cvbase.sty", "cvheads.sty", "cvicons.sty")
    Options = BoldOptions
    options: BoldOptions

    def accent(self) -> str:
        return self.options.accent or COLOURS[self.options.colour]

    def switches(self) -> dict[str, bool]:
        weights = [weight for family in self.fonts() for weight, _, _ in family.weights]
        return {
            "cvicons": self.options.icons,
            "cvlight": "l" in weights,
            **super().switches(),
        }

    def places(self) -> frozenset[latex.Piece]:
        return frozenset({"keywords", "courses", "score"})

    def basics(self, basics: model.Basics) -> Latex:
        first, last = ("", basics.name) if basics.name.tex else parted(basics.name)
        head: list[Latex] = [CvName([literal(first), literal(last)])]
        if basics.label:
            head.append(CvLabel([literal(basics.label)]))
        contacts = list(self.contacts(basics))
        if place := self.place(basics.location):
            contacts.insert(0, Contact(kind="place", text=place))
        if contacts:
            head.append(CvContacts(data=[self._contact(contact) for contact in contacts]))
        summary = self.texts(self.paragraphs(basics.summary))
        return [*self.owner(basics), CvHead(data=head, options=self.photo(basics)), *summary]

    def _contact(self, contact: Contact) -> Latex:
        return CvContact([self.link(contact)], options=contact.kind if self.options.icons else None)

    def entry(self, entry: Entry) -> Latex:
        return super().entry(self.divisible(self.with_role_beside(entry)))
