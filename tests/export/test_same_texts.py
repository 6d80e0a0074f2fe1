"""One project in two languages, two variants, public and private: all forms say the same texts.

Each text of it holds a word of its own that begins with Q. The set of those words is taken out
of every form and held against the others, and against what a reader of the data expects.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from cvtex import pipeline
from cvtex.commands.export import written
from cvtex.latex import printed
from cvtex.pipeline.preparation import Prepared
from cvtex.request import Request

FILES = {
    "data/basics.yaml": """\
name: Ana Qname
label: {en: Engineer Qlabelen, de: Ingenieurin Qlabelde}
location: Qtown
profiles: [{network: GitHub, username: qprofile}]
summary: Reads **Qstrong** and [Qlinked](https://example.org), `Qcode`.
""",
    "data/private.yaml": "basics: {phone: +49 30 23125 000, location: Qstreet 1}\n",
    "data/meta.yaml": "languages: [en, de]\nsections: [work, education, grants, talks]\n",
    "data/variants.yaml": "go: {include: [go]}\nops: {include: [ops], hide: [grants]}\n",
    "data/work.yaml": """\
- name: Qemployer
  team: Qteam
  position: Qpost
  startDate: 2020
  keywords: [Qkeyword]
  summary: !tex 'By \\textbf{Qtex} and $Qformula^2$'
  highlights:
    - {text: 'Goes Qgo', tags: [go]}
    - {text: 'Operates Qops', tags: [ops]}
    - text: Holds Qouter
      highlights: [and Qinner, {text: and Qinnermost}]
    - {en: Says Qsaysen, de: Sagt Qsagtde}
- name: Qsecond
  tags: [ops]
  positions:
    - {position: Qfirstpost, startDate: 2018, endDate: 2019, highlights: [Qdeed]}
    - {position: Qotherpost, startDate: 2016, endDate: 2018, summary: Qdone}
""",
    "data/education.yaml": """\
- {institution: Qschool, studyType: Qdegree, area: Qarea, score: Qscore, courses: [Qcourse]}
""",
    "data/volunteer.yaml": "- {organization: Qclub, position: Qguide, summary: Qled}\n",
    "data/awards.yaml": "- {title: Qaward, awarder: Qgiver, summary: Qfor, location: Qhall}\n",
    "data/certificates.yaml": "- {name: Qcertificate, issuer: Qissuer}\n",
    "data/skills.yaml": "- {name: Qskill, level: Qlevel, keywords: [Qtool]}\n",
    "data/languages.yaml": "- {language: Qtongue, fluency: Qfluent}\n",
    "data/interests.yaml": "- {name: Qinterest, keywords: [Qhobby]}\n",
    "data/references.yaml": "- {name: Qreferee, company: Qfirm, reference: Qpraise}\n",
    "data/projects.yaml": """\
- {name: Qproject, entity: Qentity, roles: [Qrole], description: Qdescribed}
""",
    "data/memberships.yaml": "- {organization: Qguild, role: Qmember, summary: Qsince}\n",
    "data/patents.yaml": "- {name: Qpatent, number: Qnumber, office: Qoffice, status: Qstatus}\n",
    "data/grants.yaml": "- {name: Qgrant, funder: Qfunder, amount: Qamount, role: Qleader}\n",
    "data/talks.yaml": "title: {en: Qtalksen, de: Qtalksde}\nentries: [A Qtalk, {name: Qother}]\n",
    "bib/publications.bib": "@article{a, title = {On Qpaper and $Qmath$}, author = {Qname, Ana},"
    " journal = {Qjournal}, date = {2020}}\n",
}

VARIANTS = ("", "go", "ops")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("same")
    for name, text in FILES.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text)
    return place


def prepared(folder: Path, variant: str, language: str, public: bool) -> Prepared:
    variants = (variant,) if variant else ()
    request = Request(
        path=folder, pdf=False, variants=variants, languages=(language,), public=public
    )
    checked = pipeline.check(request)
    assert checked.prepared, checked.diagnostics
    return checked.prepared[0]


def marked(text: str) -> set[str]:
    """Return the words that begin with Q; plain text sets titles in capitals."""
    return {word.capitalize() for word in re.findall(r"\bq[a-z]{2,}", text, re.IGNORECASE)}


def shown(form: str, made: bytes) -> str:
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            made = archive.read("word/document.xml")
        return re.sub(rb"<[^>]+>", b" ", made).decode()
    return re.sub(r"<style>.*?</style>", "", made.decode(), flags=re.DOTALL)


def expected(variant: str, language: str, public: bool) -> set[str]:
    """Return what the data say, less what a variant, a language or the public does not see."""
    words = {word for text in FILES.values() for word in marked(text)}
    other = {"en": "de", "de": "en"}[language]
    words -= {word for word in words if word[1:] in {
        f"label{other}", f"says{other}", f"sagt{other}", f"talks{other}"}}  # fmt: skip
    words -= {"Qstreet"} if public else {"Qtown"}
    if variant:
        words -= {"Qops", "Qsecond", "Qfirstpost", "Qotherpost", "Qdeed", "Qdone"} - (
            set() if variant == "go" else {"Qops", "Qsecond", "Qfirstpost", "Qotherpost",
                                           "Qdeed", "Qdone"}
        )  # fmt: skip
        words -= {"Qgo"} if variant == "ops" else set()
    if variant == "ops":
        words -= {"Qgrant", "Qfunder", "Qamount", "Qleader"}
    return words


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_all_forms_say_the_same_texts(folder: Path, variant: str, language: str) -> None:
    for public in (True, False):
        cv = prepared(folder, variant, language, public)
        groups = printed.groups(cv.resume, cv.contents, cv.set_by)
        of_pdf = {word for group in groups for value in group.values for word in marked(value.text)}
        wanted = expected(variant, language, public)
        assert of_pdf == wanted - {"Qtex", "Qformula"}  # a PDF is read back against the others
        for form in ("text", "markdown", "html", "docx", "json-resume", "rendercv"):
            said = marked(shown(form, written(form, cv)[0]))
            assert (form, said - wanted, wanted - said) == (form, set(), set())
        phones = [b"23125" in written(form, cv)[0] for form in ("text", "html", "json-resume")]
        assert phones == [not public] * 3
        assert marked(written("bib", cv)[0].decode()) == {"Qpaper", "Qmath", "Qjournal", "Qname"}


def test_every_kind_of_record_is_among_them() -> None:
    from cvtex.model import KINDS

    files = {Path(name).stem for name in FILES}
    assert set(KINDS) <= files | {"publications"}
