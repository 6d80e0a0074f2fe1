r"""What raw TeX may try: to read a file, write one, start a program, open a connection.

In each attack `@S` stands for a file with a secret, `@Z` for its path from the run's folder,
`@D` and `@G` for a PDF and a picture that hold it, `@W` for a file of the user's, `@N` for one
that is not there yet, `@V` for its path from the run's folder, `@P` for the port of a listener;
`@@` is an @. Each attack gets files and a document of its own, so that it is known which got
through, and none is hidden by another that ends the run.
"""

from __future__ import annotations

READ = (  # what is read here is shown or kept
    r"\openin5={@S}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={@S}\ifeof5 no\else\readline5 to\x \x\fi\closein5 ",
    r"\openin5=@S \ifeof5 no\else\read5 to\x \message{\x}\fi\closein5 ",
    r'\openin5="@S" \ifeof5 no\else\read5 to\x \errmessage{\x}\fi\closein5 ',
    r"\openin5={@Z}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={./@Z}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={/proc/self/cwd/@Z}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={/proc/self/root@S}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={/..@S}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={//@S}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={~/s.txt}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={\string$HOME/s.txt}\ifeof5 no\else\read5 to\x \x\fi\closein5 ",
    r"\openin5={@S}\ifeof5\else\read5 to\x \immediate\openout6=copy.txt "
    r"\immediate\write6{\x}\immediate\closeout6 \fi",
    r"\openin5={@S}\ifeof5\else\read5 to\x \special{pdf:docinfo << /Title (\x) >>}\fi",
    r"\openin5={@S}\ifeof5\else\loop\unless\ifeof5 \readline5 to\x \typeout{\x}\repeat\fi",
    r"{\catcode`\/=12 \edef\y{@S}\openin5=\y\space\ifeof5\else\read5 to\x \typeout{\x}\fi}",
)
INPUT = (
    r"\input{@S}",
    r'\input{"@S"}',
    r'\input "@S" ',
    r"\makeatletter\@@input @S \makeatother",
    r"\makeatletter\@input{@S}\makeatother",
    r"\makeatletter\edef\x{\@@input @S }\makeatother\x",
    r"\InputIfFileExists{@S}{}{}",
    r"\input{@Z}",
    r"\input{~/s.txt}",
    r"\input{/proc/self/root@S}",
    r"\input{/dev/fd/0}\input{/dev/stdin}\input{@S}",
    r"\makeatletter\input{verbatim.sty}\verbatiminput{@S}",
    r"\everyeof{\noexpand}\makeatletter\edef\x{\detokenize\expandafter{\@@input @S }}\x",
    r"\scantokens{\input @S }",
    r"\begingroup\endlinechar-1 \expandafter\def\expandafter\x\expandafter{\input @S }\x\endgroup",
)
WRITE = (
    r"\immediate\openout6={@W}\immediate\write6{taken}\immediate\closeout6 ",
    r'\immediate\openout6="@W" \immediate\write6{taken}\immediate\closeout6 ',
    r"\immediate\openout6=@N \immediate\write6{made}\immediate\closeout6 ",
    r"\immediate\openout6={@V}\immediate\write6{made}\immediate\closeout6 ",
    r"\immediate\openout6={./@V}\immediate\write6{made}\immediate\closeout6 ",
    r"\immediate\openout6={/proc/self/root@N}\immediate\write6{made}\immediate\closeout6 ",
    r"\immediate\openout6={/proc/self/cwd/@V}\immediate\write6{made}\immediate\closeout6 ",
    r"\openout6={@W}\write6{taken at shipout}",
    r"\openout6={@N}\write6{made at shipout}",
    r"\AtEndDocument{\immediate\openout6={@N}\immediate\write6{made}\immediate\closeout6 }",
    r"\makeatletter\immediate\openout\@mainaux={@N}\makeatother",
    r"\begin{filecontents}[overwrite,nosearch]{@W}" "\ntaken\n" r"\end{filecontents}",
)
START = (
    r"\immediate\write18{cp @S @N}",
    r"\write18{touch @N}",
    r"\immediate\write18{sh -c 'cat @S > copy.txt'}",
    r"\immediate\write18{kpsewhich -expand-path=`touch @N`}",
    r"\immediate\openout6={|touch @N}\immediate\write6{x}\immediate\closeout6 ",
    r'\immediate\openout6="|tee @N" \immediate\write6{x}\immediate\closeout6 ',
    r"\openin5={|cat @S}\ifeof5\else\read5 to\x \x\fi\closein5 ",
    r'\openin5="|cat @S" \ifeof5\else\read5 to\x \x\fi\closein5 ',
    r"\input{|cat @S}",
    r'\input|"cat @S" ',
    r"\special{psfile=`touch @N}",
)
EMBED = (
    r"\includegraphics{@D}",
    r"\includegraphics{@G}",
    r"\includegraphics[page=1,pagebox=mediabox]{/proc/self/root@D}",
    r"\special{psfile=@S}",
    r"\special{header=@S}",
    r"\special{pdf:mapfile @S}",
    r"\font\f=@S \f x",
    r"\font\f=@Z \f x",
    r"\input{http://127.0.0.1:@P/s.txt}",
    r"\includegraphics{http://127.0.0.1:@P/s.png}",
)
COMMON = (*READ, *INPUT, *WRITE, *START, *EMBED)
XETEX = (
    r"\special{pdf:fstream @@o1 (@S)}\special{pdf:put @@catalog <</Own1 @@o1>>}",
    r"\special{pdf:stream @@o2 (x)}\special{pdf:fstream @@o2b (@S) <</A 1>>}"
    r"\special{pdf:put @@catalog <</Own2 @@o2b>>}",
    r"\special{pdf:fstream @@o3 (@Z)}\special{pdf:put @@names <</EmbeddedFiles @@o3>>}",
    r"\special{pdf:image (@D)}",
    r"\special{pdf:image (@G)}",
    r"\special{pdf:image width 1cm (@S)}",
    r"\special{pdf:epdf (@D)}",
    r"\XeTeXpdffile {@D} ",
    r'\XeTeXpdffile "@D" page 1 ',
    r"\XeTeXpicfile {@G} ",
    r'\font\f="[@S]" \f x',
    r'\font\f="[lmroman10-regular.otf]:mapping=@S" \f x',
    r"\special{x:fontmapfile @S}",
    r"\special{x:fontmapline cmr10 @S}\font\f=cmr10 \f x",
    r"\special{pdf:mapline cmr10 default @S}\font\f=cmr10 \f x",
    r"\special{pdf:mapline cmr10 @S cmr10}\font\f=cmr10 \f x",
    r'\special{dvipdfmx:config D "touch @N"}\special{psfile=@S}',
    r'\special{dvipdfmx:config D "sh -c \'cat @S > copy.txt\'"}\special{psfile=cv.tex}',
    r"\special{dvipdfmx:config i @S}",
    r"\message{\filedump length 64 {@S}}",
    r"\edef\x{\filedump offset 0 length 64 {@S}}\x",
    r"\message{\mdfivesum file {@S}}",
    r"\special{tdux:provideFile copy.txt @S}\special{tdux:emitTemplate @S}",
)
PDFTEX = (
    r"\immediate\pdfobj stream file {@S}\pdfcatalog{/Own1 \the\pdflastobj\space 0 R}",
    r"\immediate\pdfobj file {@S}\pdfcatalog{/Own2 \the\pdflastobj\space 0 R}",
    r"\pdfobj stream file {@S}\pdfrefobj\pdflastobj\pdfcatalog{/Own3 \the\pdflastobj\space 0 R}",
    r"\immediate\pdfobj stream attr {/Type /EmbeddedFile} file {@Z}"
    r"\pdfcatalog{/Own4 \the\pdflastobj\space 0 R}",
    r"\pdfobj reserveobjnum \immediate\pdfobj useobjnum\pdflastobj stream file {@S}"
    r"\pdfcatalog{/Own5 \the\pdflastobj\space 0 R}",
    r"\message{\pdffiledump length 64 {@S}}",
    r"\edef\x{\pdffiledump length 64 {@S}}\x",
    r"\message{\pdfmdfivesum file {@S}}",
    r"\pdfximage{@S}",
    r"\pdfximage{@D}\pdfrefximage\pdflastximage",
    r"\immediate\pdfximage page 1 {@D}\pdfrefximage\pdflastximage",
    r"\pdfximage{@G}\pdfrefximage\pdflastximage",
    r"\pdfmapfile{@S}",
    r"\pdfmapfile{+@S}\font\f=cmr10 \f x",
    r"\pdfmapline{=cmr10 cmr10 <@S}\font\f=cmr10 \f x",
    r"\pdfmapline{=cmr10 cmr10 <[@S <cmr10.pfb}\font\f=cmr10 \f x",
)
_LUA = (
    'tex.sprint(io.open("@S"):read("*a"))',
    'for l in io.lines("@S") do texio.write_nl(l) end',
    'io.input("@S") texio.write_nl(io.read("*a"))',
    'texio.write_nl(io.open("/proc/self/root@S"):read("*a"))',
    'texio.write_nl(io.open("@Z"):read("*a"))',
    'local ok,e=loadfile("@S") texio.write_nl(tostring(e))',
    'dofile("@S")',
    'package.path="@S" texio.write_nl(tostring(select(2,pcall(require,"x"))))',
    'local f=io.open("@W","w") f:write("taken") f:close()',
    'local f=io.open("@W","a") f:write("taken") f:close()',
    'local f=io.open("@W","r+") f:write("taken") f:close()',
    'io.output("@W") io.write("taken") io.close()',
    'local f=io.open("@N","w") f:write("made") f:close()',
    'os.remove("@W")',
    'os.rename("@W","@N")',
    'os.rename("@S","stolen.txt")',
    'os.rename("cv.tex","@N")',
    'lfs.mkdir("@N")',
    'lfs.link("@S","linked.log",true)',
    'lfs.link("@S","hard.log") texio.write_nl(io.open("hard.log"):read("*a"))',
    'lfs.link("@S","soft.log",true) texio.write_nl(io.open("soft.log"):read("*a"))',
    'lfs.link("cv.tex","@N")',
    'lfs.touch("@N")',
    'lfs.touch("@W",1,1)',
    'for name in lfs.dir("..") do texio.write_nl(name) end',
    'lfs.chdir("..") texio.write_nl(io.open("s.txt"):read("*a"))',
    'lfs.lock_dir("..")',
    'os.execute("cp @S @N")',
    'texconfig.shell_escape="t" os.execute("touch @N")',
    'local p=io.popen("cat @S") tex.sprint(p:read("*a"))',
    'local p=io.popen("tee @N","w") p:write("x") p:close()',
    'os.spawn{"touch","@N"}',
    'os.exec{"touch","@N"}',
    'package.loadlib("@S","*")',
    'local ffi=require("ffi") ffi.cdef[[int system(const char*);]] ffi.C.system("touch @N")',
    'texio.write_nl(tostring(fontloader.open("@S")))',
    'callback.register("find_read_file",function() return "@S" end) tex.print("\\\\input x ")',
    'callback.register("open_read_file",function() local f=io.open("@S") '
    'return {reader=function() return f:read() end} end) tex.print("\\\\input x ")',
    'texio.write_nl(io.open(kpse.find_file("@S","other text files") or "@S"):read("*a"))',
    'local m=mplib.new{find_file=function() return "@S" end} '
    'texio.write_nl(m:execute("input x;").log)',
    'texio.write_nl(gzip.open("@S"):read("*a"))',
    'local i=img.scan{filename="@D"} img.write(i)',
    'local i=img.scan{filename="@G"} img.write(i)',
    'local d=pdfe.open("@D") local s=d.Pages[1].Contents texio.write_nl((pdfe.readwholestream(s)))',
    'local n=pdf.immediateobj("streamfile","@S") pdf.setcatalog("/Own " .. n .. " 0 R")',
    'local n=pdf.immediateobj("file","@S") pdf.setcatalog("/Own2 " .. n .. " 0 R")',
    'local n=pdf.obj{type="stream",file="@S",immediate=true} pdf.setcatalog("/O "..n.." 0 R")',
    'pdf.mapfile("@S")',
    'texio.write_nl(md5.sumhexa(io.open("@S"):read("*a")))',
    'local s=require("socket") local c=s.connect("127.0.0.1",@P) c:send("x") c:close()',
    'local s=require("socket.core") local c=s.tcp() c:connect("127.0.0.1",@P)',
    'local s=require("socket.core") local c=s.udp() c:sendto("x","127.0.0.1",@P)',
    'local s=socket.udp() s:sendto("x","127.0.0.1",@P)',
    'local h=require("socket.http") h.request("http://127.0.0.1:@P/")',
    'local f=io.open("/proc/self/environ") texio.write_nl(f:read("*a"))',
    'local f=io.open("/proc/self/mem","r+") f:write("x") f:close()',
    'local f=io.open("/proc/"..tostring(os.getpid and os.getpid() or 1).."/environ") '
    'texio.write_nl(f:read("*a"))',
)
LUATEX = tuple(rf"\directlua{{pcall(function() {code} end)}}" for code in _LUA)

ATTACKS = {
    "pdflatex": (*COMMON, *PDFTEX),
    "xelatex": (*COMMON, *XETEX),
    "lualatex": (*COMMON, *LUATEX),
    "tectonic": (*COMMON, *XETEX),
}


def document(attack: str) -> str:
    """Return a document that makes it, in a group."""
    return "\n".join(
        [
            r"\documentclass{article}",
            r"\usepackage{graphicx}",
            r"\begin{document}",
            "Harmless.",
            rf"\begingroup {attack}\endgroup",
            r"\end{document}",
            "",
        ]
    )
