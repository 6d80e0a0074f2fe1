"""What a public build makes known that most people keep to themselves."""

from __future__ import annotations

import re
from typing import get_args

from cvtex.diagnostics import Diagnostic, Source, note
from cvtex.model import Location, PublicPart, Resume

_NAMES = {
    "phone": "your phone number",
    "address": "your street address",
    "references": "the mail and phone of those who give a reference",
}


def published(resume: Resume, where: str) -> list[Diagnostic]:
    """Return one note of all that stands in the main data and would be published with the CV.

    What `meta.public` names is meant to be. `where` is the file that `meta` stands in.
    """
    found = {part: source for part, source in _found(resume).items()
             if part not in resume.meta.public}  # fmt: skip
    if not found:
        return []
    names = [_NAMES[part] for part in found]
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    parts = [part for part in get_args(PublicPart) if part in {*found, *resume.meta.public}]
    return [
        note(
            f"{said} will be published",
            next(iter(found.values())),
            f"put what is private into data/private.yaml; what may be published, into {where}: "
            f"public: [{', '.join(parts)}]",
        )
    ]


def _found(resume: Resume) -> dict[str, Source]:
    """Return the parts that are there, each with its place."""
    basics, place = resume.basics, resume.basics.location
    found: dict[str, Source] = {}
    if basics.phone:
        found["phone"] = basics.phone.source
    if isinstance(place, Location):
        if place.address:
            found["address"] = place.address.source
    elif place and re.search(r"\d.*,|,.*\d", place):  # a house, a box or a post code
        found["address"] = place.source
    if "references" not in resume.meta.hide:
        for reference in resume.references:
            for value in (reference.email, reference.phone):
                if value:
                    found.setdefault("references", value.source)
    return found
