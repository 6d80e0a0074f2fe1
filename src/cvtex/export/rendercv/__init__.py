"""What a CV prints as RenderCV's YAML, valid for RenderCV 2 (https://docs.rendercv.com).

RenderCV knows nine kinds of entries, one kind a section, and writes Markdown. All that is
printed stands in the file; what lost its own place there is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvtex.diagnostics import Diagnostic
from cvtex.export.rendercv.entries import section
from cvtex.export.rendercv.head import head
from cvtex.export.rendercv.writer import Fields, Writer
from cvtex.latex.render import Content
from cvtex.model import Resume, Words
from cvtex.source.syntax.yaml_writer import dump as yaml

THEMES = {"classic": "classic", "moderncv": "moderncv", "jake": "sb2nov", "harvard": "harvard"}
"""RenderCV's theme that is nearest to one of ours; else `classic`."""
LANGUAGES = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "da": "danish", "hu": "hungarian", "id": "indonesian",
    "ja": "japanese", "ko": "korean", "zh": "mandarin_chinese", "nb": "norwegian_bokmål",
    "ru": "russian", "tr": "turkish", "vi": "vietnamese", "hi": "hindi",
}  # fmt: skip


def dump(
    resume: Resume, contents: Sequence[Content], words: Words
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the YAML file, and a note of each thing that lost its own place."""
    writer = Writer(resume, words)
    cv = head(writer)
    sections: dict[str, Any] = {}
    if resume.basics.summary:
        sections["Summary"] = writer.texts(resume.basics.summary)
    for content in contents:
        title, number = writer.plain(content.section.title), 1
        while title in sections:
            number += 1
            title = f"{writer.plain(content.section.title)} {number}"
        if entries := section(writer, content):
            sections[title] = entries
    if resume.meta.footer:
        writer.tell("the text at the foot is left out", resume.meta.footer)
    if sections:
        cv["sections"] = sections
    whole: Fields = {"cv": cv, "design": {"theme": THEMES.get(resume.meta.theme, "classic")}}
    code = str(resume.meta.language).partition("-")[0]
    if code in LANGUAGES:
        whole["locale"] = {"language": LANGUAGES[code]}
    else:
        writer.tell(f"RenderCV has no words in {code}", resume.meta.language)
    text = f"# Written by cvtex export rendercv: what the CV prints.\n{yaml(whole)}"
    return text.encode(), tuple(writer.notes)
