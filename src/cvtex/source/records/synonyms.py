"""Words that people write for ours: other tools' names, to suggest the right one."""

from __future__ import annotations

from collections.abc import Mapping

from cvtex.model import KINDS

SECTIONS: tuple[str, ...] = tuple(KINDS)
"""The sections that hold a list of records, in a CV's order."""

TOP = ("basics", *SECTIONS, "meta")
"""What may stand at the top of a source, beside custom sections."""

# All in lower case, without "-", "_" and spaces. JSON Resume 0.x, the Europass
# vocabulary and common sense; the first
# that the record has is suggested.
KEYS: Mapping[str, str] = {
    "address": "location",
    "affiliation": "company",
    "agency": "funder",
    "alias": "aliases",
    "bullets": "highlights",
    "certificateissuer": "issuer",
    "city": "location",
    "company": "company name entity",
    "country": "countryCode",
    "degree": "studyType",
    "details": "highlights summary description",
    "employer": "company name",
    "end": "endDate",
    "field": "area",
    "fullname": "name",
    "funder": "entity awarder",
    "gpa": "score",
    "grade": "score",
    "hidden": "hide",
    "homepage": "url",
    "institute": "institution",
    "inventor": "inventors",
    "jobtitle": "position",
    "journal": "publisher",
    "keyword": "keywords",
    "lang": "language",
    "language": "meta",
    "link": "url",
    "mail": "email",
    "major": "area",
    "mobile": "phone",
    "options": "themes",
    "order": "sections",
    "organisation": "organization company",
    "organization": "organization company name",
    "pagelimit": "meta",
    "pages": "pageLimit",
    "photo": "image",
    "picture": "image",
    "place": "location",
    "position": "role roles",
    "relation": "relationship",
    "role": "position roles",
    "roles": "positions",
    "school": "institution",
    "skills": "keywords",
    "social": "profiles",
    "start": "startDate",
    "subject": "area",
    "tasks": "highlights",
    "technologies": "keywords",
    "tel": "phone",
    "telephone": "phone",
    "theme": "meta",
    "title": "position name area",
    "university": "institution",
    "user": "username",
    "venue": "publisher",
    "website": "url",
    "zip": "postalCode",
    "zipcode": "postalCode",
}

OLD: Mapping[str, Mapping[str, str]] = {
    "Basics": {"picture": "image", "website": "url", "homepage": "url"},
    "Profile": {"website": "url"},
    "Work": {"company": "name", "website": "url"},
    "Volunteer": {"name": "organization", "company": "organization", "website": "url"},
    "Education": {"gpa": "score", "website": "url"},
    "Award": {"name": "title", "issuer": "awarder", "website": "url"},
    "Certificate": {"title": "name", "organization": "issuer", "website": "url"},
    "PublicationRecord": {"title": "name", "description": "summary", "website": "url"},
    "Language": {"name": "language", "level": "fluency"},
    "Project": {"title": "name", "summary": "description", "website": "url"},
}
"""Names of JSON Resume before 1.0, and of tools that read it, by the record."""

NAMES: Mapping[str, str] = {
    "about": "basics",
    "achievements": "awards",
    "affiliations": "memberships",
    "bio": "basics",
    "career": "work",
    "certifications": "certificates",
    "config": "meta",
    "contact": "basics",
    "employment": "work",
    "experience": "work",
    "funding": "grants",
    "header": "basics",
    "hobbies": "interests",
    "honors": "awards",
    "honours": "awards",
    "inventions": "patents",
    "jobs": "work",
    "membership": "memberships",
    "papers": "publications",
    "patent": "patents",
    "personal": "basics",
    "profile": "basics",
    "profiles": "basics",
    "schools": "education",
    "settings": "meta",
    "societies": "memberships",
    "studies": "education",
    "tongues": "languages",
    "volunteering": "volunteer",
}
