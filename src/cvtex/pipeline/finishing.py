"""From TeX's PDF to the one that is published, and what there is to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvtex.diagnostics import Diagnostic, error, warning

if TYPE_CHECKING:
    from cvtex.pdf.locate import Map, Wanted
    from cvtex.pipeline.preparation import Prepared
    from cvtex.request import Request
    from cvtex.source import Reading


def is_needed(request: Request, prepared: Prepared) -> bool:
    """Tell whether a PDF is to be another than TeX wrote it, and is to be read back."""
    return _standard(request, prepared) != "plain" or _embeds(request, prepared)


def _standard(request: Request, prepared: Prepared) -> str | None:
    return request.standard or prepared.resume.meta.standard


def _embeds(request: Request, prepared: Prepared) -> bool:
    """Tell whether what is printed goes into the PDF; a letter is no CV."""
    return (request.embed or prepared.resume.meta.embed) and not prepared.letter


def _data(prepared: Prepared) -> dict[str, bytes]:
    """Return what is printed as files that go into the PDF."""
    from cvtex.export.json_resume import dump
    from cvtex.latex.bibliography import bibliography

    words, dates = prepared.set_by.setting.words, prepared.set_by.options.dates
    found = {"resume.json": dump(prepared.resume, prepared.contents, words, dates=dates)}
    if bib := bibliography(prepared.resume, words):
        found["publications.bib"] = bib.encode()
    return found


def _lost(value: Wanted, theme: str) -> Diagnostic:
    shown = " ".join(value.text.split())
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    hint = f"the theme {theme} does not set it, or its font has other characters for it"
    return error(f"the PDF lost “{shown}”", value.source, hint)


def located(data: bytes, prepared: Prepared) -> Map:
    """Return where each value of the data is in a PDF as TeX has made it."""
    from cvtex.latex import printed
    from cvtex.pdf import finish, locate

    done = finish.finish(data, prepared.facts, "plain", 0)
    words = locate.reading_order(done.document, done.pages)
    groups = tuple(printed.groups(prepared.resume, prepared.contents, prepared.set_by))
    return locate.locate(words, groups)


NAMES = {"ua": "PDF/UA", "archive": "PDF/A"}


def finish(
    compiled: bytes, prepared: Prepared, reading: Reading, request: Request, epoch: int
) -> tuple[bytes, list[Diagnostic], Map | None]:
    """Return the PDF as it is published, the problems found in it, and where each value is.

    A standard that nobody asked for and that the PDF does not reach is no problem: the
    PDF then does not claim it. With `plain` it is as TeX made it, and nobody reads it.
    """
    if not is_needed(request, prepared):
        return compiled, [], None
    from cvtex.latex import printed
    from cvtex.pdf import finish, locate

    files = _data(prepared) if _embeds(request, prepared) else {}
    asked = _standard(request, prepared)
    done = finish.finish(compiled, prepared.facts, asked or "archive", epoch, files)  # type: ignore[arg-type]
    words = locate.reading_order(done.document, done.pages)
    groups = tuple(
        printed.groups(prepared.resume, prepared.contents, prepared.set_by, reading.letter)
    )
    places = locate.locate(words, groups)
    found = [_lost(value, prepared.theme) for value in places.lost]
    if asked:
        lacks = {"ua": done.not_universal, "archive": done.not_archive}
        found += [
            warning(f"{prepared.theme}: the PDF is no {NAMES[standard]}: {'; '.join(reasons)}")
            for standard, reasons in lacks.items()
            if reasons
        ]
    return done.pdf, found, places
