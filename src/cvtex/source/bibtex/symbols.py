"""Which TeX commands a `.bib` field may hold, and what each means: tables only.

From LaTeX 2e's encodings T1, TS1 and OMS (`source2e`, part "ltoutenc"), textcomp,
biblatex's manual §2.2 to §4.3 and the macros that BibTeX files commonly define.
"""

from __future__ import annotations

from cvtex.source.bibtex.words import words

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "U": "\u030e",
    "G": "\u030f",
    "C": "\u030f",
    "f": "\u0311",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "textcommabelow": "\u0326",
    "newtie": "\u0361",
    "textdotbelow": "\u0323",
    "textogonekcentered": "\u0328",
}
"""Accent commands and their combining characters."""

LETTERS = {
    "i": "ı",
    "j": "ȷ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "ss": "ß",
    "SS": "ẞ",
    "dj": "đ",
    "DJ": "Đ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "ij": "ĳ",
    "IJ": "Ĳ",
}

SYMBOLS = LETTERS | {
    "textendash": "–",
    "textemdash": "—",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textdollar": "$",
    "textpercent": "%",
    "textampersand": "&",
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "lq": "‘",
    "rq": "’",
    "quotedblbase": "„",
    "quotesinglbase": "‚",
    "glqq": "„",
    "grqq": "“",
    "glq": "‚",
    "grq": "‘",
    "flqq": "«",
    "frqq": "»",
    "flq": "‹",
    "frq": "›",
    "guillemotleft": "«",
    "guillemotright": "»",
    "guillemetleft": "«",
    "guillemetright": "»",
    "guilsinglleft": "‹",
    "guilsinglright": "›",
    "og": "« ",
    "fg": " »",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "S": "§",
    "textsection": "§",
    "P": "¶",
    "textparagraph": "¶",
    "dag": "†",
    "ddag": "‡",
    "textdagger": "†",
    "textdaggerdbl": "‡",
    "textasteriskcentered": "*",
    "ast": "*",
    "pounds": "£",
    "textsterling": "£",
    "euro": "€",
    "texteuro": "€",
    "EUR": "€",
    "textyen": "¥",
    "textcent": "¢",
    "copyright": "©",
    "textcopyright": "©",
    "textregistered": "®",
    "texttrademark": "™",
    "textservicemark": "℠",
    "textdegree": "°",
    "textcelsius": "℃",
    "textnumero": "№",
    "textordmasculine": "º",
    "textordfeminine": "ª",
    "textmu": "µ",
    "texttimes": "×",
    "textdiv": "÷",
    "textpm": "±",
    "textminus": "−",
    "textonehalf": "½",
    "textonequarter": "¼",
    "textthreequarters": "¾",
    "textonesuperior": "¹",
    "texttwosuperior": "²",
    "textthreesuperior": "³",
    "textbullet": "•",
    "textperiodcentered": "·",
    "textvisiblespace": "␣",
    "textexclamdown": "¡",
    "textquestiondown": "¿",
    "textfractionsolidus": "⁄",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "slash": "/",
    "hyphen": "-",
    "nobreakdash": "",
    "fshyp": "-",
    "space": " ",
    "nobreakspace": "\u00a0",
    "addspace": " ",
    "addnbspace": "\u00a0",
    "addcomma": ",",
    "addcolon": ":",
    "addsemicolon": ";",
    "adddot": ".",
    "addperiod": ".",
    "adddotspace": ". ",
    "addabbrvspace": "\u00a0",
    "addhyphen": "-",
    "quad": " ",
    "qquad": " ",
    "enspace": " ",
    "enskip": " ",
    "thinspace": "\u2009",
    "newblock": " ",
    "par": " ",
    "newline": " ",
    "linebreak": " ",
    "hfill": " ",
    "BibTeX": "BibTeX",
    "BIBTeX": "BibTeX",
    "BibLaTeX": "BibLaTeX",
    "biblatex": "BibLaTeX",
    "AmS": "AMS",
    "AMS": "AMS",
    "PS": "PostScript",
    "MF": "METAFONT",
    "METAFONT": "METAFONT",
    "MP": "MetaPost",
    "METAPOST": "MetaPost",
    "XeTeX": "XeTeX",
    "XeLaTeX": "XeLaTeX",
    "LuaTeX": "LuaTeX",
    "LuaLaTeX": "LuaLaTeX",
    "pdfTeX": "pdfTeX",
    "ConTeXt": "ConTeXt",
    "SLiTeX": "SLiTeX",
    "AMSTeX": "AMS-TeX",
    "AMSLaTeX": "AMS-LaTeX",
    "PiCTeX": "PiCTeX",
    "TUB": "TUGboat",
    "TUGboat": "TUGboat",
    "Dash": "—",
    "CTAN": "CTAN",
    "HTML": "HTML",
    "XML": "XML",
    "SGML": "SGML",
    "POSTSCRIPT": "PostScript",
}
"""Commands that stand for a text."""

LOGOS = {"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε"}
"""Commands of the LaTeX kernel that are kept as commands, and their text."""

PUNCTUATION = {
    " ": " ",
    "\n": " ",
    "\t": " ",
    ",": "\u2009",
    ";": " ",
    ":": " ",
    ">": " ",
    "\\": " ",
    "!": "",
    "/": "",
    "@": "",
    "*": "",
    "-": "\u00ad",
    "|": "‖",
}
"""Control symbols that are neither an accent nor the character itself."""

WRAPPERS = {
    "emph": "emph",
    "textit": "textit",
    "textsl": "textsl",
    "textbf": "textbf",
    "texttt": "texttt",
    "textsc": "textsc",
    "textsf": "textsf",
    "textrm": "textrm",
    "textup": "textup",
    "textmd": "textmd",
    "textnormal": "textnormal",
    "underline": "underline",
    "textsuperscript": "textsuperscript",
    "textsubscript": "textsubscript",
    "mbox": "mbox",
    "hbox": "mbox",
    "mkbibemph": "emph",
    "mkbibitalic": "textit",
    "mkbibbold": "textbf",
    "mkbibsuperscript": "textsuperscript",
    "mkbibsubscript": "textsubscript",
    "sp": "textsuperscript",
    "sb": "textsubscript",
    "acro": "textsc",
    "acronym": "textsc",
    "code": "texttt",
    "pkg": "textsf",
}
"""Commands with one argument that are kept, and the command they become."""

SWITCHES = {
    "em": "emph",
    "it": "textit",
    "itshape": "textit",
    "sl": "textsl",
    "slshape": "textsl",
    "bf": "textbf",
    "bfseries": "textbf",
    "tt": "texttt",
    "ttfamily": "texttt",
    "sc": "textsc",
    "scshape": "textsc",
    "sf": "textsf",
    "sffamily": "textsf",
    "rm": "textrm",
    "rmfamily": "textrm",
    "up": "textup",
    "upshape": "textup",
    "md": "textmd",
    "mdseries": "textmd",
    "normalfont": "textnormal",
}
"""Declarations, in force until their group ends, and the command they become."""

QUOTES = {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "textquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "parentext": ("(", ")"),
    "brackettext": ("[", "]"),
}
"""Commands that put something around their argument."""

SHOWN = {
    "text": (1, 0),
    "textcolor": (2, 1),
    "colorbox": (2, 1),
    "foreignlanguage": (2, 1),
    "bibinfo": (2, 1),
    "bibnamefont": (1, 0),
    "bibfnamefont": (1, 0),
    "natexlab": (1, 0),
    "uppercase": (1, 0),
    "lowercase": (1, 0),
    "MakeUppercase": (1, 0),
    "MakeLowercase": (1, 0),
    "NoCaseChange": (1, 0),
    "singleletter": (1, 0),
    "printfirst": (2, 0),
    "switchargs": (2, 1),
    "raisebox": (2, 1),
    "makebox": (1, 0),
    "autocap": (1, 0),
    "bibstring": (1, 0),
    "cyr": (0, 0),
    "nohyphens": (1, 0),
    "ignoreforsort": (1, 0),
    "mathrm": (1, 0),
    "smash": (1, 0),
    "oldstylenums": (1, 0),
    "strut": (0, 0),
    "selectlanguage": (1, -1),
    "noopsort": (1, -1),
    "SortNoop": (1, -1),
    "sortnoop": (1, -1),
    "sortunder": (1, -1),
    "hspace": (1, -1),
    "vspace": (1, -1),
    "hskip": (0, 0),
    "color": (1, -1),
    "label": (1, -1),
    "index": (1, -1),
    "phantom": (1, -1),
    "hphantom": (1, -1),
    "vphantom": (1, -1),
}
"""Commands of which one argument is kept: how many they take, and which (-1: none)."""

ADDRESSES = {"url": 1, "nolinkurl": 1, "path": 1, "doi": 1, "href": 2}
"""Commands whose first argument is an address, and how many arguments they take."""

IGNORED = frozenset(
    words(
        """protect relax leavevmode unskip ignorespaces noindent sloppy raggedright tiny
    scriptsize footnotesize small normalsize large Large LARGE huge Huge bgroup egroup
    begingroup endgroup nobreak allowbreak break penalty null isdot nopunct unspace
    midsentence bibrangedash textnormal boldmath unboldmath xspace frenchspacing
    nonfrenchspacing languagename hbadness tolerance"""
    )
)
"""Commands without a text or an argument that say nothing here."""

FORBIDDEN = frozenset(
    words(
        """input include includeonly includegraphics InputIfFileExists IfFileExists openin
    openout read readline write immediate closein closeout special def edef gdef xdef
    let futurelet newcommand renewcommand providecommand DeclareRobustCommand
    NewDocumentCommand RenewDocumentCommand newenvironment csname endcsname expandafter
    noexpand string meaning jobname scantokens catcode lccode uccode sfcode mathcode
    delcode chardef mathchardef global long outer afterassignment aftergroup everypar
    everyjob output shipout newread newwrite newcount newtoks newif count dimen skip
    toks box setbox directlua latelua luaexec luadirect luacode latexlua pdfobj
    pdfliteral pdfextension pdfcatalog pdfinfo pdffiledump pdfximage pdfmapfile
    pdfmapline XeTeXpicfile XeTeXpdffile usepackage RequirePackage documentclass
    LoadClass makeatletter makeatother loop repeat iffalse iftrue ifx ifcase else fi
    endinput stop batchmode scrollmode nonstopmode errorstopmode ShellEscape
    lstinputlisting verbatiminput typeout message errmessage typein newlinechar
    escapechar endlinechar AtBeginDocument AtEndDocument"""
    )
)
"""File, definition and state primitives, and the commands made of them: errors."""

LIGATURES = {
    "---": "—",
    "--": "–",
    "``": "“",
    "''": "”",
    "?`": "¿",
    "!`": "¡",
    "`": "‘",
    "'": "’",
    "~": "\u00a0",
}
"""What TeX's fonts make of several characters, and of one."""

ESCAPES = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "%": "\\%",
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
    '"': "\\textquotedbl{}",
    "'": "\\textquotesingle{}",
    "`": "\\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "\u00a0": "~",
    "\u2009": "\\,",
    "\u202f": "\\,",
    "\u00ad": "\\-",
    "\u2212": "\\textminus{}",
}
"""Characters that text cannot hold bare, and how they are written."""
