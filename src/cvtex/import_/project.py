"""What an importer made of a file, and writing it as a project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cvtex.import_.ledger import Ledger
from cvtex.import_.networks import is_number, profile
from cvtex.import_.values import Record, put
from cvtex.model import KINDS
from cvtex.source.syntax.yaml_writer import dump

NOTES = {
    "basics": "Who you are.",
    "work": "Newest first. Dates: 2021, 2021-12, 2021-12-05 or present.",
    "private": "Laid over the data; git ignores it, and --public leaves it out.",
    "meta": "How the CV is set; `cvtex themes` lists the themes and their options.",
}


@dataclass(slots=True)
class Imported:
    """A CV in cvtex's words: the sections of `data/` by name, BibTeX entries, files to copy.

    `format` is what the source was known as. `order` has the names of the sections as the
    source has them; `titles` those that are not the language's own. `made` are files of the
    project that the source holds as they are, by path. `whole` is a CV of cvtex's own, to be
    written as it was.
    """

    format: str
    sections: dict[str, Any] = field(default_factory=dict)
    bib: list[str] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    files_made: dict[str, bytes] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    meta: Record = field(default_factory=dict)
    whole: bool = False
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def basics(self) -> Record:
        found: Record = self.sections.setdefault("basics", {})
        return found

    def add(self, name: str, records: list[Any], title: str = "") -> None:
        """Add records to a section of the standard, in the place where the first ones stood."""
        if not records:
            return
        self.sections.setdefault(name, []).extend(records)
        if name not in self.order:
            self.order.append(name)
            if title and title.casefold() != DEFAULT_TITLES.get(name, "").casefold():
                self.titles[name] = title

    def own(self, title: str, kind: str, entries: list[Any], text: str = "") -> None:
        """Add a section of the user's own, under a name made of its title; `text` comes first."""
        base = re.sub(r"[^a-z0-9]+", "-", _ascii(title).lower()).strip("-") or "section"
        base = f"my-{base}" if base in RESERVED else base
        name, number = base, 1
        while name in self.sections:
            number += 1
            name = f"{base}-{number}"
        section: Record = {"title": title}
        put(section, kind="" if kind == "projects" else kind, summary=text, entries=entries)
        self.sections[name] = section
        self.order.append(name)

    def profile(self, network: str, user: str, url: str = "") -> None:
        """Add an account, without an address where cvtex makes it of the name."""
        if found := profile(network, user, url):
            self.basics.setdefault("profiles", []).append(found)


PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".svg",
            ".pdf", ".heic"}  # fmt: skip
RESERVED = {"basics", "meta", "private", "variants", "letters", *KINDS}
DEFAULT_TITLES = {
    "work": "Experience",
    "volunteer": "Volunteering",
    "education": "Education",
    "projects": "Projects",
    "publications": "Publications",
    "awards": "Awards",
    "certificates": "Certificates",
    "skills": "Skills",
    "languages": "Languages",
    "interests": "Interests",
    "references": "References",
}


def picture(folder: Path, name: str) -> Path | None:
    """Return a picture by its name, if it lies in a folder; a link out of it is none."""
    try:
        file = folder / name
        inside = file.is_file() and file.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return None
    return file if inside and file.suffix.lower() in PICTURES else None


def parted(basics: Record, with_profiles: bool = True) -> tuple[Record, Record]:
    """Return what of the basics may be published, and what most people keep to themselves: the
    phone numbers, and the street and post code of their address."""
    public: Record = dict(basics)
    private: Record = {}
    if "phone" in public:
        private["phone"] = public.pop("phone")
    numbers = [profile for profile in public.get("profiles", ()) if is_number(profile)]
    if numbers and with_profiles:
        private["profiles"] = numbers
        put(
            public,
            profiles=[profile for profile in public.pop("profiles") if profile not in numbers],
        )
    place = public.get("location")
    if isinstance(place, str) and re.search(r"\d.*[,\n]|[,\n].*\d", place):
        private["location"] = public.pop("location")
    elif isinstance(place, dict):
        street = {key: place[key] for key in ("address", "postalCode") if key in place}
        rest = {key: value for key, value in place.items() if key not in street}
        if street:
            private["location"] = street
            public["location"] = rest
        if not rest:
            public.pop("location", None)
    return public, private


def texts(imported: Imported) -> dict[str, str]:
    """Return the files of the project by path: data with comments and schema lines, `.bib`."""
    meta: Record = dict(imported.meta)
    if imported.order:
        meta["sections"] = [
            {name: imported.titles[name]} if name in imported.titles else name
            for name in imported.order
        ]
    found = {}
    public, private = parted(imported.sections.get("basics", {}), not imported.whole)
    if (imported.bib or "publications" in imported.sections) and not imported.whole:
        meta.setdefault("publications", {"style": "full"})
    sections: Record = {**imported.sections, "basics": public, "meta": meta}
    if private:
        sections["private"] = {"basics": private}
    for name, letter in (sections.pop("letters", None) or {}).items():
        line = "# yaml-language-server: $schema=../../.cvtex/letter.json"
        found[f"data/letters/{name}.yaml"] = f"{line}\n{dump(letter)}"
    for name, value in sections.items():
        if not value:
            continue
        known = name in RESERVED - {"private"}
        lines = [f"# yaml-language-server: $schema=../.cvtex/{name}.json"] if known else []
        lines += [f"# {NOTES[name]}"] if name in NOTES else []
        found[f"data/{name}.yaml"] = "\n".join([*lines, dump(value)])
    if imported.bib:
        found["bib/publications.bib"] = "\n\n".join(imported.bib) + "\n"
    return found


def _ascii(text: str) -> str:
    import unicodedata

    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if c.isascii())
