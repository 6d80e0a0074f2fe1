#!/bin/sh
# Installs a wheelhouse (`make wheelhouse`) on a bare Debian without TeX, as a plain user without
# network, and builds the CV of this repository there. Needs root, and for the first time Debian's packages.
#   tests/bare_machine.sh [SUITE]     bookworm (the default) or another release with Python 3.11 or newer
set -eu
suite=${1:-bookworm}
base=${BARE_BASE:-/var/tmp/bare}-$suite
project=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -e "$base/.ready" ]; then
  command -v debootstrap >/dev/null || { apt-get update -q >/dev/null; apt-get install -qy debootstrap >/dev/null; }
  mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | grep -v '^#' |
    grep -oE 'https?://[^ ]+' | grep -v security | head -n 1)
  rm -rf "$base"
  debootstrap --variant=minbase --include=python3-venv "$suite" "$base" "$mirror" >/dev/null
  touch "$base/.ready"
fi
copy=$(mktemp -d "${TMPDIR:-/var/tmp}/bare.XXXXXX")
cleanup() { umount -l "$copy/proc" 2>/dev/null || true; rm -rf --one-file-system "$copy"; }
trap cleanup EXIT
cp -a "$base/." "$copy/"
mount -t proc proc "$copy/proc"
chroot "$copy" useradd --create-home person
mkdir "$copy/home/person/cv"
cp -r "$project/wheelhouse" "$copy/home/person/"
cp -r "$project/data" "$project/bib" "$project/themes" "$copy/home/person/cv/"
rm -f "$copy"/home/person/cv/data/private.yaml
chroot "$copy" chown -R person: /home/person
cat > "$copy/home/person/try" <<'END'
set -eu
exec 2>&1
cd
seconds() { # how long a command takes, and what it says
  echo "\$ $*"
  began=$(date +%s%N)
  "$@"
  echo "  ($((($(date +%s%N) - began) / 1000000)) ms)"
}
echo "$(. /etc/os-release; echo "$PRETTY_NAME"), $(getconf GNU_LIBC_VERSION), user $(id -un)"
for program in pdflatex xelatex tectonic kpsewhich; do ! command -v $program || exit 1; done
python3 - <<'PYTHON'
import socket
try:
    socket.create_connection(("1.1.1.1", 53), 2)
except OSError as error:
    print("network:", error.strerror)
else:
    raise SystemExit("there is a network")
PYTHON
seconds python3 -m venv venv
seconds venv/bin/pip install --quiet --disable-pip-version-check --no-index --find-links wheelhouse 'cvtex[tex]'
export PATH="$HOME/venv/bin:$PATH"
cd cv
export SOURCE_DATE_EPOCH=1700000000
seconds cvtex build -o first.pdf
seconds cvtex build --set basics.label=Somebody -o second.pdf
seconds cvtex build -o again.pdf --no-cache
sha256sum first.pdf again.pdf
cvtex build --theme all || true
cvtex doctor || true
END
unshare --net chroot "$copy" env -i HOME=/home/person PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
  setpriv --reuid=person --regid=person --init-groups sh /home/person/try
cp "$copy/home/person/cv/first.pdf" "${BARE_PDF:-/dev/null}"
