"""The manual page docs/cvtex.1, from the command line itself: `make docs` writes it.

The wheel puts it into share/man/man1, where `man cvtex` finds it.
"""

from __future__ import annotations

import inspect
from itertools import islice
from pathlib import Path

import click

from cvtex import cli
from cvtex.cli.help import verbs

FILE = Path(__file__).resolve().parents[1] / "docs" / "cvtex.1"
HEAD = """\
.TH CVTEX 1 "" cvtex "User commands"
.SH NAME
cvtex \\- compile a CV from YAML and BibTeX to PDF, by LaTeX
.SH SYNOPSIS
.B cvtex
.I VERB
[\\fIOPTIONS\\fR] [\\fIPATH\\fR]
.SH DESCRIPTION
"""
FOOT = """\
.SH EXIT STATUS
.TP
.B 0
All went well.
.TP
.B 1
The data or TeX failed; what was built before is still there.
.TP
.B 2
Wrong usage, or a theme that the project brings and that nobody trusts.
.TP
.B 130
Stopped by Ctrl-C.
.SH ENVIRONMENT
.TP
.B CVTEX_PRIVATE_PHONE, CVTEX_PRIVATE_EMAIL, CVTEX_PRIVATE_ADDRESS
Private values, which lie over the data.
.TP
.B CVTEX_TRUST
1: let the themes that the project brings run.
.TP
.B CVTEX_SANDBOX
auto, require or off, as \\-\\-sandbox.
.TP
.B CVTEX_TECTONIC_BUNDLE
A bundle of files for Tectonic, as \\-\\-bundle.
.TP
.B SOURCE_DATE_EPOCH
The date of the document, in seconds since 1970.
.TP
.B NO_COLOR
If it is not empty, messages have no colours.
.SH FILES
.TP
.I data/*.yaml, bib/*.bib
The CV.
.TP
.I data/private.yaml
What must not be published.
.TP
.I build/
The PDFs, and for each the LaTeX and the log.
"""


def page() -> str:
    """Return the whole page, in the language of man."""
    parts = [HEAD, *_paragraphs(cli.cvtex.help or "")]
    below = islice(verbs(cli.cvtex, "cvtex"), 1, None)
    for name, command in below:
        parts.append(f'.SH "{name.upper()}"\n' if name.count(" ") == 1 else f'.SS "{name}"\n')
        context = click.Context(command, info_name=name)
        parts.append(f".B {_text(' '.join([name, *command.collect_usage_pieces(context)]))}\n.PP\n")
        parts += _paragraphs(command.help or "")
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if isinstance(parameter, click.Option) and record and "--help" not in parameter.opts:
                parts.append(f".TP\n.B {_text(record[0])}\n{_text(record[1])}\n")
    return "".join([*parts, FOOT])


def _paragraphs(text: str) -> list[str]:
    parts = inspect.cleandoc(text.partition("\f")[0]).split("\n\n")
    return [".PP\n".join(f"{_text(' '.join(part.split()))}\n" for part in parts)]


def _text(text: str) -> str:
    """Return a text as man prints it letter by letter."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{safe}" if safe[:1] in (".", "'") else safe


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
