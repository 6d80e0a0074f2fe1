"""From the marks in a PDF's content to its structure tree.

Each page's content gets marked-content sequences in place of the marks; the bytes between stay
as they are. Structure and content refer to each other by the parent tree (ISO 32000-1, 14.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cvtex.pdf import content
from cvtex.pdf.content import Event
from cvtex.pdf.showing import Word
from cvtex.pdf.structure import Annotation, Builder, Content, Element
from cvtex.records import dataclass

if TYPE_CHECKING:
    import pikepdf

BEGIN_ARTIFACT = b"/Artifact BMC "
BEGIN_PAGINATION = b"/Artifact <</Type/Pagination>> BDC "
END = b" EMC "


@dataclass(frozen=True, slots=True)
class Tagged:
    """What was read of a document: its tree, and each page's words with what they are of.

    A word that is no part of the document (a page's number) has no element.
    """

    document: Element
    pages: tuple[tuple[tuple[Word, Element | None], ...], ...]
    loose: int
    """How many links have no text that is part of the document."""
    fonts: content.Fonts


def tag(pdf: pikepdf.Pdf, pictures: Iterable[str]) -> Tagged:
    """Write structure into a PDF, and return what was read for it.

    `pictures` are what the first ones show, in their order, less those that are not there
    (""): all further ones are decoration.
    """
    shown = [picture for picture in pictures if picture]
    builder, fonts = Builder(), content.Fonts()
    parents: list[list[Element]] = []
    read: list[tuple[tuple[Word, Element | None], ...]] = []
    loose = 0
    for number, page in enumerate(pdf.pages):
        builder.page()
        data = content.content(page)
        maker = _Page(number, data, builder, page, shown)
        for event in content.read(data, fonts.of(page)):
            maker.take(event)
        page.obj.Contents = packed(pdf, maker.rewritten())
        parents.append(maker.owners)
        read.append(tuple(maker.words))
        loose += _claim_annotations(number, page, maker)
    _part(builder.document, parents)
    _write(pdf, builder.document, parents)
    return Tagged(builder.document, tuple(read), loose, fonts)


class _Page:
    """A page's content as it is rewritten: where what is put in, and whose each MCID is."""

    def __init__(
        self, number: int, data: bytes, builder: Builder, page: Any, pictures: list[str]
    ) -> None:
        self.number, self.data, self.builder = number, data, builder
        self.objects = page.obj.get("/Resources", {}).get("/XObject", {})
        self.pictures = pictures  # those that are still to come
        self.owners: list[Element] = []
        self.words: list[tuple[Word, Element | None]] = []
        self.links: dict[Element, list[Word]] = {}
        self._edits: list[tuple[int, int, bytes]] = []
        self._open: Element | None = None
        self._opened = False
        self._content = Content(0, 0)
        self._end = 0  # where the last text of what is open ended

    def take(self, event: Event) -> None:
        """Take the next event of the content."""
        if event.kind == "show":
            self._show(event)
        elif event.kind == "mark":
            self.builder.mark(event.name)
            self._edits.append((event.start, event.stop, b""))
        elif event.kind in ("end", "edge"):
            self._close()
        elif event.kind == "paint":
            self._close()
            self._around(event, BEGIN_ARTIFACT)
        elif event.kind == "image":
            self._close()
            self._image(event)

    def _show(self, event: Event) -> None:
        element = self.builder.element()
        block, link = self.builder.block, self.builder.link
        if not (self._opened and element is self._open):
            self._close()
            begin = BEGIN_PAGINATION if element is None else self._begin(element)
            self._edits.append((event.start, event.start, b" " + begin))
            self._open, self._opened = element, True
        self._end = event.stop
        words = event.words
        self.words += [(word, element) for word in words]
        if element is None or not words:
            return
        self._content.text += "".join([w.text if w.glued else f" {w.text}" for w in words])
        if block and block.tag[0] == "H" and block.place is None:
            block.place = (self.number, words[0].x, words[0].y + words[0].size)
        if link is not None:
            self.links.setdefault(link, []).extend(words)

    def _begin(self, element: Element) -> bytes:
        mcid = len(self.owners)
        self.owners.append(element)
        self._content = Content(self.number, mcid)
        element.kids.append(self._content)
        return f"/{element.tag} <</MCID {mcid}>> BDC ".encode()

    def _close(self) -> None:
        if self._opened:
            self._edits.append((self._end, self._end, END))
            self._opened = False

    def _around(self, event: Event, begin: bytes) -> None:
        self._edits.append((event.start, event.start, b" " + begin))
        self._edits.append((event.stop, event.stop, END))

    def _image(self, event: Event) -> None:
        drawn = self.objects.get(event.name) if event.name else None
        is_picture = drawn is not None and drawn.get("/Subtype") == "/Image"
        figure = self.builder.figure(self.pictures[0]) if is_picture and self.pictures else None
        if figure is None:
            self._around(event, BEGIN_ARTIFACT)
            return
        self.pictures.pop(0)
        a, b, c, d, e, f = event.matrix
        across, up = sorted((e, e + a + c)), sorted((f, f + b + d))
        figure.box = (across[0], up[0], across[1], up[1])
        self._around(event, self._begin(figure))

    def rewritten(self) -> bytes:
        """Return the content with its sequences, and without its marks."""
        self._close()
        parts, place = [], 0
        for start, stop, new in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self.data[place:start], new]
            place = stop
        parts.append(self.data[place:])
        return b"".join(parts)


def _claim_annotations(number: int, page: Any, read: _Page) -> int:
    """Give each link's annotations to the element whose words they lie over.

    One that leads to a place in the document from what is no part of it, such as the number
    of the last page in a foot, is taken away. Returns how many of the rest lie over none.
    """
    loose, remaining = 0, []
    for note in page.obj.get("/Annots", ()):
        remaining.append(note)
        if note.get("/Subtype") != "/Link":
            continue
        best, most = None, 0
        for element, words in read.links.items():
            over = sum(_lies_over(note, word) for word in words)
            if over > most:
                best, most = element, over
        if best is not None:
            best.kids.append(Annotation(number, note))
        elif leads_inside(note) and any(
            element is None and _lies_over(note, word) for word, element in read.words
        ):
            remaining.pop()
        else:
            loose += 1
    if len(remaining) < len(page.obj.get("/Annots", ())):
        page.obj.Annots = remaining
    return loose


def _lies_over(note: Any, word: Word) -> bool:
    left, low, right, high = (float(side) for side in note.Rect)
    return left - 1.5 <= (word.x + word.end) / 2 <= right + 1.5 and low - 3 <= word.y <= high


def leads_inside(note: Any) -> bool:
    """Tell whether a link leads to a place in its own document."""
    return "/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo"


def packed(pdf: pikepdf.Pdf, data: bytes) -> Any:
    """Return a compressed stream whose bytes do not end as a line does.

    What reads a stream up to the line end before `endstream` would take it for that.
    """
    import zlib

    import pikepdf

    while (small := zlib.compress(data, 6))[-1:] in (b"\r", b"\n"):
        data += b" "  # what ends them is a checksum of the data
    stream = pdf.make_stream(small)
    stream.Filter = pikepdf.Name.FlateDecode
    return stream


def _part(element: Element, parents: Sequence[list[Element]]) -> None:
    """Give text beside links and the like an element of its own, which can say its words."""
    if any(isinstance(kid, Element) for kid in element.kids):
        for place, kid in enumerate(element.kids):
            if isinstance(kid, Content) and " " in kid.text.strip():
                span = Element("Span", [kid])
                element.kids[place] = parents[kid.page][kid.mcid] = span
    for kid in element.kids:
        if isinstance(kid, Element):
            _part(kid, parents)


def _write(pdf: pikepdf.Pdf, document: Element, parents: Sequence[Sequence[Element]]) -> None:
    """Write the structure tree and the parent tree."""
    from pikepdf import Array, Dictionary, Name, String

    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    objects: dict[Element, Any] = {}
    notes: list[tuple[int, Any]] = []

    def write(element: Element, parent: Any) -> Any:
        has_text = not any(isinstance(kid, Element) for kid in element.kids)
        home = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        parts = {"/Type": Name.StructElem, "/S": Name("/" + element.tag), "/P": parent}
        if home is not None:
            parts["/Pg"] = pages[home]
        if element.alt:
            parts["/Alt"] = String(element.alt)
        if element.language:
            parts["/Lang"] = String(element.language)
        if element.box:
            box = Array(element.box)
            parts["/A"] = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
        if element.tag == "L":
            numbering = Name.Disc if "•" in _labels(element) else Name.Decimal
            parts["/A"] = Dictionary(O=Name.List, ListNumbering=numbering)
        if has_text and " " in (text := element.text()):
            # TeX's fonts have no spaces, which one who listens needs.
            parts["/ActualText"] = String(text)
        objects[element] = written = pdf.make_indirect(Dictionary(parts))
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(write(kid, written))
            elif isinstance(kid, Content):
                if kid.page == home:
                    kids.append(kid.mcid)
                else:
                    kids.append(Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.mcid))
            else:
                note = kid.object
                kids.append(Dictionary(Type=Name.OBJR, Obj=note, Pg=pages[kid.page]))
                note.StructParent = len(pages) + len(notes)
                note.F = 4
                note.Contents = String(described(element, note))
                notes.append((int(note.StructParent), written))
        written.K = kids[0] if len(kids) == 1 else Array(kids)
        return written

    root.K = write(document, root)
    numbers: list[Any] = []
    for number, owners in enumerate(parents):
        pages[number].StructParents = number
        if "/Annots" in pages[number]:
            pages[number].Tabs = Name.S
        numbers += [number, pdf.make_indirect(Array([objects[owner] for owner in owners]))]
    for key, element in notes:
        numbers += [key, element]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pages) + len(notes)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _labels(listed: Element) -> str:
    return "".join(e.text() for item in listed.kids if isinstance(item, Element)
                   for e in item.elements() if e.tag == "Lbl")  # fmt: skip


def described(link: Element, note: Any) -> str:
    """Return what a link is, for one who does not see it: its text, and where it leads."""
    address = str(note.get("/A", {}).get("/URI", ""))
    text = link.text()
    bare = address.partition(":")[2].lstrip("/") or address
    is_shown = not address or text.replace(" ", "") in (address, bare)
    return text if is_shown else f"{text} ({address})"
