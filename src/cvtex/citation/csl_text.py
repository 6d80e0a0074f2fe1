"""Texts and languages as CSL-JSON has them: some HTML, and BCP 47 codes.

After the CSL-JSON schema of CSL 1.0.2 and its "rich text" (`<i>`, `<b>`, `<sub>`, `<sup>`,
small capitals).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.model import NO_TEXT, Rich

TAGS = {
    "textit": ("<i>", "</i>"),
    "emph": ("<i>", "</i>"),
    "textsl": ("<i>", "</i>"),
    "textbf": ("<b>", "</b>"),
    "textsubscript": ("<sub>", "</sub>"),
    "textsuperscript": ("<sup>", "</sup>"),
    "textsc": ('<span style="font-variant:small-caps;">', "</span>"),
}
"""What CSL-JSON has for commands of TeX."""

LANGUAGES = {
    "english": "en",
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "canadian": "en-CA",
    "australian": "en-AU",
    "newzealand": "en-NZ",
    "german": "de",
    "ngerman": "de",
    "deutsch": "de",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "swissgerman": "de-CH",
    "nswissgerman": "de-CH",
    "french": "fr",
    "francais": "fr",
    "acadian": "fr",
    "canadien": "fr-CA",
    "spanish": "es",
    "catalan": "ca",
    "galician": "gl",
    "basque": "eu",
    "italian": "it",
    "portuguese": "pt",
    "portuges": "pt",
    "brazilian": "pt-BR",
    "brazil": "pt-BR",
    "dutch": "nl",
    "afrikaans": "af",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "norsk": "nb",
    "nynorsk": "nn",
    "finnish": "fi",
    "icelandic": "is",
    "estonian": "et",
    "latvian": "lv",
    "lithuanian": "lt",
    "polish": "pl",
    "czech": "cs",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "croatian": "hr",
    "serbian": "sr",
    "serbianc": "sr-Cyrl",
    "hungarian": "hu",
    "magyar": "hu",
    "romanian": "ro",
    "bulgarian": "bg",
    "russian": "ru",
    "ukrainian": "uk",
    "greek": "el",
    "turkish": "tr",
    "irish": "ga",
    "welsh": "cy",
    "latin": "la",
    "chinese": "zh",
    "japanese": "ja",
    "korean": "ko",
    "vietnamese": "vi",
    "indonesian": "id",
    "arabic": "ar",
    "hebrew": "he",
    "persian": "fa",
    "hindi": "hi",
    "thai": "th",
    "esperanto": "eo",
}
"""BCP 47 codes of the languages that babel and biblatex name."""

_TOKEN = re.compile(r"\$([^$]*)\$|\\([A-Za-z]+)\s*\{|\\[A-Za-z]+\s*(?:\{\})?|\\.|[{}]|[^\\{}$]+")
_SCRIPT = re.compile(r"(?:\{\})?([_^])(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+|[^\\{}]))")


def language(typed: str) -> str:
    """Return the BCP 47 code of a language as `langid` or `language` names it, "" for none."""
    name = typed.strip()
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", name):
        return name.replace("_", "-")
    return LANGUAGES.get(name.casefold(), "")


def foreign(fields: Mapping[str, Rich], own: str) -> str:
    """Return the BCP 47 code of a work's language where it is not the CV's (`own`), else ""."""
    for field in ("langid", "language"):
        if typed := fields.get(field, NO_TEXT).text:
            code = language(typed)
            return "" if _base(code) == _base(own) else code
    return ""


def _base(code: str) -> str:
    return code.partition("-")[0].casefold()


def html(text: Rich) -> str:
    """Return a text with the HTML that CSL-JSON may hold; its letters are those of `text`."""
    tex = text.tex
    if tex is None or not re.search(r"[\\$]", tex) or len(tex) > 20_000:
        return text.text
    from cvtex.source.bibtex.tex import rich

    out: list[str] = []
    plain = ""  # TeX that has no counterpart, gathered so that its letters stay together
    closing: list[str] = []

    def flush() -> None:
        nonlocal plain
        if plain:
            # white space at the ends is the reader's to cut, and ours to keep
            inner = rich(f"x{plain}x")[0].text
            out.append(inner[1:-1])
        plain = ""

    for token in _TOKEN.finditer(tex):
        maths, command = token[1], token[2]
        if maths is not None and _SCRIPT.search(maths):
            flush()
            out.append(_scripts(maths))
        elif command in TAGS:
            flush()
            out.append(TAGS[command][0])
            closing.append(TAGS[command][1])
        elif token[0] == "}" and closing:
            mark = closing.pop()
            if mark:
                flush()
                out.append(mark)
        elif token[0] == "{" or command:
            closing.append("")  # the group's own end
            if command:
                plain += f"\\{command} "
        else:
            plain += token[0]
    flush()
    return "".join(out)


def _scripts(maths: str) -> str:
    """Return a formula's letters, what stands above and below in tags."""
    from cvtex.source.bibtex.tex import rich

    def letters(tex: str) -> str:
        shown = rich(f"${tex}$")[0].text if tex.strip() else ""
        return re.sub(r"[{}$\\]", "", shown) if "$" in shown else shown

    out, position = "", 0
    for script in _SCRIPT.finditer(maths):
        tag = "sub" if script[1] == "_" else "sup"
        out += letters(maths[position : script.start()])
        out += f"<{tag}>{letters(script[2] or script[3] or '')}</{tag}>"
        position = script.end()
    return out + letters(maths[position:])
