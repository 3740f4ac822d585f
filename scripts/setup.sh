#!/usr/bin/env bash
# Installs what is missing of the system libraries that nnspec is built with: libyaml, zlib and sqlite, with their headers. `setup.sh --tests` also
# of what the tests want beside Swift: python3 that can make virtual environments (the JSON Schema's validator is a Python program).
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v "${SWIFT:-swift}" >/dev/null 2>&1; then
    say "Swift is not installed, or not on the PATH. Install Swift 6.0 or later from https://www.swift.org/install and run make again."
    exit 1
fi

# The compiler that is there: Swift on Linux brings clang, but not always on the PATH.
compiler() {
    local name
    for name in clang cc gcc; do
        if command -v "$name" >/dev/null 2>&1; then echo "$name"; return; fi
    done
}

# has_header HEADER PKGCONFIG_NAME: whether a C file that includes the header can be read.
has_header() {
    local flags="" compiler
    compiler="$(compiler)"
    if command -v pkg-config >/dev/null 2>&1; then flags="$(pkg-config --cflags "$2" 2>/dev/null || true)"; fi
    if [ -n "$compiler" ]; then
        # $flags is a list of words.
        # shellcheck disable=SC2086
        printf '#include <%s>\n' "$1" | "$compiler" $flags -E -x c - >/dev/null 2>&1
    else
        [ -f "/usr/include/$1" ] || [ -f "/usr/local/include/$1" ]
    fi
}

missing=()
has_header yaml.h yaml-0.1 || missing+=(yaml)
has_header zlib.h zlib || missing+=(zlib)
has_header sqlite3.h sqlite3 || missing+=(sqlite)
if [ "${1:-}" = --tests ]; then
    python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || missing+=(python)
fi
[ "${#missing[@]}" -eq 0 ] && exit 0
say "missing: ${missing[*]}"

# name_of MANAGER LIBRARY: what a package manager calls the library with its headers.
name_of() {
    case "$1:$2" in
        apt-get:yaml) echo libyaml-dev ;;
        apt-get:zlib) echo zlib1g-dev ;;
        apt-get:sqlite) echo libsqlite3-dev ;;
        dnf:yaml) echo libyaml-devel ;;
        dnf:zlib) echo zlib-devel ;;
        dnf:sqlite) echo sqlite-devel ;;
        apt-get:python) echo python3 python3-venv ;;
        dnf:python) echo python3 ;;
        brew:python) echo python3 ;;
        brew:yaml) echo libyaml pkgconf ;;
        brew:zlib) echo zlib ;;
        brew:sqlite) echo sqlite ;;
    esac
}

by_hand() {
    say "$1"
    say "Install what is missing by hand, and run make again:"
    say "  Debian, Ubuntu:  apt-get install libyaml-dev zlib1g-dev libsqlite3-dev python3 python3-venv"
    say "  Fedora, RHEL:    dnf install libyaml-devel zlib-devel sqlite-devel python3"
    say "  macOS:           brew install libyaml pkgconf python3   (zlib and sqlite come with the command line tools: xcode-select --install)"
    exit 1
}

manager=""
for candidate in brew apt-get dnf; do
    if command -v "$candidate" >/dev/null 2>&1; then manager="$candidate"; break; fi
done
[ -n "$manager" ] || by_hand "found none of apt-get, dnf and brew."

packages=()
for library in "${missing[@]}"; do
    read -r -a names <<<"$(name_of "$manager" "$library")"
    packages+=("${names[@]}")
done

# Homebrew refuses to run as root; the others need it.
as_root=()
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || by_hand "$manager needs root, and there is no sudo."
    as_root=(sudo)
fi

say "installing with $manager: ${packages[*]}"
run() { ${as_root[@]+"${as_root[@]}"} "$@"; }
case "$manager" in
    apt-get)
        run apt-get update || say "the package lists could not be refreshed; trying with those there are."
        run env DEBIAN_FRONTEND=noninteractive apt-get install -y "${packages[@]}" || by_hand "apt-get could not install ${packages[*]}."
        ;;
    dnf) run dnf install -y "${packages[@]}" || by_hand "dnf could not install ${packages[*]}." ;;
    brew) brew install "${packages[@]}" || by_hand "brew could not install ${packages[*]}." ;;
esac
