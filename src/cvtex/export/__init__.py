"""The CV in other forms. Each holds what is printed, and no more.

`walk` makes a `Document` of the prepared CV; the writers make a file of that: `text`,
`markdown`, `html`, `docx`, `vcard`. What keeps records as records (`json_resume`, `rendercv`,
BibTeX, CSL-JSON) is made of those.
"""

from __future__ import annotations

from cvtex.records import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a CV can be exported in: its file's ending, and what it is in a sentence.

    `signature` is how a file begins that may be written over although its ending is that of
    the user's own work.
    """

    name: str
    ending: str
    summary: str
    signature: bytes = b""


FORMS = {
    form.name: form
    for form in (
        Form("json-resume", ".json", "Write what the CV prints as JSON Resume."),
        Form(
            "rendercv",
            ".yaml",
            "Write what the CV prints as RenderCV's YAML.",
            b"# Written by cvtex export rendercv",
        ),
        Form("text", ".txt", "Write the CV as plain text, one field a line, for web forms."),
        Form("markdown", ".md", "Write the CV as Markdown, as a profile on GitHub for example."),
        Form("html", ".html", "Write the CV as one web page that needs nothing else."),
        Form("docx", ".docx", "Write the CV as a Word document with real styles."),
        Form(
            "bib",
            ".bib",
            "Write the publications that the CV prints as BibTeX.",
            b"% Written by cvtex export bib",
        ),
        Form("csl-json", ".csl.json", "Write the publications that the CV prints as CSL-JSON."),
    )
}
"""The forms that need no TeX. PDF, PNG and the zip for Overleaf are made of the PDF's LaTeX."""
