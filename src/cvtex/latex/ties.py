"""Words that a line does not part: a number and its unit, a standard and its version, a title
and the name after it, a word and the sign that French sets apart from it."""

from __future__ import annotations

import re

from pylatex import NoEscape

__all__ = ["ended", "tied", "undivided"]

_UNITS = frozenset(
    # English, German; French, Spanish, Portuguese, Italian, Dutch; Nordic, Polish, Czech; signs
    """
    hundred thousand million millions billion billions trillion percent euro euros dollars pounds
    Tausend Tsd Million Millionen Mio Mill Milliarde Milliarden Mrd Billion Billionen Bio Prozent
    Euro Franken k M Mn mn bn tn
    mille milliers milliard milliards mil millón millones mila milione milioni miliardo miliardi
    milhão milhões miljoen miljard duizend procent
    miljon miljoner miljarder millioner milliarder tusen mio mia mld mln mrd tys tis milion milionů
    EUR USD GBP CHF NOK SEK DKK PLN CZK HUF JPY CAD AUD Kč zł kr
    nm µm μm mm cm m km ha mg g kg ms s min h d Hz kHz MHz GHz THz kB KB MB GB TB PB kW MW GW TW
    Wh kWh MWh GWh TWh mW mA kV eV keV MeV GeV TeV dB pt px dpi
    """.split()  # noqa: SIM905
)
_UNIT = re.compile(r"[0-9+] (?:[%‰°€$£¥](?![0-9])|[^\W\d_]{1,10}(?!\w))")
# A short number after a sign, or after a short word that is, or ends, in capitals: WCAG 2.2, iOS 17
_BEFORE = re.compile(r"(?:[A-Z]{2}|[€$£¥§]) (?<![A-Z]{7} )(?=[0-9][0-9.,]{0,9}(?![0-9]))")

# French sets spaces before signs of two parts and inside its quotation marks; no line begins with
# a dash.
_SIGN = re.compile(r"(?<=\S) (?=[;:!?»](?![^\s)\]»”]))|(?<=«) (?=\S)|(?<=[^\s\d]) (?=[–—] \S)")

# A title that is written short, before the name or the next title: Prof. Dr. Ada Byron
_TITLE = re.compile(
    r"(?<!\w)(?:Prof|Dr|Mr|Mrs|Ms|Mme|Sr|Sra|Dipl|Ing|Dott|Doc|Mag|Univ|St|med|rer|nat|phil|jur|habil"
    r"|hab|inż|h\.c|Dra|Profa|Priv)\. (?=[^\W\d_])"
)


def tied(text: str) -> str:
    """Return text with a no-break space between a number and the unit word or sign after it,
    between a short word in capitals, or a sign, and the short number after it, and before a
    semicolon, a colon, an exclamation or a question mark, or a quotation mark as in French, and
    before a dash, and after a title such as Dr. that a name follows."""
    text = _TITLE.sub(lambda found: found[0][:-1] + "\u00a0", _SIGN.sub("\u00a0", text))
    return _BEFORE.sub(lambda found: found[0][:-1] + "\u00a0", _UNIT.sub(_with_unit, text))


def _with_unit(found: re.Match[str]) -> str:
    number, unit = found[0][0], found[0][2:]
    return f"{number}\u00a0{unit}" if unit in _UNITS or not unit.isalpha() else found[0]


_PART = 26
"""Characters of a part of an address that no line divides."""
_LAST = re.compile(r" (?=[^\s\\{}$]{1,18}$)")


def ended(paragraph: NoEscape) -> NoEscape:
    """Return a paragraph in LaTeX whose last line is no single short word."""
    return NoEscape(_LAST.sub("~", paragraph)) if len(paragraph) > _PART else paragraph


def undivided(place: NoEscape) -> NoEscape:
    """Return an address in LaTeX that is divided after its commas alone, but for long parts."""
    parts = [p.replace(" ", "~") if len(p) <= _PART else p for p in place.split(", ")]
    if len(parts) > 1 and len(parts[-2] + parts[-1]) < _PART:  # a country, or its code
        parts[-2:] = [",~".join(parts[-2:])]
    return NoEscape(", ".join(parts))
