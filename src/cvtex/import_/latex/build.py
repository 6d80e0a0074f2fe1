"""What the classes have in common: entries, lines and bullets under titles become sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cvtex.contacts import kind_of
from cvtex.import_.latex.document import Definitions, Document
from cvtex.import_.latex.prose import Prose, address, bullet, joined, plain, prose
from cvtex.import_.latex.records import (
    KINDS,
    MAKERS,
    WITH_ROLES,
    Entry,
    Line,
    Referee,
    Tags,
    project,
)
from cvtex.import_.latex.scan import Value
from cvtex.import_.latex.text import address_of
from cvtex.import_.project import Imported, picture
from cvtex.import_.values import put

MEANINGS = (
    (r"publication|veröffentlich", "publications"),
    (r"volunteer|extracurricular|ehrenamt", "volunteer"),
    (r"experience|employment|\bwork\b|career|beruf", "work"),
    (r"educat|studies|ausbildung|academic background", "education"),
    (r"project|projekt", "projects"),
    (r"honou?rs?|award|prize|auszeichnung", "awards"), (r"certific|zertifikat", "certificates"),
    (r"spoken|^languages?$|sprachen", "languages"),
    (r"skill|technolog|kenntnis|competenc", "skills"),
    (r"interest|hobb", "interests"), (r"referen|referees", "references"),
    (r"^(summary|about( me)?|profile|objective)$", "summary"),
)  # fmt: skip
"""What a title most likely means; the entries must fit, or it stays a section of its own."""


@dataclass(slots=True)
class Builder:
    """Collects what stands under a title, and makes a section of it at the next one."""

    document: Document
    result: Imported
    title: str = ""
    group: str = ""
    found: list[Entry | Line | Referee | Tags | str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)

    @property
    def definitions(self) -> Definitions:
        return self.document.definitions

    def plain(self, value: Value) -> str:
        return plain(value, self.definitions)

    def named(self, value: Value) -> tuple[str, str]:
        return address(value, self.definitions)

    def url(self, value: Value) -> str:
        """Take an address, whose signs may be escaped."""
        return address_of(value.take())

    def prose(self, value: Value) -> Prose:
        return prose(value, self.definitions)

    def section(self, title: str) -> None:
        """End the section before, and begin one."""
        self.flush()
        self.title = title

    def subsection(self, title: str) -> None:
        """Begin a part of a section: it becomes a section of its own beside it."""
        if self.found:
            self.flush()
        self.group = title

    def text(self, text: Prose) -> None:
        """Add what stands as text: to the entry before it, or by itself."""
        last = self.found[-1] if self.found else None
        if isinstance(last, Entry):
            target = (last.roles[-1] if last.roles else last).text
            target.paragraphs += text.paragraphs
            target.items += text.items
            return
        self.found += text.paragraphs
        self.found += [bullet(item) for item in text.items]

    def flush(self) -> None:
        """Make a section of what was found since its title."""
        found, title = self.found, " – ".join(filter(None, [self.title, self.group]))
        self.found, self.group = [], ""
        if not found:
            return
        target = next(
            (name for pattern, name in MEANINGS if re.search(pattern, self.title.lower())), ""
        )
        kinds = {str if isinstance(entry, str) else type(entry) for entry in found}
        if target not in WITH_ROLES and any(isinstance(e, Entry) and e.roles for e in found):
            target = ""
        if not self.title or (target == "summary" and kinds == {str}):
            self.summary += [entry for entry in found if isinstance(entry, str)]
            put(self.result.basics, summary=joined(self.summary))
            found = [entry for entry in found if not isinstance(entry, str)]
            if not found:
                return
            title = title or "More"
        maker = MAKERS.get(target)
        wanted = KINDS.get(target, set())
        if maker and kinds <= wanted and title == self.title and target not in self.result.sections:
            self.result.add(target, [maker(entry) for entry in found], title)
            return
        if maker and kinds <= wanted and target != "projects" and str not in kinds:
            self.result.own(title, target, [maker(entry) for entry in found])
        elif kinds == {Tags}:
            self.result.own(title, "skills", [MAKERS["skills"](entry) for entry in found])
        else:
            self.result.own(title, "projects", [project(entry) for entry in found])

    def account(self, network: str, user: str, url: str = "") -> None:
        """Add an account, whose name may be written with a part of its address."""
        kind, bare = kind_of(network), user.rpartition("/")[2]
        if kind == "stackoverflow":
            url = url or f"https://stackoverflow.com/users/{user}"
            bare = user.partition("/")[0] if user.partition("/")[0].isdigit() else user
        elif kind == "youtube" and "/" in user:
            url = url or f"https://youtube.com/{user}"
        elif kind == "mastodon" and "/" in user:
            bare = f"{bare.lstrip('@')}@{user.partition('/')[0]}"
        self.result.profile(network, bare, url)

    def photo(self, value: Value) -> None:
        """Take the photo of a document, found as TeX finds it: without its ending, too."""
        name = value.tex.strip()
        for ending in ("", ".jpg", ".jpeg", ".png", ".pdf"):
            if file := picture(self.document.folder, name + ending):
                self.result.files[f"data/{file.name}"] = file
                self.result.basics["image"] = file.name
                value.take()
                return
        value.lose("there is no photo of that name beside the document")

    def bibliography(self, value: Value) -> None:
        """Take the `.bib` files that lie beside the document."""
        for name in self.plain(value).split(","):
            file = self.document.folder / f"{name.strip().removesuffix('.bib')}.bib"
            if file.is_file() and file.resolve().is_relative_to(self.document.folder.resolve()):
                self.result.files[f"bib/{file.name}"] = file
            else:
                value.ledger.note(value.path, value.scalar, f"without {file.name}: it is not here")

    def publications(self) -> None:
        """Say that the publications stand here."""
        if "publications" in self.result.order:
            return
        if not self.found and self.title and self.title != "Publications":
            self.result.titles["publications"] = self.title
        else:
            self.flush()
        self.result.order.append("publications")

    def mail(self, address: str) -> None:
        """Add a mail address: the first one is the person's, others are accounts."""
        if self.result.basics.setdefault("email", address) != address:
            self.result.profile("Email", address, f"mailto:{address}")

    def phone(self, number: str, kind: str = "Phone") -> None:
        """Add a telephone number: the first one is the person's, others are accounts."""
        if "phone" not in self.result.basics and kind != "Fax":
            self.result.basics["phone"] = number
        else:
            self.result.profile(kind, number)
