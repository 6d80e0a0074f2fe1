"""Texts that somebody may type, or plant, and that must come back letter by letter.

Each means something to a program that a CV goes through or ends in: TeX, YAML, a shell,
a browser, a spreadsheet, a database, a formatter, a file system, a reader of Unicode.
"""

from __future__ import annotations

_TEX = r"""
\input{/etc/passwd} \input/etc/passwd \@@input /etc/passwd \include{x} \openin5=/etc/passwd
\write18{id} \immediate\write18{id} \openout5=x \read5 \csname\endcsname \csname@input\endcsname
\def\a{\a}\a \let\par\relax \end{document} \begin{document} \documentclass{x} \usepackage{x} \fi \else
\iffalse \iftrue \relax \bye \end \endinput \stop \par \\ \\* \& \% \$ \# \_ \{ \} \^ \~ \| \/ \- \, \;
\catcode`\%=12 \catcode`{=12 \makeatletter \makeatother \jobname \the\font \number1 \romannumeral9
\special{pdf:fstream} \special{ps:} \pdfobj \pdfximage \directlua{os.exit()} \directlua \latelua{x}
\hspace{99cm} \vspace{99cm} \kern99999pt \rule{9in}{9in} \hbox{ \vbox{ }\hbox \egroup \bgroup
\begingroup \endgroup \aftergroup \expandafter \noexpand \unexpanded{x} \scantokens{x} \everypar{x}
\href{x}{y} \url{x} \label{x} \ref{x} \cite{x} \footnote{x} \verb|x| \verb \item \section{x} \textbf{x}
$x$ $$x$$ $ $$ \(x\) \[x\] \ensuremath{x} & && % %% %x # ## #1 #9 ##1 ^ ^^ ^^M ^^41 ^^5c ^^^^0041 _ __ ~ ~~
{ } {{ }} {} }{ {x} {x }x }{x} [x] [ ] ][ [[ ]] * ** \* `x' ``x'' `` '' ` ' " "" "x" "a "` "' "| "= "- "~
!` ?` << >> <x> , ,, -- --- ---- ... \ldots \dots / // \ \\\ \x \X \1 \{\} \~{} \^{} \backslash{}
TeX \TeX \LaTeX LaTeX\ a\b a\\b a{b a}b a%b a#b a$b a&b a_b a^b a~b a\%b a\ b a|b a"b a`b a'b a*b a/b a:b
ff fi fl ffi ffl f\/i fj ij IJ st ct ß ẞ ſ -1 +1 ±1 1/2 ½ 1-2 1--2 1–2 1—2 10^6 x_1 x^2 #hash @at
"""
_YAML = """
no No NO yes YES on off y n true True false null Null ~ NULL None none 0 00 007 1 -1 1.0 1.10 1. .5 1e3
1_000 0x1F 0o17 0b1 1:30 12:30:45 2020-01 2020-01-01 2021-13 .inf -.inf .nan NaN inf = << ! !! !x !tex !!str
&a *a &a x *a x - -x --- ... ? ?x : :x x: x:y #x x#y | > |- >- % @x `x` , x, [x, {x: {x:y} "x 'x x' x" x"y
"""
_OTHERS = """
<script>alert(1)</script>¦<img src=x onerror=alert(1)>¦<b>x</b>¦<b¦</b>¦<!--x-->¦<![CDATA[x]]>¦<?xml ?>¦&amp;
&lt;¦&#65;¦&#x41;¦&nbsp;¦&x;¦&¦]]>¦--><¦"><svg/onload=x>¦' onclick='x¦javascript:alert(1)¦data:text/html,x
{{7*7}}¦${7*7}¦#{7*7}¦<%= 7 %>¦{% x %}¦{x}¦{0}¦{}¦%s¦%d¦%n¦%(x)s¦%%¦$HOME¦${HOME}¦$(id)¦`id`¦; id¦| id¦&& id
|| id¦> /tmp/x¦< /etc/passwd¦$IFS¦~root¦~/x¦*.*¦?¦[a-z]¦!!¦!x¦^x^y¦\\x00¦\\n¦\\u0041¦\\0¦%00¦%0a¦%2e%2e%2f
../../etc/passwd¦..\\..\\x¦/etc/passwd¦C:\\x¦\\\\server\\x¦file:///etc/passwd¦CON¦NUL¦aux¦.¦..¦./x¦-rf¦--help
=1+1¦=cmd|' /C calc'!A0¦+1+1¦-1+1¦@SUM(1)¦=HYPERLINK("x")¦"=1"¦' OR '1'='1¦'; DROP TABLE x;--¦" OR ""="¦x';--
# x¦## x¦- x¦* x¦+ x¦1. x¦1) x¦> x¦``` x¦~~~¦***¦---¦___¦===¦*x*¦**x**¦_x_¦__x__¦`x`¦[x](y)¦![x](y)¦<x@y.z>
[x]: y¦\\*x\\*¦a | b¦| a | b |¦~~x~~¦<https://x.y>¦https://x.y/?a=b&c=d#e¦www.x.y¦x@y.z¦:smile:¦$x$¦^x^
BEGIN:VCARD¦END:VCARD¦N:x;y;;;¦TEL:1¦x;y¦x,y¦x\\;y¦x\\,y¦(x)¦(¦)¦(x¦x)¦\\(¦\\)¦<<¦>>¦<< /S /JavaScript >>¦endobj
endstream¦%PDF-1.7¦%%EOF¦startxref¦trailer¦@article{x,¦author = {x}¦@string{x}¦@comment¦and¦and others¦x and y
Ā¦Ă¦Ą¦Ć¦Č¦Ď¦Đ¦Ě¦Ę¦Ğ¦Ł¦Ń¦Ň¦Ő¦Ø¦Œ¦Ř¦Ś¦Š¦Ş¦Ť¦Ů¦Ű¦Ÿ¦Ž¦Ż¦ß¦æ¦ð¦þ¦ı¦İ¦ij¦“x”¦„x“¦«x»¦‘x’¦‚x‘¦x’s¦x–y¦x—y¦x…¦€¦£¦¥¦©¦®¦™¦°¦µ¦¶¦§¦†¦‡¦•¦¿¦¡
"""


def _parts(text: str, mark: str | None = None) -> list[str]:
    return [part.strip() for line in text.split("\n") for part in line.split(mark) if part.strip()]


_SINGLE = [*_parts(_TEX), *_parts(_YAML), *_parts(_OTHERS, "¦")]
_WHOLE = [
    *(r"\input /etc/passwd", r"\immediate\openout5=x \write5{x}", r"{\catcode`\~=13 \gdef~{x}}"),
    *("a & b", "a % b", "a # b", "100 % of $5 & #1_x^2 ~ \\ {x}", "C++ & C#", "R&D", "AT&T", "50%"),
    *(
        "x = {y}",
        "a: b",
        "a #b",
        "- a",
        "key: [",
        "&a [*a]",
        "a, b and c",
        "von der x, y",
        "{x} and y",
    ),
    *("Müller & Söhne", "O'Neil", "d'Été", "L·L", "naïve façade", "Łódź", "Đặng", "Ærø", "Þór"),
    *("\\" * 9, "{" * 9, "}" * 9, "$" * 9, "%" * 9, "#" * 9, "&" * 9, "^" * 9, "_" * 9, "~" * 9),
    *("-" * 9, "'" * 9, "`" * 9, '"' * 9, "<" * 9, ">" * 9, "|" * 9, "." * 99, "x" * 200),
]
STRINGS = tuple(dict.fromkeys([*_SINGLE, *_WHOLE]))
