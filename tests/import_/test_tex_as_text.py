"""What TeX of a CV says, in cvtex's words: each row as LaTeX prints it."""

from __future__ import annotations

from typing import Any

import pytest

from cvtex.import_.latex.document import bracket, definitions, group, space
from cvtex.import_.latex.prose import pieces
from cvtex.import_.latex.text import plain_text

OWN = definitions(
    r"\newcommand{\firm}[2][Ada]{#1 of #2}\newcommand\me{\textbf{me}}\def\two#1#2{#2, #1}"
    r"\NewDocumentCommand{\at}{O{home} m}{at #1 by #2}"
    r"\DeclareRobustCommand{\strong}[1]{\textbf{#1}}"
    r"\newcommand{\odd}{\mystery}\newcommand{\turn}{a \turn}\providecommand*\plain{plain}"
    r"\NewDocumentCommand\late{m o}{#1}\renewcommand{\both}[2]{#1 and #2}"
)

PARAGRAPHS = [
    # marks stand close to their letters, and only where they are read as marks
    (r"a \textbf{b} c", "a **b** c"),
    (r"a\textbf{ b }c", "a **b** c"),
    (r"\textbf{} x", "x"),
    (r"\textbf{a*b}", r"**a\*b**"),
    (r"\textbf{a \textbf{b}}", "a **b**"),
    (r"\emph{a}\textit{b}", "ab"),
    ("\\textbf\n  {a} \\textsl {b}", "**a** *b*"),
    (r"{\bf a} b", "**a** b"),
    (r"{ \itshape a }b", "*a* b"),
    (r"{a {b} c}", "a b c"),
    (r"[x](y) *a* _b_ c_d", r"\[x\](y) \*a\* \_b\_ c_d"),
    # code
    (r"\texttt{a_b*}", "`a_b*`"),
    (r"{\tt a_b} c", "`a_b` c"),
    (r"\texttt{\firm{x}}", "`Ada of x`"),
    (r"\texttt{\textasciigrave x*}", r"\`x\*"),
    (r"\verb|a_b| c", "`a_b` c"),
    (r"\verb+a`b*+ c", r"a\`b\* c"),
    (r"\verb{x} c", "`x` c"),
    # what only looks otherwise
    (r"\underline{a} \mbox{b}c", "a bc"),
    (r"\textsc{Name} \small text", "Name text"),
    (r"\small{text}", "text"),
    (r"\textcolor[HTML]{aa00bb}{red} text", "red text"),
    (r"\color[rgb]{1,0,0} red", "red"),
    (r"\raisebox{1pt}[2pt][3pt]{up} down", "up down"),
    (r"a\vspace{2pt}b", "a b"),
    (r"\setlength{\a}{1pt}b", "b"),
    (r"\vskip 2pt x", "x"),
    (r"\vskip-.5em x", "x"),
    (r"\kern\unit x", "x"),
    (r"\vskip 2\baselineskip x", "x"),
    (r"\looseness=-1 x", "x"),
    (r"\itemsep in", "in"),
    (r"\faGithub\ ada", "ada"),
    (r"\faIcon[regular]{github} ada", "ada"),
    # signs
    (r"x\textsuperscript{2} y\textsubscript{10}", "x² y₁₀"),
    (r"1\textsuperscript{st} \textsubscript{a2} \textsuperscript{-1}", "1st a2 ⁻¹"),
    (r"\'e \'{e} \`a \^o \~n \=u \.z \c{c} \v{s} \ss", "é é à ô ñ ū ż ç š ß"),
    (r"\checkmark{} \textbar{} $\alpha$", "✓ | α"),
    (r"$x^2$ and $a$$b$", "x² and ab"),
    (r"5\$ and 6\$", "5$ and 6$"),
    (r"a $b", "a $b"),
    (r"a~b--c---d ``q'' \% \& \# \{", "a b–c—d “q” % & # {"),
    (r"\LaTeX{} \TeX", "LaTeX TeX"),
    # links and notes
    (r"\href{https://a.example/x\_y\%20\#z}{the \emph{page}}",
     "[the *page*](https://a.example/x_y%20#z)"),
    (r"\href[a=b]{https://a.example}{x}", "[x](https://a.example)"),
    (r"\href{}{shown}", "shown"),
    (r"\url{https://a.example/\textasciitilde b/\textasciitilde{}c_d}",
     "https://a.example/~b/~c_d"),
    (r"a\footnote{see \emph{b}} c", "a (see *b*) c"),
    # commands of the document's own; a blank after a command ends its name
    (r"\firm{Bo}", "Ada of Bo"),
    (r"\firm[{C]y}]{Bo}", "C\\]y of Bo"),
    (r"\firm Bo", "Ada of Bo"),
    (r"\me{} \plain{} x", "**me** plain x"),
    (r"\me too", "**me**too"),
    (r"\two ab", "b, a"),
    (r"\two{a}\me", "**me**, a"),
    (r"\both{a} {b}", "a and b"),
    (r"\at{x}, \at[y]{x}", "at home by x, at y by x"),
    (r"\strong{s}", "**s**"),
    # what is not closed
    (r"\textbf{a", "**a**"),
    (r"a}b", "ab"),
    ("a\\", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "said"), PARAGRAPHS)
def test_a_paragraph(tex: str, said: str) -> None:
    found = pieces(tex, OWN)
    assert (found.paragraphs, found.items, found.unknown, found.dropped) == ([said], [], [], [])


TEXTS: list[tuple[str, list[str], list[Any]]] = [
    ("a\n\nb\n \n c", ["a", "b", "c"], []),
    (r"a\\b\\*c\\[2pt]d\newline e\linebreak{} f\par g", ["a", "b", "c", "d", "e", "f", "g"], []),
    (r"\begin{center}a\end{center} b", ["a", "b"], []),
    (r"\begin{itemize}\item a\item[--] b\item[Term] c\end{itemize}", [], ["a", "b", "**Term** c"]),
    (r"x \begin{enumerate}[a)] \item {a} \item {a} {b}\item\end{enumerate} y",
     ["x", "y"], ["a", "a b"]),
    (r"\begin{itemize}\item {\bf a} b\item {}\item c\\d\end{itemize}", [], ["**a** b", "c; d"]),
    (r"\begin{itemize}\item a \begin{itemize}\item b\item c\end{itemize} d\item e\end{itemize}",
     [], [{"text": "a; d", "highlights": ["b", "c"]}, "e"]),
    (r"\begin{itemize}\item\begin{enumerate}\item b\end{enumerate}\end{itemize}",
     [], [{"text": "", "highlights": ["b"]}]),
    (r"\begin{itemize}\end{itemize}", [], []),
    (r"\begin{itemize}\item a", [], ["a"]),
    (r"a \item b \item[] c", ["a"], ["b", "c"]),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "paragraphs", "items"), TEXTS)
def test_paragraphs_and_lists(tex: str, paragraphs: list[str], items: list[Any]) -> None:
    found = pieces(tex, OWN)
    assert (found.paragraphs, found.items, found.unknown) == (paragraphs, items, [])


@pytest.mark.parametrize(
    ("tex", "unknown", "plain"),
    [
        (r"a \mystery{b} c", ["mystery"], "a b c"),
        (r"a \mystery b", ["mystery"], "a b"),
        (r"\odd{b}", ["mystery"], "b"),
        (r"\texttt{\mystery{b}}", ["mystery"], "b"),
        (r"{\tt \mystery b}", ["mystery"], "b"),
        (r"\fancy{x}\late{y}", ["fancy", "late"], "xy"),
        (r"\begin{tabular}x\end{tabular}", ["begin", "end"], "x"),
        (r"\turn", ["…"], " ".join("a" * 39)),
    ],
)
def test_what_nobody_knows_stays_as_it_is_typed(tex: str, unknown: list[str], plain: str) -> None:
    """As a text it is TeX; as a name, which cannot be, it is what is left, and that is told."""
    found = pieces(tex, OWN)
    assert (found.paragraphs, found.unknown) == ([tex], unknown)
    said, missing = plain_text(tex, OWN)
    assert (said, missing) == (plain, {"unknown": unknown, "dropped": []})


def test_a_reference_is_left_out_and_named() -> None:
    found = pieces(r"see \cite[p.~2][]{x} and \ref{y} there", OWN)
    assert (found.paragraphs, found.dropped) == (["see and there"], ["cite", "ref"])
    found = pieces(r"\begin{itemize}\item \cite{x} a \mystery\end{itemize}", OWN)
    assert (found.dropped, found.unknown) == (["cite"], ["mystery"])


@pytest.mark.parametrize(
    ("tex", "inside"),
    [
        ("{a}b", "a"), (" \n {a{b}c}d}", "a{b}c"), (r"{a\}b}c", r"a\}b"), (r"{a\\}b}", r"a\\"),
        ("{a", "a"), ("a{b}", ""), ("", ""), ("{}", ""), ("{a\\", "a\\"),
        ("\n\n\n\n{a line of comments between}", "a line of comments between"),
    ],
)  # fmt: skip
def test_a_group_ends_with_its_own_brace(tex: str, inside: str) -> None:
    start, end = group(tex, 0)
    assert tex[start:end] == inside
    assert start == (space(tex, 0) + 1 if tex.lstrip().startswith("{") else space(tex, 0))


@pytest.mark.parametrize(
    ("tex", "inside"),
    [("[a]b]", "a"), ("[a{]}b]c", "a{]}b"), (r"[a\]b]", r"a\]b"), ("[a}b]c]", "a}b"), ("[a", "a")],
)
def test_a_bracket_ends_with_its_own(tex: str, inside: str) -> None:
    assert tex[1 : bracket(tex, 0)] == inside
