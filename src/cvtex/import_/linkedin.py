"""LinkedIn's data export ("Get a copy of your data"): a ZIP of CSV files, or its folder."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

from cvtex.diagnostics import CvtexError, Source, error
from cvtex.import_.bibliography import entry
from cvtex.import_.ledger import Given
from cvtex.import_.project import Imported
from cvtex.import_.values import Record, date, put, span
from cvtex.source.syntax.nodes import List, Map, Node, Scalar

FILES = (
    "Profile", "Profile Summary", "Positions", "Education", "Skills", "Languages",
    "Certifications", "Projects", "Publications", "Patents", "Honors", "Volunteering", "Courses",
    "Test_Scores", "Organizations", "Email Addresses", "PhoneNumbers", "Recommendations_Received",
)  # fmt: skip
"""The files that hold what a CV says; all others of the export (messages, …) are not opened."""

LARGEST = 10_000_000
"""Bytes that a file of the export may have, unpacked."""


def recognises(path: Path) -> bool:
    """Tell whether a ZIP or a folder has LinkedIn's files."""
    return bool({"Profile.csv", "Positions.csv"} & {Path(name).name for name in _names(path)})


def load(path: Path) -> Node:
    """Return the rows of the export as nodes: a list of rows for each file, by its name."""
    pairs = {}
    for name in _names(path):
        stem = Path(name).stem
        if stem in FILES and name.endswith(".csv"):
            key = Scalar(stem, Source(f"{path.name}/{Path(name).name}", 1, 1))
            pairs[stem] = (key, _rows(_text(path, name), f"{path.name}/{Path(name).name}"))
    return Map(pairs, Source(path.name, 1, 1))


def _names(path: Path) -> list[str]:
    if path.is_dir():
        return sorted(file.name for file in path.glob("*.csv"))
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return []


def _text(path: Path, name: str) -> str:
    if path.is_dir():
        content = (path / name).read_bytes()[: LARGEST + 1]
    else:
        with zipfile.ZipFile(path) as archive, archive.open(name) as file:
            content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise CvtexError([error("the file is too large", Source(f"{path.name}/{name}"))])
    return content.decode("utf-8-sig", "replace")


def _rows(text: str, file: str) -> List:
    """Return the rows of a CSV file under its heads; LinkedIn sets remarks above some heads."""
    lines = text.splitlines(keepends=True)
    skipped = 0
    if lines and lines[0].startswith("Notes"):
        skipped = next((n + 1 for n, line in enumerate(lines) if not line.strip()), 0)
    reader = csv.reader(io.StringIO("".join(lines[skipped:]), newline=""))
    heads = next(reader, [])
    rows: list[Node] = []
    line = reader.line_num
    for row in reader:
        place = Source(file, skipped + line + 1, 1)
        line = reader.line_num
        cells = {head: (Scalar(head, place), Scalar(cell, place, '"'))
                 for head, cell in zip(heads, row, strict=False)}  # fmt: skip
        rows.append(Map(cells, place))
    return List(tuple(rows), Source(file, 1, 1))


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
    result.add("references", [_reference(row) for row in root["Recommendations_Received"].items()])
    courses = [put({}, name=row["Name"].text(), entity=row["Number"].text())
               for row in root["Courses"].items()]  # fmt: skip
    if courses:
        result.own("Courses", "projects", courses)
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
        location=profile["Geo Location"].text(),
        aliases=[f"{first} {maiden}"] if maiden else [],
    )
    for row in root["Profile Summary"].items():
        result.basics.setdefault("summary", row["Profile Summary"].text())
    mails = root["Email Addresses"].items()
    mails.sort(key=lambda row: row["Primary"].peek().lower() != "yes")
    for number, row in enumerate(mails):
        for key in ("Primary", "Confirmed", "Updated On"):
            row[key].lose("a mark of the export, not of the person")
        if number == 0:
            put(result.basics, email=row["Email Address"].text())
    phone = next(iter(root["PhoneNumbers"].items()), Given(None, "", root.ledger))
    put(result.basics, phone=phone["Number"].text())
    phone["Type"].lose("the kind of a phone number")
    sites = re.findall(
        r"\[?([A-Z_]+):(https?://[^\s,\]]+|[^\s,\]]+)",
        profile["Websites"].became("the addresses alone"),
    )
    for number, (_, address) in enumerate(sites):
        if number == 0:
            result.basics["url"] = address
        else:
            result.basics.setdefault("profiles", []).append({"url": address})
    for name in re.findall(r"[^\[\],\s]+", profile["Twitter Handles"].text()):
        result.basics.setdefault("profiles", []).append(
            {"network": "X", "username": name, "url": f"https://x.com/{name}"}
        )


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
    record = put({}, title=row["Title"].text(), summary=row["Description"].text())
    put(record, url=row["Url"].text(), number=row["Patent Number"].text())
    return put(record, date=date(row.first("Issued On", "Filed On")))


def _reference(row: Given) -> Record:
    name = f"{row['First Name'].text()} {row['Last Name'].text()}".strip()
    record = put({}, name=name, reference=row["Text"].text(), position=row["Job Title"].text())
    if row["Company"]:
        record["position"] = ", ".join(
            filter(None, [record.get("position"), row["Company"].text()])
        )
    for key in ("Creation Date", "Status"):
        row[key].lose("a mark of the export, not of the person")
    return record
