"""Citations in a style of the Citation Style Language, through citeproc-py (`cvtex[csl]`).

citeproc-py is given CSL-JSON and hands back text in which private-use characters
stand for what is italic, bold, or the owner's; so nothing need be escaped before
it is set, and titles with formulas get their TeX back. Each publication is set on
its own. What citeproc-py 0.11 gets wrong is put right here where that is cheap:
`initialize="false"`, page ranges, numbers that stick to names, double stops, and
full stops outside quotation marks. The rest is why such a style is approximate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cvtex.citation import csl_text, cslstyle, people, style
from cvtex.citation.csl import csl_json
from cvtex.citation.cslstyle import NAMESPACE, CslStyle
from cvtex.citation.forms import FORMS
from cvtex.citation.line import finish
from cvtex.citation.span import Span
from cvtex.citation.style import Names
from cvtex.citation.values import TITLES
from cvtex.diagnostics import CvtexError, error
from cvtex.model import Basics, Publication, PublicationSettings, Rich, Words
from cvtex.source.bibtex import owner

OWNER, ITALIC, BOLD, UNDERLINE = ("\ue000\ue001", "\ue002\ue003", "\ue004\ue005", "\ue006\ue007")
"""What opens and closes a piece in citeproc-py's output."""

MORE = "\ue008"
"""Stands for more authors, where the last name stands."""

_MARKS = "[\ue000-\ue007]*"
_FOREIGN = dict.fromkeys(range(0xE000, 0xE009))
_AND = "and|&|und|et|y|e|en|och|og"
_RANGES = {"minimal": "minimal", "minimal-two": "two-digits"}
_TITLES = ("journaltitle", "booktitle", "maintitle", "series", "publisher")


def cite(
    publication: Publication,
    settings: PublicationSettings,
    basics: Basics,
    words: Words,
    used: CslStyle,
) -> tuple[Span, ...]:
    """Return a publication as the style sets it, the owner of the CV bold.

    How many names are shown is the style's affair, unless the settings say it or the
    style would hide the owner. The signs of marks follow the family name. CvtexError
    where citeproc-py fails.
    """
    item = _item(publication, settings, basics, used)
    owners = owner.owners(publication.authors, basics)
    most = settings.max_authors
    try:
        line = _rendered(used.text, words.code, json.dumps(item, ensure_ascii=False))
        hidden = bool(owners) and OWNER[0] not in line
        if hidden or (most and len(publication.authors) > most):
            shown = people.cut(len(publication.authors), Names(), owners, most or 1)
            more = publication.more_authors or shown[-1] < len(publication.authors) - 1
            names = []
            for before, index in zip((-1, *shown), shown, strict=False):
                gap = [{"literal": "…"}] if index > before + 1 else []
                names += [*gap, item["author"][index]]
            item["author"] = [*names, {"literal": MORE}] if more else names
            text = json.dumps(item, ensure_ascii=False)
            line = _rendered(used.text, words.code, text, uncut=True)
    except Exception as stop:  # whatever citeproc-py makes of somebody's style
        message = f"citeproc-py cannot set {publication.key} in {used.name}: {stop!r}"
        raise CvtexError([error(message, used.source, "choose another style")]) from stop
    foreign = csl_text.foreign(publication.fields, words.code)
    spans = list(_spans(line, publication, item, settings.owner, foreign))
    return finish(spans)


def _item(
    publication: Publication, settings: PublicationSettings, basics: Basics, used: CslStyle
) -> dict[str, Any]:
    """Return a publication's CSL-JSON for citeproc-py: owner, signs, protected capitals."""
    (plain,) = csl_json([publication], marked=False)
    item: dict[str, Any] = json.loads(json.dumps(plain, ensure_ascii=False).translate(_FOREIGN))
    signs = style.signs(used, settings)
    owners = owner.owners(publication.authors, basics)
    for index, author in enumerate(publication.authors):
        name = item["author"][index]
        part = "literal" if "literal" in name else "family"
        name[part] = name.get(part, "") + "".join(
            sign for mark, sign in signs.items() if mark in author.marks
        )
        if index in owners:
            item["author"][index] = {
                p: _wrapped(OWNER, value) if value else value for p, value in name.items()
            }
    if publication.more_authors and publication.authors:
        item["author"].append({"literal": MORE})
    for group in re.findall(r"\{([^{}\\$]+)\}", publication.title.tex or ""):
        word = rf"(?<!\S)[^\s<>]*{re.escape(group)}[^\s<>]*"
        protected = r'<span class="nocase">\g<0></span>'
        item["title"] = re.sub(word, protected, item["title"], count=1)
    return item


def _wrapped(pair: str, text: object) -> str:
    return f"{pair[0]}{text}{pair[1]}"


class _Marks:
    """The formatter that citeproc-py writes with: marks for what can be set, else the text."""

    preformat = staticmethod(str)
    Italic = Oblique = staticmethod(lambda text: _wrapped(ITALIC, text))
    Bold = staticmethod(lambda text: _wrapped(BOLD, text))
    Underline = staticmethod(lambda text: _wrapped(UNDERLINE, text))
    Light = Superscript = Subscript = SmallCaps = staticmethod(str)


def _initialize(self: Any, given: str, mark: str, context: Any) -> str:
    """Cut given names to initials, which `initialize="false"` forbids; keep the owner's marks."""
    from citeproc import model

    bare = given.strip(OWNER)
    if self.get("initialize", self.getroottree().getroot().get("initialize")) == "false":
        short = re.sub(r"\b(\w)\.? ?(?!\w)", lambda m: m[1] + mark, bare).strip()
    else:
        short = model.Name.initialize(self, bare, mark, context)
    return _wrapped(OWNER, short) if bare != given else short


def _format_part(self: Any, given: str | None, family: str | None) -> tuple[Any, Any]:
    """Set a part of a name as citeproc-py does, which wants a string class of its own."""
    from citeproc import model
    from citeproc.string import String

    if not (given if self.get("name") == "given" else family):
        return given, family
    found = model.Name_Part.format_part(self, String(given or ""), String(family or ""))
    return str(found[0]), str(found[1])


@lru_cache(maxsize=8)
def _processor(text: str, language: str, uncut: bool) -> tuple[Any, str]:
    """Return citeproc-py's style in a language, and the form of its page ranges.

    `uncut` it shows all names.
    """
    from citeproc import CitationStylesStyle, model
    from lxml import etree

    base = model.CitationStylesElement
    classes = {c.__name__.replace("_", "-").lower(): c for c in base.__subclasses__()}
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = base
    namespace.update(classes)
    namespace["name"] = type("Name", (model.Name,), {"initialize": _initialize})
    namespace["name-part"] = type("NamePart", (model.Name_Part,), {"format_part": _format_part})
    parser = cslstyle.parser()
    parser.set_element_class_lookup(lookup)
    found = CitationStylesStyle.__new__(CitationStylesStyle)
    found.parser, found.root = parser, etree.fromstring(text.encode(), parser)
    found.xml = found.root.getroottree()
    ranges = found.root.attrib.pop("page-range-format", "")
    for number in found.root.xpath("//*[@variable='citation-number']"):
        number.getparent().remove(number)  # numbers are the list's affair
    for element in found.root.xpath("//*[@et-al-min]") if uncut else ():
        del element.attrib["et-al-min"]
    code = {"en": "en-US"}.get(language, language)
    found.root.set_locale_list(found.root.get("default-locale", code), validate=False)
    return found, "chicago" if ranges.startswith("chicago") else _RANGES.get(ranges, "dashes")


@lru_cache(maxsize=4096)
def _rendered(text: str, language: str, item: str, uncut: bool = False) -> str:
    """Return one item as citeproc-py sets it, with marks, its punctuation in order."""
    import citeproc
    from citeproc.source.json import CiteProcJSON

    processor, ranges = _processor(text, language, uncut)
    known = {"id", "type", *(name.replace("_", "-") for name in citeproc.VARIABLES)}
    values = {name: value for name, value in json.loads(item).items() if name in known}
    if "page" in values:
        values["page"] = FORMS[ranges](Rich(values["page"])).text
    entry = citeproc.CitationItem(values["id"])
    source = CiteProcJSON([values])
    found = citeproc.CitationStylesBibliography(processor, source, _Marks)
    found.register(citeproc.Citation([entry]))
    line = "".join(str(part) for part in found.bibliography())
    if str(processor.root.get_locale_option("punctuation-in-quote")).lower() == "true":
        line = re.sub(rf"([”’])({_MARKS})([.,])", r"\3\1\2", line)
    line = re.sub(rf" (?:{_AND}) ({_MARKS}{MORE})", r" \1", line).replace(MORE, "et al.")
    line = re.sub(rf",({_MARKS}[”’]?{_MARKS})\.(?!\.)", r".\1", line)
    line = re.sub(rf"(?<!\.)([.?!…]{_MARKS}[”’]?{_MARKS})\.(?!\.)", r"\1", line)
    return re.sub(rf"([,?!]{_MARKS}),", r"\1", re.sub(r"\s+", " ", line)).strip()


def _spans(
    line: str, publication: Publication, item: Mapping[str, Any], mark: str, foreign: str
) -> Iterator[Span]:
    """Yield a marked line as spans: addresses are links, titles have their TeX, and the work's own
    say the language that it is in (`foreign`), whatever capitals the style gives them."""
    line = re.sub(f"{OWNER[1]}([ ,.]*){OWNER[0]}", r"\1", line)  # given and family name
    known: dict[str, tuple[Rich, str | None]] = {}
    for text in (publication.title, *(publication.fields.get(f, Rich("")) for f in _TITLES)):
        if text.tex and re.search(r"[\\$]", text.tex):
            known[text.text] = (text, None)
    for link in publication.links:
        if not link.url:
            continue
        if link.label == "doi" and "DOI" in item:
            doi = item["DOI"]
            for shown in (f"https://doi.org/{doi}", f"http://dx.doi.org/{doi}", doi):
                known[shown] = (Rich(shown), link.url)
        known.setdefault(link.url, (Rich(link.url), link.url))
    titles = (publication.title, *(publication.fields.get(f, Rich("")) for f in TITLES))
    theirs = {title.text.casefold() for title in titles if foreign and title.text}
    written = sorted({*known, *(t.text for t in titles if foreign)} - {""}, key=len, reverse=True)
    pieces = "|".join(f"(?i:{re.escape(t)})" if t.casefold() in theirs else re.escape(t)
                      for t in written)  # fmt: skip
    state = dict.fromkeys((OWNER, ITALIC, BOLD, UNDERLINE), 0)
    for part in re.split("([\ue000-\ue007])", line):
        pair = next((pair for pair in state if part and part in pair), None)
        if pair:
            state[pair] += 1 if part == pair[0] else -1
            continue
        for piece in re.split(f"({pieces})", part) if pieces else [part]:
            text, url = known.get(piece, (Rich(piece), None))
            if piece:
                yield Span(
                    text=text,
                    url=url,
                    language=foreign if piece.casefold() in theirs else "",
                    bold=state[BOLD] > 0 or (state[OWNER] > 0 and mark == "bold"),
                    italic=state[ITALIC] % 2 == 1,
                    underline=state[UNDERLINE] > 0 or (state[OWNER] > 0 and mark == "underline"),
                )
