"""Which commands a formula in a `.bib` field may hold: tables only.

From "The LaTeX Companion" (2nd ed.), chapter 8, what the LaTeX kernel alone can
set: no theme needs amsmath or amssymb for a title.
"""

from __future__ import annotations

from cvtex.source.bibtex.words import words

GREEK = dict(
    zip(
        words(
            """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho
    sigma tau upsilon phi chi psi omega varepsilon vartheta varpi varrho varsigma varphi
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"""
        ),
        "αβγδεζηθικλμνξπρστυϕχψωεϑϖϱςφΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)

SYMBOLS = (
    GREEK
    | {
        "ell": "ℓ",
        "hbar": "ℏ",
        "infty": "∞",
        "partial": "∂",
        "nabla": "∇",
        "forall": "∀",
        "exists": "∃",
        "emptyset": "∅",
        "Re": "ℜ",
        "Im": "ℑ",
        "aleph": "ℵ",
        "wp": "℘",
        "times": "×",
        "div": "÷",
        "pm": "±",
        "mp": "∓",
        "cdot": "·",
        "cdots": "⋯",
        "ldots": "…",
        "dots": "…",
        "vdots": "⋮",
        "ddots": "⋱",
        "ast": "∗",
        "star": "⋆",
        "circ": "∘",
        "bullet": "•",
        "oplus": "⊕",
        "ominus": "⊖",
        "otimes": "⊗",
        "odot": "⊙",
        "cap": "∩",
        "cup": "∪",
        "wedge": "∧",
        "land": "∧",
        "vee": "∨",
        "lor": "∨",
        "neg": "¬",
        "lnot": "¬",
        "setminus": "∖",
        "dagger": "†",
        "ddagger": "‡",
        "le": "≤",
        "leq": "≤",
        "ge": "≥",
        "geq": "≥",
        "ne": "≠",
        "neq": "≠",
        "ll": "≪",
        "gg": "≫",
        "sim": "∼",
        "simeq": "≃",
        "approx": "≈",
        "cong": "≅",
        "equiv": "≡",
        "propto": "∝",
        "perp": "⊥",
        "parallel": "∥",
        "mid": "∣",
        "in": "∈",
        "ni": "∋",
        "notin": "∉",
        "subset": "⊂",
        "supset": "⊃",
        "subseteq": "⊆",
        "supseteq": "⊇",
        "to": "→",
        "rightarrow": "→",
        "leftarrow": "←",
        "gets": "←",
        "leftrightarrow": "↔",
        "Rightarrow": "⇒",
        "Leftarrow": "⇐",
        "Leftrightarrow": "⇔",
        "iff": "⟺",
        "longrightarrow": "⟶",
        "longleftarrow": "⟵",
        "mapsto": "↦",
        "uparrow": "↑",
        "downarrow": "↓",
        "nearrow": "↗",
        "searrow": "↘",
        "langle": "⟨",
        "rangle": "⟩",
        "lfloor": "⌊",
        "rfloor": "⌋",
        "lceil": "⌈",
        "rceil": "⌉",
        "lbrace": "{",
        "rbrace": "}",
        "vert": "|",
        "Vert": "‖",
        "backslash": "∖",
        "sum": "∑",
        "prod": "∏",
        "int": "∫",
        "oint": "∮",
        "bigcup": "⋃",
        "bigcap": "⋂",
        "surd": "√",
        "angle": "∠",
        "triangle": "△",
        "prime": "′",
        "colon": ":",
        "vdash": "⊢",
        "models": "⊨",
        "top": "⊤",
        "bot": "⊥",
        "flat": "♭",
        "sharp": "♯",
        "natural": "♮",
        "clubsuit": "♣",
        "heartsuit": "♡",
        "spadesuit": "♠",
        "diamondsuit": "♢",
        "quad": " ",
        "qquad": " ",
        "displaystyle": "",
        "textstyle": "",
        "scriptstyle": "",
    }
    | {
        name: name
        for name in words(
            """log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh min max
    inf sup lim det dim ker deg gcd arg hom Pr"""
        )
    }
)
"""Symbols and functions, as Unicode."""

CHARACTERS = {"less": "<", "greater": ">", "lt": "<", "gt": ">"}
"""Commands of exporters for what is a character itself."""

ALIASES = {
    "leqslant": "leq",
    "geqslant": "geq",
    "leqq": "leq",
    "geqq": "geq",
    "lesssim": "leq",
    "gtrsim": "geq",
    "dotsc": "ldots",
    "dotsb": "cdots",
    "mathbb": "mathbf",
    "Bbb": "mathbf",
    "mathds": "mathbf",
    "mathbbm": "mathbf",
    "boldsymbol": "mathbf",
    "bm": "mathbf",
    "mathscr": "mathcal",
    "mathfrak": "mathbf",
    "operatorname": "mathrm",
    "dfrac": "frac",
    "tfrac": "frac",
    "lvert": "vert",
    "rvert": "vert",
    "lVert": "Vert",
    "rVert": "Vert",
    "implies": "Rightarrow",
    "varnothing": "emptyset",
    "smallsetminus": "setminus",
    "rm": "",
    "bf": "",
    "it": "",
    "cal": "",
    "sf": "",
    "tt": "",
    "displaylimits": "",
    "limits": "",
    "nolimits": "",
    "middle": "",
    "big": "",
    "Big": "",
    "bigg": "",
    "Bigg": "",
    "bigl": "",
    "bigr": "",
    "bigm": "",
    "Bigl": "",
    "Bigr": "",
    "biggl": "",
    "biggr": "",
    "Biggl": "",
    "Biggr": "",
    "mathord": "",
    "mathop": "",
    "mathrel": "",
    "mathbin": "",
    "nonumber": "",
    "protect": "",
    "relax": "",
    "hspace": "",
}
"""Commands that need a package or are old, and what is set in their place."""

WRAPPERS = {
    "mathrm": 1,
    "mathbf": 1,
    "mathit": 1,
    "mathsf": 1,
    "mathtt": 1,
    "mathcal": 1,
    "mathnormal": 1,
    "overline": 1,
    "underline": 1,
    "widehat": 1,
    "widetilde": 1,
    "hat": 1,
    "tilde": 1,
    "bar": 1,
    "vec": 1,
    "dot": 1,
    "ddot": 1,
    "acute": 1,
    "grave": 1,
    "breve": 1,
    "check": 1,
    "sqrt": 1,
    "frac": 2,
    "overrightarrow": 1,
    "overleftarrow": 1,
    "overbrace": 1,
    "underbrace": 1,
    "stackrel": 2,
}
"""Commands with arguments, and how many."""

UPRIGHT = frozenset(words("mathrm mathbf mathit mathsf mathtt mathcal mathnormal"))
"""Those whose argument stands for itself in plain text."""

ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
    "check": "\u030c",
}

TEXTS = frozenset(words("mbox text textrm textit textbf textsf texttt textup textnormal hbox"))
"""Commands whose argument is text again."""

DELIMITERS = frozenset(
    words(
        """( ) [ ] | / . < > \\{ \\} \\| \\langle \\rangle \\lfloor \\rfloor \\lceil \\rceil
    \\vert \\Vert \\lbrace \\rbrace \\uparrow \\downarrow \\backslash"""
    )
)
"""What may follow `\\left` and `\\right`."""

SIGNS = {
    ",": " ",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "!": "",
    "/": "",
    "-": "",
    "{": "{",
    "}": "}",
    "%": "%",
    "&": "&",
    "#": "#",
    "$": "$",
    "_": "_",
    "|": "‖",
}
"""Control symbols, as Unicode."""

SUPERSCRIPTS = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True)) | {"−": "⁻"}
SUBSCRIPTS = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)) | {"−": "₋"}

FROM_UNICODE = {
    character: f"\\{name} "
    for name, character in reversed(SYMBOLS.items())
    if len(character) == 1 and ord(character) > 126
} | {"−": "-", "∗": "*"}
"""Letters and signs that are typed as such, and their commands."""
