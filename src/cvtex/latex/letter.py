r"""A letter as LaTeX: its pieces apart, and how a theme sets them that has no way of its own.

`shared/cvletter.tex` has the macros. They are read in the document's body, so that a letter
has the preamble of its CV, which is precompiled already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pylatex import NoEscape
from pylatex.base_classes import CommandBase

from cvtex import dateforms, model
from cvtex.contacts import mail_link
from cvtex.diagnostics import Source
from cvtex.latex import text
from cvtex.latex.formatter import Formatter
from cvtex.latex.marks import mark
from cvtex.latex.pieces import Block, Latex, dumps
from cvtex.model import Email, Letter, Text, Words
from cvtex.records import dataclass

FILE = "cvletter.tex"
"""The file of `shared/` that every letter reads."""
ORGANIZATION_FIRST = ("de",)
"""The languages in which an address begins with the organisation (DIN 5008)."""


class CvLetter(Block):
    r"""`\begin{cvletter}{form} … \end{cvletter}`: a letter, on pages of its own."""


class CvLetterHead(Block):
    r"""`\begin{cvletterhead} … \end{cvletterhead}` around the head of the CV."""


class CvRecipient(Block):
    r"""`\begin{cvrecipient} … \end{cvrecipient}` around the lines of the address."""


class CvLetterLine(CommandBase):  # type: ignore[misc]
    r"""`\cvletterline{text}`: a line of an address."""


class CvLetterDate(CommandBase):  # type: ignore[misc]
    r"""`\cvletterdate{place and date}`."""


class CvSubject(CommandBase):  # type: ignore[misc]
    r"""`\cvsubject{subject}`."""


class CvOpening(CommandBase):  # type: ignore[misc]
    r"""`\cvopening{text}`."""


class CvClosing(CommandBase):  # type: ignore[misc]
    r"""`\cvclosing[signature]{text}{name}`."""


class CvAfter(CommandBase):  # type: ignore[misc]
    r"""`\cvafter{word}{text}`: enclosures, or what is added after the signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPieces:
    """A letter, every piece apart; what is absent is None or empty.

    `form` is `window` where the address stands so that the window of an envelope shows it
    (DIN 5008, form B), `block` in America. `date` has the place, `subject` what stands before
    it in the language. `body` are paragraphs, of which a list is a `TextList`. `signature` is
    the file of a picture. `typed` is the letter itself, for the places of its pieces.
    """

    form: Literal["window", "block"]
    recipient: tuple[NoEscape, ...]
    date: NoEscape | None
    subject: NoEscape | None
    opening: NoEscape | None
    body: tuple[NoEscape, ...]
    closing: NoEscape | None
    name: NoEscape
    signature: NoEscape | None
    enclosures: NoEscape | None
    postscript: tuple[NoEscape, ...]
    typed: Letter

    def marked(self, source: Source, latex: Latex) -> NoEscape:
        """Return LaTeX between marks of the place that it came from."""
        return mark(source, dumps(latex))

    def page(self, parts: Sequence[Latex]) -> Latex:
        """Return a letter's parts on pages of their own, with the margins of its form."""
        return CvLetter(data=list(parts), arguments=self.form)

    def flowing(self, paragraphs: Sequence[NoEscape]) -> NoEscape:
        """Return paragraphs, and the lists among them, each with a blank line below it."""
        return NoEscape("\n\n".join([*(p.strip("\n") for p in paragraphs), ""]))

    def text(self) -> Latex:
        """Return the text of the letter, set as one."""
        return [NoEscape(r"\cvlettertext"), self.flowing(self.body)]

    def added(self, word: NoEscape, paragraphs: Sequence[NoEscape]) -> list[Latex]:
        """Return what is added below a letter: a word, and paragraphs."""
        first, *rest = paragraphs
        return [CvAfter([word, first]), self.flowing(rest)]


def pieces(letter: Letter, basics: model.Basics, theme: Formatter) -> LetterPieces:
    """Return the pieces of a letter in the language and on the paper of a theme."""
    words = theme.setting.words
    to = address(letter, words)
    return LetterPieces(
        form="block" if theme.options.paper == "letter" else "window",
        recipient=tuple(_line(line) for line in to),
        date=theme.text(dated(letter, words)),
        subject=theme.text(subject(letter, words)),
        opening=theme.text(letter.opening),
        body=theme.paragraphs(letter.body, soft=" "),
        closing=theme.text(letter.closing),
        name=text.literal(basics.name),
        signature=theme.text(letter.signature),
        enclosures=text.join(letter.enclosures) if letter.enclosures else None,
        postscript=theme.paragraphs(letter.ps, soft=" "),
        typed=letter,
    )


def address(letter: Letter, words: Words) -> tuple[Text | Email, ...]:
    """Return whom a letter is to as lines, in the order of its language."""
    to = letter.to
    if to is None:
        return ()
    person = [part for part in (to.name, to.title) if part]
    body = [to.organization] if to.organization else []
    first = words.code.partition("-")[0] in ORGANIZATION_FIRST
    names = [*body, *person] if first else [*person, *body]
    return (*names, *to.address, *([to.email] if to.email else []))


def dated(letter: Letter, words: Words) -> Text | None:
    """Return the place and the date of a letter as one line, the month in letters."""
    said = dateforms.written_out(letter.date, words) if letter.date else ""
    if not (letter.place and said):
        return letter.place or (Text(said) if said else None)
    pattern = words.words["placeAndDate"]
    line = pattern.replace("{date}", said).replace("{place}", str(letter.place))
    return Text(line, letter.place.source)


def subject(letter: Letter, words: Words) -> Text | None:
    """Return the subject with what a language writes before it (Re:, Objet :)."""
    if letter.subject is None or letter.subject.tex:
        return letter.subject
    said = words.words["subject"].replace("{subject}", str(letter.subject))
    return Text(said, letter.subject.source)


def _line(line: Text) -> NoEscape:
    shown = text.literal(line)
    link = mail_link(line) if isinstance(line, Email) else None
    return text.href(link, shown) if link else shown


def standard(head: Latex, letter: LetterPieces, theme: Formatter) -> Latex:
    """Return a letter by the macros of `cvletter.tex`, under a head that is set already."""
    typed = letter.typed
    parts: list[Latex] = [CvLetterHead(data=[head])]
    lines: list[Latex] = [CvLetterLine([line]) for line in letter.recipient]
    recipient = CvRecipient(data=lines)
    parts.append(letter.marked(typed.to.source, recipient) if typed.to else recipient)
    single = (
        (letter.date, typed.place, CvLetterDate),
        (letter.subject, typed.subject, CvSubject),
        (letter.opening, typed.opening, CvOpening),
    )
    for said, value, command in single:
        if said:
            parts.append(letter.marked(value.source if value else typed.source, command([said])))
    parts.append(letter.marked(typed.body.source, letter.text()))
    closing = CvClosing([letter.closing or NoEscape(""), letter.name], options=letter.signature)
    parts.append(letter.marked((typed.closing or typed).source, closing))
    if letter.postscript and typed.ps:
        added = letter.added(theme.word("postscript"), letter.postscript)
        parts.append(letter.marked(typed.ps.source, added))
    if letter.enclosures:
        after = CvAfter([theme.word("enclosures"), letter.enclosures])
        parts.append(letter.marked(typed.enclosures[0].source, after))
    return letter.page(parts)


def said(letter: Letter, basics: model.Basics, words: Words) -> Iterator[Text]:
    """Yield what a letter prints, in the order in which it is read, words of its own among it."""
    yield from address(letter, words)
    for value in (dated(letter, words), subject(letter, words), letter.opening, letter.body):
        if value:
            yield value
    yield from (value for value in (letter.closing, basics.name) if value)
    if letter.ps:
        yield Text(words.words["postscript"])
        yield letter.ps
    if letter.enclosures:
        yield Text(words.words["enclosures"])
        yield from letter.enclosures
