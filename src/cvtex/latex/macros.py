"""The macros and environments of `cvbase.sty`, each named after it."""

from __future__ import annotations

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex.latex.pieces import Block

NOTHING = NoEscape("")


class CvHead(Block):
    r"""`\begin{cvhead}[photo.jpg] … \end{cvhead}`."""


class CvName(CommandBase):  # type: ignore[misc]
    r"""`\cvname{name}`."""


class CvOwner(CommandBase):  # type: ignore[misc]
    r"""`\cvowner{name}`, for the feet or heads of pages."""


class CvLabel(CommandBase):  # type: ignore[misc]
    r"""`\cvlabel{label}`."""


class CvContacts(Block):
    r"""`\begin{cvcontacts} … \end{cvcontacts}` around the contacts, a line or two of them."""


class CvContact(CommandBase):  # type: ignore[misc]
    r"""`\cvcontact{text}`."""


class CvSection(CommandBase):  # type: ignore[misc]
    r"""`\cvsection{title}`."""


class CvEntry(CommandBase):  # type: ignore[misc]
    r"""`\cventry{head}{dates}{whose}{place}{detail}`: a post, a degree, a project."""


class CvRole(CommandBase):  # type: ignore[misc]
    r"""`\cvrole{position}{dates}{place}{detail}`: one of several posts under an entry."""


class CvLine(CommandBase):  # type: ignore[misc]
    r"""`\cvline{label}{text}`."""


class CvGroup(CommandBase):  # type: ignore[misc]
    r"""`\cvgroup{title}`: of some of a section's publications."""


class CvRemark(CommandBase):  # type: ignore[misc]
    r"""`\cvremark{line}`: said of all publications of a section."""


class CvText(CommandBase):  # type: ignore[misc]
    r"""`\cvtext{paragraph}`."""


class CvKeywords(CommandBase):  # type: ignore[misc]
    r"""`\cvkeywords{word}{values}`: a line of keywords or courses under an entry."""


class CvStack(CommandBase):  # type: ignore[misc]
    r"""`\cvstack{project}{keywords}`: what a project is made with, beside its name."""


class CvBeside(CommandBase):  # type: ignore[misc]
    r"""`\cvbeside{role}`: somebody's part in a project, beside its name."""


class CvEmployer(CommandBase):  # type: ignore[misc]
    r"""`\cvemployer{name}{dates}{place}`: at the head of several roles."""


class CvShort(Block):
    r"""`\begin{cvshort} … \end{cvshort}` around an entry whose head is one row."""


class CvRow(CommandBase):  # type: ignore[misc]
    r"""`\cvrow{text}{dates}`: a talk, an award."""


class CvTwoLines(CommandBase):  # type: ignore[misc]
    r"""`\cvtwolines{line}{dates}{second line}`: the head of a post, a degree, a project."""


class CvOneLine(CommandBase):  # type: ignore[misc]
    r"""`\cvoneline{line}{dates}`: the head of one of several posts under an entry."""


class CvInline(Block):
    r"""`\begin{cvinline} … \end{cvinline}` around records that follow one another in a line."""


class CvInlineItem(CommandBase):  # type: ignore[misc]
    r"""`\cvinlineitem{language}{fluency}`: one of them."""


class CvKeep(CommandBase):  # type: ignore[misc]
    r"""`\cvkeep`: the next bullet, the last, does not stand alone on a page."""


class CvBullets(Block):
    r"""`\begin{cvbullets}[widest number] \item … \end{cvbullets}`."""


def styled(macro: str, piece: NoEscape | None) -> NoEscape | None:
    """Return a piece as the argument of a macro; None if there is none."""
    return NoEscape(rf"\{macro}{{{piece}}}") if piece else None


def given(*pieces: NoEscape | None) -> list[NoEscape]:
    """Return the arguments of a macro, empty where nothing is given."""
    return [piece or NOTHING for piece in pieces]
