"""LinkedIn's data export ("Get a copy of your data"): a ZIP of CSV files, or its folder."""

from __future__ import annotations

import re

from cvtex.import_.bibliography import entry
from cvtex.import_.ledger import Given
from cvtex.import_.linkedin_files import load, recognises
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, date, put, span

__all__ = ["load", "read", "recognises"]


def read(root: Given) -> Imported:
    """Return the CV of an export."""
    result = Imported("LinkedIn's data export", ledger=root.ledger)
    _head(root, result)
    result.add("work", [_work(row) for row in root["Positions"].items()])
    result.add("education", [_education(row) for row in root["Education"].items()])
    result.add("projects", [_project(row) for row in root["Projects"].items()])
    for row in root["Publications"].items():
        result.bib.append(_publication(row, result))
    if result.bib:
        result.order.append("publications")
    result.add("awards", [_honour(row) for row in root["Honors"].items()])
    result.add("certificates", [_certificate(row) for row in root["Certifications"].items()])
    skills = [row["Name"].text() for row in root["Skills"].items()]
    if skills:
        result.add("skills", [{"keywords": skills}])
    result.add("languages", [
        put({}, language=row["Name"].text(), fluency=row["Proficiency"].text())
        for row in root["Languages"].items()
    ])  # fmt: skip
    result.add("volunteer", [_volunteer(row) for row in root["Volunteering"].items()])
    result.add("patents", [_patent(row) for row in root["Patents"].items()])
    result.add("memberships", [_membership(row) for row in root["Organizations"].items()])
    seen = [row for row in root["Recommendations_Received"].items() if not _is_hidden(row)]
    result.add("references", [_reference(row) for row in seen])
    courses = [put({}, name=row["Name"].text(), entity=row["Number"].text())
               for row in root["Courses"].items()]  # fmt: skip
    if courses:
        result.own("Courses", "projects", courses)
    scores = [_score(row) for row in root["Test_Scores"].items()]
    if scores:
        result.own("Test Scores", "projects", scores)
    result.meta["theme"] = "classic"
    return result


def _head(root: Given, result: Imported) -> None:
    profile = next(iter(root["Profile"].items()), Given(None, "", root.ledger))
    first, last = profile["First Name"].text(), profile["Last Name"].text()
    maiden = profile["Maiden Name"].text()
    put(
        result.basics,
        name=f"{first} {last}".strip(),
        label=profile["Headline"].text(),
        summary=profile["Summary"].text(),
        location=_place(profile),
        aliases=[f"{first} {maiden}"] if maiden else [],
    )
    for row in root["Profile Summary"].items():
        result.basics.setdefault("summary", row["Profile Summary"].text())
    mails = root["Email Addresses"].items()
    mails.sort(key=lambda row: row["Primary"].peek().lower() != "yes")
    for number, row in enumerate(mails):
        for key in ("Primary", "Confirmed", "Updated On"):
            row[key].lay_aside("a mark of the export, not of the person")
        if number == 0:
            put(result.basics, email=row["Email Address"].text())
        row["Email Address"].lose("another mail address: a CV has one")
    for row in [*root["PhoneNumbers"].items(), *root["Phone Numbers"].items()]:
        parts = (row["Extension"].text(), row["Number"].text())
        number_ = " ".join(part for part in parts if part)
        if number_ and "phone" not in result.basics:
            result.basics["phone"] = number_
        elif number_:
            result.profile("Phone", number_)
        row["Type"].lay_aside("the kind of a phone number")
    sites = re.findall(
        r"\[?([A-Z_]+):(https?://[^\s,\]]+|[^\s,\]]+)",
        profile["Websites"].peek(),
    )
    if sites:
        profile["Websites"].became("the addresses alone")
    for number, (_, address) in enumerate(sites):
        if number == 0:
            result.basics["url"] = address
        else:
            result.profile("", "", address)
    for name in re.findall(r"[^\[\],\s]+", profile["Twitter Handles"].text()):
        result.profile("X", name)


def _place(profile: Given) -> str | Record:
    """Take where the person lives: a region, or the parts of an address."""
    region = profile["Geo Location"].text()
    street, code = profile["Address"].text(), profile["Zip Code"].text()
    if not (street or code):
        return region
    return put({}, address=street, postalCode=code, city=region)


def _is_hidden(row: Given) -> bool:
    """Tell whether a recommendation is not shown at LinkedIn."""
    row["Creation Date"].lay_aside("a mark of the export, not of the person")
    if row["Status"].peek().upper() in ("", "VISIBLE"):
        row["Status"].lay_aside("a mark of the export, not of the person")
        return False
    row.lose("a recommendation that is not shown at LinkedIn")
    return True


def _dated(
    row: Given, record: Record, begin: str = "Started On", end: str = "Finished On"
) -> Record:
    span(record, date(row[begin]), date(row[end]))
    if "startDate" in record and "endDate" not in record:
        record["endDate"] = "present"
    return record


def _described(row: Given, record: Record, key: str, column: str = "Description") -> Record:
    """Take a text whose lines may begin with a sign: those become bullets."""
    text = row[column].text()
    lines = [
        line.strip() for line in re.split(r"\n|(?<=\S) {2,}(?=[•▪●*-] )", text) if line.strip()
    ]
    bullets = [re.sub(r"^[•▪●*–-]\s*", "", line) for line in lines if re.match(r"[•▪●*–-]\s", line)]
    rest = [line for line in lines if not re.match(r"[•▪●*–-]\s", line)]
    return put(record, **{key: "\n\n".join(rest)}, highlights=bullets)


def _work(row: Given) -> Record:
    record = put({}, name=row["Company Name"].text(), position=row["Title"].text())
    put(record, location=row["Location"].text())
    return _described(row, _dated(row, record), "summary")


def _volunteer(row: Given) -> Record:
    record = put({}, organization=row["Company Name"].text(), position=row["Role"].text())
    record = _described(row, _dated(row, record), "summary")
    if row["Cause"]:
        record.setdefault("highlights", []).append(row["Cause"].became("a bullet"))
    return record


def _education(row: Given) -> Record:
    record = put({}, institution=row["School Name"].text(), studyType=row["Degree Name"].text())
    record = _dated(row, record, "Start Date", "End Date")
    notes = [row["Activities"].text()] if row["Activities"] else []
    return put(record, summary=row["Notes"].text(), highlights=notes)


def _project(row: Given) -> Record:
    record = put({}, name=row["Title"].text(), url=row["Url"].text())
    return _described(row, _dated(row, record), "description")


def _publication(row: Given, result: Imported) -> str:
    when = date(row["Published On"])
    fields: dict[str, str] = {"title": row["Name"].text(), "author": result.basics.get("name", "")}
    put(
        fields,
        journal=row["Publisher"].text(),
        date=when if isinstance(when, str) else (when or {}).get("text"),
        url=row["Url"].text(),
        note=row["Description"].text(),
    )
    return entry("article" if "journal" in fields else "misc", fields, result.bib)


def _honour(row: Given) -> Record:
    record = put({}, title=row["Title"].text(), summary=row["Description"].text())
    return put(record, date=date(row["Issued On"]))


def _certificate(row: Given) -> Record:
    record = put({}, name=row["Name"].text(), issuer=row["Authority"].text(), url=row["Url"].text())
    if row["License Number"]:
        record["summary"] = row["License Number"].became("the summary")
    put(record, date=date(row["Started On"]))
    row["Finished On"].lose("when a certificate ends; write it into its summary")
    return record


def _patent(row: Given) -> Record:
    numbers = [row[key].text() for key in ("Patent Number", "Application Number")]
    record = put({}, name=row["Title"].text(), number=", ".join(filter(None, numbers)))
    put(record, office=row["Country"].text(), url=row["Url"].text())
    inventors = [part.strip() for part in row["Inventors"].text().split(",") if part.strip()]
    put(record, inventors=inventors, summary=row["Description"].text())
    return put(record, date=date(row.first("Issued On", "Filed On")))


def _membership(row: Given) -> Record:
    record = put({}, organization=row["Name"].text(), role=row["Position"].text())
    return put(_dated(row, record), summary=row["Description"].text())


def _score(row: Given) -> Record:
    record = put({}, name=row["Name"].text(), description=row["Description"].text())
    if score := row["Score"].text():
        record["roles"] = [score]
    return put(record, endDate=date(row["Date"]))


def _reference(row: Given) -> Record:
    name = f"{row['First Name'].text()} {row['Last Name'].text()}".strip()
    record = put({}, name=name, reference=row["Text"].text(), position=row["Job Title"].text())
    return put(record, company=row["Company"].text())
