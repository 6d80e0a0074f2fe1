"""`cvtex letter --new` and `cvtex export letter`; to build one is `cvtex build`'s work."""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvtex import disk
from cvtex.commands import say, to_stdout
from cvtex.commands.export import build_pdf
from cvtex.diagnostics import CvtexError, error

if TYPE_CHECKING:
    from cvtex.request import Request

SCHEMA = ".cvtex/letter.json"
SAMPLES = {
    "en": """\
# A letter: `cvtex letter {name}` builds it. What stands in braces is filled by `values`.
to:
  name: Ms Ada Example
  title: Head of Engineering
  organization: "{{organization}}"
  address: |
    12 Example Street
    London N1 9GU
place: London
date: {date}
subject: Application as {{position}}
opening: Dear Ms Example,
body: |
  I read that {{organization}} is looking for a {{position}}. Say here why you write, and what of
  your work is worth the reader's time.

  - One thing that you have done, with its result.
  - Another one, which the advertisement asks for.

  Say when you can begin, and that you look forward to meeting them.
closing: Yours sincerely,
# signature: data/private-signature.png   # git ignores files of such names
enclosures: [Curriculum vitae]
# theme: moderncv       # else that of the CV
# variant: backend      # the variant of the CV that it goes with
# extends: base         # another letter, of which this one says only what differs
values:
  organization: Example Ltd
  position: Research Engineer
""",
    "de": """\
# Ein Brief: `cvtex letter {name}` setzt ihn. Was in Klammern steht, füllen die `values`.
language: de
to:
  organization: "{{organization}}"
  name: Frau Ada Beispiel
  address: |
    Beispielstraße 12
    20095 Hamburg
place: Hamburg
date: {date}
subject: Bewerbung als {{position}}
opening: Sehr geehrte Frau Beispiel,
body: |
  mit Interesse habe ich gelesen, dass {{organization}} eine Stelle als {{position}} besetzt.
  Hier steht, warum Sie schreiben und was Sie mitbringen.

  - Etwas, das Sie erreicht haben, mit dem Ergebnis.
  - Etwas, das in der Ausschreibung verlangt wird.

  Über die Einladung zu einem Gespräch freue ich mich.
closing: Mit freundlichen Grüßen
# signature: data/private-signature.png   # Dateien mit solchen Namen übergeht git
enclosures: [Lebenslauf, Zeugnisse]
values:
  organization: Beispiel GmbH
  position: Entwicklungsingenieurin
""",
}


def new(path: Path, name: str) -> int:
    """Write a letter to begin with, in the language of the CV, and print where it is.

    Nothing that is there is written over.
    """
    import datetime

    from cvtex.diagnostics import has_errors
    from cvtex.pipeline import check
    from cvtex.request import Request

    if not path.is_dir() or not (path / "data").is_dir():
        hint = "in a CV of one file letters stand under the key `letters`"
        raise CvtexError([error(f"there is no folder data/ in {path}", hint=hint)])
    if not re.fullmatch(r"\w[\w-]*", name):
        hint = "a letter's name is made of letters, digits and hyphens"
        raise click.UsageError(f"{name!r} cannot be a letter's name: {hint}")
    folder = path / "data" / "letters"
    for ending in (".yaml", ".yml"):
        if (folder / f"{name}{ending}").exists():
            raise CvtexError([error(f"data/letters/{name}{ending} is there already")])
    found = check(Request(path=path, pdf=False))
    resume = found.reading.resume if not has_errors(found.reading.diagnostics) else None
    code = str(resume.meta.language).partition("-")[0] if resume else "en"
    text = SAMPLES.get(code, SAMPLES["en"])
    today = datetime.date.today().isoformat()
    text = text.format(name=name, date=today)
    schema = path / SCHEMA
    if schema.parent.is_dir():
        from cvtex.source.schema.schema import schema as made

        if not schema.exists():
            disk.write(schema, json.dumps(made("letter"), ensure_ascii=False).encode())
        text = f"# yaml-language-server: $schema=../../{SCHEMA}\n{text}"
    target = folder / f"{name}.yaml"
    disk.write(target, text.encode())
    say(target)
    return 0


def handed_out(request: Request, *, output: Path | None, latin: bool) -> int:
    """Build letters, each named after the person and its own name; print their paths."""
    from cvtex import filenames
    from cvtex.pipeline import languages, letters, read

    names = [(letter, code) for letter in letters(request) for code in languages(request)]
    piped = output == Path("-")
    is_file = output is not None and not output.is_dir() and output.suffix.lower() == ".pdf"
    if len(names) > 1 and (piped or is_file):
        raise click.UsageError(f"there are several letters, and {output} is one; name a folder")
    for letter, code in names:
        alone = dataclasses.replace(request, letters=(letter,), languages=(code,) if code else ())
        basics = read(alone).basics
        name = filenames.handed_out(
            basics.name,
            letter=letter,
            language=code,
            latin=latin,
            aliases=basics.aliases,
        )
        with tempfile.TemporaryDirectory(prefix="cvtex-") as scratch:
            into = Path(scratch, "letter.pdf")
            target = into if piped else filenames.place(output, f"{name}.pdf")
            build_pdf(alone, target)
            if piped:
                to_stdout(target.read_bytes())
            else:
                say(target)
    return 0
