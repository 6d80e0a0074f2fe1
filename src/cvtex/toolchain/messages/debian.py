"""Which Debian package brings a file that TeX did not find.

The packages are Debian 12's, by `dpkg -S`; what texlive-fonts-extra and
texlive-lang-german hold is from their file lists on packages.debian.org.
"""

from __future__ import annotations

DEBIAN = {
    "texlive-latex-base": "article.cls babel.sty charter.sty fancyhdr.sty fontenc.sty geometry.sty"
    " graphicx.sty helvet.sty hyperref.sty tabularx.sty times.sty",
    "texlive-latex-recommended": "booktabs.sty caption.sty etoolbox.sty fontspec.sty memoir.cls"
    " microtype.sty parskip.sty ragged2e.sty scrartcl.cls unicode-math.sty xcolor.sty xltxtra.sty"
    " xunicode.sty",
    "texlive-latex-extra": "changepage.sty contour.sty currvita.sty enumitem.sty europasscv.cls"
    " europecv.cls ifmtarg.sty lastpage.sty marginnote.sty moderncv.cls multirow.sty needspace.sty"
    " paracol.sty svg.sty tcolorbox.sty titlesec.sty xifthen.sty",
    "texlive-pictures": "pgf.sty pgffor.sty pict2e.sty tikz.sty",
    "texlive-fonts-recommended": "marvosym.sty",
    "texlive-plain-generic": "soul.sty ulem.sty",
    "texlive-fonts-extra": "academicons.sty ebgaramond.sty FiraSans.sty fontawesome.sty"
    " fontawesome5.sty kurier.sty lato.sty raleway.sty roboto.sty sourcesanspro.sty",
    "texlive-luatex": "luacode.sty luatextra.sty",
    "texlive-lang-german": "germanb.ldf ngerman.ldf",
    "lmodern": "lmodern.sty",
    "fonts-lmodern": "lmroman10-regular.otf lmsans10-regular.otf",
    "tex-gyre": "tgheros.sty tgpagella.sty tgtermes.sty",
    "fonts-texgyre": "texgyreheros-regular.otf texgyrepagella-regular.otf"
    " texgyretermes-regular.otf",
}
PACKAGE_OF = {file: package for package, files in DEBIAN.items() for file in files.split()}


def brought_by(file: str) -> str:
    """Return what brings a file, or a font by its file's name, that TeX did not find."""
    package = PACKAGE_OF.get(file) or PACKAGE_OF.get(f"{file}.otf")
    if package:
        return f"it is in Debian's {package}: apt-get install {package}"
    if file.endswith((".sty", ".cls")):
        return f"put {file} into the theme's folder, or install the package that brings it"
    if "." in file.strip("."):
        return f"is {file} in the project, and spelt as it is there?"
    return f"is there a font {file}? `cvtex doctor` shows what is missing"
