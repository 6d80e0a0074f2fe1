"""classic: a plain one-column CV on LaTeX's article, the default.

The name as it is written, one line of contacts, section titles with a rule. An entry says whose
it is and where, then the position or degree; at the right stand the dates alone. It needs
nothing beyond a base TeX, and all that one sees is in the PDF's text layer in reading order.
"""

from __future__ import annotations

from typing import Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import latex, model
from cvtex.latex import (
    Colour,
    Contact,
    CvContacts,
    CvHead,
    CvLabel,
    CvName,
    Entry,
    FontSize,
    Latex,
    Length,
    TypefaceName,
    dataclass,
    given,
    styled,
)


class CvPlace(CommandBase):
    r"""`\cvplace{place}`."""


class CvContact(CommandBase):
    r"""`\cvcontact[kind]{text}`; the kind chooses the icon."""


class CvEntry(CommandBase):
    r"""`\cventry{title}{subtitle}{dates}{detail}{place}`."""


class CvRole(CommandBase):
    r"""`\cvrole{position}{dates}{detail}{place}`: one of several posts under an entry."""


class CvPost(CommandBase):
    r"""`\cvpost{position}{team}`: what somebody is at an employer or a school, below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassicOptions(latex.ArticleOptions):
    """The theme's options, under `meta.themes.classic`.

    `layout: linear` has dates and places after a bar; without icons it is as good for
    machines as the theme linear.
    """

    layout: Literal["split", "linear"] = "split"
    """Whether dates and places stand at the right (split), or in an entry's lines (linear)."""
    font: TypefaceName = "lmodern"
    font_size: FontSize = FontSize("10.5pt")
    margin: Length = Length("18mm")
    """How wide the margins at the top and the foot are; those beside the text are 5mm wider."""
    accent: Colour = Colour("000000")
    lead: Literal["position", "employer"] = "employer"
    position: Literal["below", "beside"] = "below"
    """Where a position stands: in the line below its employer, or beside it in bold, with the
    team and the place in the line below."""
    keywords: Literal["line", "bullet"] = "line"
    """Whether keywords of an entry are a line below its bullets, or the last bullet."""
    icons: bool = True
    """Whether contacts have icons."""


BLACK = ClassicOptions().accent
LINK_COLOUR = Colour("1F4E79")
"""Of links that are coloured where nothing else is."""


class Theme(latex.ArticleTheme):
    summary = "one plain column: Employer | Place, the position below, dates right"
    style = "cvclassic"
    beside_text = "5mm"
    weights = ()
    rows = ""
    requires = ("pict2e.sty",)
    shared = ("cvpages.sty", "cvbase.sty", "cvicons.sty")
    Options = ClassicOptions
    options: ClassicOptions

    def reads_by_line(self) -> bool:
        options = self.options
        return options.layout == "linear" and not (options.icons or options.justified)

    def places(self) -> frozenset[latex.Piece]:
        own, options = super().places(), self.options
        # a theme that is built on this one may have other options
        as_bullet = isinstance(options, ClassicOptions) and options.keywords == "bullet"
        return own - {"keywords"} if as_bullet else own

    def switches(self) -> dict[str, bool]:
        return {
            "cvicons": self.options.icons,
            "cvlinear": self.options.layout == "linear",
            **super().switches(),
        }

    def preamble(self) -> Latex:
        lines = [super().preamble()]
        if self.options.links == "coloured" and self.options.accent == BLACK:
            lines.append(NoEscape(rf"\definecolor{{links}}{{HTML}}{{{LINK_COLOUR}}}"))
            lines.append(NoEscape(r"\hypersetup{allcolors=links}"))
        return lines

    def basics(self, basics: model.Basics) -> Latex:
        head: list[Latex] = [CvName([latex.literal(basics.name)])]
        place = self.place(basics.location)
        if basics.label:
            head.append(CvLabel([latex.literal(basics.label)]))
        if place:
            head.append(CvPlace([place]))
        if contacts := self.contacts(basics):
            head.append(CvContacts(data=[self._contact(contact) for contact in contacts]))
        summary = self.texts(self.paragraphs(basics.summary))
        return [*self.owner(basics), CvHead(data=head, options=self.photo(basics)), *summary]

    def _contact(self, contact: Contact) -> Latex:
        return CvContact([self.link(contact)], options=contact.kind if self.options.icons else None)

    def head(self, entry: Entry) -> Latex:
        if self.is_row(entry):
            return super().head(entry)
        head, whose = self.led(entry)
        detail, place = entry.detail, entry.place
        if entry.kind in latex.POSTS and self._below():
            post = NoEscape(CvPost(given(whose, detail)).dumps()) if whose or detail else None
            if not head:
                return CvEntry(given(place, None, entry.dates, post, None))
            where = styled("cvwhere", place) or ""
            return CvEntry(given(NoEscape(head + where), None, entry.dates, post, None))
        if head and entry.kind not in latex.POSTS:  # their second piece is bold, too
            whose = styled("textmd", whose)
        if entry.kind == "projects" and not place:  # a role is as short as a place
            detail, place = None, detail
        if entry.kind == "education":  # a degree is as long as a line: it stands under the school
            whose, detail = None, latex.barred(whose, detail)
        return CvEntry(given(head, whose, entry.dates, detail, place))

    def _below(self) -> bool:
        return getattr(self.options, "position", "below") == "below"

    def role(self, role: Entry) -> Latex:
        beside = latex.comma(role.detail, role.place) if role.subtitle else role.place
        return CvRole(
            given(role.subtitle, role.dates, None if role.subtitle else role.detail, beside)
        )
