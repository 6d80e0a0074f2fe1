"""Which sections say so little that each record is a row, and which say more than a line."""

from __future__ import annotations

from collections.abc import Sequence

from cvtex import model

SHORT = 60
"""Characters that the one text below the head of a brief project has at most."""


WIDE = 85
"""Characters that a line of a name and an address has at most."""


def brief(records: Sequence[model.Record]) -> bool:
    """Tell whether three records or more of a section say so little that each is one row:
    projects with a short description or one short bullet, posts of which most have no text.
    Interests are brief where all are names alone."""
    if records and all(isinstance(record, model.Interest) for record in records):
        return not any(record.keywords for record in records)  # type: ignore[attr-defined]
    if len(records) < 3:
        return False
    if all(isinstance(record, model.Volunteer) for record in records):
        bare = [r for r in records if not (r.summary or r.highlights)]  # type: ignore[attr-defined]
        return 3 * len(bare) >= 2 * len(records)
    return all(map(_is_brief, records))


def _is_brief(record: model.Record) -> bool:
    if not isinstance(record, model.Project) or not record.name or record.keywords:
        return False
    bullets = record.highlights
    texts = [value for value in (record.description, *(b.text for b in bullets)) if value]
    nested = any(bullet.highlights for bullet in bullets)
    short = all(len(value) <= SHORT and "\n" not in value for value in texts)
    return len(texts) < 2 and short and not nested


def detailed(records: Sequence[model.Record]) -> bool:
    """Tell whether a reference among the records is more than a name and a text, or all texts are
    addresses, of which one does not stand on the line of its name."""
    references = [record for record in records if isinstance(record, model.Reference)]
    texts = [str(r.reference or "") for r in references]
    if all(text and " " not in text for text in texts):
        lengths = (len(r.name or "") + len(text) for r, text in zip(references, texts, strict=True))
        if max(lengths, default=0) > WIDE:
            return True
    return any(r.position or r.company or r.email or r.phone or r.relationship for r in references)
