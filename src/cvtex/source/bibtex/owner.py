"""Whose CV it is among the authors: names compared by what they say, not how."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cvtex.model import Basics, Name, Publication, PublicationSettings, Rich

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_BREAK = re.compile(r"[\s.\-‐‑–’'`´ʼ\u00a0,*†‡§¶]+")

Words = tuple[str, ...]


def owners(authors: Sequence[Name], basics: Basics) -> frozenset[int]:
    """Return which of the authors are the owner of the CV (normally one, or none).

    An author marked `me` is; else whoever bears the owner's name or an alias:
    the same family name, and given names that agree as far as both are written. A person
    stands once in a list: where one author fits better, a lesser fit is somebody else.
    """
    marked = frozenset(i for i, author in enumerate(authors) if "me" in author.marks)
    if marked:
        return marked
    spellings = (str(basics.name), *(str(alias) for alias in basics.aliases))
    words = _all_words(spellings)
    fits = {
        i: fit
        for i, author in enumerate(authors)
        if not words.isdisjoint(fold(f"{author.family.text} {author.given.text}")[0])
        or is_cjk(author.family.text)
        if (fit := max(_fits(author, spellings), default=0))
    }
    best = max(fits.values(), default=0)
    return frozenset(i for i, fit in fits.items() if fit == best)


def among(publication: Publication, basics: Basics, settings: PublicationSettings) -> Name | None:
    """Return the owner's name where `and others` hides it: the entry says so by
    `author+an = {=me}`, or the settings of its collaboration; else None."""
    group = publication.fields.get("collaboration")
    own_groups = {_group(str(name)) for name in settings.collaborations}
    signers = re.split(r"\s*,\s*|\s+and\s+", group.text) if group else []
    is_ours = any(_group(name) in own_groups for name in signers)
    if not (publication.owner_among_others or is_ours) or owners(publication.authors, basics):
        return None
    words = str(basics.name).split()
    if "," in basics.name:
        family, _, given = str(basics.name).partition(",")
    elif len(words) > 1:
        small = [i for i, word in enumerate(words[:-1]) if i and word[0].islower()]
        start = small[0] if small else len(words) - 1
        given, family = " ".join(words[:start]), " ".join(words[start:])
    else:
        given, family = "", str(basics.name)
    return Name(given=Rich(given.strip()), family=Rich(family.strip()))


def _group(name: str) -> str:
    return re.sub(r"\s*collaborations?$", "", name.strip().casefold())


def own(publications: Iterable[Publication], basics: Basics | None) -> tuple[Publication, ...]:
    """Return what a CV lists: all but those that others take fields from, unless they are
    the owner's own (a book that she edited, with a chapter of hers)."""
    return tuple(
        p
        for p in publications
        if not p.parent or (basics and (owners(p.authors, basics) or owners(p.editors, basics)))
    )


@lru_cache(maxsize=64)
def _all_words(spellings: tuple[str, ...]) -> frozenset[str]:
    """Return every word of a name, folded: who shares none of them is another."""
    return frozenset(
        word for spelling in spellings for form in fold(spelling) for word in form if len(word) > 1
    ) or frozenset(word for spelling in spellings for form in fold(spelling) for word in form)


def is_owner(author: Name, spellings: Iterable[str]) -> bool:
    """Tell whether an author bears one of these names.

    Initials, middle names, accents, hyphens and the order of the parts may
    differ; a given name that is written out on both sides may not.
    """
    return any(_fits(author, spellings))


def _fits(author: Name, spellings: Iterable[str]) -> Iterable[int]:
    """Yield how well an author fits the readings of these names, 0 for not at all.

    A whole family name with its particle counts for more than one without, and each given
    name that is written alike for more than an initial.
    """
    family = f"{author.prefix.text} {author.family.text}".strip()
    if is_cjk(family):
        both = {author.family.text + author.given.text, author.given.text + author.family.text}
        yield 100 * any("".join(spelling.split()) in both for spelling in spellings)
        return
    for spelling in spellings:
        for owner_given, owner_family in _readings(spelling):
            for given, bare in _author_readings(author.given.text, family, author.family.text):
                if not _agree(given, bare, owner_given, owner_family):
                    continue
                alike = {w for w in fold(given)[0] if len(w) > 1} & set(fold(owner_given)[0])
                yield 1 + 10 * len(bare.split()) + len(alike)


_CJK = (
    *(range(0x3040, 0x3100), range(0x3400, 0xA000), range(0xAC00, 0xD7B0), range(0xF900, 0xFB00)),
    (0x3005, 0xB7),
)


def is_cjk(text: str) -> bool:
    """Tell whether a text is of Chinese, Japanese and Korean letters alone."""
    return bool(text) and all(any(ord(c) in letters for letters in _CJK) for c in text)


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[Words, Words]:
    """Return a name's words in small letters without accents, in two spellings of ö."""
    lower = text.casefold()
    forms = []
    for table in ({}, _GERMAN):
        letters = unicodedata.normalize("NFD", lower.translate(table).translate(_UNDECOMPOSED))
        bare = "".join(c for c in letters if not unicodedata.combining(c))
        forms.append(tuple(word for word in _BREAK.split(bare) if word))
    return forms[0], forms[1]


@lru_cache(maxsize=256)
def _readings(spelling: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to read a spelling of the owner's name as given and family name."""
    if "," in spelling:
        family, _, given = spelling.partition(",")
        return ((given.strip(), family.strip()),)
    words = spelling.split()
    if len(words) < 2:
        return (("", spelling),) if words else ()
    readings = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(len(words) - 1, 0, -1)]
    if _is_initials(words[-1]):  # `Krishna S`: the family name stands first
        readings.append((words[-1], " ".join(words[:-1])))
    return tuple(readings)


def _author_readings(given: str, family: str, bare: str) -> Iterable[tuple[str, str]]:
    """Return the ways to read an author: with and without particle, `Krishna S` turned."""
    yield given, family
    if bare != family.strip():
        yield given, bare
    if given and _is_initials(bare):
        yield bare, given


def _agree(given: str, family: str, owner_given: str, owner_family: str) -> bool:
    if not set(fold(family)) & set(fold(owner_family)):
        return False
    given_forms, owner_forms = _given_words(given), _given_words(owner_given)
    if not given_forms or not owner_forms:
        return not given_forms and not owner_forms
    return any(_compatible(a, b) for a in given_forms for b in owner_forms)


def _given_words(given: str) -> list[Words]:
    """Return given names as folded words; `SK` also as two initials."""
    forms = list(dict.fromkeys(fold(given)))
    glued = given.replace(".", "").replace(" ", "")
    if _is_initials(given) and len(glued) > 1 and " " not in given.strip() and "." not in given:
        forms.append(tuple(letter.casefold() for letter in glued))
    return [form for form in forms if form]


def _is_initials(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return 0 < len(letters) <= 3 and letters.isalpha() and (letters.isupper() or "." in word)


def _compatible(first: Words, second: Words) -> bool:
    """Tell whether two lists of given names can be one person's: each pair alike."""
    for word, other in zip(first, second, strict=False):
        if word == other:
            continue
        if len(word) == 1 or len(other) == 1:
            if word[0] != other[0]:
                return False
        else:
            return False
    return True
