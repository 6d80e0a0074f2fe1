"""The CV as frozen, typed records: no input, no output, no LaTeX.

Names are those of JSON Resume 1.0 (https://jsonresume.org/schema) in
snake_case, with cvtex's own additions marked `# cvtex`. The reader fills the
records by their type hints: a field's type says what may be typed there.

- `Text`: set letter by letter. `Prose`: inline CommonMark.
- a class with `parse(text)`: a scalar with a form of its own.
- `tuple[X, ...]`: a list. `Mapping[str, X]`: a mapping with free keys.
- a dataclass: a mapping with its fields (in camelCase) as keys.

The kinds of record and the table of them are in `kinds`, what they are made of in `parts`
and `publications`, settings and variants in `meta`, letters in `letters`, the words of a
language in `words`.
"""

from cvtex.dates import Date
from cvtex.model.kinds import (
    KINDS,
    Award,
    Certificate,
    CustomSection,
    Education,
    Grant,
    Interest,
    Kind,
    Language,
    Membership,
    Patent,
    Project,
    RecordKind,
    Reference,
    Resume,
    Section,
    Skill,
    Volunteer,
    Work,
)
from cvtex.model.letters import Letter, Recipient
from cvtex.model.meta import (
    LAST_MODIFIED,
    Fit,
    Meta,
    PublicPart,
    Release,
    SectionChoice,
    Unread,
    Variant,
    last_modified,
)
from cvtex.model.parts import Basics, Highlight, Location, Place, Position, Profile, Record
from cvtex.model.publications import (
    NO_TEXT,
    Link,
    ListSettings,
    Name,
    Publication,
    PublicationGroup,
    PublicationMetrics,
    PublicationRecord,
    PublicationSettings,
    Rich,
)
from cvtex.model.walk import texts
from cvtex.model.words import Words
from cvtex.texts import NOWHERE, Email, Prose, Text, Url

__all__ = [
    "KINDS",
    "LAST_MODIFIED",
    "NOWHERE",
    "NO_TEXT",
    "Award",
    "Basics",
    "Certificate",
    "CustomSection",
    "Date",
    "Education",
    "Email",
    "Fit",
    "Grant",
    "Highlight",
    "Interest",
    "Kind",
    "Language",
    "Letter",
    "Link",
    "ListSettings",
    "Location",
    "Membership",
    "Meta",
    "Name",
    "Patent",
    "Place",
    "Position",
    "Profile",
    "Project",
    "Prose",
    "PublicPart",
    "Publication",
    "PublicationGroup",
    "PublicationMetrics",
    "PublicationRecord",
    "PublicationSettings",
    "Recipient",
    "Record",
    "RecordKind",
    "Reference",
    "Release",
    "Resume",
    "Rich",
    "Section",
    "SectionChoice",
    "Skill",
    "Text",
    "Unread",
    "Url",
    "Variant",
    "Volunteer",
    "Words",
    "Work",
    "last_modified",
    "texts",
]
