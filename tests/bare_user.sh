#!/bin/sh
# What a plain user does on the bare machine of bare_machine.sh, printed in Markdown:
# `bare` without any other TeX, `both` once TeX Live is there, too.
set -eu
cd
export PATH="$HOME/venv/bin:$PATH" SOURCE_DATE_EPOCH=1700000000

shell() { # a heading and a block of commands, each shown with what it says, its status and its time
  printf '\n## %s\n\n```console\n' "$1"
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    printf '$ %s\n' "$line"
    began=$(date +%s%N)
    status=0
    eval "$line" </dev/null || status=$?
    [ "$status" = 0 ] || echo "[status $status]"
    took=$((($(date +%s%N) - began) / 1000000))
    [ "$took" -lt 300 ] || echo "[$took ms]"
  done
  printf '```\n'
}

bare() {
  for program in pdflatex xelatex lualatex tectonic kpsewhich; do ! command -v $program || exit 1; done
  printf '# TeX in a wheel on a bare machine\n\n'
  echo "Printed by \`tests/bare_machine.sh\`: $(. /etc/os-release; echo "$PRETTY_NAME"), $(getconf GNU_LIBC_VERSION),"
  echo "$(python3 --version), the user \`$(id -un)\` without rights, no network, no TeX;"
  echo "load of the machine $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores."
  shell "Install it" <<'LINES'
ls -l wheelhouse | awk '/cvtex/ {printf "%5.1f MB  %s\n", $5 / 1e6, $9}'
python3 -m venv venv
pip install --quiet --disable-pip-version-check --no-index --find-links wheelhouse 'cvtex[tex]'
du -sh --apparent-size venv/lib/python3*/site-packages/cvtex_tex | cut -f1
cvtex doctor | head -n 8
python3 -c 'import socket; socket.create_connection(("1.1.1.1", 53), 2)' 2>&1 | tail -n 1
LINES
  cd my-cv
  shell "The user's CV: the first build, a changed one, and the plain way gives the same bytes" <<'LINES'
cvtex build -o first.pdf
cvtex build --set basics.label=Somebody -o second.pdf
cvtex build --set basics.label=Other -o third.pdf
cvtex build -o again.pdf --no-cache
sha256sum first.pdf again.pdf
cvtex build --theme all
LINES
  cd ..
  shell "A CV of one's own, a letter, a mistake" <<'LINES'
cvtex new mine
cd mine
cvtex build
cvtex letter --new acme
cvtex letter acme --with-cv
cvtex build --sandbox require --set basics.label=Confined
sed -i 's/^label:/labell:/' data/basics.yaml
cvtex build
sed -i 's/^labell:/label:/' data/basics.yaml
printf '%s\n' '- name: !tex \nosuch{x}' > data/interests.yaml
cvtex build
rm data/interests.yaml
sed -i 's/^label:.*/label: 技術者/' data/basics.yaml
cvtex build
sed -i 's/^label:.*/label: Engineer/' data/basics.yaml
LINES
  cd ..
  shell "A theme that needs what is not in the wheel" <<'LINES'
cvtex themes new framed --project mine
sed -i 's/^.NeedsTeXFormat.*/&\n\\RequirePackage{mdframed}/' mine/themes/framed/cvframed.sty
cvtex build mine --theme framed
LINES
  shell "Many CVs, and a watch" <<'LINES'
mkdir many; for name in a b c; do cp -r mine many/$name; done
cvtex batch many -o out --jobs 2
cd mine
(timeout --signal INT 20 cvtex watch > ../watch.log 2>&1 & sleep 8; sed -i 's/^label:.*/label: Watched/' data/basics.yaml; wait)
cut -d' ' -f2- ../watch.log
LINES
}

both() {
  cd my-cv
  printf '\n## Against TeX Live, in one run\n\nMilliseconds, the median of five, in turns;'
  printf ' load %s.\n\n| | first build | changed | nothing changed |\n|---|---|---|---|\n' "$(cut -d' ' -f1 /proc/loadavg)"
  python3 - <<'PYTHON'
import shutil, statistics, subprocess, time
from pathlib import Path

def ms(*words):
    began = time.perf_counter()
    subprocess.run(["cvtex", "build", *words], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000

figures = {}
for turn in range(5):
    for chain in ("latexmk", "wheel"):
        shutil.rmtree(Path.home() / ".cache/cvtex", ignore_errors=True)
        shutil.rmtree("build", ignore_errors=True)
        for name, words in (
            ("first", ()), ("changed", ("--set", f"basics.label=Turn {turn}")),
            ("same", ("--set", f"basics.label=Turn {turn}")),
        ):
            figures.setdefault((chain, name), []).append(ms("--toolchain", chain, *words))
for chain, title in (("latexmk", "TeX Live"), ("wheel", "the wheel")):
    cells = [f"{statistics.median(figures[chain, n]):.0f}" for n in ("first", "changed", "same")]
    print("|", title, "|", " | ".join(cells), "|")
PYTHON
}

"$1"
