"""What each key is for, as an editor shows it; after the JSON Resume schema 1.0."""

from __future__ import annotations

from collections.abc import Mapping

_MEANINGS: Mapping[str, str] = {
    "aliases": "Other spellings of your name, to find it among authors.",
    "amount": "How much, with the currency: €1.96 million.",
    "area": "The field of study: Machine Learning.",
    "authors": "Names as `Family, Given` or `Given Family`.",
    "awarder": "Who gave the award.",
    "countryCode": "As in ISO 3166-1: DE, US, IN.",
    "courses": "Notable courses.",
    "Project.description": "What it is about, in prose.",
    "Work.description": "What the organisation does, in prose.",
    "endDate": "2021, 2021-12, 2021-12-05 or present; without one it lasts until now.",
    "entity": "The organisation behind the project.",
    "entries": "The records, with the keys of the kind.",
    "fluency": "Fluent, native, or a level of the CEFR: A1 to C2.",
    "funder": "Who gave the money.",
    "hide": "Sections that are left out.",
    "highlights": "Bullets: each a text, or text with tags and bullets below it.",
    "image": "A picture in the project, its path from the project's folder.",
    "institution": "The school or university.",
    "issuer": "Who issued the certificate.",
    "keywords": "Skills, tools, subjects.",
    "kind": "What the entries are; projects if not given.",
    "label": "What you are: Machine Learning Engineer.",
    "Meta.language": "The language of the CV: en, de, en-GB.",
    "lastModified": "Kept for other tools.",
    "level": "How well: beginner, master.",
    "location": "A place as text, or the parts of an address.",
    "network": "The name of the network: LinkedIn, GitHub, ORCID.",
    "Grant.name": "What the project is called.",
    "Grant.number": "The funder's number of the grant.",
    "pageLimit": "Warn when the CV has more pages.",
    "phone": "Private: put it in data/private.yaml.",
    "positions": "Several roles at one employer, each with its own dates.",
    "profiles": "Accounts that others may look at.",
    "reference": "What they say of you.",
    "releaseDate": "When it was published.",
    "Grant.role": "What you are in it: Principal Investigator.",
    "roles": "What you were in the project.",
    "score": "The final grade.",
    "Meta.sections": "The order of the sections, and their titles; those not named follow.",
    "startDate": "2021, 2021-12 or 2021-12-05.",
    "studyType": "The degree: Master of Science.",
    "summary": "Prose: *emphasis*, **strong**, `code` and [links](https://example.org).",
    "tags": "Words to choose bullets by.",
    "team": "The team or department.",
    "text": "The bullet, in prose.",
    "theme": "The theme's name, or a folder with one.",
    "themes": "Options by the theme's name.",
    "Custom.title": "The section's title.",
    "type": "What kind: volunteering, talk, article.",
    "url": "An address: https://example.org.",
    "username": "Your name there.",
    "words": "Words of the language that this CV replaces: present, keywords, month.",
}


def meaning(record: str, key: str) -> str | None:
    """Return what a key of a record (by its class's name) is for, None where it says so itself."""
    return _MEANINGS.get(f"{record}.{key}") or _MEANINGS.get(key)
