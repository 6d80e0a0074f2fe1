r"""What raw TeX may try: to read a file, write one, start a program, open a connection.

`@S` stands for a file with a secret, `@W` for a file of the user's, `@N` for one that is
not there yet, `@P` for the port of a listener. Each attack gets files of its own, so that
all of an engine's stand in one document and it is still known which got through.
"""

from __future__ import annotations

COMMON = (
    r"\input{@S}",
    r"\makeatletter\@@input @S \makeatother",
    r"\InputIfFileExists{@S}{}{}",
    r"\openin5={@S}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={@S}\ifeof5 no\else\readline5 to\x \x\fi\closein5 ",
    r"\openin5=@S \ifeof5 no\else\read5 to\x \message{\x}\fi\closein5 ",
    r"{\catcode`\/=12 \edef\y{@S}\openin5=\y\space\ifeof5\else\read5 to\x \typeout{\x}\fi}",
    r"\openin5={@S}\ifeof5\else\read5 to\x \immediate\openout6=copy.txt "
    r"\immediate\write6{\x}\immediate\closeout6 \fi",
    r"\immediate\openout6={@W}\immediate\write6{taken}\immediate\closeout6 ",
    r"\immediate\openout6=@N \immediate\write6{made}\immediate\closeout6 ",
    r"\openout6={@W}\write6{taken at shipout}",
    r"\openout6={@N}\write6{made at shipout}",
    r"\immediate\write18{cp @S @N}",
    r"\write18{touch @N}",
    r"\immediate\openout6={|touch @N}\immediate\write6{x}\immediate\closeout6 ",
    r"\openin5={|cat @S}\ifeof5\else\read5 to\x \x\fi\closein5 ",
    r"\input{|cat @S}",
    r"\special{psfile=@S}",
    r"\special{pdf:mapfile @S}",
    r"\font\f=@S \f x",
)
XETEX = (
    r"\special{pdf:fstream @@o1 (@S)}\special{pdf:put @@catalog <</Own1 @@o1>>}",
    r"\special{pdf:stream @@o2 (x)}\special{pdf:fstream @@o2b (@S) <</A 1>>}"
    r"\special{pdf:put @@catalog <</Own2 @@o2b>>}",
    r"\special{pdf:image (@S)}",
    r"\XeTeXpdffile {@S} ",
    r"\XeTeXpicfile {@S} ",
    r'\font\f="[@S]" \f x',
    r"\special{pdf:epdf (@S)}",
    r"\special{x:fontmapfile @S}",
)
PDFTEX = (
    r"\immediate\pdfobj stream file {@S}\pdfcatalog{/Own1 \the\pdflastobj\space 0 R}",
    r"\immediate\pdfobj file {@S}\pdfcatalog{/Own2 \the\pdflastobj\space 0 R}",
    r"\pdfobj stream file {@S}\pdfrefobj\pdflastobj\pdfcatalog{/Own3 \the\pdflastobj\space 0 R}",
    r"\message{\pdffiledump length 64 {@S}}",
    r"\edef\x{\pdffiledump length 64 {@S}}\x",
    r"\pdfximage{@S}",
    r"\pdfmapfile{@S}",
)
_LUA = (
    'tex.sprint(io.open("@S"):read("*a"))',
    'for l in io.lines("@S") do texio.write_nl(l) end',
    'local ok,e=loadfile("@S") texio.write_nl(tostring(e))',
    'dofile("@S")',
    'local f=io.open("@W","w") f:write("taken") f:close()',
    'local f=io.open("@W","a") f:write("taken") f:close()',
    'local f=io.open("@N","w") f:write("made") f:close()',
    'os.remove("@W")',
    'os.rename("@W","@N")',
    'os.rename("@S","stolen.txt")',
    'lfs.mkdir("@N")',
    'lfs.link("@S","linked.log",true)',
    'lfs.link("@S","hard.log")',
    'lfs.touch("@N")',
    'os.execute("cp @S @N")',
    'local p=io.popen("cat @S") tex.sprint(p:read("*a"))',
    'os.spawn{"touch","@N"}',
    'package.loadlib("@S","*")',
    'texio.write_nl(tostring(fontloader.open("@S")))',
    'local i=img.scan{filename="@S"} img.write(i)',
    'local n=pdf.immediateobj("streamfile","@S") pdf.setcatalog("/Own " .. n .. " 0 R")',
    'local n=pdf.immediateobj("file","@S") pdf.setcatalog("/Own2 " .. n .. " 0 R")',
    'local s=require("socket") local c=s.connect("127.0.0.1",@P) c:send("x") c:close()',
    'local s=require("socket.core") local c=s.tcp() c:connect("127.0.0.1",@P)',
    'local s=socket.udp() s:sendto("x","127.0.0.1",@P)',
    'local f=io.open("/proc/self/environ") texio.write_nl(f:read("*a"))',
)
LUATEX = tuple(rf"\directlua{{pcall(function() {code} end)}}" for code in _LUA)

ATTACKS = {
    "pdflatex": (*COMMON, *PDFTEX),
    "xelatex": (*COMMON, *XETEX),
    "lualatex": (*COMMON, *LUATEX),
    "tectonic": (*COMMON, *XETEX),
}


def document(attacks: list[str]) -> str:
    """Return a document that makes them, each in a group."""
    return "\n".join(
        [
            r"\documentclass{article}",
            r"\begin{document}",
            "Harmless.",
            *(rf"\begingroup {attack}\endgroup" for attack in attacks),
            r"\end{document}",
            "",
        ]
    )
