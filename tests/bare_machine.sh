#!/bin/sh
# Installs a wheelhouse (`make wheelhouse`) on a bare Debian without TeX, as a plain user without
# network, and does there what a user does; then brings TeX Live and measures both in one run.
# Prints a transcript in Markdown. Needs root, and for TeX Live, and the first time, Debian's packages.
#   tests/bare_machine.sh [SUITE]     bookworm (the default) or another release with Python 3.11 or newer
#   NO_TEXLIVE=1                      without TeX Live
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
cleanup() { umount -l "$copy/proc" "$copy/dev/shm" 2>/dev/null || true; rm -rf --one-file-system "$copy"; }
trap cleanup EXIT
cp -a "$base/." "$copy/"
mount -t proc proc "$copy/proc"
mkdir -p "$copy/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$copy/dev/shm" # which every Debian that has booted has
chroot "$copy" useradd --create-home person
mkdir "$copy/home/person/my-cv"
cp -r "$project/wheelhouse" "$copy/home/person/"
cp -r "$project/data" "$project/bib" "$project/themes" "$copy/home/person/my-cv/"
rm -f "$copy"/home/person/my-cv/data/private.yaml
cp "$project/tests/bare_user.sh" "$copy/home/person/"
chroot "$copy" chown -R person: /home/person

as_user() { # a part of tests/bare_user.sh, as a plain user without network
  unshare --net chroot "$copy" env -i HOME=/home/person PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
    setpriv --reuid=person --regid=person --init-groups sh /home/person/bare_user.sh "$1" 2>&1
}

as_user bare
if [ -z "${NO_TEXLIVE:-}" ]; then
  cp -L /etc/resolv.conf "$copy/etc/resolv.conf"
  cp /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/*registry* "$copy/etc/apt/apt.conf.d/" 2>/dev/null || true
  cp /etc/ssl/certs/ca-certificates.crt "$copy/etc/ssl/certs/" 2>/dev/null || true
  chroot "$copy" sh -ec 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    --no-install-recommends texlive-latex-extra texlive-fonts-recommended lmodern tex-gyre latexmk' >/dev/null 2>&1
  as_user both
fi
cp "$copy/home/person/my-cv/first.pdf" "${BARE_PDF:-/dev/null}"
